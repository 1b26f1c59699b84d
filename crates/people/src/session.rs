//! Signing in, the second proof, and who stands behind a session.

use audit::{Actor, Entry};
use db::{DbError, Tx};
use futures::future::BoxFuture;
use policy::{AccountId, Grant, Visitor};
use web::{Problem, Site};

use crate::model::{Account, Email};
use crate::store::{self, Live};
use crate::{code, device, password, token};

mod key;
pub(crate) mod outside;

pub use key::{offer_proof, prove_by_key};

const SECOND: i64 = 1_000_000;
/// A session ends after twelve hours in any case, and after four hours without use.
const LONGEST: i64 = 12 * 3600 * SECOND;
pub(crate) const IDLE: i64 = 4 * 3600 * SECOND;
/// A half session, which waits for its second proof, is good for ten minutes.
const HALF: i64 = 600 * SECOND;
/// `seen` is written at most once a minute.
const SEEN_EVERY: i64 = 60 * SECOND;
/// Wrong passwords before the first pause; each further one doubles it, up to an hour.
const FREE_TRIES: i64 = 5;
const FIRST_PAUSE: i64 = 60 * SECOND;
const LONGEST_PAUSE: i64 = 3600 * SECOND;

/// What is left to do after a right password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nothing.
    Done,
    /// A passkey, a code of the app or a recovery code.
    SecondProof,
}

/// Why somebody is not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Wrong, unknown, suspended, expired or locked: a guesser is not told which.
    #[error(
        "Địa chỉ thư hoặc mật khẩu không đúng, hoặc tài khoản đang tạm khóa do nhập sai nhiều lần. Xin kiểm tra lại, hoặc thử lại sau ít phút."
    )]
    Refused,
    /// The code is wrong, too old or was used.
    #[error("Mã không đúng, đã hết hạn hoặc đã dùng rồi. Xin nhập mã mới nhất trên ứng dụng.")]
    Code,
    /// The key is not known here, or its answer is wrong.
    #[error("Khóa truy cập này không dùng được ở đây. Xin thử lại hoặc đăng nhập bằng mật khẩu.")]
    Key,
    /// The half session is over.
    #[error("Đã quá thời gian chờ. Xin đăng nhập lại.")]
    Late,
    /// The machine gives no random bytes.
    #[error("Hệ thống chưa tạo được phiên làm việc. Xin thử lại.")]
    Random(#[from] getrandom::Error),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Opens a session for address and password; returns its token.
///
/// # Errors
/// [`SignInError::Refused`], or what machine and database say.
pub async fn sign_in(
    site: &Site,
    address: &str,
    typed: String,
    agent: &str,
) -> Result<(String, Stage), SignInError> {
    let now = site.now().as_microsecond();
    let account = match Email::read(address) {
        Some(email) => store::account_by_email(site.db(), &email).await?,
        None => None,
    };
    let kept = account.as_ref().map(|account| account.password.clone());
    let right = password::verify(typed, kept).await;
    let Some(account) = account else {
        return Err(SignInError::Refused);
    };
    let mut tx = site.db().begin().await?;
    if !right || account.locked_until > now || !account.is_open(site.today()) {
        refuse(&mut tx, &account, right, now).await?;
        tx.commit().await?;
        return Err(SignInError::Refused);
    }
    let stage = if account.has_second_proof() {
        Stage::SecondProof
    } else {
        Stage::Done
    };
    let fresh = begun(&mut tx, account.id, false, agent, now).await?;
    if stage == Stage::Done {
        began(&mut tx, &account).await?;
    }
    tx.commit().await?;
    Ok((fresh, stage))
}

/// Counts a wrong password. While the account is locked nothing more is counted, so that a guesser
/// cannot keep its owner out for longer than the pause.
async fn refuse(tx: &mut Tx, account: &Account, right: bool, now: i64) -> Result<(), DbError> {
    if !right && account.locked_until <= now {
        let failures = account.failures + 1;
        let pause = match failures - FREE_TRIES {
            over @ 0.. => FIRST_PAUSE << over.min(6),
            _ => 0,
        };
        store::account_lock(tx, account.id, failures, now + pause.min(LONGEST_PAUSE)).await?;
    }
    let entry = Entry::new(Actor::Guest, "session.refuse", object(account));
    audit::append(tx, &entry).await
}

/// A session for an account; its token.
async fn begun(
    tx: &mut Tx,
    account: AccountId,
    second_proof: bool,
    agent: &str,
    now: i64,
) -> Result<String, SignInError> {
    let fresh = token::fresh()?;
    let live = Live {
        account,
        seen: now,
        expires: now + LONGEST,
        second_proof,
    };
    store::session_add(tx, &token::hash(&fresh), live, &device::named(agent)).await?;
    Ok(fresh)
}

async fn began(tx: &mut Tx, account: &Account) -> Result<(), DbError> {
    if account.failures > 0 {
        store::account_lock(tx, account.id, 0, 0).await?;
    }
    audit::append(tx, &Entry::new(actor(account), "session.start", object(account))).await
}

fn actor(account: &Account) -> Actor {
    Actor::Person(account.id, account.name.clone())
}

fn object(account: &Account) -> String {
    format!("account:{}", account.id.0)
}

/// Gives the second proof of a half session, a code of the app or a recovery code; returns the
/// token under which the session goes on.
///
/// # Errors
/// [`SignInError::Code`], [`SignInError::Late`], or what machine and database say.
pub async fn second_proof(site: &Site, half: &str, typed: &str) -> Result<String, SignInError> {
    let now = site.now().as_microsecond();
    let hash = token::hash(half);
    let mut tx = site.db().begin().await?;
    let live = store::session_find(&mut tx, &hash).await?;
    let live = live.filter(|live| !live.second_proof && live.seen + HALF > now);
    let Some(live) = live else {
        return Err(SignInError::Late);
    };
    let account = store::account_by_id(&mut tx, live.account).await?;
    let account = account.filter(|account| account.is_open(site.today()) && account.locked_until <= now);
    let Some(account) = account else {
        return Err(SignInError::Late);
    };
    if !proved(&mut tx, &account, typed, now).await? {
        refuse(&mut tx, &account, false, now).await?;
        tx.commit().await?;
        return Err(SignInError::Code);
    }
    let fresh = token::fresh()?;
    store::session_proved(&mut tx, &hash, &token::hash(&fresh), now).await?;
    began(&mut tx, &account).await?;
    tx.commit().await?;
    Ok(fresh)
}

async fn proved(tx: &mut Tx, account: &Account, typed: &str, now: i64) -> Result<bool, DbError> {
    let step = |secret: &String| code::step(secret, typed, now / SECOND, account.totp_step);
    if let Some(step) = account.totp_secret.as_ref().and_then(step) {
        return store::totp_used(tx, account.id, step).await;
    }
    let signs = token::typed_code(typed);
    if signs.len() != 16 || !store::recovery_use(tx, account.id, &token::hash(&signs)).await? {
        return Ok(false);
    }
    let entry = Entry::new(actor(account), "account.recover", object(account));
    audit::append(tx, &entry).await?;
    Ok(true)
}

/// Who stands behind a token ([`web::Recognise`]).
pub fn recognise(site: Site, token: String) -> BoxFuture<'static, Result<Option<Visitor>, Problem>> {
    Box::pin(async move { visitor(&site, &token).await.map_err(Problem::internal) })
}

async fn visitor(site: &Site, typed: &str) -> Result<Option<Visitor>, DbError> {
    let now = site.now().as_microsecond();
    let hash = token::hash(typed);
    let Some(live) = store::session_find(site.db(), &hash).await? else {
        return Ok(None);
    };
    if live.expires <= now || live.seen + IDLE <= now {
        return Ok(None);
    }
    let Some(account) = store::account_by_id(site.db(), live.account).await? else {
        return Ok(None);
    };
    let today = site.today();
    let half = account.has_second_proof() && !live.second_proof;
    if half || !account.is_open(today) {
        return Ok(None);
    }
    if live.seen + SEEN_EVERY <= now {
        let mut tx = site.db().begin().await?;
        store::session_seen(&mut tx, &hash, now).await?;
        tx.commit().await?;
    }
    let held = store::grants_of(site.db(), account.id).await?;
    let mut grants: Vec<Grant> = Vec::new();
    for held in held {
        let Grant { unit, .. } = held.grant;
        if held.grant.holds_on(today) {
            // A role in a unit that ended holds in the one that stands for it.
            let unit = units::store::heir(site.db(), unit, today).await?;
            grants.push(Grant { unit, ..held.grant });
        }
    }
    Ok(Some(Visitor {
        account: account.id,
        name: account.name,
        grants,
        second_proof: live.second_proof,
    }))
}

/// Ends the session of a token; says whether its account is linked with another house, where a session
/// may go on.
///
/// # Errors
/// What the database says.
pub async fn sign_out(site: &Site, typed: &str) -> Result<bool, DbError> {
    let hash = token::hash(typed);
    let mut linked = false;
    let mut tx = site.db().begin().await?;
    if let Some(live) = store::session_find(&mut tx, &hash).await? {
        store::session_end(&mut tx, live.account, &hash).await?;
        if let Some(account) = store::account_by_id(&mut tx, live.account).await? {
            audit::append(
                &mut tx,
                &Entry::new(actor(&account), "session.end", object(&account)),
            )
            .await?;
        }
        linked = !store::identity_list(&mut tx, live.account).await?.is_empty();
    }
    tx.commit().await?;
    Ok(linked)
}
