//! Signing in through another house ([`crate::oidc`]): the question, and what its answer opens.

use audit::{Actor, Entry};
use policy::Visitor;
use web::Site;

use super::{SignInError, Stage, began, begun, object};
use crate::account::{self, LinkOffer};
use crate::oidc::{Asked, OidcError, PATIENCE, Person, Provider, Why};
use crate::{store, token};

/// Where the answer comes.
pub(crate) const ANSWER: &str = "/dang-nhap/tap-trung/ve";

fn redirect(site: &Site) -> String {
    format!("{}{ANSWER}", site.base_url())
}

impl From<SignInError> for OidcError {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Db(error) => Self::Db(error),
            _ => Self::Machine,
        }
    }
}

/// The address at which the other house asks who somebody is; `browser` is the value of the cookie that
/// the answer must bring along.
///
/// # Errors
/// [`OidcError::Away`], or what machine and database say.
pub(crate) async fn ask(
    site: &Site,
    provider: &Provider,
    browser: &str,
    why: Why,
) -> Result<String, OidcError> {
    let asked = Asked {
        nonce: token::fresh()?,
        verifier: token::fresh()?,
        browser: token::hash(browser),
        why,
    };
    let state = token::fresh()?;
    let address = provider.address(&redirect(site), &state, &asked).await?;
    let kept = serde_json::to_string(&asked).map_err(|_| OidcError::Machine)?;
    let now = site.now().as_microsecond();
    let mut tx = site.db().begin().await?;
    store::challenge_add(&mut tx, &token::hash(&state), &kept, now, now + PATIENCE).await?;
    tx.commit().await?;
    Ok(address)
}

/// What the other house sent back through the browser.
#[derive(Debug)]
pub(crate) struct Answer<'a> {
    pub state: &'a str,
    pub code: &'a str,
    /// Who answers (RFC 9207); empty where the house does not say.
    pub issuer: &'a str,
    /// Whether it is a refusal.
    pub refused: bool,
    /// Value of the cookie of the browser.
    pub browser: &'a str,
    pub agent: &'a str,
}

/// What an answer opens.
#[derive(Debug)]
pub(crate) enum Opened {
    /// A session, and where to go.
    Session {
        token: String,
        stage: Stage,
        back: String,
    },
    /// The person is asked whether this identity is to be linked.
    Link(LinkOffer),
}

/// Judges an answer. `who` = the person who is signed in already, if any.
///
/// # Errors
/// Any [`OidcError`].
pub(crate) async fn answered(
    site: &Site,
    provider: &Provider,
    answer: &Answer<'_>,
    who: Option<&Visitor>,
) -> Result<Opened, OidcError> {
    let now = site.now();
    let mut tx = site.db().begin().await?;
    let taken = store::challenge_take(&mut tx, &token::hash(answer.state), now.as_microsecond()).await?;
    tx.commit().await?;
    let asked: Option<Asked> = taken.and_then(|kept| serde_json::from_str(&kept).ok());
    let asked = asked.filter(|asked| asked.browser == token::hash(answer.browser));
    let asked = asked.ok_or(OidcError::State)?;
    if !answer.issuer.is_empty() && answer.issuer != provider.issuer() {
        return Err(OidcError::Answer);
    }
    if answer.refused || answer.code.is_empty() {
        return Err(OidcError::Declined);
    }
    let person = provider
        .redeem(&redirect(site), answer.code, &asked, now.as_second())
        .await?;
    match asked.why {
        Why::Enter(back) => enter(site, person, back, answer.agent).await,
        Why::Join(invitation) => join(site, person, &invitation, answer.agent).await,
        Why::Link(account) => {
            let who = who
                .filter(|who| who.account.0 == account)
                .ok_or(OidcError::State)?;
            account::offer_link(site, who, person).await.map(Opened::Link)
        }
    }
}

async fn enter(site: &Site, person: Person, back: String, agent: &str) -> Result<Opened, OidcError> {
    let now = site.now().as_microsecond();
    let mut tx = site.db().begin().await?;
    let identity = store::identity_find(&mut tx, &person.issuer, &person.subject).await?;
    let Some(identity) = identity else {
        audit::append(&mut tx, &Entry::new(Actor::Guest, "session.refuse", "identity")).await?;
        tx.commit().await?;
        return Err(OidcError::Unlinked);
    };
    let account = store::account_by_id(&mut tx, identity.account).await?;
    let account = account.ok_or(OidcError::Unlinked)?;
    if account.locked_until > now || !account.is_open(site.today()) {
        let entry = Entry::new(Actor::Guest, "session.refuse", object(&account));
        audit::append(&mut tx, &entry).await?;
        tx.commit().await?;
        return Err(OidcError::Closed);
    }
    store::identity_used(&mut tx, &person.issuer, &person.subject, now).await?;
    let token = begun(&mut tx, account.id, person.proved, agent, now).await?;
    let stage = if account.has_second_proof() && !person.proved {
        Stage::SecondProof
    } else {
        began(&mut tx, &account).await?;
        Stage::Done
    };
    tx.commit().await?;
    Ok(Opened::Session { token, stage, back })
}

async fn join(site: &Site, person: Person, invitation: &str, agent: &str) -> Result<Opened, OidcError> {
    let now = site.now().as_microsecond();
    let mut tx = site.db().begin().await?;
    let account = account::join_by_identity(&mut tx, site, invitation, &person).await?;
    let token = begun(&mut tx, account.id, person.proved, agent, now).await?;
    began(&mut tx, &account).await?;
    tx.commit().await?;
    Ok(Opened::Session {
        token,
        stage: Stage::Done,
        back: String::new(),
    })
}
