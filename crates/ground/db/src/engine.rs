//! Connections: pools small enough for two cores, one writer at a time.

use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Postgres, Sqlite, Transaction};
use tokio::sync::watch;

use crate::{DbError, Result, sql};

static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

/// File name of the SQLite database inside the data folder.
const FILE_NAME: &str = "pholuat.sqlite";
const READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 8;
/// How long a writer waits for another one.
const WRITER_PATIENCE: Duration = Duration::from_secs(20);
const ACQUIRE_PATIENCE: Duration = Duration::from_secs(10);
/// One lock for all our writers on PostgreSQL; the number is arbitrary but fixed for good.
const WRITER_LOCK: &str = "SELECT pg_advisory_xact_lock(7011886533001)";

/// Which engine answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// The embedded engine, one file in the data folder.
    Sqlite,
    /// A PostgreSQL server.
    Postgres,
}

#[derive(Clone, Debug)]
pub(crate) enum Pools {
    Sqlite { read: SqlitePool, write: SqlitePool },
    Postgres(PgPool),
}

/// The database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Db {
    pub(crate) pools: Pools,
    halted: Arc<AtomicBool>,
    wake: watch::Sender<u64>,
}

impl Db {
    /// Opens the database and applies missing migrations: `url` `None` means SQLite in `folder`
    /// (made if missing), `postgres://…` a server, `sqlite:PATH` a file elsewhere.
    ///
    /// # Errors
    /// An address we do not know, an engine that does not answer, a migration that fails.
    pub async fn connect(url: Option<&str>, folder: &Path) -> Result<Self> {
        match url {
            None => {
                std::fs::create_dir_all(folder).map_err(sqlx::Error::Io)?;
                let options = SqliteConnectOptions::new().filename(folder.join(FILE_NAME));
                Self::open_sqlite(options).await
            }
            Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                Self::open_postgres(url).await
            }
            Some(url) if url.starts_with("sqlite:") => {
                Self::open_sqlite(SqliteConnectOptions::from_str(url)?).await
            }
            // The address may hold a password: only its scheme is repeated.
            Some(url) => Err(DbError::Address(
                url.split(':').next().unwrap_or_default().to_owned(),
            )),
        }
    }

    async fn open_sqlite(options: SqliteConnectOptions) -> Result<Self> {
        let options = options
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(WRITER_PATIENCE)
            .disable_statement_logging();
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(WRITER_PATIENCE)
            .connect_with(options.clone())
            .await?;
        SQLITE_MIGRATIONS.run(&write).await?;
        let read = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(ACQUIRE_PATIENCE)
            .connect_with(options.pragma("query_only", "ON"))
            .await?;
        Ok(Self::of(Pools::Sqlite { read, write }))
    }

    async fn open_postgres(url: &str) -> Result<Self> {
        let options = PgConnectOptions::from_str(url)?
            .application_name("pholuat")
            .disable_statement_logging()
            .options([
                ("statement_timeout", "30s"),
                ("idle_in_transaction_session_timeout", "60s"),
            ]);
        let pool = PgPoolOptions::new()
            .max_connections(POSTGRES_CONNECTIONS)
            .acquire_timeout(ACQUIRE_PATIENCE)
            .connect_with(options)
            .await?;
        POSTGRES_MIGRATIONS.run(&pool).await?;
        Ok(Self::of(Pools::Postgres(pool)))
    }

    fn of(pools: Pools) -> Self {
        Self {
            pools,
            halted: Arc::default(),
            wake: watch::Sender::new(0),
        }
    }

    /// The engine behind.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self.pools {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres(_) => Engine::Postgres,
        }
    }

    /// Begins the one writing transaction; waits while another writer holds it.
    ///
    /// # Errors
    /// `Halted` after a storage failure; otherwise what the engine says.
    pub async fn begin(&self) -> Result<Tx> {
        if self.is_halted() {
            return Err(DbError::Halted);
        }
        let inner = match &self.pools {
            Pools::Sqlite { write, .. } => Inner::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Pools::Postgres(pool) => Inner::Postgres(pool.begin().await?),
        };
        let mut tx = Tx {
            inner,
            db: self.clone(),
            appended: false,
        };
        if self.engine() == Engine::Postgres {
            sql(WRITER_LOCK).run(&mut tx).await?;
        }
        Ok(tx)
    }

    /// A read-only transaction that sees one moment of the whole database.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn snapshot(&self) -> Result<Tx> {
        let inner = match &self.pools {
            Pools::Sqlite { read, .. } => Inner::Sqlite(read.begin().await?),
            Pools::Postgres(pool) => {
                let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                Inner::Postgres(pool.begin_with(begin).await?)
            }
        };
        let mut tx = Tx {
            inner,
            db: self.clone(),
            appended: false,
        };
        if self.engine() == Engine::Postgres {
            // A backup or a check of everything takes as long as it takes.
            sql("SET LOCAL statement_timeout = 0").run(&mut tx).await?;
        }
        Ok(tx)
    }

    /// True once a write failed at the storage level.
    #[must_use]
    pub fn is_halted(&self) -> bool {
        self.halted.load(Ordering::Acquire)
    }

    /// Connections open, and how many of them are idle (for metrics).
    #[must_use]
    pub fn connections(&self) -> (usize, usize) {
        let (size, idle) = match &self.pools {
            Pools::Sqlite { read, write } => (read.size() + write.size(), read.num_idle() + write.num_idle()),
            Pools::Postgres(pool) => (pool.size(), pool.num_idle()),
        };
        (size as usize, idle)
    }

    /// Closes every connection; SQLite folds its write-ahead log into the file.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }

    /// Number of the newest migration that this binary knows.
    #[must_use]
    pub fn schema_version(&self) -> i64 {
        let migrations = match self.engine() {
            Engine::Sqlite => &SQLITE_MIGRATIONS,
            Engine::Postgres => &POSTGRES_MIGRATIONS,
        };
        migrations.iter().map(|one| one.version).max().unwrap_or_default()
    }

    /// Woken whenever this process commits a change.
    pub(crate) fn wakes(&self) -> watch::Receiver<u64> {
        self.wake.subscribe()
    }

    pub(crate) fn note(&self, error: DbError) -> DbError {
        if error.is_broken_storage() && !self.halted.swap(true, Ordering::AcqRel) {
            tracing::error!(%error, "storage failed: no more writes are accepted");
        }
        error
    }
}

#[derive(Debug)]
pub(crate) enum Inner {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// A transaction; dropped without `commit` it is rolled back.
#[derive(Debug)]
pub struct Tx {
    pub(crate) inner: Inner,
    pub(crate) db: Db,
    pub(crate) appended: bool,
}

impl Tx {
    /// Makes everything durable and visible; then wakes the followers of the change log.
    ///
    /// # Errors
    /// Nothing was acknowledged then; after a storage failure the database accepts no more writes.
    pub async fn commit(self) -> Result<()> {
        let done = match self.inner {
            Inner::Sqlite(tx) => tx.commit().await,
            Inner::Postgres(tx) => tx.commit().await,
        };
        done.map_err(|error| self.db.note(error.into()))?;
        if self.appended {
            self.db.wake.send_modify(|count| *count = count.wrapping_add(1));
        }
        Ok(())
    }

    /// Undoes everything.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn rollback(self) -> Result<()> {
        match self.inner {
            Inner::Sqlite(tx) => tx.rollback().await?,
            Inner::Postgres(tx) => tx.rollback().await?,
        }
        Ok(())
    }

    /// The engine behind.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.db.engine()
    }
}
