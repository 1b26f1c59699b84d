//! Sharing an act or one provision: address, citation, QR code. Nothing leaves this host.

use askama::Template;
use axum::extract::{Path, Query, State};
use fast_qr::convert::{Builder as _, Shape, svg::SvgBuilder};
use fast_qr::{ECL, QRBuilder};
use legal::address::{id_of_path, path_of_id};
use serde::Deserialize;
use web::{Chrome, Look, Page, Problem, Site};

use super::act::{crumbs, found};
use super::{provision, words};
use crate::model::Act;

/// Which provision is shared; empty = the whole act.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    muc: String,
}

#[derive(Template)]
#[template(path = "share.html")]
struct Share {
    chrome: Chrome,
    /// What is shared, as cited.
    cite: String,
    /// Full address.
    address: String,
    /// QR code of the address as SVG.
    qr: String,
    /// Local address of what is shared.
    path: String,
    /// `mailto:` address with subject and body.
    mail: String,
}

/// `GET /van-ban/{slug}/chia-se?muc=dieu-7/khoan-2`
pub async fn page(
    State(site): State<Site>,
    look: Look,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    let act = found(&site, &slug).await?;
    let (path, cite) = shared(&site, &act, &asked.muc).await?;
    let address = format!("{}{path}", site.base_url());
    let share = Share {
        chrome: chrome(&site, look, &act),
        mail: format!(
            "mailto:?subject={}&body={}",
            percent(&cite),
            percent(&format!("{cite}\n{address}"))
        ),
        qr: qr(&address)?,
        cite,
        address,
        path,
    };
    Ok(Page::html(&share)?.dep(format!("act:{slug}")))
}

async fn shared(site: &Site, act: &Act, place: &str) -> Result<(String, String), Problem> {
    let home = format!("/van-ban/{}", act.slug);
    if place.is_empty() {
        return Ok((home, act.name().cited()));
    }
    let id = id_of_path(place).ok_or(Problem::NotFound)?;
    let cite = provision::citation(site, act, &id)
        .await?
        .ok_or(Problem::NotFound)?;
    Ok((format!("{home}/{}", path_of_id(&id).unwrap_or_default()), cite))
}

fn chrome(site: &Site, look: Look, act: &Act) -> Chrome {
    let title = format!("{} – {}", look.t("Chia sẻ"), words::one_line(act));
    let mut chrome = Chrome::new(site, look, format!("/van-ban/{}/chia-se", act.slug), title);
    chrome.nav = "acts";
    chrome.robots = "noindex";
    chrome.crumbs = crumbs(act, look, Some(look.t("Chia sẻ").to_owned()));
    chrome
}

fn qr(address: &str) -> Result<String, Problem> {
    let code = QRBuilder::new(address)
        .ecl(ECL::M)
        .build()
        .map_err(|_| Problem::internal("no QR code"))?;
    Ok(SvgBuilder::default().shape(Shape::Square).margin(2).to_str(&code))
}

fn percent(text: &str) -> String {
    let one = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(one).collect()
}
