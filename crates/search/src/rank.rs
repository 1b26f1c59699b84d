//! Ranking of provisions for a question in words.
//!
//! Two stages: BM25 over words, pairs of neighbours and names recalls some hundred documents;
//! a linear model then weighs what the index says of each ([`signals`]).

mod around;
mod hits;
mod recall;
pub(crate) mod signals;
pub(crate) mod weights;
mod words;

use std::cell::RefCell;

use tantivy::query::Query;
use tantivy::{DocAddress, Searcher};

use hits::Reader;
use signals::{Measure, Seen, Signals};
pub(crate) use words::Words;

/// Documents that the second stage weighs.
pub(crate) const RECALLED: usize = 150;

/// A document with what speaks for it.
#[derive(Clone, Debug)]
pub(crate) struct Ranked {
    /// Where it is.
    pub at: DocAddress,
    /// Weighed sum of the signals.
    pub score: f32,
    /// The signals themselves.
    pub signals: Signals,
}

thread_local! {
    /// Sums of every document: a megabyte that each thread asks for once.
    static BOARD: RefCell<recall::Board> = const { RefCell::new(recall::Board::new()) };
}

/// Documents by how well they answer, best first; acts and pieces alike.
pub(crate) fn rank(
    searcher: &Searcher,
    words: &Words,
    within: Option<&dyn Query>,
) -> tantivy::Result<Vec<Ranked>> {
    BOARD.with_borrow_mut(|board| {
        recall::fill(board, searcher, words)?;
        ranked(searcher, words, within, board)
    })
}

fn ranked(
    searcher: &Searcher,
    words: &Words,
    within: Option<&dyn Query>,
    board: &recall::Board,
) -> tantivy::Result<Vec<Ranked>> {
    let recalled = recall::best(searcher, board, within, RECALLED)?;
    let readers: tantivy::Result<Vec<Reader>> = searcher
        .segment_readers()
        .iter()
        .map(|segment| Reader::open(segment, words))
        .collect();
    let readers = readers?;
    let read = hits::read(&readers, words, &recalled);
    let best = recalled.first().map_or(1.0, |first| first.score);
    let measure = Measure::new(words, recall::average_length(searcher, words.body)?, best);
    let around = around::around(&readers, board, &read.hits, best);
    let mut seen = Seen::new(&measure);
    let ranked = read.hits.iter().zip(around).map(|(hits, around)| {
        let signals = measure.signals(hits, read.places(hits), around, &mut seen);
        Ranked {
            at: DocAddress::new(hits.recalled.ord, hits.recalled.doc),
            score: weights::score(&weights::LEARNED, &signals),
            signals,
        }
    });
    let mut ranked: Vec<Ranked> = ranked.collect();
    ranked.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.at.cmp(&other.at)));
    Ok(ranked)
}

/// How likely a provision must be the answer to be quoted before all results.
const CERTAIN: f32 = 0.7;

/// True where the words speak for this document clearly more than for all others together.
pub(crate) fn is_certain(ranked: &[Ranked], at: DocAddress) -> bool {
    let Some(first) = ranked.first().filter(|first| first.at == at) else {
        return false;
    };
    let all: f32 = ranked.iter().map(|one| (one.score - first.score).exp()).sum();
    1.0 / all >= CERTAIN
}
