-- What an original says that is not the standing one, to be compared with it: the articles of its
-- text as JSON. Where an act has one original only there is nothing here.
CREATE TABLE original_texts (
    original_id INTEGER NOT NULL PRIMARY KEY REFERENCES originals (id),
    units       TEXT NOT NULL
);
