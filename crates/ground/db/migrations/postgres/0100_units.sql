-- Kinds of units: data that officers extend. Level: 0 country, 1 province, 2 district, 3 commune, 4 below.
CREATE TABLE unit_kinds (
    code      TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    label     TEXT COLLATE "C" NOT NULL,
    label_en  TEXT COLLATE "C" NOT NULL,
    plural    TEXT COLLATE "C" NOT NULL,
    plural_en TEXT COLLATE "C" NOT NULL,
    level     BIGINT NOT NULL,
    ord       BIGINT NOT NULL
);

-- A unit (đơn vị). The slug is its address; source_key names it in the data it was loaded from.
CREATE TABLE units (
    id         BIGINT  NOT NULL PRIMARY KEY,
    slug       TEXT COLLATE "C"  NOT NULL UNIQUE,
    source_key TEXT COLLATE "C"  UNIQUE
);

-- Addresses that a unit had before.
CREATE TABLE unit_old_slugs (
    slug    TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    unit_id BIGINT NOT NULL
);

-- What a unit was in each stretch of its life, without gap or overlap: [valid_from, valid_until).
-- No beginning: since before our records. marked and folded are the full name for searching.
CREATE TABLE unit_states (
    unit_id     BIGINT NOT NULL,
    ord         BIGINT NOT NULL,
    valid_from  TEXT COLLATE "C",
    valid_until TEXT COLLATE "C",
    full_name   TEXT COLLATE "C" NOT NULL,
    short_name  TEXT COLLATE "C" NOT NULL,
    english     TEXT COLLATE "C",
    kind        TEXT COLLATE "C" NOT NULL,
    parent_id   BIGINT,
    code        TEXT COLLATE "C",
    marked      TEXT COLLATE "C" NOT NULL,
    folded      TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (unit_id, ord)
);
CREATE INDEX unit_states_parent ON unit_states (parent_id);

-- What happened to units on a date, and on what legal basis. basis_act is the slug of an act.
CREATE TABLE unit_successions (
    id           BIGINT  NOT NULL PRIMARY KEY,
    happened     TEXT COLLATE "C"  NOT NULL,
    how          TEXT COLLATE "C"  NOT NULL,
    basis        TEXT COLLATE "C"  NOT NULL,
    basis_number TEXT COLLATE "C",
    basis_act    TEXT COLLATE "C",
    source_key   TEXT COLLATE "C"  UNIQUE
);
CREATE INDEX unit_successions_happened ON unit_successions (happened);

-- Who passed to whom. share is in thousandths, NULL where nobody stated it; to_id is NULL where
-- nothing passed on. is_main marks the part that a source calls the principal one.
CREATE TABLE unit_succession_parts (
    succession_id BIGINT  NOT NULL,
    ord           BIGINT  NOT NULL,
    happened      TEXT COLLATE "C"  NOT NULL,
    from_id       BIGINT  NOT NULL,
    to_id         BIGINT,
    share         BIGINT,
    is_main       BOOLEAN NOT NULL,
    PRIMARY KEY (succession_id, ord)
);
CREATE INDEX unit_succession_parts_from ON unit_succession_parts (from_id);
CREATE INDEX unit_succession_parts_to   ON unit_succession_parts (to_id);

-- How to reach a unit, dated, in Vietnamese and English.
CREATE TABLE unit_contacts (
    unit_id        BIGINT NOT NULL,
    ord            BIGINT NOT NULL,
    valid_from     TEXT COLLATE "C" NOT NULL,
    valid_until    TEXT COLLATE "C",
    functions      TEXT COLLATE "C" NOT NULL,
    functions_en   TEXT COLLATE "C" NOT NULL,
    address        TEXT COLLATE "C" NOT NULL,
    address_en     TEXT COLLATE "C" NOT NULL,
    phone          TEXT COLLATE "C" NOT NULL,
    email          TEXT COLLATE "C" NOT NULL,
    responsible    TEXT COLLATE "C" NOT NULL,
    responsible_en TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (unit_id, ord)
);
