-- When an act ends. `ended`: as other acts here say (act_changes holds which, and both clocks);
-- `ends`: the day that counts, which is the source's where it states one; `partly`: since when some
-- of its provisions no longer hold.
ALTER TABLE acts ADD COLUMN ended  TEXT;
ALTER TABLE acts ADD COLUMN ends   TEXT;
ALTER TABLE acts ADD COLUMN partly TEXT;
UPDATE acts SET ends = expires;
DROP INDEX acts_expires;
CREATE INDEX acts_ends  ON acts (ends, id);
CREATE INDEX acts_ended ON acts (ended, id);
