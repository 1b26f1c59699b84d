//! From the configuration to the parts that it describes.

use std::time::Duration;

use anyhow::Context;
use blob::Blobs;
use db::Db;

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
