-- Searches that found nothing, by day: what editors should write, import or name. Nothing tells who.
CREATE TABLE missed_searches (
    day   TEXT COLLATE "C" NOT NULL,
    words TEXT COLLATE "C" NOT NULL,
    times BIGINT NOT NULL,
    PRIMARY KEY (day, words)
);
