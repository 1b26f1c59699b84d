-- The audit log: each line holds the hash of the one before. Only ever appended to.
CREATE TABLE audit_log (
    seq        BIGINT NOT NULL PRIMARY KEY,
    at         BIGINT NOT NULL,
    account_id BIGINT,
    actor      TEXT COLLATE "C"    NOT NULL,
    unit_id    BIGINT,
    act        TEXT COLLATE "C"    NOT NULL,
    object     TEXT COLLATE "C"    NOT NULL,
    detail     TEXT COLLATE "C"    NOT NULL,
    prev       TEXT COLLATE "C"    NOT NULL,
    hash       TEXT COLLATE "C"    NOT NULL
);
CREATE INDEX audit_log_unit ON audit_log (unit_id, seq);
