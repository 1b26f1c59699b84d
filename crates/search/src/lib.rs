//! The search box: an index local to the node, built from the store of acts and caught up by
//! following the change log. Disposable: what is lost or damaged is built again.

mod asked;
mod asking;
mod cutter;
mod document;
mod error;
pub mod eval;
mod excerpt;
mod feed;
mod filter;
mod find;
mod folder;
mod frames;
mod generation;
mod index;
mod known;
mod listing;
mod matches;
pub mod missed;
mod names;
mod numbers;
mod place;
mod plan;
mod posts;
mod quote;
mod rank;
mod schema;
mod show;
pub mod site;
mod spelling;
pub mod store;
mod suggest;
mod tokens;
mod typing;
mod vocabulary;

pub use asked::LONGEST_QUERY;
pub use document::{ActCard, PieceCard};
pub use error::SearchError;
pub use excerpt::Span;
pub use filter::{Choice, Facets, Filter};
pub use find::{Answer, Found, Group, Order, PER_PAGE, Query, Results, Widened};
pub use index::Index;
pub use place::Place;
pub use posts::{PostHit, PostSource, PostText, Told};
pub use schema::VERSION;
pub use suggest::Suggestion;
