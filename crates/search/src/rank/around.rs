//! What stands around a document: its act, and its neighbours there.

use rustc_hash::FxHashMap;
use tantivy::DocId;

use super::hits::{Hits, Reader};
use super::recall::Board;

/// Documents that lead the first stage: their acts are likely the right ones.
const LEADERS: usize = 30;

/// What the first stage says of the act in which a document stands, and of its neighbours there.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Around {
    /// The act's share of the scores of the documents that lead the first stage.
    pub share: f32,
    /// The best score of the act's documents, against the best of all.
    pub lead: f32,
    /// Mean score of the pieces before and after, against the best of all.
    pub beside: f32,
}

/// For each of `hits`, which are ordered by their score.
pub(crate) fn around(readers: &[Reader], board: &Board, hits: &[Hits], best: f32) -> Vec<Around> {
    let best = best.max(0.1);
    let acts = leading(hits, best);
    let mut all = Vec::with_capacity(hits.len());
    for one in hits {
        let ord = one.recalled.ord;
        let (Some(reader), Some(row)) = (readers.get(ord as usize), board.rows.get(ord as usize)) else {
            all.push(Around::default());
            continue;
        };
        let doc = one.recalled.doc;
        let is_same = |other: DocId| (other as usize) < row.len() && reader.group(other) == one.group;
        let beside_of = |other: Option<DocId>| {
            other
                .filter(|other| is_same(*other))
                .map_or(0.0, |other| row.score(other))
        };
        let beside = beside_of(doc.checked_sub(1)) + beside_of(doc.checked_add(1));
        all.push(Around {
            beside: beside / 2.0 / best,
            ..acts.get(&one.group).copied().unwrap_or_default()
        });
    }
    all
}

fn leading(hits: &[Hits], best: f32) -> FxHashMap<u64, Around> {
    let leaders = hits.iter().take(LEADERS);
    let all: f32 = leaders.map(|hits| hits.recalled.score).sum::<f32>().max(0.1);
    let mut acts: FxHashMap<u64, Around> = FxHashMap::default();
    for (place, hits) in hits.iter().enumerate() {
        let act = acts.entry(hits.group).or_default();
        act.lead = act.lead.max(hits.recalled.score / best);
        if place < LEADERS {
            act.share += hits.recalled.score / all;
        }
    }
    acts
}
