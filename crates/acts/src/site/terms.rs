//! Words that an act defines ("Giải thích từ ngữ"), linked to their definition where they are used.

use std::collections::{HashMap, HashSet};

use legal::model::{ActText, Block, Provision, ProvisionKind};

use super::inline::escape_into;

/// Longest defined word, in characters; longer ones are sentences, not words.
const LONGEST: usize = 60;

/// One defined word.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    /// Lower-case words of the term.
    words: Vec<String>,
    /// Id of the clause or point that defines it.
    id: String,
}

/// The words defined in one part, found by their first syllable.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    terms: Vec<Term>,
    by_first: HashMap<String, Vec<usize>>,
}

impl Terms {
    /// Reads the definitions of the part `part` from its "Giải thích từ ngữ" article.
    #[must_use]
    pub fn of_part(text: &ActText, part: &str) -> Self {
        let mut out = Self::default();
        let Some(home) = text.provisions.iter().find(|p| p.part == part && is_glossary(p)) else {
            return out;
        };
        let inside = format!("{}__", home.id);
        for provision in text.provisions.iter().filter(|p| p.id.starts_with(&inside)) {
            if let Some(words) = first_text(provision).and_then(defined_word) {
                out.add(words, &provision.id);
            }
        }
        out
    }

    fn add(&mut self, words: Vec<String>, id: &str) {
        if self.terms.iter().any(|term| term.words == words) {
            return;
        }
        self.by_first
            .entry(words[0].clone())
            .or_default()
            .push(self.terms.len());
        self.terms.push(Term {
            words,
            id: id.to_owned(),
        });
    }

    /// Appends `piece`, escaped, with the first use of each term (not yet in `met`) as a link
    /// to its definition. Longer terms win over shorter ones at the same place.
    pub fn link_into(&self, out: &mut String, piece: &str, met: &mut HashSet<usize>) {
        if self.terms.is_empty() {
            return escape_into(out, piece);
        }
        let spans = word_spans(piece);
        let mut done = 0;
        let mut at = 0;
        while at < spans.len() {
            let Some((term, end)) = self.match_at(piece, &spans, at) else {
                at += 1;
                continue;
            };
            if met.insert(term) {
                escape_into(out, &piece[done..spans[at].0]);
                self.open_link(out, term);
                escape_into(out, &piece[spans[at].0..end]);
                out.push_str("</a>");
                done = end;
            }
            at += self.terms[term].words.len();
        }
        escape_into(out, &piece[done..]);
    }

    fn open_link(&self, out: &mut String, term: usize) {
        out.push_str("<a class=\"t\" href=\"#");
        escape_into(out, &self.terms[term].id);
        out.push_str("\">");
    }

    /// The longest term whose words stand at `at`, with the byte after it.
    fn match_at(&self, piece: &str, spans: &[(usize, usize)], at: usize) -> Option<(usize, usize)> {
        let first = piece[spans[at].0..spans[at].1].to_lowercase();
        self.by_first
            .get(&first)?
            .iter()
            .filter(|&&term| matches(&self.terms[term], piece, &spans[at..]))
            .max_by_key(|&&term| self.terms[term].words.len())
            .map(|&term| (term, spans[at + self.terms[term].words.len() - 1].1))
    }
}

/// Whether the words of `term` stand at the first spans, with nothing but one space between.
fn matches(term: &Term, piece: &str, spans: &[(usize, usize)]) -> bool {
    spans.len() >= term.words.len()
        && term
            .words
            .iter()
            .zip(spans)
            .all(|(word, span)| same_word(word, &piece[span.0..span.1]))
        && spans[..term.words.len()]
            .windows(2)
            .all(|pair| &piece[pair[0].1..pair[1].0] == " ")
}

fn same_word(lower: &str, printed: &str) -> bool {
    lower.len() == printed.len() && printed.chars().flat_map(char::to_lowercase).eq(lower.chars())
}

/// Byte ranges of the words (letters and digits) of `text`.
fn word_spans(text: &str) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices() {
        match (letter.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                spans.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    spans.extend(start.map(|from| (from, text.len())));
    spans
}

fn is_glossary(provision: &Provision) -> bool {
    let heading = provision.heading.as_deref().unwrap_or_default().to_lowercase();
    provision.kind == ProvisionKind::Article
        && [
            "giải thích từ ngữ",
            "giải thích thuật ngữ",
            "interpretation of terms",
            "definitions",
        ]
        .iter()
        .any(|words| heading.contains(words))
}

fn first_text(provision: &Provision) -> Option<&str> {
    match provision.blocks.first()? {
        Block::Para(para) => Some(&para.text),
        _ => None,
    }
}

/// The word that a sentence "X là …", "X (sau đây gọi là Y) là …", "X means …" defines:
/// at least two syllables, so that common words stay plain.
fn defined_word(sentence: &str) -> Option<Vec<String>> {
    let end = [" là ", " (", " bao gồm ", " gồm ", " means ", " là:"]
        .iter()
        .filter_map(|sign| sentence.find(sign))
        .min()?;
    let word = sentence[..end].trim_matches(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = word_spans(word)
        .into_iter()
        .map(|(from, to)| word[from..to].to_lowercase())
        .collect();
    let plain = word.chars().all(|c| c.is_alphanumeric() || c == ' ');
    (plain && words.len() >= 2 && word.chars().count() <= LONGEST).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms() -> Terms {
        let mut terms = Terms::default();
        for (sentence, id) in [
            ("Người tiêu dùng là người mua hàng.", "art_3__clause_1"),
            (
                "“Người tiêu dùng dễ bị tổn thương” là người tiêu dùng có khả năng …",
                "art_3__clause_2",
            ),
        ] {
            terms.add(defined_word(sentence).expect("a word"), id);
        }
        terms
    }

    fn linked(text: &str) -> String {
        let mut out = String::new();
        terms().link_into(&mut out, text, &mut HashSet::new());
        out
    }

    #[test]
    fn the_first_use_is_linked_and_the_longest_term_wins() {
        assert_eq!(
            linked("Quyền của người tiêu dùng; người tiêu dùng được biết."),
            "Quyền của <a class=\"t\" href=\"#art_3__clause_1\">người tiêu dùng</a>; người tiêu dùng được biết."
        );
        assert!(linked("Người tiêu dùng dễ bị tổn thương").contains("#art_3__clause_2"));
    }

    #[test]
    fn parts_of_words_and_broken_runs_are_not_linked() {
        for text in ["người, tiêu dùng", "người tiêu dùngx", "người tiêu"] {
            assert_eq!(linked(text), text);
        }
    }

    #[test]
    fn single_syllables_and_sentences_are_no_terms() {
        assert_eq!(defined_word("Đất là tài sản."), None);
        assert_eq!(defined_word("Không có định nghĩa."), None);
        assert_eq!(
            defined_word("Hồ sơ (sau đây gọi là HS) là"),
            Some(vec!["hồ".into(), "sơ".into()])
        );
    }
}
