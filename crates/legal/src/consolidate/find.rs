//! Where words stand in a text.

/// A place where words stand.
pub(super) struct Hit {
    pub start: usize,
    pub len: usize,
    /// They begin with a capital that the words asked for do not have.
    pub capital: bool,
}

/// Where words stand as whole words: as written, else with capitals and tone marks set otherwise
/// ("Ủy ban", "uỷ ban").
pub(super) fn hits(text: &str, words: &str) -> Vec<Hit> {
    let len = words.len();
    let mut out: Vec<Hit> = whole_words(text, words)
        .map(|start| Hit {
            start,
            len,
            capital: false,
        })
        .collect();
    let upper = capitalised(words);
    if upper != words {
        let len = upper.len();
        out.extend(whole_words(text, &upper).map(|start| Hit {
            start,
            len,
            capital: true,
        }));
    }
    let loose = loose(text, words);
    if out.is_empty() {
        out = loose;
    } else {
        // One act may write "Tòa án" and "Toà án".
        let told = |hit: &Hit| out.iter().any(|known| known.start == hit.start);
        let cased = |hit: &Hit| {
            text.get(hit.start..hit.start + hit.len)
                .is_some_and(|found| one_case(found, words))
        };
        let more: Vec<Hit> = loose.into_iter().filter(|hit| cased(hit) && !told(hit)).collect();
        out.extend(more);
    }
    out.sort_unstable_by_key(|hit| hit.start);
    out
}

/// Whether capitals stand at the same letters; the first may have one that was not asked for.
fn one_case(found: &str, words: &str) -> bool {
    let pairs = || found.chars().zip(words.chars());
    found.chars().count() == words.chars().count()
        && pairs().skip(1).all(|(a, b)| a.is_uppercase() == b.is_uppercase())
        && pairs()
            .next()
            .is_none_or(|(a, b)| a.is_uppercase() || b.is_lowercase())
}

/// Words found syllable by syllable, whatever their capitals and the place of their tone marks.
fn loose(text: &str, words: &str) -> Vec<Hit> {
    let edges = words.starts_with(char::is_alphanumeric) && words.ends_with(char::is_alphanumeric);
    let (wanted, given) = (syllables(words), syllables(text));
    let Some(count) = Some(wanted.len()).filter(|count| *count > 1 && edges) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for run in given.windows(count) {
        let same = run.iter().zip(&wanted).all(|(a, b)| a.key == b.key);
        let gaps = run.windows(2).zip(wanted.windows(2)).all(|(a, b)| {
            let gap = |text: &str, pair: &[Syllable]| match pair {
                [a, b] => text
                    .get(a.end..b.start)
                    .map(|gap| gap.trim().replace(['–', '—'], "-")),
                _ => None,
            };
            gap(text, a) == gap(words, b)
        });
        if let (true, true, Some(first), Some(last)) = (same, gaps, run.first(), run.last()) {
            let capital = text
                .get(first.start..)
                .is_some_and(|tail| tail.starts_with(char::is_uppercase))
                && words.starts_with(char::is_lowercase);
            out.push(Hit {
                start: first.start,
                len: last.end - first.start,
                capital,
            });
        }
    }
    out
}

struct Syllable {
    start: usize,
    end: usize,
    /// Small letters, the tone behind them.
    key: String,
}

fn syllables(text: &str) -> Vec<Syllable> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let key = viet::tone_last(text.get(from..at).unwrap_or_default());
                out.push(Syllable {
                    start: from,
                    end: at,
                    key,
                });
                start = None;
            }
            _ => {}
        }
    }
    out
}

fn whole_words<'a>(text: &'a str, words: &'a str) -> impl Iterator<Item = usize> + 'a {
    let open = words.starts_with(char::is_alphanumeric);
    let close = words.ends_with(char::is_alphanumeric);
    let found = if words.is_empty() {
        None
    } else {
        Some(text.match_indices(words))
    };
    found
        .into_iter()
        .flatten()
        .map(|(start, _)| start)
        .filter(move |start| {
            let before = text.get(..*start).and_then(|head| head.chars().next_back());
            let after = text
                .get(start + words.len()..)
                .and_then(|tail| tail.chars().next());
            let glued = open && before.is_some_and(char::is_alphanumeric)
                || close && after.is_some_and(char::is_alphanumeric);
            !glued
        })
}

/// Words with a capital at their beginning.
pub(super) fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
