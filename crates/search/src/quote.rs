//! Clauses and points inside the text of an article, as [`crate::document`] wrote it.

use legal::model::ProvisionKind;

use crate::place::Place;
use crate::show::segment;

/// Longest quotation, in lines.
const MOST_LINES: usize = 12;

/// A clause or point of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sub {
    /// Address below the article: `khoan-3/diem-b`.
    pub path: String,
    /// "Điểm b khoản 3".
    pub cited: String,
    /// Its words with all below it.
    pub text: String,
}

/// The clause and point of `place` in the text of its article; the clause alone where the text has
/// no such point, nothing where it has no such clause.
pub(crate) fn sub(text: &str, place: &Place) -> Option<Sub> {
    let lines: Vec<&str> = text.lines().collect();
    let (clause, own) = match &place.clause {
        None => (None, lines.as_slice()),
        Some(number) => {
            let own = part(
                &lines,
                |line| clause_of(line) == Some(number),
                |line| clause_of(line).is_some(),
            )?;
            (Some(number), own)
        }
    };
    let point = place.point.as_ref().and_then(|letter| {
        let starts = |line: &str| point_of(line).is_some_and(|own| own == plain_point(letter));
        let ends = |line: &str| point_of(line).is_some() || clause_of(line).is_some();
        Some((plain_point(letter), part(own, starts, ends)?))
    });
    match (clause, point) {
        (Some(number), Some((letter, lines))) => Some(Sub {
            path: format!(
                "{}/{}",
                segment(ProvisionKind::Clause, number),
                segment(ProvisionKind::Point, &letter)
            ),
            cited: format!("Điểm {letter} khoản {number}"),
            text: lines.join("\n"),
        }),
        (Some(number), None) => Some(Sub {
            path: segment(ProvisionKind::Clause, number),
            cited: format!("Khoản {number}"),
            text: own.join("\n"),
        }),
        (None, Some((letter, lines))) => Some(Sub {
            path: segment(ProvisionKind::Point, &letter),
            cited: format!("Điểm {letter}"),
            text: lines.join("\n"),
        }),
        (None, None) => None,
    }
}

/// The lines from the one that starts up to the next that ends.
fn part<'a, 't>(
    lines: &'a [&'t str],
    starts: impl Fn(&str) -> bool,
    ends: impl Fn(&str) -> bool,
) -> Option<&'a [&'t str]> {
    let from = lines.iter().position(|line| starts(line))?;
    let rest = &lines[from + 1..];
    let length = rest.iter().position(|line| ends(line)).unwrap_or(rest.len());
    Some(&lines[from..=from + length])
}

/// "3" of "3. …", "2a" of "2a. …".
fn clause_of(line: &str) -> Option<&str> {
    let (number, _) = line.split_once(". ")?;
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let is_number = (1..=3).contains(&digits) && number.chars().count() - digits <= 2;
    (is_number && number[digits..].chars().all(char::is_alphabetic)).then_some(number)
}

/// "b" of "b) …".
fn point_of(line: &str) -> Option<&str> {
    let (letter, _) = line.split_once(") ")?;
    ((1..=3).contains(&letter.chars().count()) && letter.chars().all(|c| c.is_alphanumeric()))
        .then_some(letter)
}

/// Letters of points carry no tone; the index writes tones last.
fn plain_point(letter: &str) -> String {
    letter.to_lowercase()
}

/// The lines of a quotation, no more than a reader takes in at once.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .take(MOST_LINES)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "1. Một:\na) Một a;\nb) Một b.\n2. Hai:\na) Hai a;\nđ) Hai đ\nnối.\n3. Ba.";

    fn place(clause: Option<&str>, point: Option<&str>) -> Place {
        Place {
            article: "5".into(),
            clause: clause.map(Into::into),
            point: point.map(Into::into),
        }
    }

    #[test]
    fn clauses_and_points_are_cut_out() {
        let found = sub(TEXT, &place(Some("2"), Some("đ"))).unwrap();
        assert_eq!(
            (found.path.as_str(), found.text.as_str()),
            ("khoan-2/diem-dd", "đ) Hai đ\nnối.")
        );
        assert_eq!(
            sub(TEXT, &place(Some("1"), None)).unwrap().text,
            "1. Một:\na) Một a;\nb) Một b."
        );
        assert_eq!(sub(TEXT, &place(Some("3"), Some("a"))).unwrap().path, "khoan-3");
        assert_eq!(sub(TEXT, &place(Some("9"), None)), None);
        assert_eq!(sub(TEXT, &place(None, None)), None);
        assert_eq!(sub("", &place(Some("1"), Some("a"))), None);
    }
}
