//! `/tai-khoan`: password, sessions, authenticator app.

use askama::Template;
use axum::extract::{Extension, Form, State};
use axum::response::Response;
use fast_qr::convert::svg::SvgBuilder;
use http::HeaderMap;
use policy::Visitor;
use serde::Deserialize;
use web::{Chrome, Look, Problem, Site, session_token};

use super::forms::{again, carrying, frame, moment, page, see_other, sentence};
use crate::account;
use crate::model::Account;
use crate::session::IDLE;
use crate::{code, passkey, store, token, tree};

struct Row {
    hash: String,
    device: String,
    created: String,
    seen: String,
    present: bool,
}

struct KeyRow {
    credential: String,
    name: String,
    created: String,
    used: Option<String>,
}

struct IdentityRow {
    issuer: String,
    subject: String,
    name: String,
    linked: String,
}

struct RoleRow {
    role: &'static str,
    unit: String,
    from: String,
}

#[derive(Template)]
#[template(path = "own.html")]
pub(super) struct Own {
    chrome: Chrome,
    error: String,
    account: Account,
    roles: Vec<RoleRow>,
    sessions: Vec<Row>,
    codes_left: i64,
    /// Passkeys; `None` where browsers allow none for this portal's address.
    keys: Option<Vec<KeyRow>>,
    /// Identities at another house, and the words of its button.
    identities: Vec<IdentityRow>,
    house: String,
}

#[derive(Template)]
#[template(path = "own_app.html")]
pub(super) struct OwnApp {
    chrome: Chrome,
    error: String,
    secret: String,
    picture: String,
    /// Shown once, after the app was set up.
    codes: Vec<String>,
    replaces: bool,
    /// Whether the password is asked for again.
    asks: bool,
    keys: bool,
}

/// The form of a new password.
#[derive(Debug, Deserialize)]
pub(super) struct NewPassword {
    #[serde(default)]
    hien_tai: String,
    #[serde(default)]
    moi: String,
}

/// Which session is to end; empty = all others.
#[derive(Debug, Deserialize)]
pub(super) struct Which {
    #[serde(default)]
    phien: String,
}

/// The form of the app.
#[derive(Debug, Deserialize)]
pub(super) struct App {
    #[serde(default)]
    bi_mat: String,
    #[serde(default)]
    ma: String,
    #[serde(default)]
    hien_tai: String,
}

pub(super) async fn overview(
    site: &Site,
    look: Look,
    who: &Visitor,
    headers: &HeaderMap,
    error: String,
) -> Result<Own, Problem> {
    let account = account::own(site, who).await.map_err(Problem::internal)?;
    let now = site.now().as_microsecond();
    let sessions = store::session_list(site.db(), who.account, now - IDLE, now);
    let sessions = sessions.await.map_err(Problem::internal)?;
    let present = token::hash(&session_token(headers, site.is_https()).unwrap_or_default());
    let keys = own_keys(site, who);
    let units: Vec<_> = who.grants.iter().map(|grant| grant.unit).collect();
    let names = tree::names(site.db(), &units, site.today())
        .await
        .map_err(Problem::internal)?;
    let roles = who.grants.iter().zip(names).map(|(grant, unit)| RoleRow {
        role: grant.role.name(),
        unit,
        from: viet::date_numeric(grant.from),
    });
    Ok(Own {
        chrome: frame(site, look, "/tai-khoan", "Tài khoản của tôi"),
        error,
        codes_left: store::recovery_left(site.db(), who.account)
            .await
            .map_err(Problem::internal)?,
        account,
        keys: keys.await?,
        identities: own_identities(site, who).await?,
        house: site.sign_in_with().to_owned(),
        roles: roles.collect(),
        sessions: sessions
            .into_iter()
            .map(|session| Row {
                present: session.hash == present,
                hash: session.hash,
                device: session.device,
                created: moment(session.created),
                seen: moment(session.seen),
            })
            .collect(),
    })
}

async fn own_identities(site: &Site, who: &Visitor) -> Result<Vec<IdentityRow>, Problem> {
    let kept = store::identity_list(site.db(), who.account);
    let rows = kept
        .await
        .map_err(Problem::internal)?
        .into_iter()
        .map(|one| IdentityRow {
            linked: moment(one.created),
            issuer: one.issuer,
            subject: one.subject,
            name: one.name,
        });
    Ok(rows.collect())
}

async fn own_keys(site: &Site, who: &Visitor) -> Result<Option<Vec<KeyRow>>, Problem> {
    let kept = store::passkey_list(site.db(), who.account);
    let rows = kept
        .await
        .map_err(Problem::internal)?
        .into_iter()
        .map(|key| KeyRow {
            credential: key.credential,
            name: key.name,
            created: moment(key.created),
            used: key.used.map(moment),
        });
    Ok(passkey::party(site).map(|_| rows.collect()))
}

pub(super) async fn show(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    page(&overview(&site, look, &who, &headers, String::new()).await?)
}

pub(super) async fn change_password(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    headers: HeaderMap,
    Form(typed): Form<NewPassword>,
) -> Result<Response, Problem> {
    let session = session_token(&headers, site.is_https()).unwrap_or_default();
    match account::change_password(&site, &who, &session, &typed.hien_tai, &typed.moi).await {
        Ok(()) => Ok(see_other("/tai-khoan")),
        Err(error) => {
            let error = sentence(look, error)?;
            again(&overview(&site, look, &who, &headers, error).await?)
        }
    }
}

pub(super) async fn end_sessions(
    State(site): State<Site>,
    Extension(who): Extension<Visitor>,
    headers: HeaderMap,
    Form(which): Form<Which>,
) -> Result<Response, Problem> {
    let session = session_token(&headers, site.is_https()).unwrap_or_default();
    let named = Some(which.phien.as_str()).filter(|hash| !hash.is_empty());
    let ended = account::end_sessions(&site, &who, named, &session).await;
    ended.map_err(Problem::internal)?;
    Ok(see_other("/tai-khoan"))
}

pub(super) async fn app(
    site: &Site,
    look: Look,
    who: &Visitor,
    secret: String,
    error: String,
    codes: Vec<String>,
) -> Result<OwnApp, Problem> {
    let account = account::own(site, who).await.map_err(Problem::internal)?;
    let picture = code::address(&secret, account.email.as_str(), site.name()).and_then(|address| {
        let code = fast_qr::QRBuilder::new(address).build().ok()?;
        Some(SvgBuilder::default().to_str(&code))
    });
    Ok(OwnApp {
        chrome: frame(site, look, "/tai-khoan/hai-lop", "Xác thực hai lớp"),
        error,
        secret,
        picture: picture.unwrap_or_default(),
        codes,
        replaces: account.totp_secret.is_some(),
        asks: account.has_second_proof() && account.has_password(),
        keys: passkey::party(site).is_some(),
    })
}

pub(super) async fn show_app(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
) -> Result<Response, Problem> {
    page(&app(&site, look, &who, code::fresh_secret(), String::new(), Vec::new()).await?)
}

pub(super) async fn set_up_app(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    headers: HeaderMap,
    Form(typed): Form<App>,
) -> Result<Response, Problem> {
    let session = session_token(&headers, site.is_https()).unwrap_or_default();
    match account::set_up_app(&site, &who, &session, (&typed.bi_mat, &typed.ma), &typed.hien_tai).await {
        Ok(ready) => {
            let shown = page(&app(&site, look, &who, String::new(), String::new(), ready.codes).await?)?;
            Ok(carrying(&site, shown, &ready.token))
        }
        Err(error) => {
            let error = sentence(look, error)?;
            again(&app(&site, look, &who, typed.bi_mat, error, Vec::new()).await?)
        }
    }
}
