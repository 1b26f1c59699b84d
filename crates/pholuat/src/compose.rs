//! From the configuration to the parts that it describes.

use std::time::Duration;

use anyhow::Context;
use blob::Blobs;
use db::Db;
use web::{Agency, Clock, Routes, Site, SiteOptions};

use crate::config::Config;
use crate::sandbox::{Limits, ReaderPool};

/// Opens the database.
pub async fn database(config: &Config) -> anyhow::Result<Db> {
    let opened = Db::connect(config.database(), &config.data).await;
    opened.context("không mở được cơ sở dữ liệu")
}

/// Opens the store of original files.
pub fn blobs(config: &Config) -> anyhow::Result<Blobs> {
    Blobs::open(&config.blobs()).context("không mở được kho tệp gốc")
}

/// The child processes that read files.
pub fn readers(config: &Config) -> anyhow::Result<ReaderPool> {
    let limits = Limits {
        workers: config.import.workers,
        memory_mb: config.import.memory_mb,
        time: Duration::from_secs(u64::from(config.import.seconds)),
    };
    ReaderPool::new(limits).context("không khởi động được tiến trình đọc tệp")
}

/// Database and files behind the pages.
pub async fn site(config: &Config) -> anyhow::Result<Site> {
    Ok(Site::new(
        database(config).await?,
        blobs(config)?,
        site_options(config),
    ))
}

/// The routes of all rooms.
pub fn routes(index: &search::Index) -> Routes {
    Routes::new()
        .merge(acts::routes())
        .merge(search::site::routes(index))
        .merge(units::routes())
}

/// Names and addresses shown on pages.
pub fn site_options(config: &Config) -> SiteOptions {
    let agency = config.agency.clone();
    SiteOptions {
        base_url: config.site.base_url.clone(),
        name: config.site.name.clone(),
        agency: Agency {
            name: agency.name,
            responsible: agency.responsible,
            address: agency.address,
            phone: agency.phone,
            email: agency.email,
        },
        clock: Clock::System,
        sitemaps: vec![units::site::SITEMAP],
    }
}
