//! Pages finished at write time: compressed once, kept in the database in the transaction that
//! changes what they show, so that the first request after a change is one small read.

mod refresh;
mod store;

pub use refresh::refresh_stored;
pub use store::{Found, Stale, drop_owner, find, put, stale};

use axum::http::HeaderValue;
use bytes::Bytes;

use crate::cache::etag_of;
use crate::encode::{Coding, Effort, compress};
use crate::look::{Lang, Look};
use crate::page::Page;

/// The kinds of change that a kept page follows besides that of its owner: what the page links
/// to came, went or moved; something was written about the owner.
const FOLLOWED: [&str; 2] = ["links", "about"];

/// A page ready to be kept. Making one costs CPU: not on an async thread.
#[derive(Debug, Clone)]
pub struct Packed {
    path: String,
    lang: Lang,
    kind: String,
    key: String,
    fresh_until: Option<i64>,
    codings: Vec<(Coding, HeaderValue, Bytes)>,
}

impl Packed {
    /// Packs the page at `path` (without language prefix). None when the page does not depend on
    /// exactly one key of the form `kind:key`, or on it, `links:key` and `about:key`: only such pages
    /// can be kept here.
    pub fn of(path: &str, lang: Lang, page: &Page) -> Option<Self> {
        Self::of_plan(path, lang, page.plan())
    }

    /// The same from the plan of a page.
    pub fn of_plan(path: &str, lang: Lang, plan: &crate::page::PagePlan) -> Option<Self> {
        let (owner, rest) = plan.deps.split_first()?;
        let (kind, key) = owner.split_once(':')?;
        let own = &owner[kind.len()..];
        let follows_more = |dep: &String| !FOLLOWED.iter().any(|kind| dep.strip_prefix(kind) == Some(own));
        if rest.iter().any(follows_more) {
            return None;
        }
        let codings = [Coding::Br, Coding::Gzip]
            .map(|coding| {
                let body = compress(&plan.body, coding, Effort::Stored);
                (coding, etag_of(&body), body)
            })
            .into();
        Some(Packed {
            path: path.to_owned(),
            lang,
            kind: kind.to_owned(),
            key: key.to_owned(),
            fresh_until: plan.fresh_until.map(jiff::Timestamp::as_microsecond),
            codings,
        })
    }

    /// Compressed sizes in bytes: brotli, gzip.
    pub fn sizes(&self) -> Vec<usize> {
        self.codings.iter().map(|(_, _, body)| body.len()).collect()
    }

    /// The look readers of this page have.
    fn look(&self) -> Look {
        Look::plain(self.lang)
    }
}
