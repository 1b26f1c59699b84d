//! Invitations: into a role, or to choose another password.

use audit::{Actor, Entry};
use db::{DbError, Tx};
use jiff::SignedDuration;
use policy::{AccountId, Grant, Role, UnitId, Visitor};
use serde_json::json;
use web::Site;

use super::manage::over;
use super::{AccountError, Invited, Inviter, object};
use crate::model::{Account, Email, Invitation, Purpose};
use crate::{letter, password, store, token};

/// An invitation is good for a week.
const INVITATION: SignedDuration = SignedDuration::from_hours(7 * 24);

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
    if site.sends_letters() {
        mail::enqueue(&mut tx, &letter::invitation(site, &invitation, &fresh)).await?;
    }
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
            joined(&mut tx, site, &invited, (role, unit), &name, &hash).await?;
        }
        Purpose::Reset(account) => {
            store::account_password(&mut tx, account, &hash).await?;
            store::account_totp(&mut tx, account, None, 0).await?;
            store::passkey_drop(&mut tx, account, None).await?;
            store::identity_drop(&mut tx, account, None).await?;
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

/// The account of an invitation with its first role.
pub(super) async fn joined(
    tx: &mut Tx,
    site: &Site,
    invited: &Invitation,
    (role, unit): (Role, UnitId),
    name: &str,
    password: &str,
) -> Result<AccountId, DbError> {
    let account = store::account_insert(tx, &invited.email, name, password).await?;
    let grant = Grant {
        role,
        unit,
        from: site.today(),
        until: None,
    };
    store::grant_add(tx, account, &grant, invited.invited_by).await?;
    let person = Actor::Person(account, name.to_owned());
    let entry = Entry::new(person, "account.accept", object(account));
    let detail = json!({ "role": role.code() });
    audit::append(tx, &entry.unit(unit).detail(detail)).await?;
    Ok(account)
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
    if site.sends_letters() {
        mail::enqueue(&mut tx, &letter::invitation(site, &invitation, &fresh)).await?;
    }
    let entry = Entry::new(
        Inviter::Person(by).actor(),
        "account.offer-reset",
        object(account),
    );
    audit::append(&mut tx, &entry.unit(unit)).await?;
    tx.commit().await?;
    Ok(fresh)
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
