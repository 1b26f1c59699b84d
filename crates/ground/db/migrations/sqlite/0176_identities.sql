-- Whom the sign-in of another house (OpenID Connect) stands for here; a person is known by issuer and subject, never by an address.
CREATE TABLE identities (
    issuer     TEXT    NOT NULL,
    subject    TEXT    NOT NULL,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    name       TEXT    NOT NULL,
    created    INTEGER NOT NULL,
    used       INTEGER,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX identities_account ON identities (account_id, created);
