//! Words → lines: baselines, raised and lowered signs, gaps.

use super::ink::{Ink, Script, Word};

/// Letters of the longest sign that is taken for a superscript.
const SIGN: usize = 6;
/// Lines above and below a sign among which its own is looked for.
const NEAR: usize = 40;

/// Words on one baseline, left to right.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub y: f32,
    /// Type size of most of its letters.
    pub size: f32,
    pub words: Vec<Word>,
}

impl Line {
    /// A line of words that stand on one baseline.
    pub(super) fn new(words: Vec<Word>) -> Self {
        let main = words
            .iter()
            .filter(|word| word.script == Script::Plain)
            .max_by(|a, b| {
                let letters = |word: &Word| word.text.chars().count();
                letters(a).cmp(&letters(b)).then(a.size.total_cmp(&b.size))
            })
            .or(words.first());
        let (y, size) = main.map_or((0.0, 0.0), |word| (word.y, word.size));
        Self { y, size, words }
    }

    /// Left edge of the first word.
    pub(super) fn x0(&self) -> f32 {
        self.words.first().map_or(0.0, |word| word.x0)
    }

    /// Right edge of the last word.
    pub(super) fn x1(&self) -> f32 {
        self.words.iter().map(|word| word.x1).fold(0.0, f32::max)
    }

    /// Its text, words apart where the page has them apart.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let mut before: Option<&Word> = None;
        for word in &self.words {
            if before.is_some_and(|before| is_apart(before, word)) {
                text.push(' ');
            }
            text.push_str(&word.text);
            before = Some(word);
        }
        text
    }

    /// Whether every letter is bold.
    pub(super) fn is_bold(&self) -> bool {
        self.words
            .iter()
            .filter(|word| word.script == Script::Plain)
            .all(|word| word.bold || !word.text.chars().any(char::is_alphanumeric))
    }

    /// The line cut where words stand further apart than `gap`.
    pub(super) fn cut(&self, gap: f32) -> Vec<Line> {
        let mut parts: Vec<Vec<Word>> = Vec::new();
        for word in &self.words {
            match parts.last_mut() {
                Some(part) if part.last().is_none_or(|last| word.x0 - last.x1 <= gap) => {
                    part.push(word.clone());
                }
                _ => parts.push(vec![word.clone()]),
            }
        }
        parts.into_iter().map(Line::new).collect()
    }
}

/// Whether a space stands between two words of a line.
pub(super) fn is_apart(before: &Word, word: &Word) -> bool {
    let size = before.size.min(word.size);
    let gap = word.x0 - before.x1;
    gap > 0.17 * size || word.spaced && gap > -0.1 * size
}

/// The lines of a page from top to bottom.
pub(super) fn lines(ink: &mut Ink) -> Vec<Line> {
    let mut words = std::mem::take(&mut ink.words);
    words.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut bands: Vec<Vec<Word>> = Vec::new();
    for word in words {
        match bands.last_mut() {
            Some(band)
                if band
                    .first()
                    .is_some_and(|first| word.y - first.y <= 0.2 * first.size.min(word.size)) =>
            {
                band.push(word);
            }
            _ => bands.push(vec![word]),
        }
    }
    for band in &mut bands {
        band.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    }
    raise(&mut bands);
    bands
        .into_iter()
        .filter(|band| !band.is_empty())
        .map(|mut band| {
            band.dedup_by(|later, first| {
                later.text == first.text && (later.x0 - first.x0).abs() < 0.2 * first.size
            });
            Line::new(band)
        })
        .collect()
}

/// Moves small raised and lowered signs into the line they belong to.
fn raise(bands: &mut [Vec<Word>]) {
    let mut moves: Vec<Vec<Option<(usize, Script)>>> = Vec::with_capacity(bands.len());
    for (from, band) in bands.iter().enumerate() {
        let signs = band.iter().map(|word| {
            let short = word.text.chars().nth(SIGN).is_none();
            short.then(|| host(bands, from, word)).flatten()
        });
        moves.push(signs.collect());
    }
    let mut moved = Vec::new();
    for (band, moves) in bands.iter_mut().zip(moves) {
        if moves.iter().all(Option::is_none) {
            continue;
        }
        for (mut word, to) in std::mem::take(band).into_iter().zip(moves) {
            match to {
                Some((to, script)) => {
                    word.script = script;
                    moved.push((to, word));
                }
                None => band.push(word),
            }
        }
    }
    let mut hosts: Vec<usize> = Vec::new();
    for (to, word) in moved {
        if let Some(host) = bands.get_mut(to) {
            host.push(word);
            hosts.push(to);
        }
    }
    hosts.sort_unstable();
    hosts.dedup();
    for host in hosts {
        if let Some(host) = bands.get_mut(host) {
            host.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        }
    }
}

/// The band next to whose words a small sign stands, and whether above or below.
fn host(bands: &[Vec<Word>], from: usize, word: &Word) -> Option<(usize, Script)> {
    let near = 2.0 * word.size + 6.0;
    let level = |at: usize| bands.get(at).and_then(|band| band.first()).map(|first| first.y);
    let below = (from..bands.len())
        .take(NEAR)
        .take_while(|at| level(*at).is_some_and(|y| y - word.y < near));
    let above = (0..from)
        .rev()
        .take(NEAR)
        .take_while(|at| level(*at).is_some_and(|y| word.y - y < near));
    below.chain(above).find_map(|at| {
        let band = bands.get(at)?;
        let next = band.partition_point(|other| other.x0 <= word.x0);
        let sides = [next.checked_sub(1), Some(next)];
        // In its own band a sign finds itself on its left; the word before that is its neighbour.
        let further = [next.checked_sub(2)];
        sides
            .into_iter()
            .chain(further)
            .flatten()
            .filter_map(|side| band.get(side))
            .find_map(|other| script(word, other))
            .map(|script| (at, script))
    })
}

/// How a word stands to a larger one beside it.
fn script(word: &Word, other: &Word) -> Option<Script> {
    let smaller = word.size <= 0.82 * other.size || word.raised && word.size <= other.size;
    let (after, before) = (word.x0 - other.x1, other.x0 - word.x1);
    let beside = (-0.3 * other.size..0.4 * other.size).contains(&after)
        || (-0.3 * other.size..0.9 * other.size).contains(&before);
    if !smaller || !beside {
        return None;
    }
    let rise = other.y - word.y;
    if (0.1 * other.size..0.75 * other.size).contains(&rise) {
        Some(Script::Super)
    } else if (-0.4 * other.size..-0.04 * other.size).contains(&rise) {
        Some(Script::Sub)
    } else if rise.abs() <= 0.1 * other.size
        && word.size <= 0.72 * other.size
        && word.text.chars().all(|c| c.is_ascii_digit())
    {
        Some(Script::Super)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, x0: f32, x1: f32, y: f32, size: f32) -> Word {
        Word {
            text: text.into(),
            x0,
            x1,
            y,
            size,
            spaced: true,
            ..Word::default()
        }
    }

    #[test]
    fn small_raised_digits_leave_the_number_before_them() {
        let mut ink = Ink::new(600.0, 800.0);
        ink.words = vec![
            word("Điều", 80.0, 108.0, 100.0, 14.0),
            word("5.", 111.0, 121.0, 100.0, 14.0),
            word("12", 121.0, 129.0, 94.5, 8.0),
            word("Tên", 132.0, 160.0, 100.0, 14.0),
        ];
        let lines = lines(&mut ink);
        assert_eq!(lines.len(), 1);
        let scripts: Vec<Script> = lines[0].words.iter().map(|word| word.script).collect();
        assert_eq!(
            scripts,
            [Script::Plain, Script::Plain, Script::Super, Script::Plain]
        );
    }
}
