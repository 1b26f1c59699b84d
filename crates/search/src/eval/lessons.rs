//! What is learned from labelled questions, and in which parts they are held back from it.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, Write};

use super::{Article, Book, Question, read};
use crate::asking::{self, Asking, Said};
use crate::cutter::code;
use crate::error::SearchError;
use crate::find::Query;
use crate::listing::weighed;
use crate::rank::signals::NAMES;

/// Parts of the questions; what is said of one part was learned from the others.
const PARTS: u64 = 5;

/// Questions with the texts that answer them.
pub struct Lessons<'a> {
    questions: &'a [Question],
    said: Vec<Said>,
    answers: HashMap<String, Said>,
}

fn part(question: &Question) -> u64 {
    code(&question.qid) % PARTS
}

impl<'a> Lessons<'a> {
    /// Finds the answers in a corpus.
    ///
    /// # Errors
    /// The corpus has another shape.
    pub fn read(questions: &'a [Question], corpus: impl BufRead) -> Result<Self, SearchError> {
        let wanted: HashSet<&String> = questions.iter().flat_map(|question| &question.gold).collect();
        let articles = read::<Article>(corpus)?.into_iter();
        let answers = articles
            .filter(|article| wanted.contains(&article.id))
            .map(|article| (Said::of(&[&article.title, &article.text]), article.id))
            .map(|(said, id)| (id, said))
            .collect();
        Ok(Self {
            said: questions
                .iter()
                .map(|question| Said::of(&[&question.text]))
                .collect(),
            questions,
            answers,
        })
    }

    /// The table of question words, learned from all questions.
    #[must_use]
    pub fn words(&self) -> String {
        self.words_without(None)
    }

    fn words_without(&self, held: Option<u64>) -> String {
        let own = self.questions.iter().zip(&self.said);
        let seen = own.filter(|(question, _)| held != Some(part(question)));
        asking::learn(seen.map(|(question, said)| {
            let answers = question.gold.iter().filter_map(|id| self.answers.get(id));
            (said, answers.collect())
        }))
    }
}

impl Book {
    /// Writes what the second stage sees of every question, for `examples/learn.rs`: a line
    /// `Q qid set gold part`, then a line `right id signal …` for every document. The words of
    /// questions weigh what the other parts taught; with `bare`, as much as all words.
    ///
    /// # Errors
    /// The index cannot be read or the file not written.
    pub fn signals(
        &mut self,
        lessons: &Lessons<'_>,
        bare: bool,
        mut out: impl Write,
    ) -> Result<(), SearchError> {
        writeln!(out, "# {}", NAMES.join(" "))?;
        for held in 0..PARTS {
            self.generation.asking = if bare {
                Asking::default()
            } else {
                Asking::read(&lessons.words_without(Some(held)))
            };
            let own = lessons.questions.iter().filter(|question| part(question) == held);
            for question in own {
                self.question_signals(question, held, &mut out)?;
            }
        }
        self.generation.asking = Asking::own();
        Ok(())
    }

    fn question_signals(
        &self,
        question: &Question,
        part: u64,
        out: &mut impl Write,
    ) -> Result<(), SearchError> {
        let gold = question.gold.len();
        writeln!(out, "Q {} {} {gold} {part}", question.qid, question.set)?;
        let query = Query::new(question.text.clone(), super::TODAY);
        for (address, signals) in weighed(&self.generation, &self.names, &query)? {
            let Some(id) = self.ids.get(&address) else {
                continue;
            };
            write!(out, "{} {id}", u8::from(question.gold.contains(id)))?;
            for signal in signals {
                write!(out, " {signal:.5}")?;
            }
            writeln!(out)?;
        }
        Ok(())
    }
}
