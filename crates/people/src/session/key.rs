//! Signing in with a passkey: alone, or as the second proof after a password.

use db::{DbError, Tx};
use web::Site;
use webauthn_rs::prelude::WebauthnError;

use super::{HALF, SignInError, began, begun, refuse};
use crate::passkey::{self, Challenge, PATIENCE, Waiting};
use crate::store::{self, Live};
use crate::token;

impl From<WebauthnError> for SignInError {
    fn from(error: WebauthnError) -> Self {
        tracing::info!(%error, "no proof by a passkey");
        Self::Key
    }
}

/// The half session of a token, while it waits for its second proof.
async fn half_session(tx: &mut Tx, half: &str, now: i64) -> Result<Option<Live>, DbError> {
    let live = store::session_find(tx, &token::hash(half)).await?;
    Ok(live.filter(|live| !live.second_proof && live.seen + HALF > now))
}

/// Asks the browser for a proof: by a key of the account whose half session this is, or by any key.
///
/// # Errors
/// [`SignInError::Key`] where this portal's address allows none, or what machine and database say.
pub async fn offer_proof(site: &Site, half: &str) -> Result<Challenge, SignInError> {
    let party = passkey::party(site).ok_or(SignInError::Key)?;
    let now = site.now().as_microsecond();
    let mut tx = site.db().begin().await?;
    let known = match half_session(&mut tx, half, now).await? {
        Some(live) => store::passkey_list(&mut tx, live.account).await?,
        None => Vec::new(),
    };
    let (options, waiting) = passkey::ask_proof(&party, &known)?;
    let token = token::fresh()?;
    let state = serde_json::to_string(&waiting).map_err(|_| SignInError::Key)?;
    store::challenge_add(&mut tx, &token::hash(&token), &state, now, now + PATIENCE).await?;
    tx.commit().await?;
    Ok(Challenge { token, options })
}

/// Judges the answer. A half session goes on, with its second proof; without one a session of its
/// own begins. Returns the token of the session.
///
/// # Errors
/// [`SignInError::Key`], [`SignInError::Late`], or what machine and database say.
pub async fn prove_by_key(
    site: &Site,
    half: &str,
    (asked, answer): (&str, &str),
    agent: &str,
) -> Result<String, SignInError> {
    let party = passkey::party(site).ok_or(SignInError::Key)?;
    let now = site.now().as_microsecond();
    let mut tx = site.db().begin().await?;
    let taken = store::challenge_take(&mut tx, &token::hash(asked), now).await?;
    tx.commit().await?;
    let waiting = taken.and_then(|state| serde_json::from_str(&state).ok());
    let Some(Waiting::Proof { state }) = waiting else {
        return Err(SignInError::Late);
    };
    let (answer, credential) = passkey::answered(answer)?;
    let mut tx = site.db().begin().await?;
    let key = store::passkey_find(&mut tx, &credential)
        .await?
        .ok_or(SignInError::Key)?;
    let account = store::account_by_id(&mut tx, key.account).await?;
    let account = account.filter(|account| account.is_open(site.today()) && account.locked_until <= now);
    let account = account.ok_or(SignInError::Key)?;
    let live = half_session(&mut tx, half, now).await?;
    let own = live.is_none_or(|live| live.account == account.id);
    let moved = match passkey::proved(&party, *state, &answer, &key) {
        Ok(moved) if own => moved,
        wrong => {
            refuse(&mut tx, &account, false, now).await?;
            tx.commit().await?;
            return Err(wrong.err().map_or(SignInError::Key, Into::into));
        }
    };
    store::passkey_used(&mut tx, &credential, &moved, now).await?;
    let fresh = if live.is_some() {
        let fresh = token::fresh()?;
        store::session_proved(&mut tx, &token::hash(half), &token::hash(&fresh), now).await?;
        fresh
    } else {
        begun(&mut tx, account.id, true, agent, now).await?
    };
    began(&mut tx, &account).await?;
    tx.commit().await?;
    Ok(fresh)
}
