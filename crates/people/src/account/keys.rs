//! The passkeys of one's own account.

use policy::Visitor;
use web::Site;

use super::AccountError;
use super::own::{AppReady, fresh_codes, own, own_act, proved_anew, sure};
use crate::model::Key;
use crate::passkey::{self, Challenge, PATIENCE, Waiting};
use crate::{store, token};

/// Keys an account may have: one for each device, and some to spare.
const MOST_KEYS: usize = 20;
const LONGEST_NAME: usize = 60;

/// Asks the browser for a new key.
///
/// # Errors
/// [`AccountError::Key`] where this portal's address allows none, or what machine and database say.
pub async fn offer_key(site: &Site, who: &Visitor) -> Result<Challenge, AccountError> {
    let party = passkey::party(site).ok_or(AccountError::Key)?;
    let account = own(site, who).await?;
    let known = store::passkey_list(site.db(), who.account).await?;
    let (options, waiting) = passkey::ask_new(&party, &account, &known)?;
    let token = token::fresh()?;
    let state = serde_json::to_string(&waiting).map_err(|_| AccountError::Machine)?;
    let now = site.now().as_microsecond();
    let mut tx = site.db().begin().await?;
    store::challenge_add(&mut tx, &token::hash(&token), &state, now, now + PATIENCE).await?;
    tx.commit().await?;
    Ok(Challenge { token, options })
}

/// Takes a new key from the browser's answer; every other session ends. Recovery codes come with
/// the first second proof of an account.
///
/// # Errors
/// [`AccountError::Key`], a wrong password where the account has a second proof, or what machine and
/// database say.
pub async fn add_key(
    site: &Site,
    who: &Visitor,
    session: &str,
    (asked, answer): (&str, &str),
    name: &str,
    password: &str,
) -> Result<AppReady, AccountError> {
    sure(site, who, password).await?;
    let party = passkey::party(site).ok_or(AccountError::Key)?;
    let now = site.now();
    let mut tx = site.db().begin().await?;
    let taken = store::challenge_take(&mut tx, &token::hash(asked), now.as_microsecond()).await?;
    tx.commit().await?;
    let waiting = taken.and_then(|state| serde_json::from_str(&state).ok());
    let Some(Waiting::New { account, state }) = waiting else {
        return Err(AccountError::Key);
    };
    if account != who.account.0 {
        return Err(AccountError::Key);
    }
    let made = passkey::made(&party, &state, answer)?;
    let mut tx = site.db().begin().await?;
    let known = store::passkey_list(&mut tx, who.account).await?;
    if known.len() >= MOST_KEYS || store::passkey_find(&mut tx, &made.credential).await?.is_some() {
        return Err(AccountError::Key);
    }
    let key = Key {
        credential: made.credential,
        account: who.account,
        name: read_name(name),
        key: made.key,
        created: now,
        used: None,
    };
    store::passkey_add(&mut tx, &key).await?;
    let codes = match store::recovery_left(&mut tx, who.account).await? {
        0 => fresh_codes(&mut tx, who).await?,
        _ => Vec::new(),
    };
    let token = proved_anew(&mut tx, site, who, session).await?;
    own_act(&mut tx, who, "account.key").await?;
    tx.commit().await?;
    Ok(AppReady { codes, token })
}

/// Forgets one of one's own keys.
///
/// # Errors
/// [`AccountError::Unknown`] or what the database says.
pub async fn drop_key(site: &Site, who: &Visitor, credential: &str) -> Result<(), AccountError> {
    let mut tx = site.db().begin().await?;
    if store::passkey_drop(&mut tx, who.account, Some(credential)).await? == 0 {
        return Err(AccountError::Unknown);
    }
    own_act(&mut tx, who, "account.key-drop").await?;
    tx.commit().await?;
    Ok(())
}

/// A name for one's own list: spaces folded, no signs of control, never empty.
fn read_name(name: &str) -> String {
    let name = viet::nfc(name);
    let plain = name
        .chars()
        .filter(|letter| !letter.is_control() || letter.is_whitespace());
    let plain: String = plain.take(LONGEST_NAME).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    if words.is_empty() {
        "Khóa truy cập".to_owned()
    } else {
        words.join(" ")
    }
}
