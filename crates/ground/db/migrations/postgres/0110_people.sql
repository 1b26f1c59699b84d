-- People who work here. Instants are epoch microseconds, days ISO text.
CREATE TABLE accounts (
    id           BIGINT NOT NULL PRIMARY KEY,
    email        TEXT COLLATE "C"    NOT NULL UNIQUE,
    name         TEXT COLLATE "C"    NOT NULL,
    password     TEXT COLLATE "C"    NOT NULL,
    totp_secret  TEXT COLLATE "C",
    totp_step    BIGINT NOT NULL,
    suspended    BOOLEAN NOT NULL,
    expires      TEXT COLLATE "C",
    failures     BIGINT NOT NULL,
    locked_until BIGINT NOT NULL,
    created      BIGINT NOT NULL,
    updated      BIGINT NOT NULL
);

-- Codes for the day the telephone is lost: SHA-256 of each, and when it was used.
CREATE TABLE recovery_codes (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    hash       TEXT COLLATE "C"    NOT NULL,
    used       BIGINT,
    PRIMARY KEY (account_id, hash)
);

-- Sessions by the SHA-256 of their token; the token itself stands in the cookie alone.
CREATE TABLE sessions (
    hash         TEXT COLLATE "C"    NOT NULL PRIMARY KEY,
    account_id   BIGINT NOT NULL REFERENCES accounts (id),
    created      BIGINT NOT NULL,
    seen         BIGINT NOT NULL,
    expires      BIGINT NOT NULL,
    second_proof BOOLEAN NOT NULL,
    device       TEXT COLLATE "C"    NOT NULL
);
CREATE INDEX sessions_account ON sessions (account_id, seen);

-- Roles: from a day to the day before another; what is taken away ends, it does not vanish.
CREATE TABLE grants (
    id          BIGINT NOT NULL PRIMARY KEY,
    account_id  BIGINT NOT NULL REFERENCES accounts (id),
    unit_id     BIGINT NOT NULL,
    role        TEXT COLLATE "C"    NOT NULL,
    valid_from  TEXT COLLATE "C"    NOT NULL,
    valid_until TEXT COLLATE "C",
    given_by    BIGINT REFERENCES accounts (id),
    created     BIGINT NOT NULL
);
CREATE INDEX grants_account ON grants (account_id);
CREATE INDEX grants_unit ON grants (unit_id);

-- Invitations by the SHA-256 of their token: into a role in a unit, or, with an account, to choose
-- another password.
CREATE TABLE invitations (
    hash       TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    email      TEXT COLLATE "C" NOT NULL,
    name       TEXT COLLATE "C" NOT NULL,
    unit_id    BIGINT,
    role       TEXT COLLATE "C",
    account_id BIGINT REFERENCES accounts (id),
    invited_by BIGINT REFERENCES accounts (id),
    created    BIGINT NOT NULL,
    expires    BIGINT NOT NULL,
    used       BIGINT
);
