//! Heads of the audit log, noted each hour in a file beside the database: who changes the one
//! must also change the other. The file is small; operators copy it to where nobody writes.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use anyhow::Context;
use audit::Head;
use db::Db;

/// How often a head is noted (trust.md 4.5).
const EVERY: Duration = Duration::from_secs(3600);

/// The heads of a file; none where there is no file. A line is a moment, a space and a head.
///
/// # Errors
/// A file that cannot be read, or a line that is no head.
pub fn read(file: &Path) -> anyhow::Result<Vec<Head>> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let heads = text.lines().filter(|line| !line.trim().is_empty()).map(|line| {
        let head = line.rsplit(' ').next().unwrap_or_default();
        head.parse().with_context(|| format!("dòng “{line}”"))
    });
    heads.collect()
}

/// Notes the present head where it is another than the last one noted.
///
/// # Errors
/// The database or the file.
pub async fn note(db: &Db, file: &Path) -> anyhow::Result<()> {
    let head = audit::head(db).await?;
    if read(file)?.last() == Some(&head) || head.seq == 0 {
        return Ok(());
    }
    let mut file = OpenOptions::new().create(true).append(true).open(file)?;
    writeln!(file, "{} {head}", jiff::Timestamp::now())?;
    file.sync_all()?;
    Ok(())
}

/// Notes heads for as long as the service runs.
pub async fn keep_noting(db: Db, file: std::path::PathBuf) {
    loop {
        if let Err(error) = note(&db, &file).await {
            tracing::warn!("the head of the audit log is not noted: {error:#}");
        }
        tokio::time::sleep(EVERY).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_file_is_named_and_a_missing_one_is_empty() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("heads");
        assert_eq!(read(&file).expect("no file"), Vec::new());
        let hash = "a".repeat(64);
        std::fs::write(&file, format!("2026-11-26T00:00:00Z 7:{hash}\n")).expect("written");
        assert_eq!(read(&file).expect("heads"), [Head { seq: 7, hash }]);
        std::fs::write(&file, "gì đó\n").expect("written");
        assert!(read(&file).is_err());
    }
}
