use db::{Result, Row, Source, sql};
use jiff::civil::Date;

use crate::lists;
use crate::model::{Kind, Topic};

/// Every kind, in order.
///
/// # Errors
/// What the engine says.
pub async fn kinds<'a>(on: impl Into<Source<'a>>) -> Result<Vec<Kind>> {
    let rows = sql("SELECT code, label, label_en, offered FROM post_kinds ORDER BY ord, code");
    let kind = |row: &Row| {
        Ok(Kind {
            code: row.get("code")?,
            label: row.get("label")?,
            label_en: row.get("label_en")?,
            offered: row.get("offered")?,
        })
    };
    let found: Vec<Kind> = rows.all(on).await?.iter().map(kind).collect::<Result<_>>()?;
    Ok(if found.is_empty() { lists::kinds() } else { found })
}

fn topic(row: &Row) -> Result<Topic> {
    Ok(Topic {
        code: row.get("code")?,
        label: row.get("label")?,
        label_en: row.get("label_en")?,
    })
}

/// Every topic group that ever was, in order.
///
/// # Errors
/// What the engine says.
pub async fn topics<'a>(on: impl Into<Source<'a>>) -> Result<Vec<Topic>> {
    let rows = sql("SELECT code, label, label_en FROM topic_groups ORDER BY ord, code");
    let found: Vec<Topic> = rows.all(on).await?.iter().map(topic).collect::<Result<_>>()?;
    Ok(if found.is_empty() { lists::topics() } else { found })
}

/// The topic groups of a day.
///
/// # Errors
/// What the engine says.
pub async fn topics_on<'a>(on: impl Into<Source<'a>>, day: Date) -> Result<Vec<Topic>> {
    let rows = sql("SELECT code, label, label_en, \
         CASE WHEN valid_from <= $1 AND (valid_until IS NULL OR valid_until > $2) THEN TRUE ELSE FALSE END AS holds \
         FROM topic_groups ORDER BY ord, code");
    let rows = rows.bind(day).bind(day).all(on).await?;
    if rows.is_empty() {
        return Ok(lists::topics());
    }
    let mut found = Vec::new();
    for row in &rows {
        if row.get::<bool>("holds")? {
            found.push(topic(row)?);
        }
    }
    Ok(found)
}

/// The hosts to which posts may link, with everything below them.
///
/// # Errors
/// What the engine says.
pub async fn hosts<'a>(on: impl Into<Source<'a>>) -> Result<Vec<String>> {
    let rows = sql("SELECT host FROM link_hosts ORDER BY host").all(on).await?;
    let found: Vec<String> = rows.iter().map(|row| row.get("host")).collect::<Result<_>>()?;
    Ok(if found.is_empty() { lists::hosts() } else { found })
}
