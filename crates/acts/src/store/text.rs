//! The text of an act at a date: as imported, or as other acts amended it.

use std::collections::HashSet;

use db::{Db, Result, Row, Source, Sql, Tx, sql};
use jiff::civil::Date;
use legal::model::{ActText, Language, Metadata, Part, Provision, ProvisionKind};
use sha2::{Digest, Sha256};

use super::{amended, read, rows};
use crate::model::{Act, ActId, Neighbour, ProvisionView};

/// A version that we now hold to be right.
const STANDING: &str = "v.known_until IS NULL AND v.valid_until IS NULL";

const PROVISION: &str = "v.provision, v.part, v.kind, v.number, v.heading, v.parent, v.content, v.ord";

fn standing(start: String, act: ActId, language: Language) -> Sql {
    sql(start)
        .push(" WHERE v.act_id = $1 AND v.language = $2 AND ")
        .push(STANDING)
        .bind(act.0)
        .bind(rows::language_code(language))
}

/// The whole text of an act in a language as it stands on a date, with the metadata read from
/// it, the claims about the act and what its reading found; `None` where no such text is kept.
/// A few queries, whatever the length. A translation is never amended here.
///
/// # Errors
/// What the engine says.
pub async fn act_text(db: &Db, act: ActId, language: Language, on: Date) -> Result<Option<ActText>> {
    match amended_on(db, act, language, on).await? {
        None => base_text(db, act, language).await,
        Some(stored) => text_with(db, act, language, stored.parts, stored.provisions).await,
    }
}

/// The whole text of an act as it was imported, whatever others have changed since.
///
/// # Errors
/// What the engine says.
pub async fn base_text(db: &Db, act: ActId, language: Language) -> Result<Option<ActText>> {
    let (parts, provisions) = (
        parts(db, act, language).await?,
        provisions(db, act, language).await?,
    );
    text_with(db, act, language, parts, provisions).await
}

async fn text_with(
    db: &Db,
    act: ActId,
    language: Language,
    parts: Vec<Part>,
    provisions: Vec<Provision>,
) -> Result<Option<ActText>> {
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
        parts,
        provisions,
        warnings,
        mendings,
    }))
}

/// The Vietnamese text of an act as imported, for deriving its versions.
pub(super) async fn base_of(tx: &mut Tx, act: &Act) -> Result<Option<ActText>> {
    let Some((metadata, _, _)) = expression(&mut *tx, act.id, Language::Vi).await? else {
        return Ok(None);
    };
    Ok(Some(ActText {
        // Of the dates those that stand for the act count.
        metadata: Metadata {
            issued: act.issued,
            in_force: act.planned.or(act.in_force),
            ..metadata
        },
        parts: parts(&mut *tx, act.id, Language::Vi).await?,
        provisions: provisions(&mut *tx, act.id, Language::Vi).await?,
        ..ActText::default()
    }))
}

async fn amended_on(
    on_db: impl Into<Source<'_>>,
    act: ActId,
    language: Language,
    on: Date,
) -> Result<Option<amended::Stored>> {
    match language {
        Language::Vi => amended::stored(on_db, act, on).await,
        Language::En => Ok(None),
    }
}

type Read = (Metadata, Vec<legal::model::Mending>, Vec<legal::model::Finding>);

async fn expression(db: impl Into<Source<'_>>, act: ActId, language: Language) -> Result<Option<Read>> {
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
    match amended_on(db, act, language, on).await? {
        Some(stored) => Ok(stored.parts),
        None => parts(db, act, language).await,
    }
}

/// The provisions of the Vietnamese text on a day.
pub(super) async fn provisions_on(tx: &mut Tx, act: ActId, on: Date) -> Result<Vec<Provision>> {
    match amended::stored(&mut *tx, act, on).await? {
        Some(stored) => Ok(stored.provisions),
        None => provisions(tx, act, Language::Vi).await,
    }
}

/// SHA-256, in hex, of a provision with all below it; empty: of the whole act; an empty text
/// where there is no such provision.
pub(super) fn provision_hash(provisions: &[Provision], id: &str) -> String {
    let mut hash = Sha256::new();
    for one in provisions.iter().filter(|one| is_within(&one.id, id)) {
        let content = rows::provision_content(one).unwrap_or_default();
        let heading = one.heading.as_deref().unwrap_or_default();
        for word in [&one.id, &one.number, &content, heading] {
            hash.update(word.as_bytes());
            hash.update([0]);
        }
    }
    hex::encode(hash.finalize())
}

/// Whether a provision is another one or stands in it; everything stands in the act (`""`).
pub(super) fn is_within(one: &str, id: &str) -> bool {
    let rest = one.strip_prefix(id);
    id.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("__"))
}

pub(super) async fn parts(on_db: impl Into<Source<'_>>, act: ActId, language: Language) -> Result<Vec<Part>> {
    let start = "SELECT v.part, v.kind, v.number, v.title, v.content FROM part_versions v".to_owned();
    let query = standing(start, act, language).push(" ORDER BY v.ord");
    query.all(on_db).await?.iter().map(rows::part).collect()
}

pub(super) async fn provisions(
    on_db: impl Into<Source<'_>>,
    act: ActId,
    language: Language,
) -> Result<Vec<Provision>> {
    let query = standing(
        format!("SELECT {PROVISION} FROM provision_versions v"),
        act,
        language,
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
    if let Some(stored) = amended_on(db, act, language, on).await? {
        return Ok(view_in(&stored.provisions, provision));
    }
    let subtree = walk(db, act, language, provision, "v.parent = t.provision").await?;
    let Some((own, _)) = subtree.first().filter(|(first, _)| first.id == provision) else {
        return Ok(None);
    };
    let ord = subtree.first().map_or(0, |(_, ord)| *ord);
    let mut ancestors = walk(db, act, language, provision, "v.provision = t.parent").await?;
    ancestors.retain(|(one, _)| one.id != provision);
    let (previous, next) = neighbours(db, act, language, own, ord).await?;
    let bare = |found: Vec<(Provision, i64)>| found.into_iter().map(|(one, _)| one).collect();
    Ok(Some(ProvisionView {
        ancestors: bare(ancestors),
        subtree: bare(subtree),
        previous,
        next,
    }))
}

/// The view of a provision in a text that is at hand.
fn view_in(all: &[Provision], id: &str) -> Option<ProvisionView> {
    let at = all.iter().position(|one| one.id == id)?;
    let own = all.get(at)?;
    let mut inside: HashSet<&str> = HashSet::from([id]);
    let mut subtree = vec![own.clone()];
    for one in all.iter().skip(at + 1) {
        if one
            .parent
            .as_deref()
            .is_some_and(|parent| inside.contains(parent))
        {
            inside.insert(&one.id);
            subtree.push(one.clone());
        }
    }
    let mut ancestors = Vec::new();
    let mut parent = own.parent.as_deref();
    while let Some(above) = parent.and_then(|id| all.iter().find(|one| one.id == id)) {
        ancestors.insert(0, above.clone());
        parent = above.parent.as_deref();
    }
    let scoped = own.kind > ProvisionKind::Article;
    let beside = |one: &&Provision| {
        one.part == own.part && one.kind == own.kind && (!scoped || one.parent == own.parent)
    };
    let neighbour = |one: &Provision| Neighbour {
        id: one.id.clone(),
        number: one.number.clone(),
        heading: one.heading.clone(),
    };
    Some(ProvisionView {
        ancestors,
        subtree,
        previous: all[..at].iter().rev().find(beside).map(neighbour),
        next: all[at + 1..].iter().find(beside).map(neighbour),
    })
}

/// Everything reached from one provision by a step (down to children or up to parents), in document order.
async fn walk(
    db: &Db,
    act: ActId,
    language: Language,
    provision: &str,
    step: &str,
) -> Result<Vec<(Provision, i64)>> {
    let each = format!("SELECT {PROVISION} FROM provision_versions v");
    let query = standing(format!("WITH RECURSIVE t AS ({each}"), act, language)
        .push(" AND v.provision = $3 UNION ALL ")
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
) -> Result<(Option<Neighbour>, Option<Neighbour>)> {
    let scoped = own.kind > ProvisionKind::Article;
    let side = |compare: &str, direction: &str| {
        let start = "SELECT v.provision, v.number, v.heading FROM provision_versions v".to_owned();
        let query = standing(start, act, language)
            .push(" AND v.part = $3 AND v.kind = $4 AND v.ord ")
            .push(compare)
            .push(" $5")
            .push(if scoped { " AND v.parent = $6" } else { "" })
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
