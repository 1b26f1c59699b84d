//! Accounts: invited, accepted, changed, stopped. A use case here is: may he? then one transaction
//! with the rows and the line of the audit log.

mod identities;
mod invite;
mod keys;
mod manage;
mod own;

use audit::Actor;
use db::{DbError, Tx};
use policy::{AccountId, Permission, Role, UnitId, Visitor};
use web::Site;

use crate::password;

pub(crate) use identities::{LinkOffer, join_by_identity, link, offer_link, unlink};
pub use invite::{accept, invitation, invite, reset};
pub use keys::{add_key, drop_key, offer_key};
pub use manage::{suspend, suspend_by_operator, take_grant};
pub use own::{change_password, end_sessions, own, set_up_app};

/// Why something was not done. The text is a sentence for the person who asked.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The address cannot be one.
    #[error("“{0}” không phải là địa chỉ thư điện tử. Xin nhập dạng ten@donvi.gov.vn.")]
    Email(String),
    /// No name.
    #[error("Xin nhập họ và tên (từ 2 đến 100 ký tự).")]
    Name,
    /// The password is not good enough.
    #[error(transparent)]
    Weak(#[from] password::Weak),
    /// The present password is wrong.
    #[error("Mật khẩu hiện tại không đúng.")]
    Password,
    /// The code does not belong to the secret.
    #[error("Mã không khớp. Xin kiểm tra giờ trên điện thoại rồi nhập mã mới nhất.")]
    Code,
    /// The device gave no key, or one that cannot be taken.
    #[error("Chưa thêm được khóa truy cập. Xin thử lại; nếu vẫn không được, dùng ứng dụng xác thực.")]
    Key,
    /// The role or the unit is not the asker's to give.
    #[error("Bạn không được giao vai trò này tại đơn vị này.")]
    Reach,
    /// One's own account or the last administrator.
    #[error(
        "Không thể tự tạm ngừng tài khoản của mình hoặc tự thu hồi vai trò quản trị của mình. Xin nhờ một người quản trị khác."
    )]
    Oneself,
    /// The invitation is used, too old, or never was.
    #[error(
        "Lời mời không còn hiệu lực: đã dùng rồi hoặc quá 7 ngày. Xin nhờ người quản trị gửi lời mời mới."
    )]
    Invitation,
    /// Nothing has this number.
    #[error("Không tìm thấy tài khoản hoặc vai trò này.")]
    Unknown,
    /// The machine gives no random bytes or no memory.
    #[error("Hệ thống chưa làm được việc này. Xin thử lại.")]
    Machine,
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<webauthn_rs::prelude::WebauthnError> for AccountError {
    fn from(error: webauthn_rs::prelude::WebauthnError) -> Self {
        tracing::info!(%error, "no passkey");
        Self::Key
    }
}

impl From<getrandom::Error> for AccountError {
    fn from(_: getrandom::Error) -> Self {
        Self::Machine
    }
}

/// What became of an invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invited {
    /// The token of the link to send.
    Link(String),
    /// The person has an account: the role was given at once.
    Given(AccountId),
}

/// Who invites: a person with a reach, or the operator at the command line.
#[derive(Clone, Copy, Debug)]
pub enum Inviter<'a> {
    /// A person.
    Person(&'a Visitor),
    /// The operator.
    Operator,
}

impl Inviter<'_> {
    fn actor(self) -> Actor {
        match self {
            Self::Person(visitor) => Actor::Person(visitor.account, visitor.name.clone()),
            Self::Operator => Actor::Operator,
        }
    }

    fn account(self) -> Option<AccountId> {
        match self {
            Self::Person(visitor) => Some(visitor.account),
            Self::Operator => None,
        }
    }

    async fn may_give(self, tx: &mut Tx, site: &Site, role: Role, unit: UnitId) -> Result<(), AccountError> {
        let Self::Person(visitor) = self else {
            return Ok(());
        };
        let gives = visitor
            .grants
            .iter()
            .any(|held| held.role.may_give().contains(&role));
        if gives && reaches(tx, site, visitor, Permission::ManagePeople, unit).await? {
            Ok(())
        } else {
            Err(AccountError::Reach)
        }
    }
}

/// Whether a permission of a person reaches a unit today.
pub(crate) async fn reaches(
    tx: &mut Tx,
    site: &Site,
    visitor: &Visitor,
    permission: Permission,
    unit: UnitId,
) -> Result<bool, DbError> {
    units::scope::reaches(tx, &visitor.roots(permission), unit, site.today()).await
}

fn object(account: AccountId) -> String {
    format!("account:{}", account.0)
}
