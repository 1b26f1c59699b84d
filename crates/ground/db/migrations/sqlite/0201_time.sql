-- `begins`: the day to which other acts moved the commencement of an act, where they did; `halts`: the
-- times for which it does not hold as a whole or in part, as JSON (legal::validity::Halt).
ALTER TABLE acts ADD COLUMN begins TEXT;
ALTER TABLE acts ADD COLUMN halts  TEXT;
