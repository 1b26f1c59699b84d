//! Second stage: what speaks for a document, as numbers that a linear model weighs.

use super::around::Around;
use super::hits::Hits;
use super::words::Words;

/// How many signals there are.
pub(crate) const SIGNALS: usize = 30;
/// Words of a passage.
const WINDOW: u32 = 60;
/// Words of a short passage: a sentence.
const SHORT_WINDOW: u32 = 25;
/// Words between two that still belong together.
const NEAR: u32 = 5;

/// What speaks for one document; every signal lies near 0 to 1.
pub(crate) type Signals = [f32; SIGNALS];

/// Names of the signals, for tables.
pub(crate) const NAMES: [&str; SIGNALS] = [
    "words",
    "words_long",
    "pairs",
    "pairs_long",
    "triples",
    "near",
    "cover",
    "cover_pairs",
    "run",
    "head_words",
    "head_pairs",
    "head_share",
    "passage",
    "passage_pairs",
    "name_pairs",
    "name_share",
    "name_whole",
    "law",
    "decree",
    "circular",
    "length",
    "recalled",
    "act",
    "cover_rare",
    "best_of_act",
    "beside",
    "recalled_words",
    "recalled_pairs",
    "passage_short",
    "head_pairs_share",
];

/// What the whole question needs once.
pub(crate) struct Measure<'a> {
    words: &'a Words,
    /// How much each word tells, and each pair.
    idf: Vec<f32>,
    pair_idf: Vec<f32>,
    total: f32,
    total_pairs: f32,
    total_rare: f32,
    /// Place of a pair by its two words; `usize::MAX` where there is none.
    pair_of: Vec<usize>,
    /// Three words in a row in the question, as pairs that overlap; ascending.
    triples: Vec<(usize, usize)>,
    average: f32,
    best: f32,
}

impl<'a> Measure<'a> {
    /// `average` is the usual length of a body, `best` the best score of the first stage.
    pub(crate) fn new(words: &'a Words, average: f32, best: f32) -> Self {
        let size = words.singles.len();
        let mut pair_of = vec![usize::MAX; size * size];
        for (place, pair) in words.pairs.iter().enumerate() {
            pair_of[pair.of.0 * size + pair.of.1] = place;
        }
        let place = |two: &[usize]| pair_of[two[0] * size + two[1]];
        let triples = words
            .order
            .windows(3)
            .map(|three| (place(&three[..2]), place(&three[1..])));
        let mut triples: Vec<(usize, usize)> = triples.collect();
        triples.sort_unstable();
        triples.dedup();
        let rare = words.singles.iter().map(|word| word.term.idf.powi(2));
        Self {
            words,
            idf: words.singles.iter().map(|word| word.term.idf).collect(),
            pair_idf: words.pairs.iter().map(|pair| pair.term.idf).collect(),
            total: words.total(),
            total_pairs: words.total_pairs(),
            total_rare: rare.sum::<f32>().max(0.1),
            triples,
            pair_of,
            average: average.max(1.0),
            best: best.max(0.1),
        }
    }

    fn pair(&self, first: usize, second: usize) -> Option<usize> {
        let place = self.pair_of.get(first * self.words.singles.len() + second)?;
        (*place != usize::MAX).then_some(*place)
    }

    /// The signals of one document; `seen` is room to work in.
    pub(crate) fn signals(
        &self,
        hits: &Hits,
        places: &[(u32, u32)],
        around: Around,
        seen: &mut Seen,
    ) -> Signals {
        seen.clear();
        self.walk(hits.head, places, seen);
        let (long, long_pairs) = passage(places, seen, WINDOW);
        let (short, short_pairs) = passage(places, seen, SHORT_WINDOW);
        let seen = &*seen;
        let (words, words_long) = self.bm25(&seen.words, |at| self.idf[at], hits.length);
        let (pairs, pairs_long) = self.bm25(&seen.pairs, |at| self.pair_idf[at], hits.length);
        let name = self.name(hits);
        let kind = rank_of(hits.kind);
        [
            words / self.total,
            words_long / self.total,
            pairs / self.total_pairs,
            pairs_long / self.total_pairs,
            seen.triples / self.total_pairs,
            seen.near / self.total_pairs,
            self.sum(&seen.words, |at| self.idf[at]) / self.total,
            self.sum(&seen.pairs, |at| self.pair_idf[at]) / self.total_pairs,
            seen.run / self.total,
            seen.head_words / self.total,
            seen.head_pairs / self.total_pairs,
            share(seen.head_count, hits.head),
            long / self.total,
            long_pairs / self.total_pairs,
            name.0,
            name.1,
            name.2,
            kind.0,
            kind.1,
            kind.2,
            length_signal(hits.length, self.average),
            hits.recalled.score / self.best,
            around.share,
            self.sum(&seen.words, |at| self.idf[at].powi(2)) / self.total_rare,
            around.lead,
            around.beside,
            hits.recalled.sums.words / self.best,
            hits.recalled.sums.pairs / self.best,
            (short + short_pairs) / (self.total + self.total_pairs),
            share(seen.head_pair_count, hits.head.saturating_sub(1)),
        ]
    }

    /// BM25 with little and with usual regard for length.
    fn bm25(&self, counts: &[u32], idf: impl Fn(usize) -> f32, length: u32) -> (f32, f32) {
        let ratio = float(length) / self.average;
        let norms = [1.2 * (0.7 + 0.3 * ratio), 1.2 * (0.2 + 0.8 * ratio)];
        let mut sums = [0.0_f32; 2];
        for (at, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            for (sum, norm) in sums.iter_mut().zip(norms) {
                *sum += idf(at) * float(*count) * 2.2 / (float(*count) + norm) / 2.2;
            }
        }
        (sums[0], sums[1])
    }

    fn sum(&self, counts: &[u32], idf: impl Fn(usize) -> f32) -> f32 {
        counts
            .iter()
            .enumerate()
            .filter(|(_, count)| **count > 0)
            .map(|(at, _)| idf(at))
            .sum()
    }

    fn walk(&self, head: u32, places: &[(u32, u32)], seen: &mut Seen) {
        let mut run = 0.0_f32;
        for (at, &(position, word)) in places.iter().enumerate() {
            let word = word as usize;
            let idf = self.idf[word];
            seen.words[word] += 1;
            if position < head {
                seen.head_count += 1;
                if !std::mem::replace(&mut seen.head_word_of[word], true) {
                    seen.head_words += idf;
                }
            }
            let before = at.checked_sub(1).map(|at| places[at]);
            let joined = before
                .filter(|(earlier, _)| earlier + 1 == position)
                .and_then(|(_, first)| Some((first as usize, self.pair(first as usize, word)?)));
            seen.pair_at
                .push(joined.map_or(self.words.pairs.len(), |(_, pair)| pair));
            run = if joined.is_some() { run + idf } else { idf };
            seen.run = seen.run.max(run);
            if let Some((first, pair)) = joined {
                self.joined(seen, (head, places), at, first, pair);
            }
            self.nearby(seen, &places[at.saturating_sub(8)..at], (position, word));
        }
    }

    fn joined(
        &self,
        seen: &mut Seen,
        (head, places): (u32, &[(u32, u32)]),
        at: usize,
        first: usize,
        pair: usize,
    ) {
        let idf = self.pair_idf[pair];
        seen.pairs[pair] += 1;
        if places[at].0 < head && !std::mem::replace(&mut seen.head_pair_of[pair], true) {
            seen.head_pairs += idf;
            seen.head_pair_count += 1;
        }
        let Some((position, before)) = at.checked_sub(2).map(|at| places[at]) else {
            return;
        };
        let Some(earlier) = self
            .pair(before as usize, first)
            .filter(|_| position + 2 == places[at].0)
        else {
            return;
        };
        if let Ok(place) = self.triples.binary_search(&(earlier, pair))
            && !std::mem::replace(&mut seen.triple_of[place], true)
        {
            seen.triples += idf;
        }
    }

    /// Pairs whose words stand near each other, in this order, with others between.
    fn nearby(&self, seen: &mut Seen, before: &[(u32, u32)], (position, word): (u32, usize)) {
        let near = before
            .iter()
            .rev()
            .take_while(|(earlier, _)| position - earlier <= NEAR);
        for &(earlier, first) in near {
            if earlier < position
                && let Some(pair) = self.pair(first as usize, word)
                && !std::mem::replace(&mut seen.near_of[pair], true)
            {
                seen.near += self.pair_idf[pair];
            }
        }
    }

    /// Pairs of the name in the question, their share of the name, and whether the name stands there whole.
    fn name(&self, hits: &Hits) -> (f32, f32, f32) {
        let sums = hits.recalled.sums;
        let share = match hits.name_length {
            0 | 1 => 0.0,
            words => (sums.name_count / float(words - 1)).min(1.0),
        };
        let whole = if share > 0.99 { 1.0 } else { 0.0 };
        (sums.name_tells / self.total_pairs, share, whole)
    }
}

/// The passage that holds most of the question, by words and by pairs.
fn passage(places: &[(u32, u32)], seen: &mut Seen, window: u32) -> (f32, f32) {
    let words = seen.in_passage.as_mut_slice();
    let pairs = seen.pairs_in_passage.as_mut_slice();
    for told in words.iter_mut().chain(pairs.iter_mut()) {
        told.times = 0;
    }
    let (mut sum, mut pair_sum) = (0.0_f32, 0.0_f32);
    let mut best = (0.0_f32, 0.0_f32, 0.0_f32);
    let all = || places.iter().zip(&seen.pair_at);
    let mut leaving = all().peekable();
    for (&(position, word), &pair) in all() {
        sum += words[word as usize].comes();
        pair_sum += pairs[pair].comes();
        while let Some((&(_, word), &pair)) = leaving.next_if(|((first, _), _)| first + window < position) {
            sum -= words[word as usize].goes();
            pair_sum -= pairs[pair].goes();
        }
        if sum + pair_sum > best.0 {
            best = (sum + pair_sum, sum, pair_sum);
        }
    }
    (best.1, best.2)
}

/// A word or pair in a passage.
#[derive(Clone, Copy, Debug)]
struct Told {
    /// How often it stands there.
    times: u32,
    /// How much it tells.
    idf: f32,
}

impl Told {
    fn of(idf: f32) -> Self {
        Self { times: 0, idf }
    }

    /// What the passage gains.
    fn comes(&mut self) -> f32 {
        self.times += 1;
        if self.times == 1 { self.idf } else { 0.0 }
    }

    /// What it loses.
    fn goes(&mut self) -> f32 {
        self.times -= 1;
        if self.times == 0 { self.idf } else { 0.0 }
    }
}

/// What one walk over the places of a document gathers.
pub(crate) struct Seen {
    /// By place: the pair that ends there, or the one behind the last where none does.
    pair_at: Vec<usize>,
    words: Vec<u32>,
    pairs: Vec<u32>,
    near_of: Vec<bool>,
    head_word_of: Vec<bool>,
    head_pair_of: Vec<bool>,
    triple_of: Vec<bool>,
    in_passage: Vec<Told>,
    /// One more than there are pairs: it stands for none and tells nothing.
    pairs_in_passage: Vec<Told>,
    head_count: u32,
    head_pair_count: u32,
    head_words: f32,
    head_pairs: f32,
    triples: f32,
    near: f32,
    run: f32,
}

impl Seen {
    /// Room for the documents of one question.
    pub(crate) fn new(measure: &Measure<'_>) -> Self {
        let words = measure.words;
        Self {
            pair_at: Vec::new(),
            words: vec![0; words.singles.len()],
            pairs: vec![0; words.pairs.len()],
            near_of: vec![false; words.pairs.len()],
            head_word_of: vec![false; words.singles.len()],
            head_pair_of: vec![false; words.pairs.len()],
            triple_of: vec![false; measure.triples.len()],
            in_passage: measure.idf.iter().map(|idf| Told::of(*idf)).collect(),
            pairs_in_passage: measure
                .pair_idf
                .iter()
                .chain([&0.0])
                .map(|idf| Told::of(*idf))
                .collect(),
            head_count: 0,
            head_pair_count: 0,
            head_words: 0.0,
            head_pairs: 0.0,
            triples: 0.0,
            near: 0.0,
            run: 0.0,
        }
    }

    fn clear(&mut self) {
        self.pair_at.clear();
        self.words.fill(0);
        self.pairs.fill(0);
        for flags in [
            &mut self.near_of,
            &mut self.head_word_of,
            &mut self.head_pair_of,
            &mut self.triple_of,
        ] {
            flags.fill(false);
        }
        (self.head_count, self.head_pair_count) = (0, 0);
        for sum in [
            &mut self.head_words,
            &mut self.head_pairs,
            &mut self.triples,
            &mut self.near,
            &mut self.run,
        ] {
            *sum = 0.0;
        }
    }
}

fn share(part: u32, whole: u32) -> f32 {
    if whole == 0 {
        0.0
    } else {
        (float(part) / float(whole)).min(1.0)
    }
}

/// Law, decree, circular: answers stand in the highest text first.
fn rank_of(kind: u64) -> (f32, f32, f32) {
    match kind {
        0..=3 => (1.0, 0.0, 0.0),
        4..=7 => (0.0, 1.0, 0.0),
        8..=10 => (0.0, 0.0, 1.0),
        _ => (0.0, 0.0, 0.0),
    }
}

fn length_signal(length: u32, average: f32) -> f32 {
    (float(length.max(1)) / average).ln() / 4.0
}

#[expect(clippy::cast_precision_loss, reason = "counts of words")]
fn float(count: u32) -> f32 {
    count as f32
}
