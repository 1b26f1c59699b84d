//! `pholuat inspect FILE`: what the reader makes of one file, without a database.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use acts::import::{FileReader, Unpacked};
use anyhow::Context;
use bytes::Bytes;
use legal::inspect::{Inspection, article_counts};
use legal::model::{ActText, ProvisionKind};
use readers::{Item, Outcome, Sidecar};
use serde::Serialize;
use tokio::sync::mpsc;

use super::say;
use crate::compose;
use crate::config::Config;
use crate::sandbox::ReaderPool;

/// Arguments of `pholuat inspect`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Tệp cần đọc thử (tệp nén thì đọc từng tệp bên trong)
    #[arg(value_name = "TỆP")]
    file: PathBuf,
    /// In mọi thứ đọc được dạng JSON
    #[arg(long)]
    json: bool,
}

/// What is printed of one act with `--json`.
#[derive(Serialize)]
#[serde(untagged)]
enum Shown<'a> {
    Act(Box<Inspection>),
    Refused {
        name: &'a str,
        refused: &'a readers::Refusal,
    },
}

/// Reads the file in a child process and prints what came of it. Ends with 2 where nothing could be read.
///
/// # Errors
/// A file that cannot be opened, a child process that cannot be started.
pub async fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let name = arguments.file.display().to_string();
    let bytes = std::fs::read(&arguments.file).with_context(|| format!("không mở được {name}"))?;
    let items = read_all(compose::readers(config)?, name, Bytes::from(bytes)).await;
    if arguments.json {
        print_json(&items)?;
    } else {
        say(items.iter().map(describe).collect::<String>())?;
    }
    let read = items
        .iter()
        .any(|item| !matches!(item.outcome, Outcome::Refused(_)));
    Ok(if read {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(2)
    })
}

async fn read_all(pool: ReaderPool, name: String, bytes: Bytes) -> Vec<Item> {
    if !readers::archive::is_archive(&bytes) {
        return read_one(&pool, Unpacked { name, bytes }, &Sidecar::default()).await;
    }
    // Lists that cannot be read are told by the files themselves.
    let lists = pool.lists(&name, bytes.clone()).await.unwrap_or_default();
    let pool = Arc::new(pool);
    let (files, mut unpacked) = mpsc::channel(2);
    let opening = tokio::spawn({
        let (pool, name) = (Arc::clone(&pool), name.clone());
        async move { pool.unpack(&name, bytes, files).await }
    });
    let mut items = Vec::new();
    while let Some(file) = unpacked.recv().await {
        items.extend(read_one(&pool, file, &lists).await);
    }
    if let Ok(Err(refusal)) = opening.await {
        items.push(Item {
            name,
            outcome: Outcome::Refused(refusal),
        });
    }
    items
}

async fn read_one(pool: &ReaderPool, file: Unpacked, lists: &Sidecar) -> Vec<Item> {
    let Unpacked { name, bytes } = file;
    let claims = lists.claims(&name).to_vec();
    match pool.read(&name, bytes, claims).await {
        Ok(reading) => reading.items,
        Err(refusal) => vec![Item {
            name,
            outcome: Outcome::Refused(refusal),
        }],
    }
}

/// One act as an object; several as a list.
fn print_json(items: &[Item]) -> anyhow::Result<()> {
    let shown: Vec<Shown<'_>> = items
        .iter()
        .map(|item| match &item.outcome {
            Outcome::Act(act) | Outcome::MetadataOnly(act) => Shown::Act(Box::new(Inspection::of(act))),
            Outcome::Refused(refused) => Shown::Refused {
                name: &item.name,
                refused,
            },
        })
        .collect();
    let text = match shown.as_slice() {
        [one] => serde_json::to_string_pretty(one)?,
        many => serde_json::to_string_pretty(many)?,
    };
    Ok(say(text + "\n")?)
}

/// A page of text for a person.
fn describe(item: &Item) -> String {
    let mut lines = vec![item.name.clone()];
    match &item.outcome {
        Outcome::Refused(refusal) => lines.push(format!("  Từ chối: {}", refusal.message)),
        Outcome::MetadataOnly(act) => {
            lines.extend(metadata(act));
            lines.push("  Nội dung: tệp chỉ có thông tin, không có toàn văn".to_owned());
        }
        Outcome::Act(act) => {
            lines.extend(metadata(act));
            lines.extend(structure(act));
        }
    }
    lines.join("\n") + "\n"
}

fn metadata(act: &ActText) -> Vec<String> {
    let known = &act.metadata;
    let date = |date: Option<jiff::civil::Date>| date.map(viet::date_numeric);
    let signers: Vec<&str> = known.signers.iter().map(|signer| signer.name.as_str()).collect();
    let rows = [
        ("Loại", known.kind.map(|kind| kind.label().to_owned())),
        ("Số, ký hiệu", known.number.clone()),
        ("Tên", known.title.clone()),
        ("Cơ quan ban hành", joined(&known.issuers)),
        ("Người ký", joined(&signers)),
        ("Ngày ban hành", date(known.issued)),
        ("Ngày có hiệu lực", date(known.in_force)),
        ("Lĩnh vực", known.field.clone()),
    ];
    let known = rows
        .into_iter()
        .filter_map(|(name, value)| Some(format!("  {name}: {}", value?)));
    known.collect()
}

fn joined<S: AsRef<str>>(names: &[S]) -> Option<String> {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    (!names.is_empty()).then(|| names.join("; "))
}

fn structure(act: &ActText) -> Vec<String> {
    let count = |kind| act.provisions.iter().filter(|one| one.kind == kind).count();
    let mut lines = vec![
        format!("  Số điều (văn bản chính + kèm theo): {}", article_counts(act)),
        format!(
            "  Khoản: {} · điểm: {}",
            count(ProvisionKind::Clause),
            count(ProvisionKind::Point)
        ),
    ];
    lines.extend(
        act.parts
            .iter()
            .skip(1)
            .map(|part| format!("  Kèm theo: {}", part.title)),
    );
    lines.extend(
        act.mendings
            .iter()
            .map(|one| format!("  Đã sửa ký tự ({}): {} chỗ", one.code, one.count)),
    );
    lines.extend(
        act.warnings
            .iter()
            .map(|one| format!("  Cần xem lại: {}", one.message)),
    );
    lines
}
