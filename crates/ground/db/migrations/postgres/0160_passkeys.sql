-- Passkeys (WebAuthn): what the browser calls the key, the public key as JSON, the name its owner gave it.
CREATE TABLE passkeys (
    credential TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    name       TEXT COLLATE "C" NOT NULL,
    key        TEXT COLLATE "C" NOT NULL,
    created    BIGINT NOT NULL,
    used       BIGINT
);
CREATE INDEX passkeys_account ON passkeys (account_id, created);

-- Challenges that wait for their answer, by the SHA-256 of their token; each is good once.
CREATE TABLE challenges (
    hash    TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    state   TEXT COLLATE "C" NOT NULL,
    expires BIGINT NOT NULL
);
CREATE INDEX challenges_expires ON challenges (expires);
