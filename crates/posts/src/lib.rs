//! What agencies publish: posts on their way from a writer over another person to the public, the
//! pages on which citizens read them, and the law they cite beside them.
//!
//! What is public stands in `posts_shown`, which only [`write::step`] fills; public pages read nothing
//! else.

mod beside;
pub mod body;
mod cite;
pub mod clean;
mod desk;
mod lists;
pub mod marks;
pub mod model;
pub mod preflight;
mod show;
mod site;
pub mod store;
pub mod write;

pub use beside::{law as beside_law, unit as beside_unit};
pub use site::{Item, SITEMAP, items};

/// Every route of this room.
#[must_use]
pub fn routes() -> web::Routes {
    site::routes().merge(desk::routes())
}
