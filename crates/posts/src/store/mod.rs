//! Posts in the database.

mod autosaves;
mod confirmations;
mod drafts;
mod lists;
mod media;
mod remarks;
mod shown;
mod waiting;

pub use autosaves::{Autosave, autosave, autosave_drop, autosave_put, autosave_texts};
pub use confirmations::{citing, confirmation_put, confirmed, pins, told};
pub use drafts::{
    base_of, citations, citations_put, post, post_insert, post_list, post_move, post_version_add,
    someone_else, version, versions,
};
pub use lists::{hosts, kinds, topic_groups, topic_put, topics, topics_on};
pub use media::{
    bytes_are_used, file_shown, media_by_ids, media_drop, media_insert, media_unused, post_media,
    post_media_put,
};
pub use remarks::{remarks, remarks_put};
pub use shown::{
    due_first, due_of_post, due_put, is_shown, next_boundary, next_boundary_about, next_boundary_of,
    publishers, review_put, show, shown_at, shown_list, shown_of_post, shown_slugs, shown_texts, withdraw,
};
pub use waiting::waiting;
