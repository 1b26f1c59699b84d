-- What an approver says of single blocks of the version that he gives back. `words`: how the block
-- begins, which still names it when blocks have moved. Gone when the post is approved.
CREATE TABLE post_remarks (
    post_id INTEGER NOT NULL REFERENCES posts (id),
    block   INTEGER NOT NULL,
    version INTEGER NOT NULL,
    words   TEXT NOT NULL,
    remark  TEXT NOT NULL,
    PRIMARY KEY (post_id, block)
);
