-- Tens of thousands of posts: counting those that are public, and finding those that cite a provision, reads
-- indexes alone.
DROP INDEX post_citations_act;
CREATE INDEX post_citations_act ON post_citations (act, provision, post_id, version);
CREATE INDEX posts_shown_public ON posts_shown (shown_from, shown_until, withdrawn, unit_id);
CREATE INDEX posts_shown_until ON posts_shown (shown_until) WHERE shown_until IS NOT NULL;
DROP INDEX posts_shown_unit;
CREATE INDEX posts_shown_unit ON posts_shown (unit_id, shown_from, shown_until, withdrawn);
