-- The parts of an act whatever their validity: the index of open versions serves only those.
CREATE INDEX part_versions_act ON part_versions (act_id, language);
