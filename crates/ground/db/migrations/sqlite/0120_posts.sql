-- What agencies publish. Instants are epoch microseconds, days ISO text, lists and bodies JSON text.
-- Kinds are data; `offered` is false where the editor cannot make one yet. While a table of kinds,
-- groups or hosts is empty, the lists of the program hold (posts::lists).
CREATE TABLE post_kinds (
    code     TEXT    NOT NULL PRIMARY KEY,
    label    TEXT    NOT NULL,
    label_en TEXT    NOT NULL,
    offered  BOOLEAN NOT NULL,
    ord      INTEGER NOT NULL
);

-- Topic groups (nhóm thông tin), shared by all rooms, dated: one that ends stays with old posts.
CREATE TABLE topic_groups (
    code        TEXT    NOT NULL PRIMARY KEY,
    label       TEXT    NOT NULL,
    label_en    TEXT    NOT NULL,
    valid_from  TEXT    NOT NULL,
    valid_until TEXT,
    ord         INTEGER NOT NULL
);

-- Hosts to which posts may link, with everything below them.
CREATE TABLE link_hosts (host TEXT NOT NULL PRIMARY KEY);

-- A post: what is worked on. What the public sees stands in `posts_shown` alone.
CREATE TABLE posts (
    id        INTEGER NOT NULL PRIMARY KEY,
    unit_id   INTEGER NOT NULL,
    version   INTEGER NOT NULL,
    state     TEXT    NOT NULL,
    remark    TEXT    NOT NULL,
    submitter INTEGER,
    approver  INTEGER,
    created   INTEGER NOT NULL,
    updated   INTEGER NOT NULL
);
CREATE INDEX posts_unit ON posts (unit_id, updated);

-- Only ever appended to.
CREATE TABLE post_versions (
    post_id   INTEGER NOT NULL REFERENCES posts (id),
    version   INTEGER NOT NULL,
    kind      TEXT    NOT NULL,
    topics    TEXT    NOT NULL,
    title     TEXT    NOT NULL,
    summary   TEXT    NOT NULL,
    body      TEXT    NOT NULL,
    author_id INTEGER NOT NULL,
    author    TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (post_id, version)
);

-- What a version cites: line of the body, bytes in it, and the hash of what the act said then.
CREATE TABLE post_citations (
    post_id   INTEGER NOT NULL REFERENCES posts (id),
    version   INTEGER NOT NULL,
    ord       INTEGER NOT NULL,
    line      INTEGER NOT NULL,
    from_byte INTEGER NOT NULL,
    to_byte   INTEGER NOT NULL,
    act       TEXT    NOT NULL,
    provision TEXT    NOT NULL,
    missing   BOOLEAN NOT NULL,
    words     TEXT    NOT NULL,
    hash      TEXT    NOT NULL,
    PRIMARY KEY (post_id, version, ord)
);
CREATE INDEX post_citations_act ON post_citations (act, provision);

CREATE TABLE posts_shown (
    post_id     INTEGER NOT NULL PRIMARY KEY REFERENCES posts (id),
    version     INTEGER NOT NULL,
    slug        TEXT    NOT NULL UNIQUE,
    unit_id     INTEGER NOT NULL,
    kind        TEXT    NOT NULL,
    shown_from  INTEGER NOT NULL,
    shown_until INTEGER,
    review_on   TEXT,
    changed     INTEGER NOT NULL,
    withdrawn   BOOLEAN NOT NULL
);
CREATE INDEX posts_shown_from ON posts_shown (shown_from);
CREATE INDEX posts_shown_unit ON posts_shown (unit_id, shown_from);

CREATE TABLE posts_shown_topics (
    post_id INTEGER NOT NULL REFERENCES posts (id),
    topic   TEXT    NOT NULL,
    PRIMARY KEY (post_id, topic)
);
CREATE INDEX posts_shown_topics_topic ON posts_shown_topics (topic);
