-- Feeds tell of the versions that became known or began last.
CREATE INDEX act_versions_known ON act_versions (known_from) WHERE known_until IS NULL;
CREATE INDEX act_versions_began ON act_versions (valid_from, known_from) WHERE known_until IS NULL;
CREATE INDEX act_versions_first ON act_versions (act_id, valid_from, known_from);
