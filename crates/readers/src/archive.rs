//! Archives opened in memory, with caps: zip, tar, tar.gz, tar.zst, gz, zst.
//!
//! Links, device files and names that climb out (`..`, absolute) are passed over:
//! nothing is ever written under such a name, but a file that needs them is no law either.

use std::io::{BufReader, Cursor, Read};

use crate::Refusal;

/// How much an archive may hold.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes out of one archive, nested ones included.
    pub bytes: u64,
    /// Bytes out for one byte in.
    pub ratio: u64,
    /// Files.
    pub entries: usize,
    /// Archives inside archives.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 200 << 20,
            ratio: 100,
            entries: 5_000,
            depth: 2,
        }
    }
}

/// A few bytes may always unfold to this many: small files compress by more than any fair ratio.
const ALLOWANCE: u64 = 1 << 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Zip,
    Tar,
    Gzip,
    Zstd,
}

fn format_of(bytes: &[u8]) -> Option<Format> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        // Word and EPUB files are zip files too; they are documents, not archives.
        return (!is_office(bytes)).then_some(Format::Zip);
    }
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return Some(Format::Gzip);
    }
    if bytes.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        return Some(Format::Zstd);
    }
    (bytes.get(257..262) == Some(b"ustar")).then_some(Format::Tar)
}

/// Documents of office programs and EPUB books, which are zip files of their own order.
fn is_office(bytes: &[u8]) -> bool {
    let first_name = bytes.get(30..).unwrap_or_default();
    [&b"[Content_Types].xml"[..], b"mimetype", b"_rels/", b"word/"]
        .iter()
        .any(|name| first_name.starts_with(name))
        || lists_entry(bytes, b"[Content_Types].xml")
}

/// Whether the directory at the end of a zip file names an entry (APPNOTE 4.3.12).
fn lists_entry(bytes: &[u8], name: &[u8]) -> bool {
    let length = u16::try_from(name.len()).unwrap_or(u16::MAX).to_le_bytes();
    end_records(bytes).any(|end| {
        let start = end
            .get(16..20)
            .and_then(|at| <[u8; 4]>::try_from(at).ok())
            .and_then(|at| usize::try_from(u32::from_le_bytes(at)).ok());
        let directory = start.and_then(|start| bytes.get(start..)).unwrap_or_default();
        directory.windows(46 + name.len()).any(|record| {
            record.starts_with(b"PK\x01\x02") && record.ends_with(name) && record.get(28..30) == Some(&length)
        })
    })
}

/// How many entries a zip file says it holds; the highest figure where it says several (APPNOTE 4.3.16).
pub(crate) fn declared_entries(bytes: &[u8]) -> usize {
    end_records(bytes)
        .filter_map(|end| Some(u16::from_le_bytes([*end.get(10)?, *end.get(11)?]).into()))
        .max()
        .unwrap_or(0)
}

/// Everything at the end of a zip file that looks like its end record.
fn end_records(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    const LONGEST: usize = 22 + 0xffff;
    let tail = bytes.get(bytes.len().saturating_sub(LONGEST)..).unwrap_or(bytes);
    tail.windows(22).filter(|end| end.starts_with(b"PK\x05\x06"))
}

/// Whether the content is an archive or a compressed file that [`walk`] opens.
#[must_use]
pub fn is_archive(bytes: &[u8]) -> bool {
    format_of(bytes).is_some()
}

/// Hands every file of an archive to `visit` as (name, content), in archive order.
/// Nested archives are opened too; their files are named `outer.zip/inner.tar/file`.
///
/// # Errors
/// Refuses the rest of an archive that is damaged or breaks a limit;
/// what was visited before stays valid.
pub fn walk(
    name: &str,
    bytes: &[u8],
    limits: &Limits,
    visit: &mut dyn FnMut(&str, Vec<u8>),
) -> Result<(), Refusal> {
    let most = limits
        .bytes
        .min((bytes.len() as u64).saturating_mul(limits.ratio).max(ALLOWANCE));
    let mut opening = Opening {
        limits,
        most,
        bytes_left: most,
        entries_left: limits.entries,
        visit,
    };
    opening.open(name, bytes, 0)
}

/// What is left of the caps while an archive is being opened.
struct Opening<'a> {
    limits: &'a Limits,
    most: u64,
    bytes_left: u64,
    entries_left: usize,
    visit: &'a mut dyn FnMut(&str, Vec<u8>),
}

impl Opening<'_> {
    fn open(&mut self, name: &str, bytes: &[u8], depth: usize) -> Result<(), Refusal> {
        let Some(format) = format_of(bytes) else {
            self.entries_left = self
                .entries_left
                .checked_sub(1)
                .ok_or_else(|| self.too_many(name))?;
            (self.visit)(name, bytes.to_vec());
            return Ok(());
        };
        if depth >= self.limits.depth && format != Format::Tar {
            let message = format!(
                "Tệp nén {name} lồng nhau quá {} lớp; hãy giải nén rồi nhập lại.",
                self.limits.depth
            );
            return Err(Refusal::new("archive-depth", message));
        }
        match format {
            Format::Zip => self.zip(name, bytes, depth),
            Format::Tar => self.tar(name, Cursor::new(bytes), depth),
            Format::Gzip => self.stream(name, "gz", flate2::read::MultiGzDecoder::new(bytes), depth),
            Format::Zstd => {
                let decoder = zstd::stream::read::Decoder::with_buffer(bytes).map_err(|_| damaged(name))?;
                self.stream(name, "zst", decoder, depth)
            }
        }
    }

    /// A compressed stream holds a tar archive, whose files are read as they come, or one file.
    fn stream(&mut self, name: &str, ending: &str, reader: impl Read, depth: usize) -> Result<(), Refusal> {
        let mut reader = BufReader::new(reader);
        let mut head = Vec::new();
        reader
            .by_ref()
            .take(512)
            .read_to_end(&mut head)
            .map_err(|_| damaged(name))?;
        let is_tar = format_of(&head) == Some(Format::Tar);
        let whole = Cursor::new(head).chain(reader);
        if is_tar {
            return self.tar(name, whole, depth);
        }
        let content = self.content(name, whole)?;
        let inner = name
            .strip_suffix(ending)
            .and_then(|name| name.strip_suffix('.'))
            .unwrap_or(name);
        self.open(inner, &content, depth + 1)
    }

    fn tar(&mut self, name: &str, reader: impl Read, depth: usize) -> Result<(), Refusal> {
        let mut archive = tar::Archive::new(reader);
        for entry in archive.entries().map_err(|_| damaged(name))? {
            let entry = entry.map_err(|_| damaged(name))?;
            if !entry.header().entry_type().is_file() {
                self.entries_left = self
                    .entries_left
                    .checked_sub(1)
                    .ok_or_else(|| self.too_many(name))?;
                continue;
            }
            let inner = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            if is_safe(&inner) {
                let content = self.content(name, entry)?;
                self.open(&format!("{name}/{}", tidy(&inner)), &content, depth + 1)?;
            }
        }
        Ok(())
    }

    fn zip(&mut self, name: &str, bytes: &[u8], depth: usize) -> Result<(), Refusal> {
        if declared_entries(bytes) > self.entries_left {
            return Err(self.too_many(name));
        }
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged(name))?;
        if archive.len() > self.entries_left {
            return Err(self.too_many(name));
        }
        for index in 0..archive.len() {
            let entry = archive.by_index(index).map_err(|_| damaged(name))?;
            let Ok(inner) = entry.name().map(std::borrow::Cow::into_owned) else {
                continue;
            };
            if !entry.is_file() || entry.is_symlink() || !is_safe(&inner) {
                continue;
            }
            let content = self.content(name, entry)?;
            self.open(&format!("{name}/{}", tidy(&inner)), &content, depth + 1)?;
        }
        Ok(())
    }

    /// Reads one file out, taking what it unfolds to from what is left.
    fn content(&mut self, name: &str, reader: impl Read) -> Result<Vec<u8>, Refusal> {
        let mut content = Vec::new();
        let taken = reader.take(self.bytes_left + 1).read_to_end(&mut content);
        let taken = taken.map_err(|error| match error.kind() {
            // One file that the memory of the worker does not hold.
            std::io::ErrorKind::OutOfMemory => self.too_large(name),
            _ => damaged(name),
        })? as u64;
        let left = self.bytes_left.checked_sub(taken);
        self.bytes_left = left.ok_or_else(|| self.too_large(name))?;
        Ok(content)
    }

    fn too_large(&self, name: &str) -> Refusal {
        let message = format!(
            "Tệp nén {name} bung ra quá {} MB so với mức cho phép; hãy chia nhỏ rồi nhập lại.",
            self.most >> 20
        );
        Refusal::new("archive-size", message)
    }

    fn too_many(&self, name: &str) -> Refusal {
        let message = format!(
            "Tệp nén {name} chứa quá {} tệp; hãy chia nhỏ rồi nhập lại.",
            self.limits.entries
        );
        Refusal::new("archive-entries", message)
    }
}

fn damaged(name: &str) -> Refusal {
    Refusal::new(
        "archive-damaged",
        format!(
            "Tệp nén {name} bị hỏng hoặc bị cắt ngắn nên không đọc được. Hãy lấy lại tệp từ nơi phát hành."
        ),
    )
}

fn is_safe(name: &str) -> bool {
    let hidden = name
        .rsplit('/')
        .next()
        .is_some_and(|last| last.starts_with("._") || last == ".DS_Store");
    !hidden
        && !name.contains(['\\', '\0'])
        && !name.starts_with('/')
        && !name.split('/').any(|piece| piece == "..")
        && !name.starts_with("__MACOSX/")
}

fn tidy(name: &str) -> &str {
    name.strip_prefix("./").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn names(name: &str, bytes: &[u8], limits: &Limits) -> (Vec<String>, Result<(), Refusal>) {
        let mut seen = Vec::new();
        let result = walk(name, bytes, limits, &mut |name, content| {
            seen.push(format!("{name}:{}", content.len()))
        });
        (seen, result)
    }

    fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            writer
                .start_file(*name, zip::write::SimpleFileOptions::default())
                .expect("start");
            writer.write_all(content).expect("write");
        }
        writer.finish().expect("finish").into_inner()
    }

    fn tar_of(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut builder = tar::Builder::new(Vec::new());
        for (name, content) in files {
            let mut header = tar::Header::new_ustar();
            header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
            header.set_size(content.len() as u64);
            header.set_mode(0o644);
            header.set_cksum();
            builder.append(&header, *content).expect("append");
        }
        builder.into_inner().expect("tar")
    }

    fn gzip(content: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(content).expect("write");
        encoder.finish().expect("finish")
    }

    #[test]
    fn files_come_out_in_order_under_their_path() {
        let inner = gzip(&tar_of(&[("./b/2.html", b"two"), ("3.txt", b"three")]));
        let outer = zip_of(&[("1.html", b"one"), ("set.tar.gz", &inner)]);
        let (seen, result) = names("x.zip", &outer, &Limits::default());
        assert_eq!(
            seen,
            [
                "x.zip/1.html:3",
                "x.zip/set.tar.gz/b/2.html:3",
                "x.zip/set.tar.gz/3.txt:5"
            ]
        );
        assert_eq!(result, Ok(()));
    }

    #[test]
    fn a_compressed_file_loses_its_ending() {
        let (seen, result) = names("luat.json.gz", &gzip(b"{}"), &Limits::default());
        assert_eq!((seen, result), (vec!["luat.json:2".to_owned()], Ok(())));
    }

    #[test]
    fn names_that_climb_out_are_passed_over() {
        let bytes = tar_of(&[
            ("../../etc/passwd", b"x"),
            ("/etc/passwd", b"x"),
            ("a.html", b"ok"),
        ]);
        let (seen, result) = names("t.tar", &bytes, &Limits::default());
        assert_eq!((seen, result), (vec!["t.tar/a.html:2".to_owned()], Ok(())));
    }

    #[test]
    fn bombs_are_refused_within_the_caps() {
        let bomb = gzip(&vec![0; 64 << 20]);
        let (seen, result) = names("bomb.gz", &bomb, &Limits::default());
        assert_eq!(
            (seen.len(), result.expect_err("refused").code.as_str()),
            (0, "archive-size")
        );

        let many: Vec<(String, &[u8])> = (0..30).map(|n| (format!("{n}.txt"), &b"x"[..])).collect();
        let many: Vec<(&str, &[u8])> = many
            .iter()
            .map(|(name, content)| (name.as_str(), *content))
            .collect();
        let limits = Limits {
            entries: 20,
            ..Limits::default()
        };
        for bytes in [zip_of(&many), tar_of(&many)] {
            assert_eq!(
                names("many", &bytes, &limits).1.expect_err("refused").code,
                "archive-entries"
            );
        }

        let mut nested = b"<p>".to_vec();
        for _ in 0..16 {
            nested = gzip(&nested);
        }
        assert_eq!(
            names("deep.gz", &nested, &Limits::default())
                .1
                .expect_err("refused")
                .code,
            "archive-depth"
        );
    }

    #[test]
    fn damaged_archives_are_refused_with_a_sentence() {
        let whole = zip_of(&[("1.html", &[7; 5000])]);
        for cut in [5, 40, whole.len() / 2, whole.len() - 3] {
            let (_, result) = names("c.zip", &whole[..cut], &Limits::default());
            assert!(result.expect_err("refused").message.contains("c.zip"));
        }
        let (_, result) = names("c.gz", &gzip(&[7; 5000])[..20], &Limits::default());
        assert_eq!(result.expect_err("refused").code, "archive-damaged");
    }

    proptest::proptest! {
        #[test]
        fn noise_never_panics(mut bytes in proptest::collection::vec(0u8..=255, 0..400), which in 0usize..3) {
            let heads: [&[u8]; 3] = [b"PK\x03\x04", &[0x1f, 0x8b, 8], &[0x28, 0xb5, 0x2f, 0xfd]];
            bytes.splice(0..0, heads[which].iter().copied());
            let _ = walk("n", &bytes, &Limits::default(), &mut |_, _| {});
        }
    }
}
