//! `pholuat recognise`: works the queue of scans off once, or shows it.

use std::process::ExitCode;

use acts::import::Target;
use acts::model::Scan;
use acts::recognise::{self, Done};
use acts::store;
use web::Site;

use super::say;
use crate::compose;
use crate::config::Config;
use crate::recognise::LACKING;

/// Scans shown by `--list`.
const LISTED: i64 = 10_000;

/// Arguments of `pholuat recognise`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Chỉ liệt kê các bản quét đang chờ, không nhận dạng được hoặc chưa rõ là văn bản nào
    #[arg(long)]
    list: bool,
    /// Thử lại cả những bản quét lần trước không nhận dạng được
    #[arg(long, conflicts_with = "list")]
    again: bool,
    /// In kết quả dạng JSON
    #[arg(long)]
    json: bool,
}

/// Recognises what waits, one file after another, and prints a line for each.
///
/// # Errors
/// Where database, store of files or child processes cannot be had.
pub async fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let db = compose::database(config).await?;
    if arguments.list {
        let scans = store::scans_open(&db, LISTED).await?;
        db.close().await;
        say(if arguments.json {
            serde_json::to_string_pretty(&scans)? + "\n"
        } else {
            scans.iter().map(waiting).collect()
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    let Some(recogniser) = compose::recogniser(config).await? else {
        eprintln!("{LACKING}");
        return Ok(ExitCode::FAILURE);
    };
    if arguments.again {
        store::scans_retry(&db).await?;
    }
    let blobs = compose::blobs(config)?;
    let site = Site::new(db.clone(), blobs.clone(), compose::site_options(config));
    let target = Target {
        db: db.clone(),
        blobs,
        site: Some(site),
    };
    let readers = compose::readers(config)?;
    let mut all = Vec::new();
    while let Some(done) = recognise::next(&target, &recogniser, &readers).await? {
        if !arguments.json {
            say(line(&done))?;
        }
        all.push(done);
    }
    readers.stop().await;
    db.close().await;
    if arguments.json {
        say(serde_json::to_string_pretty(&all)? + "\n")?;
    } else if all.is_empty() {
        say("Không có bản quét nào đang chờ.\n")?;
    }
    Ok(ExitCode::SUCCESS)
}

fn line(done: &Done) -> String {
    match (&done.slug, done.confidence) {
        (Some(slug), Some(confidence)) => format!(
            "{}: {} trang, độ tin cậy {confidence} %, /van-ban/{slug}\n",
            done.file_name, done.pages
        ),
        _ => format!("{}: {}\n", done.file_name, done.message),
    }
}

fn waiting(scan: &Scan) -> String {
    let act = scan.slug.as_ref().map_or_else(
        || "chưa rõ là văn bản nào".to_owned(),
        |slug| format!("/van-ban/{slug}"),
    );
    let why = if scan.message.is_empty() {
        String::new()
    } else {
        format!(" ({})", scan.message)
    };
    format!("{}: {act}. {}{why}\n", scan.file_name, scan.state.label())
}
