-- Originals whose letters are a picture: scans and photographs. Rows in state `waiting` are the
-- queue of the recogniser; `leased_until` is how long the one at work holds a row. Without an act:
-- nobody knows yet which one it is.
CREATE TABLE scans (
    sha256       TEXT    NOT NULL PRIMARY KEY,
    file_name    TEXT    NOT NULL,
    format       TEXT    NOT NULL,
    media_type   TEXT    NOT NULL,
    size         INTEGER NOT NULL,
    claims       TEXT    NOT NULL,
    act_id       INTEGER REFERENCES acts (id),
    state        TEXT    NOT NULL,
    attempts     INTEGER NOT NULL,
    leased_until INTEGER NOT NULL,
    pages        INTEGER NOT NULL,
    confidence   INTEGER,
    maker        TEXT,
    message      TEXT    NOT NULL,
    received     INTEGER NOT NULL
);
CREATE INDEX scans_state ON scans (state, received);
CREATE INDEX scans_act   ON scans (act_id);

-- Percent by which a machine trusts the letters it recognised; NULL for exact text.
ALTER TABLE originals ADD COLUMN confidence INTEGER;
ALTER TABLE acts ADD COLUMN confidence INTEGER;
