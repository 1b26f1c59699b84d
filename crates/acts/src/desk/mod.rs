//! The desk on which officers decide amending sentences.

mod effect;
mod form;
mod item;
mod list;

use policy::Permission;
use web::{Access, Routes};

/// Address of the list.
pub(crate) const DESK: &str = "/ban-lam-viec/sua-doi";

/// Bytes of a form with the new text of an article in it.
const FORM: usize = 1 << 20;

/// The routes of the desk.
pub(crate) fn routes() -> Routes {
    let edit = Access::May(Permission::EditLaw);
    Routes::new()
        .get(DESK, edit, list::page)
        .get("/ban-lam-viec/sua-doi/{by}/{seen}", edit, item::page)
        .post_up_to("/ban-lam-viec/sua-doi/{by}/{seen}", edit, FORM, item::decide)
        .post("/ban-lam-viec/sua-doi/rut", edit, item::withdraw)
}
