//! `pholuat originals SLUG`: the originals of an act, and where they differ.

use std::process::ExitCode;

use acts::compare::{self, Words, word_by_word};
use acts::model::{Act, Original};
use acts::store;
use anyhow::Context;
use db::Db;
use legal::compare::Difference;
use serde::Serialize;

use super::say;
use crate::compose;
use crate::config::Config;

/// Differences that are printed for each original; `--json` has all.
const LISTED: usize = 20;

/// Arguments of `pholuat originals`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Địa chỉ ngắn của văn bản, ví dụ 91-2015-qh13
    #[arg(value_name = "VĂN BẢN")]
    slug: String,
    /// In kết quả dạng JSON
    #[arg(long)]
    json: bool,
}

/// One original beside the standing one.
#[derive(Debug, Serialize)]
struct Line {
    file_name: String,
    format: String,
    sha256: String,
    language: legal::model::Language,
    stands: bool,
    /// Percent, where a machine recognised its text.
    confidence: Option<i64>,
    /// `None` for the standing one and for originals whose text is not kept.
    compared: Option<Compared>,
}

#[derive(Debug, Default, Serialize)]
struct Compared {
    /// Articles that are equal.
    equal: usize,
    /// Ids of articles that only the standing text has.
    only_standing: Vec<String>,
    /// Ids of articles that only this original has.
    only_other: Vec<String>,
    /// Articles whose words differ.
    differing: Vec<Differing>,
}

#[derive(Debug, Serialize)]
struct Differing {
    id: String,
    heading: String,
    words: Words,
}

/// Prints each original with what was found. Ends with 2 where there is no such act.
///
/// # Errors
/// Where the database cannot be had.
pub async fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let db = compose::database(config).await?;
    let Some(act) = store::act_by_slug(&db, &arguments.slug).await? else {
        eprintln!("Không có văn bản “{}”.", arguments.slug);
        return Ok(ExitCode::from(2));
    };
    let mut lines = Vec::new();
    for one in store::originals(&db, act.id).await? {
        lines.push(line(&db, &act, one).await?);
    }
    db.close().await;
    say(if arguments.json {
        serde_json::to_string_pretty(&lines)? + "\n"
    } else {
        lines.iter().map(shown).collect()
    })?;
    Ok(ExitCode::SUCCESS)
}

async fn line(db: &Db, act: &Act, one: Original) -> anyhow::Result<Line> {
    let peers = compare::comparable(db, act, one.language).await?;
    let standing = peers.iter().find(|peer| peer.stands);
    let compared = match standing {
        Some(standing) if !one.stands && one.has_text => {
            let pair = compare::pair(db, act, standing, &one).await?;
            let comparing = tokio::task::spawn_blocking(move || pair.as_ref().map(compared));
            comparing.await.context("so sánh dừng bất thường")?
        }
        _ => None,
    };
    Ok(Line {
        file_name: one.file_name,
        format: one.format,
        sha256: one.sha256,
        language: one.language,
        stands: one.stands,
        confidence: one.confidence,
        compared,
    })
}

fn compared(pair: &compare::Pair) -> Compared {
    let (equal, differences) = pair.differences();
    let mut found = Compared {
        equal,
        ..Compared::default()
    };
    for difference in differences {
        match difference {
            Difference::OnlyFirst(unit) => found.only_standing.push(unit.id.clone()),
            Difference::OnlySecond(unit) => found.only_other.push(unit.id.clone()),
            Difference::Words(first, second) => found.differing.push(Differing {
                id: first.id.clone(),
                heading: first.heading.clone(),
                words: word_by_word(first, second),
            }),
        }
    }
    found
}

fn shown(line: &Line) -> String {
    let state = if line.stands {
        " – đang hiển thị"
    } else {
        ""
    };
    let trust = line.confidence.map_or_else(String::new, |percent| {
        format!(" – máy nhận dạng, độ tin cậy {percent} %")
    });
    let mut out = format!(
        "{} ({}){state}{trust}\n",
        line.file_name,
        line.format.to_uppercase()
    );
    let Some(found) = &line.compared else { return out };
    out.push_str(&format!(
        "  giống {} điều, khác {}, chỉ có ở bản đang hiển thị {}, chỉ có ở bản này {}\n",
        found.equal,
        found.differing.len(),
        found.only_standing.len(),
        found.only_other.len()
    ));
    for one in found.differing.iter().take(LISTED) {
        let own = |runs: &[compare::Run]| {
            let own: Vec<&str> = runs
                .iter()
                .filter(|run| run.own)
                .map(|run| run.text.as_str())
                .take(3)
                .collect();
            own.join(" | ")
        };
        out.push_str(&format!(
            "  {}: “{}” / “{}”\n",
            one.heading,
            own(&one.words.standing),
            own(&one.words.other)
        ));
    }
    out
}
