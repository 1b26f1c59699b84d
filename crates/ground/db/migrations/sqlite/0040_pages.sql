-- Finished pages, compressed once when their act is written. A row holds as long as its build is
-- the running one, its time has not come, and the log names its owner (kind, key) no later than seq.
CREATE TABLE pages (
    path        TEXT    NOT NULL,
    variant     INTEGER NOT NULL,
    coding      TEXT    NOT NULL,
    build       TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    key         TEXT    NOT NULL,
    seq         INTEGER NOT NULL,
    fresh_until INTEGER,
    etag        TEXT    NOT NULL,
    body        BLOB    NOT NULL,
    PRIMARY KEY (path, variant, coding)
);
CREATE INDEX pages_owner ON pages (kind, key);
CREATE INDEX pages_build ON pages (build);
CREATE INDEX change_log_key ON change_log (kind, key, seq);
