//! The act with all amendments in it, in the layout of an official văn bản hợp nhất
//! (Pháp lệnh 01/2012/UBTVQH13): what amended it at the beginning, a footnote at every provision
//! that changed, room for authentication at the end.

use std::collections::HashMap;

use jiff::civil::Date;
use legal::consolidate::Change;
use legal::model::{ActText, Align, Block, Footnote, Mark, MarkKind, Para, Provision, ProvisionKind};

use crate::model::Act;
use crate::store::{ChangeRow, How};

/// The text with its footnotes. `changes`: what holds on the day of the text.
#[must_use]
pub fn official(act: &Act, mut text: ActText, changes: &[ChangeRow]) -> ActText {
    let notes = notes(changes);
    let mut count = 0;
    for provision in &mut text.provisions {
        for words in notes.get(provision.id.as_str()).into_iter().flatten() {
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

/// Footnotes by provision, each at the outermost provision that an instruction changed.
fn notes(changes: &[ChangeRow]) -> HashMap<&str, Vec<String>> {
    let mut notes: HashMap<&str, Vec<String>> = HashMap::new();
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
        notes
            .entry(change.provision.as_str())
            .or_default()
            .push(note(change, how));
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
        Change::Renumbered => "được đánh số lại",
    };
    let day = change.valid_from.map_or_else(String::new, |day| {
        format!(", có hiệu lực kể từ {}", viet::date_in_words(day))
    });
    format!(
        "{} này {done} theo quy định tại {} của {}{day}.",
        level(&change.provision),
        place(&change.place),
        change.by.name().cited()
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

/// Hangs a footnote on a provision: at its heading, else at its first paragraph.
fn add(provision: &mut Provision, count: u32, words: &str) {
    let sign = format!("[{count}]");
    let id = format!("fn_hn_{count}");
    let marked = |text: &mut String, marks: &mut Vec<Mark>| {
        let start = u32::try_from(text.len()).unwrap_or(u32::MAX);
        text.push_str(&sign);
        let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        marks.push(Mark {
            start,
            end,
            kind: MarkKind::Note(id.clone()),
        });
    };
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
    provision.notes.push(Footnote {
        id: id.clone(),
        sign: count.to_string(),
        text: words.to_owned(),
    });
}

/// "… được sửa đổi, bổ sung bởi:" and the acts, in the order of their days.
fn amended_by(act: &Act, changes: &[ChangeRow]) -> Vec<Block> {
    let mut acts: Vec<(&Act, Option<Date>)> = Vec::new();
    for change in changes
        .iter()
        .filter(|change| matches!(change.how, How::Changed(_)))
    {
        if !acts.iter().any(|(known, _)| known.id == change.by.id) {
            acts.push((&change.by, change.by.in_force.or(change.valid_from)));
        }
    }
    let day = |day: Option<Date>| {
        day.map_or_else(String::new, |day| {
            format!(", có hiệu lực kể từ {}", viet::date_in_words(day))
        })
    };
    let mut lines = vec![para(format!(
        "{}{}, được sửa đổi, bổ sung bởi:",
        act.name().cited(),
        day(act.in_force)
    ))];
    let count = acts.len();
    lines.extend(acts.into_iter().enumerate().map(|(nth, (by, from))| {
        let stop = if nth + 1 == count { "." } else { ";" };
        para(format!("{}. {}{}{stop}", nth + 1, by.name().cited(), day(from)))
    }));
    lines
}

/// Room for who authenticates, and what a person must still look at.
fn authentication(changes: &[ChangeRow]) -> Vec<Block> {
    let mut lines = vec![
        centred("XÁC THỰC VĂN BẢN HỢP NHẤT"),
        para("Nơi ký, ngày ký, người ký xác thực:".to_owned()),
    ];
    let open: Vec<&ChangeRow> = changes
        .iter()
        .filter(|change| change.how == How::Refused)
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
            change.by.name().cited(),
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
