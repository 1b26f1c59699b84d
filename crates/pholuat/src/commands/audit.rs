//! `pholuat audit`: whether the log is as it was written.

use std::process::ExitCode;

use anyhow::Context;
use audit::Head;
use clap::{Args, Subcommand};
use serde_json::json;

use crate::compose;
use crate::config::Config;

/// Nhật ký kiểm toán.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Đọc lại toàn bộ nhật ký và so với các mốc đã ghi
    Verify {
        /// Mốc đã chép ra nơi khác, dạng SỐ:MÃ; dùng được nhiều lần
        #[arg(long = "head", value_name = "MỐC")]
        heads: Vec<Head>,
        /// In kết quả dạng JSON
        #[arg(long)]
        json: bool,
    },
    /// In mốc hiện tại của nhật ký, để chép ra nơi khác
    Head,
}

/// Runs the command. The exit code is 1 where the log was touched.
///
/// # Errors
/// The database, or noted heads that cannot be read.
pub async fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let db = compose::database(config).await?;
    match &arguments.command {
        Command::Head => {
            println!("{}", audit::head(&db).await?);
            Ok(ExitCode::SUCCESS)
        }
        Command::Verify { heads, json } => {
            let mut noted =
                crate::heads::read(&config.heads_file()).context("không đọc được các mốc đã ghi")?;
            let kept = noted.len();
            noted.extend(heads.iter().cloned());
            let mut tx = db.snapshot().await?;
            let verdict = audit::verify(&mut tx, noted).await?;
            print(&verdict, kept + heads.len(), *json);
            Ok(if verdict.count == 0 {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            })
        }
    }
}

fn print(verdict: &audit::Verdict, heads: usize, as_json: bool) {
    let faults: Vec<String> = verdict.faults.iter().map(ToString::to_string).collect();
    if as_json {
        let value = json!({
            "lines": verdict.lines,
            "head": verdict.head.to_string(),
            "heads_compared": heads,
            "faults": verdict.count,
            "listed": faults,
        });
        println!("{value}");
        return;
    }
    println!("Đã đọc {} dòng, so với {heads} mốc.", verdict.lines);
    println!("Mốc hiện tại: {}", verdict.head);
    if verdict.count == 0 {
        println!("Nhật ký nguyên vẹn.");
    } else {
        println!("Có {} sai lệch:", verdict.count);
        faults.iter().for_each(|fault| println!("  - {fault}"));
    }
}
