//! `/tai-khoan/khoa`, `/dang-nhap/khoa`: passkeys. The script asks for a question, the device answers,
//! and the answer comes as an ordinary form.

use axum::extract::{Extension, Form, State};
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use policy::Visitor;
use serde::Deserialize;
use web::{Look, Page, Policy, Problem, Site, session_token};

use super::enter::{back, entering};
use super::forms::{again, agent, carrying, page, refusal, see_other, sentence, with_session};
use super::own::{app, overview};
use crate::passkey::Challenge;
use crate::{account, session};

/// A browser's answer, with what the person typed beside it.
#[derive(Debug, Deserialize)]
pub(super) struct Answer {
    #[serde(default)]
    the: String,
    #[serde(default)]
    tra_loi: String,
    #[serde(default)]
    ten: String,
    #[serde(default)]
    hien_tai: String,
    #[serde(default)]
    ve: String,
}

/// A key of one's own.
#[derive(Debug, Deserialize)]
pub(super) struct Which {
    #[serde(default)]
    khoa: String,
}

fn question(asked: &Challenge) -> Result<Response, Problem> {
    Ok(Page::json(asked)?.policy(Policy::Never).into_response())
}

pub(super) async fn offer_new(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
) -> Result<Response, Problem> {
    match account::offer_key(&site, &who).await {
        Ok(asked) => question(&asked),
        Err(error) => Err(Problem::Invalid(sentence(look, error)?)),
    }
}

pub(super) async fn add(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    headers: HeaderMap,
    Form(answer): Form<Answer>,
) -> Result<Response, Problem> {
    let session = session_token(&headers, site.is_https()).unwrap_or_default();
    let asked = (answer.the.as_str(), answer.tra_loi.as_str());
    match account::add_key(&site, &who, &session, asked, &answer.ten, &answer.hien_tai).await {
        Ok(ready) if ready.codes.is_empty() => Ok(with_session(&site, "/tai-khoan", &ready.token)),
        Ok(ready) => {
            let shown = page(&app(&site, look, &who, String::new(), String::new(), ready.codes).await?)?;
            Ok(carrying(&site, shown, &ready.token))
        }
        Err(error) => {
            let error = sentence(look, error)?;
            again(&overview(&site, look, &who, &headers, error).await?)
        }
    }
}

pub(super) async fn forget(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    headers: HeaderMap,
    Form(which): Form<Which>,
) -> Result<Response, Problem> {
    match account::drop_key(&site, &who, &which.khoa).await {
        Ok(()) => Ok(see_other("/tai-khoan")),
        Err(error) => {
            let error = sentence(look, error)?;
            again(&overview(&site, look, &who, &headers, error).await?)
        }
    }
}

pub(super) async fn offer_proof(
    State(site): State<Site>,
    look: Look,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let half = session_token(&headers, site.is_https()).unwrap_or_default();
    match session::offer_proof(&site, &half).await {
        Ok(asked) => question(&asked),
        Err(error) => Err(Problem::Invalid(refusal(look, error)?)),
    }
}

pub(super) async fn prove(
    State(site): State<Site>,
    look: Look,
    headers: HeaderMap,
    Form(answer): Form<Answer>,
) -> Result<Response, Problem> {
    let half = session_token(&headers, site.is_https()).unwrap_or_default();
    let asked = (answer.the.as_str(), answer.tra_loi.as_str());
    match session::prove_by_key(&site, &half, asked, agent(&headers)).await {
        Ok(token) => Ok(with_session(&site, back(&answer.ve), &token)),
        Err(error) => {
            let error = refusal(look, error)?;
            again(&entering(&site, look, error, String::new(), answer.ve).await?)
        }
    }
}
