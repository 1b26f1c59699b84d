//! `/dang-nhap`, `/dang-nhap/ma`, `/dang-xuat`.

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::response::Response;
use http::HeaderMap;
use serde::Deserialize;
use web::{Chrome, Look, Problem, Site, session_token};

use super::forms::{again, agent, frame, page, refusal, with_session};
use crate::passkey;
use crate::session::{self, SignInError, Stage};

const DESK: &str = "/ban-lam-viec";

#[derive(Template)]
#[template(path = "enter.html")]
pub(super) struct Enter {
    chrome: Chrome,
    error: String,
    address: String,
    back: String,
    first: bool,
    /// Whether browsers allow passkeys for this portal's address.
    keys: bool,
    /// Words of the button of another house; empty = there is none.
    house: String,
}

#[derive(Template)]
#[template(path = "enter_code.html")]
struct EnterCode {
    chrome: Chrome,
    error: String,
    back: String,
    keys: bool,
}

/// Where to go afterwards.
#[derive(Debug, Deserialize)]
pub(super) struct Back {
    #[serde(default)]
    pub(super) ve: String,
}

/// The form of the first step.
#[derive(Debug, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    dia_chi: String,
    #[serde(default)]
    mat_khau: String,
    #[serde(default)]
    ve: String,
}

/// The form of the second step.
#[derive(Debug, Deserialize)]
pub(super) struct TypedCode {
    #[serde(default)]
    ma: String,
    #[serde(default)]
    ve: String,
}

pub(super) async fn entering(
    site: &Site,
    look: Look,
    error: String,
    address: String,
    back: String,
) -> Result<Enter, Problem> {
    let accounts = crate::store::account_count(site.db())
        .await
        .map_err(Problem::internal)?;
    Ok(Enter {
        chrome: frame(site, look, "/dang-nhap", "Đăng nhập"),
        error,
        address,
        back,
        first: accounts == 0,
        keys: passkey::party(site).is_some(),
        house: site.sign_in_with().to_owned(),
    })
}

pub(super) async fn show(
    State(site): State<Site>,
    look: Look,
    Query(back): Query<Back>,
) -> Result<Response, Problem> {
    page(&entering(&site, look, String::new(), String::new(), back.ve).await?)
}

pub(super) async fn enter(
    State(site): State<Site>,
    look: Look,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    match session::sign_in(&site, &typed.dia_chi, typed.mat_khau, agent(&headers)).await {
        Ok((token, Stage::Done)) => Ok(with_session(&site, back(&typed.ve), &token)),
        Ok((token, Stage::SecondProof)) => {
            let path = format!("/dang-nhap/ma?ve={}", back(&typed.ve));
            Ok(with_session(&site, &path, &token))
        }
        Err(error) => {
            let error = refusal(look, error)?;
            again(&entering(&site, look, error, typed.dia_chi, typed.ve).await?)
        }
    }
}

pub(super) async fn show_code(
    State(site): State<Site>,
    look: Look,
    Query(back): Query<Back>,
) -> Result<Response, Problem> {
    page(&EnterCode {
        chrome: frame(&site, look, "/dang-nhap/ma", "Nhập mã xác thực"),
        error: String::new(),
        back: back.ve,
        keys: passkey::party(&site).is_some(),
    })
}

pub(super) async fn enter_code(
    State(site): State<Site>,
    look: Look,
    headers: HeaderMap,
    Form(typed): Form<TypedCode>,
) -> Result<Response, Problem> {
    let half = session_token(&headers, site.is_https()).unwrap_or_default();
    match session::second_proof(&site, &half, &typed.ma).await {
        Ok(token) => Ok(with_session(&site, back(&typed.ve), &token)),
        Err(SignInError::Late) => {
            let error = refusal(look, SignInError::Late)?;
            again(&entering(&site, look, error, String::new(), typed.ve).await?)
        }
        Err(error) => again(&EnterCode {
            chrome: frame(&site, look, "/dang-nhap/ma", "Nhập mã xác thực"),
            error: refusal(look, error)?,
            back: typed.ve,
            keys: passkey::party(&site).is_some(),
        }),
    }
}

pub(super) async fn leave(State(site): State<Site>, headers: HeaderMap) -> Result<Response, Problem> {
    let linked = match session_token(&headers, site.is_https()) {
        Some(token) => session::sign_out(&site, &token)
            .await
            .map_err(Problem::internal)?,
        None => false,
    };
    let there = linked && !site.sign_in_with().is_empty();
    let next = if there { "/dang-nhap/tap-trung/ra" } else { "/" };
    Ok(with_session(&site, next, ""))
}

pub(super) fn back(path: &str) -> &str {
    if path.is_empty() { DESK } else { path }
}
