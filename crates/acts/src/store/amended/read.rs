//! Versions and changes of an act, read.

use std::collections::HashMap;

use db::{Db, DbError, Result, Row, Source, sql};
use jiff::civil::Date;
use legal::amend::{Instruction, Portion, Reason};
use legal::consolidate::Change;
use legal::model::{ActText, Part, Provision};
use serde::{Deserialize, Serialize};

use super::decisions::Ruling;
use crate::model::{Act, ActId};
use crate::store::rows;

/// What is kept of a text: what others can change, and which provisions they changed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Stored {
    /// Parts in order.
    pub parts: Vec<Part>,
    /// Provisions in order.
    pub provisions: Vec<Provision>,
    /// Ids of the provisions whose own words are not those of the text as passed.
    pub changed: Vec<String>,
}

/// The same of a text at hand, to be written.
#[derive(Serialize)]
pub(super) struct Storing<'a> {
    parts: &'a [Part],
    provisions: &'a [Provision],
    changed: Vec<&'a str>,
}

impl<'a> Storing<'a> {
    pub(super) fn of(base: &ActText, text: &'a ActText) -> Self {
        let before: HashMap<&str, &Provision> =
            base.provisions.iter().map(|one| (one.id.as_str(), one)).collect();
        let changed = text.provisions.iter().filter(|one| {
            before.get(one.id.as_str()).is_none_or(|old| {
                old.blocks != one.blocks || old.heading != one.heading || old.notes != one.notes
            })
        });
        Self {
            changed: changed.map(|one| one.id.as_str()).collect(),
            parts: &text.parts,
            provisions: &text.provisions,
        }
    }
}

impl Stored {
    pub(super) fn unpacked(content: &[u8]) -> Result<Self> {
        let broken = |why: std::io::Error| DbError::Shape(format!("act_versions.content: {why}"));
        let json = zstd::decode_all(content).map_err(broken)?;
        Ok(serde_json::from_slice(&json)?)
    }
}

/// The amended text of an act on a day; `None` where nothing has changed the text as passed by then.
pub(in crate::store) async fn stored(
    on_db: impl Into<Source<'_>>,
    act: ActId,
    on: Date,
) -> Result<Option<Stored>> {
    let row = sql(
        "SELECT content FROM act_versions WHERE act_id = $1 AND valid_from <= $2 \
         AND known_until IS NULL ORDER BY valid_from DESC LIMIT 1",
    )
    .bind(act.0)
    .bind(on)
    .optional(on_db)
    .await?;
    row.map(|row| Stored::unpacked(&row.get::<Vec<u8>>("content")?))
        .transpose()
}

/// One version of an amended act, without its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Version {
    /// First day on which the text holds; it ends with the next version.
    pub valid_from: Date,
    /// SHA-256 of the text, in hex.
    pub hash: String,
    /// Since when it is held to be right here, epoch microseconds.
    pub known_from: i64,
}

/// The versions of an act after the text as passed, earliest first; none where no act is known
/// to have amended it.
///
/// # Errors
/// What the engine says.
pub async fn versions(on: impl Into<Source<'_>>, act: ActId) -> Result<Vec<Version>> {
    let query = sql("SELECT valid_from, hash, known_from FROM act_versions \
         WHERE act_id = $1 AND known_until IS NULL ORDER BY valid_from");
    query.bind(act.0).all(on).await?.iter().map(version).collect()
}

fn version(row: &Row) -> Result<Version> {
    Ok(Version {
        valid_from: row.date("valid_from")?.unwrap_or_default(),
        hash: row.get("hash")?,
        known_from: row.get("known_from")?,
    })
}

/// What an instruction came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase", untagged)]
pub enum How {
    /// It was carried out.
    Changed(Change),
    /// It was carried out, and something in it is in doubt.
    #[serde(serialize_with = "doubted")]
    Doubted,
    /// It was not carried out.
    #[serde(serialize_with = "refused")]
    Refused,
}

const DOUBTED: &str = "doubted";
const REFUSED: &str = "refused";

fn doubted<S: serde::Serializer>(to: S) -> std::result::Result<S::Ok, S::Error> {
    to.serialize_str(DOUBTED)
}

fn refused<S: serde::Serializer>(to: S) -> std::result::Result<S::Ok, S::Error> {
    to.serialize_str(REFUSED)
}

impl How {
    pub(super) fn word(self) -> Result<String> {
        match self {
            Self::Changed(change) => rows::word(&change),
            Self::Doubted => Ok(DOUBTED.to_owned()),
            Self::Refused => Ok(REFUSED.to_owned()),
        }
    }

    pub(super) fn from_word(word: String) -> Result<Self> {
        Ok(match word.as_str() {
            DOUBTED => Self::Doubted,
            REFUSED => Self::Refused,
            _ => Self::Changed(rows::variant(word)?),
        })
    }
}

/// What came of one instruction for one provision of an act.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeRow {
    /// Provision of the amended act, as in the text from that day on; empty: the act as a whole.
    pub provision: String,
    /// First day on which it holds, where known.
    pub valid_from: Option<Date>,
    /// What was done.
    pub how: How,
    /// Why it is refused or in doubt.
    pub reason: Option<Reason>,
    /// The amending act.
    pub by: Act,
    /// Number of the instruction in it; `None` for a sentence that was not read.
    pub instruction: Option<i64>,
    /// The provision of the amending act that says so.
    pub place: String,
    /// The sentence.
    pub sentence: String,
    /// SHA-256 of the provision from that day on; empty where nothing was changed.
    pub hash: String,
    /// The day on which an officer decided it.
    pub decided: Option<Date>,
    /// How he decided, where the decision stands.
    pub ruling: Option<Ruling>,
    /// The form or row of the appendix that is meant, where the sentence is about no more.
    pub piece: Option<Portion>,
}

impl ChangeRow {
    /// It is not applied because an officer decided so: nothing of it is open.
    #[must_use]
    pub fn is_turned_down(&self) -> bool {
        self.how == How::Refused && self.reason == Some(Reason::Refused)
    }
}

/// Since which day, and until before which, an act has a provision, by its texts; `None` at the
/// beginning: since it was passed, at the end: still. Empty where it never had it.
///
/// # Errors
/// What the engine says.
pub async fn provision_days(db: &Db, act: ActId, id: &str) -> Result<Vec<(Option<Date>, Option<Date>)>> {
    let passed = base_of_part(db, act, id).await?;
    let mut days: Vec<(Option<Date>, Option<Date>)> = Vec::new();
    let mut open = passed.then_some(None);
    for version in versions(db, act).await? {
        let day = version.valid_from;
        let has = stored(db, act, day).await?.is_some_and(|text| {
            text.provisions.iter().any(|one| one.id == id) || text.parts.iter().any(|one| one.id == id)
        });
        match (open, has) {
            (None, true) => open = Some(Some(day)),
            (Some(from), false) => {
                days.push((from, Some(day)));
                open = None;
            }
            _ => {}
        }
    }
    days.extend(open.map(|from| (from, None)));
    Ok(days)
}

/// Whether the text as imported has a provision or part.
async fn base_of_part(db: &Db, act: ActId, id: &str) -> Result<bool> {
    let query = sql(
        "SELECT 1 AS one FROM provision_versions WHERE act_id = $1 AND provision = $2 \
         AND language = 'vi' AND known_until IS NULL AND valid_until IS NULL \
         UNION ALL SELECT 1 AS one FROM part_versions WHERE act_id = $1 AND part = $2 \
         AND language = 'vi' AND known_until IS NULL AND valid_until IS NULL LIMIT 1",
    );
    Ok(query.bind(act.0).bind(id).optional(db).await?.is_some())
}

/// The instruction behind a change of an appendix, which tells its form or row.
const READ_AS: &str = "LEFT JOIN amendments m ON c.provision LIKE 'app%' AND c.decided IS NULL \
     AND m.act_id = c.by_id AND m.instruction = c.instruction";

/// Everything that acts do to this one, in the order of application.
///
/// # Errors
/// What the engine says.
pub async fn changes_of<'a>(on: impl Into<Source<'a>>, act: ActId) -> Result<Vec<ChangeRow>> {
    let query = sql(format!(
        "SELECT c.provision, c.valid_from, c.how, c.reason, c.instruction, c.place AS said_at, c.sentence, \
         c.hash, c.decided, d.verdict, m.content AS read_as, {} FROM act_changes c JOIN acts a ON a.id = c.by_id \
         JOIN acts t ON t.id = c.act_id {READ_AS} \
         LEFT JOIN amendment_decisions d ON c.decided IS NOT NULL AND d.act = t.slug AND d.by_act = a.slug \
         AND d.seen = c.seen AND d.ended IS NULL WHERE c.act_id = $1 AND c.known_until IS NULL ORDER BY c.ord",
        rows::ACT
    ));
    query.bind(act.0).all(on).await?.iter().map(change).collect()
}

/// Everything that an act does to others, by their addresses, in the order of application: `by` is the act
/// that is changed.
///
/// # Errors
/// What the engine says.
pub async fn changes_by<'a>(on: impl Into<Source<'a>>, act: ActId) -> Result<Vec<ChangeRow>> {
    let query = sql(format!(
        "SELECT c.provision, c.valid_from, c.how, c.reason, c.instruction, c.place AS said_at, c.sentence, \
         c.hash, c.decided, NULL AS verdict, m.content AS read_as, {} FROM act_changes c \
         JOIN acts a ON a.id = c.act_id {READ_AS} \
         WHERE c.by_id = $1 AND c.known_until IS NULL ORDER BY a.slug, c.ord",
        rows::ACT
    ));
    query.bind(act.0).all(on).await?.iter().map(change).collect()
}

fn change(row: &Row) -> Result<ChangeRow> {
    let reason: Option<String> = row.get("reason")?;
    let read_as: Option<String> = row.get("read_as")?;
    let read_as: Option<Instruction> = read_as.map(|json| serde_json::from_str(&json)).transpose()?;
    Ok(ChangeRow {
        provision: row.get("provision")?,
        valid_from: row.date("valid_from")?,
        how: How::from_word(row.get("how")?)?,
        reason: reason.map(rows::variant).transpose()?,
        by: rows::act(row)?,
        instruction: row.get("instruction")?,
        place: row.get("said_at")?,
        sentence: row.get("sentence")?,
        hash: row.get("hash")?,
        decided: row.date("decided")?,
        ruling: row.get::<Option<String>>("verdict")?.as_deref().map(Ruling::of),
        piece: read_as.map(|one| one.target.portion).filter(Portion::is_small),
    })
}

/// An article of an amending act on what happens to matters begun before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Transition {
    /// The amending act.
    pub by: Act,
    /// Id of the article.
    pub provision: String,
    /// "Điều 3. Điều khoản chuyển tiếp".
    pub heading: String,
}

/// The transitional articles of the acts that amend this one.
///
/// # Errors
/// What the engine says.
pub async fn transitions_of(db: &Db, act: ActId) -> Result<Vec<Transition>> {
    let query = sql(format!(
        "SELECT v.provision, v.number AS article, v.heading, {} FROM provision_versions v \
         JOIN acts a ON a.id = v.act_id WHERE v.act_id IN \
         (SELECT by_id FROM act_changes WHERE act_id = $1 AND known_until IS NULL) \
         AND v.language = 'vi' AND v.kind = 'article' AND v.known_until IS NULL \
         AND v.heading LIKE '%huyển tiếp%' ORDER BY v.act_id, v.ord",
        rows::ACT
    ));
    let transition = |row: &Row| {
        let (number, heading): (String, String) = (row.get("article")?, row.get("heading")?);
        Ok(Transition {
            by: rows::act(row)?,
            provision: row.get("provision")?,
            heading: format!("Điều {number}. {heading}"),
        })
    };
    query.bind(act.0).all(db).await?.iter().map(transition).collect()
}
