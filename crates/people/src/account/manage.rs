//! What an administrator does with accounts and roles.

use audit::Entry;
use db::Tx;
use policy::{AccountId, Grant, Permission, UnitId, Visitor};
use serde_json::json;
use web::Site;

use super::{AccountError, Inviter, object, reaches};
use crate::store;

/// Whether a person stands over every role that an account holds today; the unit of the first one.
pub(super) async fn over(
    tx: &mut Tx,
    site: &Site,
    by: &Visitor,
    account: AccountId,
) -> Result<UnitId, AccountError> {
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

/// Stops an account, as the operator of the machine may.
///
/// # Errors
/// What the database says.
pub async fn suspend_by_operator(site: &Site, account: AccountId) -> Result<(), AccountError> {
    let mut tx = site.db().begin().await?;
    store::account_suspend(&mut tx, account, true).await?;
    store::sessions_end(&mut tx, account, "").await?;
    let entry = Entry::new(Inviter::Operator.actor(), "account.suspend", object(account));
    audit::append(&mut tx, &entry).await?;
    tx.commit().await?;
    Ok(())
}
