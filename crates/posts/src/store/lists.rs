use db::{Insert, Result, Row, Source, Tx, Value, changes, sql};
use jiff::civil::Date;

use crate::lists;
use crate::model::{Kind, Topic, TopicGroup};

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

const TOPIC_COLUMNS: [&str; 7] = [
    "code",
    "label",
    "label_en",
    "valid_from",
    "valid_until",
    "ord",
    "parent",
];

/// First day of the groups with which a portal begins.
const ALWAYS: Date = jiff::civil::date(2000, 1, 1);

/// Every topic group that ever was, with its time and place, in order.
///
/// # Errors
/// What the engine says.
pub async fn topic_groups<'a>(on: impl Into<Source<'a>>) -> Result<Vec<TopicGroup>> {
    let rows = sql(
        "SELECT code, label, label_en, valid_from, valid_until, ord, parent FROM topic_groups ORDER BY ord, code",
    );
    let rows = rows.all(on).await?;
    if rows.is_empty() {
        return Ok((1..)
            .zip(lists::topics())
            .map(|(place, topic)| beginning(place, topic))
            .collect());
    }
    let group = |row: &Row| {
        Ok(TopicGroup {
            topic: topic(row)?,
            from: row.date("valid_from")?.unwrap_or(ALWAYS),
            until: row.date("valid_until")?,
            order: row.get("ord")?,
            parent: row.get("parent")?,
        })
    };
    rows.iter().map(group).collect()
}

fn beginning(place: i64, topic: Topic) -> TopicGroup {
    TopicGroup {
        topic,
        from: ALWAYS,
        until: None,
        order: place * 10,
        parent: None,
    }
}

/// Adds a topic group or changes the one of its code. The first change writes down those with which
/// the portal began.
///
/// # Errors
/// What the engine says.
pub async fn topic_put(tx: &mut Tx, group: &TopicGroup) -> Result<()> {
    let mut all = topic_groups(&mut *tx).await?;
    match all.iter_mut().find(|known| known.topic.code == group.topic.code) {
        Some(known) => known.clone_from(group),
        None => all.push(group.clone()),
    }
    sql("DELETE FROM topic_groups").run(&mut *tx).await?;
    let mut insert = Insert::into("topic_groups", &TOPIC_COLUMNS);
    for one in &all {
        insert.row([
            Value::from(&one.topic.code),
            Value::from(&one.topic.label),
            Value::from(&one.topic.label_en),
            one.from.into(),
            one.until.into(),
            one.order.into(),
            one.parent.clone().into(),
        ]);
    }
    insert.run(&mut *tx).await?;
    changes::append(tx, "topic", &group.topic.code).await
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
