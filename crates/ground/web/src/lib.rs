//! What every page stands on: the site, the look of a request, pages and their cache, headers,
//! limits, assets, metrics and the HTTP server itself.

// Templates name this crate as other crates do (`web::asset(…)`).
extern crate self as web;

pub mod assets;
pub mod cache;
mod chrome;
mod encode;
pub mod headers;
pub mod i18n;
mod look;
mod page;
mod problem;
mod routes;
mod site;

pub use assets::asset;
pub use chrome::{Alternate, Chrome, Crumb, Og};
pub use i18n::filters;
pub use look::{Lang, Look, Size, Theme};
pub use page::{Page, PagePlan, Policy};
pub use problem::Problem;
pub use routes::{Access, RouteInfo, Routes};
pub use site::{Agency, Clock, Site, SiteOptions};
