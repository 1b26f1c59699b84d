-- Letters to be sent by mail; body is emptied once a letter is sent or given up.
CREATE TABLE letters (
    id        BIGINT NOT NULL PRIMARY KEY,
    recipient TEXT COLLATE "C"    NOT NULL,
    subject   TEXT COLLATE "C"    NOT NULL,
    body      TEXT COLLATE "C"    NOT NULL,
    created   BIGINT NOT NULL,
    tries     BIGINT NOT NULL,
    next_try  BIGINT NOT NULL,
    done      BIGINT,
    problem   TEXT COLLATE "C"    NOT NULL
);
CREATE INDEX letters_due ON letters (next_try) WHERE done IS NULL;
