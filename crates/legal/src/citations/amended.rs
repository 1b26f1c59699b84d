//! Laws that amend laws and are named by what they amend:
//! "Luật sửa đổi, bổ sung một số điều của Luật Đầu tư công và Luật Đấu thầu ngày …".

use crate::model::ActKind;

use super::acts::{Named, after_name, dated, full_number, kind};
use super::lexis::{eat_any, eat_next, letter, spaces, window};
use super::names;

/// Bytes in which "của" follows "sửa đổi, bổ sung".
const HEAD: usize = 120;
/// Laws that one amending law may name.
const MOST: usize = 40;
/// Bytes in which the number of a law named by its field stands.
const NUMBER: usize = 250;

/// Reads the name of an amending act whose kind ends at `end`.
pub(super) fn read(text: &str, at: usize, kind: ActKind, end: usize) -> Option<Named> {
    if !matches!(kind, ActKind::Luat | ActKind::PhapLenh | ActKind::BoLuat) {
        return None;
    }
    let start = spaces(text, end);
    let (_, after) = eat_any(text, start, &["sửa đổi", "bổ sung"])?;
    let list = inner_start(text, after)?;
    if let Some((end, numbered)) = inner_names(text, list) {
        return if numbered {
            None
        } else {
            Some(whole(text, at, kind, end))
        };
    }
    by_number(text, at, kind, list)
}

/// After "… một số điều của".
fn inner_start(text: &str, at: usize) -> Option<usize> {
    let near = window(text, at, HEAD);
    let stop = near.find(['.', ';', '(', '“', '\n']).unwrap_or(near.len());
    let place = near.get(..stop)?.find(" của ")?;
    Some(spaces(text, at + place + " của".len()))
}

/// The end of the list of laws amended, and whether they carry numbers of their own:
/// then the amending law is told of, not named.
fn inner_names(text: &str, list: usize) -> Option<(usize, bool)> {
    let mut end = None;
    let mut start = list;
    for _ in 0..MOST {
        let Some(close) = inner_name(text, start) else {
            break;
        };
        end = Some(close);
        let own = eat_next(text, close, "số").and_then(|end| full_number(text, end));
        let next = own.as_ref().map_or(close, |(_, end)| *end);
        let Some(further) = separator(text, next) else {
            break;
        };
        if inner_name(text, further).is_none() {
            break;
        }
        if own.is_some() {
            return end.map(|end| (end, true));
        }
        start = further;
    }
    end.map(|end| (end, false))
}

fn inner_name(text: &str, at: usize) -> Option<usize> {
    let (kind, end) = kind(text, at)?;
    let law = matches!(kind, ActKind::Luat | ActKind::PhapLenh | ActKind::BoLuat);
    let capital = letter(text, at).is_some_and(char::is_uppercase);
    law.then(|| names::title(text, end, kind, capital)).flatten()
}

fn separator(text: &str, at: usize) -> Option<usize> {
    let start = spaces(text, at);
    let place = match letter(text, start)? {
        ',' => spaces(text, start + 1),
        _ => start,
    };
    let after = eat_any(text, place, &["và"]).map_or(place, |(_, end)| spaces(text, end));
    (after > at).then_some(after)
}

fn whole(text: &str, at: usize, kind: ActKind, end: usize) -> Named {
    let name = text.get(at..end).unwrap_or_default();
    let (acts, end) = after_name(text, name, end);
    Named {
        acts,
        span: at..end,
        kind: Some(kind),
    }
}

/// "… một số điều của 15 luật trong lĩnh vực … số 146/2025/QH15".
fn by_number(text: &str, at: usize, kind: ActKind, list: usize) -> Option<Named> {
    let near = window(text, list, NUMBER);
    let stop = near.find(['.', ';', '(', '“', '\n']).unwrap_or(near.len());
    let place = near.get(..stop)?.find(" số ")?;
    let (number, end) = full_number(text, list + place + " số".len())?;
    let (acts, end) = dated(text, number, end);
    Some(Named {
        acts,
        span: at..end,
        kind: Some(kind),
    })
}
