//! Restoring a copy into an empty database and store.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use blob::Blobs;
use db::catalogue::{self, Table};
use db::{Db, Tx};

use super::seal::{self, Hashing};
use super::{FORMAT, MANIFEST, Manifest, PortableError, TableNote};

/// Rows inserted at once.
const ROWS: usize = 500;
/// Longest original that a copy may hold.
const MAX_FILE: u64 = 1 << 30;

/// Restores the copy at `path`; every hash and every count is checked before anything is
/// visible in the database.
///
/// # Errors
/// A damaged copy, a database that is not empty, what cannot be written.
pub async fn unpack(path: &Path, db: &Db, blobs: &Blobs) -> Result<Manifest, PortableError> {
    let mut file = File::open(path)?;
    let length = seal::verify(&mut file)?;
    let tables = empty_tables(db).await?;
    let decoder = zstd::Decoder::new(file.take(length))?;
    let mut archive = tar::Archive::new(decoder);
    let mut entries = archive.entries()?;
    let first = entries.next().ok_or_else(|| damaged("tệp rỗng"))??;
    let manifest = read_manifest(first, db)?;
    let mut restore = Restore {
        tx: db.begin().await?,
        blobs,
        tables,
        manifest,
        seen: BTreeSet::new(),
    };
    for entry in entries {
        restore.take(entry?).await?;
    }
    restore.finish().await
}

fn damaged(why: impl Into<String>) -> PortableError {
    PortableError::Damaged(why.into())
}

async fn empty_tables(db: &Db) -> Result<Vec<Table>, PortableError> {
    let tables = catalogue::tables(db).await?;
    let mut tx = db.snapshot().await?;
    for table in &tables {
        if table.count(&mut tx).await? > 0 {
            return Err(PortableError::NotEmpty(format!(
                "bảng {} đã có dữ liệu",
                table.name
            )));
        }
    }
    tx.rollback().await?;
    Ok(tables)
}

fn read_manifest(entry: tar::Entry<'_, impl Read>, db: &Db) -> Result<Manifest, PortableError> {
    if entry.path()?.as_os_str() != MANIFEST {
        return Err(damaged("không có manifest.json ở đầu"));
    }
    let manifest: Manifest = serde_json::from_reader(entry)?;
    if manifest.format != FORMAT || manifest.schema > db.schema_version() {
        return Err(PortableError::TooNew(format!(
            "{} {}",
            manifest.format, manifest.program
        )));
    }
    Ok(manifest)
}

/// A restore under way.
struct Restore<'a> {
    tx: Tx,
    blobs: &'a Blobs,
    tables: Vec<Table>,
    manifest: Manifest,
    seen: BTreeSet<String>,
}

impl Restore<'_> {
    async fn take(&mut self, entry: tar::Entry<'_, impl Read>) -> Result<(), PortableError> {
        let path = entry.path()?.display().to_string();
        if let Some(name) = path.strip_prefix("files/") {
            return self.take_file(&name.replace('/', ""), entry).await;
        }
        let table = path
            .strip_prefix("tables/")
            .and_then(|name| name.strip_suffix(".jsonl"));
        match table {
            Some(name) => self.take_table(name, entry).await,
            None if path == "README.txt" => Ok(()),
            None => Err(damaged(format!("có mục lạ {path}"))),
        }
    }

    async fn take_file(&mut self, name: &str, entry: impl Read) -> Result<(), PortableError> {
        let mut bytes = Vec::new();
        entry.take(MAX_FILE).read_to_end(&mut bytes)?;
        if blob::sha256(&bytes) != name {
            return Err(damaged(format!("tệp gốc {name}")));
        }
        self.blobs.put(bytes).await?;
        self.seen.insert(format!("files/{name}"));
        Ok(())
    }

    async fn take_table(&mut self, name: &str, entry: impl Read) -> Result<(), PortableError> {
        let wrong = || damaged(format!("bảng {name}"));
        let note = self
            .manifest
            .tables
            .iter()
            .find(|note| note.name == name)
            .ok_or_else(wrong)?;
        let table = self
            .tables
            .iter()
            .find(|table| table.name == name)
            .ok_or_else(wrong)?;
        let found = insert_rows(&mut self.tx, table, entry).await?;
        if found != *note || table.count(&mut self.tx).await? != note.rows {
            return Err(wrong());
        }
        self.seen.insert(format!("tables/{name}"));
        Ok(())
    }

    /// Everything the manifest names was there: now it becomes visible.
    async fn finish(self) -> Result<Manifest, PortableError> {
        let tables = self
            .manifest
            .tables
            .iter()
            .map(|note| format!("tables/{}", note.name));
        let files = self.manifest.files.iter().map(|name| format!("files/{name}"));
        if let Some(missing) = tables.chain(files).find(|name| !self.seen.contains(name)) {
            return Err(damaged(format!("thiếu {missing}")));
        }
        self.tx.commit().await?;
        Ok(self.manifest)
    }
}

async fn insert_rows(tx: &mut Tx, table: &Table, entry: impl Read) -> Result<TableNote, PortableError> {
    let mut lines = BufReader::new(Hashing::new(entry));
    let (mut insert, mut rows, mut line) = (table.insert(), 0_u64, String::new());
    let mut waiting = 0;
    while lines.read_line(&mut line)? > 0 {
        insert.row_of(table.values(serde_json::from_str(&line)?)?);
        (rows, waiting) = (rows + 1, waiting + 1);
        line.clear();
        if waiting == ROWS {
            std::mem::replace(&mut insert, table.insert()).run(tx).await?;
            waiting = 0;
        }
    }
    insert.run(tx).await?;
    let (_, sha256, _) = lines.into_inner().finish();
    Ok(TableNote {
        name: table.name.clone(),
        rows,
        sha256,
    })
}
