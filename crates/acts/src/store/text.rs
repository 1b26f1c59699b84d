//! The text of an act at a date, put together from its versions.

use db::{Db, Result, Row, Source, Sql, sql};
use jiff::civil::Date;
use legal::model::{ActText, Language, Metadata, Part, Provision, ProvisionKind};

use super::{read, rows};
use crate::model::{ActId, Neighbour, ProvisionView};

/// A version that we now hold to be right and that holds on a date. The text as first
/// published is also what a reader sees before the day it comes into force.
const STANDING: &str = "v.known_until IS NULL AND (v.origin = 'original' OR v.valid_from IS NULL \
     OR v.valid_from <= $3) AND (v.valid_until IS NULL OR v.valid_until > $3)";

const PROVISION: &str = "v.provision, v.part, v.kind, v.number, v.heading, v.parent, v.content, v.ord";

fn standing(start: String, act: ActId, language: Language, on: Date) -> Sql {
    sql(start)
        .push(" WHERE v.act_id = $1 AND v.language = $2 AND ")
        .push(STANDING)
        .bind(act.0)
        .bind(rows::language_code(language))
        .bind(on)
}

/// The whole text of an act in a language as it stands on a date, with the metadata read from
/// it, the claims about the act and what its reading found; `None` where no such text is kept.
/// Four queries, whatever the length.
///
/// # Errors
/// What the engine says.
pub async fn act_text(db: &Db, act: ActId, language: Language, on: Date) -> Result<Option<ActText>> {
    let Some((metadata, mendings, warnings)) = expression(db, act, language).await? else {
        return Ok(None);
    };
    let claims = read::claims(db, act)
        .await?
        .into_iter()
        .map(|kept| kept.claim)
        .collect();
    Ok(Some(ActText {
        language,
        metadata: Metadata { claims, ..metadata },
        parts: parts(db, act, language, on).await?,
        provisions: provisions(db, act, language, on).await?,
        warnings,
        mendings,
    }))
}

type Read = (Metadata, Vec<legal::model::Mending>, Vec<legal::model::Finding>);

async fn expression(db: &Db, act: ActId, language: Language) -> Result<Option<Read>> {
    let row = sql("SELECT e.metadata, o.mendings, o.warnings FROM expressions e \
         JOIN originals o ON o.id = e.original_id \
         WHERE e.act_id = $1 AND e.language = $2 AND e.known_until IS NULL")
    .bind(act.0)
    .bind(rows::language_code(language))
    .optional(db)
    .await?;
    let read = |row: Row| {
        Ok((
            row.json("metadata")?,
            row.json("mendings")?,
            row.json("warnings")?,
        ))
    };
    row.map(read).transpose()
}

/// The parts of a text (opening, closing, appendices) as they stand on a date.
///
/// # Errors
/// What the engine says.
pub async fn act_parts(db: &Db, act: ActId, language: Language, on: Date) -> Result<Vec<Part>> {
    parts(db, act, language, on).await
}

pub(super) async fn parts(
    on_db: impl Into<Source<'_>>,
    act: ActId,
    language: Language,
    on: Date,
) -> Result<Vec<Part>> {
    let start = "SELECT v.part, v.kind, v.number, v.title, v.content FROM part_versions v".to_owned();
    let query = standing(start, act, language, on).push(" ORDER BY v.ord");
    query.all(on_db).await?.iter().map(rows::part).collect()
}

pub(super) async fn provisions(
    on_db: impl Into<Source<'_>>,
    act: ActId,
    language: Language,
    on: Date,
) -> Result<Vec<Provision>> {
    let query = standing(
        format!("SELECT {PROVISION} FROM provision_versions v"),
        act,
        language,
        on,
    );
    query
        .push(" ORDER BY v.ord")
        .all(on_db)
        .await?
        .iter()
        .map(rows::provision)
        .collect()
}

/// One provision with what it stands in, what stands in it and its neighbours of the same
/// level; `None` where the act has no such provision on that date.
///
/// # Errors
/// What the engine says.
pub async fn provision_view(
    db: &Db,
    act: ActId,
    language: Language,
    provision: &str,
    on: Date,
) -> Result<Option<ProvisionView>> {
    let subtree = walk(db, act, language, provision, on, "v.parent = t.provision").await?;
    let Some((own, _)) = subtree.first().filter(|(first, _)| first.id == provision) else {
        return Ok(None);
    };
    let ord = subtree.first().map_or(0, |(_, ord)| *ord);
    let mut ancestors = walk(db, act, language, provision, on, "v.provision = t.parent").await?;
    ancestors.retain(|(one, _)| one.id != provision);
    let (previous, next) = neighbours(db, act, language, own, ord, on).await?;
    let bare = |found: Vec<(Provision, i64)>| found.into_iter().map(|(one, _)| one).collect();
    Ok(Some(ProvisionView {
        ancestors: bare(ancestors),
        subtree: bare(subtree),
        previous,
        next,
    }))
}

/// Everything reached from one provision by a step (down to children or up to parents), in document order.
async fn walk(
    db: &Db,
    act: ActId,
    language: Language,
    provision: &str,
    on: Date,
    step: &str,
) -> Result<Vec<(Provision, i64)>> {
    let each = format!("SELECT {PROVISION} FROM provision_versions v");
    let query = standing(format!("WITH RECURSIVE t AS ({each}"), act, language, on)
        .push(" AND v.provision = $4 UNION ALL ")
        .push(&each)
        .push(" JOIN t ON ")
        .push(step)
        .push(" WHERE v.act_id = $1 AND v.language = $2 AND ")
        .push(STANDING)
        .push(") SELECT * FROM t ORDER BY ord")
        .bind(provision);
    let rows = query.all(db).await?;
    rows.iter()
        .map(|row| Ok((rows::provision(row)?, row.get("ord")?)))
        .collect()
}

/// The nearest provisions of the same level before and after, in the same part. Clauses and
/// points look only within their parent: their numbering restarts in each.
async fn neighbours(
    db: &Db,
    act: ActId,
    language: Language,
    own: &Provision,
    ord: i64,
    on: Date,
) -> Result<(Option<Neighbour>, Option<Neighbour>)> {
    let scoped = own.kind > ProvisionKind::Article;
    let side = |compare: &str, direction: &str| {
        let start = "SELECT v.provision, v.number, v.heading FROM provision_versions v".to_owned();
        let query = standing(start, act, language, on)
            .push(" AND v.part = $4 AND v.kind = $5 AND v.ord ")
            .push(compare)
            .push(" $6")
            .push(if scoped { " AND v.parent = $7" } else { "" })
            .push(&format!(" ORDER BY v.ord {direction} LIMIT 1"))
            .bind(&own.part)
            .bind(rows::word(&own.kind)?)
            .bind(ord);
        Ok::<_, db::DbError>(if scoped {
            query.bind(own.parent.as_ref())
        } else {
            query
        })
    };
    let previous = side("<", "DESC")?.optional(db).await?;
    let next = side(">", "ASC")?.optional(db).await?;
    Ok((
        previous.as_ref().map(neighbour).transpose()?,
        next.as_ref().map(neighbour).transpose()?,
    ))
}

fn neighbour(row: &Row) -> Result<Neighbour> {
    Ok(Neighbour {
        id: row.get("provision")?,
        number: row.get("number")?,
        heading: row.get("heading")?,
    })
}
