//! Old encodings over real law: told from 40 letters, never seen in Unicode.

mod support;

use std::io::{BufRead, BufReader};

use support::shared;
use viet::legacy::{self, Encoding};

/// Letters from which on an encoding must be told.
const LETTERS: usize = 40;
/// Share of passages whose encoding must be told right.
const BAR: f64 = 0.99;

/// Paragraphs of at least 40 letters from the codified law, in NFC.
fn paragraphs(count: usize) -> std::io::Result<Option<Vec<String>>> {
    let Some(data) = shared().map(|folder| folder.join("data/code/phapdien_2026.jsonl.zst")) else {
        println!("skipped: no shared data on this machine");
        return Ok(None);
    };
    let lines = BufReader::new(zstd::Decoder::new(std::fs::File::open(data)?)?).lines();
    let mut out = Vec::new();
    for line in lines {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let text = row["text"]
            .as_str()
            .or(row["content"].as_str())
            .unwrap_or_default();
        let long = |line: &&str| line.chars().filter(|c| c.is_alphabetic()).count() >= LETTERS;
        out.extend(text.lines().filter(long).take(3).map(viet::nfc));
        if out.len() >= count {
            break;
        }
    }
    Ok(Some(out))
}

/// The beginning of a text up to the word in which its 40th letter stands.
fn beginning(text: &str) -> &str {
    let letters = text.char_indices().filter(|(_, c)| c.is_alphabetic());
    let Some((enough, _)) = letters.take(LETTERS).last() else {
        return text;
    };
    let end = text[enough..]
        .find(' ')
        .map_or(text.len(), |space| enough + space);
    &text[..end]
}

#[test]
fn forty_letters_tell_the_encoding() -> std::io::Result<()> {
    let Some(paragraphs) = paragraphs(4_000)? else {
        return Ok(());
    };
    for encoding in Encoding::ALL {
        let (mut told, mut all) = (0u32, 0u32);
        for text in &paragraphs {
            let bytes = legacy::encode(encoding, beginning(text));
            let written = legacy::as_characters(&bytes);
            all += 1;
            let found = legacy::detect(&written);
            told += u32::from(found == Some(encoding));
            if found != Some(encoding) && all < 2_000 {
                println!("{} {found:?} {written}", encoding.name());
            }
        }
        println!("{}: {told} of {all}", encoding.name());
        assert!(f64::from(told) >= BAR * f64::from(all), "{}", encoding.name());
    }
    Ok(())
}

#[test]
fn unicode_is_never_taken_for_an_old_encoding() -> std::io::Result<()> {
    let Some(paragraphs) = paragraphs(10_000)? else {
        return Ok(());
    };
    assert!(paragraphs.len() >= 10_000);
    let hits: Vec<&String> = paragraphs
        .iter()
        .filter(|text| legacy::detect(text).is_some())
        .collect();
    assert!(hits.is_empty(), "{hits:?}");
    // Without marks, as people type in a hurry, nothing is found either.
    let bare = paragraphs.iter().map(|text| viet::fold(text));
    let hits: Vec<(Option<Encoding>, String)> = bare
        .map(|text| (legacy::detect(&text), text))
        .filter(|hit| hit.0.is_some())
        .collect();
    assert!(hits.is_empty(), "{} {hits:?}", hits.len());
    Ok(())
}
