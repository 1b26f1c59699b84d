//! `pholuat eval consolidation DIR…`: amendments applied by the code of the site, compared with
//! official consolidated texts (văn bản hợp nhất).
//!
//! A folder holds `base.*`, `amending-1.*`, `amending-2.*` … (one act in one or several formats)
//! and `official.json` (`articles` with `number`, `heading`, `text`) or the official file itself
//! as `official.*`. Files are taken in by the ordinary importer into a database of their own.

mod equality;
mod official;
mod report;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use acts::import::{self, Target};
use acts::model::Act;
use acts::{compare, store};
use anyhow::{Context, Result, bail};
use blob::S3Config;
use db::Db;
use legal::amend::{self, Reading};
use legal::compare::Difference;
use legal::consolidate::{Amending, Expression, consolidate};
use legal::model::{ActText, Language};

use crate::compose;
use crate::config::Config;

/// Arguments of `pholuat eval consolidation`.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Thư mục của một trường hợp: base.*, amending-N.*, official.json hoặc official.*
    #[arg(required = true, value_name = "THƯ MỤC")]
    folders: Vec<PathBuf>,
    /// In kết quả dạng JSON: từng điều của văn bản hợp nhất, cờ nghi vấn và kết quả so sánh
    #[arg(long)]
    json: bool,
    /// Bảng giải thích khác biệt do chính bản chính thức: mỗi dòng “thư mục ⇥ điều ⇥ nguyên nhân”
    #[arg(long)]
    explained: Option<PathBuf>,
}

/// Runs every case and prints what came of it. Fails where an article is wrong and nothing says so.
///
/// # Errors
/// A folder has no base or no official text, or a file cannot be read.
pub async fn run(config: &Config, args: &Arguments) -> Result<ExitCode> {
    let explained = match &args.explained {
        Some(path) => report::explanations(&read(path)?),
        None => HashMap::new(),
    };
    let mut cases = Vec::new();
    for folder in &args.folders {
        let taken = take(config, folder)
            .await
            .with_context(|| format!("{}", folder.display()))?;
        let name = folder
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let official = official::articles(folder)?;
        cases.push(report::Case::of(name, &taken, &official, &explained));
    }
    if args.json {
        super::super::say(serde_json::to_string_pretty(&cases)? + "\n")?;
    } else {
        super::super::say(report::table(&cases))?;
    }
    let silent: usize = cases.iter().map(|case| case.silent).sum();
    Ok(if silent == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("không đọc được {}", path.display()))
}

/// What the importer made of a folder, and the text with everything applied.
struct Taken {
    base: ActText,
    amending: Vec<Amending>,
    expression: Expression,
    /// Ids of articles in which the copies of the base differ.
    disputed: Vec<String>,
}

async fn take(config: &Config, folder: &Path) -> Result<Taken> {
    let home = tempfile::tempdir().context("không tạo được thư mục tạm")?;
    let config = Config {
        data: home.path().to_owned(),
        database_url: String::new(),
        files: S3Config::default(),
        ..config.clone()
    };
    let db = compose::database(&config).await?;
    let target = Target {
        db: db.clone(),
        blobs: compose::blobs(&config)?,
        site: None,
    };
    let readers = Arc::new(compose::readers(&config)?);
    let workers = config.import.workers as usize;
    let done = import::run(&target, Arc::clone(&readers), files(folder)?, workers, |_| {}).await;
    readers.stop().await;
    done?;
    let taken = consolidated(&db).await;
    db.close().await;
    taken
}

/// Everything in the folder but what is official or only describes.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("không đọc được {}", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if role(&path.file_name().unwrap_or_default().to_string_lossy()).is_some() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The place of a file in its case: 0 for the base, n for the n-th amending act.
fn role(name: &str) -> Option<u32> {
    let stem = name.split('.').next()?;
    match stem {
        "base" => Some(0),
        _ => stem.strip_prefix("amending-")?.parse().ok(),
    }
}

async fn consolidated(db: &Db) -> Result<Taken> {
    let mut base: Option<(Act, ActText)> = None;
    let mut others: Vec<(u32, ActText)> = Vec::new();
    for slug in store::slugs_all(db, "", 1_000).await? {
        let Some(act) = store::act_by_slug(db, &slug).await? else {
            continue;
        };
        let names = store::originals(db, act.id).await?;
        let Some(role) = names.iter().find_map(|one| role(&one.file_name)) else {
            continue;
        };
        let Some(text) = store::base_text(db, act.id, Language::Vi).await? else {
            continue;
        };
        if role > 0 {
            others.push((role, text));
        } else if base.as_ref().is_none_or(|(_, known)| worth(known) < worth(&text)) {
            base = Some((act, text));
        }
    }
    let Some((act, base)) = base else {
        bail!("không có văn bản gốc đọc được (base.*)");
    };
    others.sort_by_key(|(role, _)| *role);
    let disputed = disputed(db, &act).await?;
    let others: Vec<(ActText, Reading)> = others
        .into_iter()
        .map(|(_, text)| {
            let reading = amend::read(&text);
            (text, reading)
        })
        .collect();
    let amending = amending(&base, &others);
    let expression = consolidate(&base, &amending, None);
    Ok(Taken {
        base,
        amending,
        expression,
        disputed,
    })
}

/// What these acts do to the base, and to the clauses by which they amend it.
fn amending(base: &ActText, acts: &[(ActText, Reading)]) -> Vec<Amending> {
    let about = |target: &ActText| -> Vec<Amending> {
        let each = acts.iter();
        each.map(|(text, reading)| Amending::of(text, reading, &target.metadata))
            .collect()
    };
    let mut amending = about(base);
    let mut said = Vec::new();
    for (one, (text, _)) in amending.iter_mut().zip(acts) {
        let number = one.number.clone();
        let mut others = about(text);
        for other in others.iter_mut().filter(|other| other.number == number) {
            other.instructions.clear();
        }
        said.extend(one.met_by(&others));
    }
    for (place, refusal) in said {
        if let Some(other) = amending.get_mut(place) {
            other.take(refusal);
        }
    }
    amending
}

/// Which of two acts read from the copies of the base is the base: one that says its day, then the longer one.
fn worth(text: &ActText) -> (bool, usize) {
    (text.metadata.issued.is_some(), text.provisions.len())
}

/// Articles in which the copies of an act differ.
async fn disputed(db: &Db, act: &Act) -> Result<Vec<String>> {
    let peers = compare::comparable(db, act, Language::Vi).await?;
    let Some(standing) = peers.iter().find(|peer| peer.stands) else {
        return Ok(Vec::new());
    };
    let mut ids = Vec::new();
    for other in peers.iter().filter(|peer| !peer.stands && peer.has_text) {
        let Some(pair) = compare::pair(db, act, standing, other).await? else {
            continue;
        };
        ids.extend(
            pair.differences()
                .1
                .into_iter()
                .map(|difference| match difference {
                    Difference::Words(unit, _)
                    | Difference::OnlyFirst(unit)
                    | Difference::OnlySecond(unit) => unit.id.clone(),
                }),
        );
    }
    Ok(ids)
}
