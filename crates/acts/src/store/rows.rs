//! Rows of tables ↔ shapes of the model.

use db::{DbError, Result, Row};
use legal::model::{ActKind, Block, Footnote, Language, Mark, Part, PartKind, Provision, ProvisionKind};
use serde::{Deserialize, Serialize};

use crate::model::{Act, ActId, Original};

/// Columns of `acts` in the order of the model; prefixed by `a.` so that joins may use them.
pub(super) const ACT: &str = "a.id, a.slug, a.kind, a.number, a.title, a.issuers, a.signers, a.place, a.issued, \
     coalesce(a.begins, a.in_force) AS in_force, CASE WHEN a.begins IS NOT NULL THEN a.in_force END AS planned, \
     a.in_force_claimed, a.expires, a.ended, a.ends, a.partly, a.halts, a.claimed_status, a.field, a.has_text, a.has_english, \
     a.translation_only, a.confidence, a.created, a.updated";

pub(super) fn act(row: &Row) -> Result<Act> {
    let kind: String = row.get("kind")?;
    Ok(Act {
        id: ActId(row.get("id")?),
        slug: row.get("slug")?,
        kind: ActKind::from_slug(&kind).unwrap_or(ActKind::Khac),
        number: row.get("number")?,
        title: row.get("title")?,
        issuers: row.json("issuers")?,
        signers: row.json("signers")?,
        place: row.get("place")?,
        issued: row.date("issued")?,
        in_force: row.date("in_force")?,
        planned: row.date("planned")?,
        in_force_claimed: row.get("in_force_claimed")?,
        expires: row.date("expires")?,
        ended: row.date("ended")?,
        ends: row.date("ends")?,
        partly: row.date("partly")?,
        halts: match row.get::<Option<String>>("halts")? {
            Some(halts) => serde_json::from_str(&halts)?,
            None => Vec::new(),
        },
        claimed_status: row.get("claimed_status")?,
        field: row.get("field")?,
        has_text: row.get("has_text")?,
        has_english: row.get("has_english")?,
        translation_only: row.get("translation_only")?,
        confidence: row.get("confidence")?,
        created: row.get("created")?,
        updated: row.get("updated")?,
    })
}

pub(super) fn language_code(language: Language) -> &'static str {
    match language {
        Language::Vi => "vi",
        Language::En => "en",
    }
}

pub(super) fn language(code: &str) -> Language {
    if code == "en" { Language::En } else { Language::Vi }
}

pub(super) fn original(row: &Row) -> Result<Original> {
    let code: String = row.get("language")?;
    Ok(Original {
        sha256: row.get("sha256")?,
        item: row.get("item")?,
        language: language(&code),
        format: row.get("format")?,
        file_name: row.get("file_name")?,
        media_type: row.get("media_type")?,
        size: row.get("size")?,
        source: row.get("source")?,
        received: row.get("received")?,
        parser: row.get("parser")?,
        has_text: row.get("has_text")?,
        stands: row.get("stands")?,
        confidence: row.get("confidence")?,
        mendings: row.json("mendings")?,
        warnings: row.json("warnings")?,
    })
}

/// What a part holds besides its heading, as one JSON value.
#[derive(Serialize, Deserialize)]
struct PartContent {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    head: Vec<Block>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    opening: Vec<Block>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    closing: Vec<Block>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    notes: Vec<Footnote>,
}

/// What a provision holds besides its number and heading, as one JSON value.
#[derive(Serialize, Deserialize)]
struct ProvisionContent {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    blocks: Vec<Block>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    notes: Vec<Footnote>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    heading_marks: Vec<Mark>,
}

/// The word of a unit variant, as serde writes it ("article").
pub(super) fn word<T: Serialize>(value: &T) -> Result<String> {
    match serde_json::to_value(value)? {
        serde_json::Value::String(word) => Ok(word),
        other => Err(DbError::Shape(other.to_string())),
    }
}

pub(super) fn variant<T: serde::de::DeserializeOwned>(word: String) -> Result<T> {
    Ok(serde_json::from_value(serde_json::Value::String(word))?)
}

pub(super) fn part_content(part: &Part) -> Result<String> {
    Ok(serde_json::to_string(&PartContent {
        head: part.head.clone(),
        opening: part.opening.clone(),
        closing: part.closing.clone(),
        notes: part.notes.clone(),
    })?)
}

pub(super) fn part(row: &Row) -> Result<Part> {
    let content: PartContent = row.json("content")?;
    let kind: PartKind = variant(row.get("kind")?)?;
    Ok(Part {
        id: row.get("part")?,
        kind,
        number: row.get("number")?,
        title: row.get("title")?,
        head: content.head,
        opening: content.opening,
        closing: content.closing,
        notes: content.notes,
    })
}

pub(super) fn provision_content(provision: &Provision) -> Result<String> {
    Ok(serde_json::to_string(&ProvisionContent {
        blocks: provision.blocks.clone(),
        notes: provision.notes.clone(),
        heading_marks: provision.heading_marks.clone(),
    })?)
}

pub(super) fn provision(row: &Row) -> Result<Provision> {
    let content: ProvisionContent = row.json("content")?;
    let kind: ProvisionKind = variant(row.get("kind")?)?;
    Ok(Provision {
        id: row.get("provision")?,
        part: row.get("part")?,
        kind,
        number: row.get("number")?,
        heading: row.get("heading")?,
        parent: row.get("parent")?,
        blocks: content.blocks,
        notes: content.notes,
        heading_marks: content.heading_marks,
    })
}
