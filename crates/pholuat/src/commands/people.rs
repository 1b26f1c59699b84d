//! `pholuat people`: the first administrator, from the command line.

use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use people::{Invited, Inviter};
use policy::Role;

use crate::compose;
use crate::config::Config;

/// Người dùng của cổng.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Tạo lời mời cho một người quản trị toàn cổng và in liên kết
    FirstAdmin {
        /// Họ và tên
        #[arg(long, value_name = "TÊN")]
        name: String,
        /// Địa chỉ thư điện tử, cũng là tên đăng nhập
        #[arg(long, value_name = "ĐỊA CHỈ")]
        email: String,
        /// Địa chỉ ngắn của đơn vị (như trên trang /don-vi); bỏ trống: đơn vị đứng đầu cây
        #[arg(long, value_name = "ĐƠN VỊ")]
        unit: Option<String>,
    },
}

/// Runs the command.
///
/// # Errors
/// Bad input or the database; the sentence says what to do.
pub async fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let Command::FirstAdmin { name, email, unit } = &arguments.command;
    let site = compose::site(config).await?;
    if unit.is_none() && people::first_unit(&site).await?.is_some() {
        println!("Cây đơn vị còn trống: đã lập đơn vị đầu tiên là cơ quan chủ quản của cổng.");
    }
    let unit = people::unit_for_operator(&site, unit.as_deref())
        .await
        .context("không đọc được cây đơn vị")?;
    let Some(unit) = unit else {
        bail!("Không tìm thấy đơn vị này. Xem các đơn vị bằng: pholuat units list");
    };
    match people::invite(&site, Inviter::Operator, name, email, Role::ProvincialAdmin, unit).await {
        Ok(Invited::Link(token)) => {
            println!("Mở liên kết sau trong 7 ngày để chọn mật khẩu (dùng được một lần):");
            println!("{}/loi-moi/{token}", site.base_url());
            Ok(ExitCode::SUCCESS)
        }
        Ok(Invited::Given(_)) => {
            println!("Người này đã có tài khoản; đã giao vai trò quản trị toàn cổng.");
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => bail!("{error}"),
    }
}
