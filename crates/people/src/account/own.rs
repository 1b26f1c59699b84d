//! What a person does with the own account.

use audit::{Actor, Entry};
use db::{DbError, Tx};
use policy::Visitor;
use web::Site;

use super::{AccountError, object};
use crate::model::Account;
use crate::{code, password, store, token};

/// Recovery codes in a set.
const CODES: usize = 10;

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

/// Who changes the second proof that an account has gives its password again, so that a desk left open is
/// not enough; an account without a password has none to give.
///
/// # Errors
/// [`AccountError::Password`], or what the database says.
pub(super) async fn sure(site: &Site, who: &Visitor, password: &str) -> Result<(), AccountError> {
    let account = own(site, who).await?;
    if !account.has_second_proof() || !account.has_password() {
        return Ok(());
    }
    if password::verify(password.to_owned(), Some(account.password)).await {
        Ok(())
    } else {
        Err(AccountError::Password)
    }
}

/// What setting up a second proof gives.
#[derive(Clone, Debug)]
pub struct AppReady {
    /// Recovery codes, shown once; none where the account has some.
    pub codes: Vec<String>,
    /// Token under which the present session goes on, now with its second proof.
    pub token: String,
}

/// Sets up the authenticator app. Every other session ends.
///
/// # Errors
/// A code that does not belong to the secret, a wrong password where a second proof is replaced, or what
/// machine and database say.
pub async fn set_up_app(
    site: &Site,
    who: &Visitor,
    session: &str,
    (secret, typed): (&str, &str),
    password: &str,
) -> Result<AppReady, AccountError> {
    sure(site, who, password).await?;
    let step = code::step(secret, typed, site.now().as_second(), 0).ok_or(AccountError::Code)?;
    let mut tx = site.db().begin().await?;
    store::account_totp(&mut tx, who.account, Some(secret), step).await?;
    let codes = fresh_codes(&mut tx, who).await?;
    let token = proved_anew(&mut tx, site, who, session).await?;
    own_act(&mut tx, who, "account.app").await?;
    tx.commit().await?;
    Ok(AppReady { codes, token })
}

/// A new set of recovery codes in place of the old one.
pub(super) async fn fresh_codes(tx: &mut Tx, who: &Visitor) -> Result<Vec<String>, AccountError> {
    let codes: Vec<String> = (0..CODES)
        .map(|_| token::fresh_code())
        .collect::<Result<_, _>>()?;
    let hashes: Vec<String> = codes
        .iter()
        .map(|code| token::hash(&token::typed_code(code)))
        .collect();
    store::account_recovery(tx, who.account, &hashes).await?;
    Ok(codes)
}

/// The present session goes on under a new token, with its second proof; every other one ends.
pub(super) async fn proved_anew(
    tx: &mut Tx,
    site: &Site,
    who: &Visitor,
    session: &str,
) -> Result<String, AccountError> {
    let (present, fresh) = (token::hash(session), token::fresh()?);
    store::sessions_end(tx, who.account, &present).await?;
    let now = site.now().as_microsecond();
    store::session_proved(tx, &present, &token::hash(&fresh), now).await?;
    Ok(fresh)
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

pub(super) async fn own_act(tx: &mut Tx, who: &Visitor, act: &'static str) -> Result<(), DbError> {
    let actor = Actor::Person(who.account, who.name.clone());
    audit::append(tx, &Entry::new(actor, act, object(who.account))).await
}
