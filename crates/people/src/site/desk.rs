//! `/ban-lam-viec`: what waits for an officer, and nothing else.

use askama::Template;
use axum::extract::{Extension, State};
use axum::response::Response;
use policy::{Permission, Visitor};
use web::{Chrome, Look, Problem, Site};

use super::forms::{frame, page};
use crate::store;

/// A door of the desk.
struct Door {
    path: &'static str,
    label: &'static str,
    about: &'static str,
}

const DOORS: [(Permission, Door); 2] = [
    (
        Permission::ReadPeople,
        Door {
            path: "/ban-lam-viec/nguoi-dung",
            label: "Người dùng và vai trò",
            about: "Mời người, giao và thu hồi vai trò, tạm ngừng tài khoản.",
        },
    ),
    (
        Permission::ReadAudit,
        Door {
            path: "/ban-lam-viec/nhat-ky",
            label: "Nhật ký",
            about: "Ai đã làm gì, lúc nào.",
        },
    ),
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

pub(super) async fn show(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
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
    let doors = DOORS.iter().filter(|(permission, _)| who.may(*permission));
    page(&Desk {
        chrome: frame(&site, look, "/ban-lam-viec", "Bàn làm việc"),
        doors: doors.map(|(_, door)| door).collect(),
        name: who.name,
        advice,
    })
}
