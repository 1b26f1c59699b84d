//! The search box: an index local to the node, built from the store of acts and caught up by
//! following the change log. Disposable: what is lost or damaged is built again.

mod asked;
mod document;
mod error;
mod excerpt;
mod feed;
mod find;
mod folder;
mod generation;
mod index;
mod numbers;
mod plan;
mod schema;
pub mod site;
mod tokens;

pub use asked::LONGEST_QUERY;
pub use document::{ActCard, PieceCard};
pub use error::SearchError;
pub use excerpt::Span;
pub use find::{Found, Group, PER_PAGE, Query, Results, Widened};
pub use index::Index;
pub use schema::VERSION;
