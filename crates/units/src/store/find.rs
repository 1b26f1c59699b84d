//! Search by name, with and without marks, old names too.

use db::{Db, Result, Row, Sql, sql};
use jiff::civil::Date;

use super::rows;
use crate::model::{State, UnitId};
use crate::names::{folded, has_marks, marked};
use crate::span::Span;

/// A unit found under one of its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its number.
    pub id: UnitId,
    /// Its address.
    pub slug: String,
    /// What it was while it had the name.
    pub state: State,
    /// While it had the name.
    pub during: Span,
    /// Name of the unit above it then.
    pub parent: Option<String>,
}

/// Units whose name holds the words, best first: whole name, name without kind, beginning; existing
/// on `day` before others; higher before lower. Typed with marks it means the marks, unless nothing
/// has them. Gives one page and the number of all.
///
/// # Errors
/// What the engine says.
pub async fn unit_search(
    db: &Db,
    words: &str,
    day: Date,
    limit: u32,
    offset: u32,
) -> Result<(Vec<Found>, u64)> {
    let plain = folded(words);
    if plain.is_empty() {
        return Ok((Vec::new(), 0));
    }
    let exact = has_marks(words).then(|| marked(words));
    if let Some(exact) = exact {
        let found = page(db, Sought::new("s.marked", &exact), day, limit, offset).await?;
        if found.1 > 0 {
            return Ok(found);
        }
    }
    page(db, Sought::new("s.folded", &plain), day, limit, offset).await
}

/// Words in one of the two columns; `%`, `_` and `\` in them stand for themselves.
struct Sought {
    column: &'static str,
    words: String,
    pattern: String,
}

impl Sought {
    fn new(column: &'static str, words: &str) -> Self {
        let pattern = words
            .replace('\\', "\\\\")
            .replace('%', "\\%")
            .replace('_', "\\_");
        Self {
            column,
            words: words.to_owned(),
            pattern,
        }
    }

    fn like(&self, statement: Sql, before: &str, after: &str) -> Sql {
        let pattern = format!("{before}{}{after}", self.pattern);
        statement
            .push(self.column)
            .push(" LIKE ")
            .push_bind(pattern)
            .push(" ESCAPE '\\'")
    }
}

async fn page(db: &Db, sought: Sought, day: Date, limit: u32, offset: u32) -> Result<(Vec<Found>, u64)> {
    let count = sought.like(sql("SELECT count(*) AS n FROM unit_states s WHERE "), "%", "%");
    let total = u64::try_from(count.one(db).await?.get::<i64>("n")?).unwrap_or_default();
    if total <= u64::from(offset) {
        return Ok((Vec::new(), total));
    }
    let start = format!(
        "SELECT u.slug, p.full_name AS parent_name, {} FROM unit_states s \
         JOIN units u ON u.id = s.unit_id LEFT JOIN unit_kinds k ON k.code = s.kind \
         LEFT JOIN unit_states p ON p.unit_id = s.parent_id \
         AND (p.valid_from IS NULL OR (s.valid_from IS NOT NULL AND p.valid_from <= s.valid_from)) \
         AND (p.valid_until IS NULL OR p.valid_until > coalesce(s.valid_from, '')) WHERE ",
        rows::STATE
    );
    let statement = sought.like(sql(start), "%", "%").push(" ORDER BY CASE WHEN ");
    let statement = statement
        .push(sought.column)
        .push(" = ")
        .push_bind(sought.words.clone())
        .push(" THEN 0 WHEN ");
    let statement = sought.like(statement, "% ", "").push(" THEN 1 WHEN ");
    let statement = sought.like(statement, "", "%").push(" THEN 2 WHEN ");
    let statement = sought.like(statement, "% ", "%").push(" THEN 3 ELSE 4 END, ");
    let statement = statement.push("CASE WHEN");
    let statement = super::read::on_day(statement, day).push(" THEN 0 ELSE 1 END, k.level, u.slug, s.ord");
    let statement = statement
        .push(" LIMIT ")
        .push_bind(limit)
        .push(" OFFSET ")
        .push_bind(offset);
    let rows = statement.all(db).await?;
    Ok((rows.iter().map(found).collect::<Result<_>>()?, total))
}

fn found(row: &Row) -> Result<Found> {
    let during = Span::new(row.date("valid_from")?, row.date("valid_until")?);
    Ok(Found {
        id: UnitId::of(row.get("unit_id")?),
        slug: row.get("slug")?,
        state: rows::state(row)?,
        during: during.unwrap_or(Span::ALWAYS),
        parent: row.get("parent_name")?,
    })
}
