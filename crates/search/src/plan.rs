//! The query that the index runs, built from what was asked.
//!
//! Terms are built one by one, never parsed: nothing that a person types is query language.

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use crate::asked::Asked;
use crate::schema::{Fields, TextFields, WAYS};
use crate::tokens::{Token, one_spelling};

/// One step of certainty. An exact hit scores whole steps, words stay far below one.
pub(crate) const STEP: f32 = 100_000.0;
/// The act's number and the article: nothing can be meant better.
const CITED_BY_NUMBER: f32 = 4.0 * STEP;
const CITED_BY_NAME: f32 = 3.0 * STEP;
const NUMBER: f32 = 2.0 * STEP;
const NAME: f32 = STEP;
const CITED_BY_NAME_WORDS: f32 = 1.5 * STEP;
/// From here on a provision was named together with its act; articles of attached texts stand one lower.
pub(crate) const CITED: f32 = CITED_BY_NAME_WORDS - 2.0;

const NAME_WEIGHT: f32 = 1.5;
const BODY_WEIGHT: f32 = 1.0;
const PAIR_WEIGHT: f32 = 1.2;

/// How strictly words must match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strictness {
    /// As typed; most words must be there.
    Typed,
    /// Marks do not matter.
    Unmarked,
    /// Marks do not matter, one word is enough.
    AnyWord,
}

/// What the index knows of the names and numbers asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// Number keys that some act has.
    pub numbers: Vec<String>,
    /// The name key of everything typed beside places, where some act has it.
    pub name: Option<String>,
    /// The name key of a part of what was typed, where some act has it.
    pub within: Option<String>,
}

/// Hits that are meant exactly: numbers, names, and provisions of these; `None` where none was named.
pub(crate) fn exact(fields: &Fields, asked: &Asked, known: &Known) -> Option<Box<dyn Query>> {
    let strictness = Strictness::Typed;
    let planner = Planner {
        fields,
        asked,
        known,
        strictness,
    };
    let either = planner.exact();
    (!either.is_empty()).then(|| union(either))
}

/// Documents that hold the words.
pub(crate) fn words(fields: &Fields, asked: &Asked, known: &Known, strictness: Strictness) -> Box<dyn Query> {
    Planner {
        fields,
        asked,
        known,
        strictness,
    }
    .words()
}

struct Planner<'a> {
    fields: &'a Fields,
    asked: &'a Asked,
    known: &'a Known,
    strictness: Strictness,
}

impl Planner<'_> {
    fn exact(&self) -> Vec<Box<dyn Query>> {
        let mut either = Vec::new();
        let number = union(
            self.known
                .numbers
                .iter()
                .map(|key| term(self.fields.number, key))
                .collect(),
        );
        if !self.known.numbers.is_empty() {
            either.push(constant(both(number.box_clone(), self.piece(0)), NUMBER));
            either.extend(self.cited(number, CITED_BY_NUMBER));
        }
        if let Some(key) = &self.known.name {
            either.push(constant(
                both(term(self.fields.name_key, key), self.piece(0)),
                NAME,
            ));
            either.extend(self.cited(term(self.fields.name_key, key), CITED_BY_NAME));
        } else if let Some(key) = &self.known.within {
            either.extend(self.cited(term(self.fields.name_key, key), CITED_BY_NAME));
        } else if self.known.numbers.is_empty() && !self.asked.rest.is_empty() {
            either.extend(self.cited(self.name_words(), CITED_BY_NAME_WORDS));
        }
        either
    }

    /// The article asked for in the acts of `act`; articles of attached regulations a little lower.
    fn cited(&self, act: Box<dyn Query>, score: f32) -> Vec<Box<dyn Query>> {
        let Some(article) = self.asked.place.as_ref().map(|place| &place.article) else {
            return Vec::new();
        };
        let main = both(act.box_clone(), term(self.fields.article, article));
        let attached = both(act, term(self.fields.article, &format!("+{article}")));
        vec![constant(main, score), constant(attached, score - 1.0)]
    }

    /// Every word of the rest stands in the act's name.
    fn name_words(&self) -> Box<dyn Query> {
        let plain = self.fields.name.ways[2];
        all(self
            .asked
            .rest
            .iter()
            .map(|token| term(plain, &one_spelling(&token.plain)))
            .collect())
    }

    fn piece(&self, piece: u64) -> Box<dyn Query> {
        let term = Term::from_field_u64(self.fields.piece, piece);
        Box::new(TermQuery::new(term, IndexRecordOption::Basic))
    }

    /// Enough of the words in the text of a piece, or in the name of an act.
    fn words(&self) -> Box<dyn Query> {
        let words = self.asked.distinct();
        if words.is_empty() {
            return Box::new(EmptyQuery);
        }
        let Fields { name, body, .. } = self.fields;
        let in_name = [(*name, NAME_WEIGHT)];
        let in_text = [(*body, BODY_WEIGHT), (*name, NAME_WEIGHT)];
        // A search for a whole name must not bring every article of that act.
        let in_text = if self.known.name.is_some() {
            &in_text[..1]
        } else {
            &in_text[..]
        };
        let pieces = both(unscored(self.piece(1)), self.enough(&words, in_text));
        let acts = both(unscored(self.piece(0)), self.enough(&words, &in_name));
        union(vec![pieces, acts])
    }

    fn enough(&self, words: &[&Token], places: &[(TextFields, f32)]) -> Box<dyn Query> {
        let groups: Vec<Box<dyn Query>> = words.iter().map(|word| self.word(word, places)).collect();
        let needed = self.needed(groups.len());
        let singles = BooleanQuery::union_with_minimum_required_clauses(groups, needed);
        let pairs = self.pairs(places);
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Must, Box::new(singles))];
        clauses.extend(pairs.into_iter().map(|pair| (Occur::Should, pair)));
        Box::new(BooleanQuery::new(clauses))
    }

    fn needed(&self, words: usize) -> usize {
        match self.strictness {
            Strictness::AnyWord => 1,
            _ if self.asked.number_shaped || words <= 4 => words,
            _ => (words * 3).div_ceil(5),
        }
    }

    fn word(&self, word: &Token, places: &[(TextFields, f32)]) -> Box<dyn Query> {
        let (way, form) = if self.plain_only() {
            (2, &word.plain)
        } else {
            (0, &word.marked)
        };
        let word = one_spelling(form);
        let form = |(place, weight): &(TextFields, f32)| boost(term(place.ways[way], &word), *weight);
        union(places.iter().map(form).collect())
    }

    fn pairs(&self, places: &[(TextFields, f32)]) -> Vec<Box<dyn Query>> {
        // Without marks nothing is lost: the second stage orders by the words that are meant.
        if self.plain_only() {
            return Vec::new();
        }
        let way = 1;
        let mut pairs = WAYS[way].1.words(&self.asked.tokens);
        pairs.sort_unstable();
        pairs.dedup();
        let in_place = |(place, weight): &(TextFields, f32), pair: &str| {
            boost(term(place.ways[way], pair), weight * PAIR_WEIGHT)
        };
        pairs
            .iter()
            .flat_map(|pair| places.iter().map(move |place| in_place(place, pair)))
            .collect()
    }

    fn plain_only(&self) -> bool {
        !self.asked.has_marks || self.strictness != Strictness::Typed
    }
}

fn term(field: Field, text: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(
        Term::from_field_text(field, text),
        IndexRecordOption::WithFreqs,
    ))
}

fn boost(query: Box<dyn Query>, weight: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, weight))
}

fn constant(query: Box<dyn Query>, score: f32) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, score))
}

fn unscored(query: Box<dyn Query>) -> Box<dyn Query> {
    constant(query, 0.0)
}

fn both(one: Box<dyn Query>, other: Box<dyn Query>) -> Box<dyn Query> {
    all(vec![one, other])
}

fn all(queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    Box::new(BooleanQuery::intersection(queries))
}

fn union(queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    Box::new(BooleanQuery::union(queries))
}
