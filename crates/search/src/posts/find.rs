//! Finding among what agencies publish.

use std::collections::HashSet;
use std::ops::Bound::{Excluded, Included, Unbounded};
use std::sync::OnceLock;

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query, RangeQuery, TermQuery};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{TantivyDocument, Term};

use super::{PostHit, Posts};
use crate::error::SearchError;
use crate::suggest::ending;
use crate::tokens::{Token, one_spelling, tokens};

/// Posts of a group of results, and suggestions.
const SHOWN: usize = 5;
const SUGGESTED: usize = 3;
/// What a word counts for in the title, marked and plain, and in the text likewise.
const WEIGHTS: [(bool, usize, f32); 4] = [(true, 0, 3.0), (true, 2, 2.0), (false, 0, 1.0), (false, 2, 0.6)];
/// Words of questions that say nothing of what is asked.
const EMPTY_WORDS: [&str; 26] = [
    "bao", "nhiêu", "là", "có", "thì", "được", "gì", "nào", "như", "thế", "của", "và", "các", "cho", "khi",
    "bị", "phải", "làm", "sao", "không", "tôi", "mình", "nếu", "ở", "với", "những",
];

impl Posts {
    /// Posts that are public at a moment and say what is asked, best first. Where some word has marks,
    /// all are meant as they are. Nothing is read where there are no posts.
    pub(crate) fn search(
        &self,
        asked: impl FnOnce() -> Result<Vec<Token>, SearchError>,
        now: i64,
    ) -> Result<Vec<PostHit>, SearchError> {
        if self.reader.searcher().num_docs() == 0 {
            return Ok(Vec::new());
        }
        let mut asked = asked()?;
        let has_marks = asked.iter().any(Token::is_marked);
        let telling: Vec<Token> = asked.iter().filter(|token| !is_empty(token)).cloned().collect();
        if !telling.is_empty() {
            asked = telling;
        }
        if asked.is_empty() {
            return Ok(Vec::new());
        }
        let words = asked
            .iter()
            .map(|token| (Occur::Should, self.word(token, has_marks)));
        let mut query = BooleanQuery::new(words.collect());
        query.set_minimum_number_should_match(asked.len() - asked.len() / 3);
        self.top(Box::new(query), now, SHOWN)
    }

    /// A word in any of the ways; the place where it stands weighs.
    fn word(&self, token: &Token, as_typed: bool) -> Box<dyn Query> {
        let one = |(title, way, weight): (bool, usize, f32)| -> (Occur, Box<dyn Query>) {
            let fields = if title {
                self.fields.title
            } else {
                self.fields.body
            };
            let word = one_spelling(if way == 2 { &token.plain } else { &token.marked });
            let term = Term::from_field_text(fields.ways[way], &word);
            let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
            (Occur::Should, Box::new(BoostQuery::new(Box::new(query), weight)))
        };
        let ways = WEIGHTS.into_iter().filter(|(_, way, _)| *way == 0 || !as_typed);
        Box::new(BooleanQuery::new(ways.map(one).collect()))
    }

    /// Titles that hold what was typed, the last word perhaps unfinished.
    pub(crate) fn suggest(&self, typed: &str, now: i64) -> Result<Vec<PostHit>, SearchError> {
        let typed = tokens(typed);
        let [before @ .., last] = typed.as_slice() else {
            return Ok(Vec::new());
        };
        let title = self.fields.title.ways[2];
        let mut must: Vec<Box<dyn Query>> = Vec::new();
        for token in before {
            let term = Term::from_field_text(title, &one_spelling(&token.plain));
            must.push(Box::new(TermQuery::new(term, IndexRecordOption::Basic)));
        }
        must.push(ending(
            &self.reader.searcher(),
            title,
            &one_spelling(&last.plain),
        )?);
        self.top(Box::new(BooleanQuery::intersection(must)), now, SUGGESTED)
    }

    fn top(&self, query: Box<dyn Query>, now: i64, most: usize) -> Result<Vec<PostHit>, SearchError> {
        let bound = |field, value| Term::from_field_i64(field, value);
        let from = RangeQuery::new(Unbounded, Included(bound(self.fields.from, now)));
        let until = RangeQuery::new(Excluded(bound(self.fields.until, now)), Unbounded);
        let still = |query: RangeQuery| -> (Occur, Box<dyn Query>) {
            (Occur::Must, Box::new(ConstScoreQuery::new(Box::new(query), 0.0)))
        };
        let query = BooleanQuery::new(vec![(Occur::Must, query), still(from), still(until)]);
        let searcher = self.reader.searcher();
        let top = searcher.search(&query, &TopDocs::with_limit(most).order_by_score())?;
        let hit = |(_, at)| {
            let document: TantivyDocument = searcher.doc(at)?;
            let card = document
                .get_first(self.fields.card)
                .and_then(|card| card.as_str());
            serde_json::from_str(card.unwrap_or_default())
                .map_err(|error| SearchError::Shape(error.to_string()))
        };
        top.into_iter().map(hit).collect()
    }
}

/// Whether a word, with its marks or typed without any, says nothing.
fn is_empty(token: &Token) -> bool {
    static EMPTY: OnceLock<HashSet<String>> = OnceLock::new();
    let empty = EMPTY.get_or_init(|| {
        let words = EMPTY_WORDS.iter().flat_map(|word| tokens(word));
        words.flat_map(|word| [word.marked, word.plain]).collect()
    });
    empty.contains(&token.marked)
}
