-- What changed, in commit order. Everything derived (index, pages, feeds) follows it.
CREATE TABLE change_log (
    seq  INTEGER NOT NULL PRIMARY KEY,
    kind TEXT    NOT NULL,
    key  TEXT    NOT NULL,
    at   INTEGER NOT NULL
);
