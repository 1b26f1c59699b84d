//! Provisions in the order in which they answer: what the evaluation measures.

use std::sync::atomic::AtomicBool;

use tantivy::DocAddress;

use crate::error::SearchError;
use crate::find::{Query, Search};
use crate::frames::without_frames;
use crate::generation::Generation;
use crate::matches::{Patience, weigh_in};
use crate::names::Names;
use crate::rank::signals::Signals;
use crate::show::addresses;

/// Articles by how well they answer: what the evaluation measures. Address of the act and of the piece.
pub(crate) fn provisions(
    generation: &Generation,
    names: &Names,
    query: &Query,
    most: usize,
) -> Result<Vec<Address>, SearchError> {
    let search = Search::new(generation, names, query)?;
    let abandoned = AtomicBool::new(false);
    let mut found = search.run(&Patience::new(&abandoned))?;
    weigh_in(&mut found.scored, &found.ranked, false);
    let mut order: Vec<(f32, DocAddress)> = found.scored.into_iter().map(|(at, score)| (score, at)).collect();
    order.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    addresses(generation, &search.searcher, &order, most)
}

/// Address of an act and of a piece in it.
pub(crate) type Address = (String, String);

/// What the second stage sees of a query: address of act and piece, and the signals.
pub(crate) fn weighed(
    generation: &Generation,
    names: &Names,
    query: &Query,
) -> Result<Vec<(Address, Signals)>, SearchError> {
    let search = Search::new(generation, names, query)?;
    let ranked = search.ranked(&without_frames(&search.asked.tokens))?;
    let mut weighed = Vec::with_capacity(ranked.len());
    for one in ranked {
        let address = addresses(generation, &search.searcher, &[(one.score, one.at)], 1)?;
        weighed.extend(address.into_iter().map(|address| (address, one.signals)));
    }
    Ok(weighed)
}
