//! The words of the index, and which of them a person most likely meant.
//!
//! A noisy channel: every word asked has variants (with marks, from raw keystrokes, one letter
//! away), and the row of variants wins whose neighbours stand together most often in the index.

use rustc_hash::FxHashMap;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use crate::schema::Fields;
use crate::spelling::one_away;
use crate::tokens::{Token, one_spelling, pair};
use crate::typing;

/// Variants of one word that are weighed.
const MOST_VARIANTS: usize = 8;
/// Variants this much rarer than the commonest are dropped.
const RAREST: f32 = 0.0005;
/// How much the neighbours decide, the rest is how common a word is by itself.
const NEIGHBOURS: f32 = 0.9;
/// Who types marks seldom leaves out those of a word that also exists without.
const LOST_MARKS: f32 = -3.0;
/// Words are never further apart than one letter.
const SHORTEST_MISSPELT: usize = 3;

/// The words of one index. Cheap to ask, built once per commit.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    /// Marked words by their plain form, commonest first, with the number of documents.
    by_plain: FxHashMap<String, Vec<(String, u32)>>,
    /// Sum of the numbers of documents of all words.
    total: f32,
}

/// A word that may be meant.
#[derive(Clone, Debug, PartialEq)]
struct Variant {
    marked: String,
    /// Logarithm of how far it is from what was typed.
    cost: f32,
    documents: u32,
}

impl Variant {
    /// A word that no text has, as it was typed.
    fn unknown(marked: String) -> Self {
        Self {
            marked,
            cost: 0.0,
            documents: 0,
        }
    }
}

/// What was made of a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Meant {
    /// The words meant, marked, one for each word typed.
    pub words: Vec<String>,
    /// Some word is neither as typed nor the typed word with its marks.
    pub corrected: bool,
}

impl Vocabulary {
    /// Reads the words of all bodies and names.
    pub(crate) fn read(searcher: &Searcher, fields: &Fields) -> tantivy::Result<Self> {
        let mut counts: FxHashMap<String, u32> = FxHashMap::default();
        for segment in searcher.segment_readers() {
            for field in [fields.body.ways[0], fields.name.ways[0]] {
                let index = segment.inverted_index(field)?;
                let mut words = index.terms().stream()?;
                while words.advance() {
                    if let Ok(word) = std::str::from_utf8(words.key()) {
                        *counts.entry(word.to_owned()).or_default() += words.value().doc_freq;
                    }
                }
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "counts of documents")]
        let total = counts.values().map(|count| *count as f32).sum::<f32>().max(1.0);
        let mut by_plain: FxHashMap<String, Vec<(String, u32)>> = FxHashMap::default();
        for (word, count) in counts {
            by_plain.entry(viet::fold(&word)).or_default().push((word, count));
        }
        for words in by_plain.values_mut() {
            words.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        }
        Ok(Self { by_plain, total })
    }

    /// True where the index holds the word as typed, or with marks where it was typed without any.
    pub(crate) fn knows(&self, token: &Token) -> bool {
        self.count(&one_spelling(&token.marked)) > 0
            || (!token.is_marked() && self.by_plain.contains_key(&one_spelling(&token.plain)))
    }

    /// Words with raw keystrokes read, where the word is unknown as it is and its reading known.
    pub(crate) fn decoded(&self, tokens: &[Token]) -> Vec<Token> {
        let read = |token: &Token| {
            if token.is_marked() || self.knows(token) {
                return None;
            }
            let mut found = Vec::new();
            self.keystrokes(&mut found, token);
            let best = found.into_iter().next()?;
            Some(Token {
                plain: viet::fold(&best.marked),
                marked: best.marked,
                ..token.clone()
            })
        };
        tokens
            .iter()
            .map(|token| read(token).unwrap_or_else(|| token.clone()))
            .collect()
    }

    /// Words typed without marks among others with marks: each is taken at its word, unless it is
    /// unknown so, or stands beside neither of its neighbours anywhere; then as its neighbours have it.
    pub(crate) fn completed(
        &self,
        searcher: &Searcher,
        fields: &Fields,
        tokens: Vec<Token>,
    ) -> tantivy::Result<Vec<Token>> {
        if !tokens.iter().any(Token::is_marked) {
            return Ok(tokens);
        }
        let words: Vec<String> = tokens.iter().map(|token| one_spelling(&token.marked)).collect();
        let neighbours = Neighbours {
            searcher,
            field: fields.body.ways[1],
            total: self.total,
        };
        let mut doubtful = Vec::with_capacity(words.len());
        for (at, token) in tokens.iter().enumerate() {
            doubtful.push(!token.is_marked() && !self.stands(&words, at, &neighbours)?);
        }
        if !doubtful.contains(&true) {
            return Ok(tokens);
        }
        let variants: Vec<Vec<Variant>> = words
            .iter()
            .zip(doubtful)
            .map(|(word, doubtful)| self.with_marks(word, doubtful))
            .collect();
        let completed = best_row(&variants, &neighbours)?.into_iter().zip(tokens);
        let token = |(marked, token): (String, Token)| Token { marked, ..token };
        Ok(completed.map(token).collect())
    }

    /// True where a word exists as it was typed, and stands so beside one of its neighbours somewhere.
    fn stands(&self, words: &[String], at: usize, neighbours: &Neighbours<'_>) -> tantivy::Result<bool> {
        if self.count(&words[at]) == 0 {
            return Ok(false);
        }
        let before = at.checked_sub(1).map(|before| (before, at));
        for (first, second) in before.into_iter().chain([(at, at + 1)]) {
            if let (Some(first), Some(second)) = (words.get(first), words.get(second))
                && neighbours.together(first, second)? > 0
            {
                return Ok(true);
            }
        }
        Ok(words.len() == 1)
    }

    /// A word as typed and, where that is doubtful, with the marks that it may have lost.
    fn with_marks(&self, typed: &str, doubtful: bool) -> Vec<Variant> {
        let mut found = Vec::new();
        self.push(&mut found, typed, 0.0);
        let others = self.by_plain.get(typed).filter(|_| doubtful);
        for (word, _) in others.into_iter().flatten() {
            self.push(&mut found, word, LOST_MARKS);
        }
        if found.is_empty() {
            found.push(Variant::unknown(typed.to_owned()));
        }
        pruned(found)
    }

    fn count(&self, marked: &str) -> u32 {
        let words = if marked.is_ascii() {
            self.by_plain.get(marked)
        } else {
            self.by_plain.get(&viet::fold(marked))
        };
        let found = words.and_then(|words| words.iter().find(|(word, _)| word == marked));
        found.map_or(0, |(_, count)| *count)
    }

    /// The words meant by `tokens`, which are [`Self::completed`]: in a question with marks a word
    /// without is taken at its word where it exists. With `bold`, misspellings are looked for even in words that exist.
    pub(crate) fn meant(
        &self,
        searcher: &Searcher,
        fields: &Fields,
        tokens: &[Token],
        has_marks: bool,
        bold: bool,
    ) -> tantivy::Result<Meant> {
        let variants: Vec<Vec<Variant>> = tokens
            .iter()
            .map(|token| self.variants(token, has_marks, bold))
            .collect();
        let neighbours = Neighbours {
            searcher,
            field: fields.body.ways[1],
            total: self.total,
        };
        let words = best_row(&variants, &neighbours)?;
        let corrected = words
            .iter()
            .zip(tokens)
            .any(|(word, token)| !is_same(word, token));
        Ok(Meant { words, corrected })
    }

    fn variants(&self, token: &Token, has_marks: bool, bold: bool) -> Vec<Variant> {
        let typed = one_spelling(&token.marked);
        let mut found = Vec::new();
        let as_typed = token.is_marked() || (has_marks && self.count(&typed) > 0 && !bold);
        if as_typed {
            self.push(&mut found, &typed, 0.0);
        } else {
            for (word, _) in self
                .by_plain
                .get(&one_spelling(&token.plain))
                .into_iter()
                .flatten()
            {
                self.push(&mut found, word, 0.0);
            }
        }
        if found.is_empty() {
            self.keystrokes(&mut found, token);
        }
        if token.is_marked() && (bold || found.is_empty()) {
            // Another mark on the same letters is the commonest slip.
            let others = self.by_plain.get(&viet::fold(&typed)).into_iter().flatten();
            for (word, _) in others.filter(|(word, _)| *word != typed) {
                self.push(&mut found, word, -4.0);
            }
        }
        if bold || found.is_empty() {
            self.misspelt(&mut found, token);
        }
        if found.is_empty() {
            found.push(Variant::unknown(typed));
        }
        pruned(found)
    }

    fn push(&self, found: &mut Vec<Variant>, word: &str, cost: f32) {
        let documents = self.count(word);
        if documents > 0 && !found.iter().any(|variant| variant.marked == word) {
            found.push(Variant {
                marked: word.to_owned(),
                cost,
                documents,
            });
        }
    }

    fn keystrokes(&self, found: &mut Vec<Variant>, token: &Token) {
        for reading in typing::readings(&token.plain) {
            let reading = one_spelling(&reading);
            self.push(found, &reading, 0.0);
            // VNI users often leave the stroke to the reader: `dat61`.
            if let Some(rest) = reading.strip_prefix('d') {
                self.push(found, &format!("đ{rest}"), -1.0);
            }
        }
    }

    /// Words one letter away. Short words and numbers are taken at their word.
    fn misspelt(&self, found: &mut Vec<Variant>, token: &Token) {
        let plain = one_spelling(&token.plain);
        if plain.len() < SHORTEST_MISSPELT || plain.bytes().any(|b| b.is_ascii_digit()) {
            return;
        }
        for (other, words) in &self.by_plain {
            if other.len().abs_diff(plain.len()) > 1 || *other == plain || !one_away(&plain, other) {
                continue;
            }
            for (word, _) in words.iter().take(MOST_VARIANTS) {
                let same_marks = marks(word) == marks(&token.marked) || !token.is_marked();
                self.push(found, word, if same_marks { -6.0 } else { -9.0 });
            }
        }
    }
}

fn marks(word: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    word.nfd()
        .filter(|c| unicode_normalization::char::is_combining_mark(*c))
        .collect()
}

fn is_same(word: &str, token: &Token) -> bool {
    let typed = one_spelling(&token.marked);
    *word == typed || (!token.is_marked() && viet::fold(word) == one_spelling(&token.plain))
}

/// The likeliest few; ties in a fixed order, so that an answer does not change between runs.
fn pruned(mut found: Vec<Variant>) -> Vec<Variant> {
    #[expect(clippy::cast_precision_loss, reason = "counts of documents")]
    let weight = |variant: &Variant| variant.cost + (variant.documents as f32 + 0.1).ln();
    found.sort_by(|one, other| {
        weight(other)
            .total_cmp(&weight(one))
            .then_with(|| one.marked.cmp(&other.marked))
    });
    let floor = found.first().map_or(0.0, |first| weight(first) + RAREST.ln());
    found.retain(|variant| weight(variant) >= floor || variant.cost == 0.0);
    found.truncate(MOST_VARIANTS);
    found
}

struct Neighbours<'a> {
    searcher: &'a Searcher,
    field: Field,
    total: f32,
}

impl Neighbours<'_> {
    /// How many documents have the one before the other.
    fn together(&self, first: &str, second: &str) -> tantivy::Result<u64> {
        let term = Term::from_field_text(self.field, &pair(first, second));
        self.searcher.doc_freq(&term)
    }

    /// Logarithm of how likely `second` follows `first`.
    #[expect(clippy::cast_precision_loss, reason = "counts of documents")]
    fn follows(&self, first: Option<&Variant>, second: &Variant) -> tantivy::Result<f32> {
        let alone = (second.documents as f32 + 0.01) / self.total;
        let Some(first) = first else { return Ok(alone.ln()) };
        let together = self.together(&first.marked, &second.marked)? as f32;
        let together = together / (first.documents as f32 + 0.5);
        Ok((NEIGHBOURS * together + (1.0 - NEIGHBOURS) * alone).ln())
    }
}

/// The row of variants with the highest probability (Viterbi).
fn best_row(variants: &[Vec<Variant>], neighbours: &Neighbours<'_>) -> tantivy::Result<Vec<String>> {
    // For every variant of the current word: score so far, and the place of its best predecessor.
    let mut table: Vec<Vec<(f32, usize)>> = Vec::with_capacity(variants.len());
    for (at, own) in variants.iter().enumerate() {
        let before = at
            .checked_sub(1)
            .map(|before| (&variants[before], &table[before]));
        let mut column = Vec::with_capacity(own.len());
        for variant in own {
            let best = match before {
                None => (neighbours.follows(None, variant)?, 0),
                // One way leads here from one: nothing is to be decided.
                Some((words, scores)) if words.len() == 1 && own.len() == 1 => (scores[0].0, 0),
                Some((words, scores)) => best_before(words, scores, variant, neighbours)?,
            };
            column.push((best.0 + variant.cost, best.1));
        }
        table.push(column);
    }
    Ok(traced(variants, &table))
}

fn best_before(
    words: &[Variant],
    scores: &[(f32, usize)],
    variant: &Variant,
    neighbours: &Neighbours<'_>,
) -> tantivy::Result<(f32, usize)> {
    let mut best = (f32::NEG_INFINITY, 0);
    for (place, (word, (score, _))) in words.iter().zip(scores).enumerate() {
        let reached = score + neighbours.follows(Some(word), variant)?;
        if reached > best.0 {
            best = (reached, place);
        }
    }
    Ok(best)
}

fn traced(variants: &[Vec<Variant>], table: &[Vec<(f32, usize)>]) -> Vec<String> {
    let last = table.last().map(|column| column.iter().enumerate());
    let mut place = last
        .and_then(|column| column.max_by(|one, other| one.1.0.total_cmp(&other.1.0)))
        .map_or(0, |(place, _)| place);
    let mut words = Vec::with_capacity(variants.len());
    for (own, column) in variants.iter().zip(table).rev() {
        let (Some(variant), Some((_, before))) = (own.get(place), column.get(place)) else {
            break;
        };
        words.push(variant.marked.clone());
        place = *before;
    }
    words.reverse();
    words
}
