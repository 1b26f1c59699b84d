//! Lists of acts, what they can be narrowed to, and the stream of changes.

use db::{Db, Result, Row, Sql, sql};
use jiff::civil::Date;
use legal::model::ActKind;

use super::rows;
use crate::model::{Act, ChangeToken, Facet, Facets, ListPage, ListQuery, Order, Totals};

/// Pages beyond this many rows are refused an answer: nobody reads that far, crawlers have the sitemap.
const DEEPEST_ROW: u64 = 100_000;
const MOST_FACETS: i64 = 60;

/// One page of a list with its total.
///
/// # Errors
/// What the engine says.
pub async fn act_list(db: &Db, query: &ListQuery) -> Result<ListPage> {
    let per_page = query.per_page.clamp(1, 200);
    let page = query.page.max(1);
    let total = count(&narrowed("SELECT count(*) AS n FROM acts a WHERE ", query), db).await?;
    let offset = u64::from(page - 1) * u64::from(per_page);
    let acts = if offset >= total.min(DEEPEST_ROW) {
        Vec::new()
    } else {
        let offset = i64::try_from(offset).unwrap_or(i64::MAX);
        let start = format!("SELECT {} FROM acts a WHERE ", rows::ACT);
        let statement = narrowed(&start, query)
            .push(order(query.order))
            .push(" LIMIT ")
            .push_bind(per_page)
            .push(" OFFSET ")
            .push_bind(offset);
        statement
            .all(db)
            .await?
            .iter()
            .map(rows::act)
            .collect::<Result<_>>()?
    };
    let pages = u32::try_from(total.div_ceil(u64::from(per_page)).max(1)).unwrap_or(u32::MAX);
    Ok(ListPage {
        acts,
        total,
        page,
        pages,
    })
}

fn order(order: Order) -> &'static str {
    match order {
        Order::Issued => " ORDER BY a.issued IS NULL, a.issued DESC, a.id DESC",
        Order::ComingIntoForce => " ORDER BY coalesce(a.begins, a.in_force), a.id",
        Order::Expiring => " ORDER BY a.ends, a.id",
        Order::Updated => " ORDER BY a.updated DESC, a.id DESC",
    }
}

/// Appends the conditions of a list. Each is text of ours; values are bound.
fn narrowed(start: &str, query: &ListQuery) -> Sql {
    let mut statement = sql(start.to_owned()).push("1 = 1");
    if let Some(kind) = query.kind {
        statement = statement.push(" AND a.kind = ").push_bind(kind.slug());
    }
    if let Some(issuer) = &query.issuer {
        statement = statement
            .push(" AND EXISTS (SELECT 1 FROM act_issuers i WHERE i.act_id = a.id AND i.slug = ")
            .push_bind(issuer)
            .push(")");
    }
    if let Some(field) = &query.field {
        statement = statement.push(" AND a.field_slug = ").push_bind(field);
    }
    if let Some(year) = query.year {
        statement = statement
            .push(" AND a.issued >= ")
            .push_bind(format!("{year:04}-01-01"))
            .push(" AND a.issued <= ")
            .push_bind(format!("{year:04}-12-31"));
    }
    statement = in_order(in_state(statement, query), query);
    statement
}

fn in_order(statement: Sql, query: &ListQuery) -> Sql {
    match query.order {
        Order::ComingIntoForce => statement
            .push(" AND coalesce(a.begins, a.in_force) > ")
            .push_bind(query.on),
        Order::Expiring => statement.push(" AND a.ends > ").push_bind(query.on),
        Order::Issued | Order::Updated => statement,
    }
}

/// What a source's words say, as `legal::validity::claimed_status` reads them.
const CLAIMED: &str = "CASE WHEN a.claimed_status LIKE '%gưng hiệu lực%một phần%' THEN 'ngung-mot-phan' \
     WHEN a.claimed_status LIKE '%gưng hiệu lực%' THEN 'ngung-hieu-luc' WHEN a.claimed_status LIKE '%một phần%' THEN 'het-mot-phan' \
     WHEN a.claimed_status LIKE '%ết hiệu lực%' THEN 'het-hieu-luc' \
     WHEN a.claimed_status LIKE '%hưa có hiệu lực%' THEN 'chua-co-hieu-luc' \
     WHEN a.claimed_status LIKE '%òn hiệu lực%' THEN 'con-hieu-luc' ELSE 'chua-ro' END";

/// The rule of [`Act::status_on`](crate::model::Act::status_on) in SQL; a test holds the two together.
fn in_state(statement: Sql, query: &ListQuery) -> Sql {
    let Some(status) = query.status else {
        return statement;
    };
    let statement = statement
        .push(" AND CASE WHEN a.ends <= ")
        .push_bind(query.on)
        .push(" THEN 'het-hieu-luc' WHEN coalesce(a.begins, a.in_force) IS NULL AND ")
        .push(CLAIMED)
        .push(" <> 'con-hieu-luc' THEN ")
        .push(CLAIMED)
        .push(" WHEN coalesce(a.begins, a.in_force) > ")
        .push_bind(query.on)
        .push(" THEN 'chua-co-hieu-luc' WHEN ")
        .push(CLAIMED)
        .push(" IN ('het-hieu-luc', 'ngung-hieu-luc') THEN ")
        .push(CLAIMED);
    let statement = halted(statement, "c.provision = ''", query.on).push(" THEN 'ngung-hieu-luc'");
    halted(statement, "c.provision <> ''", query.on)
        .push(" THEN 'ngung-mot-phan' WHEN ")
        .push(CLAIMED)
        .push(" IN ('het-mot-phan', 'ngung-mot-phan') THEN ")
        .push(CLAIMED)
        .push(" WHEN a.partly <= ")
        .push_bind(query.on)
        .push(" THEN 'het-mot-phan' ELSE 'con-hieu-luc' END = ")
        .push_bind(status.slug())
}

/// One case more: something does not hold for a time.
fn halted(statement: Sql, what: &str, on: Date) -> Sql {
    statement
        .push(
            " WHEN a.halts IS NOT NULL AND EXISTS (SELECT 1 FROM act_changes c WHERE c.act_id = a.id \
             AND c.known_until IS NULL AND c.how = 'suspended' AND ",
        )
        .push(what)
        .push(" AND c.valid_from <= ")
        .push_bind(on)
        .push(
            " AND NOT EXISTS (SELECT 1 FROM act_changes r WHERE r.act_id = c.act_id AND r.by_id = c.by_id \
             AND r.provision = c.provision AND r.known_until IS NULL AND r.how = 'resumed' \
             AND r.valid_from > c.valid_from AND r.valid_from <= ",
        )
        .push_bind(on)
        .push("))")
}

/// A version of an amended act, as news.
#[derive(Clone, Debug, PartialEq)]
pub struct NewVersion {
    /// The act.
    pub act: Act,
    /// First day on which the text holds.
    pub valid_from: Date,
    /// When a text from that day on was first known here, epoch microseconds.
    pub known_first: i64,
    /// Since when it is this text, epoch microseconds.
    pub known_from: i64,
}

/// The versions that became known last and those that began last, not after the day of the query: of
/// each at most `per_page`, of acts narrowed like a list; in no order.
///
/// # Errors
/// What the engine says.
pub async fn versions_new(db: &Db, query: &ListQuery) -> Result<Vec<NewVersion>> {
    let start = format!(
        "SELECT v.valid_from, v.known_from, (SELECT min(w.known_from) FROM act_versions w \
         WHERE w.act_id = v.act_id AND w.valid_from = v.valid_from) AS known_first, {} \
         FROM act_versions v JOIN acts a ON a.id = v.act_id WHERE v.known_until IS NULL AND ",
        rows::ACT
    );
    let known = narrowed(&start, query).push(" ORDER BY v.known_from DESC, v.id DESC LIMIT ");
    let began = narrowed(&start, query)
        .push(" AND v.valid_from <= ")
        .push_bind(query.on)
        .push(" ORDER BY v.valid_from DESC, v.known_from DESC, v.id DESC LIMIT ");
    let mut found: Vec<NewVersion> = Vec::new();
    for statement in [known, began] {
        for row in &statement.push_bind(query.per_page).all(db).await? {
            let one = NewVersion {
                act: rows::act(row)?,
                valid_from: row.date("valid_from")?.unwrap_or_default(),
                known_first: row.get("known_first")?,
                known_from: row.get("known_from")?,
            };
            if !found.contains(&one) {
                found.push(one);
            }
        }
    }
    Ok(found)
}

async fn count(statement: &Sql, db: &Db) -> Result<u64> {
    let count: i64 = statement.clone().one(db).await?.get("n")?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// What all acts can be narrowed to, with counts.
///
/// # Errors
/// What the engine says.
pub async fn facets(db: &Db) -> Result<Facets> {
    let by_kind = "SELECT kind AS slug, kind AS label, count(*) AS n FROM acts GROUP BY kind LIMIT $1";
    let by_issuer = "SELECT slug, min(name) AS label, count(*) AS n FROM act_issuers \
         GROUP BY slug ORDER BY n DESC, slug LIMIT $1";
    let by_field = "SELECT field_slug AS slug, min(field) AS label, count(*) AS n FROM acts \
         WHERE field_slug IS NOT NULL GROUP BY field_slug ORDER BY n DESC, slug LIMIT $1";
    let by_year = "SELECT substr(issued, 1, 4) AS slug, substr(issued, 1, 4) AS label, count(*) AS n \
         FROM acts WHERE issued IS NOT NULL GROUP BY substr(issued, 1, 4) ORDER BY slug DESC LIMIT $1";
    let mut kinds = facet(db, by_kind).await?;
    for kind in &mut kinds {
        kind.label = ActKind::from_slug(&kind.slug)
            .unwrap_or(ActKind::Khac)
            .label()
            .to_owned();
    }
    kinds.sort_by_key(|kind| ActKind::from_slug(&kind.slug));
    Ok(Facets {
        kinds,
        issuers: facet(db, by_issuer).await?,
        fields: facet(db, by_field).await?,
        years: facet(db, by_year).await?,
    })
}

async fn facet(db: &Db, text: &'static str) -> Result<Vec<Facet>> {
    let one = |row: &Row| {
        let count: i64 = row.get("n")?;
        Ok(Facet {
            slug: row.get("slug")?,
            label: row.get("label")?,
            count: u64::try_from(count).unwrap_or_default(),
        })
    };
    sql(text)
        .bind(MOST_FACETS)
        .all(db)
        .await?
        .iter()
        .map(one)
        .collect()
}

/// Counts of everything.
///
/// # Errors
/// What the engine says.
pub async fn acts_total(db: &Db) -> Result<Totals> {
    let acts = sql(
        "SELECT count(*) AS acts, count(CASE WHEN has_text THEN 1 END) AS with_text, \
         coalesce(max(updated), 0) AS updated FROM acts",
    )
    .one(db)
    .await?;
    let articles = sql(
        "SELECT CAST(coalesce(sum(o.articles), 0) AS BIGINT) AS n FROM expressions e \
         JOIN originals o ON o.id = e.original_id WHERE e.known_until IS NULL AND e.language = 'vi'",
    )
    .one(db)
    .await?;
    let number =
        |row: &Row, column| -> Result<u64> { Ok(u64::try_from(row.get::<i64>(column)?).unwrap_or_default()) };
    Ok(Totals {
        acts: number(&acts, "acts")?,
        with_text: number(&acts, "with_text")?,
        articles: number(&articles, "n")?,
        updated: acts.get("updated")?,
    })
}

/// Acts changed from `from` (inclusive) until `until` (exclusive, epoch microseconds), oldest
/// change first, after the place `after`; at most `limit`. For harvesting and the sitemap.
///
/// # Errors
/// What the engine says.
pub async fn acts_changed(
    db: &Db,
    from: i64,
    until: i64,
    after: ChangeToken,
    limit: u32,
) -> Result<Vec<Act>> {
    let start = format!("SELECT {} FROM acts a WHERE ", rows::ACT);
    sql(start)
        .push("a.updated >= $1 AND a.updated < $2 AND (a.updated > $3 OR (a.updated = $3 AND a.id > $4)) ")
        .push("ORDER BY a.updated, a.id LIMIT $5")
        .bind(from)
        .bind(until)
        .bind(after.updated)
        .bind(after.id)
        .bind(limit)
        .all(db)
        .await?
        .iter()
        .map(rows::act)
        .collect()
}

/// The acts changed last, newest first: for feeds and the home page.
///
/// # Errors
/// What the engine says.
pub async fn acts_new(db: &Db, limit: u32) -> Result<Vec<Act>> {
    let query = format!(
        "SELECT {} FROM acts a ORDER BY a.updated DESC, a.id DESC LIMIT $1",
        rows::ACT
    );
    sql(query)
        .bind(limit)
        .all(db)
        .await?
        .iter()
        .map(rows::act)
        .collect()
}
