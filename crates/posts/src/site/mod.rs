//! The public pages of posts.

mod feed;
pub(crate) mod file;
mod list;
mod post;
mod sitemap;

pub(crate) use list::unit_at;
pub use list::{Item, items};
pub(crate) use post::{Law, laws};
use web::{Access, Look, Routes, Sitemap};

use crate::model::{Kind, Topic};

/// Where the sitemap of posts stands: the newest ones, as many as a sitemap may hold.
pub const SITEMAP: Sitemap = Sitemap {
    path: "/sitemap/bai.xml",
    dep: "posts",
    is_filled: |site| {
        Box::pin(async move {
            let any = crate::store::publishers(site.db(), site.now(), 1).await?;
            Ok(!any.is_empty())
        })
    },
};

/// The public routes.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/bai", Access::Public, list::page)
        .get("/bai.atom", Access::Public, feed::atom)
        .get("/bai/{slug}", Access::Public, post::page)
        .get("/tep/{id}/{name}", Access::Public, file::page)
        .get(SITEMAP.path, Access::Public, sitemap::file)
}

/// A name in the reader's language.
pub(crate) trait Named {
    /// Word in addresses.
    fn code(&self) -> &str;
    /// The name.
    fn named(&self, look: Look) -> &str;
}

macro_rules! named {
    ($($what:ty),*) => {$(
        impl Named for $what {
            fn code(&self) -> &str {
                &self.code
            }

            fn named(&self, look: Look) -> &str {
                if look.is_en() { &self.label_en } else { &self.label }
            }
        }
    )*};
}

named!(Kind, Topic);

/// The name of a code among those known; the code itself where it is not.
pub(crate) fn name_of<T: Named>(known: &[T], code: &str, look: Look) -> String {
    let found = known.iter().find(|one| one.code() == code);
    found.map_or(code, |one| one.named(look)).to_owned()
}
