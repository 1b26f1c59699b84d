//! `pholuat search QUERY`: the search box on the command line.

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use anyhow::{Context, Result};
use db::Db;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use search::{Group, Index, Query, Results, Span, Widened};

use crate::config::Config;

/// Arguments of `pholuat search`.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Số hiệu, tên văn bản hoặc từ khóa
    #[arg(required = true, value_name = "TỪ NGỮ")]
    query: Vec<String>,
    /// In kết quả dưới dạng JSON
    #[arg(long)]
    json: bool,
    /// Trang kết quả, từ 1
    #[arg(long, default_value_t = 1, value_name = "SỐ")]
    page: usize,
}

/// Searches and prints; brings the index of the data folder up to date first, unless a running server does.
///
/// # Errors
/// Index or database cannot be read.
pub async fn run(config: &Config, args: &Arguments) -> Result<ExitCode> {
    let db = Db::connect(config.database(), &config.data).await?;
    let index = Index::open(&config.index_folder())?;
    index
        .catch_up(&db)
        .await
        .context("không cập nhật được chỉ mục tìm kiếm")?;
    let today = today();
    let query = Query {
        text: args.query.join(" "),
        page: args.page,
        today,
    };
    let results = index.search(query).await?;
    let text = if args.json {
        serde_json::to_string_pretty(&results)? + "\n"
    } else {
        shown(&results, today)
    };
    // `| head` closes the pipe early: no error.
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => return Err(error.into()),
        _ => {}
    }
    Ok(ExitCode::SUCCESS)
}

fn today() -> Date {
    TimeZone::fixed(Offset::constant(7))
        .to_datetime(Timestamp::now())
        .date()
}

fn shown(results: &Results, today: Date) -> String {
    let mut lines = Vec::new();
    if results.building {
        lines.push("Chỉ mục đang được lập, kết quả có thể chưa đủ.".to_owned());
    }
    if let Some(widened) = results.widened {
        lines.push(widened_line(widened).to_owned());
    }
    lines.push(format!(
        "{} văn bản, {} điều hoặc mục",
        results.acts, results.pieces
    ));
    for group in &results.groups {
        lines.extend(group_lines(group, today));
    }
    lines.join("\n") + "\n"
}

fn widened_line(widened: Widened) -> &'static str {
    match widened {
        Widened::Unmarked => "Không có kết quả đúng dấu; dưới đây là kết quả không xét dấu.",
        Widened::AnyWord => "Không có kết quả đủ các từ; dưới đây là kết quả chứa một phần.",
    }
}

fn group_lines(group: &Group, today: Date) -> Vec<String> {
    let act = &group.act;
    let status = act.status_on(today).label();
    let mut lines = vec![
        String::new(),
        format!("{} · {status} · /van-ban/{}", text(&group.name), act.slug),
    ];
    if !group.title.is_empty() {
        lines.push(text(&group.title));
    }
    for piece in &group.pieces {
        lines.push(format!(
            "  {} · /van-ban/{}/{}",
            text(&piece.label),
            act.slug,
            piece.card.path
        ));
        lines.push(format!("    {}", text(&piece.excerpt).replace('\n', " ")));
    }
    lines
}

fn text(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}
