//! `/ban-lam-viec`: what waits for an officer, and nothing else.

use askama::Template;
use axum::extract::{Extension, State};
use axum::response::Response;
use policy::{Permission, Visitor};
use web::{Chrome, Look, Problem, Site};

use super::forms::{frame, page};
use crate::store;

/// A door of the desk: shown to whoever has the permission.
#[derive(Debug)]
pub struct Door {
    /// What opens it.
    pub permission: Permission,
    /// Address.
    pub path: &'static str,
    /// Name, a key of the interface.
    pub label: &'static str,
    /// What is done behind it, a key of the interface.
    pub about: &'static str,
}

const OWN: [Door; 2] = [
    Door {
        permission: Permission::ReadPeople,
        path: "/ban-lam-viec/nguoi-dung",
        label: "Người dùng và vai trò",
        about: "Mời người, giao và thu hồi vai trò, tạm ngừng tài khoản.",
    },
    Door {
        permission: Permission::ReadAudit,
        path: "/ban-lam-viec/nhat-ky",
        label: "Nhật ký",
        about: "Ai đã làm gì, lúc nào.",
    },
];

#[derive(Template)]
#[template(path = "desk.html")]
struct Desk {
    chrome: Chrome,
    name: String,
    doors: Vec<&'static Door>,
    /// Few recovery codes are left, or no app is set up.
    advice: Option<&'static str>,
}

/// The desk with the doors of other rooms after our own.
pub(super) async fn show(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    others: &'static [Door],
) -> Result<Response, Problem> {
    let left = store::recovery_left(site.db(), who.account)
        .await
        .map_err(Problem::internal)?;
    let advice = match (who.second_proof, left) {
        (false, _) => Some(
            "Tài khoản chưa có xác thực hai lớp. Nên thiết lập để người khác không vào được dù biết mật khẩu.",
        ),
        (true, 0..=2) => Some("Sắp hết mã dự phòng. Xin thiết lập lại ứng dụng xác thực để nhận bộ mã mới."),
        (true, _) => None,
    };
    let doors = OWN.iter().chain(others).filter(|door| who.may(door.permission));
    page(&Desk {
        chrome: frame(&site, look, "/ban-lam-viec", "Bàn làm việc"),
        doors: doors.collect(),
        name: who.name,
        advice,
    })
}
