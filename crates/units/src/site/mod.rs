//! The pages of units that everybody reads.
//!
//! An ended unit keeps its page at its own address, with what it was, why it ended and who came
//! after it: people arrive there from old letters and old decisions. An address that a unit itself
//! left behind leads on to its present one.

mod history;
mod sitemap;
mod tree;
mod unit;
mod words;

use web::{Access, Routes, Sitemap};

/// Where the sitemap of units stands.
pub const SITEMAP: Sitemap = Sitemap {
    path: "/sitemap/don-vi.xml",
    dep: "units",
    is_filled: |site| {
        Box::pin(async move {
            Ok(!crate::store::children(site.db(), None, site.today())
                .await?
                .is_empty())
        })
    },
};

/// Every page of this room.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/don-vi", Access::Public, tree::page)
        .get("/don-vi/{slug}", Access::Public, unit::page)
        .get(SITEMAP.path, Access::Public, sitemap::file)
}
