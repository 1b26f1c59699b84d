//! First stage: the documents that may answer, by BM25 over words, pairs and names.

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, Searcher, Term};

use super::words::Words;

/// Weights of the first stage.
const WORD: f32 = 0.6;
const PAIR: f32 = 1.0;
const NAME_PAIR: f32 = 0.7;
/// Terms of each kind.
const MOST_SINGLES: usize = 20;
const MOST_PAIRS: usize = 32;
/// Words and pairs below tell too little: every other document has them.
const COMMONEST: f32 = 0.7;

/// The best `most` documents with their scores; `within` restricts them.
pub(crate) fn recall(
    searcher: &Searcher,
    words: &Words,
    within: Option<Box<dyn Query>>,
    most: usize,
) -> tantivy::Result<Vec<(f32, DocAddress)>> {
    let terms: Vec<Box<dyn Query>> = terms(words);
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    // A flat union of terms: the collector then skips whole blocks that cannot reach the top.
    let union = BooleanQuery::union(terms);
    let top = TopDocs::with_limit(most).order_by_score();
    match within {
        None => searcher.search(&union, &top),
        Some(within) => {
            let restricted = vec![
                (Occur::Must, Box::new(union) as Box<dyn Query>),
                (Occur::Must, Box::new(BoostQuery::new(within, 0.0))),
            ];
            searcher.search(&BooleanQuery::new(restricted), &top)
        }
    }
}

/// The terms that tell most: the time of a search grows with their number.
fn terms(words: &Words) -> Vec<Box<dyn Query>> {
    let mut singles: Vec<(f32, &str)> = words
        .singles
        .iter()
        .map(|word| (word.idf, word.text.as_str()))
        .collect();
    let mut pairs: Vec<(f32, &str)> = words
        .pairs
        .iter()
        .map(|pair| (pair.idf, pair.text.as_str()))
        .collect();
    rarest(&mut singles, MOST_SINGLES);
    rarest(&mut pairs, MOST_PAIRS);
    let in_body = singles.iter().map(|(_, text)| term(words.body, text, WORD));
    let in_pairs = pairs.iter().map(|(_, text)| term(words.body_pairs, text, PAIR));
    let in_names = pairs.iter().map(|(_, text)| term(words.name[1], text, NAME_PAIR));
    in_body.chain(in_pairs).chain(in_names).collect()
}

fn rarest(terms: &mut Vec<(f32, &str)>, most: usize) {
    terms.retain(|(idf, _)| *idf >= COMMONEST);
    terms.sort_by(|one, other| other.0.total_cmp(&one.0));
    terms.truncate(most);
}

fn term(field: Field, text: &str, weight: f32) -> Box<dyn Query> {
    let term = TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs);
    Box::new(BoostQuery::new(Box::new(term), weight))
}
