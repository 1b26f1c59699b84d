-- What an act does to the text of others, sentence by sentence, derived from its standing text.
-- `mention` is the amended act (mentions.ord; NULL: named nowhere), `instruction` the number in the
-- reading (NULL: not read with certainty), `content` the instruction or the refusal as JSON.
CREATE TABLE amendments (
    act_id      INTEGER NOT NULL REFERENCES acts (id),
    ord         INTEGER NOT NULL,
    mention     INTEGER,
    instruction INTEGER,
    place       TEXT    NOT NULL,
    sentence    TEXT    NOT NULL,
    provision   TEXT    NOT NULL,
    what        TEXT    NOT NULL,
    in_force    TEXT,
    content     TEXT    NOT NULL,
    PRIMARY KEY (act_id, ord)
);
CREATE INDEX amendments_mention ON amendments (act_id, mention);

-- Acts whose versions are to be derived anew. `times` grows with every reason to do so: a mark that
-- was set again while its act was derived stays.
CREATE TABLE versions_due (
    act_id INTEGER NOT NULL PRIMARY KEY REFERENCES acts (id),
    times  INTEGER NOT NULL
);

-- The text of an act from each day on which others change it, until the next such day. `content` is
-- zstd JSON. What is no longer held to be right is closed (known_until), never changed; `begun` says
-- that the log has told of the day.
CREATE TABLE act_versions (
    id          INTEGER NOT NULL PRIMARY KEY,
    act_id      INTEGER NOT NULL REFERENCES acts (id),
    valid_from  TEXT    NOT NULL,
    hash        TEXT    NOT NULL,
    content     BLOB    NOT NULL,
    begun       BOOLEAN NOT NULL,
    known_from  INTEGER NOT NULL,
    known_until INTEGER
);
CREATE UNIQUE INDEX act_versions_standing ON act_versions (act_id, valid_from) WHERE known_until IS NULL;
CREATE INDEX act_versions_begin ON act_versions (begun, valid_from);

-- What came of each instruction for each provision, in the order of application. `how` is the change,
-- or `refused` or `doubted` with its reason; `hash` is that of the provision from that day on.
CREATE TABLE act_changes (
    id          INTEGER NOT NULL PRIMARY KEY,
    act_id      INTEGER NOT NULL REFERENCES acts (id),
    ord         INTEGER NOT NULL,
    provision   TEXT    NOT NULL,
    valid_from  TEXT,
    how         TEXT    NOT NULL,
    reason      TEXT,
    by_id       INTEGER NOT NULL REFERENCES acts (id),
    instruction INTEGER,
    place       TEXT    NOT NULL,
    sentence    TEXT    NOT NULL,
    hash        TEXT    NOT NULL,
    known_from  INTEGER NOT NULL,
    known_until INTEGER
);
CREATE INDEX act_changes_act ON act_changes (act_id, known_until);
CREATE INDEX act_changes_by ON act_changes (by_id);
