-- Searches that found nothing, by day: what editors should write, import or name. Nothing tells who.
CREATE TABLE missed_searches (
    day   TEXT   NOT NULL,
    words TEXT   NOT NULL,
    times BIGINT NOT NULL,
    PRIMARY KEY (day, words)
);
