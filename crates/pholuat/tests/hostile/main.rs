//! Files made to harm, read by the program itself: its worker refuses or reads each within its memory and
//! its time, and no file costs the worker.
//!
//! `HOSTILE_FILES=folder` keeps the files there, to measure one with `time pholuat inspect FILE`.

mod doc;
mod docx;
mod html;
mod pdf;
mod rtf;
mod wrapped;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

/// What is said of each file: the code of the refusal.
const SAID: &str = "
    loose-boxes.doc word-size    hidden-notes.doc word-size   lists-and-notes.doc no-act
    long-numbers.doc word-size   rows.doc word-size           styles.doc no-act
    fields.doc empty             sections.doc word-size       notes.doc empty
    deep-tables.doc word-size    one-line.doc word-size
    long-numbers.docx word-size  hidden-marks.docx no-act     deleted-marks.docx word-size
    notes.docx empty             styles.docx word-size        attributes.docx empty
    prefixes.docx word-damaged   cells.docx word-size         spans.docx word-size
    fields.docx empty            runs.docx no-act             articles.docx word-size
    quotes.docx no-act           points.docx word-size        one-line.docx no-act
    nested.docx empty            bomb.docx word-size          full.docx no-act
    full-line.docx no-act
    pages.pdf bomb               many-words.pdf bomb          columns.pdf bomb
    raster.pdf bomb              rules.pdf bomb               wide-fonts.pdf bomb
    forms.pdf bomb               long-texts.pdf no-act        ranges.pdf no-act
    kids.pdf scan                objects.pdf pdf              full.pdf no-act
    deep.docx word-depth         deep-tables.docx word-depth  deep-formulas.docx word-damaged
    entities.docx word-dtd       cycle.pdf scan               tables.pdf pdf
    unpacked.pdf bomb            tags.html markup             tables.html markup
    attributes.html markup       letters.html markup          ends.html markup
    columns.html no-act          spans.html no-act            lists.html no-act
    entities.html no-act         comment.html no-act          value.html empty
    notes.html no-act            groups.rtf word-depth        bin.rtf no-act
    skips.rtf no-act             rows.rtf no-act              depths.rtf no-act
    nested.rtf no-act            fonts.rtf no-act             fields.rtf empty
    formulas.rtf no-act          footnotes.rtf no-act         pictures.rtf empty
    overlap.zip archive-entries  nested.zip archive-depth     bomb.zip archive-size
    bomb.tar.gz archive-size     long.tar.gz archive-damaged  loop.doc word-damaged
    loops.doc word-damaged       nowhere.doc word-damaged     deep.json json
    objects.json json            numbers.json json            escapes.json json
";

fn expected() -> BTreeMap<&'static str, &'static str> {
    let mut words = SAID.split_whitespace();
    std::iter::from_fn(|| words.next().zip(words.next())).collect()
}

#[test]
fn no_file_costs_the_worker() {
    let place = tempfile::tempdir().expect("folder");
    let keep = std::env::var_os("HOSTILE_FILES").map(PathBuf::from);
    let files = keep.unwrap_or_else(|| place.path().join("files"));
    std::fs::create_dir_all(&files).expect("folder");
    let all = [
        doc::files(),
        docx::files(),
        html::files(),
        pdf::files(),
        rtf::files(),
        wrapped::files(),
    ];
    for (name, bytes) in all.into_iter().flatten() {
        std::fs::write(files.join(name), bytes).expect("file");
    }
    // The memory is the one that the program uses; time is not asserted here, where nothing is optimised.
    let inspect = |name: &str| -> Value {
        let output = Command::new(env!("CARGO_BIN_EXE_pholuat"))
            .args(["inspect", "--json"])
            .arg(files.join(name))
            .env("PHOLUAT_IMPORT_SECONDS", "300")
            .output()
            .expect("the program runs");
        serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| panic!("{name}: {}", String::from_utf8_lossy(&output.stderr)))
    };
    let expected: Vec<_> = expected().into_iter().collect();
    let check = &|(name, code): &(&str, &str)| {
        let said = &inspect(name)["refused"];
        assert_eq!(said["code"], **code, "{name}: {said}");
        let sentence = said["message"].as_str().unwrap_or_default();
        assert!(
            !sentence.is_ascii() && sentence.ends_with('.'),
            "{name}: {sentence}"
        );
    };
    std::thread::scope(|scope| {
        for half in expected.chunks(expected.len().div_ceil(2)) {
            scope.spawn(move || half.iter().for_each(check));
        }
    });
}
