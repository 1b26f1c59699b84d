-- What changed, in commit order. Everything derived (index, pages, feeds) follows it.
CREATE TABLE change_log (
    seq  BIGINT NOT NULL PRIMARY KEY,
    kind TEXT COLLATE "C" NOT NULL,
    key  TEXT COLLATE "C" NOT NULL,
    at   BIGINT NOT NULL
);
