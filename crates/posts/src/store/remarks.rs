//! What approvers say of single blocks.

use db::{DbError, Insert, Result, Row, Source, Tx, sql};

use crate::model::{PostId, Remark};

/// Keeps what is said of a post's blocks now in place of what was said before; nothing drops it all.
///
/// # Errors
/// What the engine says.
pub async fn remarks_put(tx: &mut Tx, id: PostId, remarks: &[Remark]) -> Result<()> {
    let old = sql("DELETE FROM post_remarks WHERE post_id = $1").bind(id.0);
    old.run(&mut *tx).await?;
    let mut insert = Insert::into(
        "post_remarks",
        &["post_id", "block", "version", "words", "remark"],
    );
    for one in remarks {
        insert.row([
            id.0.into(),
            i64::try_from(one.block).unwrap_or(i64::MAX).into(),
            one.version.into(),
            (&one.words).into(),
            (&one.text).into(),
        ]);
    }
    insert.run(tx).await.map(drop)
}

/// What is said of a post's blocks, in the order of the text.
///
/// # Errors
/// What the engine says.
pub async fn remarks<'a>(on: impl Into<Source<'a>>, id: PostId) -> Result<Vec<Remark>> {
    let query =
        sql("SELECT version, block, words, remark FROM post_remarks WHERE post_id = $1 ORDER BY block");
    let one = |row: &Row| {
        Ok::<_, DbError>(Remark {
            version: row.get("version")?,
            block: usize::try_from(row.get::<i64>("block")?).unwrap_or(0),
            words: row.get("words")?,
            text: row.get("remark")?,
        })
    };
    query.bind(id.0).all(on).await?.iter().map(one).collect()
}
