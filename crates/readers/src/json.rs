//! Law packages: one act a file or a line, `metadata` and `raw_text`, or `chapters` of articles.

use legal::draft::Draft;
use legal::model::Claim;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::reading::{Item, Outcome, Reading, from_draft, from_html};
use crate::{Refusal, plain, sniff};

/// The parts of a package's act that are read. Its `tree` is unreliable and is not.
#[derive(Deserialize)]
struct Packed {
    #[serde(default)]
    metadata: Map<String, Value>,
    #[serde(default, alias = "text", alias = "content", alias = "full_text")]
    raw_text: Option<String>,
    #[serde(default, alias = "raw_html")]
    html: Option<String>,
    #[serde(default)]
    chapters: Vec<Chapter>,
    #[serde(flatten)]
    other: Map<String, Value>,
}

/// A chapter as the national database's pages are taken down.
#[derive(Deserialize)]
struct Chapter {
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    subtitle: Option<String>,
    #[serde(default)]
    articles: Vec<Article>,
}

/// An article of such a chapter: "Điều 1", its heading, its text with a paragraph a line.
#[derive(Deserialize)]
struct Article {
    #[serde(default)]
    number: String,
    #[serde(default)]
    heading: Option<String>,
    #[serde(default)]
    body: String,
}

/// Lines that the pages show around articles ("Điều khoản được sửa đổi, bổ sung"); they are no part of the law.
fn is_banner(line: &str) -> bool {
    let line = line.trim();
    let state = line
        .strip_prefix("Điều khoản được ")
        .or_else(|| line.strip_prefix("Điều khoản bị "));
    state.is_some_and(|state| {
        [
            "sửa đổi",
            "sửa đổi, bổ sung",
            "bổ sung",
            "bãi bỏ",
            "thay thế",
            "đính chính",
            "hết hiệu lực",
        ]
        .contains(&state)
    })
}

/// The text of chapters as it would be typed.
fn typed(chapters: &[Chapter]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for chapter in chapters {
        let heads = [&chapter.title, &chapter.subtitle].into_iter().flatten();
        lines.extend(heads.filter(|head| !head.trim().is_empty()).cloned());
        for article in &chapter.articles {
            let heading = article.heading.as_deref().unwrap_or_default();
            lines.push(
                format!("{}. {heading}", article.number.trim().trim_end_matches('.'))
                    .trim_end()
                    .to_owned(),
            );
            let own = article.body.split('\n').filter(|line| !is_banner(line));
            lines.extend(own.map(str::to_owned));
        }
    }
    lines.join("\n")
}

/// Fields of metadata in packages, and the claims they make.
const FIELDS: &[(&str, &[&str])] = &[
    (
        "number",
        &[
            "number",
            "so_hieu",
            "so_ky_hieu",
            "code",
            "id_number",
            "document_number",
            "law_id",
        ],
    ),
    ("title", &["title", "name", "ten", "trich_yeu"]),
    ("kind", &["type", "kind", "loai", "loai_van_ban", "document_type"]),
    (
        "issuer",
        &["issuer", "co_quan_ban_hanh", "issuing_body", "authority"],
    ),
    ("signer", &["signer", "nguoi_ky", "signed_by"]),
    (
        "issued",
        &[
            "issued",
            "ngay_ban_hanh",
            "date_issued",
            "issue_date",
            "promulgation_date",
        ],
    ),
    (
        "in_force",
        &[
            "effective",
            "ngay_hieu_luc",
            "ngay_co_hieu_luc",
            "effective_date",
            "date_effective",
        ],
    ),
    ("expires", &["expired", "ngay_het_hieu_luc", "expiry_date"]),
    ("status", &["status", "tinh_trang", "tinh_trang_hieu_luc"]),
    ("field", &["field", "linh_vuc", "category"]),
];

/// Reads one JSON document: an act, or an array of acts.
pub(crate) fn read(name: &str, text: &str) -> Reading {
    if text.trim_start().starts_with('[') {
        return match serde_json::from_str::<Vec<Value>>(text) {
            Ok(values) if values.is_empty() => one(name, Outcome::Refused(no_text())),
            Ok(values) => Reading {
                items: values
                    .into_iter()
                    .enumerate()
                    .map(|(place, value)| Item {
                        name: format!("{name}:{}", place + 1),
                        outcome: act_of(name, value),
                    })
                    .collect(),
            },
            Err(error) => one(name, Outcome::Refused(broken(&error))),
        };
    }
    let outcome = match serde_json::from_str::<Value>(text) {
        Ok(value) => act_of(name, value),
        Err(error) => Outcome::Refused(broken(&error)),
    };
    one(name, outcome)
}

/// Reads JSON lines. Only line feeds end a line: U+2028 stands inside strings.
/// Lines that only describe files beside them are no acts and give no item.
pub(crate) fn lines(name: &str, text: &str) -> Reading {
    let full = text
        .split('\n')
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    let items = full.filter_map(|(place, line)| {
        let label = format!("{name}:{}", place + 1);
        let outcome = match serde_json::from_str::<Value>(line) {
            Ok(value) if described(&value).is_some() => return None,
            Ok(value) => act_of(&label, value),
            Err(error) => Outcome::Refused(broken(&error)),
        };
        Some(Item { name: label, outcome })
    });
    Reading {
        items: items.collect(),
    }
}

/// The file that a value describes, where it holds no text itself.
fn described(value: &Value) -> Option<&str> {
    let texts = ["raw_text", "text", "content", "full_text", "html", "raw_html"];
    let bare = texts.iter().all(|key| value.get(key).is_none());
    value.get("file").and_then(Value::as_str).filter(|_| bare)
}

/// What a list beside the files (`docs.jsonl`) says of each: name of the file and claims.
pub(crate) fn descriptions(text: &str) -> Vec<(String, Vec<Claim>)> {
    let values = text
        .split('\n')
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    values
        .filter_map(|value| {
            let file = described(&value)?.to_owned();
            let source = value
                .get("url")
                .and_then(Value::as_str)
                .unwrap_or(&file)
                .to_owned();
            let seen = value
                .get("updated")
                .and_then(Value::as_str)
                .and_then(viet::parse_date);
            let packed: Packed = serde_json::from_value(value).ok()?;
            let mut claims = claims(&packed, &source);
            claims.iter_mut().for_each(|claim| claim.seen = seen);
            Some((file, claims))
        })
        .collect()
}

fn one(name: &str, outcome: Outcome) -> Reading {
    Reading {
        items: vec![Item {
            name: name.to_owned(),
            outcome,
        }],
    }
}

fn broken(error: &serde_json::Error) -> Refusal {
    Refusal::new(
        "json",
        format!(
            "JSON không hợp lệ ở dòng {}, cột {}.",
            error.line(),
            error.column()
        ),
    )
}

fn act_of(name: &str, value: Value) -> Outcome {
    let packed: Packed = match serde_json::from_value(value) {
        Ok(packed) => packed,
        Err(_) => return Outcome::Refused(no_text()),
    };
    let mut claims = claims(&packed, name);
    let body = packed
        .raw_text
        .or(packed.html)
        .or_else(|| (!packed.chapters.is_empty()).then(|| typed(&packed.chapters)))
        .filter(|text| !text.trim().is_empty());
    if !packed.chapters.is_empty()
        && let Some(number) = packed.other.get("id").and_then(Value::as_str)
    {
        // Such a page is named by the number of its act.
        claims.push(Claim {
            field: "number".into(),
            value: number.into(),
            source: name.into(),
            seen: None,
        });
    }
    let Some(text) = body else {
        return Outcome::Refused(no_text());
    };
    if sniff::shape("", &text) == sniff::Shape::Html {
        return with_claims(from_html(name, &text), claims);
    }
    let page_title = claims
        .iter()
        .find(|claim| claim.field == "title")
        .map(|claim| claim.value.clone());
    let draft = plain::draft(&text);
    with_claims(from_draft(Draft { page_title, ..draft }), claims)
}

fn no_text() -> Refusal {
    Refusal::new(
        "json-shape",
        "JSON không có trường raw_text chứa toàn văn, cũng không có chapters chứa các điều.",
    )
}

fn with_claims(mut outcome: Outcome, claims: Vec<Claim>) -> Outcome {
    if let Outcome::Act(act) | Outcome::MetadataOnly(act) = &mut outcome {
        legal::metadata::supplement(&mut act.metadata, claims);
    }
    outcome
}

fn claims(packed: &Packed, source: &str) -> Vec<Claim> {
    let text = |name: &&str| {
        let value = packed.metadata.get(*name).or_else(|| packed.other.get(*name))?;
        match value {
            Value::String(text) => Some(text.trim().to_owned()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
        .filter(|text| !text.is_empty() && text.len() < 2_000)
    };
    FIELDS
        .iter()
        .filter_map(|(field, names)| {
            let value = names.iter().find_map(text)?;
            Some(Claim {
                field: (*field).to_owned(),
                value,
                source: source.to_owned(),
                seen: None,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_of_articles_are_an_act_without_the_banners_of_the_page() {
        let text = r#"{"id": "25/2008/QH12", "chapters": [{"title": "CHƯƠNG I", "subtitle": "QUY ĐỊNH CHUNG", "articles": [
            {"number": "Điều 1", "heading": "Phạm vi", "body": "Điều khoản được sửa đổi, bổ sung\n1. Một.\n2. Hai."},
            {"number": "Điều 2", "heading": "Đối tượng", "body": "Mọi người."}]}]}"#;
        let reading = read("base.json", text);
        let Some(Outcome::Act(act)) = reading.items.first().map(|item| &item.outcome) else {
            panic!("{reading:?}");
        };
        assert_eq!(act.metadata.number.as_deref(), Some("25/2008/QH12"));
        let ids: Vec<&str> = act.provisions.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(
            ids,
            ["chp_1", "art_1", "art_1__clause_1", "art_1__clause_2", "art_2"]
        );
        assert!(!legal::inspect::full_text(act, 1).contains("Điều khoản"));
    }
}
