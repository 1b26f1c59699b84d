//! From the database into the index.

use std::sync::Arc;

use acts::store;
use db::Db;
use db::changes;
use jiff::tz::{Offset, TimeZone};
use legal::model::Language;
use tantivy::IndexWriter;

use crate::error::SearchError;
use crate::generation::{Fresh, Generation, Position};

/// Acts with their texts as they stand today in Vietnam; gone ones without.
pub(crate) async fn read(db: &Db, slugs: &[String]) -> Result<Vec<Fresh>, SearchError> {
    let vietnam = TimeZone::fixed(Offset::constant(7));
    let today = vietnam.to_datetime(jiff::Timestamp::now()).date();
    let mut fresh = Vec::with_capacity(slugs.len());
    for slug in slugs {
        let act = match store::act_by_slug(db, slug).await? {
            None => None,
            Some(act) => {
                let language = act.languages().first().copied().unwrap_or(Language::Vi);
                let text = store::act_text(db, act.id, language, today).await?;
                Some((act, text))
            }
        };
        fresh.push(Fresh {
            slug: slug.clone(),
            act,
        });
    }
    Ok(fresh)
}

/// Hands acts to the writer off the async threads; commits where a position is given.
pub(crate) async fn put(
    generation: &Arc<Generation>,
    mut writer: IndexWriter,
    fresh: Vec<Fresh>,
    commit: Option<Position>,
) -> Result<IndexWriter, SearchError> {
    let generation = Arc::clone(generation);
    let work = move || {
        for one in &fresh {
            generation.put(&writer, one)?;
        }
        if let Some(position) = commit {
            generation.commit(&mut writer, position)?;
        }
        Ok(writer)
    };
    tokio::task::spawn_blocking(work).await?
}

/// False where the log of this database does not hold the change at which an index stands.
pub(crate) async fn belongs(db: &Db, position: Position) -> Result<bool, SearchError> {
    Ok(position == Position::default() || position_of(db, position.seq).await? == position)
}

/// The change of a number; the beginning where the log has none.
pub(crate) async fn position_of(db: &Db, seq: i64) -> Result<Position, SearchError> {
    let found = changes::since(db, seq - 1, 1).await?;
    let found = found.first().filter(|change| change.seq == seq);
    Ok(found.map_or(Position::default(), |change| Position { seq, at: change.at }))
}
