//! What is issued with an act: "Quy chế này", "Điều 5 Quy chế … ban hành kèm theo Quyết định số …",
//! "Phụ lục I ban hành kèm theo Nghị định này".

use super::ActRef;
use super::acts::{self, Named};
use super::lexis::{eat, eat_any, eat_next, letter, rest, spaces, window, word};
use super::places::group_number;

/// Words of regulations that acts issue.
const REGULATIONS: [&str; 14] = [
    "quy chế",
    "qui chế",
    "quy định",
    "qui định",
    "điều lệ",
    "nội quy",
    "quy trình",
    "quy tắc",
    "chương trình",
    "kế hoạch",
    "đề án",
    "chiến lược",
    "quy hoạch",
    "quy chuẩn",
];
/// Instruments that are no acts of ours: provisions of them never resolve here.
const OTHERS: [&str; 7] = [
    "hiệp định",
    "công ước",
    "nghị định thư",
    "hiệp ước",
    "điều ước",
    "hợp đồng",
    "bản ghi nhớ",
];
/// Bytes of a regulation's title.
const TITLE: usize = 400;

/// Words between an appendix and the act it belongs to.
const JOINTS: [&str; 9] = [
    "được ban hành kèm theo",
    "ban hành kèm theo",
    "ban hành kèm",
    "ban hành theo",
    "kèm theo của",
    "kèm theo",
    "đính kèm",
    "của",
    "tại",
];

/// A regulation named after provisions.
pub(crate) enum Regulation {
    /// "Quy chế này".
    This(usize),
    /// "… ban hành kèm theo" an act.
    Of(Named),
    /// Named only by its words ("Quy chế thi", "Điều lệ công ty"), which end here.
    Other(usize),
}

/// The regulation named at `at`.
pub(crate) fn regulation(text: &str, at: usize) -> Option<Regulation> {
    letter(text, at).filter(|c| c.is_uppercase())?;
    if let Some((_, end)) = eat_any(text, at, &OTHERS) {
        return Some(Regulation::Other(end));
    }
    let (_, end) = eat_any(text, at, &REGULATIONS)?;
    if let Some(end) = eat_next(text, end, "này") {
        return Some(Regulation::This(end));
    }
    Some(issued_with(text, end).map_or_else(|| Regulation::Other(title_end(text, end)), Regulation::Of))
}

/// What is issued with an act under a name of any other kind: "Phần II của Định mức … ban hành kèm theo
/// Thông tư số …". `group`: the provisions before it are chapters or the like, whose own title may come between.
pub(crate) fn issued_under_any_name(text: &str, end: usize, group: bool) -> Option<Named> {
    let start = spaces(text, end);
    let said = eat(text, start, "của").map(|end| spaces(text, end));
    let at = said.or(group.then_some(start)).filter(|at| *at > end)?;
    letter(text, at).filter(|c| c.is_uppercase())?;
    let other = acts::kind(text, at).is_some() || eat_any(text, at, &OTHERS).is_some();
    (!other).then(|| issued_with(text, at))?
}

/// The end of the words of a treaty or contract at `at`.
pub(crate) fn treaty(text: &str, at: usize) -> Option<usize> {
    letter(text, at).filter(|c| c.is_uppercase())?;
    eat_any(text, at, &OTHERS).map(|(_, end)| end)
}

/// "Quy chế này" where no provision stands before it.
pub(crate) fn this_regulation(text: &str, at: usize) -> Option<usize> {
    match regulation(text, at)? {
        Regulation::This(end) => Some(end),
        _ => None,
    }
}

/// "Quy định ban hành kèm theo Quyết định số …" without a title between.
pub(crate) fn bare_issued(text: &str, at: usize) -> Option<Named> {
    letter(text, at).filter(|c| c.is_uppercase())?;
    let (_, end) = eat_any(text, at, &REGULATIONS)?;
    let act = act_after(text, end, &JOINTS[..6])?;
    Some(Named {
        span: at..act.span.end,
        ..act
    })
}

/// The act that "kèm theo" names within a title's length, in the same sentence.
fn issued_with(text: &str, at: usize) -> Option<Named> {
    let near = window(text, at, TITLE);
    let stop = near.find([';', ':', '“', '”', '"', '\n']).unwrap_or(near.len());
    let place = near.get(..stop)?.find("kèm theo")?;
    let before = near.get(..place)?;
    if before.contains(". ") || before.contains("quy định tại") || before.contains("Điều ") {
        return None;
    }
    act_after(text, at + place, &["kèm theo"])
}

/// The act named after one of `joints` at `at`.
fn act_after(text: &str, at: usize, joints: &[&str]) -> Option<Named> {
    let start = spaces(text, at);
    let (_, end) = eat_any(text, start, joints)?;
    acts::named(text, spaces(text, end), true)
}

/// The act that an appendix belongs to, named after it.
pub(crate) fn of_appendix(text: &str, at: usize) -> Option<Named> {
    let start = match letter(text, at) {
        Some(',' | '(') => at + 1,
        _ => at,
    };
    act_after(text, start, &JOINTS).or_else(|| {
        acts::named(text, spaces(text, at), false).filter(|act| {
            // "Phụ lục V Thông tư này" belongs together; "Phụ lục V Luật Đất đai" hardly.
            spaces(text, at) > at
                && act
                    .acts
                    .iter()
                    .any(|act| !matches!(act, ActRef::Name { .. } | ActRef::Short { .. }))
        })
    })
}

/// The number of the form named right before an appendix: "Mẫu số 06 tại", "Biểu mẫu 2,".
pub(crate) fn form_before(text: &str, at: usize) -> Option<String> {
    const JOINTS: [&str; 8] = [
        "quy định",
        "ban hành",
        "tại",
        "của",
        "trong",
        "thuộc",
        "theo",
        ",",
    ];
    let mut head = text.get(..at)?.trim_end();
    while let Some(shorter) = JOINTS.iter().find_map(|joint| head.strip_suffix(joint)) {
        head = shorter.trim_end();
    }
    let (before, number) = head.rsplit_once(' ')?;
    let before = before.trim_end();
    let before = before.strip_suffix("số").unwrap_or(before).trim_end();
    let named = ["mẫu", "Mẫu", "biểu", "Biểu"]
        .iter()
        .any(|word| before.ends_with(word));
    named.then(|| group_number(number))?
}

/// Where the words of a regulation's name end: a few words, small letters.
fn title_end(text: &str, at: usize) -> usize {
    const STOPS: [&str; 14] = [
        "như", "thì", "được", "có", "và", "hoặc", "để", "về", "đối", "của", "trong", "theo", "quy", "bằng",
    ];
    let mut end = at;
    for _ in 0..5 {
        let start = spaces(text, end);
        let run = word(text, start);
        if start == end || run.is_empty() || STOPS.contains(&run) || !run.starts_with(char::is_lowercase) {
            break;
        }
        end = start + run.len();
    }
    end
}

/// Position after the words that lead from provisions to their act (" của ", " tại ").
pub(crate) fn glue(text: &str, at: usize) -> Option<usize> {
    let start = spaces(text, at);
    if start == at {
        return None;
    }
    let after = eat_any(
        text,
        start,
        &[
            "của",
            "tại",
            "trong",
            "thuộc",
            "theo",
            "kèm theo",
            "ban hành kèm theo",
        ],
    );
    Some(after.map_or(start, |(_, end)| spaces(text, end)))
}

/// Position after a remark between provisions and their act ("Chương VI (bán, thế chấp) của Nghị định …"); a remark
/// with figures cites for itself.
pub(crate) fn after_remark(text: &str, at: usize) -> usize {
    const LONGEST: usize = 300;
    let start = spaces(text, at);
    let remark = rest(text, start)
        .strip_prefix('(')
        .and_then(|tail| tail.split_once(')'));
    remark
        .filter(|(said, _)| said.len() < LONGEST && !said.contains(|c: char| c.is_ascii_digit()))
        .map(|(said, _)| start + said.len() + 2)
        .filter(|end| eat(text, spaces(text, *end), "của").is_some())
        .unwrap_or(at)
}

/// "của Thông tư." right after provisions: which the surroundings explain.
pub(crate) fn after_comma(text: &str, at: usize) -> Option<usize> {
    let start = spaces(text, at);
    (letter(text, start) == Some(',')).then(|| {
        let next = spaces(text, start + 1);
        eat(text, next, "của").map_or(next, |end| spaces(text, end))
    })
}
