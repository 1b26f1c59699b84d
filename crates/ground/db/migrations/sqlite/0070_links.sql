-- What the standing Vietnamese text of an act says of other acts and provisions. All of it is
-- derived from the text; `linked` names the reader that derived it.
CREATE TABLE linked (
    act_id INTEGER NOT NULL PRIMARY KEY REFERENCES acts (id),
    maker  TEXT    NOT NULL
);

-- Names by which laws are cited without a number ("luat-dat-dai").
CREATE TABLE act_names (
    act_id INTEGER NOT NULL PRIMARY KEY REFERENCES acts (id),
    name   TEXT    NOT NULL
);
CREATE INDEX act_names_name ON act_names (name);

-- The other acts that an act names, each once. `lookup` is a number key or a name; `target_id`
-- follows as acts arrive; `sure` is false where the text leaves the version open.
CREATE TABLE mentions (
    act_id    INTEGER NOT NULL REFERENCES acts (id),
    ord       INTEGER NOT NULL,
    lookup    TEXT    NOT NULL,
    by_name   BOOLEAN NOT NULL,
    label     TEXT    NOT NULL,
    issuer    TEXT,
    issued    TEXT,
    year      INTEGER,
    target_id INTEGER REFERENCES acts (id),
    sure      BOOLEAN NOT NULL,
    PRIMARY KEY (act_id, ord)
);
CREATE INDEX mentions_lookup ON mentions (lookup);
CREATE INDEX mentions_target ON mentions (target_id);

-- Each target of each citation. `path` is the field and the way to the paragraph, `mention` the
-- other act (0: this one), `provision` empty for an act as a whole; bytes of the paragraph.
CREATE TABLE citations (
    act_id     INTEGER NOT NULL REFERENCES acts (id),
    ord        INTEGER NOT NULL,
    place      TEXT    NOT NULL,
    path       TEXT    NOT NULL,
    from_byte  INTEGER NOT NULL,
    to_byte    INTEGER NOT NULL,
    mention    INTEGER NOT NULL,
    provision  TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    PRIMARY KEY (act_id, ord)
);
CREATE INDEX citations_mention ON citations (act_id, mention);

-- What an act does to the other acts it names; `provisions` is JSON, empty for the whole act.
CREATE TABLE relations (
    act_id     INTEGER NOT NULL REFERENCES acts (id),
    ord        INTEGER NOT NULL,
    kind       TEXT    NOT NULL,
    mention    INTEGER NOT NULL,
    provisions TEXT    NOT NULL,
    place      TEXT    NOT NULL,
    evidence   TEXT    NOT NULL,
    PRIMARY KEY (act_id, ord)
);
CREATE INDEX relations_mention ON relations (act_id, mention);

-- Words that an act defines: `term_key` in lower case, `folded` without marks, `letter` for the glossary.
CREATE TABLE definitions (
    act_id   INTEGER NOT NULL REFERENCES acts (id),
    ord      INTEGER NOT NULL,
    term     TEXT    NOT NULL,
    term_key TEXT    NOT NULL,
    folded   TEXT    NOT NULL,
    letter   TEXT    NOT NULL,
    kind     TEXT    NOT NULL,
    body     TEXT    NOT NULL,
    scope    TEXT    NOT NULL,
    place    TEXT    NOT NULL,
    PRIMARY KEY (act_id, ord)
);
CREATE INDEX definitions_letter ON definitions (letter, kind, term_key);
CREATE INDEX definitions_term   ON definitions (term_key);
