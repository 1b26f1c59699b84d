-- Passkeys (WebAuthn): what the browser calls the key, the public key as JSON, the name its owner gave it.
CREATE TABLE passkeys (
    credential TEXT    NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    name       TEXT    NOT NULL,
    key        TEXT    NOT NULL,
    created    INTEGER NOT NULL,
    used       INTEGER
);
CREATE INDEX passkeys_account ON passkeys (account_id, created);

-- Challenges that wait for their answer, by the SHA-256 of their token; each is good once.
CREATE TABLE challenges (
    hash    TEXT    NOT NULL PRIMARY KEY,
    state   TEXT    NOT NULL,
    expires INTEGER NOT NULL
);
CREATE INDEX challenges_expires ON challenges (expires);
