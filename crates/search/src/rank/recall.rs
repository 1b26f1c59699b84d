//! First stage: the documents that may answer, by BM25 over words, pairs and names.
//!
//! Term after term is added to a row of sums, one for every document: with the forty terms of a
//! question that is several times faster than walking all lists abreast.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{EnableScoring, Query};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED};

use super::words::{Rarity, Words};

/// Weights of the first stage.
const WORD: f32 = 0.6;
const PAIR: f32 = 1.0;
const NAME: f32 = 0.7;
/// Words and pairs below tell too little: every other document has them.
const COMMONEST: f32 = 0.7;
/// BM25: how soon a word counts no more, and how much long texts pay.
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// Documents that are looked at together.
const HANDFUL: usize = 64;

/// What the first stage says of one document.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sums {
    /// BM25 of the words of the body.
    pub words: f32,
    /// BM25 of its pairs.
    pub pairs: f32,
    /// BM25 of the pairs of the act's name.
    pub name: f32,
    /// How much the pairs of the name tell, in the body's measure.
    pub name_tells: f32,
    /// How many pairs of the question the name has.
    pub name_count: f32,
}

impl Sums {
    /// By this the first stage chooses.
    pub(crate) fn score(&self) -> f32 {
        score(self.words, self.pairs, self.name)
    }
}

/// A document that may answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Recalled {
    /// Its segment.
    pub ord: u32,
    /// Its place there.
    pub doc: DocId,
    /// What speaks for it.
    pub sums: Sums,
    /// [`Sums::score`].
    pub score: f32,
}

/// The sums of every document, by segment.
pub(crate) struct Board {
    /// One row a segment.
    pub rows: Vec<Row>,
}

/// The sums of the documents of one segment, a column for each: while the words are added up, their
/// column alone is near the processor.
#[derive(Default)]
pub(crate) struct Row {
    words: Vec<f32>,
    pairs: Vec<f32>,
    name: Vec<f32>,
    /// [`Sums::name_tells`] and [`Sums::name_count`].
    in_name: Vec<[f32; 2]>,
}

impl Row {
    fn clear(&mut self, documents: usize) {
        for column in [&mut self.words, &mut self.pairs, &mut self.name] {
            column.clear();
            column.resize(documents, 0.0);
        }
        self.in_name.clear();
        self.in_name.resize(documents, [0.0; 2]);
    }

    /// How many documents it has.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// What is said of a document of this row.
    fn sums(&self, doc: usize) -> Sums {
        let [name_tells, name_count] = self.in_name[doc];
        Sums {
            words: self.words[doc],
            pairs: self.pairs[doc],
            name: self.name[doc],
            name_tells,
            name_count,
        }
    }

    /// [`Sums::score`] of a document; 0 beyond the row.
    pub(crate) fn score(&self, doc: DocId) -> f32 {
        let doc = doc as usize;
        if doc < self.len() {
            self.sums(doc).score()
        } else {
            0.0
        }
    }

    /// Hands the documents whose score is above the floor to `take`, which says where the floor lies
    /// from then on; handfuls without any are passed over.
    fn above(&self, mut floor: f32, mut take: impl FnMut(DocId, f32) -> f32) {
        let columns = self.words.chunks(HANDFUL).zip(self.pairs.chunks(HANDFUL));
        let handfuls = (0..).step_by(HANDFUL);
        for (first, ((words, pairs), name)) in handfuls.zip(columns.zip(self.name.chunks(HANDFUL))) {
            let mut scores = [0.0_f32; HANDFUL];
            for (own, ((words, pairs), name)) in scores.iter_mut().zip(words.iter().zip(pairs).zip(name)) {
                *own = score(*words, *pairs, *name);
            }
            if scores.iter().any(|score| *score > floor) {
                for (doc, score) in (first..).zip(scores) {
                    if score > floor {
                        floor = take(doc, score);
                    }
                }
            }
        }
    }
}

fn score(words: f32, pairs: f32, name: f32) -> f32 {
    WORD * words + PAIR * pairs + NAME * name
}

impl Board {
    /// No rows yet.
    pub(crate) const fn new() -> Self {
        Self { rows: Vec::new() }
    }
}

/// Adds up all terms on a board, whose room is used again.
pub(crate) fn fill(board: &mut Board, searcher: &Searcher, words: &Words) -> tantivy::Result<()> {
    let readers = searcher.segment_readers();
    let average = |field| average_length(searcher, field);
    let (body, pairs, name) = (
        average(words.body)?,
        average(words.body_pairs)?,
        average(words.name_pairs)?,
    );
    board.rows.resize_with(readers.len(), Row::default);
    for (ord, (segment, row)) in readers.iter().zip(&mut board.rows).enumerate() {
        row.clear(segment.max_doc() as usize);
        let list = Lists::open(segment, words.body, body)?;
        for word in told(words.singles.iter().map(|word| &word.term)) {
            list.add(word, ord, |doc, score| row.words[doc] += score)?;
        }
        let list = Lists::open(segment, words.body_pairs, pairs)?;
        for pair in told(words.pairs.iter().map(|pair| &pair.term)) {
            list.add(pair, ord, |doc, score| row.pairs[doc] += score)?;
        }
        let list = Lists::open(segment, words.name_pairs, name)?;
        for pair in words.pairs.iter().filter(|pair| pair.in_name.idf >= COMMONEST) {
            let tells = pair.term.idf;
            list.add(&pair.in_name, ord, |doc, score| {
                row.name[doc] += score;
                row.in_name[doc][0] += tells;
                row.in_name[doc][1] += 1.0;
            })?;
        }
    }
    Ok(())
}

fn told<'a>(terms: impl Iterator<Item = &'a Rarity>) -> impl Iterator<Item = &'a Rarity> {
    terms.filter(|term| term.idf >= COMMONEST)
}

/// The posting lists of one field of one segment, with what BM25 needs of its lengths.
struct Lists<'a> {
    index: std::sync::Arc<tantivy::InvertedIndexReader>,
    lengths: FieldNormReader,
    norms: [f32; 256],
    segment: &'a SegmentReader,
}

impl<'a> Lists<'a> {
    fn open(segment: &'a SegmentReader, field: Field, average: f32) -> tantivy::Result<Self> {
        let norm = |id: usize| {
            let length = FieldNormReader::id_to_fieldnorm(u8::try_from(id).unwrap_or(u8::MAX));
            #[expect(clippy::cast_precision_loss, reason = "a length in words")]
            let ratio = length as f32 / average;
            K1 * (1.0 - B + B * ratio)
        };
        Ok(Self {
            index: segment.inverted_index(field)?,
            lengths: segment.get_fieldnorms_reader(field)?,
            norms: std::array::from_fn(norm),
            segment,
        })
    }

    /// Calls `add` with the BM25 of the term in every document that has it.
    fn add(&self, term: &Rarity, ord: usize, mut add: impl FnMut(usize, f32)) -> tantivy::Result<()> {
        let Some(Some(info)) = term.lists.get(ord) else {
            return Ok(());
        };
        let weight = term.idf * (K1 + 1.0);
        let end = self.segment.max_doc();
        let mut list = self
            .index
            .read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
        let mut left = info.doc_freq as usize;
        while left > 0 {
            let block = list.docs();
            if block.is_empty() {
                break;
            }
            for (&doc, &freq) in block.iter().zip(list.freqs()) {
                if doc < end {
                    #[expect(clippy::cast_precision_loss, reason = "how often a word stands in a text")]
                    let freq = freq as f32;
                    let norm = self.norms[usize::from(self.lengths.fieldnorm_id(doc))];
                    add(doc as usize, weight * freq / (freq + norm));
                }
            }
            left = left.saturating_sub(block.len());
            list.advance();
        }
        Ok(())
    }
}

/// The best `most` documents, best first; `within` restricts them.
pub(crate) fn best(
    searcher: &Searcher,
    board: &Board,
    within: Option<&dyn Query>,
    most: usize,
) -> tantivy::Result<Vec<Recalled>> {
    let allowed = within.map(|within| allowed(searcher, within)).transpose()?;
    let mut found: Vec<Recalled> = Vec::with_capacity(4 * most);
    let mut floor = 0.0;
    for (ord, (segment, row)) in (0..).zip(searcher.segment_readers().iter().zip(&board.rows)) {
        let allowed = allowed.as_ref().and_then(|all| all.get(ord as usize));
        row.above(floor, |doc, score| {
            let is_found = allowed.is_none_or(|allowed| allowed.get(doc as usize) == Some(&true))
                && !segment.is_deleted(doc);
            if is_found {
                let sums = row.sums(doc as usize);
                found.push(Recalled {
                    ord,
                    doc,
                    sums,
                    score,
                });
                if found.len() == 4 * most {
                    keep(&mut found, most);
                    floor = found.iter().map(|one| one.score).fold(f32::MAX, f32::min);
                }
            }
            floor
        });
    }
    keep(&mut found, most);
    found.sort_unstable_by(before);
    Ok(found)
}

fn before(one: &Recalled, other: &Recalled) -> std::cmp::Ordering {
    let place = |one: &Recalled| (one.ord, one.doc);
    other
        .score
        .total_cmp(&one.score)
        .then_with(|| place(one).cmp(&place(other)))
}

fn keep(found: &mut Vec<Recalled>, most: usize) {
    if found.len() > most {
        found.select_nth_unstable_by(most - 1, before);
        found.truncate(most);
    }
}

/// By segment: whether each document matches.
fn allowed(searcher: &Searcher, within: &dyn Query) -> tantivy::Result<Vec<Vec<bool>>> {
    let weight = within.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut all = Vec::new();
    for segment in searcher.segment_readers() {
        let mut row = vec![false; segment.max_doc() as usize];
        let mut docs = weight.scorer(segment, 1.0)?;
        while docs.doc() != TERMINATED {
            row[docs.doc() as usize] = true;
            docs.advance();
        }
        all.push(row);
    }
    Ok(all)
}

/// Usual number of words of a field.
pub(crate) fn average_length(searcher: &Searcher, field: Field) -> tantivy::Result<f32> {
    let mut tokens = 0;
    for segment in searcher.segment_readers() {
        tokens += segment.inverted_index(field)?.total_num_tokens();
    }
    #[expect(clippy::cast_precision_loss, reason = "an average")]
    Ok((tokens as f32 / searcher.num_docs().max(1) as f32).max(1.0))
}
