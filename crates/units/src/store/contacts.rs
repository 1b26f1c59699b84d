//! How to reach a unit, dated: a new statement closes the one before.

use db::{Db, Insert, Result, Tx, Value, changes, sql};
use jiff::civil::Date;

use crate::model::{Contact, UnitId};

const COLUMNS: [&str; 12] = [
    "unit_id",
    "ord",
    "valid_from",
    "valid_until",
    "functions",
    "functions_en",
    "address",
    "address_en",
    "phone",
    "email",
    "responsible",
    "responsible_en",
];

/// What holds on a day, with its first day.
///
/// # Errors
/// What the engine says.
pub async fn contact_on(db: &Db, unit: UnitId, day: Date) -> Result<Option<(Date, Contact)>> {
    let row = sql(
        "SELECT valid_from, functions, functions_en, address, address_en, phone, email, responsible, \
         responsible_en FROM unit_contacts WHERE unit_id = $1 AND valid_from <= $2 \
         AND (valid_until IS NULL OR valid_until > $3) ORDER BY ord DESC LIMIT 1",
    )
    .bind(unit.get())
    .bind(day)
    .bind(day)
    .optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let contact = Contact {
        functions: row.get("functions")?,
        functions_en: row.get("functions_en")?,
        address: row.get("address")?,
        address_en: row.get("address_en")?,
        phone: row.get("phone")?,
        email: row.get("email")?,
        responsible: row.get("responsible")?,
        responsible_en: row.get("responsible_en")?,
    };
    Ok(Some((row.date("valid_from")?.unwrap_or(day), contact)))
}

/// States how to reach a unit from a day on. What was stated for that day or later is withdrawn.
///
/// # Errors
/// What the engine says.
pub async fn contact_put(tx: &mut Tx, unit: UnitId, slug: &str, from: Date, contact: Contact) -> Result<()> {
    sql("DELETE FROM unit_contacts WHERE unit_id = $1 AND valid_from >= $2")
        .bind(unit.get())
        .bind(from)
        .run(tx)
        .await?;
    sql("UPDATE unit_contacts SET valid_until = $1 WHERE unit_id = $2 AND (valid_until IS NULL OR valid_until > $3)")
        .bind(from)
        .bind(unit.get())
        .bind(from)
        .run(tx)
        .await?;
    let row = sql("SELECT coalesce(max(ord), 0) AS n FROM unit_contacts WHERE unit_id = $1")
        .bind(unit.get())
        .one(&mut *tx)
        .await?;
    let mut insert = Insert::into("unit_contacts", &COLUMNS);
    insert.row([
        unit.get().into(),
        (row.get::<i64>("n")? + 1).into(),
        from.into(),
        Value::Text(None),
        contact.functions.into(),
        contact.functions_en.into(),
        contact.address.into(),
        contact.address_en.into(),
        contact.phone.into(),
        contact.email.into(),
        contact.responsible.into(),
        contact.responsible_en.into(),
    ]);
    insert.run(tx).await?;
    changes::append(tx, "unit", slug).await
}
