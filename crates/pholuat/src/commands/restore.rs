//! `pholuat restore FILE --to FOLDER|DATABASE_URL`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use blob::{BlobConfig, Blobs};
use db::Db;

use super::check;
use super::say;
use crate::compose;
use crate::config::Config;
use crate::portable::{self, Manifest};

/// Arguments of `pholuat restore`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Tệp sao lưu
    #[arg(value_name = "TỆP")]
    file: PathBuf,
    /// Thư mục dữ liệu mới (còn trống), hoặc địa chỉ postgres://… của cơ sở dữ liệu trống
    /// (tệp gốc khi đó vào kho tệp trong cấu hình)
    #[arg(long, value_name = "NƠI NHẬN")]
    to: String,
}

/// Restores into an empty place, checks the result and says what came back.
///
/// # Errors
/// A damaged copy, a place that is not empty, what cannot be written.
pub async fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let restored = if arguments.to.contains("://") {
        to_server(config, &arguments.file, &arguments.to).await
    } else {
        to_folder(&arguments.file, Path::new(&arguments.to)).await
    };
    let manifest = restored.context("không khôi phục được")?;
    let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
    say(format!(
        "Đã khôi phục {rows} dòng và {} tệp gốc, đã kiểm tra.\n",
        manifest.files.len()
    ))?;
    Ok(ExitCode::SUCCESS)
}

async fn to_server(config: &Config, file: &Path, url: &str) -> anyhow::Result<Manifest> {
    let db = Db::connect(Some(url), &config.data).await?;
    restore(file, &db, &compose::blobs(config)?).await
}

/// Restores beside the folder and renames: a restore that fails leaves nothing behind.
pub(crate) async fn to_folder(file: &Path, folder: &Path) -> anyhow::Result<Manifest> {
    if folder.exists() && std::fs::read_dir(folder)?.next().is_some() {
        bail!("thư mục {} không trống", folder.display());
    }
    let parent = folder
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent)?;
    let part = tempfile::Builder::new()
        .prefix(".pholuat-restore-")
        .tempdir_in(parent)?;
    let db = Db::connect(None, part.path()).await?;
    let blobs = Blobs::open(&BlobConfig::Folder(part.path().join("files")))?;
    let manifest = restore(file, &db, &blobs).await?;
    // An empty folder gives way to the restored one.
    if folder.exists() {
        std::fs::remove_dir(folder)?;
    }
    std::fs::rename(part.keep(), folder)?;
    Ok(manifest)
}

async fn restore(file: &Path, db: &Db, blobs: &Blobs) -> anyhow::Result<Manifest> {
    let manifest = portable::unpack(file, db, blobs).await?;
    let found = check::database(db).await?;
    db.close().await;
    if let Some(first) = found.first() {
        bail!("dữ liệu khôi phục có {} lỗi, lỗi đầu: {first}", found.len());
    }
    Ok(manifest)
}
