//! `pholuat import PATH…`.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use acts::import::{self, Progress, Summary, Target};
use indicatif::{ProgressBar, ProgressStyle};
use web::Site;

use super::say;
use crate::compose;
use crate::config::Config;

/// Refused files listed on the screen; `--json` lists all.
const LISTED: usize = 40;

/// Arguments of `pholuat import`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Tệp, thư mục hoặc tệp nén cần nhập
    #[arg(required = true, value_name = "ĐƯỜNG DẪN")]
    paths: Vec<PathBuf>,
    /// In kết quả dạng JSON
    #[arg(long)]
    json: bool,
    /// Không dựng sẵn trang; trang được dựng khi có người xem lần đầu
    #[arg(long)]
    no_pages: bool,
}

/// Imports and prints what happened. Ends with 2 where nothing at all could be taken.
///
/// # Errors
/// Where database, store of files or child processes cannot be had.
pub async fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let db = compose::database(config).await?;
    let blobs = compose::blobs(config)?;
    let site =
        (!arguments.no_pages).then(|| Site::new(db.clone(), blobs.clone(), compose::site_options(config)));
    let target = Target {
        db: db.clone(),
        blobs,
        site,
    };
    let readers = Arc::new(compose::readers(config)?);
    let bar = bar(arguments.json);
    let workers = config.import.workers as usize;
    let advance = |progress: Progress| {
        bar.set_length(progress.found);
        bar.set_position(progress.done);
    };
    let summary = import::run(
        &target,
        Arc::clone(&readers),
        arguments.paths.clone(),
        workers,
        advance,
    )
    .await;
    bar.finish_and_clear();
    readers.stop().await;
    let summary = summary?;
    db.close().await;
    if arguments.json {
        say(serde_json::to_string_pretty(&summary)? + "\n")?;
    } else {
        say(table(&summary))?;
    }
    let nothing = summary.new + summary.updated + summary.unchanged == 0;
    Ok(if nothing {
        ExitCode::from(2)
    } else {
        ExitCode::SUCCESS
    })
}

/// A bar on standard error; indicatif shows none where that is no terminal.
fn bar(json: bool) -> ProgressBar {
    if json || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{spinner} {pos}/{len} tệp · {per_sec} · {elapsed} {wide_bar}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// The closing table.
fn table(summary: &Summary) -> String {
    let acts = summary.new + summary.updated + summary.unchanged;
    let mut lines = vec![
        format!("Đã xem {} tệp trong {:.1} giây", summary.files, summary.seconds),
        format!("  Nhập mới     {:>7}", summary.new),
        format!("  Cập nhật     {:>7}", summary.updated),
        format!("  Không đổi    {:>7}", summary.unchanged),
        format!("  Từ chối      {:>7}", summary.refused.len()),
    ];
    if summary.lists > 0 {
        lines.push(format!(
            "  Danh sách kèm theo {} (đã dùng để bổ sung thông tin)",
            summary.lists
        ));
    }
    if summary.scans > 0 {
        lines.push(format!(
            "  Bản quét chờ nhận dạng chữ {} (xem bằng “pholuat recognise --list”)",
            summary.scans
        ));
    }
    if summary.seconds > 1.0 && acts > 0 {
        #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
        lines.push(format!(
            "  Tốc độ       {:>7.0} văn bản/giây",
            acts as f64 / summary.seconds
        ));
    }
    if !summary.refused.is_empty() {
        lines.push("Lý do từ chối:".to_owned());
        let listed = summary.refused.iter().take(LISTED);
        lines.extend(listed.map(|one| format!("  {}: {}", one.name, one.message)));
        let more = summary.refused.len().saturating_sub(LISTED);
        if more > 0 {
            lines.push(format!("  … và {more} mục nữa (xem đủ bằng --json)"));
        }
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use acts::import::Refused;

    #[test]
    fn the_table_says_what_happened_and_why_not() {
        let refused = Refused {
            name: "a.doc".into(),
            code: "x".into(),
            message: "Không đọc được.".into(),
        };
        let summary = Summary {
            files: 50,
            new: 2,
            updated: 1,
            unchanged: 3,
            lists: 2,
            scans: 7,
            refused: vec![refused; 45],
            seconds: 2.0,
        };
        let shown = table(&summary);
        for line in [
            "Nhập mới           2",
            "Từ chối           45",
            "Danh sách kèm theo 2 ",
            "chờ nhận dạng chữ 7 ",
            "a.doc: Không đọc được.",
            "và 5 mục nữa",
            "3 văn bản/giây",
        ] {
            assert!(shown.contains(line), "{line} in {shown}");
        }
    }
}
