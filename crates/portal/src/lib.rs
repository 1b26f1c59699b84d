//! What several rooms put on one page: the home page as officers arrange it, and the page of a life
//! event. This room stands above acts, units and posts, and reads them through their stores.

mod citers;
mod desk;
mod event;
mod home;
mod lists;
pub mod model;
mod parts;
pub mod store;
pub mod topics;
mod waiting;
pub mod write;

use policy::Permission;
use web::{Access, Routes};

/// Address of the desk on which the home page is arranged.
pub const DESK: &str = "/ban-lam-viec/trang-chu";
/// Address of the desk of topic groups.
pub const TOPICS: &str = topics::DESK;
/// Address of the page of what waits for an officer.
pub const WAITING: &str = waiting::DESK;

pub use citers::CITERS;
pub use waiting::write_letters;

/// Every route of this room.
#[must_use]
pub fn routes() -> Routes {
    let arrange = Access::May(Permission::ArrangePortal);
    Routes::new()
        .get("/", Access::Public, home::page)
        .get("/viec/{code}", Access::Public, event::page)
        .get(DESK, arrange, desk::show)
        .post(DESK, arrange, desk::save)
        .get(waiting::DESK, Access::May(Permission::OpenDesk), waiting::show)
        .post(waiting::DESK, Access::May(Permission::OpenDesk), waiting::wish)
        .get(topics::DESK, arrange, topics::show)
        .post(topics::DESK, arrange, topics::save)
}
