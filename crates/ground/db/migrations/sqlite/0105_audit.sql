-- The audit log: each line holds the hash of the one before. Only ever appended to.
CREATE TABLE audit_log (
    seq        INTEGER NOT NULL PRIMARY KEY,
    at         INTEGER NOT NULL,
    account_id INTEGER,
    actor      TEXT    NOT NULL,
    unit_id    INTEGER,
    act        TEXT    NOT NULL,
    object     TEXT    NOT NULL,
    detail     TEXT    NOT NULL,
    prev       TEXT    NOT NULL,
    hash       TEXT    NOT NULL
);
CREATE INDEX audit_log_unit ON audit_log (unit_id, seq);
