//! Pages of people: signing in, one's own account, invitations, the desk.

mod desk;
mod enter;
mod forms;
mod invited;
mod keys;
mod log;
mod outside;
mod own;
mod staff;

use std::sync::Arc;

use axum::extract::{Extension, State};
use policy::{Permission, Visitor};
use web::{Access, Look, Routes, Site};

pub use desk::Door;

use crate::oidc::Provider;

/// The routes of this room, without who stands behind a session; `doors` are those of other rooms,
/// `house` is another house at which people may sign in.
#[must_use]
pub fn routes(doors: &'static [Door], house: Option<Arc<Provider>>) -> Routes {
    let desk =
        move |site: State<Site>, look: Look, who: Extension<Visitor>| desk::show(site, look, who, doors);
    outside::routes(house)
        .get("/dang-nhap", Access::Public, enter::show)
        .post("/dang-nhap", Access::Public, enter::enter)
        .get("/dang-nhap/ma", Access::Public, enter::show_code)
        .post("/dang-nhap/ma", Access::Public, enter::enter_code)
        .post("/dang-nhap/khoa", Access::Public, keys::prove)
        .post("/dang-nhap/khoa/hoi", Access::Public, keys::offer_proof)
        .post("/dang-xuat", Access::Own, enter::leave)
        .get("/loi-moi/{token}", Access::Public, invited::show)
        .post("/loi-moi/{token}", Access::Public, invited::accept)
        .get("/tai-khoan", Access::Own, own::show)
        .post("/tai-khoan/mat-khau", Access::Own, own::change_password)
        .post("/tai-khoan/phien", Access::Own, own::end_sessions)
        .get("/tai-khoan/hai-lop", Access::Own, own::show_app)
        .post("/tai-khoan/hai-lop", Access::Own, own::set_up_app)
        .post("/tai-khoan/khoa", Access::Own, keys::add)
        .post("/tai-khoan/khoa/hoi", Access::Own, keys::offer_new)
        .post("/tai-khoan/khoa/bo", Access::Own, keys::forget)
        .get("/ban-lam-viec", Access::May(Permission::OpenDesk), desk)
        .get(
            "/ban-lam-viec/nguoi-dung",
            Access::May(Permission::ReadPeople),
            staff::show,
        )
        .post(
            "/ban-lam-viec/nguoi-dung",
            Access::May(Permission::ManagePeople),
            staff::invite,
        )
        .post(
            "/ban-lam-viec/vai-tro",
            Access::May(Permission::ManagePeople),
            staff::take,
        )
        .post(
            "/ban-lam-viec/mat-khau",
            Access::May(Permission::ManagePeople),
            staff::reset,
        )
        .post(
            "/ban-lam-viec/tam-ngung",
            Access::May(Permission::ManagePeople),
            staff::suspend,
        )
        .get(
            "/ban-lam-viec/nhat-ky",
            Access::May(Permission::ReadAudit),
            log::show,
        )
}
