//! Files read before.

use db::{Db, Insert, Result, Row, Tx, sql};
use legal::model::Claim;

use super::{READER, Refused, scan};

/// What an earlier import by this reader made of a file.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) acts: u64,
    pub(super) refused: Vec<Refused>,
}

/// A file as this reader read it; `None` for a new file, one that an older reader read, and one
/// of which a list now says something that is not kept yet.
pub(super) async fn find(db: &Db, sha256: &str, claims: &[Claim]) -> Result<Option<Known>> {
    let row = sql("SELECT items, refusals FROM files WHERE sha256 = $1 AND parser = $2")
        .bind(sha256)
        .bind(READER)
        .optional(db)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let refused: Vec<(String, String, String)> = row.json("refusals")?;
    let refused = refused
        .into_iter()
        .map(|(name, code, message)| Refused { name, code, message });
    let known = Known {
        acts: u64::try_from(row.get::<i64>("items")?).unwrap_or_default(),
        refused: refused.collect(),
    };
    let unassigned = known.refused.iter().any(|one| scan::is_scan(&one.code));
    let news = (known.acts == 1 || unassigned) && !claims.is_empty() && !are_kept(db, sha256, claims).await?;
    Ok((!news).then_some(known))
}

/// Whether each claim about the act of a file is kept, as it is or in a later form.
async fn are_kept(db: &Db, sha256: &str, claims: &[Claim]) -> Result<bool> {
    let rows = sql("SELECT c.field, c.value, c.source, c.seen FROM claims c \
         JOIN originals o ON o.id = c.original_id WHERE o.sha256 = $1")
    .bind(sha256)
    .all(db)
    .await?;
    let kept = rows.iter().map(claim).collect::<Result<Vec<_>>>()?;
    let stands = |one: &Claim| {
        let mut same = kept
            .iter()
            .filter(|kept| (&kept.field, &kept.source) == (&one.field, &one.source));
        same.any(|kept| kept == one || kept.seen > one.seen)
    };
    Ok(claims.iter().all(stands))
}

fn claim(row: &Row) -> Result<Claim> {
    Ok(Claim {
        field: row.get("field")?,
        value: row.get("value")?,
        source: row.get("source")?,
        seen: row.date("seen")?,
    })
}

/// Notes that a file was read: `acts` came of it, the rest was refused.
pub(super) async fn note(
    tx: &mut Tx,
    sha256: &str,
    name: &str,
    size: i64,
    acts: i64,
    refused: &[Refused],
) -> Result<()> {
    let refusals: Vec<_> = refused
        .iter()
        .map(|one| (&one.name, &one.code, &one.message))
        .collect();
    let mut row = Insert::into(
        "files",
        &["sha256", "name", "size", "parser", "items", "refusals", "at"],
    )
    .tail(
        "ON CONFLICT (sha256) DO UPDATE SET parser = excluded.parser, items = excluded.items, \
             refusals = excluded.refusals, at = excluded.at",
    );
    row.row([
        sha256.into(),
        name.into(),
        size.into(),
        READER.into(),
        acts.into(),
        serde_json::to_string(&refusals)?.into(),
        db::now_micros().into(),
    ]);
    row.run(tx).await?;
    Ok(())
}
