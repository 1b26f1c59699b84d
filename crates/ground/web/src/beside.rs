//! What a room above shows beside a thing of a room below, which does not know it: the composition
//! hands the room above's function to the site, and the page of the thing asks for it.

use std::future::Future;
use std::pin::Pin;

use jiff::Timestamp;

use crate::look::Look;
use crate::site::Site;

/// One entry beside a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// Local address without language prefix.
    pub path: String,
    /// Vietnamese title.
    pub title: String,
    /// What it is, in the reader's language.
    pub kind: String,
}

/// What stands beside a thing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// The first entries.
    pub near: Vec<Near>,
    /// How many there are.
    pub count: i64,
    /// Local address of all of them.
    pub all: String,
    /// When it changes by itself.
    pub until: Option<Timestamp>,
}

/// A future of [`Beside`].
pub type Asking = Pin<Box<dyn Future<Output = db::Result<Beside>> + Send>>;

/// Asks what stands beside a unit (its number). The answer changes when the log names `unit_post` + the
/// number of it or of one for which it stands.
pub type BesideUnit = fn(Site, Look, i64) -> Asking;

/// Asks what stands beside an act (its slug) or one of its provisions (its id). The answer changes
/// when the log names `about` + the slug.
pub type BesideLaw = fn(Site, Look, String, Option<String>) -> Asking;
