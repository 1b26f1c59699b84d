//! Where the words of a question stand in the documents of the first stage.

use std::ops::Range;
use std::sync::Arc;

use tantivy::columnar::{Column, ColumnValues};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::{DocId, SegmentReader};

use super::recall::Recalled;
use super::words::Words;

/// Places of commoner words are not read: there are many, and they tell nothing.
const COMMONEST: f32 = 0.3;
/// Places in the table that finds the word of a code; a power of two.
const SLOTS: usize = 2048;

/// What the index says of one document.
#[derive(Clone, Debug)]
pub(crate) struct Hits {
    /// What the first stage said.
    pub recalled: Recalled,
    /// Which of [`Read::places`] are its own.
    own: Range<usize>,
    /// Words of the body.
    pub length: u32,
    /// Words of the heading at the start of the body.
    pub head: u32,
    /// The act.
    pub group: u64,
    /// Place of the act's kind in its order of rank.
    pub kind: u64,
    /// Words of the act's name.
    pub name_length: u32,
}

/// What the index says of several documents.
pub(crate) struct Read {
    /// The documents, in the order asked for.
    pub hits: Vec<Hits>,
    /// Position in the body and the word that stands there, by document and position.
    places: Vec<(u32, u32)>,
}

impl Read {
    /// The places of one of its documents.
    pub(crate) fn places(&self, hits: &Hits) -> &[(u32, u32)] {
        &self.places[hits.own.clone()]
    }
}

/// Finds the word of a question by its code.
struct Table {
    slots: [u8; SLOTS],
    codes: Vec<u64>,
}

impl Table {
    fn of(words: &Words) -> Self {
        let mut table = Self {
            slots: [0; SLOTS],
            codes: words.singles.iter().map(|word| word.code).collect(),
        };
        for (place, word) in (1_u8..).zip(&words.singles) {
            if word.term.idf >= COMMONEST {
                let mut slot = slot(word.code);
                while table.slots[slot] != 0 {
                    slot = (slot + 1) % SLOTS;
                }
                table.slots[slot] = place;
            }
        }
        table
    }

    fn find(&self, code: u64) -> Option<u32> {
        let mut slot = slot(code);
        loop {
            let place = usize::from(self.slots[slot]).checked_sub(1)?;
            if self.codes[place] == code {
                return u32::try_from(place).ok();
            }
            slot = (slot + 1) % SLOTS;
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the low bits are wanted")]
fn slot(code: u64) -> usize {
    code as usize % SLOTS
}

/// Reads the columns of one segment.
pub(crate) struct Reader {
    lengths: FieldNormReader,
    names: FieldNormReader,
    heads: Column<u64>,
    kinds: Column<u64>,
    groups: Arc<dyn ColumnValues<u64>>,
    order: Column<u64>,
}

impl Reader {
    pub(crate) fn open(segment: &SegmentReader, words: &Words) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        Ok(Self {
            lengths: segment.get_fieldnorms_reader(words.body)?,
            names: segment.get_fieldnorms_reader(words.name_pairs)?,
            heads: columns.u64("head_len")?,
            kinds: columns.u64("kind")?,
            groups: columns.u64("group")?.first_or_default_col(0),
            order: columns.u64("order")?,
        })
    }

    /// The act of a document.
    pub(crate) fn group(&self, doc: DocId) -> u64 {
        self.groups.get_val(doc)
    }
}

/// Reads documents of the segments of `readers`.
pub(crate) fn read(readers: &[Reader], words: &Words, recalled: &[Recalled]) -> Read {
    let table = Table::of(words);
    let (mut codes, mut places) = (Vec::new(), Vec::new());
    let read = recalled.iter().filter_map(|one| {
        let reader = readers.get(one.ord as usize)?;
        Some(hits(reader, &table, *one, &mut codes, &mut places))
    });
    let hits = read.collect();
    Read { hits, places }
}

/// `codes` is room to work in; the document's places are added to `places`.
fn hits(
    reader: &Reader,
    table: &Table,
    recalled: Recalled,
    codes: &mut Vec<u64>,
    places: &mut Vec<(u32, u32)>,
) -> Hits {
    let doc = recalled.doc;
    let rows = reader.order.index.value_row_ids(doc);
    codes.clear();
    codes.resize(rows.len(), 0);
    reader.order.values.get_range(u64::from(rows.start), codes);
    let found = (0..).zip(codes.iter());
    let start = places.len();
    places.extend(found.filter_map(|(at, code)| Some((at, table.find(*code)?))));
    let head = reader.heads.first(doc).unwrap_or_default();
    Hits {
        recalled,
        own: start..places.len(),
        length: reader.lengths.fieldnorm(doc),
        head: u32::try_from(head).unwrap_or_default(),
        group: reader.group(doc),
        kind: reader.kinds.first(doc).unwrap_or_default(),
        name_length: reader.names.fieldnorm(doc) + 1,
    }
}
