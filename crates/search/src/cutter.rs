//! Texts on their way into the index, cut into words; every different word is analysed once.

use std::collections::HashMap;

use tantivy::tokenizer::{Token as IndexToken, TokenStream, Tokenizer};

use crate::tokens::{one_spelling, pair_into, spans, token};

/// Different words remembered; more are forgotten all at once.
const MOST_KNOWN: usize = 100_000;
/// Words of one document whose order is kept: the second stage reads no further.
const MOST_CODES: usize = 8_000;
/// Codes of words have so many bits.
const CODE_BITS: u32 = 20;
/// Stands between two texts of one document; no word has this code.
const BREAK: u64 = 0;

/// A word as a small number that is the same in every index: two words share one in a million times.
#[must_use]
pub(crate) fn code(word: &str) -> u64 {
    let hash = word.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let folded = (hash ^ (hash >> 40)) & ((1 << CODE_BITS) - 1);
    folded.max(BREAK + 1)
}

/// What is remembered of a word.
#[derive(Debug)]
struct Known {
    marked: String,
    plain: String,
    code: u64,
}

/// Cuts texts.
#[derive(Debug, Default)]
pub(crate) struct Cutter {
    known: HashMap<String, Known>,
}

/// The words of one document, in the ways in which it is indexed, and in their order.
#[derive(Debug, Default)]
pub(crate) struct Cut {
    /// Words in the order of [`crate::schema::WAYS`], separated by blanks.
    pub ways: [String; 3],
    /// The marked words as codes.
    pub codes: Vec<u64>,
    /// How many words.
    pub words: u64,
}

impl Cutter {
    /// Adds a text to a document; no pair reaches over two texts.
    pub(crate) fn add(&mut self, cut: &mut Cut, text: &str) {
        if self.known.len() > MOST_KNOWN {
            self.known.clear();
        }
        if cut.words > 0 && cut.codes.len() < MOST_CODES {
            cut.codes.push(BREAK);
        }
        let mut before: Option<String> = None;
        for (start, end) in spans(text) {
            let word = &text[start..end];
            if !self.known.contains_key(word) {
                self.known.insert(word.to_owned(), known(word));
            }
            let Some(word) = self.known.get(word) else {
                continue;
            };
            let [marked, pairs, plain] = &mut cut.ways;
            append(marked, &word.marked);
            append(plain, &word.plain);
            if let Some(before) = &mut before {
                append(pairs, "");
                pair_into(pairs, before, &word.marked);
                before.clone_from(&word.marked);
            } else {
                before = Some(word.marked.clone());
            }
            if cut.codes.len() < MOST_CODES {
                cut.codes.push(word.code);
            }
            cut.words += 1;
        }
    }
}

fn known(word: &str) -> Known {
    let token = token(word, 0, word.len());
    let marked = one_spelling(&token.marked);
    Known {
        code: code(&marked),
        plain: one_spelling(&token.plain),
        marked,
    }
}

fn append(out: &mut String, word: &str) {
    if !out.is_empty() {
        out.push(' ');
    }
    out.push_str(word);
}

/// Takes the words of [`Cut::ways`] apart again, for the index.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Blanks;

impl Tokenizer for Blanks {
    type TokenStream<'a> = Words<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Words<'a> {
        Words {
            words: text.split(' '),
            token: IndexToken::default(),
        }
    }
}

/// The words of one text on their way into the index.
pub(crate) struct Words<'a> {
    words: std::str::Split<'a, char>,
    token: IndexToken,
}

impl TokenStream for Words<'_> {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else {
            return false;
        };
        self.token.text.clear();
        self.token.text.push_str(word);
        self.token.position = self.token.position.wrapping_add(1);
        !word.is_empty()
    }

    fn token(&self) -> &IndexToken {
        &self.token
    }

    fn token_mut(&mut self) -> &mut IndexToken {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(texts: &[&str]) -> Cut {
        let (mut cutter, mut cut) = (Cutter::default(), Cut::default());
        for text in texts {
            cutter.add(&mut cut, text);
        }
        cut
    }

    #[test]
    fn a_text_is_cut_in_all_ways() {
        let cut = cut(&["Quyền Kỹ thuật"]);
        assert_eq!(cut.ways[1], "quyên\u{300}_ki\u{303} ki\u{303}_thuât\u{323}");
        assert_eq!(cut.ways[2], "quyen ki thuat");
        assert_eq!((cut.words, cut.codes.len()), (3, 3));
    }

    #[test]
    fn no_pair_reaches_over_two_texts() {
        let cut = cut(&["một hai", "ba"]);
        assert_eq!(cut.ways[2], "mot hai ba");
        assert!(!cut.ways[1].contains(' '));
        assert_eq!(cut.codes[2], BREAK);
        assert!(cut.codes.iter().filter(|code| **code == BREAK).count() == 1);
    }

    #[test]
    fn blanks_give_every_word_back() {
        let (mut blanks, mut found) = (Blanks, Vec::new());
        blanks
            .token_stream("a b_c d")
            .process(&mut |token| found.push(token.text.clone()));
        assert_eq!(found, ["a", "b_c", "d"]);
        let mut none = 0;
        blanks.token_stream("").process(&mut |_| none += 1);
        assert_eq!(none, 0);
    }
}
