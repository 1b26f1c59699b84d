//! Fills a portal for `bench/run.sh agency` and measures how soon a post that is published is seen.
//!
//! `agency fill DATA UNITS ACCOUNTS POSTS` adds units below one province, accounts with a role each and
//! public posts, the first thousands through the use cases of officers (created, submitted, approved by
//! another person, published) and the others copies of them, their paragraphs taken from the loaded acts. `agency publish DATA PORT…` takes the
//! posts that `fill` left approved: each is published by the form on the first port and asked for on
//! every port until it is there.
//!
//! The database is the one of `DATABASE_URL`, else the file in DATA.

mod copy;
mod fill;
mod publish;

use std::path::Path;

use anyhow::{Context, Result, bail};
use db::Db;
use web::{Site, SiteOptions};

/// Posts that stay approved, for `publish`.
const APPROVED: usize = 30;

async fn site(data: &Path) -> Result<Site> {
    let url = std::env::var("DATABASE_URL").ok();
    let db = Db::connect(url.as_deref(), data).await?;
    let files = blob::BlobConfig::Folder(data.join("files"));
    Ok(Site::new(db, blob::Blobs::open(&files)?, SiteOptions::default()))
}

#[tokio::main]
async fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [command, data, rest @ ..] = words.as_slice() else {
        bail!("agency fill|publish DATA …");
    };
    let site = site(Path::new(data)).await?;
    let numbers: Vec<usize> = rest
        .iter()
        .map(|word| word.parse().context("a number"))
        .collect::<Result<_>>()?;
    match (command.as_str(), numbers.as_slice()) {
        ("fill", [units, accounts, posts]) => fill::run(&site, *units, *accounts, *posts).await,
        ("publish", ports @ [_, ..]) => publish::run(&site, ports).await,
        _ => bail!("agency fill DATA UNITS ACCOUNTS POSTS | agency publish DATA PORT…"),
    }
}
