-- An act (văn bản). Its key is number + issuer + date; dates are ISO text, instants epoch microseconds,
-- lists JSON text. Everything here but the key is derived from the originals and their claims.
CREATE TABLE acts (
    id               INTEGER NOT NULL PRIMARY KEY,
    key              TEXT    NOT NULL UNIQUE,
    slug             TEXT    NOT NULL UNIQUE,
    number_key       TEXT    NOT NULL,
    kind             TEXT    NOT NULL,
    number           TEXT,
    title            TEXT    NOT NULL,
    issuers          TEXT    NOT NULL,
    signers          TEXT    NOT NULL,
    place            TEXT,
    issued           TEXT,
    in_force         TEXT,
    in_force_claimed BOOLEAN NOT NULL,
    expires          TEXT,
    claimed_status   TEXT,
    field            TEXT,
    field_slug       TEXT,
    has_text         BOOLEAN NOT NULL,
    has_english      BOOLEAN NOT NULL,
    translation_only BOOLEAN NOT NULL,
    created          INTEGER NOT NULL,
    updated          INTEGER NOT NULL
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
    act_id INTEGER NOT NULL REFERENCES acts (id),
    ord    INTEGER NOT NULL,
    slug   TEXT    NOT NULL,
    name   TEXT    NOT NULL,
    PRIMARY KEY (act_id, ord)
);
CREATE INDEX act_issuers_slug ON act_issuers (slug, act_id);

-- An original file, or one line of it, that gave an act. The three figures say how complete its text is.
CREATE TABLE originals (
    id         INTEGER NOT NULL PRIMARY KEY,
    act_id     INTEGER NOT NULL REFERENCES acts (id),
    sha256     TEXT    NOT NULL,
    item       INTEGER NOT NULL,
    language   TEXT    NOT NULL,
    format     TEXT    NOT NULL,
    file_name  TEXT    NOT NULL,
    media_type TEXT    NOT NULL,
    size       INTEGER NOT NULL,
    source     TEXT,
    received   INTEGER NOT NULL,
    parser     TEXT    NOT NULL,
    has_text   BOOLEAN NOT NULL,
    articles   INTEGER NOT NULL,
    provisions INTEGER NOT NULL,
    characters INTEGER NOT NULL,
    mendings   TEXT    NOT NULL,
    warnings   TEXT    NOT NULL,
    UNIQUE (sha256, item)
);
CREATE INDEX originals_act ON originals (act_id);

-- The text of an act in one language: which original it stands on. What is replaced is closed, never changed.
CREATE TABLE expressions (
    id          INTEGER NOT NULL PRIMARY KEY,
    act_id      INTEGER NOT NULL REFERENCES acts (id),
    language    TEXT    NOT NULL,
    original_id INTEGER NOT NULL REFERENCES originals (id),
    metadata    TEXT    NOT NULL,
    known_from  INTEGER NOT NULL,
    known_until INTEGER
);
CREATE UNIQUE INDEX expressions_standing ON expressions (act_id, language) WHERE known_until IS NULL;

-- Versions of parts and provisions on two clocks: when they hold (valid_*), when we knew (known_*).
CREATE TABLE part_versions (
    id          INTEGER NOT NULL PRIMARY KEY,
    act_id      INTEGER NOT NULL REFERENCES acts (id),
    language    TEXT    NOT NULL,
    part        TEXT    NOT NULL,
    ord         INTEGER NOT NULL,
    kind        TEXT    NOT NULL,
    number      TEXT,
    title       TEXT    NOT NULL,
    content     TEXT    NOT NULL,
    origin      TEXT    NOT NULL,
    valid_from  TEXT,
    valid_until TEXT,
    known_from  INTEGER NOT NULL,
    known_until INTEGER
);
CREATE UNIQUE INDEX part_versions_open ON part_versions (act_id, language, part)
    WHERE known_until IS NULL AND valid_until IS NULL;

CREATE TABLE provision_versions (
    id          INTEGER NOT NULL PRIMARY KEY,
    act_id      INTEGER NOT NULL REFERENCES acts (id),
    language    TEXT    NOT NULL,
    provision   TEXT    NOT NULL,
    ord         INTEGER NOT NULL,
    part        TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    number      TEXT    NOT NULL,
    heading     TEXT,
    parent      TEXT,
    content     TEXT    NOT NULL,
    origin      TEXT    NOT NULL,
    valid_from  TEXT,
    valid_until TEXT,
    known_from  INTEGER NOT NULL,
    known_until INTEGER
);
CREATE UNIQUE INDEX provision_versions_open ON provision_versions (act_id, language, provision)
    WHERE known_until IS NULL AND valid_until IS NULL;
CREATE INDEX provision_versions_parent ON provision_versions (act_id, language, parent);

-- What sources say of an act, beside what its text says.
CREATE TABLE claims (
    id          INTEGER NOT NULL PRIMARY KEY,
    act_id      INTEGER NOT NULL REFERENCES acts (id),
    original_id INTEGER NOT NULL REFERENCES originals (id),
    field       TEXT    NOT NULL,
    value       TEXT    NOT NULL,
    source      TEXT    NOT NULL,
    seen        TEXT
);
CREATE INDEX claims_act ON claims (act_id);
CREATE INDEX claims_original ON claims (original_id);

-- The history of an act in this database; only ever appended to.
CREATE TABLE events (
    id          INTEGER NOT NULL PRIMARY KEY,
    act_id      INTEGER NOT NULL REFERENCES acts (id),
    at          INTEGER NOT NULL,
    kind        TEXT    NOT NULL,
    original_id INTEGER REFERENCES originals (id)
);
CREATE INDEX events_act ON events (act_id);

-- Files read before: what a parser of which version made of them.
CREATE TABLE files (
    sha256   TEXT    NOT NULL PRIMARY KEY,
    name     TEXT    NOT NULL,
    size     INTEGER NOT NULL,
    parser   TEXT    NOT NULL,
    items    INTEGER NOT NULL,
    refusals TEXT    NOT NULL,
    at       INTEGER NOT NULL
);
