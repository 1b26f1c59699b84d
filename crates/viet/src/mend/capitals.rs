//! Capitals half lost when a font that shows everything in capitals was taken away: "SắC LệNH".

use crate::legacy::is_possible;
use crate::mend::Mended;

/// Gives words in broken capitals their capitals, and with them the lines that hold no other
/// small letters; `None` where nothing is broken.
pub(super) fn restore(text: &str, log: &mut Mended) -> Option<String> {
    if !may_be_broken(text) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut count = 0;
    for line in text.split_inclusive('\n') {
        let broken = words(line).filter(|word| is_broken(word)).count();
        if broken > 0 && !line.bytes().any(|b| b.is_ascii_lowercase()) {
            out.push_str(&line.to_uppercase());
        } else if broken > 0 {
            let pieces = line.split_inclusive(|c: char| !c.is_alphabetic());
            for piece in pieces {
                let word = piece.trim_end_matches(|c: char| !c.is_alphabetic());
                if is_broken(word) {
                    out.push_str(&word.to_uppercase());
                    out.push_str(&piece[word.len()..]);
                } else {
                    out.push_str(piece);
                }
            }
        } else {
            out.push_str(line);
        }
        count += u32::try_from(broken).unwrap_or(u32::MAX);
    }
    let first = words(text).find(|word| is_broken(word))?;
    log.add("capitals", count, || {
        format!("{first} → {}", first.to_uppercase())
    });
    Some(out)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic())
}

/// A small letter with a mark beside two capitals, or between them.
fn may_be_broken(text: &str) -> bool {
    let small = |c: char| !c.is_ascii() && c.is_lowercase();
    let mut before = [' ', ' '];
    text.chars().any(|c| {
        let [first, second] = before;
        before = [second, c];
        (small(second) && c.is_ascii_uppercase())
            || (small(c) && first.is_ascii_uppercase() && second.is_ascii_uppercase())
    })
}

/// A syllable of which every plain letter, two at least, is a capital and a marked one is not.
/// "VNđ" and "Số" are none.
fn is_broken(word: &str) -> bool {
    let plain = word.chars().filter(char::is_ascii_uppercase).count();
    plain >= 2
        && word.chars().any(|c| !c.is_ascii() && c.is_lowercase())
        && !word.chars().any(|c| c.is_ascii_lowercase())
        && is_possible(&word.to_lowercase())
}
