//! Texts of originals that do not stand, kept to be compared with the one that does.

use db::{Db, Insert, Result, Tx, sql};
use legal::compare::{Unit, units};
use legal::model::{ActText, Language};

use super::{rows, text};
use crate::model::ActId;

/// Keeps the text of an original that does not stand.
pub(super) async fn keep(tx: &mut Tx, original: i64, text: &ActText) -> Result<()> {
    let mut insert = Insert::into("original_texts", &["original_id", "units"])
        .tail("ON CONFLICT (original_id) DO UPDATE SET units = excluded.units");
    insert.row([original.into(), serde_json::to_string(&units(text))?.into()]);
    insert.run(tx).await.map(drop)
}

/// Keeps the text that stands now, before that of `original` takes its place.
pub(super) async fn set_aside(tx: &mut Tx, act: ActId, language: Language, original: i64) -> Result<()> {
    sql("DELETE FROM original_texts WHERE original_id = $1")
        .bind(original)
        .run(&mut *tx)
        .await?;
    let standing = sql(
        "SELECT original_id FROM expressions WHERE act_id = $1 AND language = $2 AND known_until IS NULL \
         AND original_id <> $3",
    );
    let row = standing
        .bind(act.0)
        .bind(rows::language_code(language))
        .bind(original)
        .optional(&mut *tx)
        .await?;
    let Some(row) = row else { return Ok(()) };
    let standing = ActText {
        language,
        parts: text::parts(&mut *tx, act, language).await?,
        provisions: text::provisions(&mut *tx, act, language).await?,
        ..ActText::default()
    };
    keep(tx, row.get("original_id")?, &standing).await
}

/// The text of an original of an act that does not stand; `None` where none is kept.
///
/// # Errors
/// What the engine says.
pub async fn original_text(db: &Db, act: ActId, sha256: &str, item: i64) -> Result<Option<Vec<Unit>>> {
    let query = sql(
        "SELECT t.units FROM original_texts t JOIN originals o ON o.id = t.original_id \
         WHERE o.act_id = $1 AND o.sha256 = $2 AND o.item = $3",
    );
    let row = query.bind(act.0).bind(sha256).bind(item).optional(db).await?;
    row.map(|row| row.json("units")).transpose()
}
