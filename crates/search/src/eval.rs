//! Measuring the search with the very index and query code of the site.
//!
//! A corpus is JSON lines with `id`, `law_no`, `law_name`, `article`, `title`, `text`; questions are
//! JSON lines with `qid`, `set`, `text`, `gold` (ids); a run is a TREC run file.

use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use acts::model::{Act, ActId};
use jiff::civil::{Date, date};
use legal::model::{ActKind, ActText, Block, Para, Part, Provision, ProvisionKind};
use serde::Deserialize;

use crate::error::SearchError;
use crate::find::Query;
use crate::generation::{Fresh, Generation, Position};
use crate::listing::{Address, provisions};
use crate::names::Names;

mod lessons;

pub use lessons::Lessons;

/// Documents of a question in a run.
const DEPTH: usize = 20;
const TODAY: Date = date(2026, 11, 23);

/// An article of a corpus.
#[derive(Clone, Debug, Deserialize)]
pub struct Article {
    /// Name in gold answers and runs.
    pub id: String,
    /// Number of the act.
    pub law_no: String,
    /// Name of the act; may be empty.
    #[serde(default)]
    pub law_name: String,
    /// Number of the article.
    #[serde(default)]
    pub article: String,
    /// Heading.
    #[serde(default)]
    pub title: String,
    /// Words.
    pub text: String,
}

/// A question with its right answers.
#[derive(Clone, Debug, Deserialize)]
pub struct Question {
    /// Name in runs.
    pub qid: String,
    /// Group for which figures are given apart.
    #[serde(default)]
    pub set: String,
    /// The question.
    pub text: String,
    /// Ids of the articles that answer it.
    pub gold: Vec<String>,
}

/// A corpus as an index.
pub struct Book {
    generation: Generation,
    names: Names,
    /// Corpus ids by addresses of act and article.
    ids: HashMap<Address, String>,
}

/// Means over some questions.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// How many questions.
    pub questions: usize,
    /// Share of the right answers among the first 1, 5, 10 and 20.
    pub recall: [f64; 4],
    /// One over the place of the first right answer among ten.
    pub mrr: f64,
    /// Binary gain, discounted, of the first ten.
    pub ndcg: f64,
}

/// What a run gave.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Figures of all questions (`all`) and by set.
    pub figures: BTreeMap<String, Figures>,
    /// How long each question took, ascending.
    pub times: Vec<Duration>,
}

impl Book {
    /// Indexes a corpus in an empty folder.
    ///
    /// # Errors
    /// The corpus has another shape, or the folder cannot be written.
    pub fn build(folder: &Path, corpus: impl BufRead, names: &Path) -> Result<Self, SearchError> {
        let generation = Generation::create(folder)?;
        let mut writer = generation.first_writer()?;
        let mut ids = HashMap::new();
        for (act, articles) in (1..).zip(by_act(read::<Article>(corpus)?)) {
            let fresh = fresh(act, &articles);
            generation.put(&writer, &fresh)?;
            let paths = (1..).map(|at| format!("dieu-{at}"));
            let keys = paths.map(|path| (fresh.slug.clone(), path));
            ids.extend(keys.zip(articles.into_iter().map(|article| article.id)));
        }
        generation.commit(&mut writer, Position::default())?;
        generation.join(writer)?;
        Ok(Self {
            generation,
            names: Names::load(names),
            ids,
        })
    }

    /// Ids of the best articles for a question.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn search(&self, text: &str) -> Result<Vec<String>, SearchError> {
        let query = Query::new(text, TODAY);
        let found = provisions(&self.generation, &self.names, &query, DEPTH)?;
        Ok(found
            .into_iter()
            .filter_map(|address| self.ids.get(&address).cloned())
            .collect())
    }

    /// Asks every question; writes the run. With `strip`, questions lose their marks.
    ///
    /// # Errors
    /// The index cannot be read or the run not written.
    pub fn run(
        &self,
        questions: &[Question],
        strip: bool,
        mut run: impl Write,
    ) -> Result<Outcome, SearchError> {
        let mut sums: BTreeMap<String, Figures> = BTreeMap::new();
        let mut times = Vec::with_capacity(questions.len());
        for question in questions {
            let text = if strip {
                viet::fold(&question.text)
            } else {
                question.text.clone()
            };
            let start = Instant::now();
            let found = self.search(&text)?;
            times.push(start.elapsed());
            for (rank, id) in (1..).zip(&found) {
                writeln!(
                    run,
                    "{} Q0 {id} {rank} {} pholuat",
                    question.qid,
                    1.0 / f64::from(rank)
                )?;
            }
            let own = figures(&found, &question.gold);
            for set in ["all", question.set.as_str()] {
                sums.entry(set.to_owned()).or_default().add(own);
            }
        }
        times.sort_unstable();
        let figures = sums.into_iter().map(|(set, sum)| (set, sum.mean())).collect();
        Ok(Outcome { figures, times })
    }
}

/// Questions of a file.
///
/// # Errors
/// A line is no question.
pub fn questions(file: impl BufRead) -> Result<Vec<Question>, SearchError> {
    read(file)
}

fn read<T: serde::de::DeserializeOwned>(file: impl BufRead) -> Result<Vec<T>, SearchError> {
    let mut rows = Vec::new();
    for (number, line) in (1..).zip(file.split(b'\n')) {
        let line = line?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let row = serde_json::from_slice(&line);
        rows.push(row.map_err(|error| SearchError::Shape(format!("dòng {number}: {error}")))?);
    }
    Ok(rows)
}

/// Articles of one act together, acts in the order in which they come.
fn by_act(articles: Vec<Article>) -> Vec<Vec<Article>> {
    let mut places: HashMap<(String, String), usize> = HashMap::new();
    let mut acts: Vec<Vec<Article>> = Vec::new();
    for article in articles {
        let key = (article.law_no.clone(), article.law_name.clone());
        let place = *places.entry(key).or_insert(acts.len());
        if place == acts.len() {
            acts.push(Vec::new());
        }
        acts[place].push(article);
    }
    acts
}

fn fresh(id: i64, articles: &[Article]) -> Fresh {
    let first = articles.first();
    let number = first.map(|article| article.law_no.clone()).unwrap_or_default();
    let name = first.map(|article| article.law_name.trim()).unwrap_or_default();
    let kind = kind(&number, name);
    let title = name.strip_prefix(kind.label()).unwrap_or(name).trim();
    let slug = format!("{id}");
    let act = act(id, &slug, kind, &number, title);
    let provisions = (1..).zip(articles).map(|(at, article)| provision(at, article));
    let text = ActText {
        parts: vec![Part {
            id: "main".into(),
            ..Part::default()
        }],
        provisions: provisions.collect(),
        ..ActText::default()
    };
    Fresh {
        slug,
        act: Some((act, Some(text))),
    }
}

/// The kind as its name says, else as its number says.
fn kind(number: &str, name: &str) -> ActKind {
    let named = ActKind::all()
        .filter(|kind| *kind != ActKind::Khac)
        .find(|kind| name.starts_with(kind.label()));
    named
        .or_else(|| legal::number::kind_of(number))
        .or_else(|| number.contains("/QH").then_some(ActKind::Luat))
        .unwrap_or(ActKind::Khac)
}

fn act(id: i64, slug: &str, kind: ActKind, number: &str, title: &str) -> Act {
    Act {
        id: ActId(id),
        slug: slug.to_owned(),
        kind,
        number: Some(number.to_owned()),
        title: title.to_owned(),
        issuers: Vec::new(),
        signers: Vec::new(),
        place: None,
        issued: None,
        in_force: None,
        planned: None,
        in_force_claimed: false,
        expires: None,
        ended: None,
        ends: None,
        partly: None,
        halts: Vec::new(),
        claimed_status: None,
        field: None,
        has_text: true,
        has_english: false,
        translation_only: false,
        confidence: None,
        created: 0,
        updated: 0,
    }
}

/// Addresses count articles through: a corpus may hold one number twice.
fn provision(at: usize, article: &Article) -> Provision {
    let lines = article.text.split('\n').filter(|line| !line.trim().is_empty());
    let para = |line: &str| {
        Block::Para(Para {
            text: line.trim().to_owned(),
            ..Para::default()
        })
    };
    Provision {
        id: format!("art_{at}"),
        part: "main".into(),
        kind: ProvisionKind::Article,
        number: article.article.clone(),
        heading: Some(article.title.clone()),
        parent: None,
        blocks: lines.map(para).collect(),
        notes: Vec::new(),
        heading_marks: Vec::new(),
    }
}

fn figures(found: &[String], gold: &[String]) -> Figures {
    let total = count(gold.len().max(1));
    let hits: Vec<bool> = found.iter().map(|id| gold.contains(id)).collect();
    let recall =
        [1, 5, 10, 20].map(|depth| count(hits.iter().take(depth).filter(|hit| **hit).count()) / total);
    let first = hits.iter().take(10).position(|hit| *hit);
    let gain = |at: usize| 1.0 / (count(at) + 2.0).log2();
    let gained: f64 = hits
        .iter()
        .take(10)
        .enumerate()
        .filter(|(_, hit)| **hit)
        .map(|(at, _)| gain(at))
        .sum();
    let ideal: f64 = (0..gold.len().clamp(1, 10)).map(gain).sum();
    Figures {
        questions: 1,
        recall,
        mrr: first.map_or(0.0, |at| 1.0 / (count(at) + 1.0)),
        ndcg: gained / ideal,
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of questions and documents")]
fn count(number: usize) -> f64 {
    number as f64
}

impl Figures {
    fn add(&mut self, other: Self) {
        self.questions += other.questions;
        for (own, other) in self.recall.iter_mut().zip(other.recall) {
            *own += other;
        }
        self.mrr += other.mrr;
        self.ndcg += other.ndcg;
    }

    fn mean(self) -> Self {
        let all = count(self.questions.max(1));
        Self {
            questions: self.questions,
            recall: self.recall.map(|sum| sum / all),
            mrr: self.mrr / all,
            ndcg: self.ndcg / all,
        }
    }
}

impl Outcome {
    /// The time within which this share of the questions was answered.
    #[must_use]
    pub fn within(&self, share: f64) -> Duration {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place in a list"
        )]
        let at = (count(self.times.len()) * share) as usize;
        self.times
            .get(at.min(self.times.len().saturating_sub(1)))
            .copied()
            .unwrap_or_default()
    }
}

#[cfg(test)]
#[path = "eval_tests.rs"]
mod tests;
