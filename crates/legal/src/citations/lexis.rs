//! Words and letters: the smallest pieces that the readers of citations share.
//!
//! Positions are bytes and always stand on character boundaries.

/// The rest of `text` from `at`; empty where `at` is out of range.
pub(crate) fn rest(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or_default()
}

/// Position after spaces.
pub(crate) fn spaces(text: &str, at: usize) -> usize {
    let tail = rest(text, at);
    at + tail.len() - tail.trim_start_matches([' ', '\u{a0}', '\t']).len()
}

/// The character at `at`.
pub(crate) fn letter(text: &str, at: usize) -> Option<char> {
    rest(text, at).chars().next()
}

/// The character before `at`.
pub(crate) fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at).and_then(|head| head.chars().next_back())
}

/// Position after `words` (lower case) if they stand at `at` whatever their case, and end there.
pub(crate) fn eat(text: &str, at: usize, words: &str) -> Option<usize> {
    let mut place = at;
    for wanted in words.chars() {
        if wanted == ' ' {
            let next = spaces(text, place);
            if next == place {
                return None;
            }
            place = next;
            continue;
        }
        let found = letter(text, place)?;
        if found != wanted && !found.to_lowercase().eq(std::iter::once(wanted)) {
            return None;
        }
        place += found.len_utf8();
    }
    letter(text, place)
        .is_none_or(|next| !next.is_alphanumeric())
        .then_some(place)
}

/// The longest of `choices` that stands at `at`, with the position after it.
pub(crate) fn eat_any<'c>(text: &str, at: usize, choices: &[&'c str]) -> Option<(&'c str, usize)> {
    choices
        .iter()
        .filter_map(|words| eat(text, at, words).map(|end| (*words, end)))
        .max_by_key(|(_, end)| *end)
}

/// Position after spaces and `words`.
pub(crate) fn eat_next(text: &str, at: usize, words: &str) -> Option<usize> {
    let start = spaces(text, at);
    (start > at).then(|| eat(text, start, words)).flatten()
}

/// The word that begins at `at`: letters and digits.
pub(crate) fn word(text: &str, at: usize) -> &str {
    let tail = rest(text, at);
    let end = tail.find(|c: char| !c.is_alphanumeric()).unwrap_or(tail.len());
    tail.get(..end).unwrap_or_default()
}

/// The word that ends right before the space at or before `at`.
pub(crate) fn word_before(text: &str, at: usize) -> &str {
    let head = text.get(..at).unwrap_or_default();
    let trimmed = head.trim_end_matches(' ');
    if trimmed.len() == head.len() {
        return "";
    }
    let start = trimmed
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphanumeric())
        .last()
        .map_or(trimmed.len(), |(start, _)| start);
    trimmed.get(start..).unwrap_or_default()
}

/// Digits at `at`, at most `most`, with the position after them. `None` where more follow.
pub(crate) fn digits(text: &str, at: usize, most: usize) -> Option<(&str, usize)> {
    let tail = rest(text, at);
    let count = tail.bytes().take_while(u8::is_ascii_digit).count();
    let found = tail.get(..count)?;
    (count > 0 && count <= most).then_some((found, at + count))
}

/// Whether a word ends at `at`.
pub(crate) fn ends_word(text: &str, at: usize) -> bool {
    letter(text, at).is_none_or(|c| !c.is_alphanumeric())
}

/// Whether `at` begins a line, quotation marks aside.
pub(crate) fn begins_line(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or_default();
    let head = head.trim_end_matches(['“', '"', '”', ' ', '‘', '\'']);
    head.is_empty() || head.ends_with('\n')
}

/// `slice` bounded to a character boundary at most `most` bytes after `at`.
pub(crate) fn window(text: &str, at: usize, most: usize) -> &str {
    let mut end = text.len().min(at.saturating_add(most));
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(at..end).unwrap_or_default()
}
