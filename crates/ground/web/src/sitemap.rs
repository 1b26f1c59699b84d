//! Sitemaps of rooms beside that of acts.

use std::future::Future;
use std::pin::Pin;

use crate::site::Site;

/// A future of what the database says.
pub type Told<T> = Pin<Box<dyn Future<Output = db::Result<T>> + Send>>;

/// A sitemap that a room serves.
#[derive(Debug, Clone, Copy)]
pub struct Sitemap {
    /// Its local address.
    pub path: &'static str,
    /// Key of the change log after which there may be something in it.
    pub dep: &'static str,
    /// Whether there is something in it.
    pub is_filled: fn(Site) -> Told<bool>,
}
