//! The home page of the invented province.

use anyhow::Context;
use policy::Visitor;
use portal::model::LifeEvent;
use portal::{store, write};
use serde::Deserialize;
use web::Site;

const TEXT: &str = include_str!("../../illustration/home.toml");

#[derive(Deserialize)]
struct File {
    events: Vec<LifeEvent>,
}

/// Arranges the home page, unless somebody did.
pub async fn arrange(site: &Site, who: &Visitor) -> anyhow::Result<()> {
    let known = store::home(site.db()).await?;
    if known.number > 0 {
        return Ok(());
    }
    let file: File = toml::from_str(TEXT)?;
    for link in file.events.iter().flat_map(|event| &event.links) {
        if let Some(slug) = link.path.strip_prefix("/bai/") {
            let shown = posts::store::shown_at(site.db(), slug, site.now()).await?;
            shown.with_context(|| format!("không có bài {slug}"))?;
        }
    }
    let mut arrangement = known.arrangement;
    arrangement.events = file.events;
    write::arrange(site, who, 0, &arrangement).await?;
    Ok(())
}
