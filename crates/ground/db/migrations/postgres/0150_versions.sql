-- What an act does to the text of others, sentence by sentence, derived from its standing text.
-- `mention` is the amended act (mentions.ord; NULL: named nowhere), `instruction` the number in the
-- reading (NULL: not read with certainty), `content` the instruction or the refusal as JSON.
CREATE TABLE amendments (
    act_id      BIGINT NOT NULL REFERENCES acts (id),
    ord         BIGINT NOT NULL,
    mention     BIGINT,
    instruction BIGINT,
    place       TEXT COLLATE "C" NOT NULL,
    sentence    TEXT COLLATE "C" NOT NULL,
    provision   TEXT COLLATE "C" NOT NULL,
    what        TEXT COLLATE "C" NOT NULL,
    in_force    TEXT COLLATE "C",
    content     TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (act_id, ord)
);
CREATE INDEX amendments_mention ON amendments (act_id, mention);

-- Acts whose versions are to be derived anew. `times` grows with every reason to do so: a mark that
-- was set again while its act was derived stays.
CREATE TABLE versions_due (
    act_id BIGINT NOT NULL PRIMARY KEY REFERENCES acts (id),
    times  BIGINT NOT NULL
);

-- The text of an act from each day on which others change it, until the next such day. `content` is
-- zstd JSON. What is no longer held to be right is closed (known_until), never changed; `begun` says
-- that the log has told of the day.
CREATE TABLE act_versions (
    id          BIGINT NOT NULL PRIMARY KEY,
    act_id      BIGINT NOT NULL REFERENCES acts (id),
    valid_from  TEXT COLLATE "C" NOT NULL,
    hash        TEXT COLLATE "C" NOT NULL,
    content     BYTEA    NOT NULL,
    begun       BOOLEAN NOT NULL,
    known_from  BIGINT NOT NULL,
    known_until BIGINT
);
CREATE UNIQUE INDEX act_versions_standing ON act_versions (act_id, valid_from) WHERE known_until IS NULL;
CREATE INDEX act_versions_begin ON act_versions (begun, valid_from);

-- What came of each instruction for each provision, in the order of application. `how` is the change,
-- or `refused` or `doubted` with its reason; `hash` is that of the provision from that day on.
CREATE TABLE act_changes (
    id          BIGINT NOT NULL PRIMARY KEY,
    act_id      BIGINT NOT NULL REFERENCES acts (id),
    ord         BIGINT NOT NULL,
    provision   TEXT COLLATE "C" NOT NULL,
    valid_from  TEXT COLLATE "C",
    how         TEXT COLLATE "C" NOT NULL,
    reason      TEXT COLLATE "C",
    by_id       BIGINT NOT NULL REFERENCES acts (id),
    instruction BIGINT,
    place       TEXT COLLATE "C" NOT NULL,
    sentence    TEXT COLLATE "C" NOT NULL,
    hash        TEXT COLLATE "C" NOT NULL,
    known_from  BIGINT NOT NULL,
    known_until BIGINT
);
CREATE INDEX act_changes_act ON act_changes (act_id, known_until);
CREATE INDEX act_changes_by ON act_changes (by_id);
