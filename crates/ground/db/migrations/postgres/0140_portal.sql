-- How officers arrange the home page: only ever appended to, the newest version holds. `content` is JSON.
-- While the table is empty, the arrangement of the program holds (portal::lists).
CREATE TABLE home_versions (
    version   BIGINT NOT NULL PRIMARY KEY,
    content   TEXT   NOT NULL,
    author_id BIGINT NOT NULL,
    author    TEXT   NOT NULL,
    at        BIGINT NOT NULL
);

-- One row where the portal shows the province that was invented for showing it.
CREATE TABLE illustration (loaded BIGINT NOT NULL PRIMARY KEY);
