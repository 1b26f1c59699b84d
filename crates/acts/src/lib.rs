//! S5, the legal information system: acts in the database, their import, and
//! everything readers, feeds and programs get of them.

pub mod api;
pub mod compare;
mod consolidated;
pub mod decide;
mod desk;
pub mod downloads;
pub mod feeds;
pub mod import;
pub mod model;
pub mod oai;
pub mod places;
pub mod publish;
pub mod recognise;
pub mod site;
pub mod store;
pub mod touch;

/// Address of the desk of amending sentences.
pub const DESK: &str = desk::DESK;

/// Every route of this room: pages, files, feeds, harvesting, API, the desk.
#[must_use]
pub fn routes() -> web::Routes {
    web::Routes::new()
        .merge(site::routes())
        .merge(feeds::routes())
        .merge(oai::routes())
        .merge(api::routes())
        .merge(desk::routes())
}
