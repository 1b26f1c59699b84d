//! Matches grouped by act, and their order.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Query as IndexQuery};
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader, TERMINATED};

use crate::document::days;
use crate::error::SearchError;
use crate::plan::STEP;
use crate::rank::Ranked;

/// Pieces shown of one act.
const SHOWN: usize = 3;
/// Matches between two looks at the clock and at whether the asker still waits.
const STRIDE: u32 = 512;
const ALLOWANCE: Duration = Duration::from_secs(3);
/// An act that no longer holds counts less among equals by words.
const EXPIRED: f32 = 0.85;
/// Lifts what the second stage has weighed above what only the first has seen.
const WEIGHED: f32 = 1_000.0;
/// One unit of the second stage.
const LIFT: f32 = 500.0;

/// Says whether to go on.
pub(crate) struct Patience<'a> {
    abandoned: &'a AtomicBool,
    until: Instant,
}

impl<'a> Patience<'a> {
    pub(crate) fn new(abandoned: &'a AtomicBool) -> Self {
        Self {
            abandoned,
            until: Instant::now() + ALLOWANCE,
        }
    }

    fn check(&self) -> Result<(), SearchError> {
        if self.abandoned.load(Ordering::Relaxed) {
            Err(SearchError::Abandoned)
        } else if Instant::now() > self.until {
            Err(SearchError::Timeout)
        } else {
            Ok(())
        }
    }
}

/// All matches in one act.
#[derive(Clone, Debug)]
pub(crate) struct Match {
    /// Best score of all.
    pub score: f32,
    /// The best pieces with their scores, descending.
    pub best: Vec<(f32, DocAddress)>,
    /// The act's own document, where it matched.
    pub act: Option<DocAddress>,
    /// Any document of it.
    pub any: DocAddress,
    /// Pieces found, all of them.
    pub count: usize,
    expired: bool,
}

impl Match {
    fn new(any: DocAddress) -> Self {
        Self {
            score: 0.0,
            best: Vec::new(),
            act: None,
            any,
            count: 0,
            expired: false,
        }
    }

    fn add(&mut self, score: f32, at: DocAddress, is_act: bool) {
        self.score = self.score.max(score);
        if is_act {
            self.act = Some(at);
            return;
        }
        self.count += 1;
        let place = self.best.partition_point(|(other, _)| *other >= score);
        if place < SHOWN {
            self.best.insert(place, (score, at));
            self.best.truncate(SHOWN);
        }
    }

    /// Certainty first; among equally certain ones what holds; then the words.
    fn rank(&self) -> (i64, bool, f32) {
        let step = (self.score / STEP).floor();
        let words = self.score - step * STEP;
        let words = if self.expired { words * EXPIRED } else { words };
        #[expect(clippy::cast_possible_truncation, reason = "a handful of steps")]
        let step = step as i64;
        (step, step > 0 && !self.expired, words)
    }
}

/// Documents with their scores.
pub(crate) type Scored = FxHashMap<DocAddress, f32>;

/// Every document that a query matches.
pub(crate) fn gather(
    searcher: &Searcher,
    query: &dyn IndexQuery,
    patience: &Patience<'_>,
) -> Result<Scored, SearchError> {
    let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
    let mut scored = Scored::default();
    for (ord, segment) in (0..).zip(searcher.segment_readers()) {
        let mut scorer = weight.scorer(segment, 1.0)?;
        let mut seen = 0_u32;
        while scorer.doc() != TERMINATED {
            if seen.is_multiple_of(STRIDE) {
                patience.check()?;
            }
            seen += 1;
            let doc = scorer.doc();
            if segment.alive_bitset().is_none_or(|alive| alive.is_alive(doc)) {
                scored.insert(DocAddress::new(ord, doc), scorer.score());
            }
            scorer.advance();
        }
    }
    Ok(scored)
}

/// Lifts what the second stage has weighed to the scores it gave; with `only`, nothing new comes in.
pub(crate) fn weigh_in(scored: &mut Scored, ranked: &[Ranked], only: bool) {
    let (Some(first), Some(last)) = (ranked.first(), ranked.last()) else {
        return;
    };
    let span = (first.score - last.score).max(0.001);
    for one in ranked {
        let above = one.score - last.score;
        let score = (WEIGHED + LIFT * above).min(STEP - 1.0);
        match scored.get_mut(&one.at) {
            Some(own) if *own < STEP => *own = score,
            // An exact hit keeps its step; what was weighed orders hits of one step.
            Some(own) => *own += above / span,
            None if !only => {
                scored.insert(one.at, score);
            }
            None => {}
        }
    }
}

/// Matches by act, best first.
pub(crate) fn grouped(segments: &[Columns], scored: &Scored, today: Date) -> Vec<(u64, Match)> {
    let mut matches: FxHashMap<u64, Match> = FxHashMap::default();
    // In the order of the index: among equals the earlier document stays first.
    let mut ordered: Vec<(&DocAddress, &f32)> = scored.iter().collect();
    ordered.sort_unstable_by_key(|(at, _)| **at);
    for (&at, &score) in ordered {
        let Some(columns) = segments.get(at.segment_ord as usize) else {
            continue;
        };
        let group = columns.group.first(at.doc_id).unwrap_or_default();
        let found = matches.entry(group).or_insert_with(|| Match {
            expired: columns
                .ends
                .first(at.doc_id)
                .is_some_and(|end| end <= days(today)),
            ..Match::new(at)
        });
        found.add(score, at, columns.piece.first(at.doc_id) == Some(0));
    }
    sorted(matches)
}

fn sorted(matches: FxHashMap<u64, Match>) -> Vec<(u64, Match)> {
    let mut sorted: Vec<(u64, Match)> = matches.into_iter().collect();
    sorted.sort_unstable_by(|(one_id, one), (other_id, other)| {
        let (step, holds, words) = one.rank();
        let (other_step, other_holds, other_words) = other.rank();
        (other_step, other_holds)
            .cmp(&(step, holds))
            .then(other_words.total_cmp(&words))
            .then(other_id.cmp(one_id))
    });
    sorted
}

/// What the index says of the acts of the documents of one segment.
pub(crate) struct Columns {
    group: Column<u64>,
    piece: Column<u64>,
    ends: Column<i64>,
}

impl Columns {
    /// Of all segments, in their order.
    pub(crate) fn open(searcher: &Searcher) -> Result<Vec<Self>, SearchError> {
        searcher.segment_readers().iter().map(Self::of).collect()
    }

    fn of(segment: &SegmentReader) -> Result<Self, SearchError> {
        let columns = segment.fast_fields();
        Ok(Self {
            group: columns.u64("group")?,
            piece: columns.u64("piece")?,
            ends: columns.i64("ends")?,
        })
    }

    /// The document of the act whose piece this is: it stands before its pieces.
    pub(crate) fn act_before(&self, piece: DocId) -> Option<DocId> {
        let group = self.group.first(piece);
        let before = (0..=piece).rev();
        let mut own = before.take_while(|doc| self.group.first(*doc) == group);
        own.find(|doc| self.piece.first(*doc) == Some(0))
    }
}
