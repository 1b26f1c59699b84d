//! Learns the weights of the second stage and shows what each group of signals brings.
//!
//! ```sh
//! pholuat eval retrieval --corpus C --queries Q --run RUN --signals SIGNALS
//! cargo run --profile fast -p pholuat-search --example learn -- SIGNALS
//! ```
//!
//! A softmax over the documents of each question, with an L2 penalty, by gradient descent (Adam).
//! Figures are cross-validated in five parts; the weights printed last are learned from all.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};

use anyhow::{Context, Result};

const PARTS: u64 = 5;
const STEPS: i32 = 250;
const PACE: f64 = 0.05;
const PENALTY: f64 = 0.005;
/// Groups of signals in the order in which the table adds them.
const GROUPS: &[(&str, &[&str])] = &[
    (
        "first stage (BM25 of words, pairs, names)",
        &["recalled", "recalled_words", "recalled_pairs"],
    ),
    (
        "BM25 of words and pairs by place",
        &["words", "words_long", "pairs", "pairs_long"],
    ),
    (
        "three in a row, near pairs, longest run",
        &["triples", "near", "run"],
    ),
    (
        "share of the question that is covered",
        &["cover", "cover_pairs", "cover_rare"],
    ),
    ("best passage", &["passage", "passage_pairs", "passage_short"]),
    (
        "heading",
        &["head_words", "head_pairs", "head_share", "head_pairs_share"],
    ),
    ("name of the act", &["name_pairs", "name_share", "name_whole"]),
    (
        "rank of the act, length",
        &["law", "decree", "circular", "length"],
    ),
    (
        "act and neighbours among the best",
        &["act", "best_of_act", "beside"],
    ),
];

struct Question {
    part: u64,
    set: String,
    gold: usize,
    documents: Vec<(bool, Vec<f64>)>,
}

fn main() -> Result<()> {
    let path = std::env::args().nth(1).context("usage: learn SIGNALS")?;
    let (names, questions) = read(&path)?;
    println!("| signals | R@10 | nDCG@10 | vlsp R@10 |\n|---|---|---|---|");
    let mut used: Vec<usize> = Vec::new();
    for (label, group) in GROUPS {
        let places = group
            .iter()
            .filter_map(|name| names.iter().position(|own| own == name));
        used.extend(places);
        let figures = validated(&questions, &used, names.len());
        let (recall, ndcg) = figures.get("all").copied().unwrap_or_default();
        let (vlsp, _) = figures.get("vlsp").copied().unwrap_or_default();
        println!("| + {label} | {recall:.3} | {ndcg:.3} | {vlsp:.3} |");
    }
    let all: Vec<&Question> = questions.iter().collect();
    for (name, weight) in names.iter().zip(learn(&all, &used, names.len())) {
        println!("{name} {weight:.3}");
    }
    Ok(())
}

fn read(path: &str) -> Result<(Vec<String>, Vec<Question>)> {
    let (mut names, mut questions) = (Vec::new(), Vec::<Question>::new());
    for line in BufReader::new(File::open(path)?).lines() {
        let line = line?;
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["#", rest @ ..] => names = rest.iter().map(|name| (*name).to_owned()).collect(),
            ["Q", _, set, gold, part] => questions.push(Question {
                part: part.parse()?,
                set: (*set).to_owned(),
                gold: gold.parse()?,
                documents: Vec::new(),
            }),
            [right, _, signals @ ..] => {
                let signals: Result<Vec<f64>, _> = signals.iter().map(|signal| signal.parse()).collect();
                let question = questions.last_mut().context("a document before any question")?;
                question.documents.push((*right == "1", signals?));
            }
            _ => {}
        }
    }
    Ok((names, questions))
}

/// Mean R@10 and nDCG@10 by set, every question answered by weights that never saw its part.
fn validated(questions: &[Question], used: &[usize], width: usize) -> BTreeMap<String, (f64, f64)> {
    let mut sums: BTreeMap<String, (f64, f64, f64)> = BTreeMap::new();
    for held in 0..PARTS {
        let seen: Vec<&Question> = questions
            .iter()
            .filter(|question| question.part != held)
            .collect();
        let weights = learn(&seen, used, width);
        for question in questions.iter().filter(|question| question.part == held) {
            let (recall, ndcg) = measure(question, &weights);
            for set in ["all", &question.set] {
                let sum = sums.entry(set.to_owned()).or_default();
                *sum = (sum.0 + recall, sum.1 + ndcg, sum.2 + 1.0);
            }
        }
    }
    sums.into_iter()
        .map(|(set, (recall, ndcg, all))| (set, (recall / all, ndcg / all)))
        .collect()
}

fn dot(weights: &[f64], signals: &[f64]) -> f64 {
    weights
        .iter()
        .zip(signals)
        .map(|(weight, signal)| weight * signal)
        .sum()
}

fn measure(question: &Question, weights: &[f64]) -> (f64, f64) {
    let mut ranked: Vec<(f64, bool)> = question
        .documents
        .iter()
        .map(|(right, signals)| (dot(weights, signals), *right))
        .collect();
    ranked.sort_by(|one, other| other.0.total_cmp(&one.0));
    let gain = |at: usize| 1.0 / (at as f64 + 2.0).log2();
    let hits: Vec<usize> = (0..ranked.len().min(10)).filter(|at| ranked[*at].1).collect();
    let ideal: f64 = (0..question.gold.clamp(1, 10)).map(gain).sum();
    let gained: f64 = hits.iter().map(|at| gain(*at)).sum();
    (hits.len() as f64 / question.gold.max(1) as f64, gained / ideal)
}

fn learn(questions: &[&Question], used: &[usize], width: usize) -> Vec<f64> {
    let spread = spread(questions, width);
    let answerable: Vec<&&Question> = questions
        .iter()
        .filter(|question| question.documents.iter().any(|(right, _)| *right))
        .collect();
    let mut weights = vec![0.0; width];
    let (mut mean, mut square) = (vec![0.0; width], vec![0.0; width]);
    for step in 1..=STEPS {
        let mut slope = vec![0.0; width];
        for question in &answerable {
            slope_into(&mut slope, question, &weights, &spread);
        }
        for &at in used {
            let own = slope[at] / answerable.len() as f64 + PENALTY * weights[at];
            mean[at] = 0.9 * mean[at] + 0.1 * own;
            square[at] = 0.99 * square[at] + 0.01 * own * own;
            let (first, second) = (1.0 - 0.9_f64.powi(step), 1.0 - 0.99_f64.powi(step));
            weights[at] -= PACE * (mean[at] / first) / ((square[at] / second).sqrt() + 1e-8);
        }
    }
    weights
        .iter()
        .zip(&spread)
        .map(|(weight, spread)| weight / spread)
        .collect()
}

/// Adds the slope of the loss of one question: how much too likely each wrong document is, and each
/// right one too unlikely.
fn slope_into(slope: &mut [f64], question: &Question, weights: &[f64], spread: &[f64]) {
    let scaled: Vec<f64> = weights
        .iter()
        .zip(spread)
        .map(|(weight, spread)| weight / spread)
        .collect();
    let scores: Vec<f64> = question
        .documents
        .iter()
        .map(|(_, signals)| dot(&scaled, signals))
        .collect();
    let top = scores.iter().copied().fold(f64::MIN, f64::max);
    let all: f64 = scores.iter().map(|score| (score - top).exp()).sum();
    let right = question.documents.iter().filter(|(right, _)| *right).count() as f64;
    for ((is_right, signals), score) in question.documents.iter().zip(&scores) {
        let wanted = if *is_right { 1.0 / right } else { 0.0 };
        let excess = (score - top).exp() / all - wanted;
        for ((slope, signal), spread) in slope.iter_mut().zip(signals).zip(spread) {
            *slope += excess * signal / spread;
        }
    }
}

/// Standard deviation of every signal.
fn spread(questions: &[&Question], width: usize) -> Vec<f64> {
    let (mut sum, mut square, mut count) = (vec![0.0; width], vec![0.0; width], 0.0);
    for (_, signals) in questions.iter().flat_map(|question| &question.documents) {
        count += 1.0;
        for (at, signal) in signals.iter().enumerate() {
            sum[at] += signal;
            square[at] += signal * signal;
        }
    }
    let deviation = |at: usize| {
        let mean: f64 = sum[at] / count;
        (square[at] / count - mean * mean).max(1e-9).sqrt()
    };
    (0..width).map(deviation).collect()
}
