//! Units: agencies and administrative units as a dated tree, what became of each, how to reach it.
//!
//! [`span`], [`model`], [`heirs`], [`figures`], [`tree`] know nothing of the database; other rooms ask
//! [`store`] (a unit by its address, [`store::current`]) and record changes through [`reorganise`].

pub mod api;
pub mod desk;
pub mod figures;
pub mod heirs;
pub mod import;
pub mod kinds;
pub mod model;
pub mod names;
pub mod reorganise;
pub mod scope;
pub mod site;
pub mod span;
pub mod store;
pub mod tree;

/// Every route of this room: pages, sitemap, API.
#[must_use]
pub fn routes() -> web::Routes {
    web::Routes::new()
        .merge(site::routes())
        .merge(api::routes())
        .merge(desk::routes())
}
