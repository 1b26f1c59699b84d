-- People who work here. Instants are epoch microseconds, days ISO text.
CREATE TABLE accounts (
    id           INTEGER NOT NULL PRIMARY KEY,
    email        TEXT    NOT NULL UNIQUE,
    name         TEXT    NOT NULL,
    password     TEXT    NOT NULL,
    totp_secret  TEXT,
    totp_step    INTEGER NOT NULL,
    suspended    BOOLEAN NOT NULL,
    expires      TEXT,
    failures     INTEGER NOT NULL,
    locked_until INTEGER NOT NULL,
    created      INTEGER NOT NULL,
    updated      INTEGER NOT NULL
);

-- Codes for the day the telephone is lost: SHA-256 of each, and when it was used.
CREATE TABLE recovery_codes (
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    hash       TEXT    NOT NULL,
    used       INTEGER,
    PRIMARY KEY (account_id, hash)
);

-- Sessions by the SHA-256 of their token; the token itself stands in the cookie alone.
CREATE TABLE sessions (
    hash         TEXT    NOT NULL PRIMARY KEY,
    account_id   INTEGER NOT NULL REFERENCES accounts (id),
    created      INTEGER NOT NULL,
    seen         INTEGER NOT NULL,
    expires      INTEGER NOT NULL,
    second_proof BOOLEAN NOT NULL,
    device       TEXT    NOT NULL
);
CREATE INDEX sessions_account ON sessions (account_id, seen);

-- Roles: from a day to the day before another; what is taken away ends, it does not vanish.
CREATE TABLE grants (
    id          INTEGER NOT NULL PRIMARY KEY,
    account_id  INTEGER NOT NULL REFERENCES accounts (id),
    unit_id     INTEGER NOT NULL,
    role        TEXT    NOT NULL,
    valid_from  TEXT    NOT NULL,
    valid_until TEXT,
    given_by    INTEGER REFERENCES accounts (id),
    created     INTEGER NOT NULL
);
CREATE INDEX grants_account ON grants (account_id);
CREATE INDEX grants_unit ON grants (unit_id);

-- Invitations by the SHA-256 of their token: into a role in a unit, or, with an account, to choose
-- another password.
CREATE TABLE invitations (
    hash       TEXT NOT NULL PRIMARY KEY,
    email      TEXT NOT NULL,
    name       TEXT NOT NULL,
    unit_id    INTEGER,
    role       TEXT,
    account_id INTEGER REFERENCES accounts (id),
    invited_by INTEGER REFERENCES accounts (id),
    created    INTEGER NOT NULL,
    expires    INTEGER NOT NULL,
    used       INTEGER
);
