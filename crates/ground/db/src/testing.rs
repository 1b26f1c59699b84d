//! Databases for tests: a fresh SQLite folder, and a fresh database on the PostgreSQL
//! server that `tools/with-postgres` starts.

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;

use crate::Db;

/// A database that is gone when dropped.
#[derive(Debug)]
pub struct TestDb {
    /// The database.
    pub db: Db,
    /// Its address; `None` for SQLite in `folder`.
    pub url: Option<String>,
    /// A folder of its own.
    pub folder: TempDir,
}

/// An empty SQLite database.
///
/// # Panics
/// Where none can be made.
pub async fn sqlite() -> TestDb {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let db = Db::connect(None, folder.path()).await.expect("SQLite opens");
    TestDb {
        db,
        url: None,
        folder,
    }
}

/// An empty database on the server of `PHOLUAT_TEST_PG`; `None`, with a printed line, without one.
///
/// # Panics
/// Where the server is named but does not answer.
pub async fn postgres() -> Option<TestDb> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = postgres_url().await?;
    let db = Db::connect(Some(&url), folder.path())
        .await
        .expect("PostgreSQL opens");
    Some(TestDb {
        db,
        url: Some(url),
        folder,
    })
}

/// The address of a fresh, wholly empty database on the test server.
///
/// # Panics
/// Where the server is named but does not answer.
pub async fn postgres_url() -> Option<String> {
    let Ok(server) = std::env::var("PHOLUAT_TEST_PG") else {
        eprintln!("skipped: the PostgreSQL half (run it with tools/with-postgres)");
        return None;
    };
    let mut admin = PgConnection::connect(&server)
        .await
        .expect("the test server answers");
    let name = format!("t{}_{}", std::process::id(), crate::now_micros());
    let create = AssertSqlSafe(format!("CREATE DATABASE {name}"));
    sqlx::query(create)
        .execute(&mut admin)
        .await
        .expect("a database is made");
    Some(server.replacen("/postgres?", &format!("/{name}?"), 1))
}

/// Defines a test that runs on both engines: `both_engines!(name, |test| { … });`
/// where `test` is a [`TestDb`].
#[macro_export]
macro_rules! both_engines {
    ($name:ident, |$test:ident| $body:block) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn check($test: $crate::testing::TestDb) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                check($crate::testing::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(test) = $crate::testing::postgres().await {
                    check(test).await;
                }
            }
        }
    };
}
