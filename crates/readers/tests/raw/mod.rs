//! The text of a file without our readers: tags left out, `w:t` alone, characters of a Word 97 stream.

use std::io::{Cursor, Read};

use regex::Regex;
use viet::nfc;

use crate::support::alike;

/// Letters of one side that must stand around a difference.
const AROUND: usize = 10;

/// What a file says, as [`alike`] writes it; `None` for formats whose bytes do not show it.
pub fn text(format: &str, bytes: &[u8]) -> Option<String> {
    match format {
        "html" => {
            let page = scraper::Html::parse_document(&String::from_utf8_lossy(bytes));
            Some(alike(&nfc(&page.root_element().text().collect::<String>())))
        }
        "docx" => {
            let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
            let mut xml = String::new();
            let mut part = zip.by_name("word/document.xml").ok()?;
            part.read_to_string(&mut xml).ok()?;
            let runs = Regex::new(r"<w:t(?: [^>]*)?>([^<]*)</w:t>").ok()?;
            Some(alike(&nfc(&runs
                .captures_iter(&xml)
                .map(|run| run[1].to_owned())
                .collect::<String>())))
        }
        "doc" => {
            let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
            let mut stream = Vec::new();
            file.open_stream("/WordDocument")
                .ok()?
                .read_to_end(&mut stream)
                .ok()?;
            let units = stream
                .chunks_exact(2)
                .map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
            Some(alike(&nfc(&String::from_utf16_lossy(&units.collect::<Vec<_>>()))))
        }
        _ => None,
    }
}

/// Every place where two texts differ, as each of them has it with the letters around.
pub fn differences(one: &str, other: &str) -> Vec<(String, String)> {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut out: Vec<(std::ops::Range<usize>, std::ops::Range<usize>)> = Vec::new();
    for change in similar::capture_diff_slices(similar::Algorithm::Myers, &a, &b) {
        let (tag, old, new) = change.as_tag_tuple();
        if tag == similar::DiffTag::Equal {
            continue;
        }
        match out.last_mut() {
            Some(last) if old.start - last.0.end < AROUND => {
                last.0.end = old.end;
                last.1.end = new.end;
            }
            _ => out.push((old, new)),
        }
    }
    let around = |all: &[char], range: &std::ops::Range<usize>| -> String {
        let end = (range.end + AROUND).min(all.len());
        all[range.start.saturating_sub(AROUND)..end].iter().collect()
    };
    out.iter()
        .map(|(old, new)| (around(&a, old), around(&b, new)))
        .collect()
}
