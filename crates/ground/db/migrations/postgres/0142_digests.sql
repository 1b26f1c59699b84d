-- Days on which the letters of what waits were written, and officers who want none.
CREATE TABLE digest_days (day TEXT NOT NULL PRIMARY KEY);
CREATE TABLE digest_off (account_id BIGINT NOT NULL PRIMARY KEY);
