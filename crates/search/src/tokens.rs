//! Syllables: the words of the index, each in two forms.
//!
//! The *marked* form keeps the marks but not their place in the syllable, so that
//! `hoà` and `hòa` are one word while `hoa` is another. The *plain* form drops marks (`đ` → `d`).

use unicode_normalization::char::is_combining_mark;

/// Longer runs of letters are cut: no word of the law is longer, and the index stays small.
const LONGEST: usize = 48;
/// Huyền, sắc, ngã, hỏi, nặng.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// One syllable, number or code of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Lower case with marks, the tone moved to the end.
    pub marked: String,
    /// Lower case without marks.
    pub plain: String,
    /// First byte in the text.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

impl Token {
    /// True where the word carries a mark or `đ`.
    #[must_use]
    pub fn is_marked(&self) -> bool {
        self.marked != self.plain
    }
}

/// The tokens of `text` in order; composed and decomposed text give the same.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    spans(text)
        .map(|(start, end)| token(&text[start..end], start, end))
        .collect()
}

pub(crate) fn token(word: &str, start: usize, end: usize) -> Token {
    let plain = plain(word);
    Token {
        marked: marked(word, &plain),
        plain,
        start,
        end,
    }
}

/// The plain form of a word.
pub(crate) fn plain(word: &str) -> String {
    viet::fold(cut(word))
}

/// The marked form of a word whose plain form is known.
pub(crate) fn marked(word: &str, plain: &str) -> String {
    let word = cut(word);
    if word.is_ascii() {
        plain.to_owned()
    } else {
        viet::tone_last(word)
    }
}

fn cut(word: &str) -> &str {
    let mut end = word.len().min(LONGEST);
    while !word.is_char_boundary(end) {
        end -= 1;
    }
    &word[..end]
}

/// What a character is to words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// A letter or digit: words begin and go on with it.
    Letter,
    /// A combining mark: words go on with it.
    Mark,
    /// Anything else: words end before it.
    Other,
}

/// The class of the character at a byte of the text, and its length; the letters of Vietnamese are told
/// by their bytes.
fn class(text: &str, at: usize) -> Option<(Class, usize)> {
    let bytes = text.as_bytes();
    let first = *bytes.get(at)?;
    let second = bytes.get(at + 1).copied().unwrap_or_default();
    let letter = |is_letter| if is_letter { Class::Letter } else { Class::Other };
    Some(match (first, second) {
        (0..=0x7f, _) => (letter(first.is_ascii_alphanumeric()), 1),
        // À to ÿ without × and ÷, then Ā to ȿ.
        (0xc3, _) => (letter(!matches!(second, 0x97 | 0xb7)), 2),
        (0xc4..=0xc8, _) => (Class::Letter, 2),
        // Ḁ to ỿ.
        (0xe1, 0xb8..=0xbb) => (Class::Letter, 3),
        _ => {
            let c = text.get(at..)?.chars().next()?;
            let class = match c {
                _ if c.is_alphanumeric() => Class::Letter,
                _ if is_combining_mark(c) => Class::Mark,
                _ => Class::Other,
            };
            (class, c.len_utf8())
        }
    })
}

/// The words of a text: first byte, and the byte after the last.
pub(crate) fn spans(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            match bytes.get(at)? {
                byte if byte.is_ascii_alphanumeric() => break,
                0..=0x7f => at += 1,
                _ => match class(text, at)? {
                    (Class::Letter, _) => break,
                    (_, length) => at += length,
                },
            }
        }
        let start = at;
        while let Some(byte) = bytes.get(at) {
            at += match byte {
                byte if byte.is_ascii_alphanumeric() => 1,
                0..=0x7f => break,
                _ => match class(text, at) {
                    Some((Class::Letter | Class::Mark, length)) => length,
                    _ => break,
                },
            };
        }
        Some((start, at))
    })
}

/// First byte of the word that begins so many words before `at`, and how many words there were.
pub(crate) fn words_back(text: &str, at: usize, most: usize) -> (usize, usize) {
    let (mut start, mut words) = (at, 0);
    let is_word = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    while words < most {
        let before = text[..start].trim_end_matches(|c| !is_word(c));
        if before.is_empty() {
            break;
        }
        start = before.trim_end_matches(is_word).len();
        words += 1;
    }
    (start, words)
}

/// Which words of a text a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Analysis {
    /// Plain form instead of the marked one.
    pub plain: bool,
    /// Pairs of neighbours instead of single syllables.
    pub pairs: bool,
}

impl Analysis {
    /// The words of `text`, as a query asks for them.
    pub(crate) fn words(self, tokens: &[Token]) -> Vec<String> {
        let form = |token: &Token| one_spelling(if self.plain { &token.plain } else { &token.marked });
        if self.pairs {
            tokens
                .windows(2)
                .map(|two| pair(&form(&two[0]), &form(&two[1])))
                .collect()
        } else {
            tokens.iter().map(form).collect()
        }
    }
}

/// Both spellings of the sound /i/ as one: `kỹ` and `kĩ`, `quý` and `quí`, `y` and `i`.
pub(crate) fn one_spelling(word: &str) -> String {
    let bare = word.trim_end_matches(TONES);
    let Some(onset) = bare.strip_suffix('y') else {
        return word.to_owned();
    };
    let is_alone = onset == "qu" || onset.chars().all(|c| !"aeiouyăâêôơư".contains(c));
    if is_alone && onset.len() <= 3 {
        format!("{onset}i{}", &word[bare.len()..])
    } else {
        word.to_owned()
    }
}

pub(crate) fn pair(first: &str, second: &str) -> String {
    format!("{first}_{second}")
}

/// Appends [`pair`] to `out`.
pub(crate) fn pair_into(out: &mut String, first: &str, second: &str) {
    out.push_str(first);
    out.push('_');
    out.push_str(second);
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    fn marked(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.marked).collect()
    }

    fn plain(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.plain).collect()
    }

    #[test]
    fn composed_and_decomposed_text_are_one() {
        let composed = "Quyền sử dụng đất, Điều 5";
        let decomposed: String = composed.nfd().collect();
        assert_eq!(marked(composed), marked(&decomposed));
        assert_eq!(plain(&decomposed), ["quyen", "su", "dung", "dat", "dieu", "5"]);
    }

    #[test]
    fn tone_placement_does_not_matter_but_marks_do() {
        assert_eq!(marked("hoà thuỷ"), marked("hòa thủy"));
        assert_ne!(marked("đất"), marked("dất"));
        assert_ne!(marked("đất"), marked("dat"));
        assert_eq!(plain("đất"), plain("DAT"));
    }

    #[test]
    fn numbers_fall_apart_into_their_pieces() {
        assert_eq!(plain("91/2015/QH13"), ["91", "2015", "qh13"]);
        assert_eq!(plain("100/2019/NĐ-CP"), ["100", "2019", "nd", "cp"]);
    }

    #[test]
    fn spans_point_into_the_text() {
        let text = "(Điê\u{300}u 7a) – “đất”";
        let found: Vec<&str> = tokens(text)
            .iter()
            .map(|token| &text[token.start..token.end])
            .collect();
        assert_eq!(found, ["Điê\u{300}u", "7a", "đất"]);
    }

    #[test]
    fn letters_are_those_of_unicode() {
        let is_letter = |c: char| class(&c.to_string(), 0) == Some((Class::Letter, c.len_utf8()));
        let other = ('\0'..='\u{2fff}').find(|c| is_letter(*c) != c.is_alphanumeric());
        assert_eq!(other, None);
    }

    #[test]
    fn words_are_found_backwards_too() {
        let text = "(Điê\u{300}u 7a) – “đất” ở";
        for at in [0, text.len()] {
            let starts: Vec<usize> = spans(text)
                .map(|(start, _)| start)
                .filter(|start| *start < at)
                .collect();
            for (back, start) in (1..).zip(starts.iter().rev()) {
                assert_eq!(words_back(text, at, back), (*start, back));
            }
            let all = starts.len();
            assert_eq!(
                words_back(text, at, 99),
                (starts.first().copied().unwrap_or(at), all)
            );
        }
    }

    #[test]
    fn strange_input_neither_panics_nor_grows() {
        for text in [
            "",
            "\u{301}\u{301}",
            "\u{202e}a\u{0}b",
            &"ệ".repeat(10_000),
            "🙂 a🙂b",
            "a\u{300}".repeat(500).as_str(),
        ] {
            for token in tokens(text) {
                assert!(token.marked.len() <= 4 * LONGEST && token.end <= text.len());
            }
        }
    }

    #[test]
    fn pairs_join_neighbours() {
        let analysis = Analysis {
            plain: true,
            pairs: true,
        };
        assert_eq!(
            analysis.words(&tokens("bộ luật dân sự")),
            ["bo_luat", "luat_dan", "dan_su"]
        );
    }
}
