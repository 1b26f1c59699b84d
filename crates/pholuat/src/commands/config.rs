//! `pholuat config`: what is in force, whether it makes sense, a commented example.

use std::process::ExitCode;

use super::say;
use crate::config::{Config, ConfigError, EXAMPLE};

/// Arguments of `pholuat config`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// In cấu hình đang dùng, che mật khẩu (mặc định)
    Show,
    /// Kiểm tra cấu hình mà không khởi động gì
    Check,
    /// In tệp cấu hình mẫu có chú thích
    Example,
}

/// Prints what is asked.
///
/// # Errors
/// A configuration that cannot be used.
pub fn run(
    arguments: &Arguments,
    load: impl FnOnce() -> Result<Config, ConfigError>,
) -> anyhow::Result<ExitCode> {
    match arguments.action {
        Some(Action::Example) => say(EXAMPLE)?,
        Some(Action::Check) => {
            load()?;
            say("Cấu hình hợp lệ.\n")?;
        }
        Some(Action::Show) | None => say(toml::to_string(&load()?.redacted())?)?,
    }
    Ok(ExitCode::SUCCESS)
}
