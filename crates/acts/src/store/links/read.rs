//! Links and backlinks for pages.

use db::{Db, Result, Row, Sql, sql};
use legal::citations::Field;

use super::find::field_number;
use crate::model::{Act, ActId};
use crate::store::rows;

/// A range of a paragraph that cites something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Id of the provision or part that holds the paragraph.
    pub place: String,
    /// Number of the field, then the way to the paragraph.
    pub path: Vec<usize>,
    /// First byte.
    pub from: usize,
    /// Byte after the last.
    pub to: usize,
    /// What it points at.
    pub goal: Goal,
}

/// What a citation points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// A provision of the same act.
    Own(String),
    /// A provision of another act; empty: that act. `sure` is false where the text leaves the
    /// version open.
    Other {
        /// Address of the act.
        slug: String,
        /// Id of the provision.
        provision: String,
        /// Whether the text names this version.
        sure: bool,
    },
    /// A provision that the act it belongs to does not have.
    Missing,
    /// Several readings are possible.
    Ambiguous,
    /// An act that is not here, or cannot be told from others.
    Unknown,
}

const LINK: &str = "SELECT c.place, c.path, c.from_byte, c.to_byte, c.mention, c.provision, c.state, m.sure, \
     t.slug, t.has_text AND NOT t.translation_only AS readable, v.id AS version, \
     EXISTS (SELECT 1 FROM act_changes x WHERE x.act_id = t.id AND x.provision = c.provision \
     AND x.known_until IS NULL AND x.how = 'inserted') AS inserted \
     FROM citations c LEFT JOIN mentions m ON m.act_id = c.act_id AND m.ord = c.mention \
     LEFT JOIN acts t ON t.id = m.target_id \
     LEFT JOIN provision_versions v ON v.act_id = t.id AND v.language = 'vi' AND v.provision = c.provision \
     AND v.known_until IS NULL AND v.valid_until IS NULL WHERE c.act_id = $1";

/// The citations of an act in document order; of one provision and what stands in it, where
/// `within` names one. One query.
///
/// # Errors
/// What the engine says.
pub async fn links(db: &Db, act: ActId, within: Option<&str>) -> Result<Vec<Link>> {
    let mut query = sql(LINK).bind(act.0);
    if let Some(id) = within {
        query = in_or_below(query.push(" AND "), "c.place", id);
    }
    query
        .push(" ORDER BY c.ord")
        .all(db)
        .await?
        .iter()
        .map(link)
        .collect()
}

/// `column` is the provision or stands in it.
fn in_or_below(query: Sql, column: &str, id: &str) -> Sql {
    let below = format!("{id}__");
    let length = i64::try_from(below.chars().count()).unwrap_or(i64::MAX);
    query
        .push("(")
        .push(column)
        .push(" = ")
        .push_bind(id)
        .push(" OR substr(")
        .push(column)
        .push(", 1, ")
        .push(&length.to_string())
        .push(") = ")
        .push_bind(below)
        .push(")")
}

fn link(row: &Row) -> Result<Link> {
    let path: String = row.get("path")?;
    let byte = |column| -> Result<usize> { Ok(usize::try_from(row.get::<i64>(column)?).unwrap_or_default()) };
    Ok(Link {
        place: row.get("place")?,
        path: path.split('.').filter_map(|step| step.parse().ok()).collect(),
        from: byte("from_byte")?,
        to: byte("to_byte")?,
        goal: goal(row)?,
    })
}

fn goal(row: &Row) -> Result<Goal> {
    let provision: String = row.get("provision")?;
    let state: String = row.get("state")?;
    if state == "ambiguous" {
        return Ok(Goal::Ambiguous);
    }
    if row.get::<i64>("mention")? == 0 {
        let here = state == "resolved";
        return Ok(if here { Goal::Own(provision) } else { Goal::Missing });
    }
    let Some(slug) = row.get::<Option<String>>("slug")? else {
        return Ok(Goal::Unknown);
    };
    // What an amendment inserted is there as well.
    let known = row.get::<Option<i64>>("version")?.is_some() || row.get::<bool>("inserted")?;
    let readable = row.get::<Option<bool>>("readable")?.unwrap_or_default();
    if readable && !provision.is_empty() && !known && !is_part(&provision) {
        return Ok(Goal::Missing);
    }
    Ok(Goal::Other {
        slug,
        provision: if known || (readable && is_part(&provision)) {
            provision
        } else {
            String::new()
        },
        sure: row.get::<Option<bool>>("sure")?.unwrap_or(true),
    })
}

/// Attached regulations and appendices have pages but no versions among the provisions.
pub(super) fn is_part(id: &str) -> bool {
    !id.contains("__") && (id.starts_with("app_") || id.starts_with("att_"))
}

impl Link {
    /// Number of the field of headings, bodies, closings and notes.
    #[must_use]
    pub fn field(field: Field) -> usize {
        field_number(field)
    }

    /// The field and the way to the paragraph, as [`legal::citations::Spot`] has them.
    #[must_use]
    pub fn spot(&self) -> Option<(Field, &[usize])> {
        let (number, path) = self.path.split_first()?;
        let fields = [Field::Heading, Field::Body, Field::Closing, Field::Note];
        let field = fields.into_iter().find(|field| field_number(*field) == *number)?;
        Some((field, path))
    }
}

/// A provision of some act that cites another provision.
#[derive(Clone, Debug, PartialEq)]
pub struct Backlink {
    /// The act that cites.
    pub act: Act,
    /// Its provisions or parts that do, on this page of the list.
    pub places: Vec<String>,
}

/// One page of what cites a provision.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Backlinks {
    /// Grouped by act: this act first, then the latest.
    pub groups: Vec<Backlink>,
    /// How many provisions there are on all pages.
    pub total: u64,
}

/// Rows of what cites `provision` of the act `$1`: the same act, then others.
const CITING: &str = "FROM (SELECT DISTINCT c.act_id, c.place FROM citations c \
     WHERE c.act_id = $1 AND c.mention = 0 AND c.state = 'resolved' AND ";
const CITING_OTHERS: &str = " UNION SELECT DISTINCT c.act_id, c.place FROM mentions m \
     JOIN citations c ON c.act_id = m.act_id AND c.mention = m.ord WHERE m.target_id = $1 AND ";

/// The provisions that cite a provision or something in it; `page` from 1.
///
/// # Errors
/// What the engine says.
pub async fn backlinks(db: &Db, act: ActId, provision: &str, page: u32, per_page: u32) -> Result<Backlinks> {
    let from = |query: Sql| {
        let query = in_or_below(query.push(CITING), "c.provision", provision);
        in_or_below(query.push(CITING_OTHERS), "c.provision", provision).push(") x ")
    };
    let total: i64 = from(sql("SELECT count(*) AS n ").bind(act.0))
        .one(db)
        .await?
        .get("n")?;
    if total == 0 {
        return Ok(Backlinks::default());
    }
    let offset = u64::from(page.max(1) - 1) * u64::from(per_page);
    let start = format!("SELECT x.place AS cited_at, {} ", rows::ACT);
    let query = from(sql(start).bind(act.0))
        .push("JOIN acts a ON a.id = x.act_id ORDER BY CASE WHEN a.id = $1 THEN 0 ELSE 1 END, a.issued DESC, a.id, x.place LIMIT ")
        .push_bind(per_page)
        .push(" OFFSET ")
        .push_bind(i64::try_from(offset).unwrap_or(i64::MAX));
    let mut groups: Vec<Backlink> = Vec::new();
    for row in &query.all(db).await? {
        let (act, place): (Act, String) = (rows::act(row)?, row.get("cited_at")?);
        match groups.last_mut().filter(|last| last.act.id == act.id) {
            Some(last) => last.places.push(place),
            None => groups.push(Backlink {
                act,
                places: vec![place],
            }),
        }
    }
    Ok(Backlinks {
        groups,
        total: u64::try_from(total).unwrap_or_default(),
    })
}
