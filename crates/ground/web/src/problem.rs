//! What can go wrong in a handler, as a reader sees it.

use axum::response::{IntoResponse, Response};
use http::StatusCode;

/// A refusal. The kernel turns it into a page in the reader's language, or into
/// `application/problem+json` below `/api/`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Nothing stands at this address (404).
    #[error("không tìm thấy")]
    NotFound,
    /// The request makes no sense; the sentence (Vietnamese) says why (400).
    #[error("{0}")]
    Invalid(String),
    /// Nobody is signed in, or the session has ended (401).
    #[error("phiên làm việc đã hết")]
    SignIn,
    /// The person may not do this (403).
    #[error("không có quyền")]
    Denied,
    /// The method is not allowed here (405).
    #[error("phương thức không được phép")]
    Method,
    /// The body is too large (413).
    #[error("nội dung gửi lên quá lớn")]
    TooLarge,
    /// Too many requests from one address (429).
    #[error("quá nhiều yêu cầu từ một địa chỉ")]
    TooMany,
    /// The service is overloaded (503).
    #[error("hệ thống đang bận")]
    Busy,
    /// Our fault (500); the cause stands in the log only.
    #[error("lỗi của hệ thống")]
    Internal,
}

impl Problem {
    /// Logs the cause and hides it from the reader.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        tracing::error!(%cause, "a handler failed");
        Problem::Internal
    }

    /// HTTP status.
    pub fn status(&self) -> StatusCode {
        match self {
            Problem::NotFound => StatusCode::NOT_FOUND,
            Problem::Invalid(_) => StatusCode::BAD_REQUEST,
            Problem::SignIn => StatusCode::UNAUTHORIZED,
            Problem::Denied => StatusCode::FORBIDDEN,
            Problem::Method => StatusCode::METHOD_NOT_ALLOWED,
            Problem::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Problem::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Problem::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Problem::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
