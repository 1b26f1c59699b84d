//! What every page stands on: the site, the look of a request, pages and their cache, headers,
//! limits, assets, metrics and the HTTP server itself.

// Templates name this crate as other crates do (`web::asset(…)`).
extern crate self as web;

mod ask;
pub mod assets;
mod beside;
mod build;
pub mod cache;
mod chrome;
mod encode;
mod finish;
mod follow;
mod frame;
mod guard;
pub mod headers;
mod health;
pub mod i18n;
mod inner;
mod kernel;
mod limits;
mod look;
mod options;
mod page;
pub mod private;
mod problem;
mod refusal;
mod routes;
mod server;
mod site;
mod sitemap;
mod stats;
pub mod stored;
mod switch;

pub use assets::asset;
pub use beside::{Asking, Beside, BesideLaw, BesideUnit, Near};
pub use cache::Edition;
pub use chrome::{Alternate, Chrome, Crumb, Og};
pub use frame::Entry;
pub use guard::{Recognise, SECOND_PROOF, SIGN_IN, session_cookie, session_token};
pub use i18n::filters;
pub use kernel::Kernel;
pub use limits::Net;
pub use look::{Lang, Look, Size, Theme};
pub use options::KernelOptions;
pub use page::{Page, PagePlan, Policy};
pub use problem::Problem;
pub use routes::{Access, RouteInfo, Routes};
pub use server::{serve, serve_metrics};
pub use site::{Agency, Clock, FILES, Site, SiteOptions};
pub use sitemap::{Sitemap, Told};
pub use stats::Stats;
pub use stored::refresh_stored;
pub use switch::local_address;
