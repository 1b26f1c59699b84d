//! `pholuat eval queries FILE`: a table of what must stand first.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use db::Db;
use search::{Index, Query};

use crate::config::Config;

/// Arguments of `pholuat eval queries`.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Bảng: mỗi dòng “câu tìm ⇥ địa chỉ”, địa chỉ như `91-2015-qh13` hoặc `91-2015-qh13/dieu-5`.
    table: PathBuf,
}

/// Runs the table on the index of the data folder; fails where less than 98 % stand first.
///
/// # Errors
/// Table, index or database cannot be read.
pub async fn run(config: &Config, args: &Arguments) -> Result<ExitCode> {
    let table = std::fs::read_to_string(&args.table)
        .with_context(|| format!("không đọc được {}", args.table.display()))?;
    let db = Db::connect(config.database(), &config.data).await?;
    let index = Index::open(&config.index_folder())?;
    index
        .catch_up(&db)
        .await
        .context("không cập nhật được chỉ mục tìm kiếm")?;
    let (mut right, mut all) = (0_usize, 0_usize);
    for row in table
        .lines()
        .filter(|row| !row.trim().is_empty() && !row.starts_with('#'))
    {
        let Some((query, wanted)) = row.split_once('\t') else {
            println!("dòng không đúng dạng: {row}");
            continue;
        };
        all += 1;
        let results = index
            .search(Query::new(query, super::super::search::today()))
            .await?;
        let found = results.first_address(wanted.contains('/'));
        if found.as_deref() == Some(wanted.trim()) {
            right += 1;
        } else {
            println!(
                "{query}\n  cần {wanted}, được {}",
                found.unwrap_or_else(|| "không có gì".into())
            );
        }
    }
    println!("{right}/{all} câu có kết quả đúng đứng đầu");
    let enough = all > 0 && right * 100 >= all * 98;
    Ok(if enough {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
