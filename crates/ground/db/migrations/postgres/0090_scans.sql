-- Originals whose letters are a picture: scans and photographs. Rows in state `waiting` are the
-- queue of the recogniser; `leased_until` is how long the one at work holds a row. Without an act:
-- nobody knows yet which one it is.
CREATE TABLE scans (
    sha256       TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    file_name    TEXT COLLATE "C" NOT NULL,
    format       TEXT COLLATE "C" NOT NULL,
    media_type   TEXT COLLATE "C" NOT NULL,
    size         BIGINT NOT NULL,
    claims       TEXT COLLATE "C" NOT NULL,
    act_id       BIGINT REFERENCES acts (id),
    state        TEXT COLLATE "C" NOT NULL,
    attempts     BIGINT NOT NULL,
    leased_until BIGINT NOT NULL,
    pages        BIGINT NOT NULL,
    confidence   BIGINT,
    maker        TEXT COLLATE "C",
    message      TEXT COLLATE "C" NOT NULL,
    received     BIGINT NOT NULL
);
CREATE INDEX scans_state ON scans (state, received);
CREATE INDEX scans_act   ON scans (act_id);

-- Percent by which a machine trusts the letters it recognised; NULL for exact text.
ALTER TABLE originals ADD COLUMN confidence BIGINT;
ALTER TABLE acts ADD COLUMN confidence BIGINT;
