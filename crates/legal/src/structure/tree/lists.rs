//! Khoản and điểm inside one article: what goes on a list and what is only text.

use crate::model::{Language, ProvisionKind};
use crate::structure::head::{self, Head};

/// Numbers seen so far in the open article.
#[derive(Default)]
pub(super) struct Lists {
    clause: u32,
    clause_suffix: String,
    clause_sign: Option<char>,
    point: Option<(usize, u32)>,
    point_sign: Option<char>,
    /// A list is under way before its first number here.
    started: bool,
}

/// A khoản or điểm recognised.
pub(super) struct Found<'t> {
    pub kind: ProvisionKind,
    pub number: &'t str,
    pub rest: &'t str,
    /// Code and sentence of a warning about the number.
    pub fault: Option<(&'static str, String)>,
}

/// Gaps larger than this are not gaps: the paragraph is text that begins with a number.
const GAP: u32 = 3;

impl Lists {
    /// Lists that go on with `number`, as in a passage taken out of its article.
    pub(super) fn before(kind: ProvisionKind, number: &str) -> Self {
        let mut lists = Self::default();
        match kind {
            ProvisionKind::Clause => {
                let (value, suffix) = viet::numbers::rank(number).unwrap_or_default();
                lists.clause = if suffix.is_empty() {
                    value.saturating_sub(1)
                } else {
                    value
                };
                lists.started = true;
            }
            _ => {
                let (place, inserted) = viet::point_rank(number).unwrap_or_default();
                lists.point = match (place, inserted) {
                    (0, 0) => None,
                    (place, 0) => Some((place - 1, 0)),
                    (place, inserted) => Some((place, inserted - 1)),
                };
            }
        }
        lists
    }

    /// Reads a paragraph; `None` where it is text.
    pub(super) fn read<'t>(&mut self, text: &'t str, language: Language) -> Option<Found<'t>> {
        match head::clause(text) {
            Some(found) => self.clause(&found),
            None => self.point(&head::point(text, language)?, language),
        }
    }

    fn clause<'t>(&mut self, found: &Head<'t>) -> Option<Found<'t>> {
        let (value, suffix) = viet::numbers::rank(found.number)?;
        let same_sign = self.clause_sign.is_none_or(|sign| sign == found.sign);
        let fresh = self.clause == 0 && (found.sign == '.' || self.point.is_none());
        if !same_sign
            || found.rest.is_empty()
            || (self.clause == 0 && !self.started && (!fresh || value != 1))
        {
            return None;
        }
        let fault = if suffix.is_empty() {
            match value.checked_sub(self.clause)? {
                1 => None,
                0 if self.clause_suffix.is_empty() => Some((
                    "number-repeated",
                    format!("Khoản {value} lặp lại trong cùng một điều."),
                )),
                step @ 2.. if step <= GAP => Some((
                    "clause-gap",
                    format!("Số thứ tự khoản không liên tục trước khoản {value}."),
                )),
                _ => return None,
            }
        } else if value == self.clause && suffix > self.clause_suffix || value == self.clause + 1 {
            None
        } else {
            return None;
        };
        self.clause = value;
        self.clause_suffix = suffix;
        self.clause_sign = Some(found.sign);
        self.point = None;
        self.point_sign = None;
        Some(Found {
            kind: ProvisionKind::Clause,
            number: found.number,
            rest: found.rest,
            fault,
        })
    }

    fn point<'t>(&mut self, found: &Head<'t>, language: Language) -> Option<Found<'t>> {
        let rank = rank(found.number, language)?;
        if self.point_sign.is_some_and(|sign| sign != found.sign) || found.rest.is_empty() {
            return None;
        }
        let fault = match self.point {
            None if rank == (0, 0) => None,
            None => return None,
            Some(last) if rank.0 == last.0 + 1 && rank.1 == 0 => None,
            Some(last) if rank.0 == last.0 && rank.1 == last.1 + 1 => None,
            Some(last) if rank.0 == last.0 + 1 && rank.1 == 1 => None,
            Some(last) if rank == last => Some((
                "number-repeated",
                format!("Điểm {} lặp lại trong cùng một khoản.", found.number),
            )),
            Some(last) if rank.0 > last.0 && rank.0 - last.0 <= GAP as usize => Some((
                "point-gap",
                format!("Thứ tự điểm không liên tục trước điểm {}.", found.number),
            )),
            Some(_) => return None,
        };
        self.point = Some(rank);
        self.point_sign = Some(found.sign);
        Some(Found {
            kind: ProvisionKind::Point,
            number: found.number,
            rest: found.rest,
            fault,
        })
    }
}

/// Place of a letter in its series. Vietnamese acts that print f, j, w or z keep the 23 letters'
/// order around them; English translations count by their own alphabet, with dd for đ.
fn rank(number: &str, language: Language) -> Option<(usize, u32)> {
    if language == Language::Vi {
        return viet::point_rank(number);
    }
    let mut chars = number.chars();
    let letter = chars.next().filter(char::is_ascii_lowercase)?;
    let rest = chars.as_str();
    let inserted = if rest.is_empty() { 0 } else { rest.parse().ok()? };
    Some((letter as usize - 'a' as usize, inserted))
}

/// A điểm that begins on the line of its khoản ("1. a) …"): length of the text from it on.
pub(super) fn leading_point(text: &str, language: Language) -> Option<usize> {
    let found = head::point(text, language)?;
    (found.number == "a" && matches!(found.sign, ')' | '(')).then_some(text.len())
}
