-- An act (văn bản). Its key is number + issuer + date; dates are ISO text, instants epoch microseconds,
-- lists JSON text. Everything here but the key is derived from the originals and their claims.
CREATE TABLE acts (
    id               BIGINT NOT NULL PRIMARY KEY,
    key              TEXT COLLATE "C"    NOT NULL UNIQUE,
    slug             TEXT COLLATE "C"    NOT NULL UNIQUE,
    number_key       TEXT COLLATE "C"    NOT NULL,
    kind             TEXT COLLATE "C"    NOT NULL,
    number           TEXT COLLATE "C",
    title            TEXT COLLATE "C"    NOT NULL,
    issuers          TEXT COLLATE "C"    NOT NULL,
    signers          TEXT COLLATE "C"    NOT NULL,
    place            TEXT COLLATE "C",
    issued           TEXT COLLATE "C",
    in_force         TEXT COLLATE "C",
    in_force_claimed BOOLEAN NOT NULL,
    expires          TEXT COLLATE "C",
    claimed_status   TEXT COLLATE "C",
    field            TEXT COLLATE "C",
    field_slug       TEXT COLLATE "C",
    has_text         BOOLEAN NOT NULL,
    has_english      BOOLEAN NOT NULL,
    translation_only BOOLEAN NOT NULL,
    created          BIGINT NOT NULL,
    updated          BIGINT NOT NULL
);
CREATE INDEX acts_number   ON acts (number_key);
CREATE INDEX acts_issued   ON acts (issued, id);
CREATE INDEX acts_in_force ON acts (in_force, id);
CREATE INDEX acts_expires  ON acts (expires, id);
CREATE INDEX acts_kind     ON acts (kind, issued);
CREATE INDEX acts_field    ON acts (field_slug, issued);
CREATE INDEX acts_updated  ON acts (updated, id);

-- Who issued an act, for lists and filters.
CREATE TABLE act_issuers (
    act_id BIGINT NOT NULL REFERENCES acts (id),
    ord    BIGINT NOT NULL,
    slug   TEXT COLLATE "C"    NOT NULL,
    name   TEXT COLLATE "C"    NOT NULL,
    PRIMARY KEY (act_id, ord)
);
CREATE INDEX act_issuers_slug ON act_issuers (slug, act_id);

-- An original file, or one line of it, that gave an act. The three figures say how complete its text is.
CREATE TABLE originals (
    id         BIGINT NOT NULL PRIMARY KEY,
    act_id     BIGINT NOT NULL REFERENCES acts (id),
    sha256     TEXT COLLATE "C"    NOT NULL,
    item       BIGINT NOT NULL,
    language   TEXT COLLATE "C"    NOT NULL,
    format     TEXT COLLATE "C"    NOT NULL,
    file_name  TEXT COLLATE "C"    NOT NULL,
    media_type TEXT COLLATE "C"    NOT NULL,
    size       BIGINT NOT NULL,
    source     TEXT COLLATE "C",
    received   BIGINT NOT NULL,
    parser     TEXT COLLATE "C"    NOT NULL,
    has_text   BOOLEAN NOT NULL,
    articles   BIGINT NOT NULL,
    provisions BIGINT NOT NULL,
    characters BIGINT NOT NULL,
    mendings   TEXT COLLATE "C"    NOT NULL,
    warnings   TEXT COLLATE "C"    NOT NULL,
    UNIQUE (sha256, item)
);
CREATE INDEX originals_act ON originals (act_id);

-- The text of an act in one language: which original it stands on. What is replaced is closed, never changed.
CREATE TABLE expressions (
    id          BIGINT NOT NULL PRIMARY KEY,
    act_id      BIGINT NOT NULL REFERENCES acts (id),
    language    TEXT COLLATE "C"    NOT NULL,
    original_id BIGINT NOT NULL REFERENCES originals (id),
    metadata    TEXT COLLATE "C"    NOT NULL,
    known_from  BIGINT NOT NULL,
    known_until BIGINT
);
CREATE UNIQUE INDEX expressions_standing ON expressions (act_id, language) WHERE known_until IS NULL;

-- Versions of parts and provisions on two clocks: when they hold (valid_*), when we knew (known_*).
CREATE TABLE part_versions (
    id          BIGINT NOT NULL PRIMARY KEY,
    act_id      BIGINT NOT NULL REFERENCES acts (id),
    language    TEXT COLLATE "C"    NOT NULL,
    part        TEXT COLLATE "C"    NOT NULL,
    ord         BIGINT NOT NULL,
    kind        TEXT COLLATE "C"    NOT NULL,
    number      TEXT COLLATE "C",
    title       TEXT COLLATE "C"    NOT NULL,
    content     TEXT COLLATE "C"    NOT NULL,
    origin      TEXT COLLATE "C"    NOT NULL,
    valid_from  TEXT COLLATE "C",
    valid_until TEXT COLLATE "C",
    known_from  BIGINT NOT NULL,
    known_until BIGINT
);
CREATE UNIQUE INDEX part_versions_open ON part_versions (act_id, language, part)
    WHERE known_until IS NULL AND valid_until IS NULL;

CREATE TABLE provision_versions (
    id          BIGINT NOT NULL PRIMARY KEY,
    act_id      BIGINT NOT NULL REFERENCES acts (id),
    language    TEXT COLLATE "C"    NOT NULL,
    provision   TEXT COLLATE "C"    NOT NULL,
    ord         BIGINT NOT NULL,
    part        TEXT COLLATE "C"    NOT NULL,
    kind        TEXT COLLATE "C"    NOT NULL,
    number      TEXT COLLATE "C"    NOT NULL,
    heading     TEXT COLLATE "C",
    parent      TEXT COLLATE "C",
    content     TEXT COLLATE "C"    NOT NULL,
    origin      TEXT COLLATE "C"    NOT NULL,
    valid_from  TEXT COLLATE "C",
    valid_until TEXT COLLATE "C",
    known_from  BIGINT NOT NULL,
    known_until BIGINT
);
CREATE UNIQUE INDEX provision_versions_open ON provision_versions (act_id, language, provision)
    WHERE known_until IS NULL AND valid_until IS NULL;
CREATE INDEX provision_versions_parent ON provision_versions (act_id, language, parent);

-- What sources say of an act, beside what its text says.
CREATE TABLE claims (
    id          BIGINT NOT NULL PRIMARY KEY,
    act_id      BIGINT NOT NULL REFERENCES acts (id),
    original_id BIGINT NOT NULL REFERENCES originals (id),
    field       TEXT COLLATE "C"    NOT NULL,
    value       TEXT COLLATE "C"    NOT NULL,
    source      TEXT COLLATE "C"    NOT NULL,
    seen        TEXT COLLATE "C"
);
CREATE INDEX claims_act ON claims (act_id);
CREATE INDEX claims_original ON claims (original_id);

-- The history of an act in this database; only ever appended to.
CREATE TABLE events (
    id          BIGINT NOT NULL PRIMARY KEY,
    act_id      BIGINT NOT NULL REFERENCES acts (id),
    at          BIGINT NOT NULL,
    kind        TEXT COLLATE "C"    NOT NULL,
    original_id BIGINT REFERENCES originals (id)
);
CREATE INDEX events_act ON events (act_id);

-- Files read before: what a parser of which version made of them.
CREATE TABLE files (
    sha256   TEXT COLLATE "C"    NOT NULL PRIMARY KEY,
    name     TEXT COLLATE "C"    NOT NULL,
    size     BIGINT NOT NULL,
    parser   TEXT COLLATE "C"    NOT NULL,
    items    BIGINT NOT NULL,
    refusals TEXT COLLATE "C"    NOT NULL,
    at       BIGINT NOT NULL
);
