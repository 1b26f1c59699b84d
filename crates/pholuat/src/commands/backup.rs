//! `pholuat backup FILE`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;

use super::say;
use crate::compose;
use crate::config::Config;
use crate::portable;

/// Arguments of `pholuat backup`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Tệp sao lưu sẽ tạo, ví dụ pholuat-2026-11-23.tar.zst
    #[arg(value_name = "TỆP")]
    file: PathBuf,
}

/// Makes a copy of everything; works while the portal is serving.
///
/// # Errors
/// What cannot be read or written.
pub async fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let db = compose::database(config).await?;
    let blobs = compose::blobs(config)?;
    let made = portable::pack(&db, &blobs, &arguments.file).await;
    let manifest = made.context("không sao lưu được")?;
    db.close().await;
    let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
    say(format!(
        "Đã sao lưu {rows} dòng và {} tệp gốc vào {}\n",
        manifest.files.len(),
        arguments.file.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}
