//! Posts in the database.

mod drafts;
mod lists;
mod shown;

pub use drafts::{
    citations, citations_put, post, post_insert, post_list, post_move, post_version_add, someone_else,
    version, versions,
};
pub use lists::{hosts, kinds, topic_groups, topic_put, topics, topics_on};
pub use shown::{
    next_boundary, next_boundary_about, next_boundary_of, publishers, show, shown_at, shown_list,
    shown_of_post, shown_slugs, shown_texts, withdraw,
};
