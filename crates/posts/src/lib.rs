//! What agencies publish: posts on their way from a writer over another person to the public, the
//! pages on which citizens read them, and the law they cite beside them.
//!
//! What is public stands in `posts_shown`, which only [`write::step`] fills; public pages read nothing
//! else.

pub mod api;
mod beside;
pub mod body;
mod cite;
pub mod clean;
mod desk;
pub mod differ;
pub mod keep;
pub mod later;
mod lists;
pub mod marks;
pub mod model;
pub mod pairs;
pub mod preflight;
mod show;
mod site;
pub mod store;
pub mod sweep;
pub mod touch;
mod upload;
pub mod write;

use std::sync::Arc;

pub use beside::{law as beside_law, unit as beside_unit};
pub use site::{Item, SITEMAP, items};
pub use upload::Workshop;

/// Every route of this room; what officers upload is looked at in the workshop.
#[must_use]
pub fn routes(workshop: Arc<dyn Workshop>) -> web::Routes {
    site::routes().merge(api::routes()).merge(desk::routes(workshop))
}
