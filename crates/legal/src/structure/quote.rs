//! Quoted passages of amending acts, gathered into blocks of their own.
//!
//! Files mix “ ” " " '' and forget marks. A passage ends at a paragraph whose last sign is a
//! closing mark that no mark in the same paragraph opens. Where none comes before the next
//! instruction of the amending act itself, the passage ends there and a warning says so. In an
//! appendix, whose forms quote without amending, a mark that is not closed before the next appendix
//! opens nothing.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::{Block, Finding, Language, Para};

use super::wrap::{cut, is_tail, slice, tokens};
use super::{annex, finding, head, signature};

/// Blocks that one passage may hold.
const LONGEST: usize = 4_000;
/// Blocks in which the closing mark of a passage without an opening one is looked for.
const NEAR: usize = 200;
/// Blocks of one act that may be looked at in vain. A hundred forgotten marks cost a tenth of it; a file
/// that was made to cost more has no passages from there on.
const VAIN: usize = 200_000;

static INSTRUCTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:như sau|sau đây|as follows|following)\s*:?\s*$|(?:sửa đổi|bổ sung|thay thế|thay|đổi tên|thành|amend|supplement|replace|add).*:\s*$").expect("fixed pattern")
});

static AMENDS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?i:sửa đổi|bổ sung|thay thế|thay cụm|thay đổi|bãi bỏ|bỏ |hủy bỏ|huỷ bỏ|to amend|to supplement|to add|to replace|to annul|amend|amendment|replace|repeal|add)").expect("fixed pattern")
});

static CLOSES_ACT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?i:hiệu lực|điều khoản|tổ chức thực hiện|trách nhiệm|quy định chuyển tiếp|chuyển tiếp|tổ chức thi hành|thời điểm|bãi bỏ|effect|implementation|organization of|responsib|transition)").expect("fixed pattern")
});

static COMES_INTO_FORCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:\d\. )?(?:Luật|Bộ luật|Nghị định|Nghị quyết|Thông tư|Pháp lệnh|Quyết định|This \w+)(?: liên tịch)?(?: này)? (?:có hiệu lực|takes? effect|shall take)")
        .expect("fixed pattern")
});

/// "Khoản 3 Điều 3 được sửa đổi …", "In Article 5, … is amended".
static AMENDED_OBJECT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?i).{0,200}(?:được sửa đổi|được bổ sung|sửa đổi, bổ sung|bãi bỏ|to amend and supplement|amended|annulled)").expect("fixed pattern")
});

/// Whether a paragraph announces text that follows it.
pub(super) fn is_instruction(text: &str) -> bool {
    INSTRUCTION.is_match(text)
}

/// Numbers of the amending act itself, outside any quotation.
#[derive(Clone, Copy, Default)]
struct Outer {
    article: u32,
    clause: u32,
    /// An appendix has begun.
    attached: bool,
}

impl Outer {
    fn see(&mut self, text: &str) {
        if let Some(found) = head::article(text) {
            if let Some((value, _)) = viet::numbers::rank(found.number) {
                self.article = value;
                self.clause = 0;
            }
        } else if let Some((value, _)) =
            head::clause(text).and_then(|found| viet::numbers::rank(found.number))
            && value == self.clause + 1
        {
            self.clause = value;
        }
    }

    /// Whether the block at `place` can only be the amending act's own next article or khoản.
    fn resumes(self, blocks: &[Block], place: usize) -> bool {
        let Some(Block::Para(para)) = blocks.get(place) else {
            return false;
        };
        if let Some(found) = head::article(&para.text) {
            let next = viet::numbers::rank(found.number).is_some_and(|(value, _)| value == self.article + 1);
            let says = if found.rest.is_empty() {
                text_at(blocks, place + 1)
            } else {
                found.rest
            };
            return next && is_own(says);
        }
        head::clause(&para.text).is_some_and(|found| {
            viet::numbers::rank(found.number).is_some_and(|(value, _)| value == self.clause + 1)
                && AMENDS.is_match(found.rest)
        })
    }
}

fn text_at(blocks: &[Block], place: usize) -> &str {
    match blocks.get(place) {
        Some(Block::Para(para)) => &para.text,
        _ => "",
    }
}

/// Words of an article that amends or that ends an act.
fn is_own(text: &str) -> bool {
    AMENDS.is_match(text)
        || CLOSES_ACT.is_match(text)
        || COMES_INTO_FORCE.is_match(text)
        || AMENDED_OBJECT.is_match(text)
}

/// Where a passage ends.
struct End {
    /// Last block of it.
    block: usize,
    /// Byte of the closing mark in that block and its length; `None` where it is missing.
    mark: Option<(usize, usize)>,
}

/// Turns quoted runs into [`Block::Quote`].
pub(super) fn gather(blocks: Vec<Block>, warnings: &mut Vec<Finding>) -> Vec<Block> {
    let mut out = Vec::with_capacity(blocks.len());
    let mut outer = Outer::default();
    let mut place = 0;
    let mut left = VAIN;
    while place < blocks.len() {
        let begun = match &blocks[place] {
            Block::Para(para) if left > 0 => begins(&blocks, place, para, outer, &mut left),
            _ => None,
        };
        let mut doubt = |outer: Outer, doubt: Option<(&str, &str)>| {
            let at = format!("art_{}", outer.article);
            warnings.extend(doubt.map(|(code, message)| finding(code, message.to_owned(), Some(&at))));
        };
        let begun = match begun {
            Some(Mark::Opens(begun)) => begun,
            other => {
                doubt(outer, other.map(|_| STRAY));
                if let Block::Para(para) = &blocks[place] {
                    outer.see(&para.text);
                    outer.attached |= opens_appendix(&blocks, place);
                }
                out.push(blocks[place].clone());
                place += 1;
                continue;
            }
        };
        if let Some(lead) = begun.lead {
            outer.see(&lead.text);
            out.push(Block::Para(lead));
        }
        doubt(outer, begun.doubt);
        let (quote, tail) = cut(&blocks[place..=begun.end.block], begun.from, begun.end.mark);
        out.push(Block::Quote(quote));
        out.extend(tail.map(Block::Para));
        place = begun.end.block + 1;
    }
    out
}

/// A mark that is never closed where nothing is amended.
const STRAY: (&str, &str) = (
    "quote-open",
    "Dấu ngoặc kép trong biểu mẫu không có dấu đóng; nội dung sau dấu được đọc như văn bản thường.",
);

/// What the opening mark of a paragraph is.
enum Mark {
    Opens(Begun),
    /// See [`STRAY`].
    Stray,
}

/// A passage found.
struct Begun {
    /// Text of the first paragraph before the opening mark.
    lead: Option<Para>,
    /// First byte after the opening mark.
    from: usize,
    end: End,
    doubt: Option<(&'static str, &'static str)>,
}

fn begins(blocks: &[Block], place: usize, para: &Para, outer: Outer, left: &mut usize) -> Option<Mark> {
    let signs = tokens(&para.text);
    let announced =
        place > 0 && matches!(&blocks[place - 1], Block::Para(before) if is_instruction(&before.text));
    let Some(open) = first_open(&para.text, &signs) else {
        let amending = announced && matches!(&blocks[place - 1], Block::Para(before) if amends(&before.text));
        return if amending {
            *left = left.saturating_sub(NEAR);
            unopened(blocks, place, outer).map(Mark::Opens)
        } else {
            None
        };
    };
    let from = open.0 + open.1;
    let lead = (open.0 > 0).then(|| slice(para, 0, open.0));
    let starts_outer = open.0 == 0 || lead.as_ref().is_some_and(|lead| lead.text.ends_with(':'));
    if !starts_outer {
        return None;
    }
    let amending = announced && amends(text_at(blocks, place - 1))
        || lead.as_ref().is_some_and(|lead| amends(&lead.text));
    let bounds = Bounds {
        outer,
        next_appendix: outer.attached && !amending,
    };
    let (end, doubt, looked) = find_end(blocks, place, from, bounds);
    *left = left.saturating_sub(looked.saturating_sub(end.block));
    if end.block == place && end.mark.is_some() && !announced && lead.is_none() {
        return None;
    }
    if bounds.next_appendix && end.mark.is_none() {
        return Some(Mark::Stray);
    }
    Some(Mark::Opens(Begun {
        lead,
        from,
        end,
        doubt,
    }))
}

/// The first opening mark whose partner is not inside the paragraph, or stands at its very end.
fn first_open(text: &str, signs: &[(usize, usize, bool)]) -> Option<(usize, usize)> {
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut whole = None;
    for (at, len, opening) in signs {
        if *opening {
            open.push((*at, *len));
        } else if let Some(partner) = open.pop()
            && open.is_empty()
            && is_tail(&text[at + len..])
            && (partner.0 == 0 || text[..partner.0].trim_end().ends_with(':'))
        {
            whole = Some(partner);
        }
    }
    open.first().copied().or(whole)
}

/// The closing mark that ends the passage inside this paragraph.
fn closing(text: &str, from: usize) -> Option<(usize, usize)> {
    let mut depth = 0u32;
    for (at, len, opening) in tokens(text).into_iter().filter(|sign| sign.0 >= from) {
        if opening {
            depth += 1;
        } else if depth > 0 {
            depth -= 1;
        } else if is_tail(&text[at + len..]) || text[at + len..].starts_with([';', '.']) {
            return Some((at, len));
        }
    }
    None
}

/// What a passage cannot run over.
#[derive(Clone, Copy)]
struct Bounds {
    /// The amending act's own next article or khoản.
    outer: Outer,
    /// The next appendix.
    next_appendix: bool,
}

impl Bounds {
    fn end_before(self, blocks: &[Block], place: usize, para: &Para) -> bool {
        ends_before(blocks, place, para, self.outer) || (self.next_appendix && opens_appendix(blocks, place))
    }
}

fn opens_appendix(blocks: &[Block], place: usize) -> bool {
    annex::opening(blocks, place, Language::Vi).is_some_and(|opening| !opening.form)
}

/// Where a passage ends, what is doubtful about it, and the last block that was looked at.
fn find_end(
    blocks: &[Block],
    start: usize,
    from: usize,
    bounds: Bounds,
) -> (End, Option<(&'static str, &'static str)>, usize) {
    const DOUBT: (&str, &str) = (
        "quote-open",
        "Đoạn trích dẫn không có dấu đóng ngoặc kép; đã dừng trước nội dung tiếp theo của văn bản.",
    );
    let mut likely = None;
    let last = blocks.len().min(start + LONGEST);
    for place in start..last {
        let Block::Para(para) = &blocks[place] else {
            continue;
        };
        if place > start && bounds.end_before(blocks, place, para) {
            let end = likely.unwrap_or_else(|| End {
                block: back_up(blocks, start, place),
                mark: None,
            });
            return (end, Some(DOUBT), place);
        }
        let begin = if place == start { from } else { 0 };
        if let Some(mark) = closing(&para.text, begin) {
            return (
                End {
                    block: place,
                    mark: Some(mark),
                },
                None,
                place,
            );
        }
        if likely.is_none()
            && let Some((at, len, false)) = tokens(&para.text).last().copied()
            && at >= begin
            && is_tail(&para.text[at + len..])
            && next_resumes(blocks, place, bounds.outer)
        {
            likely = Some(End {
                block: place,
                mark: Some((at, len)),
            });
        }
    }
    (
        likely.unwrap_or(End {
            block: start,
            mark: None,
        }),
        Some(DOUBT),
        last,
    )
}

/// Whether the block after `place` is the amending act's own text again.
fn next_resumes(blocks: &[Block], place: usize, outer: Outer) -> bool {
    match blocks.get(place + 1) {
        Some(Block::Para(next)) => {
            outer.resumes(blocks, place + 1) || is_instruction(&next.text) || signature::begins(&next.text)
        }
        _ => false,
    }
}

/// Whether the amending act itself goes on at `place`, so that an open passage must end before.
fn ends_before(blocks: &[Block], place: usize, para: &Para, outer: Outer) -> bool {
    let text = para.text.as_str();
    if outer.resumes(blocks, place)
        || signature::is_mark(text)
        || signature::is_recipients(text)
        || signature::is_passing(text)
    {
        return true;
    }
    if annex::is_state(text) {
        return true;
    }
    let quotes_next = matches!(blocks.get(place + 1), Some(Block::Para(next))
        if tokens(&next.text).first().is_some_and(|sign| sign.0 == 0 && sign.2));
    quotes_next
        && is_instruction(text)
        && tokens(text).first().is_none_or(|sign| sign.0 != 0)
        && (AMENDS.is_match(bare(text)) || text.contains("sửa đổi") || text.contains("bổ sung"))
}

/// Whether an instruction changes another act.
fn amends(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["sửa đổi", "bổ sung", "thay thế", "amend", "supplement", "replace"]
        .iter()
        .any(|word| lower.contains(word))
}

/// A paragraph without its number.
fn bare(text: &str) -> &str {
    head::article(text)
        .or_else(|| head::clause(text))
        .or_else(|| head::point(text, Language::Vi))
        .map_or(text, |found| found.rest)
}

/// The last block of the passage when the amending act goes on at `place`: headings right above
/// belong to the amending act too.
fn back_up(blocks: &[Block], start: usize, place: usize) -> usize {
    let mut last = place - 1;
    while last > start
        && let Block::Para(para) = &blocks[last]
        && AMENDS.is_match(bare(&para.text))
    {
        last -= 1;
    }
    last
}

/// A passage whose opening mark is missing but whose closing mark is there.
fn unopened(blocks: &[Block], start: usize, outer: Outer) -> Option<Begun> {
    const DOUBT: (&str, &str) = ("quote-unopened", "Đoạn trích dẫn không có dấu mở ngoặc kép.");
    for place in start..blocks.len().min(start + NEAR) {
        let Block::Para(para) = &blocks[place] else {
            continue;
        };
        if ends_before(blocks, place, para, outer)
            || tokens(&para.text)
                .first()
                .is_some_and(|sign| sign.0 == 0 && sign.2)
        {
            return None;
        }
        if let Some(mark) = closing(&para.text, 0).filter(|mark| is_tail(&para.text[mark.0 + mark.1..])) {
            let end = End {
                block: place,
                mark: Some(mark),
            };
            return Some(Begun {
                lead: None,
                from: 0,
                end,
                doubt: Some(DOUBT),
            });
        }
    }
    None
}
