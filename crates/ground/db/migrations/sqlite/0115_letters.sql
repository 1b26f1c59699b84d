-- Letters to be sent by mail; body is emptied once a letter is sent or given up.
CREATE TABLE letters (
    id        INTEGER NOT NULL PRIMARY KEY,
    recipient TEXT    NOT NULL,
    subject   TEXT    NOT NULL,
    body      TEXT    NOT NULL,
    created   INTEGER NOT NULL,
    tries     INTEGER NOT NULL,
    next_try  INTEGER NOT NULL,
    done      INTEGER,
    problem   TEXT    NOT NULL
);
CREATE INDEX letters_due ON letters (next_try) WHERE done IS NULL;
