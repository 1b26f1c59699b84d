//! Kinds of units.

use db::{Insert, Result, Source, Tx, Value, changes, sql};

use crate::model::Kind;

const COLUMNS: [&str; 7] = ["code", "label", "label_en", "plural", "plural_en", "level", "ord"];

/// All kinds in the order of lists.
///
/// # Errors
/// What the engine says.
pub async fn kinds<'a>(on: impl Into<Source<'a>>) -> Result<Vec<Kind>> {
    let rows =
        sql("SELECT code, label, label_en, plural, plural_en, level, ord FROM unit_kinds ORDER BY ord, code")
            .all(on)
            .await?;
    let kind = |row: &db::Row| {
        Ok(Kind {
            code: row.get("code")?,
            label: row.get("label")?,
            label_en: row.get("label_en")?,
            plural: row.get("plural")?,
            plural_en: row.get("plural_en")?,
            level: u8::try_from(row.get::<i64>("level")?).unwrap_or(u8::MAX),
            order: row.get("ord")?,
        })
    };
    rows.iter().map(kind).collect()
}

/// Puts the kinds to begin with where there is none of that code. True where any was missing.
///
/// # Errors
/// What the engine says.
pub async fn kinds_ensure(tx: &mut Tx) -> Result<bool> {
    let known = kinds(&mut *tx).await?;
    let mut missing = crate::kinds::built_in();
    missing.retain(|kind| known.iter().all(|known| known.code != kind.code));
    let any = !missing.is_empty();
    write(tx, missing).await?;
    Ok(any)
}

/// Adds a kind, or changes the one of the same code.
///
/// # Errors
/// What the engine says.
pub async fn kind_put(tx: &mut Tx, kind: Kind) -> Result<()> {
    sql("DELETE FROM unit_kinds WHERE code = $1")
        .bind(&kind.code)
        .run(tx)
        .await?;
    write(tx, vec![kind]).await
}

async fn write(tx: &mut Tx, kinds: Vec<Kind>) -> Result<()> {
    let mut insert = Insert::into("unit_kinds", &COLUMNS);
    let mut codes = Vec::new();
    for kind in kinds {
        codes.push(kind.code.clone());
        insert.row([
            Value::from(kind.code),
            Value::from(kind.label),
            Value::from(kind.label_en),
            Value::from(kind.plural),
            Value::from(kind.plural_en),
            Value::from(i64::from(kind.level)),
            Value::from(kind.order),
        ]);
    }
    insert.run(tx).await?;
    changes::append_all(tx, "unit_kind", &codes).await
}
