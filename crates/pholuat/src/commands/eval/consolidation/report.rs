//! What is told of a case: articles, instructions, and each difference with its cause.

use std::collections::HashMap;

use legal::consolidate::{Applied, Flag};
use serde::Serialize;

use super::Taken;
use super::equality::{Outcome, folded, outcome};
use super::official::{self, Article};

/// One folder.
#[derive(Debug, Serialize)]
pub(super) struct Case {
    case: String,
    base: String,
    /// Amending acts, in the order of their files.
    amending: Vec<Source>,
    articles: Vec<Compared>,
    equal: usize,
    /// Of them equal but for letter case or the place of tone marks.
    equal_but_for_case_or_tone_place: usize,
    different: usize,
    flagged: usize,
    /// Different, and neither flagged nor explained.
    pub silent: usize,
    instructions: Counts,
    refusals: Vec<Refused>,
}

#[derive(Debug, Serialize)]
struct Source {
    number: String,
    in_force: Option<jiff::civil::Date>,
    instructions: usize,
    unread: usize,
}

#[derive(Debug, Default, Serialize)]
struct Counts {
    found: usize,
    applied: usize,
    refused: usize,
}

#[derive(Debug, Serialize)]
struct Refused {
    by: String,
    at: String,
    sentence: String,
    reason: String,
    about: Vec<String>,
}

/// An article of the result beside the official one.
#[derive(Debug, Serialize)]
struct Compared {
    number: String,
    heading: Option<String>,
    text: String,
    flags: Vec<Doubt>,
    outcome: Outcome,
    /// The official article, where it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    official: Option<Article>,
    /// Why the official file differs, where that is documented.
    #[serde(skip_serializing_if = "Option::is_none")]
    explained: Option<String>,
}

/// Why an article is in doubt.
#[derive(Debug, Serialize)]
struct Doubt {
    code: String,
    message: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    by: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    sentence: String,
}

/// Causes by folder and article.
pub(super) type Explanations = HashMap<(String, String), String>;

/// Reads "folder ⇥ article ⇥ cause" lines.
pub(super) fn explanations(table: &str) -> Explanations {
    let rows = table.lines().filter(|row| !row.starts_with('#'));
    rows.filter_map(|row| {
        let mut cells = row.splitn(3, '\t').map(str::to_owned);
        Some(((cells.next()?, cells.next()?), cells.next()?))
    })
    .collect()
}

impl Case {
    pub(super) fn of(name: String, taken: &Taken, official: &[Article], explained: &Explanations) -> Self {
        let articles = articles(&name, taken, official, explained);
        let count = |wanted: fn(&Compared) -> bool| articles.iter().filter(|one| wanted(one)).count();
        let is_equal = |one: &Compared| one.outcome <= Outcome::EqualButForCaseOrTonePlace;
        let equal = articles.iter().filter(|one| is_equal(one)).count();
        let (refusals, instructions) = refused(taken);
        Self {
            base: taken.base.metadata.number.clone().unwrap_or_default(),
            amending: taken
                .amending
                .iter()
                .map(|act| Source {
                    number: act.number.clone(),
                    in_force: act.in_force,
                    instructions: act.instructions.len(),
                    unread: act.refusals.len(),
                })
                .collect(),
            equal,
            equal_but_for_case_or_tone_place: count(|one| one.outcome == Outcome::EqualButForCaseOrTonePlace),
            different: articles.len() - equal,
            flagged: count(|one| !one.flags.is_empty()),
            silent: articles
                .iter()
                .filter(|one| !is_equal(one) && one.flags.is_empty() && one.explained.is_none())
                .count(),
            case: name,
            articles,
            instructions,
            refusals,
        }
    }
}

fn refused(taken: &Taken) -> (Vec<Refused>, Counts) {
    let mut counts = Counts::default();
    let mut list = Vec::new();
    for outcome in &taken.expression.outcomes {
        counts.found += 1;
        match &outcome.result {
            Applied::Changed { .. } => counts.applied += 1,
            Applied::Refused { reason, about } => {
                counts.refused += 1;
                list.push(Refused {
                    by: outcome.by.clone(),
                    at: outcome.at.clone(),
                    sentence: outcome.sentence.clone(),
                    reason: reason.sentence().to_owned(),
                    about: about.clone(),
                });
            }
        }
    }
    (list, counts)
}

/// Our articles beside the official ones: the n-th of a number beside the n-th of that number.
fn articles(name: &str, taken: &Taken, official: &[Article], explained: &Explanations) -> Vec<Compared> {
    let mut theirs: HashMap<&str, Vec<&Article>> = HashMap::new();
    for article in official.iter().rev() {
        theirs.entry(article.number.as_str()).or_default().push(article);
    }
    let mut out: Vec<Compared> = official::of(&taken.expression.text)
        .map(|(id, article)| {
            let other = theirs.get_mut(article.number.as_str()).and_then(Vec::pop);
            let outcome = other.map_or(Outcome::OnlyOurs, |other| {
                outcome(&joined(&article), &joined(other))
            });
            let differs = outcome > Outcome::EqualButForCaseOrTonePlace;
            Compared {
                flags: doubts(taken, &id),
                outcome,
                official: other.filter(|_| differs).cloned(),
                explained: explained
                    .get(&(name.to_owned(), article.number.clone()))
                    .filter(|_| differs)
                    .cloned(),
                number: article.number,
                heading: article.heading,
                text: article.text,
            }
        })
        .collect();
    let mut missing: Vec<&Article> = theirs.into_values().flatten().collect();
    missing.sort_by(|a, b| viet::compare(&a.number, &b.number));
    out.extend(missing.into_iter().map(|article| Compared {
        number: article.number.clone(),
        heading: None,
        text: String::new(),
        flags: whole(taken),
        outcome: Outcome::OnlyOfficial,
        official: Some(article.clone()),
        explained: explained.get(&(name.to_owned(), article.number.clone())).cloned(),
    }));
    out
}

fn joined(article: &Article) -> String {
    format!(
        "{}\n{}",
        article.heading.as_deref().unwrap_or_default(),
        article.text
    )
}

fn doubts(taken: &Taken, id: &str) -> Vec<Doubt> {
    let mut doubts: Vec<Doubt> = taken.expression.flags_of(id).map(doubt).collect();
    doubts.extend(idle(taken));
    if taken.disputed.iter().any(|other| other == id) {
        doubts.push(Doubt {
            code: "originals-differ".to_owned(),
            message: "Các bản đã công bố của văn bản gốc khác nhau ở điều này.".to_owned(),
            by: String::new(),
            sentence: String::new(),
        });
    }
    doubts
}

/// Amending acts in the folder of which no sentence was understood as about the base.
fn idle(taken: &Taken) -> impl Iterator<Item = Doubt> {
    let silent = taken
        .amending
        .iter()
        .filter(|act| act.instructions.is_empty() && act.refusals.is_empty());
    silent.map(|act| Doubt {
        code: "amending-act-idle".to_owned(),
        message: "Không có câu nào của văn bản sửa đổi được hiểu là nói về văn bản này.".to_owned(),
        by: act.number.clone(),
        sentence: String::new(),
    })
}

/// Doubts about the act as a whole: they may be about an article that is missing.
fn whole(taken: &Taken) -> Vec<Doubt> {
    let flags = taken
        .expression
        .flags
        .iter()
        .filter(|flag| flag.provision.is_none());
    flags.map(doubt).chain(idle(taken)).collect()
}

fn doubt(flag: &Flag) -> Doubt {
    Doubt {
        code: serde_json::to_value(flag.reason)
            .ok()
            .and_then(|v| v.as_str().map(str::to_owned))
            .unwrap_or_default(),
        message: flag.reason.sentence().to_owned(),
        by: flag.by.clone(),
        sentence: flag.sentence.clone(),
    }
}

/// The table for people.
pub(super) fn table(cases: &[Case]) -> String {
    let mut out = String::new();
    for case in cases {
        out.push_str(&format!("{} (văn bản gốc {})\n", case.case, case.base));
        for source in &case.amending {
            let day = source
                .in_force
                .map_or_else(|| "không rõ ngày".to_owned(), |day| day.to_string());
            out.push_str(&format!(
                "  {} có hiệu lực {day}: {} câu sửa đổi, {} câu chưa đọc được\n",
                source.number, source.instructions, source.unread
            ));
        }
        let counts = &case.instructions;
        out.push_str(&format!(
            "  sửa đổi: tìm thấy {}, áp dụng {}, từ chối {}\n  điều: giống {} (trong đó {} chỉ khác chữ hoa hoặc vị trí dấu), khác {}, có cờ nghi vấn {}, sai mà không có cờ {}\n",
            counts.found, counts.applied, counts.refused, case.equal, case.equal_but_for_case_or_tone_place,
            case.different, case.flagged, case.silent
        ));
        for refused in &case.refusals {
            out.push_str(&format!(
                "  chưa áp dụng: {} {} – {} [{}]\n",
                refused.by, refused.at, refused.reason, refused.sentence
            ));
        }
        let different = case
            .articles
            .iter()
            .filter(|one| one.outcome > Outcome::EqualButForCaseOrTonePlace);
        different.for_each(|article| out.push_str(&difference(article)));
    }
    let sum = |count: fn(&Case) -> usize| cases.iter().map(count).sum::<usize>();
    out.push_str(&format!(
        "Tổng: {} điều giống, {} khác, {} sai mà không có cờ; sửa đổi áp dụng {}, từ chối {}\n",
        sum(|case| case.equal),
        sum(|case| case.different),
        sum(|case| case.silent),
        sum(|case| case.instructions.applied),
        sum(|case| case.instructions.refused)
    ));
    out
}

/// The first words that differ, and why.
fn difference(article: &Compared) -> String {
    let ours = folded(&format!(
        "{}\n{}",
        article.heading.as_deref().unwrap_or_default(),
        article.text
    ));
    let theirs = article
        .official
        .as_ref()
        .map_or_else(Vec::new, |other| folded(&joined(other)));
    let at = ours.iter().zip(&theirs).take_while(|(a, b)| a == b).count();
    let near = |words: &[String]| {
        words
            .iter()
            .skip(at.saturating_sub(2))
            .take(9)
            .cloned()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let cause = match (&article.explained, article.flags.first()) {
        (Some(cause), _) => format!("đã giải thích: {cause}"),
        (None, Some(flag)) => flag.message.clone(),
        (None, None) => "KHÔNG CÓ CỜ".to_owned(),
    };
    format!(
        "  khác Điều {}: “{}” / bản chính thức “{}” – {cause}\n",
        article.number,
        near(&ours),
        near(&theirs)
    )
}
