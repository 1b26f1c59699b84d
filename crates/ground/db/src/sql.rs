//! One statement for both engines: text with `$1` placeholders, values, rows.
//! The only file that knows there are two drivers below.

use std::borrow::Cow;
use std::time::Duration;

use futures::TryStreamExt;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Decode, Postgres, Row as _, Sqlite, Type};

use crate::engine::{Inner, Pools};
use crate::{Db, DbError, Result, Tx};

/// Longest that a read outside a transaction may take.
const READ_PATIENCE: Duration = Duration::from_secs(15);

/// A value bound to a placeholder. `None` is NULL of that type.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Numbers and instants.
    Int(Option<i64>),
    /// Text, JSON and dates.
    Text(Option<String>),
    /// Truth values.
    Bool(Option<bool>),
    /// Raw bytes.
    Bytes(Option<Vec<u8>>),
}

macro_rules! value_from {
    ($($from:ty => $variant:ident($convert:expr)),* $(,)?) => {$(
        impl From<$from> for Value {
            fn from(value: $from) -> Self {
                let convert: fn($from) -> _ = $convert;
                Self::$variant(Some(convert(value)))
            }
        }
        impl From<Option<$from>> for Value {
            fn from(value: Option<$from>) -> Self {
                let convert: fn($from) -> _ = $convert;
                Self::$variant(value.map(convert))
            }
        }
    )*};
}

value_from! {
    i64 => Int(|v| v),
    i32 => Int(i64::from),
    u32 => Int(i64::from),
    i16 => Int(i64::from),
    bool => Bool(|v| v),
    String => Text(without_nul),
    &String => Text(|v| without_nul(v.clone())),
    &str => Text(|v| without_nul(v.to_owned())),
    jiff::civil::Date => Text(|v| v.to_string()),
    Vec<u8> => Bytes(|v| v),
}

/// PostgreSQL keeps no NUL in text; both engines get the same sign instead.
fn without_nul(text: String) -> String {
    if text.contains('\0') {
        text.replace('\0', "\u{fffd}")
    } else {
        text
    }
}

/// A type that a column can be read as, on both engines.
pub trait Column:
    for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>
{
}

impl<T> Column for T where
    T: for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>
{
}

/// One row of an answer.
#[derive(Debug)]
pub enum Row {
    #[doc(hidden)]
    Sqlite(SqliteRow),
    #[doc(hidden)]
    Postgres(PgRow),
}

impl Row {
    /// The value of a column: `i64`, `bool`, `String`, `Vec<u8>`, `f64` or an `Option` of one.
    ///
    /// # Errors
    /// No such column, or another type in it.
    pub fn get<T: Column>(&self, column: &str) -> Result<T> {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(column)?,
            Self::Postgres(row) => row.try_get(column)?,
        })
    }

    /// A date kept as ISO text; NULL is `None`.
    ///
    /// # Errors
    /// No such column, or text that is no date.
    pub fn date(&self, column: &str) -> Result<Option<jiff::civil::Date>> {
        let text: Option<String> = self.get(column)?;
        text.map(|text| text.parse().map_err(DbError::from)).transpose()
    }

    /// A value kept as JSON text.
    ///
    /// # Errors
    /// No such column, or JSON of another shape.
    pub fn json<T: serde::de::DeserializeOwned>(&self, column: &str) -> Result<T> {
        let text: String = self.get(column)?;
        Ok(serde_json::from_str(&text)?)
    }
}

/// Where a statement runs: on the read pool, or inside a transaction.
#[derive(Debug)]
pub enum Source<'a> {
    /// Outside a transaction, reading only.
    Db(&'a Db),
    /// Inside a transaction.
    Tx(&'a mut Tx),
}

impl<'a> From<&'a Db> for Source<'a> {
    fn from(db: &'a Db) -> Self {
        Self::Db(db)
    }
}

impl<'a> From<&'a mut Tx> for Source<'a> {
    fn from(tx: &'a mut Tx) -> Self {
        Self::Tx(tx)
    }
}

/// A statement being built. Text never comes from outside the program; values are always bound.
#[derive(Clone, Debug)]
pub struct Sql {
    text: Cow<'static, str>,
    values: Vec<Value>,
    once: bool,
}

/// Starts a statement.
pub fn sql(text: impl Into<Cow<'static, str>>) -> Sql {
    Sql {
        text: text.into(),
        values: Vec::new(),
        once: false,
    }
}

/// Binds the values and calls one method of the driver, whichever engine and place it is.
macro_rules! dispatch {
    ($statement:expr, $on:expr, $method:ident) => {{
        let Sql { text, values, once } = $statement;
        let text = AssertSqlSafe(text.into_owned());
        match $on {
            Source::Db(Db {
                pools: Pools::Sqlite { read, .. },
                ..
            }) => Answer::Sqlite(bound!(Sqlite, text, values, once).$method(read).await),
            Source::Db(Db {
                pools: Pools::Postgres(pool),
                ..
            }) => Answer::Postgres(bound!(Postgres, text, values, once).$method(pool).await),
            Source::Tx(Tx {
                inner: Inner::Sqlite(tx),
                ..
            }) => Answer::Sqlite(bound!(Sqlite, text, values, once).$method(&mut **tx).await),
            Source::Tx(Tx {
                inner: Inner::Postgres(tx),
                ..
            }) => Answer::Postgres(bound!(Postgres, text, values, once).$method(&mut **tx).await),
        }
    }};
}

macro_rules! bound {
    ($engine:ty, $text:expr, $values:expr, $once:expr) => {{
        let mut query = sqlx::query::<$engine>($text).persistent(!$once);
        for value in $values {
            query = match value {
                Value::Int(v) => query.bind(v),
                Value::Text(v) => query.bind(v),
                Value::Bool(v) => query.bind(v),
                Value::Bytes(v) => query.bind(v),
            };
        }
        query
    }};
}

enum Answer<S, P> {
    Sqlite(Result<S, sqlx::Error>),
    Postgres(Result<P, sqlx::Error>),
}

impl Sql {
    /// Keeps the statement out of the cache of prepared ones: its text hardly comes again.
    #[must_use]
    pub fn once(mut self) -> Self {
        self.once = true;
        self
    }

    /// Binds the next placeholder.
    #[must_use]
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Appends text of the program's own.
    #[must_use]
    pub fn push(mut self, text: &str) -> Self {
        self.text.to_mut().push_str(text);
        self
    }

    /// Appends the placeholder of a new value and binds it.
    #[must_use]
    pub fn push_bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        let number = self.values.len();
        self.push(&format!("${number}"))
    }

    /// Appends placeholders for several new values, with commas between: for `IN (…)`.
    #[must_use]
    pub fn push_list<V: Into<Value>>(self, values: impl IntoIterator<Item = V>) -> Self {
        values
            .into_iter()
            .enumerate()
            .fold(self, |query, (place, value)| {
                query.push(if place == 0 { "" } else { ", " }).push_bind(value)
            })
    }

    /// Every row.
    ///
    /// # Errors
    /// What the engine says; `Timeout` for a read outside a transaction that takes too long.
    pub async fn all<'a>(self, on: impl Into<Source<'a>>) -> Result<Vec<Row>> {
        let on = on.into();
        let outside = matches!(on, Source::Db(_));
        let rows = async move {
            match dispatch!(self, on, fetch_all) {
                Answer::Sqlite(rows) => Ok(rows?.into_iter().map(Row::Sqlite).collect()),
                Answer::Postgres(rows) => Ok(rows?.into_iter().map(Row::Postgres).collect()),
            }
        };
        if !outside {
            return rows.await;
        }
        tokio::time::timeout(READ_PATIENCE, rows)
            .await
            .map_err(|_| DbError::Timeout)?
    }

    /// The first row, if any.
    ///
    /// # Errors
    /// As `all`.
    pub async fn optional<'a>(self, on: impl Into<Source<'a>>) -> Result<Option<Row>> {
        Ok(self.all(on).await?.into_iter().next())
    }

    /// The one row that must be there.
    ///
    /// # Errors
    /// As `all`; no row at all.
    pub async fn one<'a>(self, on: impl Into<Source<'a>>) -> Result<Row> {
        self.optional(on)
            .await?
            .ok_or(DbError::Engine(sqlx::Error::RowNotFound))
    }

    /// Runs a statement inside a transaction and tells how many rows it touched.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn run(self, tx: &mut Tx) -> Result<u64> {
        let db = tx.db.clone();
        let touched = match dispatch!(self, Source::Tx(tx), execute) {
            Answer::Sqlite(done) => done.map(|done| done.rows_affected()),
            Answer::Postgres(done) => done.map(|done| done.rows_affected()),
        };
        touched.map_err(|error| db.note(error.into()))
    }

    /// Hands the rows over one by one, without holding them all in memory.
    ///
    /// # Errors
    /// What the engine says, or the first error of `take`.
    pub async fn each<E: From<DbError>>(
        self,
        tx: &mut Tx,
        mut take: impl FnMut(Row) -> Result<(), E>,
    ) -> Result<(), E> {
        let Self { text, values, once } = self;
        let text = AssertSqlSafe(text.into_owned());
        macro_rules! pump {
            ($engine:ident, $tx:expr) => {{
                let query = bound!($engine, text, values, once);
                let mut rows = query.fetch(&mut **$tx);
                while let Some(row) = rows.try_next().await.map_err(DbError::from)? {
                    take(Row::$engine(row))?;
                }
            }};
        }
        match &mut tx.inner {
            Inner::Sqlite(tx) => pump!(Sqlite, tx),
            Inner::Postgres(tx) => pump!(Postgres, tx),
        }
        Ok(())
    }
}
