//! Posts in the database.

mod drafts;
mod lists;
mod media;
mod shown;
mod waiting;

pub use drafts::{
    citations, citations_put, post, post_insert, post_list, post_move, post_version_add, someone_else,
    version, versions,
};
pub use lists::{hosts, kinds, topic_groups, topic_put, topics, topics_on};
pub use media::{file_shown, media_by_ids, media_insert, post_media, post_media_put};
pub use shown::{
    next_boundary, next_boundary_about, next_boundary_of, publishers, show, shown_at, shown_list,
    shown_of_post, shown_slugs, shown_texts, withdraw,
};
pub use waiting::waiting;
