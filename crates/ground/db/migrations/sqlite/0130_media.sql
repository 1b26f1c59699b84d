-- Files that officers upload. What goes out is made anew (pictures) or checked; bytes lie in the store
-- of files under their SHA-256. A file is never changed: another one is uploaded in its place.
CREATE TABLE media (
    id        INTEGER NOT NULL PRIMARY KEY,
    unit_id   INTEGER NOT NULL,
    kind      TEXT    NOT NULL,
    name      TEXT    NOT NULL,
    has_text  BOOLEAN NOT NULL,
    author_id INTEGER NOT NULL,
    at        INTEGER NOT NULL
);

-- What goes out of a file: a picture in several widths, one row of anything else.
CREATE TABLE media_files (
    media_id   INTEGER NOT NULL REFERENCES media (id),
    name       TEXT    NOT NULL,
    media_type TEXT    NOT NULL,
    width      INTEGER NOT NULL,
    height     INTEGER NOT NULL,
    size       INTEGER NOT NULL,
    sha256     TEXT    NOT NULL,
    PRIMARY KEY (media_id, name)
);

-- Which files a version shows: the public gets those of versions that are public, and no others.
CREATE TABLE post_media (
    post_id  INTEGER NOT NULL REFERENCES posts (id),
    version  INTEGER NOT NULL,
    media_id INTEGER NOT NULL REFERENCES media (id),
    PRIMARY KEY (post_id, version, media_id)
);
CREATE INDEX post_media_media ON post_media (media_id);
