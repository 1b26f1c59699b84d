-- What agencies publish. Instants are epoch microseconds, days ISO text, lists and bodies JSON text.
-- Kinds are data; `offered` is false where the editor cannot make one yet. While a table of kinds,
-- groups or hosts is empty, the lists of the program hold (posts::lists).
CREATE TABLE post_kinds (
    code     TEXT COLLATE "C"    NOT NULL PRIMARY KEY,
    label    TEXT COLLATE "C"    NOT NULL,
    label_en TEXT COLLATE "C"    NOT NULL,
    offered  BOOLEAN NOT NULL,
    ord      BIGINT NOT NULL
);

-- Topic groups (nhóm thông tin), shared by all rooms, dated: one that ends stays with old posts.
CREATE TABLE topic_groups (
    code        TEXT COLLATE "C"    NOT NULL PRIMARY KEY,
    label       TEXT COLLATE "C"    NOT NULL,
    label_en    TEXT COLLATE "C"    NOT NULL,
    valid_from  TEXT COLLATE "C"    NOT NULL,
    valid_until TEXT COLLATE "C",
    ord         BIGINT NOT NULL
);

-- Hosts to which posts may link, with everything below them.
CREATE TABLE link_hosts (host TEXT COLLATE "C" NOT NULL PRIMARY KEY);

-- A post: what is worked on. What the public sees stands in `posts_shown` alone.
CREATE TABLE posts (
    id        BIGINT NOT NULL PRIMARY KEY,
    unit_id   BIGINT NOT NULL,
    version   BIGINT NOT NULL,
    state     TEXT COLLATE "C"    NOT NULL,
    remark    TEXT COLLATE "C"    NOT NULL,
    submitter BIGINT,
    approver  BIGINT,
    created   BIGINT NOT NULL,
    updated   BIGINT NOT NULL
);
CREATE INDEX posts_unit ON posts (unit_id, updated);

-- Only ever appended to.
CREATE TABLE post_versions (
    post_id   BIGINT NOT NULL REFERENCES posts (id),
    version   BIGINT NOT NULL,
    kind      TEXT COLLATE "C"    NOT NULL,
    topics    TEXT COLLATE "C"    NOT NULL,
    title     TEXT COLLATE "C"    NOT NULL,
    summary   TEXT COLLATE "C"    NOT NULL,
    body      TEXT COLLATE "C"    NOT NULL,
    author_id BIGINT NOT NULL,
    author    TEXT COLLATE "C"    NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (post_id, version)
);

-- What a version cites: line of the body, bytes in it, and the hash of what the act said then.
CREATE TABLE post_citations (
    post_id   BIGINT NOT NULL REFERENCES posts (id),
    version   BIGINT NOT NULL,
    ord       BIGINT NOT NULL,
    line      BIGINT NOT NULL,
    from_byte BIGINT NOT NULL,
    to_byte   BIGINT NOT NULL,
    act       TEXT COLLATE "C"    NOT NULL,
    provision TEXT COLLATE "C"    NOT NULL,
    missing   BOOLEAN NOT NULL,
    words     TEXT COLLATE "C"    NOT NULL,
    hash      TEXT COLLATE "C"    NOT NULL,
    PRIMARY KEY (post_id, version, ord)
);
CREATE INDEX post_citations_act ON post_citations (act, provision);

CREATE TABLE posts_shown (
    post_id     BIGINT NOT NULL PRIMARY KEY REFERENCES posts (id),
    version     BIGINT NOT NULL,
    slug        TEXT COLLATE "C"    NOT NULL UNIQUE,
    unit_id     BIGINT NOT NULL,
    kind        TEXT COLLATE "C"    NOT NULL,
    shown_from  BIGINT NOT NULL,
    shown_until BIGINT,
    review_on   TEXT COLLATE "C",
    changed     BIGINT NOT NULL,
    withdrawn   BOOLEAN NOT NULL
);
CREATE INDEX posts_shown_from ON posts_shown (shown_from);
CREATE INDEX posts_shown_unit ON posts_shown (unit_id, shown_from);

CREATE TABLE posts_shown_topics (
    post_id BIGINT NOT NULL REFERENCES posts (id),
    topic   TEXT COLLATE "C"    NOT NULL,
    PRIMARY KEY (post_id, topic)
);
CREATE INDEX posts_shown_topics_topic ON posts_shown_topics (topic);
