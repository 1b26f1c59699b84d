//! Accounts: invited, accepted, changed, stopped. A use case here is: may he? then one transaction
//! with the rows and the line of the audit log.

use audit::{Actor, Entry};
use db::{DbError, Tx};
use jiff::SignedDuration;
use policy::{AccountId, Grant, Permission, Role, Roots, UnitId, Visitor};
use serde_json::json;
use web::Site;

use crate::model::{Account, Email, Invitation, Purpose};
use crate::{code, password, store, token};

/// An invitation is good for a week.
const INVITATION: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Recovery codes in a set.
const CODES: usize = 10;

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
    match visitor.roots(permission) {
        Roots::Everywhere => Ok(true),
        Roots::Below(roots) if roots.is_empty() => Ok(false),
        Roots::Below(roots) => {
            let above = units::store::above(&mut *tx, unit, site.today()).await?;
            Ok(above.iter().any(|unit| roots.contains(unit)))
        }
    }
}

/// Invites a person into a role. Who has an account gets the role at once.
///
/// # Errors
/// Bad input, no reach, or what machine and database say.
pub async fn invite(
    site: &Site,
    by: Inviter<'_>,
    name: &str,
    address: &str,
    role: Role,
    unit: UnitId,
) -> Result<Invited, AccountError> {
    let email = Email::read(address).ok_or_else(|| AccountError::Email(address.trim().to_owned()))?;
    let name = read_name(name)?;
    let mut tx = site.db().begin().await?;
    by.may_give(&mut tx, site, role, unit).await?;
    let detail = json!({ "role": role.code(), "email": email.as_str() });
    if let Some(account) = store::account_by_email(&mut tx, &email).await? {
        give(&mut tx, site, &account, role, unit, by.account()).await?;
        let entry = Entry::new(by.actor(), "role.give", object(account.id));
        audit::append(&mut tx, &entry.unit(unit).detail(detail)).await?;
        tx.commit().await?;
        return Ok(Invited::Given(account.id));
    }
    let fresh = token::fresh()?;
    let invitation = Invitation {
        email,
        name,
        purpose: Purpose::Join { role, unit },
        invited_by: by.account(),
        expires: site.now() + INVITATION,
    };
    store::invitation_add(&mut tx, &token::hash(&fresh), &invitation).await?;
    let entry = Entry::new(by.actor(), "account.invite", format!("unit:{}", unit.get()));
    audit::append(&mut tx, &entry.unit(unit).detail(detail)).await?;
    tx.commit().await?;
    Ok(Invited::Link(fresh))
}

/// A role from today on; one that is held already is not given twice.
async fn give(
    tx: &mut Tx,
    site: &Site,
    account: &Account,
    role: Role,
    unit: UnitId,
    by: Option<AccountId>,
) -> Result<(), DbError> {
    let today = site.today();
    let held = store::grants_of(&mut *tx, account.id).await?;
    let same = |grant: &Grant| grant.role == role && grant.unit == unit && grant.holds_on(today);
    if held.iter().any(|held| same(&held.grant)) {
        return Ok(());
    }
    let grant = Grant {
        role,
        unit,
        from: today,
        until: None,
    };
    store::grant_add(tx, account.id, &grant, by).await.map(drop)
}

/// The invitation of a link, for its page.
///
/// # Errors
/// [`AccountError::Invitation`] or what the database says.
pub async fn invitation(site: &Site, typed: &str) -> Result<Invitation, AccountError> {
    let now = site.now().as_microsecond();
    let found = store::invitation_find(site.db(), &token::hash(typed), now).await?;
    found.ok_or(AccountError::Invitation)
}

/// Accepts an invitation: the account is made with its first role, or gets its new password.
///
/// # Errors
/// Bad input, an invitation that no longer holds, or what machine and database say.
pub async fn accept(site: &Site, typed: &str, name: &str, chosen: &str) -> Result<Email, AccountError> {
    let invited = invitation(site, typed).await?;
    let name = read_name(name)?;
    password::check(chosen, &[&name, invited.email.as_str()])?;
    let hash = password::hash(chosen.to_owned())
        .await
        .ok_or(AccountError::Machine)?;
    let mut tx = site.db().begin().await?;
    if !store::invitation_use(&mut tx, &token::hash(typed)).await? {
        return Err(AccountError::Invitation);
    }
    match invited.purpose {
        Purpose::Join { role, unit } => {
            // Invited twice: the second link is of no more use, the account is there.
            if store::account_by_email(&mut tx, &invited.email).await?.is_some() {
                return Err(AccountError::Invitation);
            }
            let account = store::account_insert(&mut tx, &invited.email, &name, &hash).await?;
            let grant = Grant {
                role,
                unit,
                from: site.today(),
                until: None,
            };
            store::grant_add(&mut tx, account, &grant, invited.invited_by).await?;
            let entry = Entry::new(Actor::Person(account, name), "account.accept", object(account));
            let detail = json!({ "role": role.code() });
            audit::append(&mut tx, &entry.unit(unit).detail(detail)).await?;
        }
        Purpose::Reset(account) => {
            store::account_password(&mut tx, account, &hash).await?;
            store::account_totp(&mut tx, account, None, 0).await?;
            store::account_recovery(&mut tx, account, &[]).await?;
            store::sessions_end(&mut tx, account, "").await?;
            let entry = Entry::new(
                Actor::Person(account, invited.name),
                "account.reset",
                object(account),
            );
            audit::append(&mut tx, &entry).await?;
        }
    }
    tx.commit().await?;
    Ok(invited.email)
}

/// Makes a link with which a person chooses another password and sets up the app anew, after both
/// were lost. Until it is used everything stays as it was.
///
/// # Errors
/// No reach over every role that the account holds, or what machine and database say.
pub async fn reset(site: &Site, by: &Visitor, account: AccountId) -> Result<String, AccountError> {
    let mut tx = site.db().begin().await?;
    let unit = over(&mut tx, site, by, account).await?;
    let known = store::account_by_id(&mut tx, account).await?;
    let known = known.ok_or(AccountError::Unknown)?;
    let fresh = token::fresh()?;
    let invitation = Invitation {
        email: known.email,
        name: known.name,
        purpose: Purpose::Reset(account),
        invited_by: Some(by.account),
        expires: site.now() + INVITATION,
    };
    store::invitation_add(&mut tx, &token::hash(&fresh), &invitation).await?;
    let entry = Entry::new(
        Inviter::Person(by).actor(),
        "account.offer-reset",
        object(account),
    );
    audit::append(&mut tx, &entry.unit(unit)).await?;
    tx.commit().await?;
    Ok(fresh)
}

/// Whether a person stands over every role that an account holds today; the unit of the first one.
async fn over(tx: &mut Tx, site: &Site, by: &Visitor, account: AccountId) -> Result<UnitId, AccountError> {
    let today = site.today();
    let held = store::grants_of(&mut *tx, account).await?;
    let now: Vec<_> = held.iter().filter(|held| held.grant.holds_on(today)).collect();
    for held in &now {
        let Grant { role, unit, .. } = held.grant;
        Inviter::Person(by).may_give(&mut *tx, site, role, unit).await?;
    }
    // Who holds nothing now belongs to the unit of the last role.
    let last = now
        .first()
        .copied()
        .or(held.last())
        .ok_or(AccountError::Unknown)?;
    if !reaches(tx, site, by, Permission::ManagePeople, last.grant.unit).await? {
        return Err(AccountError::Reach);
    }
    Ok(last.grant.unit)
}

/// Ends a role today.
///
/// # Errors
/// No reach, one's own role of administration, or what the database says.
pub async fn take_grant(site: &Site, by: &Visitor, grant: i64) -> Result<(), AccountError> {
    let mut tx = site.db().begin().await?;
    let held = store::grant_by_id(&mut tx, grant)
        .await?
        .ok_or(AccountError::Unknown)?;
    let Grant { role, unit, from, .. } = held.grant;
    Inviter::Person(by).may_give(&mut tx, site, role, unit).await?;
    if held.account == by.account && policy::reach(role, Permission::ManagePeople) > policy::Reach::None {
        return Err(AccountError::Oneself);
    }
    // A role that begins and ends on one day never held.
    store::grant_end(&mut tx, grant, site.today().max(from)).await?;
    let entry = Entry::new(Inviter::Person(by).actor(), "role.take", object(held.account));
    let detail = json!({ "role": role.code() });
    audit::append(&mut tx, &entry.unit(unit).detail(detail)).await?;
    tx.commit().await?;
    Ok(())
}

/// Stops an account or lets it go on; its sessions end at once.
///
/// # Errors
/// No reach over every role that the account holds, oneself, or what the database says.
pub async fn suspend(site: &Site, by: &Visitor, account: AccountId, stop: bool) -> Result<(), AccountError> {
    if account == by.account {
        return Err(AccountError::Oneself);
    }
    let mut tx = site.db().begin().await?;
    let first = over(&mut tx, site, by, account).await?;
    store::account_suspend(&mut tx, account, stop).await?;
    if stop {
        store::sessions_end(&mut tx, account, "").await?;
    }
    let act = if stop { "account.suspend" } else { "account.resume" };
    let entry = Entry::new(Inviter::Person(by).actor(), act, object(account));
    audit::append(&mut tx, &entry.unit(first)).await?;
    tx.commit().await?;
    Ok(())
}

/// Changes one's own password; every other session ends.
///
/// # Errors
/// A wrong or weak password, or what machine and database say.
pub async fn change_password(
    site: &Site,
    who: &Visitor,
    session: &str,
    present: &str,
    chosen: &str,
) -> Result<(), AccountError> {
    let account = own(site, who).await?;
    if !password::verify(present.to_owned(), Some(account.password)).await {
        return Err(AccountError::Password);
    }
    password::check(chosen, &[&account.name, account.email.as_str()])?;
    let hash = password::hash(chosen.to_owned())
        .await
        .ok_or(AccountError::Machine)?;
    let mut tx = site.db().begin().await?;
    store::account_password(&mut tx, who.account, &hash).await?;
    store::sessions_end(&mut tx, who.account, &token::hash(session)).await?;
    own_act(&mut tx, who, "account.password").await?;
    tx.commit().await?;
    Ok(())
}

/// What setting up the app gives.
#[derive(Clone, Debug)]
pub struct AppReady {
    /// Recovery codes, shown once.
    pub codes: Vec<String>,
    /// Token under which the present session goes on, now with its second proof.
    pub token: String,
}

/// Sets up the authenticator app. Every other session ends.
///
/// # Errors
/// A code that does not belong to the secret, or what machine and database say.
pub async fn set_up_app(
    site: &Site,
    who: &Visitor,
    session: &str,
    secret: &str,
    typed: &str,
) -> Result<AppReady, AccountError> {
    let step = code::step(secret, typed, site.now().as_second(), 0).ok_or(AccountError::Code)?;
    let codes: Vec<String> = (0..CODES)
        .map(|_| token::fresh_code())
        .collect::<Result<_, _>>()?;
    let hashes: Vec<String> = codes
        .iter()
        .map(|code| token::hash(&token::typed_code(code)))
        .collect();
    let mut tx = site.db().begin().await?;
    store::account_totp(&mut tx, who.account, Some(secret), step).await?;
    store::account_recovery(&mut tx, who.account, &hashes).await?;
    let (present, fresh) = (token::hash(session), token::fresh()?);
    store::sessions_end(&mut tx, who.account, &present).await?;
    store::session_proved(
        &mut tx,
        &present,
        &token::hash(&fresh),
        site.now().as_microsecond(),
    )
    .await?;
    own_act(&mut tx, who, "account.app").await?;
    tx.commit().await?;
    Ok(AppReady { codes, token: fresh })
}

/// Ends one of one's own sessions, or all but the present one.
///
/// # Errors
/// What the database says.
pub async fn end_sessions(
    site: &Site,
    who: &Visitor,
    which: Option<&str>,
    present: &str,
) -> Result<(), AccountError> {
    let mut tx = site.db().begin().await?;
    match which {
        Some(hash) => store::session_end(&mut tx, who.account, hash).await?,
        None => store::sessions_end(&mut tx, who.account, &token::hash(present)).await?,
    };
    own_act(&mut tx, who, "session.end").await?;
    tx.commit().await?;
    Ok(())
}

/// One's own account.
///
/// # Errors
/// [`AccountError::Unknown`] or what the database says.
pub async fn own(site: &Site, who: &Visitor) -> Result<Account, AccountError> {
    let account = store::account_by_id(site.db(), who.account).await?;
    account.ok_or(AccountError::Unknown)
}

async fn own_act(tx: &mut Tx, who: &Visitor, act: &'static str) -> Result<(), DbError> {
    let actor = Actor::Person(who.account, who.name.clone());
    audit::append(tx, &Entry::new(actor, act, object(who.account))).await
}

fn object(account: AccountId) -> String {
    format!("account:{}", account.0)
}

/// A name: spaces folded, 2 to 100 letters, no signs of control.
fn read_name(name: &str) -> Result<String, AccountError> {
    let name = viet::nfc(name);
    let name: Vec<&str> = name.split_whitespace().collect();
    let name = name.join(" ");
    let letters = name.chars().count();
    let plain = !name.chars().any(char::is_control);
    ((2..=100).contains(&letters) && plain)
        .then_some(name)
        .ok_or(AccountError::Name)
}
