//! Facets: what narrows a search, and how many acts each choice would leave.

use std::collections::BTreeMap;
use std::ops::Bound;

use jiff::civil::Date;
use legal::model::ActKind;
use serde::Serialize;
use tantivy::query::{AllQuery, BooleanQuery, Occur, Query, RangeQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use crate::document::{days, kind_place};
use crate::error::SearchError;
use crate::matches::Match;
use crate::schema::Fields;

/// Choices shown of one facet.
const MOST_CHOICES: usize = 12;

/// What narrows a search; empty for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Kind of the act.
    pub kind: Option<ActKind>,
    /// First issuer, as written.
    pub issuer: Option<String>,
    /// Field of law, as written.
    pub area: Option<String>,
    /// Year of issue.
    pub year: Option<u16>,
    /// A date on which the act is in force as far as its dates tell.
    pub in_force_on: Option<Date>,
}

impl Filter {
    /// As a query of the index; `None` where nothing is narrowed.
    pub(crate) fn query(&self, fields: &Fields) -> Option<Box<dyn Query>> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let mut must = |term: Term| {
            clauses.push((
                Occur::Must,
                Box::new(TermQuery::new(term, IndexRecordOption::Basic)),
            ));
        };
        if let Some(kind) = self.kind {
            must(Term::from_field_u64(fields.kind, kind_place(kind)));
        }
        if let Some(issuer) = &self.issuer {
            must(Term::from_field_text(fields.issuer, issuer));
        }
        if let Some(area) = &self.area {
            must(Term::from_field_text(fields.area, area));
        }
        if let Some(year) = self.year {
            must(Term::from_field_u64(fields.year, u64::from(year)));
        }
        if let Some(date) = self.in_force_on.map(days) {
            let at = |field: Field, day: i64| Term::from_field_i64(field, day);
            let later = RangeQuery::new(Bound::Excluded(at(fields.starts, date)), Bound::Unbounded);
            let ended = RangeQuery::new(Bound::Unbounded, Bound::Included(at(fields.ends, date)));
            clauses.push((Occur::Must, Box::new(AllQuery)));
            clauses.push((Occur::MustNot, Box::new(later)));
            clauses.push((Occur::MustNot, Box::new(ended)));
        }
        (!clauses.is_empty()).then(|| Box::new(BooleanQuery::new(clauses)) as Box<dyn Query>)
    }
}

/// A choice and how many acts it leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice<T> {
    /// The choice.
    pub value: T,
    /// Acts.
    pub acts: usize,
}

/// The facets of one search, each with the commonest choices first.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Facets {
    /// Kinds.
    pub kinds: Vec<Choice<ActKind>>,
    /// First issuers.
    pub issuers: Vec<Choice<String>>,
    /// Fields of law.
    pub areas: Vec<Choice<String>>,
    /// Years, the latest first.
    pub years: Vec<Choice<u16>>,
}

/// Counts the acts of `matches` by facet.
pub(crate) fn facets(searcher: &Searcher, matches: &[(u64, Match)]) -> Result<Facets, SearchError> {
    let mut kinds: BTreeMap<u64, usize> = BTreeMap::new();
    let mut years: BTreeMap<u64, usize> = BTreeMap::new();
    let mut issuers: BTreeMap<(u32, u64), usize> = BTreeMap::new();
    let mut areas: BTreeMap<(u32, u64), usize> = BTreeMap::new();
    for (ord, segment) in (0_u32..).zip(searcher.segment_readers()) {
        let columns = segment.fast_fields();
        let (kind, year) = (columns.u64("kind")?, columns.u64("year")?);
        let (issuer, area) = (columns.str("issuer")?, columns.str("area")?);
        let here = matches
            .iter()
            .map(|(_, found)| found.any)
            .filter(|at| at.segment_ord == ord);
        for at in here {
            let doc = at.doc_id;
            count(&mut kinds, kind.first(doc));
            count(&mut years, year.first(doc));
            let place = |column: &Option<tantivy::columnar::StrColumn>| {
                column
                    .as_ref()
                    .and_then(|column| column.ords().first(doc))
                    .map(|value| (ord, value))
            };
            count(&mut issuers, place(&issuer));
            count(&mut areas, place(&area));
        }
    }
    Ok(Facets {
        kinds: commonest(
            kinds
                .into_iter()
                .filter_map(|(place, acts)| Some((kind_at(place)?, acts))),
        ),
        issuers: commonest(named(searcher, "issuer", issuers)?),
        areas: commonest(named(searcher, "area", areas)?),
        years: latest(years),
    })
}

fn count<K: Ord>(counts: &mut BTreeMap<K, usize>, key: Option<K>) {
    if let Some(key) = key {
        *counts.entry(key).or_default() += 1;
    }
}

fn kind_at(place: u64) -> Option<ActKind> {
    ActKind::all().nth(usize::try_from(place).ok()?)
}

fn commonest<T>(counts: impl IntoIterator<Item = (T, usize)>) -> Vec<Choice<T>> {
    let mut choices: Vec<Choice<T>> = counts
        .into_iter()
        .map(|(value, acts)| Choice { value, acts })
        .collect();
    choices.sort_by_key(|choice| std::cmp::Reverse(choice.acts));
    choices.truncate(MOST_CHOICES);
    choices
}

fn latest(years: BTreeMap<u64, usize>) -> Vec<Choice<u16>> {
    let known = years.into_iter().rev().filter_map(|(year, acts)| {
        let value = u16::try_from(year).ok()?;
        Some(Choice { value, acts })
    });
    known.take(2 * MOST_CHOICES).collect()
}

/// Words of a column by their places in the segments' dictionaries.
fn named(
    searcher: &Searcher,
    column: &str,
    counts: BTreeMap<(u32, u64), usize>,
) -> Result<BTreeMap<String, usize>, SearchError> {
    let mut named: BTreeMap<String, usize> = BTreeMap::new();
    for ((ord, place), acts) in counts {
        let Some(words) = searcher.segment_reader(ord).fast_fields().str(column)? else {
            continue;
        };
        let mut name = String::new();
        if words.ord_to_str(place, &mut name)? {
            *named.entry(name).or_default() += acts;
        }
    }
    Ok(named)
}
