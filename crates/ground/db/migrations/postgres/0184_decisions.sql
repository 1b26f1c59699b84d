-- What officers decided of amending sentences, by addresses and the name of what was read, so that it
-- outlives every import. Rows are ended, never changed; `content` is the verdict as JSON, `stale` says
-- that nothing of that name is read any more.
CREATE TABLE amendment_decisions (
    id         BIGINT NOT NULL PRIMARY KEY,
    act        TEXT COLLATE "C" NOT NULL,
    by_act     TEXT COLLATE "C" NOT NULL,
    place      TEXT COLLATE "C" NOT NULL,
    seen       TEXT COLLATE "C" NOT NULL,
    sentence   TEXT COLLATE "C" NOT NULL,
    verdict    TEXT COLLATE "C" NOT NULL,
    content    TEXT COLLATE "C" NOT NULL,
    why        TEXT COLLATE "C" NOT NULL,
    day        TEXT COLLATE "C" NOT NULL,
    account_id BIGINT NOT NULL,
    name       TEXT COLLATE "C" NOT NULL,
    at         BIGINT NOT NULL,
    stale      BOOLEAN NOT NULL,
    ended      BIGINT
);
CREATE UNIQUE INDEX amendment_decisions_standing ON amendment_decisions (act, by_act, seen) WHERE ended IS NULL;
CREATE INDEX amendment_decisions_by ON amendment_decisions (by_act);

-- The name of what was read, and the day on which an officer decided it. Everything is derived once more.
ALTER TABLE act_changes ADD COLUMN seen TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE act_changes ADD COLUMN decided TEXT COLLATE "C";
CREATE INDEX act_changes_how ON act_changes (how, known_until);
INSERT INTO versions_due (act_id, times) SELECT DISTINCT act_id, 1 FROM act_changes WHERE known_until IS NULL
    ON CONFLICT (act_id) DO UPDATE SET times = versions_due.times + 1;
