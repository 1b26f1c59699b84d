//! `pholuat units …`: load, list and show units; add kinds.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use units::import::{self, Step, Summary};
use units::model::{Event, Kind, Pass, UnitId};
use units::store::{self, Place};

use super::say;
use crate::compose;
use crate::config::Config;

/// Doubts listed on the screen; `--json` lists all.
const LISTED: usize = 40;

/// Arguments of `pholuat units`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Nhập đơn vị hành chính trước và sau ngày 01/7/2025
    Import {
        /// Thư mục có ba tệp JSON: đơn vị trước 01/7/2025, đơn vị hiện nay, bảng chuyển đổi
        #[arg(value_name = "THƯ MỤC")]
        folder: PathBuf,
        /// In kết quả dạng JSON
        #[arg(long)]
        json: bool,
    },
    /// Liệt kê đơn vị trực thuộc tại một ngày
    List {
        /// Địa chỉ của đơn vị cấp trên, ví dụ ha-noi; để trống là cấp cao nhất
        #[arg(value_name = "ĐƠN VỊ")]
        above: Option<String>,
        /// Ngày dạng 2025-06-30; để trống là hôm nay
        #[arg(long, value_name = "NGÀY")]
        on: Option<Date>,
    },
    /// Xem một đơn vị: từng là gì, trực thuộc đâu, đã được sắp xếp thế nào
    Show {
        /// Địa chỉ của đơn vị, ví dụ ha-noi
        #[arg(value_name = "ĐƠN VỊ")]
        slug: String,
    },
    /// Thêm hoặc sửa một loại đơn vị
    Kind {
        /// Mã, gồm chữ thường không dấu và gạch nối
        #[arg(value_name = "MÃ")]
        code: String,
        /// Tên loại, ví dụ "Câu lạc bộ"
        #[arg(long, value_name = "TÊN")]
        label: String,
        /// Tên loại bằng tiếng Anh
        #[arg(long, value_name = "TÊN")]
        label_en: String,
        /// Cấp: 0 trung ương, 1 tỉnh, 2 huyện, 3 xã, 4 dưới xã
        #[arg(long, value_name = "SỐ", value_parser = clap::value_parser!(u8).range(0..=4))]
        level: u8,
        /// Thứ tự trong danh sách
        #[arg(long, value_name = "SỐ", default_value_t = 1000)]
        order: i64,
    },
}

/// Runs the command. Ends with 2 where what was asked for is not there.
///
/// # Errors
/// Where the database cannot be had or the files cannot be used.
pub async fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let db = compose::database(config).await?;
    let code = match &arguments.command {
        Command::Import { folder, json } => {
            let begun = Instant::now();
            let bar = bar(*json);
            let summary = import::run(&db, folder, |step: Step| bar.set_message(step.label())).await;
            bar.finish_and_clear();
            let summary = summary.context("không nhập được đơn vị")?;
            say(match json {
                true => serde_json::to_string_pretty(&summary)? + "\n",
                false => table(&summary, &store::kinds(&db).await?, begun.elapsed()),
            })?;
            ExitCode::SUCCESS
        }
        Command::List { above, on } => list(&db, above.as_deref(), on.unwrap_or_else(today)).await?,
        Command::Show { slug } => show(&db, slug).await?,
        Command::Kind {
            code,
            label,
            label_en,
            level,
            order,
        } => {
            let kind = Kind {
                code: code.clone(),
                label: label.clone(),
                label_en: label_en.clone(),
                plural: label.clone(),
                plural_en: label_en.clone(),
                level: *level,
                order: *order,
            };
            anyhow::ensure!(
                !code.is_empty() && viet::slug(code) == *code,
                "mã chỉ gồm chữ thường không dấu, chữ số và gạch nối"
            );
            let mut tx = db.begin().await?;
            store::kinds_ensure(&mut tx).await?;
            store::kind_put(&mut tx, kind).await?;
            tx.commit().await?;
            ExitCode::SUCCESS
        }
    };
    db.close().await;
    Ok(code)
}

/// Today in Vietnam.
fn today() -> Date {
    let vietnam = jiff::tz::TimeZone::fixed(jiff::tz::Offset::constant(7));
    vietnam.to_datetime(jiff::Timestamp::now()).date()
}

/// A line on standard error; indicatif shows none where that is no terminal.
fn bar(json: bool) -> ProgressBar {
    if json || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    let style = ProgressStyle::with_template("{spinner} {msg} · {elapsed}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// The closing table.
fn table(summary: &Summary, kinds: &[Kind], took: Duration) -> String {
    let label = |code: &str| {
        let kind = kinds.iter().find(|kind| kind.code == code);
        kind.map_or_else(|| code.to_owned(), |kind| kind.plural.clone())
    };
    let mut lines = vec![format!("Đã nhập đơn vị trong {:.1} giây", took.as_secs_f64())];
    let row = |label: &str, count: u64| format!("  {label:<34}{count:>7}");
    lines.push(row("Thêm mới", summary.added));
    lines.push(row("Đã có, giữ nguyên", summary.unchanged));
    for (heading, counts) in [
        ("Trước ngày 01/7/2025", &summary.before),
        ("Hiện nay", &summary.after),
    ] {
        lines.push(heading.to_owned());
        lines.extend(counts.iter().map(|(kind, count)| row(&label(kind), *count)));
    }
    if !summary.successions.is_empty() {
        lines.push("Sắp xếp đã ghi".to_owned());
    }
    for (event, count) in &summary.successions {
        lines.push(row(Event::from_word(event).map_or("", Event::label), *count));
    }
    if summary.split_unknown > 0 {
        lines.push(format!(
            "  Trong đó {} đơn vị được chia cho nhiều đơn vị mà nguồn không nêu tỷ lệ: tỷ lệ để trống.",
            summary.split_unknown
        ));
    }
    lines.push(row("Chưa đặt được vào đâu", summary.doubts.len() as u64));
    let doubts = summary.doubts.iter().take(LISTED);
    lines.extend(doubts.map(|doubt| format!("  {}: {}", doubt.name, doubt.why)));
    if summary.doubts.len() > LISTED {
        lines.push(format!(
            "  … và {} mục nữa (xem đủ bằng --json)",
            summary.doubts.len() - LISTED
        ));
    }
    lines.join("\n") + "\n"
}

async fn list(db: &db::Db, above: Option<&str>, on: Date) -> anyhow::Result<ExitCode> {
    let above = match above {
        None => None,
        Some(slug) => match store::unit_at(db, slug).await? {
            Some(Place::Here(unit)) => Some(unit.id),
            Some(Place::Moved(to)) => return moved(&to),
            None => return none(),
        },
    };
    let mut children = store::children(db, above, on).await?;
    children.sort_by(|one, two| viet::compare(&one.state.name.full, &two.state.name.full));
    let lines = children.iter().map(|child| {
        let code = child.state.code.as_deref().unwrap_or_default();
        format!("{code:<8}{:<40}{}\n", child.state.name.full, child.slug)
    });
    say(lines.collect::<String>())?;
    Ok(ExitCode::SUCCESS)
}

async fn show(db: &db::Db, slug: &str) -> anyhow::Result<ExitCode> {
    let unit = match store::unit_at(db, slug).await? {
        Some(Place::Here(unit)) => unit,
        Some(Place::Moved(to)) => return moved(&to),
        None => return none(),
    };
    let mut lines = Vec::new();
    for (span, state) in unit.life.pieces() {
        let day = |day: Option<Date>, open: &str| day.map_or_else(|| open.to_owned(), viet::date_numeric);
        let (from, until) = (day(span.from(), "trước đó"), day(span.until(), "nay"));
        let code = state.code.as_deref().unwrap_or("không có mã");
        lines.push(format!("{from} – {until}: {} ({code})", state.name.full));
    }
    let told = store::successions_of(db, unit.id).await?;
    let passes = told.iter().flat_map(|one| &one.passes);
    let named: Vec<UnitId> = passes
        .flat_map(|pass| [Some(pass.from), pass.to])
        .flatten()
        .collect();
    let named = store::units(db, &named).await?;
    let name = |id: UnitId| {
        let unit = named.iter().find(|unit| unit.id == id);
        unit.map_or("?", |unit| unit.slug.as_str())
    };
    for one in &told {
        let passed = |pass: &Pass| match pass.to {
            Some(to) => format!("{} → {}", name(pass.from), name(to)),
            None => name(pass.from).to_owned(),
        };
        let passed: Vec<String> = one.passes.iter().map(passed).collect();
        lines.push(format!(
            "{} {}: {} ({})",
            viet::date_numeric(one.on),
            one.event.label(),
            passed.join(", "),
            one.basis.text
        ));
    }
    for one in store::current(db, unit.id, today()).await? {
        lines.push(format!("Hiện nay: {} ({})", one.name, one.slug));
    }
    say(lines.join("\n") + "\n")?;
    Ok(ExitCode::SUCCESS)
}

fn moved(to: &str) -> anyhow::Result<ExitCode> {
    eprintln!("Đơn vị đã đổi địa chỉ thành {to}.");
    Ok(ExitCode::from(2))
}

fn none() -> anyhow::Result<ExitCode> {
    eprintln!("Không có đơn vị nào ở địa chỉ này.");
    Ok(ExitCode::from(2))
}
