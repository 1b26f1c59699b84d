//! Tables as the engine knows them, and their rows as JSON: for backups that any program can
//! read, alike on both engines.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Map, Number, Value as Json};

use crate::{Db, DbError, Engine, Insert, Result, Row, Tx, Value, sql};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// A number.
    Int,
    /// Text.
    Text,
    /// A truth value.
    Bool,
    /// Bytes; hexadecimal in JSON.
    Bytes,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns in order.
    pub columns: Vec<(String, ColumnKind)>,
}

/// Every table of ours, by name.
///
/// # Errors
/// What the engine says; a column of a type we do not use.
pub async fn tables(db: &Db) -> Result<Vec<Table>> {
    let query = match db.engine() {
        Engine::Sqlite => {
            "SELECT m.name AS t, c.name AS c, c.type AS k FROM sqlite_master m \
             JOIN pragma_table_info(m.name) c WHERE m.type = 'table' \
             AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '_sqlx%' ORDER BY m.name, c.cid"
        }
        Engine::Postgres => {
            "SELECT CAST(table_name AS TEXT) AS t, CAST(column_name AS TEXT) AS c, CAST(data_type AS TEXT) AS k \
             FROM information_schema.columns WHERE table_schema = current_schema() \
             AND table_name NOT LIKE '\\_sqlx%' ORDER BY table_name, ordinal_position"
        }
    };
    let mut tables: BTreeMap<String, Vec<(String, ColumnKind)>> = BTreeMap::new();
    for row in sql(query).all(db).await? {
        let column = (row.get("c")?, kind(&row.get::<String>("k")?)?);
        tables.entry(row.get("t")?).or_default().push(column);
    }
    Ok(tables
        .into_iter()
        .map(|(name, columns)| Table { name, columns })
        .collect())
}

fn kind(name: &str) -> Result<ColumnKind> {
    Ok(match name.to_ascii_lowercase().as_str() {
        "integer" | "bigint" => ColumnKind::Int,
        "text" => ColumnKind::Text,
        "boolean" => ColumnKind::Bool,
        "blob" | "bytea" => ColumnKind::Bytes,
        other => return Err(DbError::Shape(format!("kiểu cột {other}"))),
    })
}

impl Table {
    /// Hands every row over as a JSON object, in the order of the first two columns.
    ///
    /// # Errors
    /// What the engine says, or the first error of `take`.
    pub async fn rows<E: From<DbError>>(
        &self,
        tx: &mut Tx,
        mut take: impl FnMut(Map<String, Json>) -> Result<(), E>,
    ) -> Result<(), E> {
        let columns = self.names().join(", ");
        let order = self.names().into_iter().take(2).collect::<Vec<_>>().join(", ");
        let query = sql(format!("SELECT {columns} FROM {} ORDER BY {order}", self.name));
        query.each(tx, |row| take(self.json(&row)?)).await
    }

    /// How many rows it has.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn count(&self, tx: &mut Tx) -> Result<u64> {
        let row = sql(format!("SELECT count(*) AS n FROM {}", self.name))
            .one(tx)
            .await?;
        Ok(u64::try_from(row.get::<i64>("n")?).unwrap_or_default())
    }

    /// An insert of rows in the order of the columns.
    #[must_use]
    pub fn insert(&self) -> Insert {
        let columns = self
            .columns
            .iter()
            .map(|(name, _)| Cow::from(name.clone()))
            .collect();
        Insert::of(self.name.clone().into(), columns)
    }

    /// The values of a row that `rows` gave.
    ///
    /// # Errors
    /// A column that is missing, unknown or of another kind.
    pub fn values(&self, mut row: Map<String, Json>) -> Result<Vec<Value>> {
        let wrong = |column: &str| DbError::Shape(format!("{}.{column}", self.name));
        let mut values = Vec::with_capacity(self.columns.len());
        for (name, kind) in &self.columns {
            let json = row.remove(name).ok_or_else(|| wrong(name))?;
            values.push(value(&json, *kind).ok_or_else(|| wrong(name))?);
        }
        match row.keys().next() {
            Some(unknown) => Err(wrong(unknown)),
            None => Ok(values),
        }
    }

    fn names(&self) -> Vec<&str> {
        self.columns.iter().map(|(name, _)| name.as_str()).collect()
    }

    fn json(&self, row: &Row) -> Result<Map<String, Json>> {
        let mut object = Map::new();
        for (name, kind) in &self.columns {
            let value = match kind {
                ColumnKind::Int => row
                    .get::<Option<i64>>(name)?
                    .map(|number| Json::Number(Number::from(number))),
                ColumnKind::Text => row.get::<Option<String>>(name)?.map(Json::String),
                ColumnKind::Bool => row.get::<Option<bool>>(name)?.map(Json::Bool),
                ColumnKind::Bytes => row
                    .get::<Option<Vec<u8>>>(name)?
                    .map(|bytes| Json::String(hex(&bytes))),
            };
            object.insert(name.clone(), value.unwrap_or(Json::Null));
        }
        Ok(object)
    }
}

fn value(json: &Json, kind: ColumnKind) -> Option<Value> {
    Some(match (kind, json) {
        (ColumnKind::Int, Json::Null) => Value::Int(None),
        (ColumnKind::Int, Json::Number(number)) => Value::Int(Some(number.as_i64()?)),
        (ColumnKind::Text, Json::Null) => Value::Text(None),
        (ColumnKind::Text, Json::String(text)) => Value::Text(Some(text.clone())),
        (ColumnKind::Bool, Json::Null) => Value::Bool(None),
        (ColumnKind::Bool, Json::Bool(truth)) => Value::Bool(Some(*truth)),
        (ColumnKind::Bytes, Json::Null) => Value::Bytes(None),
        (ColumnKind::Bytes, Json::String(text)) => Value::Bytes(Some(unhex(text)?)),
        _ => return None,
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| {
        char::from(*byte)
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
    };
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| Some(digit(pair.first()?)? << 4 | digit(pair.get(1)?)?))
        .collect()
}
