//! One file: known already, or kept and read.

use legal::model::Claim;
use readers::{Item, Outcome};
use tokio::sync::{Mutex, mpsc};

use super::{FileReader, ImportError, Lists, Refused, Target, Unpacked, known};
use crate::store::Found;

/// A file on its way to the writer.
#[derive(Debug)]
pub(super) enum Done {
    /// Read by this reader before: nothing to write.
    Known(known::Known),
    /// Read now.
    Read(ReadFile),
    /// The reader did not survive it.
    Lost(Refused),
}

/// A file that was read.
#[derive(Debug)]
pub(super) struct ReadFile {
    pub(super) name: String,
    pub(super) sha256: String,
    pub(super) size: i64,
    pub(super) format: &'static str,
    pub(super) media_type: &'static str,
    /// Empty for a list that only describes other files.
    pub(super) items: Vec<Item>,
    /// What the text of each item says of other acts; `None` where it has none. It is found here,
    /// by many at once: the writer is one.
    pub(super) found: Vec<Option<Found>>,
    /// What lists say of it.
    pub(super) claims: Vec<Claim>,
}

/// Takes files until there are no more.
pub(super) async fn work<R: FileReader>(
    target: &Target,
    reader: &R,
    lists: &Lists,
    queue: &Mutex<mpsc::Receiver<Unpacked>>,
    done: &mpsc::Sender<Done>,
) -> Result<(), ImportError> {
    loop {
        let next = queue.lock().await.recv().await;
        let Some(file) = next else { return Ok(()) };
        let claims = lists
            .read()
            .map(|lists| lists.claims(&file.name).to_vec())
            .unwrap_or_default();
        let file = one(target, reader, file, claims).await?;
        if done.send(file).await.is_err() {
            return Ok(());
        }
    }
}

async fn one<R: FileReader>(
    target: &Target,
    reader: &R,
    file: Unpacked,
    claims: Vec<Claim>,
) -> Result<Done, ImportError> {
    let Unpacked { name, bytes } = file;
    let sha256 = blob::sha256(&bytes);
    if let Some(known) = known::find(&target.db, &sha256, &claims).await? {
        return Ok(Done::Known(known));
    }
    // The original is durable before anything that refers to it.
    let keeping = target.blobs.put(bytes.clone());
    let reading = reader.read(short(&name), bytes.clone(), claims.clone());
    let (kept, reading) = tokio::join!(keeping, reading);
    kept?;
    let (format, media_type) = format_of(&name, &bytes);
    let items = match reading {
        Err(refusal) => return Ok(Done::Lost(Refused::of(name, refusal))),
        Ok(reading) => reading.items,
    };
    let finding = tokio::task::spawn_blocking(move || {
        let found = items.iter().map(found_in).collect();
        (items, found)
    });
    let (items, found) = finding.await?;
    Ok(Done::Read(ReadFile {
        name,
        sha256,
        size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        format,
        media_type,
        items,
        found,
        claims,
    }))
}

fn found_in(item: &Item) -> Option<Found> {
    match &item.outcome {
        Outcome::Act(text) => Some(Found::of(text)),
        Outcome::MetadataOnly(_) | Outcome::Refused(_) => None,
    }
}

/// The name without folders: where a file lay on the officer's machine is nobody's business.
pub(super) fn short(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

/// Files that tell what they are by their first bytes, whatever their name says.
const MAGIC: &[(&[u8], &str, &str)] = &[
    (b"%PDF-", "pdf", "application/pdf"),
    (
        b"PK\x03\x04",
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    (b"\xd0\xcf\x11\xe0", "doc", "application/msword"),
    (b"{\\rtf", "rtf", "application/rtf"),
    (b"\x89PNG", "png", "image/png"),
    (b"\xff\xd8\xff", "jpeg", "image/jpeg"),
    (b"GIF8", "gif", "image/gif"),
    (b"II*\0", "tiff", "image/tiff"),
    (b"MM\0*", "tiff", "image/tiff"),
];

/// What a file is, by its first bytes, else by the end of its name, else by its first letters.
fn format_of(name: &str, bytes: &[u8]) -> (&'static str, &'static str) {
    const HTML: (&str, &str) = ("html", "text/html; charset=utf-8");
    const JSON: (&str, &str) = ("json", "application/json");
    const TEXT: (&str, &str) = ("txt", "text/plain; charset=utf-8");
    if let Some((_, format, media_type)) = MAGIC.iter().find(|row| bytes.starts_with(row.0)) {
        return (format, media_type);
    }
    let ending = short(name)
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref() {
        Some("html" | "htm" | "xhtml") => HTML,
        Some("json") => JSON,
        Some("jsonl" | "ndjson") => ("jsonl", "application/x-ndjson"),
        Some("txt" | "text") => TEXT,
        _ => match bytes.iter().find(|byte| !byte.is_ascii_whitespace()) {
            Some(b'<') => HTML,
            Some(b'{' | b'[') => JSON,
            _ => TEXT,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_and_names() {
        assert_eq!(format_of("a/B.HTM", b"").0, "html");
        assert_eq!(format_of("trang", b" <!doctype html>").0, "html");
        assert_eq!(
            format_of("luật.DOC", b"\xd0\xcf\x11\xe0\xa1").1,
            "application/msword"
        );
        assert_eq!(format_of("luật.doc", b"PK\x03\x04").0, "docx");
        assert_eq!(format_of("luật.doc", b"<html>").0, "html");
        assert_eq!(format_of("a.pdf", b"%PDF-1.4").1, "application/pdf");
        assert_eq!(format_of("x.jsonl", b"{}").0, "jsonl");
        assert_eq!(format_of("x.html", b"%PDF-1.4").1, "application/pdf");
        assert_eq!(format_of("x", b"\x89PNG\r\n").0, "png");
        assert_eq!(format_of("x", b"{}").0, "json");
        assert_eq!(format_of("x.tar/luat", "Điều 1".as_bytes()).0, "txt");
        assert_eq!(short("/home/an/a.zip/b/c.html"), "c.html");
    }
}
