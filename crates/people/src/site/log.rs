//! `/ban-lam-viec/nhat-ky`: the audit log of one's units.

use askama::Template;
use audit::{Filter, Line};
use axum::extract::{Extension, Query, State};
use axum::response::Response;
use jiff::Timestamp;
use policy::{Permission, Role, Visitor};
use serde::Deserialize;
use web::{Chrome, Look, Problem, Site};

use super::forms::{frame, moment, page};
use crate::tree;

const PAGE: i64 = 100;

struct Row {
    seq: i64,
    at: String,
    actor: String,
    act: &'static str,
    code: String,
    /// What the object is, and its number.
    object: (&'static str, String),
    email: String,
    role: &'static str,
}

#[derive(Template)]
#[template(path = "log.html")]
struct Log {
    chrome: Chrome,
    rows: Vec<Row>,
    next: Option<i64>,
}

/// Only lines before this number.
#[derive(Debug, Deserialize)]
pub(super) struct Before {
    truoc: Option<i64>,
}

/// What an act is called; unknown ones (of a newer program) show their code.
fn named(code: &str) -> &'static str {
    match code {
        "session.start" => "Đăng nhập",
        "session.refuse" => "Đăng nhập không thành công",
        "session.end" => "Đăng xuất, kết thúc phiên",
        "account.invite" => "Mời người dùng",
        "account.accept" => "Nhận lời mời",
        "account.password" => "Đổi mật khẩu",
        "account.app" => "Thiết lập ứng dụng xác thực",
        "account.key" => "Thêm khóa truy cập",
        "account.key-drop" => "Bỏ khóa truy cập",
        "account.link" => "Liên kết đăng nhập tập trung",
        "account.unlink" => "Bỏ liên kết đăng nhập tập trung",
        "account.recover" => "Dùng mã dự phòng",
        "account.offer-reset" => "Cấp liên kết đặt lại mật khẩu",
        "account.reset" => "Đặt lại mật khẩu",
        "account.suspend" => "Tạm ngừng tài khoản",
        "account.resume" => "Cho tài khoản hoạt động lại",
        "role.give" => "Giao vai trò",
        "role.take" => "Thu hồi vai trò",
        "post.create" => "Tạo bài",
        "post.save" => "Sửa bài",
        "media.add" => "Tải tệp lên",
        "media.drop" => "Dọn tệp không bài nào dùng",
        "post.appear" => "Bản hẹn giờ đã hiện",
        "amendment.accept" => "Chấp nhận câu sửa đổi",
        "amendment.correct" => "Sửa cách hiểu câu sửa đổi",
        "amendment.refuse" => "Không áp dụng câu sửa đổi",
        "amendment.withdraw" => "Rút quyết định về câu sửa đổi",
        "post.review" => "Xem lại bài",
        "post.confirm" => "Xác nhận bài vẫn đúng",
        "post.submit" => "Trình duyệt bài",
        "post.return" => "Trả lại bài",
        "post.approve" => "Duyệt bài",
        "post.publish" => "Đăng bài",
        "post.withdraw" => "Gỡ bài",
        _ => "",
    }
}

/// `account:12` → "Tài khoản số", 12.
fn object(text: &str) -> (&'static str, String) {
    match text.split_once(':') {
        None if text == "identity" => ("Danh tính chưa liên kết", String::new()),
        Some(("account", number)) => ("Tài khoản số", number.to_owned()),
        Some(("unit", number)) => ("Đơn vị số", number.to_owned()),
        Some(("act", slug)) => ("Văn bản", slug.to_owned()),
        Some(("post", number)) => ("Bài số", number.to_owned()),
        _ => ("", text.to_owned()),
    }
}

fn row(line: Line) -> Row {
    // What a newer program adds to the detail is not shown, and not lost.
    let detail: serde_json::Value = serde_json::from_str(&line.detail).unwrap_or_default();
    let said = |key: &str| detail[key].as_str().unwrap_or_default().to_owned();
    Row {
        seq: line.seq,
        at: Timestamp::from_microsecond(line.at)
            .map(moment)
            .unwrap_or_default(),
        actor: line.actor,
        act: named(&line.act),
        code: line.act,
        object: object(&line.object),
        email: said("email"),
        role: Role::from_code(&said("role")).map_or("", Role::name),
    }
}

pub(super) async fn show(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    Query(before): Query<Before>,
) -> Result<Response, Problem> {
    let units = tree::spread(site.db(), who.roots(Permission::ReadAudit), site.today());
    let filter = Filter {
        units: units.await.map_err(Problem::internal)?,
        before: before.truoc,
        limit: PAGE + 1,
    };
    let mut lines = audit::page(site.db(), &filter).await.map_err(Problem::internal)?;
    let more = lines.len() as i64 > PAGE;
    lines.truncate(PAGE as usize);
    page(&Log {
        chrome: frame(&site, look, "/ban-lam-viec/nhat-ky", "Nhật ký"),
        next: lines.last().filter(|_| more).map(|line| line.seq),
        rows: lines.into_iter().map(row).collect(),
    })
}
