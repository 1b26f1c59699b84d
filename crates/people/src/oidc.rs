//! Signing in at another house: OpenID Connect, authorization code with PKCE.
//!
//! Written here and not taken from the crate `openidconnect`: that one brings a second generation of
//! hashes and curves and an `rsa` with an open advisory (RUSTSEC-2023-0071), where `ring`, which the
//! TLS of this program has anyway, judges signatures in one call. Nothing else of OAuth is here.

mod provider;
mod token;

use serde::{Deserialize, Serialize};

pub use provider::{Provider, Settings};

/// How long a person may take at the other house, in microseconds.
pub(crate) const PATIENCE: i64 = 600_000_000;

/// What waits for the answer of the other house, under the hash of its `state`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Asked {
    /// Comes back inside the signed answer.
    pub nonce: String,
    /// PKCE: whoever has the code alone gains nothing.
    pub verifier: String,
    /// Hash of the cookie of the browser that began: another browser cannot end it.
    pub browser: String,
    /// What the person wanted.
    pub why: Why,
}

/// What the answer is for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Why {
    /// To sign in, and to go to this path.
    Enter(String),
    /// To accept the invitation whose token has this hash.
    Join(String),
    /// To link the identity with this account.
    Link(i64),
}

/// Somebody whom the other house knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The house.
    pub issuer: String,
    /// The name that never changes and is never given to another person.
    pub subject: String,
    /// What people read: address or name, as the house says.
    pub name: String,
    /// Whether the house says that a second proof was given, in words the operator agreed to.
    pub proved: bool,
}

/// Why the other house opens nothing. The text is a sentence for the person.
#[derive(Debug, thiserror::Error)]
pub enum OidcError {
    /// It does not answer, or not in time.
    #[error(
        "Chưa kết nối được với hệ thống đăng nhập tập trung. Xin thử lại sau ít phút, hoặc đăng nhập bằng mật khẩu."
    )]
    Away,
    /// An unknown, used or late `state`, or another browser.
    #[error(
        "Lần đăng nhập này đã quá thời gian chờ, đã dùng rồi hoặc bắt đầu ở trình duyệt khác. Xin đăng nhập lại từ đầu."
    )]
    State,
    /// The person gave up, or the house refused.
    #[error(
        "Bạn đã hủy, hoặc hệ thống đăng nhập tập trung không cho đăng nhập. Xin thử lại, hoặc đăng nhập bằng mật khẩu."
    )]
    Declined,
    /// The answer is not what it should be.
    #[error(
        "Hệ thống đăng nhập tập trung trả lời không hợp lệ nên cổng không nhận. Xin thử lại; nếu vẫn gặp lỗi, hãy báo người vận hành cổng."
    )]
    Answer,
    /// Nobody here is linked with the identity.
    #[error(
        "Danh tính này chưa liên kết với tài khoản nào của cổng. Xin đăng nhập bằng mật khẩu rồi liên kết tại trang Tài khoản của tôi, hoặc mở lời mời đã nhận."
    )]
    Unlinked,
    /// The account is suspended, expired or locked.
    #[error(
        "Tài khoản liên kết với danh tính này đang tạm ngừng, đã hết hạn hoặc tạm khóa do nhập sai nhiều lần. Xin liên hệ người quản trị của đơn vị."
    )]
    Closed,
    /// Another account is linked with the identity.
    #[error("Danh tính này đã liên kết với một tài khoản khác của cổng. Mỗi danh tính chỉ mở một tài khoản.")]
    Taken,
    /// The invitation holds no longer, or its address has an account.
    #[error(
        "Lời mời không còn hiệu lực, hoặc địa chỉ thư được mời đã có tài khoản. Xin đăng nhập, hoặc nhờ người quản trị gửi lời mời mới."
    )]
    Invitation,
    /// The last way into the account.
    #[error(
        "Đây là cách duy nhất để đăng nhập tài khoản này. Xin thêm khóa truy cập, hoặc nhờ người quản trị cấp liên kết đặt mật khẩu, rồi mới bỏ liên kết."
    )]
    LastWay,
    /// The machine gives no random bytes.
    #[error("Hệ thống chưa tạo được phiên làm việc. Xin thử lại.")]
    Machine,
    /// The database.
    #[error(transparent)]
    Db(#[from] db::DbError),
}

impl From<getrandom::Error> for OidcError {
    fn from(_: getrandom::Error) -> Self {
        Self::Machine
    }
}
