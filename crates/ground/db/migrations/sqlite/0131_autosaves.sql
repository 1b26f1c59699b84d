-- What an officer types and has not saved yet: one copy for each officer and post (0 = a new one), so
-- that nothing is lost with a closed window or a version that somebody else saved in between.
CREATE TABLE post_autosaves (
    account_id INTEGER NOT NULL,
    post_id    INTEGER NOT NULL,
    seen       INTEGER NOT NULL,
    typed      TEXT    NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (account_id, post_id)
);

-- A version that takes the place of a public one on its day.
CREATE TABLE posts_due (
    post_id     INTEGER NOT NULL PRIMARY KEY REFERENCES posts (id),
    version     INTEGER NOT NULL,
    shown_from  INTEGER NOT NULL,
    shown_until INTEGER,
    review_on   TEXT
);
CREATE INDEX posts_due_from ON posts_due (shown_from);
