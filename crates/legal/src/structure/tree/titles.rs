//! Headings: what belongs to the title of a provision or a part and what is its text.

use crate::model::{Align, Block, Language, Mark, MarkKind, Para, Part, PartKind};
use crate::structure::wrap::slice;
use crate::structure::{annex, head, is_bold, is_upper, signature};

/// Whether a block goes on the title of the group above it.
pub(super) fn continues(block: &Block, title: &[Para]) -> bool {
    let Block::Para(next) = block else { return false };
    if !head::continues_title(next) || signature::begins(&next.text) {
        return false;
    }
    let had: Vec<&Para> = title.iter().filter(|para| !para.text.is_empty()).collect();
    match had.last() {
        None => true,
        // A title in capitals ends where capitals end.
        Some(last) => {
            is_upper(&next.text) == is_upper(&last.text) && (next.align == last.align || title.len() > 2)
        }
    }
}

/// Lines of a title as one.
pub(super) fn join(title: &[Para]) -> Para {
    let mut joined = Para::default();
    for line in title.iter().filter(|line| !line.text.is_empty()) {
        if !joined.text.is_empty() {
            joined.text.push(' ');
        }
        let shift = u32::try_from(joined.text.len()).unwrap_or(u32::MAX);
        joined.text.push_str(&line.text);
        joined.marks.extend(line.marks.iter().map(|mark| Mark {
            start: mark.start.saturating_add(shift),
            end: mark.end.saturating_add(shift),
            kind: mark.kind.clone(),
        }));
    }
    const EDGE: [char; 5] = ['.', ':', ' ', '-', '–'];
    let start = joined.text.len() - joined.text.trim_start_matches(EDGE).len();
    let end = joined.text.trim_end_matches(EDGE).len().max(start);
    slice(&joined, start, end)
}

/// Splits what follows "Điều 5." into heading and text. Acts without headings of articles
/// have a sentence there.
pub(super) fn article_heading(rest: &Para) -> (Option<Para>, Option<Para>) {
    if rest.text.is_empty() {
        return (None, None);
    }
    if let Some(end) = bold_lead(rest) {
        let (heading, body) = (slice(rest, 0, end), slice(rest, end, rest.text.len()));
        let body = (!body.text.is_empty()).then_some(body);
        return (Some(trim_period(&heading)), body);
    }
    let sentence = rest.text.ends_with(['.', ';', ':']) && !is_bold(rest);
    let numbered = head::clause(&rest.text).is_some();
    if sentence || numbered || rest.text.len() > 450 {
        (None, Some(rest.clone()))
    } else {
        (Some(trim_period(rest)), None)
    }
}

/// Where a bold heading ends inside a paragraph that goes on in ordinary type.
fn bold_lead(rest: &Para) -> Option<usize> {
    let lead = rest
        .marks
        .iter()
        .find(|mark| mark.kind == MarkKind::Bold && mark.start == 0)?;
    let end = lead.end as usize;
    let tail = rest.text.get(end..)?.trim_start_matches(['.', ':', ' ']);
    let heading = rest.text.get(..end)?;
    if tail.chars().count() < 4 {
        return Some(rest.text.len());
    }
    (heading.chars().count() > 4 && (heading.ends_with(['.', ':']) || tail.starts_with(char::is_uppercase)))
        .then_some(end)
}

fn trim_period(heading: &Para) -> Para {
    let end = heading.text.trim_end_matches(['.', ' ']).len();
    slice(heading, 0, end)
}

/// Whether the line below a bare "Điều 5" is its heading.
pub(super) fn is_lone_heading(next: &Para) -> bool {
    let text = next.text.as_str();
    text.len() < 300
        && !text.ends_with([';', ':', ','])
        && (is_bold(next) || next.align == Align::Center && !text.ends_with('.'))
        && head::clause(text).is_none()
        && head::article(text).is_none()
        && head::group(text).is_none()
}

/// Whether an appendix is a regulation with articles of its own rather than a form or a list.
pub(super) fn is_regulation(blocks: &[Block]) -> bool {
    const NAMES: &[&str] = &[
        "QUY CHẾ",
        "QUY ĐỊNH",
        "QUI CHẾ",
        "ĐIỀU LỆ",
        "NỘI QUY",
        "QUY TRÌNH",
        "QUY TẮC",
        "QUY CHUẨN",
        "REGULATION",
        "CHARTER",
    ];
    let head: Vec<&Para> = blocks
        .iter()
        .take(16)
        .filter_map(|block| match block {
            Block::Para(para) => Some(para),
            _ => None,
        })
        .take_while(|para| head::article(&para.text).is_none())
        .collect();
    let named = head.iter().any(|para| {
        let upper = para.text.to_uppercase();
        NAMES.iter().any(|name| upper.starts_with(name)) && !upper.contains("MẪU")
    });
    let blank = head
        .iter()
        .any(|para| para.text.contains("....") || para.text.contains("……") || para.text.starts_with("Mẫu"));
    named && !blank
}

/// The title of a part as a reader would say it.
pub(super) fn part_title(part: &Part, language: Language) -> String {
    let lines = part.opening.iter().filter_map(|block| match block {
        Block::Para(para) => Some(para),
        _ => None,
    });
    match part.kind {
        PartKind::Main if language == Language::En => "Main text".to_owned(),
        PartKind::Main => "Văn bản chính".to_owned(),
        PartKind::Attached | PartKind::Appendix => annex_title(lines),
    }
}

/// Lines of the head of an annex, from its name to the sentence of its issue.
fn annex_title<'p>(lines: impl Iterator<Item = &'p Para>) -> String {
    let mut title: Vec<String> = Vec::new();
    let mut after_state = false;
    for para in lines.take(14) {
        let text = para.text.trim();
        let rule = text.chars().all(|c| !c.is_alphanumeric());
        if annex::is_state(text) {
            title.clear();
            after_state = true;
            continue;
        }
        if rule || (after_state && text.to_lowercase().starts_with("độc lập")) {
            continue;
        }
        if text.starts_with('(') || is_issue(text) {
            break;
        }
        let set_off = is_upper(text) || para.align == Align::Center || is_bold(para) || title.is_empty();
        if !set_off || text.len() > 400 || title.len() > 4 {
            break;
        }
        title.push(text.to_owned());
    }
    let joined = match title.split_first() {
        Some((first, rest)) if !rest.is_empty() && is_numbered(first) => {
            format!("{first}. {}", rest.join(" "))
        }
        _ => title.join(" "),
    };
    joined.chars().take(500).collect()
}

fn is_issue(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.starts_with("ban hành kèm theo")
        || lower.starts_with("kèm theo")
        || lower.starts_with("issued together")
}

/// "PHỤ LỤC II", after which a title follows.
fn is_numbered(first: &str) -> bool {
    let lower = first.to_lowercase();
    ["phụ lục", "mẫu", "biểu", "appendix", "annex", "form"]
        .iter()
        .any(|word| lower.starts_with(word))
        && first.len() < 40
}
