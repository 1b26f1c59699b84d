//! Forms and rows of tables as a sentence names them, and their new text.

use crate::citations::ActRef;
use crate::citations::lexis::{digits, eat, eat_any, letter, rest, spaces, word};
use crate::citations::places::{Level, Place};
use crate::model::{Block, Row};
use crate::structure::is_upper;

use super::forms::{self, Form};
use super::interpret::{Aim, Deed, Reader, Said, What, plain};
use super::sentence::Sign;
use super::verbs::Verb;
use super::{Anchor, Portion, Reason};

const ROWS: [&str; 8] = [
    "số thứ tự số",
    "số thứ tự",
    "stt",
    "số tt",
    "dòng có số thứ tự",
    "hàng có số thứ tự",
    "dòng số",
    "hàng số",
];

/// A form of the amending act: in which appendix, where that is said.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Own {
    pub place: Option<Place>,
    pub form: Form,
}

/// The forms or rows named together at `at`, with the position after them.
pub(super) fn named(text: &str, at: usize) -> Option<(Vec<Portion>, usize)> {
    let start = eat_any(text, at, &["các", "những"]).map_or(at, |(_, end)| spaces(text, end));
    let (first, mut end) = one(text, start, None)?;
    let mut found = vec![first];
    while let Some(start) = joined(text, end) {
        let Some((next, after)) = one(text, start, found.last()) else {
            break;
        };
        found.push(next);
        end = after;
    }
    // "Mẫu số 01 đến Mẫu số 05": which ones is not said; "Mẫu 2. ĐNCN": the label goes on.
    let ranged = eat_any(text, spaces(text, end), &["đến", "-", "–"]).is_some();
    let open = rest(text, end).strip_prefix(". ").is_some_and(|tail| {
        let code = word(tail, 0);
        code.chars().count() > 1 && is_upper(code)
    });
    (!ranged && !open).then_some((found, end))
}

/// Position after ", ", " và ", " hoặc " and "các".
fn joined(text: &str, at: usize) -> Option<usize> {
    let start = spaces(text, at);
    let next = match letter(text, start) {
        Some(',') => start + 1,
        _ => eat_any(text, start, &["và", "hoặc"])?.1,
    };
    let next = spaces(text, next);
    Some(eat(text, next, "các").map_or(next, |end| spaces(text, end)))
}

/// One form or row; behind another one its word may be left out.
fn one(text: &str, at: usize, before: Option<&Portion>) -> Option<(Portion, usize)> {
    if let Some((form, end)) = forms::named(text, at) {
        return Some((Portion::Form(form), end));
    }
    if let Some((_, end)) = eat_any(text, at, &ROWS) {
        let (number, end) = row_number(text, spaces(text, end))?;
        return Some((Portion::Row(number), end));
    }
    match before? {
        Portion::Form(form) => {
            let (number, end) = forms::number(text, at)?;
            let kind = form.kind;
            Some((Portion::Form(Form { kind, number }), end))
        }
        _ => row_number(text, at).map(|(number, end)| (Portion::Row(number), end)),
    }
}

/// "132a", "4.2", "09".
fn row_number(text: &str, at: usize) -> Option<(String, usize)> {
    let (_, mut end) = digits(text, at, 4)?;
    while letter(text, end) == Some('.') {
        match digits(text, end + 1, 3) {
            Some((_, after)) => end = after,
            None => break,
        }
    }
    if let Some(suffix) = letter(text, end).filter(|c| c.is_lowercase()) {
        end += suffix.len_utf8();
    }
    let ends = letter(text, end).is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '/' | '%'));
    ends.then(|| (text.get(at..end).unwrap_or_default().to_owned(), end))
}

/// The place that forms or rows belong to, as the provisions behind them name it; `None`: it is none of theirs.
pub(super) fn holder(portion: &Portion, place: &Place) -> Option<Place> {
    let annex = place.get(Level::Annex).is_some();
    let fits = match portion {
        Portion::Form(_) => annex && place.inner() == Some(Level::Annex),
        _ => annex || place.get(Level::Article).is_some(),
    };
    fits.then(|| place.clone())
}

impl Reader<'_> {
    /// The appendix or its section named behind `at`, before "bằng" and the end of the sentence, with
    /// its sign; else the appendix above.
    pub(super) fn annex_behind(&self, at: usize) -> Option<(Option<usize>, Place)> {
        let annex = |place: &Place| place.get(Level::Annex).is_some();
        let behind = (at + 1..self.signs.len())
            .take_while(|place| !matches!(self.sign(*place), None | Some(Sign::By | Sign::End)));
        let wanted = |one: &&Place| annex(one) || one.inner().is_some_and(|inner| inner > Level::Article);
        let mut named = behind.filter_map(|place| match self.sign(place) {
            Some(Sign::Chain(places)) => places.iter().find(wanted).map(|one| (place, one)),
            _ => None,
        });
        match named.next() {
            Some((place, one)) if annex(one) => Some((Some(place), one.clone())),
            Some((place, one)) => {
                let (lent, outer) = self.annex_behind(place)?;
                let mut whole = one.clone();
                whole.copy_or_clear(&outer, Level::Annex);
                Some((lent, whole))
            }
            None => Some((None, self.above.scope.place.clone())).filter(|(_, place)| annex(place)),
        }
    }

    /// What is done to forms and rows.
    pub(super) fn pieced(&self, verb: Verb, from: usize, to: usize, aims: Vec<Aim>) -> Option<What> {
        // "Bãi bỏ … tại số thứ tự 97", "Bổ sung chỉ tiêu [02a] tại Mẫu số 01": something in them.
        let led = (from..to)
            .take_while(|at| !matches!(self.sign(*at), Some(Sign::By | Sign::After | Sign::Before)))
            .filter_map(|at| self.signs.get(at))
            .all(|placed| placed.led || !matches!(placed.sign, Sign::Pieces(_)));
        if matches!(verb, Verb::Remove | Verb::Lapse | Verb::Suspend) {
            return Some(self.taken(verb, led && !self.is_other(from, to), aims));
        }
        let rows = aims.iter().all(|aim| matches!(aim.portion, Portion::Row(_)));
        let forms: Vec<Form> = aims.iter().filter_map(|aim| as_form(&aim.portion)).collect();
        let adds = match verb {
            Verb::Add => Some(self.beside(from, to)),
            Verb::Change => None,
            _ => return Some(What::Doubt(Reason::Unread, aims)),
        };
        let follows = self.has(from, self.signs.len(), &Sign::Follows);
        let own = match (rows, forms.len() == aims.len()) {
            (true, _) if follows => Vec::new(),
            (_, true) if follows && led => Vec::new(),
            (false, true) if led => match self.own(verb, from, to, &forms) {
                Ok(own) => own,
                Err(reason) => return Some(What::Doubt(reason, aims)),
            },
            _ => return Some(What::Doubt(Reason::Piece, aims)),
        };
        Some(What::Does(Deed::Piece { adds, own }, aims))
    }

    /// Forms and rows taken away; where it is not sure that all of them are, they wait.
    fn taken(&self, verb: Verb, sure: bool, mut aims: Vec<Aim>) -> What {
        let all = aims.iter().all(|aim| aim.portion.is_small());
        match plain(verb) {
            Some(deed) if sure => What::Does(deed, aims),
            Some(deed) if !all => {
                for aim in aims.iter_mut().filter(|aim| aim.portion.is_small()) {
                    aim.portion = Portion::Piece;
                }
                What::Does(deed, aims)
            }
            _ => What::Doubt(Reason::PartOfContent, aims),
        }
    }

    /// Where new forms or rows go.
    fn beside(&self, from: usize, to: usize) -> Anchor {
        let place = (from..to).find(|at| matches!(self.sign(*at), Some(Sign::After | Sign::Before)));
        let label = place.and_then(|place| {
            (place..to).find_map(|at| match self.sign(at) {
                Some(Sign::Pieces(pieces)) => pieces.last().map(label),
                _ => None,
            })
        });
        match (label, place.and_then(|place| self.sign(place))) {
            (Some(label), Some(Sign::Before)) => Anchor::Before(label),
            (Some(label), _) => Anchor::After(label),
            (None, _) => Anchor::ByNumber,
        }
    }

    /// The forms of the amending act that a sentence names: behind "bằng", or those of the same labels.
    fn own(&self, verb: Verb, from: usize, to: usize, forms: &[Form]) -> Result<Vec<Own>, Reason> {
        let by = (from..to).find(|at| self.sign(*at) == Some(&Sign::By));
        let start = by.unwrap_or(from);
        let this = (start..to).find(|at| self.sign(*at) == Some(&Sign::Act(ActRef::This)));
        if verb == Verb::Change && this.is_none() {
            return Err(Reason::Piece);
        }
        let place = this.and_then(|this| {
            let before = (start..this).rev().map_while(|at| self.sign(at));
            let mut before = before.skip_while(|sign| **sign == Sign::Filler);
            match before.next() {
                Some(Sign::Chain(places)) => places.last().cloned(),
                _ => None,
            }
        });
        let named: Vec<Form> = match by {
            Some(by) => (by..to)
                .filter_map(|at| match self.sign(at) {
                    Some(Sign::Pieces(pieces)) => Some(pieces.iter().filter_map(as_form)),
                    _ => None,
                })
                .flatten()
                .collect(),
            None => forms.to_vec(),
        };
        if named.len() != forms.len() {
            return Err(Reason::Pairs);
        }
        let own = |form| Own {
            place: place.clone(),
            form,
        };
        Ok(named.into_iter().map(own).collect())
    }
}

fn as_form(portion: &Portion) -> Option<Form> {
    match portion {
        Portion::Form(form) => Some(form.clone()),
        _ => None,
    }
}

/// The number by which an anchor names a form or a row.
pub(super) fn label(portion: &Portion) -> String {
    match portion {
        Portion::Form(form) => form.number.clone(),
        Portion::Row(number) => number.clone(),
        _ => String::new(),
    }
}

/// The row with a number in new text that brings rows: a table of that row alone, or a line that
/// begins with the number. `None` where it is not there once, or the text holds rows of other numbers too.
pub(super) fn row_of(all: &[Block], number: &str, rows: &[String]) -> Option<Vec<Block>> {
    let known = |own: &str| rows.iter().any(|row| same_row(row, own));
    let mut found: Vec<Block> = Vec::new();
    for block in all {
        match block {
            Block::Table(table) => {
                let strays = |row: &Row| !is_header(row) && !first_cell(row).is_some_and(known);
                if table.rows.iter().any(strays) {
                    return None;
                }
                let rows = table.rows.iter().filter(|row| is_row(row, number));
                found.extend(rows.map(|row| {
                    let mut only = table.clone();
                    only.rows = vec![row.clone()];
                    Block::Table(only)
                }));
            }
            Block::Para(para) => {
                let (own, text) = line(&para.text).filter(|(own, _)| known(own))?;
                found.extend((same_row(&own, number) && !text.is_empty()).then(|| block.clone()));
            }
            Block::Quote(_) => return None,
        }
    }
    (found.len() == 1).then_some(found)
}

/// Whether two numbers of rows are the same one.
pub(crate) fn same_row(one: &str, other: &str) -> bool {
    let key = |number: &str| {
        number
            .trim()
            .trim_end_matches(['.', ')'])
            .trim_start_matches('0')
            .to_lowercase()
    };
    key(one) == key(other)
}

/// Whether the first cell of a row prints this number.
pub(crate) fn is_row(row: &Row, number: &str) -> bool {
    first_cell(row).is_some_and(|text| same_row(text, number))
}

/// The words of the first cell, where they are one line.
pub(crate) fn first_cell(row: &Row) -> Option<&str> {
    match row.cells.first()?.paras.as_slice() {
        [only] => Some(only.text.as_str()),
        _ => None,
    }
}

/// Whether a row is the head of a table with numbered rows ("STT").
pub(crate) fn is_header(row: &Row) -> bool {
    let words = first_cell(row).map(viet::fold).unwrap_or_default();
    ["stt", "tt", "so tt", "so thu tu", "thu tu"].contains(&words.trim())
}

/// "29. Môi giới bảo hiểm": the number of a row told in a line, and the words behind it.
pub(crate) fn line(text: &str) -> Option<(String, &str)> {
    let (number, end) = row_number(text, 0)?;
    let words = rest(text, end).strip_prefix(['.', ')'])?;
    Some((number, words.trim()))
}

/// Whether a sentence names rows.
pub(super) fn names_rows(text: &str) -> bool {
    let at_rows = |at: usize| {
        eat_any(text, at, &ROWS).is_some_and(|(_, end)| row_number(text, spaces(text, end)).is_some())
    };
    let starts = text.char_indices().filter(|(at, c)| {
        matches!(c, 's' | 'S' | 'd' | 'D' | 'h' | 'H')
            && text
                .get(..*at)
                .is_none_or(|head| head.is_empty() || head.ends_with(' '))
    });
    starts.map(|(at, _)| at).any(at_rows)
}

/// The numbers of all rows that a text brings.
pub(super) fn rows(said: &[Said]) -> Vec<String> {
    let aims = said.iter().filter_map(|said| match &said.what {
        What::Does(Deed::Piece { .. }, aims) => Some(aims),
        _ => None,
    });
    let rows = aims
        .flatten()
        .filter(|aim| matches!(aim.portion, Portion::Row(_)));
    rows.map(|aim| label(&aim.portion)).collect()
}

/// Whether the text of forms or rows follows.
pub(super) fn is_bare(deed: &Deed) -> bool {
    matches!(deed, Deed::Piece { own, .. } if own.is_empty())
}
