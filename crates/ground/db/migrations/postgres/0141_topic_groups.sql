-- A topic group may stand below another one; only one step deep.
ALTER TABLE topic_groups ADD COLUMN parent TEXT;
