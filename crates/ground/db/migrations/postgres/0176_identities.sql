-- Whom the sign-in of another house (OpenID Connect) stands for here; a person is known by issuer and subject, never by an address.
CREATE TABLE identities (
    issuer     TEXT COLLATE "C" NOT NULL,
    subject    TEXT COLLATE "C" NOT NULL,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    name       TEXT COLLATE "C" NOT NULL,
    created    BIGINT NOT NULL,
    used       BIGINT,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX identities_account ON identities (account_id, created);
