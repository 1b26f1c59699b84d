//! Words exchanged, taken out or added: "thay cụm từ “A” bằng cụm từ “B” tại …".

use super::sentence::{Placed, Sign};
use super::{Addition, Exchange, Reason, Side};

/// What is done to words.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Deed {
    Exchange(Vec<Exchange>),
    Drop(Vec<String>),
    Add(Addition),
}

/// "“A1”, “A2” bằng “B”", "“A” bằng “B”, “C” bằng “D”".
pub(super) fn exchange(signs: &[Placed]) -> Result<Deed, Reason> {
    let mut pairs = Vec::new();
    let mut olds: Vec<String> = Vec::new();
    let mut place = 0;
    while place < signs.len() {
        match &signs[place].sign {
            Sign::Words(words) => olds.push(words.clone()),
            Sign::By if !olds.is_empty() => {
                let (news, next) = news(signs, place + 1, olds.len());
                match news.as_slice() {
                    [one] => pairs.extend(olds.drain(..).map(|old| Exchange {
                        old,
                        new: one.clone(),
                    })),
                    many if many.len() == olds.len() => {
                        pairs.extend(olds.drain(..).zip(many).map(|(old, new)| Exchange {
                            old,
                            new: new.clone(),
                        }));
                    }
                    _ => return Err(Reason::Pairs),
                }
                place = next;
                continue;
            }
            _ => {}
        }
        place += 1;
    }
    if pairs.is_empty() || !olds.is_empty() {
        return Err(Reason::Pairs);
    }
    Ok(Deed::Exchange(pairs))
}

/// "“A” tại Điều 1; “C” tại Điều 2 bằng “B”": the old words of a piece without "bằng", with the one new
/// word of the next piece that has it.
pub(super) fn shared<'s>(
    piece: &'s [Placed],
    mut behind: impl Iterator<Item = &'s [Placed]>,
) -> Option<Deed> {
    let by = |piece: &[Placed]| piece.iter().any(|placed| placed.sign == Sign::By);
    let next = behind.find(|next| by(next)).filter(|_| !by(piece))?;
    let Ok(Deed::Exchange(pairs)) = exchange(next) else {
        return None;
    };
    let new = pairs.first().map(|pair| pair.new.clone())?;
    let olds = words(piece).map(|old| Exchange {
        old: old.clone(),
        new: new.clone(),
    });
    let one = pairs.iter().all(|pair| pair.new == new);
    let olds: Vec<Exchange> = olds.collect();
    (one && !olds.is_empty()).then_some(Deed::Exchange(olds))
}

/// The new words behind "bằng", as many as there are old ones, and where they end.
fn news(signs: &[Placed], from: usize, olds: usize) -> (Vec<String>, usize) {
    let mut found = Vec::new();
    let mut end = from;
    for (place, placed) in signs.iter().enumerate().skip(from) {
        match &placed.sign {
            Sign::Words(words) if found.len() < olds => {
                found.push(words.clone());
                end = place + 1;
            }
            Sign::Words(_) | Sign::By => break,
            _ => {}
        }
    }
    // One new word for several old ones, and the words behind it begin the next exchange.
    let next_by = signs.iter().skip(end).any(|placed| placed.sign == Sign::By);
    if olds > 1 && next_by && found.len() > 1 {
        found.truncate(1);
        let first = signs
            .iter()
            .enumerate()
            .skip(from)
            .find(|(_, placed)| matches!(placed.sign, Sign::Words(_)));
        end = first.map_or(end, |(place, _)| place + 1);
    }
    (found, end)
}

/// Every phrase quoted is taken out; where it stands beside other words, only there
/// ("bỏ từ “các” trước cụm từ “quy định”").
pub(super) fn drop(signs: &[Placed]) -> Result<Deed, Reason> {
    let words: Vec<String> = words(signs).cloned().collect();
    let beside = |wanted: &Sign| signs.iter().any(|placed| placed.sign == *wanted);
    let join = |a: &str, b: &str| {
        let space = if b.starts_with([',', ';', '.']) { "" } else { " " };
        format!("{a}{space}{b}")
    };
    let exchange = |old: String, new: &str| {
        Ok(Deed::Exchange(vec![Exchange {
            old,
            new: new.to_owned(),
        }]))
    };
    match words.as_slice() {
        [] => Err(Reason::Unread),
        [out, kept] if beside(&Sign::Before) => exchange(join(out, kept), kept),
        [out, kept] if beside(&Sign::After) => exchange(join(kept, out), kept),
        _ if beside(&Sign::Before) || beside(&Sign::After) => Err(Reason::Pairs),
        _ => Ok(Deed::Drop(words)),
    }
}

/// "“A” vào sau cụm từ “B”", "“A” vào cuối".
///
/// `before`: what the group before it adds; "vào sau cụm từ “C” tại …" goes on with it.
pub(super) fn add(signs: &[Placed], before: Option<&Deed>) -> Result<Deed, Reason> {
    let mut all: Vec<&String> = words(signs).collect();
    if let ([_], Some(Deed::Add(addition))) = (all.as_slice(), before) {
        all.insert(0, &addition.words);
    }
    let side = |wanted: &Sign| signs.iter().any(|placed| placed.sign == *wanted);
    let side = match all.as_slice() {
        [_, anchor] if side(&Sign::After) => Side::After((*anchor).clone()),
        [_, anchor] if side(&Sign::Before) => Side::Before((*anchor).clone()),
        [_] if side(&Sign::AtEnd) => Side::End,
        [_] if side(&Sign::AtStart) => Side::Start,
        _ => return Err(Reason::Unread),
    };
    let words = all.first().map(|words| (*words).clone()).unwrap_or_default();
    Ok(Deed::Add(Addition { words, side }))
}

/// Pieces of a sentence about words, each with the places it is for: new words behind a place
/// begin the next piece, unless "bằng" stands before them.
pub(super) fn groups(signs: &[Placed]) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let (mut start, mut placed, mut by) = (0, false, false);
    let last_by = signs.iter().rposition(|placed| placed.sign == Sign::By);
    for (at, sign) in signs.iter().enumerate() {
        match &sign.sign {
            Sign::Chain(_) | Sign::Pieces(_) => placed = true,
            Sign::By => by = true,
            // "“A”, “C” tại Điều 1 bằng “B”, “D”": another new word.
            Sign::Words(_) if last_by.is_some_and(|last| start <= last && last < at) => {}
            Sign::Words(_) | Sign::After | Sign::Before if placed && !by => {
                out.push(start..at);
                (start, placed) = (at, false);
            }
            Sign::Words(_) => by = false,
            _ => {}
        }
    }
    out.push(start..signs.len());
    out
}

fn words(signs: &[Placed]) -> impl Iterator<Item = &String> {
    signs.iter().filter_map(|placed| match &placed.sign {
        Sign::Words(words) => Some(words),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::sentence::signs;
    use super::*;

    fn pairs(text: &str) -> Option<Vec<(String, String)>> {
        match exchange(&signs(text, 0)) {
            Ok(Deed::Exchange(pairs)) => Some(pairs.into_iter().map(|p| (p.old, p.new)).collect()),
            _ => None,
        }
    }

    #[test]
    fn old_words_meet_their_new_ones() {
        let p = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        for (text, wanted) in [
            ("Thay cụm từ “A” bằng cụm từ “B” tại Điều 1", vec![p("A", "B")]),
            (
                "Sửa đổi cụm từ “A” tại khoản 5 Điều 10 thành cụm từ “B”.",
                vec![p("A", "B")],
            ),
            (
                "Thay cụm từ “A”, “C” bằng cụm từ “B” tại Điều 1",
                vec![p("A", "B"), p("C", "B")],
            ),
            (
                "Thay các từ “A”, “C” bằng các từ “B”, “D”",
                vec![p("A", "B"), p("C", "D")],
            ),
            (
                "Thay “A” bằng “B”, “C” bằng “D” tại Điều 1",
                vec![p("A", "B"), p("C", "D")],
            ),
        ] {
            assert_eq!(pairs(text), Some(wanted), "{text}");
        }
        assert_eq!(pairs("Thay các từ “A”, “C”, “E” bằng các từ “B”, “D”"), None);
    }
}
