-- Public content of other rooms (kind: post …) whose pinned provisions say something else now. Made
-- from the pins again at any time; `noted` is when it was first met.
CREATE TABLE law_touched (
    kind      TEXT    NOT NULL,
    item      INTEGER NOT NULL,
    act       TEXT    NOT NULL,
    provision TEXT    NOT NULL,
    since     TEXT    NOT NULL,
    noted     INTEGER NOT NULL,
    PRIMARY KEY (kind, item, act, provision)
);
CREATE INDEX law_touched_act ON law_touched (kind, act);

-- How far the change log was followed for it, and the last day on which acts that end were looked for.
CREATE TABLE law_touched_seen (
    id  INTEGER NOT NULL PRIMARY KEY,
    seq INTEGER NOT NULL,
    day TEXT    NOT NULL
);

-- Somebody looked at what a public version cites and found it still right: the provisions are pinned
-- to what the law said then. Only ever appended to.
CREATE TABLE post_confirmations (
    post_id    INTEGER NOT NULL REFERENCES posts (id),
    version    INTEGER NOT NULL,
    act        TEXT    NOT NULL,
    provision  TEXT    NOT NULL,
    hash       TEXT    NOT NULL,
    day        TEXT    NOT NULL,
    account_id INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (post_id, version, act, provision, at)
);
