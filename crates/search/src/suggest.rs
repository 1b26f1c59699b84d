//! Suggestions while someone types: acts whose name or number begins so.

use jiff::civil::Date;
use legal::validity::Status;
use serde::Serialize;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use crate::asked::Asked;
use crate::document::ActCard;
use crate::error::SearchError;
use crate::generation::Generation;
use crate::names::Names;
use crate::show::{parse, stored};
use crate::tokens::one_spelling;

/// Suggestions shown.
const MOST: usize = 8;
/// Names among which the best are chosen.
const POOL: usize = 40;
/// Words of the index that may end the word being typed.
const MOST_ENDINGS: usize = 24;

/// An act that may be meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// "Luật Đất đai số 31/2024/QH15".
    pub text: String,
    /// Address below `/van-ban/`.
    pub slug: String,
    /// Its state on the day.
    pub status: &'static str,
}

/// The acts whose name begins with what was typed; what holds comes first.
pub(crate) fn suggest(
    generation: &Generation,
    names: &Names,
    text: &str,
    today: Date,
) -> Result<Vec<Suggestion>, SearchError> {
    let searcher = generation.reader.searcher();
    let typed = generation.read_typed(&searcher, text)?;
    let asked = Asked::read(&typed, names);
    let mut cards = Vec::new();
    for tokens in std::iter::once(&asked.tokens).chain(asked.spoken.iter().map(|spoken| &spoken.tokens)) {
        let plain: Vec<String> = tokens.iter().map(|token| one_spelling(&token.plain)).collect();
        cards.extend(named(generation, &searcher, &plain)?);
    }
    cards.sort_by_key(|card| card.status_on(today) == Status::Expired);
    let mut found: Vec<Suggestion> = Vec::new();
    for card in cards {
        if found.iter().all(|other| other.slug != card.slug) {
            found.push(suggestion(&card, today));
        }
    }
    found.truncate(MOST);
    Ok(found)
}

fn suggestion(card: &ActCard, today: Date) -> Suggestion {
    let name = card.name();
    let number = card.number.as_deref().filter(|number| !name.contains(number));
    let title = (!name.contains(&card.title)).then_some(card.title.as_str());
    let mut text = name.clone();
    if let Some(title) = title {
        text = format!("{text} {title}");
    }
    if let Some(number) = number {
        text = format!("{text} số {number}");
    }
    Suggestion {
        text: text.chars().take(160).collect(),
        slug: card.slug.clone(),
        status: card.status_on(today).label(),
    }
}

/// Acts whose name holds all words, the last one perhaps unfinished, or whose number begins so.
fn named(
    generation: &Generation,
    searcher: &Searcher,
    words: &[String],
) -> Result<Vec<ActCard>, SearchError> {
    let [before @ .., last] = words else {
        return Ok(Vec::new());
    };
    let fields = &generation.fields;
    let name = fields.name.ways[2];
    let mut must: Vec<Box<dyn Query>> = before.iter().map(|word| term(name, word)).collect();
    must.push(ending(searcher, name, last)?);
    let by_name: Box<dyn Query> = Box::new(BooleanQuery::intersection(must));
    let by_number = ending(searcher, fields.number, &words.join("-"))?;
    let either = BooleanQuery::union(vec![by_name, by_number]);
    let act = Term::from_field_u64(fields.piece, 0);
    let query = BooleanQuery::new(vec![
        (Occur::Must, Box::new(either) as Box<dyn Query>),
        (
            Occur::Must,
            Box::new(TermQuery::new(act, IndexRecordOption::Basic)),
        ),
    ]);
    let top = searcher.search(&query, &TopDocs::with_limit(POOL).order_by_score())?;
    top.into_iter()
        .map(|(_, at)| parse(&stored(generation, searcher, at)?.0))
        .collect()
}

fn term(field: Field, text: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(
        Term::from_field_text(field, text),
        IndexRecordOption::WithFreqs,
    ))
}

/// Words of the index that begin with `start`.
pub(crate) fn ending(searcher: &Searcher, field: Field, start: &str) -> Result<Box<dyn Query>, SearchError> {
    let mut found: Vec<(u32, String)> = Vec::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let until = format!("{start}\u{10ffff}");
        let mut words = index.terms().range().ge(start).lt(until).into_stream()?;
        // A single letter begins thousands of words.
        for _ in 0..2_000 {
            if !words.advance() {
                break;
            }
            if let Ok(word) = std::str::from_utf8(words.key()) {
                found.push((words.value().doc_freq, word.to_owned()));
            }
        }
    }
    found.sort_by(|one, other| other.cmp(one));
    found.dedup_by(|one, other| one.1 == other.1);
    let exact = std::iter::once(term(field, start));
    let endings = found.iter().take(MOST_ENDINGS).map(|(_, word)| term(field, word));
    Ok(Box::new(BooleanQuery::union(exact.chain(endings).collect())))
}
