//! Running a query: exact hits, then what answers the words best, grouped by act.

use jiff::civil::Date;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query as IndexQuery};
use tantivy::{DocAddress, Searcher};

use crate::asked::Asked;
use crate::document::{ActCard, PieceCard};
use crate::error::SearchError;
use crate::excerpt::{Marker, Span};
use crate::filter::{Facets, Filter, facets};
use crate::frames::without_frames;
use crate::generation::Generation;
use crate::known::known;
use crate::matches::{Columns, Match, Patience, Scored, gather, grouped, weigh_in};
use crate::names::Names;
use crate::plan::{Known, Strictness, exact, words};
use crate::rank::{Ranked, Words, rank};
use crate::schema::WAYS;
use crate::show::Page;
use crate::spelling::compose;
use crate::tokens::Token;

/// Acts a page, where nothing else is asked for.
pub const PER_PAGE: usize = 10;
/// Up to so many words all must be there; more are a question, which no text holds word for word.
const KEYWORDS: usize = 6;

/// What to find.
#[derive(Clone, Debug)]
pub struct Query {
    /// As typed; anything is allowed.
    pub text: String,
    /// Page from 1.
    pub page: usize,
    /// Acts a page, at least 1.
    pub per_page: usize,
    /// The date on which validity is judged.
    pub today: Date,
    /// What narrows the search.
    pub filter: Filter,
    /// Order of the acts.
    pub order: Order,
}

impl Query {
    /// The first page of everything that `text` finds.
    #[must_use]
    pub fn new(text: impl Into<String>, today: Date) -> Self {
        Self {
            text: text.into(),
            page: 1,
            per_page: PER_PAGE,
            today,
            filter: Filter::default(),
            order: Order::Best,
        }
    }
}

/// Order of the acts found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// What answers best first.
    #[default]
    Best,
    /// The latest issued first.
    Newest,
    /// The earliest issued first.
    Oldest,
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
    /// The provision that answers, where that is fairly certain.
    pub answer: Option<Answer>,
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
    /// A question in words: the nearest provisions are shown, whether or not they hold all words.
    pub question: bool,
    /// What was perhaps meant, where words as typed are unknown.
    pub suggestion: Option<String>,
    /// Choices that narrow the search.
    pub facets: Facets,
    /// True while the index is still being built, so that something may be missing.
    pub building: bool,
}

impl Results {
    /// Address of what stands first: of the act, or with `deep` of the provision where one was found.
    #[must_use]
    pub fn first_address(&self, deep: bool) -> Option<String> {
        let group = self.groups.first()?;
        let slug = &group.act.slug;
        let piece = group
            .pieces
            .first()
            .filter(|piece| deep && !piece.card.path.is_empty());
        Some(piece.map_or_else(|| slug.clone(), |piece| format!("{slug}/{}", piece.card.path)))
    }
}

/// A provision that answers, quoted.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Answer {
    /// The act.
    pub act: ActCard,
    /// The article.
    pub card: PieceCard,
    /// Address below the act, down to the point.
    pub path: String,
    /// What is cited: "Điểm b khoản 3 Điều 5".
    pub cited: String,
    /// The words of the provision, by lines.
    pub lines: Vec<Vec<Span>>,
    /// The provision was named; else it was found by its words.
    pub named: bool,
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

/// A query on its way through one generation.
pub(crate) struct Search<'a> {
    pub generation: &'a Generation,
    pub searcher: Searcher,
    pub asked: Asked,
    known: Known,
    filter: Option<Box<dyn IndexQuery>>,
}

/// What a search found, before it is shown.
pub(crate) struct Gathered {
    pub scored: Scored,
    pub ranked: Vec<Ranked>,
    pub widened: Option<Widened>,
    pub question: bool,
}

/// Runs a query on one generation, widening it where nothing matches.
pub(crate) fn find(
    generation: &Generation,
    names: &Names,
    query: &Query,
    patience: &Patience<'_>,
) -> Result<Results, SearchError> {
    let search = Search::new(generation, names, query)?;
    let found = search.run(patience)?;
    let columns = Columns::open(&search.searcher)?;
    let mut matches = grouped(&columns, &found.scored, query.today);
    let facets = facets(&search.searcher, &matches)?;
    by_date(&search.searcher, &mut matches, query.order)?;
    let unmarked = found.widened.is_some() || !search.asked.has_marks;
    let page = Page {
        generation,
        searcher: &search.searcher,
        columns: &columns,
        marker: Marker::new(&search.asked, unmarked),
        place: search.asked.place.as_ref(),
    };
    let mut results = page.show(&matches, query)?;
    if query.page <= 1 && query.order == Order::Best {
        results.answer = page.answer(&matches, &found.ranked, found.question)?;
    }
    results.suggestion = search.suggestion(&found)?;
    Ok(Results {
        widened: found.widened,
        question: found.question,
        facets,
        ..results
    })
}

impl<'a> Search<'a> {
    pub(crate) fn new(generation: &'a Generation, names: &Names, query: &Query) -> Result<Self, SearchError> {
        let searcher = generation.reader.searcher();
        let typed = generation.read_typed(&searcher, &query.text)?;
        let mut asked = Asked::read(&typed, names);
        let known = known(generation, &searcher, &mut asked)?;
        Ok(Self {
            filter: query.filter.query(&generation.fields),
            generation,
            searcher,
            asked,
            known,
        })
    }

    /// Everything found, with what the second stage says of the best.
    pub(crate) fn run(&self, patience: &Patience<'_>) -> Result<Gathered, SearchError> {
        let mut scored = match exact(&self.generation.fields, &self.asked, &self.known) {
            Some(exact) => self.gather(exact, patience)?,
            None => Scored::default(),
        };
        let matter = without_frames(&self.asked.tokens);
        let ranked = self.ranked(&matter)?;
        let question = matter.len() > KEYWORDS && !self.asked.number_shaped;
        if question {
            weigh_in(&mut scored, &ranked, false);
            return Ok(Gathered {
                scored,
                ranked,
                widened: None,
                question,
            });
        }
        for strictness in [Strictness::Typed, Strictness::Unmarked, Strictness::AnyWord] {
            let query = words(&self.generation.fields, &self.asked, &self.known, strictness);
            for (at, score) in self.gather(query, patience)? {
                scored
                    .entry(at)
                    .and_modify(|own| *own += score.min(1.0))
                    .or_insert(score);
            }
            // A number that no act has: words of it in other acts help nobody.
            let ends = strictness == Strictness::Unmarked && self.asked.number_shaped;
            if !scored.is_empty() || ends {
                weigh_in(&mut scored, &ranked, true);
                return Ok(Gathered {
                    scored,
                    ranked,
                    widened: widened(strictness),
                    question,
                });
            }
        }
        Ok(Gathered {
            scored,
            ranked,
            widened: None,
            question,
        })
    }

    fn gather(&self, query: Box<dyn IndexQuery>, patience: &Patience<'_>) -> Result<Scored, SearchError> {
        let query = match &self.filter {
            None => query,
            Some(filter) => Box::new(BooleanQuery::new(vec![
                (Occur::Must, query),
                (Occur::Must, Box::new(BoostQuery::new(filter.box_clone(), 0.0))),
            ])),
        };
        gather(&self.searcher, query.as_ref(), patience)
    }

    /// The best documents by their words, acts and pieces alike.
    pub(crate) fn ranked(&self, matter: &[Token]) -> Result<Vec<Ranked>, SearchError> {
        let fields = &self.generation.fields;
        let vocabulary = self.generation.vocabulary();
        let mut words = vocabulary
            .meant(&self.searcher, fields, matter, self.asked.has_marks, false)?
            .words;
        for beside in &self.asked.also {
            words.extend(WAYS[0].1.words(beside));
        }
        let question = Words::weigh(&self.searcher, fields, &self.generation.asking, &words)?;
        Ok(rank(&self.searcher, &question, self.filter.as_deref())?)
    }

    /// Another spelling, where words as typed are unknown or found nothing together.
    fn suggestion(&self, found: &Gathered) -> Result<Option<String>, SearchError> {
        let tokens = &self.asked.tokens;
        let vocabulary = self.generation.vocabulary();
        let unknown = tokens.iter().any(|token| !vocabulary.knows(token));
        if found.question && !unknown
            || found.widened.is_none() && !found.scored.is_empty()
            || tokens.len() > 12
        {
            return Ok(None);
        }
        let fields = &self.generation.fields;
        let meant = vocabulary.meant(&self.searcher, fields, tokens, self.asked.has_marks, true)?;
        let words: Vec<String> = meant.words.iter().map(|word| compose(word)).collect();
        Ok(meant.corrected.then(|| words.join(" ")))
    }
}

fn widened(strictness: Strictness) -> Option<Widened> {
    match strictness {
        Strictness::Typed => None,
        Strictness::Unmarked => Some(Widened::Unmarked),
        Strictness::AnyWord => Some(Widened::AnyWord),
    }
}

/// Orders by date of issue where that is asked for; acts without a date stand last.
fn by_date(searcher: &Searcher, matches: &mut [(u64, Match)], order: Order) -> Result<(), SearchError> {
    if order == Order::Best {
        return Ok(());
    }
    let columns: Result<Vec<_>, _> = searcher
        .segment_readers()
        .iter()
        .map(|segment| segment.fast_fields().i64("issued"))
        .collect();
    let columns = columns?;
    let issued = |at: DocAddress| {
        columns
            .get(at.segment_ord as usize)
            .and_then(|column| column.first(at.doc_id))
    };
    matches.sort_by_key(|(_, found)| {
        let day = issued(found.any);
        (
            day.is_none(),
            day.map(|day| if order == Order::Newest { -day } else { day }),
        )
    });
    Ok(())
}
