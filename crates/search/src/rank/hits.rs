//! Where the words of a question stand in the documents of the first stage.

use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

use super::words::Words;

/// Places of one word that are read in one document: more change nothing.
const MOST_PLACES: usize = 400;
/// Places of commoner words are not read: there are many, and they tell nothing.
const COMMONEST: f32 = 0.3;

/// What the posting lists say of one document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hits {
    /// The document in its segment.
    pub doc: DocId,
    /// Score of the first stage.
    pub recalled: f32,
    /// Position in the body and the word that stands there, by position.
    pub places: Vec<(u32, usize)>,
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
    /// Places of the words that stand in the act's name.
    pub name_words: Vec<usize>,
    /// Places of the pairs that stand in the act's name.
    pub name_pairs: Vec<usize>,
}

/// Reads the documents of one segment; `docs` ascends.
pub(crate) fn read(
    segment: &SegmentReader,
    words: &Words,
    docs: &[(DocId, f32)],
) -> tantivy::Result<Vec<Hits>> {
    let mut all = described(segment, words, docs)?;
    for (place, word) in words.singles.iter().enumerate() {
        if word.idf >= COMMONEST {
            let mut positions = Vec::new();
            let detail = IndexRecordOption::WithFreqsAndPositions;
            each(
                segment,
                words.body,
                &word.text,
                detail,
                &mut all,
                |hits, postings| {
                    postings.positions(&mut positions);
                    let kept = positions.iter().take(MOST_PLACES);
                    hits.places.extend(kept.map(|position| (*position, place)));
                },
            )?;
            in_name(segment, words.name[0], &word.text, &mut all, |hits| {
                hits.name_words.push(place)
            })?;
        }
    }
    for (place, pair) in words.pairs.iter().enumerate() {
        in_name(segment, words.name[1], &pair.text, &mut all, |hits| {
            hits.name_pairs.push(place)
        })?;
    }
    for hits in &mut all {
        hits.places.sort_unstable();
    }
    Ok(all)
}

fn in_name(
    segment: &SegmentReader,
    field: Field,
    text: &str,
    all: &mut [Hits],
    mut found: impl FnMut(&mut Hits),
) -> tantivy::Result<()> {
    each(segment, field, text, IndexRecordOption::Basic, all, |hits, _| {
        found(hits)
    })
}

fn described(segment: &SegmentReader, words: &Words, docs: &[(DocId, f32)]) -> tantivy::Result<Vec<Hits>> {
    let lengths = segment.get_fieldnorms_reader(words.body)?;
    let names = segment.get_fieldnorms_reader(words.name[0])?;
    let heads = segment.fast_fields().u64("head_len")?;
    let kinds = segment.fast_fields().u64("kind")?;
    let groups = segment.fast_fields().u64("group")?;
    let describe = |&(doc, recalled): &(DocId, f32)| Hits {
        doc,
        recalled,
        length: lengths.fieldnorm(doc),
        head: heads
            .first(doc)
            .and_then(|head| u32::try_from(head).ok())
            .unwrap_or(0),
        group: groups.first(doc).unwrap_or_default(),
        kind: kinds.first(doc).unwrap_or_default(),
        name_length: names.fieldnorm(doc),
        ..Hits::default()
    };
    Ok(docs.iter().map(describe).collect())
}

/// Calls `found` for every document of `all` that has the term; `all` ascends.
fn each<'a>(
    segment: &SegmentReader,
    field: Field,
    text: &str,
    detail: IndexRecordOption,
    all: &'a mut [Hits],
    mut found: impl FnMut(&mut Hits, &mut tantivy::postings::SegmentPostings) + 'a,
) -> tantivy::Result<()> {
    let index = segment.inverted_index(field)?;
    let Some(mut postings) = index.read_postings(&Term::from_field_text(field, text), detail)? else {
        return Ok(());
    };
    for hits in all {
        if postings.doc() < hits.doc && postings.seek(hits.doc) == TERMINATED {
            break;
        }
        if postings.doc() == hits.doc {
            found(hits, &mut postings);
        }
    }
    Ok(())
}
