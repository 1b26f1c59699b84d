//! `/dang-nhap/tap-trung`, `/tai-khoan/lien-ket`: signing in through another house.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, Form, Path, Query, State};
use axum::response::Response;
use http::header::{COOKIE, LOCATION, SET_COOKIE};
use http::{HeaderMap, HeaderValue};
use policy::Visitor;
use serde::Deserialize;
use web::{Access, Chrome, Look, Problem, Routes, Site, session_token};

use super::enter::{Back, back, entering};
use super::forms::{again, agent, frame, page, see_other, with_session};
use super::own::overview;
use crate::oidc::{OidcError, Provider, Why};
use crate::session::{self, Stage, outside};
use crate::{account, token};

type House = Option<Arc<Provider>>;

/// The other house's answer, as it stands in the address.
#[derive(Debug, Deserialize)]
struct Answer {
    #[serde(default)]
    state: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    iss: String,
    #[serde(default)]
    error: String,
}

/// Yes to an identity.
#[derive(Debug, Deserialize)]
struct Yes {
    #[serde(default)]
    the: String,
}

/// An identity of one's own.
#[derive(Debug, Deserialize)]
struct Which {
    #[serde(default)]
    danh_tinh: String,
}

#[derive(Template)]
#[template(path = "identity.html")]
struct Confirm {
    chrome: Chrome,
    token: String,
    name: String,
    account: String,
}

#[derive(Template)]
#[template(path = "left.html")]
struct Left {
    chrome: Chrome,
    /// Where the session at the other house ends.
    there: Option<String>,
}

/// The routes; without a house those that need it are not found.
pub(super) fn routes(house: House) -> Routes {
    let [enter, answer, join, new, leave] = [(); 5].map(|()| house.clone());
    Routes::new()
        .get(
            "/dang-nhap/tap-trung",
            Access::Public,
            move |site: State<Site>, look: Look, headers: HeaderMap, Query(to): Query<Back>| async move {
                let why = Why::Enter(to.ve);
                start(&site, look, known(&enter)?, &headers, why, None).await
            },
        )
        .get(
            outside::ANSWER,
            Access::Public,
            move |site: State<Site>, look: Look, headers: HeaderMap, Query(said): Query<Answer>| async move {
                answered(&site, look, known(&answer)?, &headers, &said).await
            },
        )
        .get(
            "/dang-nhap/tap-trung/ra",
            Access::Public,
            move |State(site): State<Site>, look: Look| async move {
                let there = known(&leave)?.leaving(&format!("{}/", site.base_url())).await;
                page(&Left {
                    chrome: frame(&site, look, "/dang-nhap/tap-trung/ra", "Đã đăng xuất"),
                    there,
                })
            },
        )
        .get(
            "/loi-moi/{token}/tap-trung",
            Access::Public,
            move |site: State<Site>, look: Look, headers: HeaderMap, Path(invited): Path<String>| async move {
                let why = Why::Join(token::hash(&invited));
                start(&site, look, known(&join)?, &headers, why, None).await
            },
        )
        .get(
            "/tai-khoan/lien-ket/moi",
            Access::Own,
            move |site: State<Site>, look: Look, headers: HeaderMap, Extension(who): Extension<Visitor>| async move {
                let why = Why::Link(who.account.0);
                start(&site, look, known(&new)?, &headers, why, Some(&who)).await
            },
        )
        .post("/tai-khoan/lien-ket", Access::Own, link)
        .post("/tai-khoan/lien-ket/bo", Access::Own, unlink)
}

fn known(house: &House) -> Result<&Provider, Problem> {
    house.as_deref().ok_or(Problem::NotFound)
}

fn browser_cookie(site: &Site) -> &'static str {
    if site.is_https() {
        "__Host-pl_ngoai"
    } else {
        "pl_ngoai"
    }
}

/// What ties an answer to the browser that asked.
fn browser(site: &Site, headers: &HeaderMap) -> Option<String> {
    let name = browser_cookie(site);
    let cookies = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';'));
    let value = pairs.find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))?;
    (value.len() == 43).then(|| value.to_owned())
}

/// Sends the browser to the other house.
async fn start(
    site: &Site,
    look: Look,
    house: &Provider,
    headers: &HeaderMap,
    why: Why,
    who: Option<&Visitor>,
) -> Result<Response, Problem> {
    let tied = match browser(site, headers) {
        Some(tied) => tied,
        None => token::fresh().map_err(Problem::internal)?,
    };
    let address = match outside::ask(site, house, &tied, why).await {
        Ok(address) => address,
        Err(error) => return refused(site, look, headers, who, error).await,
    };
    let mut response = see_other("/");
    let secure = if site.is_https() { "; Secure" } else { "" };
    let name = browser_cookie(site);
    let cookie = format!("{name}={tied}; Path=/; HttpOnly; SameSite=Lax; Max-Age=600{secure}");
    let place = HeaderValue::from_str(&address).map_err(Problem::internal)?;
    let cookie = HeaderValue::from_str(&cookie).map_err(Problem::internal)?;
    response.headers_mut().insert(LOCATION, place);
    response.headers_mut().append(SET_COOKIE, cookie);
    Ok(response)
}

/// The sentence of an error: beside one's own account, or where people sign in.
async fn refused(
    site: &Site,
    look: Look,
    headers: &HeaderMap,
    who: Option<&Visitor>,
    error: OidcError,
) -> Result<Response, Problem> {
    let sentence = match error {
        OidcError::Db(error) => return Err(Problem::internal(error)),
        other => look.t(&other.to_string()).to_owned(),
    };
    match who {
        Some(who) => again(&overview(site, look, who, headers, sentence).await?),
        None => again(&entering(site, look, sentence, String::new(), String::new()).await?),
    }
}

async fn answered(
    site: &Site,
    look: Look,
    house: &Provider,
    headers: &HeaderMap,
    said: &Answer,
) -> Result<Response, Problem> {
    let session = session_token(headers, site.is_https()).unwrap_or_default();
    let who = session::recognise(site.clone(), session).await?;
    let browser = browser(site, headers).unwrap_or_default();
    let answer = outside::Answer {
        state: &said.state,
        code: &said.code,
        issuer: &said.iss,
        refused: !said.error.is_empty(),
        browser: &browser,
        agent: agent(headers),
    };
    match outside::answered(site, house, &answer, who.as_ref()).await {
        Ok(outside::Opened::Session {
            token,
            stage,
            back: to,
        }) => {
            let to = match stage {
                Stage::Done => back(&to).to_owned(),
                Stage::SecondProof => format!("/dang-nhap/ma?ve={}", back(&to)),
            };
            Ok(with_session(site, &to, &token))
        }
        Ok(outside::Opened::Link(offer)) => page(&Confirm {
            chrome: frame(site, look, "/tai-khoan/lien-ket", "Liên kết đăng nhập tập trung"),
            token: offer.token,
            name: offer.name,
            account: who.map(|who| who.name).unwrap_or_default(),
        }),
        Err(error) => refused(site, look, headers, who.as_ref(), error).await,
    }
}

async fn link(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    headers: HeaderMap,
    Form(yes): Form<Yes>,
) -> Result<Response, Problem> {
    match account::link(&site, &who, &yes.the).await {
        Ok(()) => Ok(see_other("/tai-khoan")),
        Err(error) => refused(&site, look, &headers, Some(&who), error).await,
    }
}

async fn unlink(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    headers: HeaderMap,
    Form(which): Form<Which>,
) -> Result<Response, Problem> {
    match account::unlink(&site, &who, &which.danh_tinh).await {
        Ok(()) => Ok(see_other("/tai-khoan")),
        Err(error) => refused(&site, look, &headers, Some(&who), error).await,
    }
}
