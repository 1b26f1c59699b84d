-- What an approver says of single blocks of the version that he gives back. `words`: how the block
-- begins, which still names it when blocks have moved. Gone when the post is approved.
CREATE TABLE post_remarks (
    post_id BIGINT NOT NULL REFERENCES posts (id),
    block   BIGINT NOT NULL,
    version BIGINT NOT NULL,
    words   TEXT COLLATE "C" NOT NULL,
    remark  TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (post_id, block)
);
