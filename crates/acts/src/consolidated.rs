//! The act with all amendments in it, in the layout of an official văn bản hợp nhất
//! (Pháp lệnh 01/2012/UBTVQH13): what amended it at the beginning, a footnote at every provision
//! that changed, room for authentication at the end.

use std::collections::HashMap;

use jiff::civil::Date;
use legal::amend::Portion;
use legal::consolidate::{Change, label};
use legal::model::{
    ActKind, ActText, Align, Block, Footnote, Mark, MarkKind, Para, Part, Provision, ProvisionKind,
};

mod closing;

pub use closing::Amender;

use crate::model::Act;
use crate::store::{ChangeRow, How};

/// The text with its footnotes. `changes`: what holds on the day of the text; `amenders`: the acts that
/// made them, as [`amending`] names them.
#[must_use]
pub fn official(act: &Act, mut text: ActText, changes: &[ChangeRow], amenders: &[Amender]) -> ActText {
    let mut notes = notes(changes);
    if let (Some(place), Some(words)) = (closing::place(&text), closing::note(amenders)) {
        let note = Note { piece: None, words };
        notes.entry(place).or_default().push(note);
    }
    let mut count = 0;
    if let (Some(main), Some(words)) = (text.parts.first_mut(), closing::basis(amenders)) {
        count += closing::add_basis(main, words);
    }
    for part in &mut text.parts {
        let mut own: Vec<_> = notes
            .remove(&part.id)
            .into_iter()
            .flatten()
            .map(|note| {
                let label = note.piece.as_ref().and_then(|piece| label(&part.opening, piece));
                (label, note.words)
            })
            .collect();
        // Signs count up as the text is read.
        own.sort_by_key(|(label, _)| *label);
        for (label, words) in own {
            count += 1;
            add_to_part(part, count, label, &words);
        }
    }
    for provision in &mut text.provisions {
        for Note { words, .. } in notes.get(&provision.id).into_iter().flatten() {
            count += 1;
            add(provision, count, words);
        }
    }
    text.metadata.number = Some("      /VBHN".to_owned());
    if let Some(main) = text.parts.first_mut() {
        let own = std::mem::take(&mut main.opening);
        main.opening = amended_by(act, changes).into_iter().chain(own).collect();
        main.closing.extend(authentication(changes));
    }
    text
}

/// The acts that changed the text, in the order of their days.
#[must_use]
pub fn amending(changes: &[ChangeRow]) -> Vec<&Act> {
    let mut acts: Vec<&Act> = Vec::new();
    for change in changes {
        let applied = matches!(change.how, How::Changed(_));
        if applied && acts.iter().all(|known| known.id != change.by.id) {
            acts.push(&change.by);
        }
    }
    acts
}

/// A footnote to be hung on a provision, or on a form or row of an appendix.
struct Note {
    piece: Option<Portion>,
    words: String,
}

/// Footnotes by provision or appendix, each at the outermost provision that an instruction changed.
fn notes(changes: &[ChangeRow]) -> HashMap<String, Vec<Note>> {
    let mut notes: HashMap<String, Vec<Note>> = HashMap::new();
    for change in changes {
        let How::Changed(how) = change.how else { continue };
        let inner = |other: &ChangeRow| {
            let below = change.provision.strip_prefix(other.provision.as_str());
            below.is_some_and(|rest| rest.starts_with("__"))
        };
        let same =
            |other: &&ChangeRow| other.by.id == change.by.id && other.instruction == change.instruction;
        if change.provision.is_empty() || changes.iter().filter(same).any(inner) {
            continue;
        }
        notes.entry(change.provision.clone()).or_default().push(Note {
            piece: change.piece.clone(),
            words: note(change, how),
        });
    }
    notes
}

/// "Khoản này được sửa đổi, bổ sung theo quy định tại khoản 14 Điều 1 của Luật số …, có hiệu lực kể từ ngày …."
fn note(change: &ChangeRow, how: Change) -> String {
    let done = match how {
        Change::Amended => "được sửa đổi, bổ sung",
        Change::Inserted => "được bổ sung",
        Change::Repealed => "được bãi bỏ",
        Change::Lapsed => "hết hiệu lực",
        Change::Suspended => "ngưng hiệu lực",
        Change::Resumed => "có hiệu lực trở lại",
        Change::Postponed => "được lùi thời điểm có hiệu lực",
        Change::Extended => "được kéo dài thời hạn áp dụng",
        Change::Renumbered => "được đánh số lại",
    };
    let day = since(change.valid_from);
    let what = match &change.piece {
        Some(Portion::Row(number)) => format!("Số thứ tự {number}"),
        Some(piece) => piece.words(),
        None => format!("{} này", level(&change.provision)),
    };
    format!(
        "{what} {done} theo quy định tại {} của {}{day}.",
        place(&change.place),
        named(&change.by)
    )
}

fn level(id: &str) -> &'static str {
    let last = id.rsplit("__").next().unwrap_or_default();
    match last.split('_').next().unwrap_or_default() {
        "point" => "Điểm",
        "clause" => "Khoản",
        "subsec" => "Tiểu mục",
        "sec" => "Mục",
        "chp" => "Chương",
        "part" => "Phần",
        "app" => "Phụ lục",
        _ => "Điều",
    }
}

/// "khoản 14 Điều 1" of `art_1__clause_14`.
fn place(id: &str) -> String {
    let word = |segment: &str| {
        let (prefix, number) = segment.split_once('_')?;
        let number = if prefix == "point" {
            number.replace("dd", "đ")
        } else {
            number.to_owned()
        };
        let name = match prefix {
            "point" => "điểm",
            "clause" => "khoản",
            "art" => "Điều",
            "sec" => "Mục",
            "chp" => "Chương",
            "app" => "Phụ lục",
            _ => return None,
        };
        Some(format!("{name} {number}"))
    };
    id.rsplit("__").filter_map(word).collect::<Vec<_>>().join(" ")
}

/// Puts the sign of a footnote behind words.
fn sign(count: u32, text: &mut String, marks: &mut Vec<Mark>) {
    let start = u32::try_from(text.len()).unwrap_or(u32::MAX);
    text.push_str(&format!("[{count}]"));
    marks.push(Mark {
        start,
        end: u32::try_from(text.len()).unwrap_or(u32::MAX),
        kind: MarkKind::Note(note_id(count)),
    });
}

fn note_id(count: u32) -> String {
    format!("fn_hn_{count}")
}

/// A footnote whose sign stands somewhere.
fn footnote(count: u32, words: &str) -> Footnote {
    Footnote {
        id: note_id(count),
        sign: count.to_string(),
        text: words.to_owned(),
    }
}

/// Hangs a footnote on a form or row of an appendix at its label, else on the appendix.
fn add_to_part(part: &mut Part, count: u32, label: Option<(usize, usize)>, words: &str) {
    let blocks = part.opening.iter_mut();
    let para = match label {
        Some((block, row)) => blocks.skip(block).find_map(|block| match block {
            Block::Para(para) => Some(para),
            Block::Table(table) => table.rows.get_mut(row)?.cells.first_mut()?.paras.first_mut(),
            Block::Quote(_) => None,
        }),
        None => blocks.into_iter().find_map(|block| match block {
            Block::Para(para) => Some(para),
            _ => None,
        }),
    };
    if let Some(para) = para {
        sign(count, &mut para.text, &mut para.marks);
        part.notes.push(footnote(count, words));
    }
}

/// Hangs a footnote on a provision: at its heading, else at its first paragraph.
fn add(provision: &mut Provision, count: u32, words: &str) {
    let marked = |text: &mut String, marks: &mut Vec<Mark>| sign(count, text, marks);
    let first = provision.blocks.iter_mut().find_map(|block| match block {
        Block::Para(para) => Some(para),
        _ => None,
    });
    match (&mut provision.heading, first) {
        (Some(heading), _) => marked(heading, &mut provision.heading_marks),
        (None, Some(para)) => marked(&mut para.text, &mut para.marks),
        (None, None) if provision.kind == ProvisionKind::Article => {
            marked(
                provision.heading.get_or_insert_default(),
                &mut provision.heading_marks,
            );
        }
        (None, None) => {}
    }
    provision.notes.push(footnote(count, words));
}

/// "… được sửa đổi, bổ sung bởi:" and the acts, in the order of their days.
fn amended_by(act: &Act, changes: &[ChangeRow]) -> Vec<Block> {
    let acts = amending(changes);
    let first = |by: &Act| changes.iter().find(|change| change.by.id == by.id)?.valid_from;
    let mut lines = vec![para(format!(
        "{}{}, được sửa đổi, bổ sung bởi:",
        dated(act),
        since(act.in_force)
    ))];
    let count = acts.len();
    lines.extend(acts.into_iter().enumerate().map(|(nth, by)| {
        let stop = if nth + 1 == count { "." } else { ";" };
        let number = if count == 1 {
            String::new()
        } else {
            format!("{}. ", nth + 1)
        };
        let day = since(by.in_force.or_else(|| first(by)));
        para(format!("{number}{}{day}{stop}", dated(by)))
    }));
    lines
}

/// An act as footnotes name it: an amending law by its number before what it amends.
fn named(act: &Act) -> String {
    let (Some(number), true) = (&act.number, is_law(act) && act.title.starts_with("Sửa đổi")) else {
        return act.name().cited();
    };
    format!("{} số {number} {}", act.kind.label(), lowered(&act.title))
}

/// An act as the list at the beginning names it: with its day, its issuer and its title.
fn dated(act: &Act) -> String {
    let name = act.name();
    if !is_law(act) {
        return format!("{} {}", name.cited(), lowered(&act.title))
            .trim_end()
            .to_owned();
    }
    let day = act.issued.map(|day| format!(" {}", viet::date_in_words(day)));
    let issuer = act.issuers.first().map(|issuer| format!(" của {issuer}"));
    let passed = format!("{}{}", day.unwrap_or_default(), issuer.unwrap_or_default());
    match &act.number {
        Some(number) if act.title.starts_with("Sửa đổi") => {
            format!("{} số {number}{passed} {}", act.kind.label(), lowered(&act.title))
        }
        _ => format!("{}{passed}", name.cited()),
    }
}

fn is_law(act: &Act) -> bool {
    matches!(
        act.kind,
        ActKind::HienPhap | ActKind::BoLuat | ActKind::Luat | ActKind::PhapLenh
    )
}

/// A title behind other words.
fn lowered(title: &str) -> String {
    let mut chars = title.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// ", có hiệu lực kể từ ngày …", where the day is known.
fn since(day: Option<Date>) -> String {
    day.map_or_else(String::new, |day| {
        format!(", có hiệu lực kể từ {}", viet::date_in_words(day))
    })
}

/// Room for who authenticates, and what a person must still look at.
fn authentication(changes: &[ChangeRow]) -> Vec<Block> {
    let mut lines = vec![
        centred("XÁC THỰC VĂN BẢN HỢP NHẤT"),
        para("Nơi ký, ngày ký, người ký xác thực:".to_owned()),
    ];
    let open: Vec<&ChangeRow> = changes
        .iter()
        .filter(|change| change.how == How::Refused && !change.is_turned_down())
        .collect();
    if !open.is_empty() {
        lines.push(para(
            "Câu sửa đổi chưa áp dụng được, cần người hợp nhất xem xét:".to_owned(),
        ));
    }
    lines.extend(open.into_iter().map(|change| {
        let why = change.reason.map_or("", legal::amend::Reason::sentence);
        para(format!(
            "- {} {}: “{}” {why}",
            place(&change.place),
            named(&change.by),
            change.sentence
        ))
    }));
    lines
}

fn para(text: String) -> Block {
    Block::Para(Para {
        text,
        ..Para::default()
    })
}

fn centred(text: &str) -> Block {
    Block::Para(Para {
        text: text.to_owned(),
        align: Align::Center,
        ..Para::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_said_as_officials_say_them() {
        assert_eq!(place("art_1__clause_14"), "khoản 14 Điều 1");
        assert_eq!(place("art_2__clause_4__point_dd"), "điểm đ khoản 4 Điều 2");
        assert_eq!(level("art_21__clause_1__point_b"), "Điểm");
        assert_eq!(level("chp_4__sec_3"), "Mục");
    }
}
