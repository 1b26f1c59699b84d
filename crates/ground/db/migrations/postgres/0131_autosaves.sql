-- What an officer types and has not saved yet: one copy for each officer and post (0 = a new one), so
-- that nothing is lost with a closed window or a version that somebody else saved in between.
CREATE TABLE post_autosaves (
    account_id BIGINT NOT NULL,
    post_id    BIGINT NOT NULL,
    seen       BIGINT NOT NULL,
    typed      TEXT COLLATE "C"    NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (account_id, post_id)
);

-- A version that takes the place of a public one on its day.
CREATE TABLE posts_due (
    post_id     BIGINT NOT NULL PRIMARY KEY REFERENCES posts (id),
    version     BIGINT NOT NULL,
    shown_from  BIGINT NOT NULL,
    shown_until BIGINT,
    review_on   TEXT COLLATE "C"
);
CREATE INDEX posts_due_from ON posts_due (shown_from);
