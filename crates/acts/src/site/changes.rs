//! What was done to each provision, in words below it.

use std::collections::HashMap;
use std::fmt::Write as _;

use jiff::civil::Date;
use legal::amend::Portion;
use legal::consolidate::Change;
use web::Look;

use super::inline::escape;
use super::time::{Times, named, said_by};
use super::words;
use crate::store::{ChangeRow, How};

/// What was done, as an official writes it.
#[must_use]
pub fn deed(change: Change) -> &'static str {
    match change {
        Change::Amended => "Sửa đổi, bổ sung",
        Change::Inserted => "Bổ sung",
        Change::Repealed => "Bãi bỏ",
        Change::Lapsed => "Hết hiệu lực",
        Change::Suspended => "Ngưng hiệu lực",
        Change::Resumed => "Có hiệu lực trở lại",
        Change::Postponed => "Lùi thời điểm có hiệu lực",
        Change::Extended => "Kéo dài thời hạn áp dụng",
        Change::Renumbered => "Đổi số",
    }
}

/// The history of each provision as HTML, to stand below its words on a day: what was done until
/// then, folded; what comes and what could not be applied, in the open. That a provision with all in it lapses
/// or is suspended is said once, at the largest that is shown: `shown` or, where that is empty, the act.
#[must_use]
pub fn histories(times: &Times, day: Date, look: Look, shown: &str) -> HashMap<String, String> {
    let mut rows: HashMap<&str, Vec<&ChangeRow>> = HashMap::new();
    for row in times.changes.iter().filter(|row| !row.provision.is_empty()) {
        rows.entry(&row.provision).or_default().push(row);
    }
    let said_above = |row: &ChangeRow| {
        let mut id = row.provision.as_str();
        while stands(row.how)
            && id != shown
            && let Some((above, _)) = id.rsplit_once("__")
        {
            id = above;
            let above = rows.get(above).into_iter().flatten();
            if above.copied().any(|other| is_same(row, other)) {
                return true;
            }
        }
        false
    };
    let each = rows.iter().map(|(id, rows)| {
        let own: Vec<&ChangeRow> = rows.iter().copied().filter(|row| !said_above(row)).collect();
        ((*id).to_owned(), history(&own, day, look))
    });
    each.filter(|(_, said)| !said.is_empty()).collect()
}

/// Whether the words stay and only their force changes.
fn stands(how: How) -> bool {
    matches!(
        how,
        How::Changed(Change::Lapsed | Change::Suspended | Change::Resumed)
    )
}

/// Whether one sentence does the same to two provisions, from the same day.
fn is_same(one: &ChangeRow, other: &ChangeRow) -> bool {
    let what = |row: &ChangeRow| (row.how, row.valid_from, row.by.id, row.instruction);
    what(one) == what(other) && one.sentence == other.sentence
}

fn history(rows: &[&ChangeRow], day: Date, look: Look) -> String {
    let mut out = String::new();
    let lang = look.lang.code();
    let done: Vec<&&ChangeRow> = rows
        .iter()
        .filter(|row| matches!(row.how, How::Changed(_)) && row.valid_from.is_none_or(|on| on <= day))
        .collect();
    if let Some(last) = done.last() {
        let _ = write!(
            out,
            "<details class=\"ls\" lang=\"{lang}\"><summary>{}</summary>",
            summary(last, look)
        );
        for row in &done {
            entry_into(&mut out, row, &summary(row, look), look);
        }
        out.push_str("</details>");
    }
    let halt = halt(rows, day);
    if let Some((row, until)) = halt {
        let _ = write!(out, "<div class=\"ls note warn halt\" lang=\"{lang}\">");
        entry_into(&mut out, row, &halt_words(row, until, look), look);
        out.push_str("</div>");
    }
    for row in rows {
        let Some(words) = open_words(row, day, halt.is_some(), look) else {
            continue;
        };
        let words = match &row.piece {
            Some(piece) => format!("{words}: {}", piece.words()),
            None => words,
        };
        let settled = row.is_turned_down() || matches!(row.how, How::Changed(_)) && row.decided.is_some();
        let warns = if settled { "" } else { " warn" };
        let _ = write!(out, "<div class=\"ls note{warns}\" lang=\"{lang}\">");
        entry_into(&mut out, row, &escape(&words), look);
        out.push_str("</div>");
    }
    out
}

/// What is said in the open of a change on a day; `None` of one that is done, and of the end of a halt that is
/// said with it.
fn open_words(row: &ChangeRow, day: Date, halted: bool, look: Look) -> Option<String> {
    let decided = row.decided.map(words::short_date);
    Some(match row.how {
        // Said above.
        How::Changed(Change::Resumed) if halted => return None,
        How::Changed(Change::Postponed) if row.valid_from.is_some_and(|on| on > day) => {
            let date = row.valid_from.map(words::short_date).unwrap_or_default();
            look.fill("Chưa có hiệu lực, đã lùi đến ngày {}", &[&date])
        }
        How::Changed(change) if row.valid_from.is_some_and(|on| on > day) => {
            let date = row.valid_from.map(words::short_date).unwrap_or_default();
            let deed = look.t(deed(change));
            look.fill("Sẽ thay đổi từ ngày {}: {}", &[&date, &deed])
        }
        How::Changed(change) if decided.is_some() => {
            let deed = look.t(deed(change));
            let on = decided.unwrap_or_default();
            look.fill("{} áp dụng theo quyết định của cán bộ ngày {}", &[&deed, &on])
        }
        How::Refused if row.is_turned_down() => look.fill(
            "Sửa đổi không áp dụng theo quyết định của cán bộ ngày {}",
            &[&decided.unwrap_or_default()],
        ),
        How::Refused => look
            .t("Có sửa đổi chưa áp dụng được vào nội dung ở đây")
            .to_owned(),
        How::Doubted => look.t("Sửa đổi đã áp dụng, cần người xem lại").to_owned(),
        How::Changed(_) => return None,
    })
}

/// What suspends a provision on a day, and the first day on which it holds again, where that is known.
fn halt<'a>(rows: &[&'a ChangeRow], day: Date) -> Option<(&'a ChangeRow, Option<Date>)> {
    let each = rows.iter().copied().filter_map(|row| {
        let from = row
            .valid_from
            .filter(|_| row.how == How::Changed(Change::Suspended))?;
        let again = rows
            .iter()
            .filter(|other| other.how == How::Changed(Change::Resumed) && other.by.id == row.by.id);
        let until = again
            .filter_map(|other| other.valid_from)
            .filter(|on| *on > from)
            .min();
        let on = from <= day && until.is_none_or(|end| day < end);
        on.then_some((row, until))
    });
    each.max_by_key(|(row, _)| row.valid_from)
}

fn halt_words(row: &ChangeRow, until: Option<Date>, look: Look) -> String {
    let from = row.valid_from.map(words::short_date).unwrap_or_default();
    escape(&match until.and_then(|day| day.yesterday().ok()) {
        Some(last) => look.fill(
            "Đang ngưng hiệu lực từ ngày {} đến hết ngày {}",
            &[&from, &words::short_date(last)],
        ),
        None => look.fill(
            "Đang ngưng hiệu lực từ ngày {}, chưa xác định ngày có hiệu lực trở lại",
            &[&from],
        ),
    })
}

fn summary(row: &ChangeRow, look: Look) -> String {
    let deed = match row.how {
        How::Changed(change) => look.t(deed(change)),
        How::Doubted | How::Refused => "",
    };
    let piece = row.piece.as_ref().map(Portion::words);
    let deed = match &piece {
        Some(piece) => format!("{deed} {piece}"),
        None => deed.to_owned(),
    };
    let date = row.valid_from.map(words::short_date).unwrap_or_default();
    let name = named(&row.by);
    escape(&look.fill("{} từ {} theo {}", &[&deed, &date, &name]))
}

fn entry_into(out: &mut String, row: &ChangeRow, words: &str, look: Look) {
    let way = said_by(row);
    let _ = write!(
        out,
        "<p><b>{words}.</b> <span lang=\"vi\">“{}”</span> (<a lang=\"vi\" href=\"{}\">{}</a>).{}{}</p>",
        escape(&row.sentence),
        escape(&look.href(&way.path)),
        escape(&way.label),
        if row.reason.is_some() { " " } else { "" },
        escape(row.reason.map_or("", |reason| look.t(reason.sentence()))),
    );
}
