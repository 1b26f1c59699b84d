-- A provision by its id whatever its validity: the index of open versions serves only those.
CREATE INDEX provision_versions_provision ON provision_versions (act_id, language, provision);
