//! Acts in the database: one SQL text for SQLite and PostgreSQL.

mod amended;
mod claims;
mod completeness;
mod details;
mod disputes;
mod harvest;
mod key;
mod links;
mod list;
mod original_texts;
mod put;
mod read;
mod rows;
mod scans;
mod text;
mod touched_items;
mod versions;

pub(crate) use amended::mark;
pub use amended::{
    ACTING, CaughtUp, ChangeRow, Decided, Deciding, How, Item, Pin, Ruling, Said, Sought, Touched,
    Transition, Tried, Version, Which, amendment, amendment_acts, amendment_count, amendment_list,
    amendment_try, amendments_waiting, changes_by, changes_of, decision, decision_end, decision_list,
    decision_of, decision_put, decisions_stale_at, pin_texts, provision_days, said, touched, transitions_of,
    versions, versions_begin, versions_catch_up, versions_derive, versions_now,
};
pub use completeness::Completeness;
pub use disputes::{About, Dispute, Disputes, status_disputes};
pub use harvest::{
    Harvest, SitemapEntry, acts_earliest, acts_harvest, harvest_size, sitemap_part, sitemap_parts,
};
pub(crate) use links::Found;
pub use links::{
    Backlink, Backlinks, CitedLaw, Defined, Goal, Link, Related, Side, Term, backlinks, cited_law,
    definitions, definitions_on, glossary_letters, glossary_terms, links, links_catch_up, links_on, meanings,
    relations,
};
pub use list::{NewVersion, act_list, acts_changed, acts_new, acts_total, facets, versions_new};
pub use original_texts::original_text;
pub(crate) use put::act_put_found;
pub use put::{Put, PutOutcome, PutResult, act_put};
pub use read::{act_by_id, act_by_slug, acts_by_slugs, claims, events, original, originals, slugs_all};
pub use scans::{
    LEASE, ScanPut, scan, scan_failed, scan_hold, scan_put, scan_recognised, scan_take, scans_of_act,
    scans_open, scans_retry,
};
pub use text::{act_parts, act_text, base_text, provision_view};
pub use touched_items::{TouchedItem, TouchedKey, touched_clear, touched_items, touched_put};
pub(crate) use touched_items::{ended_between, seen, seen_put, touched_any};
