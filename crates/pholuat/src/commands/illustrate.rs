//! `pholuat illustrate`: an invented province, to see the portal at work.

use std::process::ExitCode;

use super::say;
use crate::config::Config;
use crate::{compose, illustrate};

/// Nạp một tỉnh minh họa
#[derive(Debug, clap::Args)]
pub struct Arguments {}

/// Runs the command.
///
/// # Errors
/// The portal is in use already; the database; the sentence says which.
pub async fn run(config: &Config) -> anyhow::Result<ExitCode> {
    let site = compose::site(config).await?;
    let loaded = illustrate::load(&site).await?;
    say(format!(
        "Tỉnh minh họa: {} đơn vị, {} bài mới đăng, {} bài đã có. Cổng đang chạy thì khởi động lại để mọi trang có dòng “Trang minh họa”.\n",
        loaded.units, loaded.posts, loaded.known
    ))?;
    site.db().close().await;
    Ok(ExitCode::SUCCESS)
}
