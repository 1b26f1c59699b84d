//! Files read before.

use db::{Db, Insert, Result, Tx, sql};

use super::{READER, Refused};

/// What an earlier import by this reader made of a file.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) acts: u64,
    pub(super) refused: Vec<Refused>,
}

/// A file as this reader read it; `None` for a new file or one that an older reader read.
pub(super) async fn find(db: &Db, sha256: &str) -> Result<Option<Known>> {
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
    Ok(Some(Known {
        acts: u64::try_from(row.get::<i64>("items")?).unwrap_or_default(),
        refused: refused.collect(),
    }))
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
