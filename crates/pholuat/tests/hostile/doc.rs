//! Word 97 files made to harm, written byte by byte.

use std::io::{Cursor, Write};

/// Offset of the first character.
const FIRST: usize = 1_536;

/// What a file is written from; text of one byte a character.
#[derive(Default)]
struct Doc {
    text: Vec<u8>,
    /// Lengths of stories by their place in the block; the body has the rest.
    stories: Vec<(usize, usize)>,
    /// Changes of all runs and of all paragraphs.
    run: Vec<u8>,
    paragraph: Vec<u8>,
    /// Parts of the table stream by number, and bytes after each that no length counts.
    parts: Vec<(usize, Vec<u8>, Vec<u8>)>,
    /// Each character is a piece of its own.
    torn: bool,
    /// Bytes of the main stream after everything else, given where they stand.
    tail: Vec<u8>,
}

impl Doc {
    fn bytes(self) -> Vec<u8> {
        let mut main = vec![0; FIRST];
        main.extend(&self.text);
        main.resize(main.len().next_multiple_of(512), 0);
        let end = FIRST + self.text.len();
        let mut parts = self.parts;
        for (part, list) in [(12, &self.run), (13, &self.paragraph)] {
            let number = main.len() / 512;
            parts.push((part, longs(&[FIRST, end, number]), Vec::new()));
            main.extend(page(end, part == 13, list));
        }
        main.extend(&self.tail);
        parts.push((33, pieces(self.text.len(), self.torn), Vec::new()));
        let mut table = vec![0; 4];
        let mut lengths = [0; 8];
        lengths[0] = self.text.len();
        for (story, length) in self.stories {
            lengths[story] = length;
            lengths[0] -= length;
        }
        head(&mut main, &lengths);
        for (part, bytes, after) in parts {
            put(&mut main, 154 + part * 8, &longs(&[table.len(), bytes.len()]));
            table.extend(bytes);
            table.extend(after);
        }
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("memory");
        for (name, bytes) in [("/WordDocument", main), ("/1Table", table)] {
            let mut stream = file.create_stream(name).expect("a stream");
            stream.write_all(&bytes).expect("memory");
        }
        file.flush().expect("memory");
        file.into_inner().into_inner()
    }
}

fn longs(numbers: &[usize]) -> Vec<u8> {
    let narrow = |number: &usize| u32::try_from(*number).expect("small").to_le_bytes();
    numbers.iter().flat_map(narrow).collect()
}

fn put(main: &mut [u8], at: usize, bytes: &[u8]) {
    main[at..at + bytes.len()].copy_from_slice(bytes);
}

fn head(main: &mut [u8], lengths: &[usize; 8]) {
    put(main, 0, &0x00c1_a5ec_u32.to_le_bytes());
    put(main, 10, &0x200_u16.to_le_bytes());
    put(main, 32, &14_u16.to_le_bytes());
    put(main, 62, &22_u16.to_le_bytes());
    put(main, 76, &longs(lengths));
    put(main, 152, &93_u16.to_le_bytes());
}

/// One page whose only run reaches over the whole text.
fn page(end: usize, paragraphs: bool, list: &[u8]) -> Vec<u8> {
    let mut page = vec![0; 512];
    page[..8].copy_from_slice(&longs(&[FIRST, end]));
    let counted = if paragraphs {
        let words = u8::try_from(list.len().div_ceil(2) + 1).expect("short");
        [&[0, words, 0, 0], list].concat()
    } else {
        [&[u8::try_from(list.len()).expect("short")], list].concat()
    };
    let at = (510 - counted.len()) & !1;
    page[at..at + counted.len()].copy_from_slice(&counted);
    page[8] = u8::try_from(at / 2).expect("a page");
    page[511] = 1;
    page
}

fn pieces(length: usize, torn: bool) -> Vec<u8> {
    let step = if torn { 1 } else { length };
    let starts: Vec<usize> = (0..length).step_by(step).collect();
    let ends = starts.iter().copied().chain([length]);
    let mut table = longs(&ends.collect::<Vec<usize>>());
    for start in &starts {
        let named = ((FIRST + start) * 2) | 0x4000_0000;
        table.extend([&[0, 0], longs(&[named]).as_slice(), &[0, 0]].concat());
    }
    [&[2], longs(&[table.len()]).as_slice(), &table].concat()
}

fn sprm(code: u16, operand: &[u8]) -> Vec<u8> {
    [&code.to_le_bytes()[..], operand].concat()
}

/// Positions that name one long range over and over.
fn ranges(count: usize, length: usize) -> Vec<u8> {
    longs(&[0, length].repeat(count))
}

fn level(text: usize) -> Vec<u8> {
    let units = u16::try_from(text).expect("short").to_le_bytes();
    [longs(&[1]), vec![0; 24], units.to_vec(), b"a\0".repeat(text)].concat()
}

fn lists(count: usize, text: usize) -> Vec<(usize, Vec<u8>, Vec<u8>)> {
    let mut definitions = u16::try_from(count).expect("few").to_le_bytes().to_vec();
    let mut uses = longs(&[count]);
    let mut levels = Vec::new();
    for id in 0..count {
        definitions.extend([longs(&[id]), vec![0; 4], vec![0xff; 18], vec![1, 0]].concat());
        levels.extend(level(text));
        uses.extend([longs(&[id]), vec![0; 12]].concat());
    }
    uses.extend(vec![0; 4 * count]);
    vec![(74, uses, Vec::new()), (73, definitions, levels)]
}

/// Character styles, each based on the next, with long lists of changes.
fn styles() -> Vec<u8> {
    let list: Vec<u8> = sprm(0x0835, &[1]).repeat(20_000);
    let mut sheet = [
        &18_u16.to_le_bytes()[..],
        &40_u16.to_le_bytes(),
        &10_u16.to_le_bytes(),
        &[0; 14],
    ]
    .concat();
    for number in 0..40_u16 {
        let base = (number + 1) << 4 | 2;
        let mut entry = [[0, 0], base.to_le_bytes(), [1, 0], [0; 2], [0; 2], [0; 2], [0; 2]].concat();
        entry.extend(u16::try_from(list.len()).expect("short").to_le_bytes());
        entry.extend(&list);
        sheet.extend(u16::try_from(entry.len()).expect("short").to_le_bytes());
        sheet.extend(entry);
    }
    sheet
}

fn row() -> Vec<u8> {
    let edges = 220_u8;
    let operand: Vec<u8> = (0..=edges)
        .flat_map(|edge| (i16::from(edge) * 60).to_le_bytes())
        .collect();
    let mut list = [sprm(0x2416, &[1]), sprm(0x2417, &[1])].concat();
    list.extend(0xd608_u16.to_le_bytes());
    list.extend(u16::try_from(operand.len() + 2).expect("short").to_le_bytes());
    list.push(edges);
    list.extend(operand);
    list
}

fn sections(count: usize, text: usize) -> (Vec<u8>, Vec<u8>) {
    let list = sprm(0x300a, &[1]).repeat(21_000);
    let tail = [
        u16::try_from(list.len()).expect("short").to_le_bytes().as_slice(),
        &list,
    ]
    .concat();
    let at = FIRST + text.next_multiple_of(512) + 1_024;
    let mut table = longs(&(0..=count).collect::<Vec<usize>>());
    for _ in 0..count {
        table.extend([&[0, 0], longs(&[at]).as_slice(), &[0; 6]].concat());
    }
    (table, tail)
}

/// Characters of a long text.
const MEGA: usize = 1_000_000;

/// What hangs on places of the text.
fn places() -> Vec<(&'static str, Doc)> {
    let signs: Vec<usize> = (0..99_000).collect();
    vec![
        (
            "loose-boxes.doc",
            Doc {
                text: b"a".repeat(MEGA),
                stories: vec![(6, MEGA - 1)],
                parts: vec![(
                    56,
                    [ranges(40_000, MEGA - 1), vec![1; 40_000 * 44]].concat(),
                    Vec::new(),
                )],
                ..Doc::default()
            },
        ),
        (
            "hidden-notes.doc",
            Doc {
                text: b"a".repeat(MEGA),
                stories: vec![(1, MEGA - 1)],
                run: sprm(0x083c, &[1]),
                parts: vec![(3, ranges(40_000, MEGA - 1), Vec::new())],
                ..Doc::default()
            },
        ),
        (
            "lists-and-notes.doc",
            Doc {
                text: b"a".repeat(50_000),
                stories: vec![(1, 49_999)],
                parts: [
                    lists(9_000, 40),
                    vec![(3, longs(&(0..50_000).collect::<Vec<usize>>()), Vec::new())],
                ]
                .concat(),
                ..Doc::default()
            },
        ),
        (
            "notes.doc",
            Doc {
                text: [b"\x02".repeat(99_000), b"n".repeat(99_000)].concat(),
                stories: vec![(1, 99_000)],
                run: sprm(0x0855, &[1]),
                parts: vec![
                    (
                        2,
                        [longs(&signs), longs(&[99_000]), vec![0; 99_000 * 2]].concat(),
                        Vec::new(),
                    ),
                    (3, [longs(&signs), longs(&[99_000])].concat(), Vec::new()),
                ],
                ..Doc::default()
            },
        ),
    ]
}

/// Formatting: numbers, rows, styles, sections.
fn formatting() -> Vec<(&'static str, Doc)> {
    let (table, tail) = sections(10_000, 20_000);
    vec![
        (
            "long-numbers.doc",
            Doc {
                text: b"a\r".repeat(MEGA / 4),
                paragraph: [sprm(0x260a, &[0]), sprm(0x460b, &[1, 0])].concat(),
                parts: lists(1, 60_000),
                ..Doc::default()
            },
        ),
        (
            "rows.doc",
            Doc {
                text: b"\x07".repeat(MEGA),
                paragraph: row(),
                ..Doc::default()
            },
        ),
        (
            "styles.doc",
            Doc {
                text: b"a".repeat(MEGA),
                torn: true,
                run: sprm(0x4a30, &[0, 0]),
                parts: vec![(1, styles(), Vec::new())],
                ..Doc::default()
            },
        ),
        (
            "sections.doc",
            Doc {
                text: b"a\r".repeat(10_000),
                parts: vec![(6, table, Vec::new())],
                tail,
                ..Doc::default()
            },
        ),
    ]
}

/// Text alone.
fn text() -> Vec<(&'static str, Doc)> {
    vec![
        (
            "fields.doc",
            Doc {
                text: b"\x13TOC \x14".repeat(MEGA),
                run: sprm(0x0855, &[1]),
                ..Doc::default()
            },
        ),
        (
            "deep-tables.doc",
            Doc {
                text: b"a\r".repeat(MEGA / 2),
                paragraph: [sprm(0x2416, &[1]), sprm(0x6649, &longs(&[4_000_000_000]))].concat(),
                ..Doc::default()
            },
        ),
        (
            "one-line.doc",
            Doc {
                text: b"\"1. a) ".repeat(3 * MEGA),
                ..Doc::default()
            },
        ),
    ]
}

/// All of them by name.
pub fn files() -> Vec<(&'static str, Vec<u8>)> {
    let all = places().into_iter().chain(formatting()).chain(text());
    all.map(|(name, doc)| (name, doc.bytes())).collect()
}
