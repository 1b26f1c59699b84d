-- Public content of other rooms (kind: post …) whose pinned provisions say something else now. Made
-- from the pins again at any time; `noted` is when it was first met.
CREATE TABLE law_touched (
    kind      TEXT COLLATE "C" NOT NULL,
    item      BIGINT NOT NULL,
    act       TEXT COLLATE "C" NOT NULL,
    provision TEXT COLLATE "C" NOT NULL,
    since     TEXT COLLATE "C" NOT NULL,
    noted     BIGINT NOT NULL,
    PRIMARY KEY (kind, item, act, provision)
);
CREATE INDEX law_touched_act ON law_touched (kind, act);

-- How far the change log was followed for it, and the last day on which acts that end were looked for.
CREATE TABLE law_touched_seen (
    id  BIGINT NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL,
    day TEXT COLLATE "C" NOT NULL
);

-- Somebody looked at what a public version cites and found it still right: the provisions are pinned
-- to what the law said then. Only ever appended to.
CREATE TABLE post_confirmations (
    post_id    BIGINT NOT NULL REFERENCES posts (id),
    version    BIGINT NOT NULL,
    act        TEXT COLLATE "C" NOT NULL,
    provision  TEXT COLLATE "C" NOT NULL,
    hash       TEXT COLLATE "C" NOT NULL,
    day        TEXT COLLATE "C" NOT NULL,
    account_id BIGINT NOT NULL,
    name       TEXT COLLATE "C" NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (post_id, version, act, provision, at)
);
