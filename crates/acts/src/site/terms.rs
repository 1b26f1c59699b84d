//! Words that an act defines, linked to their definition where they are used and hold.

use std::collections::HashMap;

use legal::address::path_of_id;
use legal::model::{ActText, Block, Language, Provision, ProvisionKind};

use super::inline::{Words, escape_into};
use crate::store::Defined;

/// Longest defined word, in characters; longer ones are sentences, not words.
const LONGEST: usize = 60;

/// One defined word.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    /// Lower-case words of the term.
    words: Vec<String>,
    /// Address of the provision that defines it.
    href: String,
    /// Id of the provision or part in which it holds.
    scope: String,
}

/// The words defined in an act, found by their first syllable.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    terms: Vec<Term>,
    by_first: HashMap<String, Vec<usize>>,
}

impl Terms {
    /// The words that `defined` lists; `home` is the address of the act, empty on its own page.
    #[must_use]
    pub fn of(defined: &[Defined], home: &str) -> Self {
        let mut out = Self::default();
        out.extend(defined, home);
        out
    }

    /// Takes in the words of another act.
    pub fn extend<'a>(&mut self, defined: impl IntoIterator<Item = &'a Defined>, home: &str) {
        for one in defined {
            if let Some(words) = words_of(&one.term) {
                self.add(words, &one.place, &one.scope, home);
            }
        }
    }

    /// The words of an English text, from its articles of definitions; each holds in its part.
    #[must_use]
    pub fn english(text: &ActText) -> Self {
        let mut out = Self::default();
        if text.language != Language::En {
            return out;
        }
        for home in text.provisions.iter().filter(|one| is_glossary(one)) {
            let inside = format!("{}__", home.id);
            for provision in text.provisions.iter().filter(|p| p.id.starts_with(&inside)) {
                if let Some(words) = first_text(provision).and_then(defined_word) {
                    out.add(words, &provision.id, &home.part, "");
                }
            }
        }
        out
    }

    fn add(&mut self, words: Vec<String>, place: &str, scope: &str, home: &str) {
        let known = |term: &Term| term.words == words && term.scope == scope;
        let (Some(first), false) = (words.first().cloned(), self.terms.iter().any(known)) else {
            return;
        };
        let href = match path_of_id(place) {
            Some(path) if !home.is_empty() => format!("{home}/{path}"),
            _ => format!("{home}#{place}"),
        };
        self.by_first.entry(first).or_default().push(self.terms.len());
        self.terms.push(Term {
            words,
            href,
            scope: scope.to_owned(),
        });
    }

    /// Which words hold among `around` (the part, the provisions around, the article).
    #[must_use]
    pub fn holding(&self, around: &[&str]) -> Vec<bool> {
        let inside = |id: &str, outer: &str| {
            id == outer || id.strip_prefix(outer).is_some_and(|rest| rest.starts_with("__"))
        };
        let holds = |term: &Term| around.iter().any(|id| inside(id, &term.scope));
        self.terms.iter().map(holds).collect()
    }

    /// Appends `piece`, escaped, with the first use of each term (not yet met) as a link
    /// to its definition. Longer terms win over shorter ones at the same place.
    pub fn link_into(&self, out: &mut String, piece: &str, words: &mut Words<'_>) {
        if self.terms.is_empty() {
            return escape_into(out, piece);
        }
        let spans = word_spans(piece);
        let mut done = 0;
        let mut at = 0;
        while at < spans.len() {
            let Some((term, end)) = self.match_at(piece, &spans, at, &words.active) else {
                at += 1;
                continue;
            };
            if words.met.insert(term) {
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
        out.push_str("<a class=\"t\" href=\"");
        escape_into(out, &self.terms[term].href);
        out.push_str("\">");
    }

    /// The longest term whose words stand at `at`, with the byte after it.
    fn match_at(
        &self,
        piece: &str,
        spans: &[(usize, usize)],
        at: usize,
        active: &[bool],
    ) -> Option<(usize, usize)> {
        let first = piece[spans[at].0..spans[at].1].to_lowercase();
        self.by_first
            .get(&first)?
            .iter()
            .filter(|&&term| {
                active.get(term) == Some(&true) && matches(&self.terms[term], piece, &spans[at..])
            })
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
    let named = ["interpretation of terms", "definitions"];
    provision.kind == ProvisionKind::Article && named.iter().any(|words| heading.contains(words))
}

fn first_text(provision: &Provision) -> Option<&str> {
    match provision.blocks.first()? {
        Block::Para(para) => Some(&para.text),
        _ => None,
    }
}

/// The word that a sentence "X means …" defines.
fn defined_word(sentence: &str) -> Option<Vec<String>> {
    let end = [" means ", " (", " includes "]
        .iter()
        .filter_map(|sign| sentence.find(sign))
        .min()?;
    words_of(&sentence[..end])
}

/// The lower-case words of a term: at least two syllables, so that common words stay plain, and
/// no sentence.
fn words_of(term: &str) -> Option<Vec<String>> {
    let word = term.trim_matches(|c: char| !c.is_alphanumeric());
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

    fn defined(term: &str, place: &str, scope: &str) -> Defined {
        Defined {
            term: term.into(),
            kind: legal::definitions::DefinitionKind::Glossary,
            body: String::new(),
            scope: scope.into(),
            place: place.into(),
        }
    }

    fn terms(home: &str) -> Terms {
        let list = [
            defined("Người tiêu dùng", "art_3__clause_1", "main"),
            defined("Người tiêu dùng dễ bị tổn thương", "art_3__clause_2", "main"),
            defined("Hồ sơ điện tử", "art_9__clause_1", "chp_2"),
        ];
        Terms::of(&list, home)
    }

    fn linked(text: &str, around: &[&str]) -> String {
        let terms = terms("");
        let mut out = String::new();
        terms.link_into(&mut out, text, &mut Words::new(&terms, around));
        out
    }

    #[test]
    fn the_first_use_is_linked_and_the_longest_term_wins() {
        assert_eq!(
            linked("Quyền của người tiêu dùng; người tiêu dùng được biết.", &["main"]),
            "Quyền của <a class=\"t\" href=\"#art_3__clause_1\">người tiêu dùng</a>; người tiêu dùng được biết."
        );
        assert!(linked("Người tiêu dùng dễ bị tổn thương", &["main"]).contains("#art_3__clause_2"));
    }

    #[test]
    fn a_word_is_linked_only_where_it_holds() {
        assert!(linked("nộp hồ sơ điện tử", &["main", "chp_2", "art_10"]).contains("#art_9__clause_1"));
        let plain = "nộp hồ sơ điện tử";
        assert_eq!(linked(plain, &["main", "chp_3", "art_20"]), plain);
        assert_eq!(linked(plain, &["main", "chp_21", "art_20"]), plain);
    }

    #[test]
    fn parts_of_words_and_broken_runs_are_not_linked() {
        for text in ["người, tiêu dùng", "người tiêu dùngx", "người tiêu"] {
            assert_eq!(linked(text, &["main"]), text);
        }
    }

    #[test]
    fn elsewhere_a_word_leads_to_the_page_of_its_definition() {
        let terms = terms("/van-ban/a");
        let mut out = String::new();
        terms.link_into(&mut out, "người tiêu dùng", &mut Words::new(&terms, &["main"]));
        assert!(out.contains("href=\"/van-ban/a/dieu-3/khoan-1\""), "{out}");
    }

    #[test]
    fn single_syllables_and_sentences_are_no_terms() {
        assert_eq!(words_of("Đất"), None);
        assert_eq!(words_of("hồ sơ; tài liệu"), None);
        assert_eq!(
            defined_word("Land user means a person"),
            Some(vec!["land".into(), "user".into()])
        );
        assert_eq!(defined_word("No definition here."), None);
    }
}
