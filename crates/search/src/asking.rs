//! Words of questions: how much each tells of the answer.
//!
//! "Bị truy cứu trách nhiệm hình sự như thế nào" asks; the article that answers seldom says so. How
//! often the words of a question stand in its answers is counted on labelled questions, and what is
//! seldom there weighs less than its rarity would have it. The table holds nothing but such weights.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::tokens::{one_spelling, pair, tokens};

/// The weights that come with the program, as `pholuat eval retrieval --learn-words` wrote them.
const OWN: &str = include_str!("../data/question_words.tsv");
/// Questions below which nothing is said of a word.
const FEWEST: f32 = 2.5;
/// So many questions count for the mean of all words.
const PRIOR: f32 = 4.0;
/// Words above this tell nearly as much as all others.
const LEAST_TELLING: f32 = 0.7;

/// Weights of words and pairs of words, from 0 to 1; others weigh 1.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asking {
    weights: FxHashMap<String, f32>,
}

impl Asking {
    /// The weights that come with the program.
    pub(crate) fn own() -> Self {
        Self::read(OWN)
    }

    /// Reads rows "một hai ⇥ 0.31"; others are passed over.
    pub(crate) fn read(rows: &str) -> Self {
        let read = |row: &str| {
            let (words, weight) = row.split_once('\t')?;
            let words: Vec<String> = tokens(words)
                .iter()
                .map(|word| one_spelling(&word.marked))
                .collect();
            let key = match words.as_slice() {
                [word] => word.clone(),
                [first, second] => pair(first, second),
                _ => return None,
            };
            Some((key, weight.trim().parse::<f32>().ok()?.clamp(0.0, 1.0)))
        };
        Self {
            weights: rows.lines().filter_map(read).collect(),
        }
    }

    /// The weight of a word or pair, as the index writes it.
    pub(crate) fn weight(&self, word: &str) -> f32 {
        self.weights.get(word).copied().unwrap_or(1.0)
    }
}

/// Words and pairs of a text, each with how it is written in the table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Said {
    words: BTreeMap<String, String>,
    pairs: BTreeMap<String, String>,
}

impl Said {
    /// Of several texts; no pair reaches over two.
    pub(crate) fn of(texts: &[&str]) -> Self {
        let mut said = Self::default();
        for text in texts {
            let cut = tokens(text);
            let words: Vec<(String, String)> = cut
                .iter()
                .map(|word| {
                    let written = viet::nfc(&text[word.start..word.end]).to_lowercase();
                    (one_spelling(&word.marked), written)
                })
                .collect();
            for two in words.windows(2) {
                let [(first, one), (second, other)] = two else {
                    continue;
                };
                said.pairs.insert(pair(first, second), format!("{one} {other}"));
            }
            said.words.extend(words);
        }
        said
    }
}

/// Counts of one word over many questions.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    asked: f32,
    answered: f32,
}

/// The table as rows, learned from questions and their answers; the least telling first.
pub(crate) fn learn<'a>(examples: impl Iterator<Item = (&'a Said, Vec<&'a Said>)>) -> String {
    let (mut words, mut pairs) = (BTreeMap::new(), BTreeMap::new());
    for (question, answers) in examples {
        add(
            &mut words,
            &question.words,
            answers.iter().map(|answer| &answer.words),
        );
        add(
            &mut pairs,
            &question.pairs,
            answers.iter().map(|answer| &answer.pairs),
        );
    }
    let mut rows = rows(&words);
    rows.extend(self::rows(&pairs));
    rows.sort_by(|one, other| one.1.total_cmp(&other.1).then_with(|| one.0.cmp(other.0)));
    rows.iter()
        .map(|(word, weight)| format!("{word}\t{weight:.2}\n"))
        .collect()
}

fn add<'a>(
    counts: &mut BTreeMap<&'a str, Count>,
    question: &'a BTreeMap<String, String>,
    answers: impl ExactSizeIterator<Item = &'a BTreeMap<String, String>>,
) {
    #[expect(clippy::cast_precision_loss, reason = "a handful of answers")]
    let share = 1.0 / answers.len().max(1) as f32;
    for answer in answers {
        for (key, written) in question {
            let count = counts.entry(written.as_str()).or_default();
            count.asked += share;
            count.answered += if answer.contains_key(key) { share } else { 0.0 };
        }
    }
}

fn rows<'a>(counts: &BTreeMap<&'a str, Count>) -> Vec<(&'a str, f32)> {
    let sum = |of: fn(&Count) -> f32| counts.values().map(of).sum::<f32>();
    let mean = sum(|count| count.answered) / sum(|count| count.asked).max(1.0);
    let weight = |count: &Count| (count.answered + PRIOR * mean) / (count.asked + PRIOR) / mean.max(0.01);
    counts
        .iter()
        .filter(|(_, count)| count.asked >= FEWEST)
        .map(|(word, count)| (*word, weight(count)))
        .filter(|(_, weight)| *weight < LEAST_TELLING)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_only_ask_weigh_less() {
        let questions: Vec<Said> = ["ai có đất", "ai có nhà", "ai có xe", "ai có tiền"]
            .map(|text| Said::of(&[text]))
            .into();
        let answers: Vec<Said> = ["người có đất", "người có nhà", "người có xe", "người có tiền"]
            .map(|text| Said::of(&[text]))
            .into();
        let table = learn(questions.iter().zip(answers.iter().map(|answer| vec![answer])));
        let asking = Asking::read(&table);
        assert!(asking.weight("ai") < 0.6, "{table}");
        assert_eq!(asking.weight("có"), 1.0);
        assert_eq!(asking.weight("đất"), 1.0);
    }

    #[test]
    fn the_own_table_is_read() {
        let asking = Asking::own();
        assert!(asking.weight("như_thê\u{301}") < 0.5);
        assert_eq!(asking.weight("đât_đai"), 1.0);
        assert!(
            Asking::read("sai dạng\nmột hai ba\t0.1\nmột\tx")
                .weights
                .is_empty()
        );
    }
}
