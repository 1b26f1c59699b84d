//! The words of a question with what the index knows of them.

use rustc_hash::FxHashMap;
use tantivy::postings::TermInfo;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use crate::asking::Asking;
use crate::cutter::code;
use crate::schema::Fields;
use crate::tokens::pair;

/// No question has more different words; the rest is not weighed.
pub(crate) const MOST_WORDS: usize = 80;

/// A question with the fields that hold its words.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    /// Different words in order of first appearance.
    pub singles: Vec<Weighed>,
    /// The question as places in `singles`.
    pub order: Vec<usize>,
    /// Different pairs of neighbours that some document has.
    pub pairs: Vec<WeighedPair>,
    /// Field of words.
    pub body: Field,
    /// Field of pairs.
    pub body_pairs: Field,
    /// Pairs of the act's name.
    pub name_pairs: Field,
}

/// A word and how much it tells.
#[derive(Clone, Debug)]
pub(crate) struct Weighed {
    /// As the column of the order of words has it.
    pub code: u64,
    /// In the body.
    pub term: Rarity,
}

/// Two neighbouring words of the question.
#[derive(Clone, Debug)]
pub(crate) struct WeighedPair {
    /// Places of the two words in `singles`.
    pub of: (usize, usize),
    /// In the body.
    pub term: Rarity,
    /// In the act's name.
    pub in_name: Rarity,
}

/// A term of one field: how rare it is, and where each segment keeps it.
#[derive(Clone, Debug)]
pub(crate) struct Rarity {
    /// How much it tells: the logarithm of how rare it is, as BM25 counts it, times its weight in
    /// questions; 0 where no document has it.
    pub idf: f32,
    /// Its posting list in each segment.
    pub lists: Vec<Option<TermInfo>>,
}

impl Words {
    /// Weighs `words`, which are written as the index writes them, by one index.
    pub(crate) fn weigh(
        searcher: &Searcher,
        fields: &Fields,
        asking: &Asking,
        words: &[String],
    ) -> tantivy::Result<Self> {
        let rarity = |field, text: &str| rarity(searcher, field, text, asking.weight(text));
        let [body, body_pairs, _] = fields.body.ways;
        let name_pairs = fields.name.ways[1];
        let (texts, order) = numbered(words);
        let mut singles = Vec::with_capacity(texts.len());
        for text in &texts {
            singles.push(Weighed {
                code: code(text),
                term: rarity(body, text)?,
            });
        }
        let mut pairs: Vec<WeighedPair> = Vec::new();
        for two in order.windows(2) {
            let of = (two[0], two[1]);
            if pairs.iter().any(|pair| pair.of == of) {
                continue;
            }
            let text = pair(texts[of.0], texts[of.1]);
            let term = rarity(body_pairs, &text)?;
            if term.idf > 0.0 {
                let in_name = rarity(name_pairs, &text)?;
                pairs.push(WeighedPair { of, term, in_name });
            }
        }
        Ok(Self {
            singles,
            order,
            pairs,
            body,
            body_pairs,
            name_pairs,
        })
    }

    /// How much all different words tell together; never 0.
    pub(crate) fn total(&self) -> f32 {
        self.singles
            .iter()
            .map(|word| word.term.idf)
            .sum::<f32>()
            .max(0.1)
    }

    /// How much all different pairs tell together; never 0.
    pub(crate) fn total_pairs(&self) -> f32 {
        self.pairs.iter().map(|pair| pair.term.idf).sum::<f32>().max(0.1)
    }
}

fn numbered(words: &[String]) -> (Vec<&str>, Vec<usize>) {
    let mut singles = Vec::new();
    let mut places = FxHashMap::default();
    let mut order = Vec::with_capacity(words.len());
    for word in words {
        let place = *places.entry(word.as_str()).or_insert_with(|| {
            singles.push(word.as_str());
            singles.len() - 1
        });
        if place < MOST_WORDS {
            order.push(place);
        }
    }
    singles.truncate(MOST_WORDS);
    (singles, order)
}

/// `told` is how much the term tells, whatever its rarity.
fn rarity(searcher: &Searcher, field: Field, text: &str, told: f32) -> tantivy::Result<Rarity> {
    let term = Term::from_field_text(field, text);
    let mut has = 0;
    let mut lists = Vec::with_capacity(searcher.segment_readers().len());
    for segment in searcher.segment_readers() {
        let list = segment.inverted_index(field)?.get_term_info(&term)?;
        has += list.as_ref().map_or(0, |list| u64::from(list.doc_freq));
        lists.push(list);
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of documents")]
    let (count, all) = (has as f32, searcher.num_docs().max(has) as f32);
    let idf = if has > 0 {
        told * (1.0 + (all - count + 0.5) / (count + 0.5)).ln()
    } else {
        0.0
    };
    Ok(Rarity { idf, lists })
}
