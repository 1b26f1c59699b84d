//! Words that acts define.

use db::{Db, Result, Row, Sql, sql};
use legal::definitions::DefinitionKind;

use crate::model::{Act, ActId};
use crate::store::rows;

/// Most terms of one letter or search that are looked through.
const MOST: i64 = 20_000;
/// Short forms belong to their act alone; the glossary leaves them out.
const NOT_SHORT: &str = "d.kind <> 'short'";

/// A defined word of an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defined {
    /// The word as printed.
    pub term: String,
    /// How it is defined.
    pub kind: DefinitionKind,
    /// What it means.
    pub body: String,
    /// Id of the provision or part in which it holds.
    pub scope: String,
    /// Id of the provision or part that defines it.
    pub place: String,
}

/// The words that an act defines, in document order.
///
/// # Errors
/// What the engine says.
pub async fn definitions(db: &Db, act: ActId) -> Result<Vec<Defined>> {
    let query = sql("SELECT term, kind, body, scope, place FROM definitions WHERE act_id = $1 ORDER BY ord");
    query.bind(act.0).all(db).await?.iter().map(defined).collect()
}

fn defined(row: &Row) -> Result<Defined> {
    let kind: String = row.get("kind")?;
    Ok(Defined {
        term: row.get("term")?,
        kind: serde_json::from_value(serde_json::Value::String(kind))?,
        body: row.get("body")?,
        scope: row.get("scope")?,
        place: row.get("place")?,
    })
}

/// A word of the glossary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// In lower case: what `meanings` asks for.
    pub key: String,
    /// As one act prints it.
    pub term: String,
    /// How many definitions it has.
    pub count: u64,
}

/// Letters of the glossary with the number of words under each, in no order.
///
/// # Errors
/// What the engine says.
pub async fn glossary_letters(db: &Db) -> Result<Vec<(String, u64)>> {
    let query = sql("SELECT d.letter, count(DISTINCT d.term_key) AS n FROM definitions d WHERE ")
        .push(NOT_SHORT)
        .push(" GROUP BY d.letter");
    let one = |row: &Row| {
        Ok((
            row.get("letter")?,
            u64::try_from(row.get::<i64>("n")?).unwrap_or_default(),
        ))
    };
    query.all(db).await?.iter().map(one).collect()
}

/// The words under a letter, or those that hold `sought` (with or without marks) where it is not
/// empty, in the order of the Vietnamese alphabet.
///
/// # Errors
/// What the engine says.
pub async fn glossary_terms(db: &Db, letter: &str, sought: &str) -> Result<Vec<Term>> {
    let start = sql("SELECT d.term_key, min(d.term) AS term, count(*) AS n FROM definitions d WHERE ")
        .push(NOT_SHORT)
        .push(" AND ");
    let query = if sought.is_empty() {
        start.push("d.letter = ").push_bind(letter)
    } else {
        holding(start, sought)
    };
    let query = query.push(" GROUP BY d.term_key LIMIT ").push_bind(MOST);
    let one = |row: &Row| {
        Ok(Term {
            key: row.get("term_key")?,
            term: row.get("term")?,
            count: u64::try_from(row.get::<i64>("n")?).unwrap_or_default(),
        })
    };
    let mut terms = query.all(db).await?.iter().map(one).collect::<Result<Vec<_>>>()?;
    terms.sort_by(|a, b| viet::compare(&a.key, &b.key));
    Ok(terms)
}

/// Words typed with marks are sought with marks.
fn holding(query: Sql, sought: &str) -> Sql {
    let lower = sought.to_lowercase();
    let folded = viet::fold(sought);
    let (column, words) = if folded == lower {
        ("d.folded", folded)
    } else {
        ("d.term_key", lower)
    };
    let escaped = words
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    query
        .push(column)
        .push(" LIKE ")
        .push_bind(format!("%{escaped}%"))
        .push(" ESCAPE '\\'")
}

/// The definitions of several words with their acts, latest act first.
///
/// # Errors
/// What the engine says.
pub async fn meanings(db: &Db, keys: &[String]) -> Result<Vec<(String, Defined, Act)>> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let start = format!(
        "SELECT d.term_key, d.term, d.kind AS meaning_kind, d.body, d.scope, d.place AS meaning_place, {} FROM definitions d \
         JOIN acts a ON a.id = d.act_id WHERE {NOT_SHORT} AND d.term_key IN (",
        rows::ACT
    );
    let mut query = sql(start);
    for (at, key) in keys.iter().take(200).enumerate() {
        query = if at == 0 { query } else { query.push(", ") }.push_bind(key);
    }
    let query = query
        .push(") ORDER BY d.term_key, a.issued DESC, a.id, d.ord LIMIT ")
        .push_bind(MOST);
    let one = |row: &Row| Ok((row.get("term_key")?, meaning(row)?, rows::act(row)?));
    query.all(db).await?.iter().map(one).collect()
}

fn meaning(row: &Row) -> Result<Defined> {
    let kind: String = row.get("meaning_kind")?;
    Ok(Defined {
        term: row.get("term")?,
        kind: serde_json::from_value(serde_json::Value::String(kind))?,
        body: row.get("body")?,
        scope: row.get("scope")?,
        place: row.get("meaning_place")?,
    })
}
