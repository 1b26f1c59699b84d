//! `/loi-moi/{token}`: who was invited chooses a password.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::response::Response;
use serde::Deserialize;
use web::{Chrome, Look, Problem, Site};

use super::forms::{again, frame, page, see_other, sentence};
use crate::account::{self, AccountError};
use crate::model::{Invitation, Purpose};
use crate::tree;

#[derive(Template)]
#[template(path = "invited.html")]
struct Invited {
    chrome: Chrome,
    error: String,
    /// `None` where the invitation holds no longer.
    email: Option<String>,
    name: String,
    /// Role and unit; `None` where another password is to be chosen.
    role: Option<(&'static str, String)>,
    /// Words of the button of another house; empty = there is none.
    house: String,
}

/// The form.
#[derive(Debug, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    ho_ten: String,
    #[serde(default)]
    mat_khau: String,
}

async fn form(site: &Site, look: Look, token: &str, invitation: &Invitation) -> Result<Invited, Problem> {
    let role = match invitation.purpose {
        Purpose::Reset(_) => None,
        Purpose::Join { role, unit } => {
            let unit = tree::name(site.db(), unit, site.today()).await;
            Some((role.name(), unit.map_err(Problem::internal)?))
        }
    };
    Ok(Invited {
        chrome: frame(site, look, &format!("/loi-moi/{token}"), "Lời mời tham gia"),
        error: String::new(),
        email: Some(invitation.email.to_string()),
        name: invitation.name.clone(),
        role,
        house: site.sign_in_with().to_owned(),
    })
}

fn ended(site: &Site, look: Look) -> Result<Invited, Problem> {
    Ok(Invited {
        chrome: frame(site, look, "/dang-nhap", "Lời mời tham gia"),
        error: sentence(look, AccountError::Invitation)?,
        email: None,
        name: String::new(),
        role: None,
        house: String::new(),
    })
}

pub(super) async fn show(
    State(site): State<Site>,
    look: Look,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    match account::invitation(&site, &token).await {
        Ok(invitation) => page(&form(&site, look, &token, &invitation).await?),
        Err(AccountError::Invitation) => again(&ended(&site, look)?),
        Err(error) => Err(Problem::internal(error)),
    }
}

pub(super) async fn accept(
    State(site): State<Site>,
    look: Look,
    Path(token): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let error = match account::accept(&site, &token, &typed.ho_ten, &typed.mat_khau).await {
        Ok(_) => return Ok(see_other("/dang-nhap")),
        Err(error) => error,
    };
    let Ok(invitation) = account::invitation(&site, &token).await else {
        return again(&ended(&site, look)?);
    };
    let mut form = form(&site, look, &token, &invitation).await?;
    form.error = sentence(look, error)?;
    form.name = typed.ho_ten;
    again(&form)
}
