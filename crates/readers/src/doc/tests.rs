//! Small Word 97 files written here, feature by feature.

mod features;
mod hostile;
mod stories;

use std::io::{Cursor, Write};

use legal::draft::Draft;
use legal::model::{Block, Para};

use super::bytes::place;
use super::draft;

/// One run: text and its changes.
type Run<'t> = (&'t str, Vec<u8>);

/// What a file is written from.
#[derive(Default)]
struct Written<'t> {
    /// Paragraphs of the body, each with its mark: runs, then the changes of the paragraph.
    body: Vec<(Vec<Run<'t>>, Vec<u8>)>,
    /// Names of fonts.
    fonts: Vec<&'t str>,
    /// Texts of footnotes; their signs are the characters \u{2} of the body.
    notes: Vec<&'t str>,
    /// Texts of endnotes; their signs follow those of the footnotes.
    ends: Vec<&'t str>,
    /// Texts of text boxes; those of a place hang on the characters \u{8} of the body, in order, the rest on none.
    boxes: Vec<&'t str>,
    /// Sections: position after each, its changes.
    sections: Vec<(u32, Vec<u8>)>,
    /// A fast-saved file: the pieces of the text in their order, by the places at which they were written.
    saved: Vec<(u32, u32)>,
    /// Text of the header of the first section.
    header: &'t str,
    /// Lists: format, text, start.
    lists: Vec<(u8, &'t str, u32)>,
    /// One byte a character.
    narrow: bool,
    /// How often more the pieces name the same text.
    again: u32,
    /// Flags of the block beside those that say where its tables are.
    flags: u16,
}

fn sprm(code: u16, operand: &[u8]) -> Vec<u8> {
    [&code.to_le_bytes()[..], operand].concat()
}

/// A paragraph that ends with an ordinary mark.
fn para<'t>(text: &'t str, changes: Vec<u8>) -> (Vec<Run<'t>>, Vec<u8>) {
    (vec![(text, Vec::new()), ("\r", Vec::new())], changes)
}

impl Written<'_> {
    /// The file.
    fn bytes(&self) -> Vec<u8> {
        let [main, table] = self.streams();
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("memory");
        for (name, bytes) in [("/WordDocument", main), ("/1Table", table)] {
            let mut stream = file.create_stream(name).expect("a new stream");
            stream.write_all(&bytes).expect("memory");
        }
        file.flush().expect("memory");
        file.into_inner().into_inner()
    }

    fn streams(&self) -> [Vec<u8>; 2] {
        let mut text = self.text();
        let mut table = Table::default();
        let width = if self.narrow { 1 } else { 2 };
        let (from, to) = (FIRST, FIRST + count(text.units.len()) * width);
        let mut main = vec![0u8; place(FIRST)];
        for unit in &text.units {
            match self.narrow {
                true => main.push(u8::try_from(*unit).expect("one byte")),
                false => main.extend(unit.to_le_bytes()),
            }
        }
        main.resize(main.len().next_multiple_of(512), 0);
        for (part, entry, runs) in [(12, 1, &mut text.chars), (13, 13, &mut text.paras)] {
            runs.iter_mut().for_each(|run| run.0 = FIRST + run.0 * width);
            table.part(part, longs(&[from, to, count(main.len() / 512)]));
            main.extend(page(FIRST, runs, entry));
        }
        let named = if self.narrow {
            (FIRST * 2) | 0x4000_0000
        } else {
            FIRST
        };
        let length = count(text.units.len());
        let mut saved = self.saved.clone();
        if saved.is_empty() {
            saved = vec![(0, length); place(self.again + 1)];
        }
        let mut ends = vec![0];
        let mut entries = Vec::new();
        for (from, to) in saved {
            ends.push(ends.last().map_or(0, |end| end + to - from));
            let at = if self.narrow { from * 2 } else { from * width };
            entries.extend([&[0, 0], longs(&[named + at]).as_slice(), &[0, 0]].concat());
        }
        text.lengths[0] += place(self.again * length);
        if !self.saved.is_empty() {
            text.lengths[0] = place(*ends.last().expect("pieces"));
        }
        let pieces = [longs(&ends), entries].concat();
        table.part(33, [vec![2u8], longs(&[count(pieces.len())]), pieces].concat());
        self.parts(&text, &mut table);
        self.section_lists(&mut main, &mut table);
        fib(&mut main, self.flags, text.lengths, &table.pairs);
        [main, table.bytes]
    }

    /// The characters of all stories, and where runs and paragraphs end among them.
    fn text(&self) -> Text {
        let mut text = Text::default();
        for (runs, changes) in &self.body {
            for (own, look) in runs {
                text.units.extend(own.encode_utf16());
                text.chars.push((count(text.units.len()), look.clone()));
            }
            let changes = [&[0, 0], changes.as_slice()].concat();
            text.paras.push((count(text.units.len()), changes));
        }
        text.lengths[0] = text.units.len();
        for note in &self.notes {
            text.units.extend(note.encode_utf16().chain([13]));
        }
        text.lengths[1] = text.units.len() - text.lengths[0];
        text.units.extend(self.header.encode_utf16());
        text.lengths[2] = self.header.encode_utf16().count();
        for (story, texts) in [(5, &self.ends), (6, &self.boxes)] {
            let before = text.units.len();
            for own in texts {
                text.units.extend(own.encode_utf16().chain([13]));
            }
            text.lengths[story] = text.units.len() - before;
        }
        text.chars.push((count(text.units.len()), Vec::new()));
        text.paras.push((count(text.units.len()), vec![0, 0]));
        text
    }

    /// Notes, headers, fonts and lists.
    fn parts(&self, text: &Text, table: &mut Table) {
        let total = count(text.units.len());
        let places = |sign: u16| -> Vec<u32> {
            let units = (0..).zip(&text.units).filter(|(_, unit)| **unit == sign);
            units.map(|unit| unit.0).collect()
        };
        let signs = places(2);
        let (foot, end) = signs.split_at(self.notes.len().min(signs.len()));
        for (part, signs, texts) in [(2, foot, &self.notes), (46, end, &self.ends)] {
            if !texts.is_empty() {
                let entries = [1u8, 0].repeat(signs.len());
                table.part(part, [longs(signs), longs(&[total]), entries].concat());
                table.part(part + 1, [longs(&ends_of(texts)), longs(&[total])].concat());
            }
        }
        if !self.boxes.is_empty() {
            let anchors = places(8);
            let shape = |id: u32, before: usize, after: usize| {
                [vec![0; before], longs(&[id]), vec![0; after]].concat()
            };
            let shapes: Vec<u8> = (0..count(anchors.len()))
                .flat_map(|id| shape(id, 0, 22))
                .collect();
            table.part(40, [longs(&anchors), longs(&[total]), shapes].concat());
            let texts: Vec<u8> = (0..count(self.boxes.len()))
                .flat_map(|id| shape(id, 14, 4))
                .collect();
            table.part(56, [longs(&ends_of(&self.boxes)), texts].concat());
        }
        if !self.header.is_empty() {
            let mut ends = [0u32; 14];
            ends[8..].fill(count(text.lengths[2]));
            table.part(11, longs(&ends));
            let body = longs(&[0, count(text.lengths[0])]);
            table.part(6, [body, vec![0; 2], longs(&[u32::MAX]), vec![0; 6]].concat());
        }
        let mut fonts = vec![u8::try_from(self.fonts.len()).expect("few"), 0, 0, 0];
        for name in &self.fonts {
            let name: Vec<u8> = name
                .encode_utf16()
                .chain([0])
                .flat_map(u16::to_le_bytes)
                .collect();
            fonts.push(u8::try_from(39 + name.len()).expect("short"));
            fonts.extend([0; 39]);
            fonts.extend(name);
        }
        table.part(15, fonts);
        if !self.lists.is_empty() {
            let [definitions, levels, uses] = lists(&self.lists);
            table.part(74, uses);
            table.part(73, definitions);
            table.bytes.extend(levels);
        }
    }
}

impl Written<'_> {
    /// Sections and their changes, which stand in the main stream.
    fn section_lists(&self, main: &mut Vec<u8>, table: &mut Table) {
        if self.sections.is_empty() {
            return;
        }
        let mut ends = vec![0];
        let mut entries = Vec::new();
        for (end, list) in &self.sections {
            ends.push(*end);
            entries.extend([vec![0; 2], longs(&[count(main.len())]), vec![0; 6]].concat());
            main.extend(u16::try_from(list.len()).expect("short").to_le_bytes());
            main.extend(list);
        }
        table.part(6, [longs(&ends), entries].concat());
    }
}

/// Where texts begin that follow each other, each with its mark, and where the last one ends.
fn ends_of(texts: &[&str]) -> Vec<u32> {
    let mut ends = vec![0];
    for text in texts {
        let length = count(text.encode_utf16().count() + 1);
        ends.push(ends.last().map_or(0, |end| end + length));
    }
    ends
}

/// Offset of the first character.
const FIRST: u32 = 1536;

/// The text of a file; ends of runs are counted in characters.
#[derive(Default)]
struct Text {
    units: Vec<u16>,
    chars: Vec<(u32, Vec<u8>)>,
    paras: Vec<(u32, Vec<u8>)>,
    lengths: [usize; 8],
}

/// The table stream, and where each part stands in it.
struct Table {
    bytes: Vec<u8>,
    pairs: Vec<(u32, u32)>,
}

impl Default for Table {
    fn default() -> Self {
        Self {
            bytes: vec![0; 4],
            pairs: vec![(0, 0); 93],
        }
    }
}

impl Table {
    fn part(&mut self, index: usize, bytes: Vec<u8>) {
        if !bytes.is_empty() {
            self.pairs[index] = (count(self.bytes.len()), count(bytes.len()));
            self.bytes.extend(bytes);
        }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).expect("small")
}

fn longs(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// A page of runs: where each ends, and its changes.
fn page(start: u32, runs: &[(u32, Vec<u8>)], entry: usize) -> Vec<u8> {
    let mut page = vec![0u8; 512];
    let mut free = 510;
    page[..4].copy_from_slice(&start.to_le_bytes());
    for (index, (end, list)) in runs.iter().enumerate() {
        page[4 + index * 4..8 + index * 4].copy_from_slice(&end.to_le_bytes());
        // A list of changes of a paragraph counts its words, with the counting byte.
        let counted: Vec<u8> = match entry {
            1 => [&[u8::try_from(list.len()).expect("short")], list.as_slice()].concat(),
            _ => {
                let words = u8::try_from(list.len().div_ceil(2)).expect("short");
                let mut out = vec![0, words];
                out.extend(list);
                out.resize(2 + usize::from(words) * 2, 0);
                out
            }
        };
        free = (free - counted.len()) & !1;
        assert!(
            free > (runs.len() + 1) * 4 + runs.len() * entry,
            "all on one page"
        );
        page[free..free + counted.len()].copy_from_slice(&counted);
        page[(runs.len() + 1) * 4 + index * entry] = u8::try_from(free / 2).expect("a page");
    }
    page[511] = u8::try_from(runs.len()).expect("few runs");
    page
}

/// Definitions, their levels, their uses: one list of one level each.
fn lists(lists: &[(u8, &str, u32)]) -> [Vec<u8>; 3] {
    let count = u16::try_from(lists.len()).expect("few");
    let mut definitions = count.to_le_bytes().to_vec();
    let mut uses = u32::from(count).to_le_bytes().to_vec();
    let mut levels = Vec::new();
    for (id, (format, text, start)) in (7u32..).zip(lists) {
        let mut definition = [0u8; 28];
        definition[..4].copy_from_slice(&id.to_le_bytes());
        definition[8..26].fill(0xff);
        for style in definition[8..26].chunks_exact_mut(2) {
            style.copy_from_slice(&0xfffu16.to_le_bytes());
        }
        definition[26] = 1;
        definitions.extend(definition);
        let mut level = [0u8; 28];
        level[..4].copy_from_slice(&start.to_le_bytes());
        level[4] = *format;
        levels.extend(level);
        let units: Vec<u16> = text.encode_utf16().collect();
        levels.extend(u16::try_from(units.len()).expect("short").to_le_bytes());
        levels.extend(units.into_iter().flat_map(u16::to_le_bytes));
        uses.extend(id.to_le_bytes());
        uses.extend([0; 12]);
    }
    uses.extend([0; 4].repeat(lists.len()));
    [definitions, levels, uses]
}

fn fib(main: &mut [u8], flags: u16, lengths: [usize; 8], pairs: &[(u32, u32)]) {
    let mut put = |at: usize, bytes: &[u8]| main[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &0xa5ecu16.to_le_bytes());
    put(2, &0xc1u16.to_le_bytes());
    put(10, &(flags | 0x200).to_le_bytes());
    put(32, &14u16.to_le_bytes());
    put(62, &22u16.to_le_bytes());
    for (story, length) in lengths.iter().enumerate() {
        put(
            76 + story * 4,
            &u32::try_from(*length).expect("small").to_le_bytes(),
        );
    }
    put(152, &93u16.to_le_bytes());
    for (index, (at, length)) in pairs.iter().enumerate() {
        put(154 + index * 8, &at.to_le_bytes());
        put(158 + index * 8, &length.to_le_bytes());
    }
}

fn draft_of(written: &Written<'_>) -> Draft {
    draft(&written.bytes()).unwrap_or_else(|fault| panic!("{fault}"))
}

/// The paragraphs; rows of tables as "| a | b".
fn lines(written: &Written<'_>) -> Vec<String> {
    let cell = |paras: &[Para]| {
        paras
            .iter()
            .map(|para| para.text.as_str())
            .collect::<Vec<_>>()
            .join(" / ")
    };
    let shown = |block: Block| match block {
        Block::Para(para) => vec![para.text],
        Block::Quote(_) => Vec::new(),
        Block::Table(table) => (table.rows.iter())
            .map(|row| {
                row.cells
                    .iter()
                    .map(|own| format!("| {} ", cell(&own.paras)))
                    .collect()
            })
            .collect(),
    };
    draft_of(written).blocks.into_iter().flat_map(shown).collect()
}
