//! Making a copy, while everything goes on being served.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, Seek, Write};
use std::path::Path;

use blob::Blobs;
use db::catalogue::{self, Table};
use db::{Db, Tx, sql};

use super::seal::{self, Hashing};
use super::{FORMAT, KEPT, MANIFEST, Manifest, PortableError, TableNote, file_path, table_path};

const LEVEL: i32 = 6;
const README: &str = "Bản sao lưu của Phổ Luật.\n\
    manifest.json: có gì trong tệp này, mã SHA-256 và số dòng của từng bảng.\n\
    tables/*.jsonl: mỗi bảng một tệp, mỗi dòng một đối tượng JSON.\n\
    files/: các tệp gốc, tên là mã SHA-256 của nội dung (hai chữ đầu là thư mục).\n\
    Khôi phục: pholuat restore TỆP --to THƯ MỤC\n";

/// Writes everything into `path`, which must not exist. The tables are those of one moment.
///
/// # Errors
/// What cannot be read or written; nothing is left at `path` then.
pub async fn pack(db: &Db, blobs: &Blobs, path: &Path) -> Result<Manifest, PortableError> {
    if path.exists() {
        return Err(PortableError::NotEmpty(path.display().to_string()));
    }
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    // Beside the target: renamed into place when whole.
    let part = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    let spooled = spool(db).await?;
    let files = spooled.files.iter().cloned().collect();
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        schema: db.schema_version(),
        made: jiff::Timestamp::now(),
        tables: spooled.tables.iter().map(|(note, _)| note.clone()).collect(),
        files,
    };
    write(part.as_file(), &manifest, spooled, blobs).await?;
    part.as_file().sync_all()?;
    let kept = part.persist_noclobber(path).map_err(|error| error.error)?;
    drop(kept);
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    Ok(manifest)
}

/// Tables on disk, waiting for their place in the archive.
struct Spooled {
    tables: Vec<(TableNote, File)>,
    files: BTreeSet<String>,
}

async fn spool(db: &Db) -> Result<Spooled, PortableError> {
    let known = catalogue::tables(db).await?;
    let mut tx = db.snapshot().await?;
    let mut tables = Vec::new();
    for name in KEPT {
        let table = known.iter().find(|table| table.name == *name);
        let table = table.ok_or_else(|| PortableError::Damaged(format!("thiếu bảng {name}")))?;
        tables.push(spool_table(&mut tx, table).await?);
    }
    let rows = sql(
        "SELECT sha256 FROM originals UNION SELECT sha256 FROM scans UNION SELECT sha256 FROM media_files",
    )
    .all(&mut tx)
    .await?;
    let files = rows
        .iter()
        .map(|row| row.get("sha256"))
        .collect::<db::Result<_>>()?;
    tx.rollback().await?;
    Ok(Spooled { tables, files })
}

async fn spool_table(tx: &mut Tx, table: &Table) -> Result<(TableNote, File), PortableError> {
    let mut out = Hashing::new(BufWriter::new(tempfile::tempfile()?));
    let mut rows = 0;
    table
        .rows(tx, |row| {
            rows += 1;
            serde_json::to_writer(&mut out, &row)?;
            out.write_all(b"\n").map_err(PortableError::from)
        })
        .await?;
    let (out, sha256, _) = out.finish();
    let mut file = out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    file.rewind()?;
    Ok((
        TableNote {
            name: table.name.clone(),
            rows,
            sha256,
        },
        file,
    ))
}

async fn write(
    file: &File,
    manifest: &Manifest,
    spooled: Spooled,
    blobs: &Blobs,
) -> Result<(), PortableError> {
    let hashing = Hashing::new(BufWriter::new(file));
    let mut encoder = zstd::Encoder::new(hashing, LEVEL)?;
    encoder.include_checksum(true)?;
    let mut archive = tar::Builder::new(encoder);
    add(&mut archive, MANIFEST, &serde_json::to_vec_pretty(manifest)?)?;
    add(&mut archive, "README.txt", README.as_bytes())?;
    for name in &spooled.files {
        let bytes = blobs
            .get(name)
            .await?
            .ok_or_else(|| PortableError::Missing(name.clone()))?;
        add(&mut archive, &file_path(name), &bytes)?;
    }
    for (note, mut spooled) in spooled.tables {
        let mut header = header(spooled.metadata()?.len());
        archive.append_data(&mut header, table_path(&note.name), &mut spooled)?;
    }
    let (mut out, hash, _) = archive.into_inner()?.finish()?.finish();
    out.write_all(&seal::frame(&hash))?;
    out.flush()?;
    Ok(())
}

fn add(archive: &mut tar::Builder<impl Write>, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    archive.append_data(&mut header(bytes.len() as u64), name, bytes)
}

fn header(size: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_size(size);
    header.set_mode(0o644);
    header.set_mtime(u64::try_from(jiff::Timestamp::now().as_second()).unwrap_or_default());
    header
}
