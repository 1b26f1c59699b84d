//! Paragraphs in other languages beside the Vietnamese ones before them. A translation remembers what the
//! Vietnamese said when it was written; when that changes, the translation is stale until somebody
//! writes it anew or says that it still holds.

use crate::body::{Block, Lang};

/// Digits of the hash that a translation keeps.
const DIGITS: usize = 16;

/// The hash of the Vietnamese block before a place; `None` where none stands there.
fn original(body: &[Block], at: usize) -> Option<String> {
    let block = body.get(..at)?.iter().rfind(|block| block.lang == Lang::Vi)?;
    let lines: Vec<&str> = block
        .content
        .lines()
        .iter()
        .map(|line| line.text.as_str())
        .collect();
    let mut hash = blob::sha256(lines.join("\n").as_bytes());
    hash.truncate(DIGITS);
    Some(hash)
}

/// Notes for each translation what it translates: what it did in the version before, as long as it says
/// the same; what stands before it now where it is new, or all of them where they were `checked`.
pub fn note(body: &mut [Block], before: &[Block], checked: bool) {
    for at in 0..body.len() {
        if body[at].lang == Lang::Vi {
            continue;
        }
        let same = |old: &&Block| old.lang == body[at].lang && old.content == body[at].content;
        let known = before.iter().find(same).and_then(|old| old.of.clone());
        body[at].of = known.filter(|_| !checked).or_else(|| original(body, at));
    }
}

/// The places of translations whose Vietnamese says something else by now.
#[must_use]
pub fn stale(body: &[Block]) -> Vec<usize> {
    let is_stale = |at: &usize| body[*at].of.is_some() && body[*at].of != original(body, *at);
    (0..body.len()).filter(is_stale).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marks::read;

    #[test]
    fn a_translation_is_stale_from_the_change_to_the_next_look() {
        let mut first = read("Nộp trong 15 ngày.\n\n{en} Within 15 days.\n\n{km} ១៥\n\nKhác.\n\n{en} Other.");
        note(&mut first, &[], false);
        assert_eq!(stale(&first), Vec::<usize>::new());
        let mut second =
            read("Nộp trong 30 ngày.\n\n{en} Within 15 days.\n\n{km} ៣០\n\nKhác.\n\n{en} Other.");
        note(&mut second, &first, false);
        assert_eq!(stale(&second), [1], "the Khmer was written anew");
        let mut third = second.clone();
        note(&mut third, &second, false);
        assert_eq!(stale(&third), [1], "saving again mends nothing");
        note(&mut third, &second, true);
        assert_eq!(stale(&third), Vec::<usize>::new());
    }
}
