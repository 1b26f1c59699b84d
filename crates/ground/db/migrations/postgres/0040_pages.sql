-- Finished pages, compressed once when their act is written. A row holds as long as its build is
-- the running one, its time has not come, and the log names its owner (kind, key) no later than seq.
CREATE TABLE pages (
    path        TEXT COLLATE "C" NOT NULL,
    variant     BIGINT  NOT NULL,
    coding      TEXT    NOT NULL,
    build       TEXT    NOT NULL,
    kind        TEXT COLLATE "C" NOT NULL,
    key         TEXT COLLATE "C" NOT NULL,
    seq         BIGINT  NOT NULL,
    fresh_until BIGINT,
    etag        TEXT    NOT NULL,
    body        BYTEA   NOT NULL,
    PRIMARY KEY (path, variant, coding)
);
-- The bodies are compressed already.
ALTER TABLE pages ALTER COLUMN body SET STORAGE EXTERNAL;
CREATE INDEX pages_owner ON pages (kind, key);
CREATE INDEX pages_build ON pages (build);
CREATE INDEX change_log_key ON change_log (kind, key, seq);
