//! What a person typed, read as words, places in an act, act numbers and names.

use std::collections::HashSet;

use crate::names::{How, Names, Spoken};
use crate::numbers::{self, Candidate};
use crate::place::{Place, place};
use crate::tokens::{Token, tokens};

/// Longest query that is read, in characters; the rest is cut.
pub const LONGEST_QUERY: usize = 600;
/// Words that join a provision to its act and name nothing.
const CONNECTORS: &[&str] = &["cua", "so", "trong", "thuoc", "tai", "theo"];
/// Words at the start of a question among which a name is looked for.
const MOST_WITHIN: usize = 24;
/// Words around a name that add nothing to it.
const FILLERS: &[&str] = &["nam", "so"];

/// A query, read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    /// All words, in order, spoken names replaced by what they stand for.
    pub tokens: Vec<Token>,
    /// Words sought beside.
    pub also: Vec<Vec<Token>>,
    /// The provision asked for.
    pub place: Option<Place>,
    /// Words left when the place is taken away.
    pub rest: Vec<Token>,
    /// What in the rest may be an act's number, longest first.
    pub numbers: Vec<Candidate>,
    /// Acts that are spoken of by a name of the people, best first.
    pub spoken: Vec<SpokenAct>,
    /// Some of it is clearly meant as an act's number.
    pub number_shaped: bool,
    /// Typed with marks.
    pub has_marks: bool,
}

/// An act that a spoken name may mean.
#[derive(Clone, Debug)]
pub(crate) struct SpokenAct {
    /// The whole query with the act's name in place of the spoken one.
    pub tokens: Vec<Token>,
    /// The rest likewise, as a name: "bo-luat-hinh-su-2015".
    pub name_key: String,
    /// Its number, where the name stands for one.
    pub numbers: Vec<Candidate>,
    /// The name alone.
    pub own_key: String,
}

/// `text` as words, whatever it holds.
pub(crate) fn typed(text: &str) -> Vec<Token> {
    let short: String = text.chars().take(LONGEST_QUERY).collect();
    let mended = viet::mend(&short, &mut viet::Mended::default()).into_owned();
    tokens(&mended)
}

impl Asked {
    /// Reads the words of a query.
    pub(crate) fn read(typed: &[Token], names: &Names) -> Self {
        let has_marks = typed.iter().any(Token::is_marked);
        let (place, taken) =
            place(typed).map_or((None, HashSet::new()), |(place, taken)| (Some(place), taken));
        let rest: Vec<Token> = typed
            .iter()
            .enumerate()
            .filter(|(at, _)| !taken.contains(at))
            .map(|(_, token)| token.clone())
            .collect();
        let rest = without_connectors(&rest).to_vec();
        let in_rest = names.in_words(&rest);
        let spoken = spoken_acts(typed, &rest, names, &in_rest);
        let (rest, also) = replaced(&rest, &in_rest);
        let (tokens, _) = replaced(typed, &names.in_words(typed));
        Self {
            numbers: numbers::candidates(&rest),
            number_shaped: numbers::looks_like_number(&rest),
            has_marks,
            tokens,
            also,
            place,
            rest,
            spoken,
        }
    }

    /// The rest as a whole name: "bo-luat-dan-su". Empty where nothing is left.
    pub(crate) fn name_key(&self) -> String {
        name_key(&self.rest)
    }

    /// Keys of the rows of words inside the rest that may be a name, longest first; none where no
    /// provision is asked for, since only a provision needs the act beside.
    pub(crate) fn names_within(&self) -> Vec<String> {
        if self.place.is_none() {
            return Vec::new();
        }
        let words = &self.rest[..self.rest.len().min(MOST_WITHIN)];
        let mut keys = Vec::new();
        for length in (2..words.len()).rev() {
            keys.extend(words.windows(length).map(name_key));
        }
        keys
    }

    /// The words once each, in order.
    pub(crate) fn distinct(&self) -> Vec<&Token> {
        let mut seen = HashSet::new();
        self.tokens
            .iter()
            .filter(|token| seen.insert(&token.marked))
            .collect()
    }
}

/// Keys of names leave out "năm" and "số": "luật đất đai năm 2024".
fn name_key(words: &[Token]) -> String {
    let mut kept: Vec<&str> = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        let before_number = words
            .get(at + 1)
            .is_some_and(|next| next.plain.bytes().all(|b| b.is_ascii_digit()));
        if !(before_number && FILLERS.contains(&word.plain.as_str())) {
            kept.push(&word.plain);
        }
    }
    kept.join("-")
}

fn without_connectors(mut words: &[Token]) -> &[Token] {
    while let [first, rest @ ..] = words
        && CONNECTORS.contains(&first.plain.as_str())
    {
        words = rest;
    }
    while let [rest @ .., last] = words
        && CONNECTORS.contains(&last.plain.as_str())
    {
        words = rest;
    }
    words
}

fn spoken_acts(typed: &[Token], rest: &[Token], names: &Names, in_rest: &[Spoken<'_>]) -> Vec<SpokenAct> {
    let in_typed = names.in_words(typed);
    let mut acts = Vec::new();
    for spoken in in_rest {
        for name in spoken.names.iter().filter(|name| name.how == How::Act) {
            let whole = with(rest, spoken, &name.meaning);
            let same = |other: &&Spoken<'_>| std::ptr::eq(other.names, spoken.names);
            let tokens = in_typed
                .iter()
                .find(same)
                .map_or_else(|| typed.to_vec(), |other| with(typed, other, &name.meaning));
            acts.push(SpokenAct {
                tokens,
                name_key: name_key(&whole),
                numbers: numbers::candidates(&name.meaning),
                own_key: name_key(&name.meaning),
            });
        }
    }
    acts
}

fn with(words: &[Token], spoken: &Spoken<'_>, meaning: &[Token]) -> Vec<Token> {
    let (before, after) = (&words[..spoken.from], &words[spoken.to..]);
    before.iter().chain(meaning).chain(after).cloned().collect()
}

/// Words with what they stand for, and what is sought beside. A name typed without its marks may be
/// another word, so that nothing is taken away for it.
fn replaced(words: &[Token], spoken: &[Spoken<'_>]) -> (Vec<Token>, Vec<Vec<Token>>) {
    let (mut out, mut also, mut from) = (Vec::new(), Vec::new(), 0);
    for one in spoken {
        let Some(name) = one.names.iter().find(|name| name.how != How::Act) else {
            continue;
        };
        let own_marks = one.unmarked && name.meaning.len() > one.to - one.from && one.to - one.from > 1;
        if name.how == How::Words && !own_marks {
            out.extend_from_slice(&words[from..one.from]);
            out.extend_from_slice(&name.meaning);
            from = one.to;
        } else {
            also.push(name.meaning.clone());
        }
    }
    out.extend_from_slice(&words[from..]);
    (out, also)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Asked {
        Asked::read(&typed(text), &Names::load(std::path::Path::new("")))
    }

    #[test]
    fn a_citation_is_taken_apart() {
        let asked = read("điểm b khoản 3 Điều 5 của Nghị định 100/2019/NĐ-CP");
        let place = asked.place.clone().unwrap();
        assert_eq!(
            (place.article.as_str(), place.clause.as_deref()),
            ("5", Some("3"))
        );
        assert!(asked.number_shaped);
        assert_eq!(asked.name_key(), "nghi-dinh-100-2019-nd-cp");
        assert_eq!(read("dieu 7a bo luat dan su").name_key(), "bo-luat-dan-su");
        assert_eq!(read("luật đất đai năm 2024").name_key(), "luat-dat-dai-2024");
    }

    #[test]
    fn ordinary_words_stay() {
        let asked = read("địa điểm kinh doanh, điều kiện cấp phép");
        assert_eq!(asked.place, None);
        assert_eq!(asked.rest.len(), asked.tokens.len());
        assert!(asked.has_marks && !asked.number_shaped);
        assert!(read("điều kiện").place.is_none());
    }

    #[test]
    fn spoken_names_become_words_of_the_law() {
        let asked = read("điều 123 BLHS");
        assert_eq!(asked.spoken[0].name_key, "bo-luat-hinh-su");
        let words: Vec<String> = read("cấp sổ đỏ")
            .tokens
            .into_iter()
            .map(|token| token.plain)
            .collect();
        assert_eq!(words.join(" "), "cap giay chung nhan quyen su dung dat");
        assert_eq!(read("uống rượu lái xe").also.len(), 1);
        assert!(!read("luật 100").spoken[0].numbers.is_empty());
    }

    #[test]
    fn anything_may_be_typed() {
        for text in [
            "",
            "   ",
            "\"(((",
            "a:b AND OR NOT *",
            "điều",
            "điều điều 5",
            &"đ".repeat(100_000),
            "\u{0}\u{202e}\u{301}",
        ] {
            assert!(read(text).tokens.len() <= LONGEST_QUERY);
        }
    }
}
