//! Ranking of provisions for a question in words.
//!
//! Two stages: BM25 over words, pairs of neighbours and names recalls some hundred documents;
//! a linear model then weighs what the posting lists say of each ([`signals`]).

mod hits;
mod recall;
pub(crate) mod signals;
pub(crate) mod weights;
mod words;

use std::collections::{BTreeMap, HashMap};

use tantivy::query::Query;
use tantivy::{DocAddress, DocId, Searcher};

use crate::schema::Fields;
use hits::Hits;
use signals::{Around, Measure, Signals};
use words::Words;

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

/// Documents by how well they answer, best first; acts and pieces alike. `words` are written as the
/// index writes them, with marks.
pub(crate) fn rank(
    searcher: &Searcher,
    fields: &Fields,
    words: &[String],
    within: Option<Box<dyn Query>>,
) -> tantivy::Result<Vec<Ranked>> {
    let words = Words::weigh(searcher, fields, words)?;
    let recalled = recall::recall(searcher, &words, within, RECALLED)?;
    let mut ranked = weigh(searcher, &words, &recalled)?;
    ranked.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.at.cmp(&other.at)));
    Ok(ranked)
}

fn weigh(searcher: &Searcher, words: &Words, recalled: &[(f32, DocAddress)]) -> tantivy::Result<Vec<Ranked>> {
    let best = recalled.first().map_or(1.0, |first| first.0);
    let measure = Measure::new(words, average_length(searcher, words)?, best);
    let mut by_segment: BTreeMap<u32, Vec<(DocId, f32)>> = BTreeMap::new();
    for (score, at) in recalled {
        by_segment
            .entry(at.segment_ord)
            .or_default()
            .push((at.doc_id, *score));
    }
    let mut found = Vec::with_capacity(recalled.len());
    for (ord, mut docs) in by_segment {
        docs.sort_unstable_by_key(|(doc, _)| *doc);
        let hits = hits::read(searcher.segment_reader(ord), words, &docs)?;
        found.extend(hits.into_iter().map(|hits| (ord, hits)));
    }
    let acts = acts(&found);
    let scores: HashMap<DocAddress, (u64, f32)> = found
        .iter()
        .map(|(ord, hits)| (DocAddress::new(*ord, hits.doc), (hits.group, hits.recalled)))
        .collect();
    let ranked = found.iter().map(|(ord, hits)| {
        let around = Around {
            beside: beside(&scores, *ord, hits) / best.max(0.1),
            ..acts.get(&hits.group).copied().unwrap_or_default()
        };
        let signals = measure.signals(hits, around);
        Ranked {
            at: DocAddress::new(*ord, hits.doc),
            score: weights::score(&weights::LEARNED, &signals),
            signals,
        }
    });
    Ok(ranked.collect())
}

/// Documents that lead the first stage: their acts are likely the right ones.
const LEADERS: usize = 30;

/// Mean score of the documents before and after, where they belong to the same act: its pieces come
/// into the index in their order.
fn beside(scores: &HashMap<DocAddress, (u64, f32)>, ord: u32, hits: &Hits) -> f32 {
    let of = |doc: DocId| {
        let (group, score) = scores.get(&DocAddress::new(ord, doc))?;
        (*group == hits.group).then_some(*score)
    };
    let before = hits.doc.checked_sub(1).and_then(of);
    (before.unwrap_or(0.0) + of(hits.doc + 1).unwrap_or(0.0)) / 2.0
}

fn acts(found: &[(u32, Hits)]) -> HashMap<u64, Around> {
    let mut order: Vec<&Hits> = found.iter().map(|(_, hits)| hits).collect();
    order.sort_by(|one, other| other.recalled.total_cmp(&one.recalled));
    let best = order.first().map_or(1.0, |hits| hits.recalled.max(0.1));
    let all: f32 = order
        .iter()
        .take(LEADERS)
        .map(|hits| hits.recalled)
        .sum::<f32>()
        .max(0.1);
    let mut acts: HashMap<u64, Around> = HashMap::new();
    for (place, hits) in order.iter().enumerate() {
        let act = acts.entry(hits.group).or_default();
        act.lead = act.lead.max(hits.recalled / best);
        if place < LEADERS {
            act.share += hits.recalled / all;
        }
    }
    acts
}

/// Usual number of words of a body.
fn average_length(searcher: &Searcher, words: &Words) -> tantivy::Result<f32> {
    let mut tokens = 0;
    for segment in searcher.segment_readers() {
        tokens += segment.inverted_index(words.body)?.total_num_tokens();
    }
    #[expect(clippy::cast_precision_loss, reason = "an average")]
    Ok(tokens as f32 / searcher.num_docs().max(1) as f32)
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
