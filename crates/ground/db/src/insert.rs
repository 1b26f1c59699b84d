//! Many rows in few statements.

use std::borrow::Cow;

use crate::{Engine, Result, Tx, Value, sql};

/// Values in one statement: few enough that the text of a full one is worth keeping prepared.
/// SQLite allows 32,766, PostgreSQL 65,535.
const VALUES_PER_STATEMENT: usize = 480;

/// Rows waiting to be written into one table.
#[derive(Debug)]
pub struct Insert {
    table: Cow<'static, str>,
    columns: Vec<Cow<'static, str>>,
    values: Vec<Value>,
    tail: &'static str,
}

impl Insert {
    /// An insert into `table` of the given columns.
    #[must_use]
    pub fn into(table: &'static str, columns: &'static [&'static str]) -> Self {
        let columns = columns.iter().copied().map(Cow::from).collect();
        Self::of(table.into(), columns)
    }

    pub(crate) fn of(table: Cow<'static, str>, columns: Vec<Cow<'static, str>>) -> Self {
        Self {
            table,
            columns,
            values: Vec::new(),
            tail: "",
        }
    }

    /// What follows the values: `ON CONFLICT …`.
    #[must_use]
    pub fn tail(mut self, tail: &'static str) -> Self {
        self.tail = tail;
        self
    }

    /// Adds one row; it must have a value for each column.
    pub fn row<const N: usize>(&mut self, values: [Value; N]) {
        debug_assert_eq!(N, self.columns.len(), "one value a column of {}", self.table);
        self.values.extend(values);
    }

    /// Adds one row whose width is known only at run time.
    pub fn row_of(&mut self, values: Vec<Value>) {
        debug_assert_eq!(
            values.len(),
            self.columns.len(),
            "one value a column of {}",
            self.table
        );
        self.values.extend(values);
    }

    /// Writes all rows.
    ///
    /// # Errors
    /// What the engine says; the transaction is then of no more use.
    pub async fn run(self, tx: &mut Tx) -> Result<u64> {
        let width = self.columns.len();
        let rows = (VALUES_PER_STATEMENT / width).max(1);
        let mut values = self.values.into_iter();
        let mut written = 0;
        let engine = tx.engine();
        loop {
            let chunk: Vec<Value> = values.by_ref().take(rows * width).collect();
            if chunk.is_empty() {
                return Ok(written);
            }
            let mut statement = sql(text(
                engine,
                &self.table,
                &self.columns,
                chunk.len() / width,
                self.tail,
            ));
            if chunk.len() < rows * width {
                statement = statement.once();
            }
            for value in chunk {
                statement = statement.bind(value);
            }
            written += statement.run(tx).await?;
        }
    }
}

/// `INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4) …`. The driver of SQLite looks each `$n` up by
/// its name, among all of them, which made a tenth of an import; a bare `?` has no name.
fn text(engine: Engine, table: &str, columns: &[Cow<'static, str>], rows: usize, tail: &str) -> String {
    let mark = |n: usize| match engine {
        Engine::Sqlite => "?".to_owned(),
        Engine::Postgres => format!("${n}"),
    };
    let groups: Vec<String> = (0..rows)
        .map(|row| {
            let first = row * columns.len();
            let marks: Vec<String> = (1..=columns.len()).map(|n| mark(first + n)).collect();
            format!("({})", marks.join(", "))
        })
        .collect();
    format!(
        "INSERT INTO {table} ({}) VALUES {} {tail}",
        columns.join(", "),
        groups.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use crate::Engine;

    #[test]
    fn placeholders_count_through_the_rows() {
        let text = |engine| {
            super::text(
                engine,
                "t",
                &["a".into(), "b".into()],
                2,
                "ON CONFLICT DO NOTHING",
            )
        };
        assert_eq!(
            text(Engine::Postgres),
            "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4) ON CONFLICT DO NOTHING"
        );
        assert_eq!(
            text(Engine::Sqlite),
            "INSERT INTO t (a, b) VALUES (?, ?), (?, ?) ON CONFLICT DO NOTHING"
        );
    }
}
