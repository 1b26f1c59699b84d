//! Chains of provisions: "các điểm a, b khoản 1, khoản 3 Điều 5 và Điều 9".
//!
//! Smallest level first as the drafting rules have it, or reversed as people speak.

use std::ops::Range;

use super::lexis::{digits, eat, eat_any, ends_word, letter, rest, spaces, word};
use super::places::{Level, Num, Place, level, number};

/// Numbers that one range may stand for; longer ones give their two ends.
const LONGEST_RANGE: u32 = 500;

/// One provision of a chain with the words that name it.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub place: Place,
    pub span: Range<usize>,
}

/// A chain read from the text.
#[derive(Clone, Debug)]
pub(crate) struct Chain {
    pub items: Vec<Item>,
    pub end: usize,
    /// A comma stands between a level and its parent ("khoản 1, Điều 3").
    pub commas: bool,
}

/// How a unit hangs on the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    First,
    Direct,
    Comma,
    List,
}

/// A level word with its numbers.
struct Unit {
    joint: Joint,
    level: Level,
    numbers: Vec<(Num, Range<usize>)>,
    start: usize,
    end: usize,
}

/// Reads the chain whose first level word stands at `at`. `budget` bounds the provisions
/// that ranges stand for, over the whole text.
pub(crate) fn read(text: &str, at: usize, budget: &mut usize) -> Option<Chain> {
    let mut units = vec![unit(text, at, Joint::First, budget)?];
    while let Some(last) = units.last() {
        let Some(next) = next_unit(text, last.end, budget) else {
            break;
        };
        units.push(next);
    }
    let commas = units
        .windows(2)
        .any(|pair| matches!(pair, [a, b] if b.joint == Joint::Comma && a.level != b.level));
    let mut items = assign(&units);
    let sound = items.iter().take_while(|item| !is_loose(item)).count();
    let cut = sound < items.len();
    items.truncate(sound);
    let end = if cut {
        items.last()?.span.end
    } else {
        units.last()?.end
    };
    Some(Chain { items, end, commas })
}

/// A point numbered by figures needs a parent: "điểm 10" alone is a mark in a test.
fn is_loose(item: &Item) -> bool {
    item.place.named().count() == 1
        && matches!(item.place.get(Level::Point), Some(Num::Of(n)) if n.starts_with(|c: char| c.is_ascii_digit()))
}

fn next_unit(text: &str, at: usize, budget: &mut usize) -> Option<Unit> {
    let (joint, start) = joint(text, at)?;
    let start = skip_plural(text, start);
    unit(text, start, joint, budget)
}

/// "các khoản", "những điều", "từ khoản": words before a level that are no part of it.
fn skip_plural(text: &str, at: usize) -> usize {
    let mut place = at;
    for _ in 0..2 {
        match eat_any(text, place, &["các", "những", "từ", "tại", "quy định tại"]) {
            Some((_, end)) if spaces(text, end) > end => {
                let next = spaces(text, end);
                // "tại các điều từ Điều 35 …", "các điểm từ điểm a …": the plural word repeats the level.
                place = level(text, next)
                    .and_then(|(_, end)| eat(text, spaces(text, end), "từ"))
                    .map_or(next, |end| spaces(text, end));
            }
            _ => break,
        }
    }
    place
}

/// What joins a unit to the next one, and where that begins.
fn joint(text: &str, at: usize) -> Option<(Joint, usize)> {
    let start = spaces(text, at);
    match letter(text, start)? {
        sign @ (',' | ';') => {
            let next = spaces(text, start + 1);
            let listed = eat_any(text, next, &["và", "hoặc", "và/hoặc"]);
            match listed {
                Some((_, end)) => Some((Joint::List, spaces(text, end))),
                None if sign == ',' => Some((Joint::Comma, next)),
                None => Some((Joint::List, next)),
            }
        }
        _ if start == at => None,
        _ => {
            if let Some((_, end)) = eat_any(text, start, &["và", "hoặc", "hay", "và/hoặc", "đến"]) {
                return Some((Joint::List, spaces(text, end)));
            }
            let after = eat_any(text, start, &["của", "thuộc", "tại", "trong"])
                .map_or(start, |(_, end)| spaces(text, end));
            Some((Joint::Direct, after))
        }
    }
}

fn unit(text: &str, at: usize, joint: Joint, budget: &mut usize) -> Option<Unit> {
    let (level, end) = level(text, at)?;
    let start = spaces(text, end);
    if start == end {
        return None;
    }
    if let Some(end) = eat(text, start, "này") {
        return Some(Unit {
            joint,
            level,
            numbers: vec![(Num::This, at..end)],
            start: at,
            end,
        });
    }
    let Some((first, end)) = number(text, start, level) else {
        return (level == Level::Annex).then(|| Unit {
            joint,
            level,
            numbers: vec![(Num::Only, at..end)],
            start: at,
            end,
        });
    };
    let mut numbers = vec![(first, at..end)];
    let end = more_numbers(text, end, level, &mut numbers, budget);
    Some(Unit {
        joint,
        level,
        numbers,
        start: at,
        end,
    })
}

/// Reads ", 2 và 5", " đến Điều 9"; gives the position after the last number.
fn more_numbers(
    text: &str,
    at: usize,
    level: Level,
    numbers: &mut Vec<(Num, Range<usize>)>,
    budget: &mut usize,
) -> usize {
    let mut end = at;
    loop {
        if let Some((last, after)) = range_end(text, end, level) {
            if let Some((Num::Of(first) | Num::Item(first), span)) = numbers.last().cloned() {
                if let Num::Of(last) | Num::Item(last) = &last {
                    let through = between(level, &first, last, budget);
                    numbers.extend(through.into_iter().map(|n| (Num::Of(n), span.start..after)));
                }
                numbers.push((last, span.start..after));
            }
            end = after;
            continue;
        }
        let Some((next, start, after)) = listed(text, end, level) else {
            return end;
        };
        numbers.push((next, start..after));
        end = after;
    }
}

/// " đến 9", " đến hết Điều 9", "-9" after a number.
fn range_end(text: &str, at: usize, level: Level) -> Option<(Num, usize)> {
    if matches!(letter(text, at), Some('-' | '–')) && level <= Level::Article {
        let sign = letter(text, at).map_or(1, char::len_utf8);
        return number(text, at + sign, level)
            .filter(|(found, _)| matches!(found, Num::Of(n) if n.starts_with(|c: char| c.is_ascii_digit())));
    }
    let start = spaces(text, at);
    let mut place = spaces(text, eat(text, start, "đến")?);
    if let Some(end) = eat(text, place, "hết") {
        place = spaces(text, end);
    }
    if let Some((found, end)) = self::level(text, place) {
        if found != level {
            return None;
        }
        place = spaces(text, end);
    }
    number(text, place, level)
}

/// What lies between the two ends of a range, both left out.
fn between(level: Level, first: &str, last: &str, budget: &mut usize) -> Vec<String> {
    let through: Vec<String> = match level {
        Level::Point => letters_between(first, last),
        _ => match (first.parse::<u32>(), last.parse::<u32>()) {
            (Ok(first), Ok(last)) if last > first && last - first <= LONGEST_RANGE => {
                (first + 1..last).map(|n| n.to_string()).collect()
            }
            _ => Vec::new(),
        },
    };
    if through.len() > *budget {
        return Vec::new();
    }
    *budget -= through.len();
    through
}

fn letters_between(first: &str, last: &str) -> Vec<String> {
    let ascii = |c: char| if c == 'đ' { "dd".to_owned() } else { c.to_string() };
    let place = |wanted: &str| viet::POINT_LETTERS.iter().position(|c| ascii(*c) == wanted);
    match (place(first), place(last)) {
        (Some(first), Some(last)) if first < last => viet::POINT_LETTERS
            .iter()
            .take(last)
            .skip(first + 1)
            .map(|c| ascii(*c))
            .collect(),
        _ => Vec::new(),
    }
}

/// A further number without its level word: ", 2", " và c".
fn listed(text: &str, at: usize, level: Level) -> Option<(Num, usize, usize)> {
    let start = spaces(text, at);
    let start = match letter(text, start)? {
        ',' | ';' => {
            let next = spaces(text, start + 1);
            eat_any(text, next, &["và", "hoặc"]).map_or(next, |(_, end)| spaces(text, end))
        }
        _ => {
            let (_, end) = eat_any(text, start, &["và", "hoặc", "hay"])?;
            spaces(text, end)
        }
    };
    let (found, end) = number(text, start, level)?;
    let bare = digits(text, start, 4).is_some() || level > Level::Article;
    (!bare || may_follow_number(text, end)).then_some((found, start, end))
}

/// Whether what follows a bare number lets it be a provision's: "và 5 Điều 7", not "và 5 năm".
fn may_follow_number(text: &str, at: usize) -> bool {
    const NEXT: [&str; 46] = [
        "và", "hoặc", "hay", "đến", "của", "tại", "trong", "thuộc", "này", "nêu", "được", "thì", "bị",
        "phải", "có", "theo", "để", "ban", "kèm", "quy", "sửa", "như", "là", "cho", "bằng", "vào", "luật",
        "bộ", "nghị", "thông", "quyết", "pháp", "hiến", "chỉ", "điều", "khoản", "điểm", "mục", "chương",
        "phần", "phụ", "với", "không", "áp", "thực", "trên",
    ];
    let start = spaces(text, at);
    match letter(text, start) {
        None => true,
        Some('%') => false,
        Some(c) if !c.is_alphanumeric() => true,
        Some(c) if c.is_ascii_digit() => false,
        Some(c) if c.is_uppercase() => ends_word(text, at),
        Some(_) => NEXT.contains(&word(text, start)),
    }
}

/// Gives every number its place: who is whose parent.
fn assign(units: &[Unit]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut reversed = false;
    for (place, unit) in units.iter().enumerate() {
        let last = items.last().map(|item| item.place.clone()).unwrap_or_default();
        let hangs = matches!(unit.joint, Joint::Direct | Joint::Comma);
        let says = unit
            .numbers
            .first()
            .is_some_and(|(number, _)| *number == Num::This);
        let open = says || !last.says_this();
        if hangs && open && last.outer().is_some_and(|outer| outer < unit.level) {
            adopt(&mut items, unit);
            reversed = false;
        } else if is_below(&last, unit, units, place, reversed) {
            descend(&mut items, unit, hangs);
            reversed = true;
        } else {
            push(&mut items, unit, &Place::default(), 0);
            reversed = false;
        }
    }
    items
}

/// The unit's first number becomes the parent of what waits before it.
fn adopt(items: &mut Vec<Item>, unit: &Unit) {
    let Some((first, _)) = unit.numbers.first() else {
        return;
    };
    let end = unit.numbers.first().map_or(unit.end, |(_, span)| span.end);
    for item in items.iter_mut().rev() {
        let closed = item.place.says_this() && *first != Num::This;
        if closed || item.place.outer().is_none_or(|outer| outer >= unit.level) {
            break;
        }
        item.place.set(unit.level, first.clone());
    }
    if let Some(item) = items.last_mut() {
        item.span.end = end;
    }
    push(items, unit, &Place::default(), 1);
}

/// Whether the unit is a child of the last place, as in "Điều 5 khoản 3".
fn is_below(last: &Place, unit: &Unit, units: &[Unit], place: usize, reversed: bool) -> bool {
    let Some(inner) = last.inner() else { return false };
    if last.says_this() {
        return false;
    }
    if reversed && unit.level == inner && unit.joint != Joint::First {
        return !has_parent_later(units, place);
    }
    match unit.joint {
        Joint::Direct => unit.level < inner,
        Joint::Comma => unit.level < inner && !has_parent_later(units, place),
        _ => false,
    }
}

/// Whether a later unit is the parent of the one at `place`.
fn has_parent_later(units: &[Unit], place: usize) -> bool {
    units
        .iter()
        .skip(place)
        .zip(units.iter().skip(place + 1))
        .any(|(a, b)| b.level > a.level && matches!(b.joint, Joint::Direct | Joint::Comma))
}

/// Hangs the unit's numbers below the last place, or beside it where it is of the same level.
fn descend(items: &mut Vec<Item>, unit: &Unit, hangs: bool) {
    let Some(last) = items.last().cloned() else { return };
    let beside = last.place.inner() == Some(unit.level);
    if hangs && !beside {
        items.pop();
    }
    let start = if beside { unit.start } else { last.span.start };
    push(items, unit, &last.place, 0);
    let count = unit.numbers.len();
    let first = items.len().saturating_sub(count);
    if let Some(item) = items.get_mut(first) {
        item.span.start = start;
    }
}

fn push(items: &mut Vec<Item>, unit: &Unit, under: &Place, skip: usize) {
    for (number, span) in unit.numbers.iter().skip(skip) {
        let mut place = under.clone();
        place.set(unit.level, number.clone());
        items.push(Item {
            place,
            span: span.clone(),
        });
    }
}

/// Whether the chain is the heading of a provision, not a citation: "Điều 5. Tên điều".
pub(crate) fn is_heading(text: &str, chain: &Chain) -> bool {
    let (1, Some(item)) = (chain.items.len(), chain.items.first()) else {
        return false;
    };
    if !super::lexis::begins_line(text, item.span.start) || item.place.says_this() {
        return false;
    }
    let single = item.place.named().count() == 1;
    let tail = rest(text, chain.end);
    single
        && match item.place.inner() {
            Some(Level::Article) => tail.starts_with(['.', ':']) || tail.is_empty(),
            Some(Level::Point | Level::Clause) | None => false,
            Some(_) => true,
        }
}
