//! Running a query: every match is counted, matches are grouped by act, the best come first.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use tantivy::columnar::Column;
use tantivy::query::{BooleanQuery, EnableScoring, Query as IndexQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DocAddress, DocSet, Searcher, SegmentReader, TERMINATED, TantivyDocument, Term};

use crate::asked::Asked;
use crate::document::{ActCard, PieceCard, days};
use crate::error::SearchError;
use crate::excerpt::{Marker, Span};
use crate::generation::Generation;
use crate::plan::{Known, STEP, Strictness, plan};

/// Acts a page.
pub const PER_PAGE: usize = 10;
/// Pieces shown of one act.
const SHOWN: usize = 3;
/// Pages beyond are not computed: nobody reads them, robots ask for them.
const LAST_PAGE: usize = 100;
/// Matches between two looks at the clock and at whether the asker still waits.
const STRIDE: u32 = 512;
const ALLOWANCE: Duration = Duration::from_secs(3);
/// An act that no longer holds counts less among equals by words.
const EXPIRED: f32 = 0.85;

/// What to find.
#[derive(Clone, Debug)]
pub struct Query {
    /// As typed; anything is allowed.
    pub text: String,
    /// Page from 1.
    pub page: usize,
    /// The date on which validity is judged.
    pub today: Date,
}

/// How far a search went beyond what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Widened {
    /// Marks were ignored.
    Unmarked,
    /// One of the words was enough.
    AnyWord,
}

/// One page of results.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Results {
    /// Acts found, each with what was found in it.
    pub groups: Vec<Group>,
    /// How many acts were found in all.
    pub acts: usize,
    /// How many articles and other pieces were found in all.
    pub pieces: usize,
    /// This page, from 1.
    pub page: usize,
    /// How many pages can be shown; 0 without results.
    pub pages: usize,
    /// Set where nothing matched as typed.
    pub widened: Option<Widened>,
    /// True while the index is still being built, so that something may be missing.
    pub building: bool,
}

/// An act with what was found in it.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Group {
    /// The act.
    pub act: ActCard,
    /// Its name with the words found.
    pub name: Vec<Span>,
    /// Its title with the words found; empty where the name holds it.
    pub title: Vec<Span>,
    /// Pieces found in it, all of them counted.
    pub count: usize,
    /// The best of them.
    pub pieces: Vec<Found>,
}

/// A piece found.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Found {
    /// Where it stands.
    pub card: PieceCard,
    /// Its label with the words found.
    pub label: Vec<Span>,
    /// The passage that matches best.
    pub excerpt: Vec<Span>,
}

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

/// Runs a query on one generation, widening it where nothing matches.
pub(crate) fn find(
    generation: &Generation,
    query: &Query,
    patience: &Patience<'_>,
) -> Result<Results, SearchError> {
    let searcher = generation.reader.searcher();
    let asked = Asked::read(&query.text);
    let known = known(generation, &searcher, &asked)?;
    for strictness in [Strictness::Typed, Strictness::Unmarked, Strictness::AnyWord] {
        let plan = plan(&generation.fields, &asked, &known, strictness);
        let matches = gather(&searcher, plan.as_ref(), query.today, patience)?;
        if !matches.is_empty() {
            let page = Page {
                generation,
                searcher: &searcher,
                marker: Marker::new(&asked, strictness != Strictness::Typed),
            };
            return page.show(matches, query.page, widened(strictness));
        }
        // A number that no act has: words of it in other acts help nobody.
        if strictness == Strictness::Unmarked && asked.number_shaped {
            break;
        }
    }
    Ok(Results {
        page: 1,
        ..Results::default()
    })
}

fn widened(strictness: Strictness) -> Option<Widened> {
    match strictness {
        Strictness::Typed => None,
        Strictness::Unmarked => Some(Widened::Unmarked),
        Strictness::AnyWord => Some(Widened::AnyWord),
    }
}

/// Which of the numbers and names asked for some act has; of the numbers the longest alone.
fn known(generation: &Generation, searcher: &Searcher, asked: &Asked) -> Result<Known, SearchError> {
    let has = |field: Field, key: &str| searcher.doc_freq(&Term::from_field_text(field, key));
    let mut known = Known::default();
    let mut width = 0;
    for candidate in &asked.numbers {
        let own = candidate.to - candidate.from;
        if own >= width && has(generation.fields.number, &candidate.key)? > 0 {
            width = own;
            known.numbers.push(candidate.key.clone());
        }
    }
    let name = asked.name_key();
    if !name.is_empty() && has(generation.fields.name_key, &name)? > 0 {
        known.name = Some(name);
    }
    Ok(known)
}

/// All matches in one act.
#[derive(Debug, Default)]
struct Match {
    /// Best score of all, then of the pieces in `best`, descending.
    score: f32,
    best: Vec<(f32, DocAddress)>,
    act: Option<DocAddress>,
    count: usize,
    expired: bool,
}

impl Match {
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

fn gather(
    searcher: &Searcher,
    query: &dyn IndexQuery,
    today: Date,
    patience: &Patience<'_>,
) -> Result<Vec<(u64, Match)>, SearchError> {
    let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
    let mut matches: HashMap<u64, Match> = HashMap::new();
    for (ord, segment) in (0..).zip(searcher.segment_readers()) {
        let columns = Columns::of(segment)?;
        let mut scorer = weight.scorer(segment, 1.0)?;
        let mut seen = 0_u32;
        while scorer.doc() != TERMINATED {
            if seen.is_multiple_of(STRIDE) {
                patience.check()?;
            }
            seen += 1;
            let doc = scorer.doc();
            if segment.alive_bitset().is_none_or(|alive| alive.is_alive(doc)) {
                let found = matches
                    .entry(columns.group.first(doc).unwrap_or_default())
                    .or_insert_with(|| Match {
                        expired: columns.ends.first(doc).is_some_and(|end| end <= days(today)),
                        ..Match::default()
                    });
                let is_act = columns.piece.first(doc) == Some(0);
                found.add(scorer.score(), DocAddress::new(ord, doc), is_act);
            }
            scorer.advance();
        }
    }
    Ok(sorted(matches))
}

fn sorted(matches: HashMap<u64, Match>) -> Vec<(u64, Match)> {
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

struct Columns {
    group: Column<u64>,
    piece: Column<u64>,
    ends: Column<i64>,
}

impl Columns {
    fn of(segment: &SegmentReader) -> Result<Self, SearchError> {
        let columns = segment.fast_fields();
        Ok(Self {
            group: columns.u64("group")?,
            piece: columns.u64("piece")?,
            ends: columns.i64("ends")?,
        })
    }
}

struct Page<'a> {
    generation: &'a Generation,
    searcher: &'a Searcher,
    marker: Marker,
}

impl Page<'_> {
    fn show(
        &self,
        matches: Vec<(u64, Match)>,
        page: usize,
        widened: Option<Widened>,
    ) -> Result<Results, SearchError> {
        let acts = matches.len();
        let pieces = matches.iter().map(|(_, found)| found.count).sum();
        let pages = acts.div_ceil(PER_PAGE).min(LAST_PAGE);
        let page = page.clamp(1, pages);
        let shown = matches.iter().skip((page - 1) * PER_PAGE).take(PER_PAGE);
        let groups: Result<Vec<Group>, SearchError> =
            shown.map(|(id, found)| self.group(*id, found)).collect();
        Ok(Results {
            groups: groups?,
            acts,
            pieces,
            page,
            pages,
            widened,
            building: false,
        })
    }

    fn group(&self, id: u64, found: &Match) -> Result<Group, SearchError> {
        let at = found.act.map_or_else(|| self.act_of(id), Ok)?;
        let (card, _) = self.stored(at)?;
        let act: ActCard = parse(&card)?;
        let name = act.name();
        let title = if name.contains(&act.title) {
            Vec::new()
        } else {
            self.marker.mark(&act.title)
        };
        let pieces: Result<Vec<Found>, SearchError> =
            found.best.iter().map(|(_, at)| self.piece(*at)).collect();
        Ok(Group {
            name: self.marker.mark(&name),
            title,
            act,
            count: found.count,
            pieces: pieces?,
        })
    }

    fn piece(&self, at: DocAddress) -> Result<Found, SearchError> {
        let (card, text) = self.stored(at)?;
        let card: PieceCard = parse(&card)?;
        Ok(Found {
            label: self.marker.mark(&card.label),
            excerpt: self.marker.excerpt(&text),
            card,
        })
    }

    /// The document of an act of which only pieces matched.
    fn act_of(&self, id: u64) -> Result<DocAddress, SearchError> {
        let fields = &self.generation.fields;
        let is = |field, value| -> Box<dyn IndexQuery> {
            Box::new(TermQuery::new(
                Term::from_field_u64(field, value),
                IndexRecordOption::Basic,
            ))
        };
        let query = BooleanQuery::intersection(vec![is(fields.group, id), is(fields.piece, 0)]);
        let found = self
            .searcher
            .search(&query, &tantivy::collector::DocSetCollector)?;
        found
            .into_iter()
            .next()
            .ok_or_else(|| SearchError::Shape(format!("act {id}")))
    }

    fn stored(&self, at: DocAddress) -> Result<(String, String), SearchError> {
        let doc: TantivyDocument = self.searcher.doc(at)?;
        let text = |field| {
            doc.get_first(field)
                .and_then(|value| value.as_str())
                .unwrap_or_default()
                .to_owned()
        };
        Ok((
            text(self.generation.fields.card),
            text(self.generation.fields.text),
        ))
    }
}

fn parse<T: serde::de::DeserializeOwned>(card: &str) -> Result<T, SearchError> {
    serde_json::from_str(card).map_err(|error| SearchError::Shape(error.to_string()))
}
