//! Refusals as readers see them: a page in the frame, a small waiting page, or JSON.

use askama::Template;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderValue, StatusCode};

use crate::chrome::Chrome;
use crate::look::Look;
use crate::page::{Page, Policy};
use crate::problem::Problem;
use crate::site::Site;

/// Seconds after which the waiting page asks again.
const PAUSE: u32 = 5;

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    chrome: Chrome,
    sentence: &'a str,
    request_id: &'a str,
}

/// At most 3 KB and without the frame: it is sent when there is no time for more.
#[derive(Template)]
#[template(path = "waiting.html")]
struct WaitingPage<'a> {
    look: Look,
    site_name: &'a str,
    heading: &'a str,
    sentence: &'a str,
    pause: u32,
}

/// The problem that an answer without a page of ours amounts to; none when it is no refusal.
pub fn of_status(status: StatusCode) -> Option<Problem> {
    match status {
        StatusCode::NOT_FOUND => Some(Problem::NotFound),
        StatusCode::UNAUTHORIZED => Some(Problem::SignIn),
        StatusCode::FORBIDDEN => Some(Problem::Denied),
        StatusCode::METHOD_NOT_ALLOWED => Some(Problem::Method),
        StatusCode::PAYLOAD_TOO_LARGE => Some(Problem::TooLarge),
        StatusCode::TOO_MANY_REQUESTS => Some(Problem::TooMany),
        StatusCode::SERVICE_UNAVAILABLE => Some(Problem::Busy),
        status if status.is_client_error() => Some(Problem::Invalid(String::new())),
        status if status.is_server_error() => Some(Problem::Internal),
        _ => None,
    }
}

/// Heading and sentence, Vietnamese.
fn words(problem: &Problem) -> (&'static str, &str) {
    match problem {
        Problem::NotFound => (
            "Không tìm thấy trang",
            "Địa chỉ này không có nội dung. Có thể địa chỉ đã bị gõ sai, hoặc văn bản chưa được nhập vào hệ thống.",
        ),
        Problem::Invalid(why) if !why.is_empty() => ("Yêu cầu không hợp lệ", why),
        Problem::Invalid(_) => ("Yêu cầu không hợp lệ", "Hệ thống không hiểu được yêu cầu này."),
        Problem::SignIn => (
            "Cần đăng nhập",
            "Phiên làm việc đã hết hoặc chưa bắt đầu, nên việc vừa rồi chưa được thực hiện. Xin đăng nhập rồi làm lại.",
        ),
        Problem::Denied => (
            "Không có quyền",
            "Tài khoản của bạn không được giao việc này, hoặc yêu cầu không đến từ trang của cổng. Nếu cần, hãy liên hệ người quản trị đơn vị.",
        ),
        Problem::Method => (
            "Yêu cầu không hợp lệ",
            "Địa chỉ này không nhận cách gửi yêu cầu như vậy.",
        ),
        Problem::TooLarge => ("Nội dung gửi lên quá lớn", "Xin rút gọn nội dung rồi gửi lại."),
        Problem::TooMany => (
            "Quá nhiều yêu cầu",
            "Địa chỉ mạng của bạn đang gửi quá nhiều yêu cầu. Xin chờ vài giây rồi thử lại.",
        ),
        Problem::Busy => (
            "Hệ thống đang bận",
            "Nhiều người đang truy cập cùng lúc. Trang này tự tải lại sau vài giây; bạn không cần làm gì thêm.",
        ),
        Problem::Internal => (
            "Hệ thống gặp lỗi",
            "Lỗi đã được ghi lại. Xin thử lại sau; nếu vẫn gặp lỗi, hãy báo cho cơ quan quản lý kèm mã yêu cầu dưới đây.",
        ),
    }
}

/// The whole answer to a refused request.
pub fn response(site: &Site, look: Look, problem: &Problem, request_id: &str, json: bool) -> Response {
    let mut response = if json {
        as_json(look, problem, request_id)
    } else if matches!(problem, Problem::Busy | Problem::TooMany) {
        as_waiting_page(site, look, problem)
    } else {
        as_page(site, look, problem, request_id)
    };
    *response.status_mut() = problem.status();
    if matches!(problem, Problem::Busy | Problem::TooMany) {
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(PAUSE));
    }
    response
}

fn as_json(look: Look, problem: &Problem, request_id: &str) -> Response {
    let (heading, sentence) = words(problem);
    let value = serde_json::json!({
        "title": look.t(heading),
        "detail": look.t(sentence),
        "status": problem.status().as_u16(),
        "request_id": request_id,
    });
    Page::bytes("application/problem+json", value.to_string())
        .policy(Policy::Never)
        .into_response()
}

fn as_waiting_page(site: &Site, look: Look, problem: &Problem) -> Response {
    let (heading, sentence) = words(problem);
    let page = WaitingPage {
        look,
        site_name: site.name(),
        heading,
        sentence,
        pause: PAUSE,
    };
    finished(page.render(), sentence)
}

fn as_page(site: &Site, look: Look, problem: &Problem, request_id: &str) -> Response {
    let (heading, sentence) = words(problem);
    let mut chrome = Chrome::new(site, look, "/", look.t(heading));
    chrome.robots = "noindex";
    let page = ProblemPage {
        chrome,
        sentence: look.t(sentence),
        request_id,
    };
    finished(page.render(), sentence)
}

/// Even when a template fails the reader gets the sentence.
fn finished(html: askama::Result<String>, sentence: &str) -> Response {
    match html {
        Ok(html) => Page::bytes("text/html; charset=utf-8", html)
            .policy(Policy::Never)
            .into_response(),
        Err(error) => {
            tracing::error!(%error, "the page of a refusal failed");
            let mut response = Response::new(Body::from(sentence.to_owned()));
            let plain = HeaderValue::from_static("text/plain; charset=utf-8");
            response.headers_mut().insert(CONTENT_TYPE, plain);
            response
        }
    }
}
