//! Two database engines behind one SQL text: SQLite in the data folder by
//! default, PostgreSQL with a `postgres://` address.
//!
//! Statements are written once, with `$1` placeholders and the SQL that both
//! engines share. One transaction writes at a time on either engine, so the
//! numbers of the change log are gapless and in commit order.

pub mod catalogue;
pub mod changes;
mod engine;
mod error;
mod insert;
mod sql;
#[cfg(feature = "testing")]
pub mod testing;

pub use engine::{Db, Engine, Tx};
pub use error::DbError;
pub use insert::Insert;
pub use sql::{Column, Row, Source, Sql, Value, sql};

/// Result of a store function.
pub type Result<T, E = DbError> = std::result::Result<T, E>;

/// Now in epoch microseconds, the unit of every instant in the database.
#[must_use]
pub fn now_micros() -> i64 {
    jiff::Timestamp::now().as_microsecond()
}
