//! The identities at another house that one's own account is linked with.

use db::Tx;
use policy::{AccountId, Visitor};
use serde::{Deserialize, Serialize};
use web::Site;

use super::invite::joined;
use super::own::own_act;
use crate::model::{Account, Identity, NO_PASSWORD, Purpose};
use crate::oidc::{OidcError, PATIENCE, Person};
use crate::{store, token};

/// What the person is asked before an identity is linked: without it a stranger who has signed a
/// browser in at the other house under his own name would gain the account.
#[derive(Debug)]
pub(crate) struct LinkOffer {
    /// Names the question when the answer comes.
    pub token: String,
    /// What people read of the identity.
    pub name: String,
}

#[derive(Serialize, Deserialize)]
struct Offered {
    link: i64,
    person: Person,
}

fn identity(person: &Person, account: AccountId, site: &Site) -> Identity {
    Identity {
        issuer: person.issuer.clone(),
        subject: person.subject.clone(),
        account,
        name: person.name.clone(),
        created: site.now(),
        used: None,
    }
}

/// Keeps an identity until its person says yes.
///
/// # Errors
/// [`OidcError::Taken`], or what machine and database say.
pub(crate) async fn offer_link(site: &Site, who: &Visitor, person: Person) -> Result<LinkOffer, OidcError> {
    let mut tx = site.db().begin().await?;
    let held = store::identity_find(&mut tx, &person.issuer, &person.subject).await?;
    if held.is_some() {
        return Err(OidcError::Taken);
    }
    let name = person.name.clone();
    let offered = Offered {
        link: who.account.0,
        person,
    };
    let kept = serde_json::to_string(&offered).map_err(|_| OidcError::Machine)?;
    let token = token::fresh()?;
    let now = site.now().as_microsecond();
    store::challenge_add(&mut tx, &token::hash(&token), &kept, now, now + PATIENCE).await?;
    tx.commit().await?;
    Ok(LinkOffer { token, name })
}

/// Links the identity of a question that was answered with yes.
///
/// # Errors
/// [`OidcError::State`], [`OidcError::Taken`], or what the database says.
pub(crate) async fn link(site: &Site, who: &Visitor, asked: &str) -> Result<(), OidcError> {
    let now = site.now().as_microsecond();
    let mut tx = site.db().begin().await?;
    let taken = store::challenge_take(&mut tx, &token::hash(asked), now).await?;
    let offered: Option<Offered> = taken.and_then(|kept| serde_json::from_str(&kept).ok());
    let offered = offered.filter(|offered| offered.link == who.account.0);
    let person = offered.ok_or(OidcError::State)?.person;
    add(&mut tx, &identity(&person, who.account, site)).await?;
    own_act(&mut tx, who, "account.link").await?;
    tx.commit().await?;
    Ok(())
}

async fn add(tx: &mut Tx, identity: &Identity) -> Result<(), OidcError> {
    match store::identity_add(tx, identity).await {
        Err(error) if error.is_duplicate() => Err(OidcError::Taken),
        done => Ok(done?),
    }
}

/// Parts one's own account from an identity.
///
/// # Errors
/// [`OidcError::LastWay`], [`OidcError::State`] where there is none, or what the database says.
pub(crate) async fn unlink(site: &Site, who: &Visitor, subject: &str) -> Result<(), OidcError> {
    let mut tx = site.db().begin().await?;
    let account = store::account_by_id(&mut tx, who.account).await?;
    let account = account.ok_or(OidcError::Closed)?;
    let held = store::identity_list(&mut tx, who.account).await?;
    if held.len() <= 1 && !account.has_password() && account.keys == 0 {
        return Err(OidcError::LastWay);
    }
    if store::identity_drop(&mut tx, who.account, Some(subject)).await? == 0 {
        return Err(OidcError::State);
    }
    own_act(&mut tx, who, "account.unlink").await?;
    tx.commit().await?;
    Ok(())
}

/// Makes the account of an invitation (the hash of its token) for an identity: it has no password.
///
/// # Errors
/// [`OidcError::Invitation`], [`OidcError::Taken`], or what the database says.
pub(crate) async fn join_by_identity(
    tx: &mut Tx,
    site: &Site,
    invitation: &str,
    person: &Person,
) -> Result<Account, OidcError> {
    let now = site.now().as_microsecond();
    let invited = store::invitation_find(&mut *tx, invitation, now).await?;
    let invited = invited.ok_or(OidcError::Invitation)?;
    let Purpose::Join { role, unit } = invited.purpose else {
        return Err(OidcError::Invitation);
    };
    if !store::invitation_use(tx, invitation).await?
        || store::account_by_email(&mut *tx, &invited.email).await?.is_some()
    {
        return Err(OidcError::Invitation);
    }
    let made = joined(tx, site, &invited, (role, unit), &invited.name, NO_PASSWORD).await?;
    add(tx, &identity(person, made, site)).await?;
    store::account_by_id(tx, made).await?.ok_or(OidcError::Invitation)
}
