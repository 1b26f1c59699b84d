//! The words of a question with what the index knows of them.

use std::collections::HashMap;

use tantivy::schema::Field;
use tantivy::{Searcher, Term};

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
    /// Field of words with positions.
    pub body: Field,
    /// Field of pairs.
    pub body_pairs: Field,
    /// Words and pairs of the act's name.
    pub name: [Field; 2],
}

/// A word and how much it tells.
#[derive(Clone, Debug)]
pub(crate) struct Weighed {
    /// As the index writes it.
    pub text: String,
    /// Logarithm of how rare it is; 0 where no document has it.
    pub idf: f32,
}

/// Two neighbouring words of the question.
#[derive(Clone, Debug)]
pub(crate) struct WeighedPair {
    /// As the index writes it.
    pub text: String,
    /// Places of the two words in `singles`.
    pub of: (usize, usize),
    /// Logarithm of how rare it is.
    pub idf: f32,
}

impl Words {
    /// Weighs `words` by one index.
    pub(crate) fn weigh(searcher: &Searcher, fields: &Fields, words: &[String]) -> tantivy::Result<Self> {
        let [body, body_pairs, ..] = fields.body.ways;
        let [name, name_pairs, ..] = fields.name.ways;
        let (singles, order) = numbered(words);
        let rarity = Rarity {
            searcher,
            documents: searcher.num_docs(),
        };
        let mut weighed = Vec::with_capacity(singles.len());
        for text in singles {
            let idf = rarity.idf(body, &text)?.unwrap_or(0.0);
            weighed.push(Weighed { text, idf });
        }
        let pairs = pairs(&rarity, body_pairs, &weighed, &order)?;
        Ok(Self {
            singles: weighed,
            order,
            pairs,
            body,
            body_pairs,
            name: [name, name_pairs],
        })
    }

    /// How much all different words tell together; never 0.
    pub(crate) fn total(&self) -> f32 {
        self.singles.iter().map(|word| word.idf).sum::<f32>().max(0.1)
    }

    /// How much all different pairs tell together; never 0.
    pub(crate) fn total_pairs(&self) -> f32 {
        self.pairs.iter().map(|pair| pair.idf).sum::<f32>().max(0.1)
    }
}

fn numbered(words: &[String]) -> (Vec<String>, Vec<usize>) {
    let mut singles = Vec::new();
    let mut places = HashMap::new();
    let mut order = Vec::with_capacity(words.len());
    for word in words {
        let place = *places.entry(word.as_str()).or_insert_with(|| {
            singles.push(word.clone());
            singles.len() - 1
        });
        if place < MOST_WORDS {
            order.push(place);
        }
    }
    singles.truncate(MOST_WORDS);
    (singles, order)
}

fn pairs(
    rarity: &Rarity<'_>,
    field: Field,
    singles: &[Weighed],
    order: &[usize],
) -> tantivy::Result<Vec<WeighedPair>> {
    let mut found: Vec<WeighedPair> = Vec::new();
    for two in order.windows(2) {
        let of = (two[0], two[1]);
        if found.iter().any(|pair| pair.of == of) {
            continue;
        }
        let text = pair(&singles[of.0].text, &singles[of.1].text);
        if let Some(idf) = rarity.idf(field, &text)? {
            found.push(WeighedPair { text, of, idf });
        }
    }
    Ok(found)
}

struct Rarity<'a> {
    searcher: &'a Searcher,
    documents: u64,
}

impl Rarity<'_> {
    /// As BM25 counts it; `None` where no document has the term.
    fn idf(&self, field: Field, text: &str) -> tantivy::Result<Option<f32>> {
        let has = self.searcher.doc_freq(&Term::from_field_text(field, text))?;
        #[expect(clippy::cast_precision_loss, reason = "counts of documents")]
        let (has, all) = (has as f32, self.documents.max(has) as f32);
        Ok((has > 0.0).then(|| (1.0 + (all - has + 0.5) / (has + 0.5)).ln()))
    }
}
