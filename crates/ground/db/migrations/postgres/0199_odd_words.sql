-- Words of an original that can be no Vietnamese ones; files read before are counted when they are imported again.
ALTER TABLE originals ADD COLUMN odd_words BIGINT NOT NULL DEFAULT 0;
