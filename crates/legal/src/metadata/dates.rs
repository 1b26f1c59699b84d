//! Place and date of issue, and the day an act comes into force.

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::Date;
use regex::Regex;

use crate::model::{ActText, Block, Para, Provision, ProvisionKind};
use crate::structure::signature;

static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:^|\s{2,}|\d\s|[A-Z]\s)(?P<p>\p{Lu}[\p{L}.]*(?:[ \-]\p{Lu}[\p{L}.]*){0,4})\s?,?\s?,\s?(?:ngày|\p{L}+ \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2})")
        .expect("fixed pattern")
});

/// The line of place and date: "Hà Nội, ngày 24 tháng 11 năm 2015".
fn date_line<'p>(head: &[&'p Para]) -> Option<&'p str> {
    head.iter()
        .take_while(|para| !para.text.starts_with("Căn cứ") && !para.text.starts_with("Pursuant"))
        .map(|para| para.text.as_str())
        .find(|text| {
            text.len() < 200
                && text.contains([',', 'n'])
                && (text.contains("ngày") || text.contains(", "))
                && viet::parse_date(text).is_some()
        })
}

/// Place of issue.
pub(super) fn place(head: &[&Para]) -> Option<String> {
    let line = date_line(head)?;
    PLACE
        .captures(line)?
        .name("p")
        .map(|place| place.as_str().trim().to_owned())
}

/// Date of issue: the line of place and date, for laws the sentence of their passing.
pub(super) fn issued(head: &[&Para], closing: &[Block]) -> Option<Date> {
    date_line(head).and_then(viet::parse_date).or_else(|| {
        closing.iter().take(12).find_map(|block| match block {
            Block::Para(para) if signature::is_passing(&para.text) => {
                viet::dates_in(&para.text).last().map(|(_, date)| *date)
            }
            Block::Para(para) if para.text.len() < 120 && para.text.contains(", ngày") => {
                viet::parse_date(&para.text)
            }
            _ => None,
        })
    })
}

/// "… này có hiệu lực thi hành …", with what follows it.
static FORCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)(?:\b(?:này|ban hành kèm theo)\b[^.;\n]{0,160}?|^(?:\d+\.\s)?)",
        r"(?:có hiệu lực(?: pháp lý)?(?: thi hành)?|được thi hành|thi hành)\s?,?(?P<vi>\s[^.;\n]{0,140})",
        r"|(?i:takes? effect|comes? into (?:force|effect)|shall be effective|is effective|becomes? effective)(?P<en>[^.;\n]{0,120})",
    ))
    .expect("fixed pattern")
});

static AFTER_SIGNING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s?(?:sau\s)?(?P<n>\d{1,3})(?:\s\([^)]*\))?\s?(?P<u>ngày|tháng|năm),?\s(?:kể\s)?từ\sngày\s(?:ký|ban hành|(?:được\s.{0,30})?thông qua)|^\s?(?:kể\s)?từ\s(?:ngày\s)?(?P<z>ký|ban hành|được\s.{0,30}thông qua|thông qua)|(?:from|on) the (?:date|day) of (?P<s>its )?(?:signing|promulgation)")
        .expect("fixed pattern")
});

/// The day on which the act as a whole comes into force, as its closing articles say.
pub(crate) fn in_force(act: &ActText, issued: Option<Date>) -> Option<Date> {
    let articles: Vec<&Provision> = act
        .provisions
        .iter()
        .filter(|p| p.part == "main" && p.kind == ProvisionKind::Article)
        .collect();
    let says = |article: &&&Provision| {
        article.heading.as_deref().is_some_and(|heading| {
            let lower = heading.to_lowercase();
            lower.contains("hiệu lực") || lower.contains("effect") || lower.contains("thi hành")
        })
    };
    let titled = articles.iter().rev().filter(says);
    let others = articles.iter().rev().filter(|article| !says(article));
    titled
        .chain(others)
        .find_map(|article| text_date(act, article, issued))
        .flatten()
}

fn text_date(act: &ActText, article: &Provision, issued: Option<Date>) -> Option<Option<Date>> {
    let under = format!("{}__", article.id);
    let own = act.provisions.iter().skip_while(|p| p.id != article.id);
    let own = own.take_while(|p| p.id == article.id || p.id.starts_with(&under));
    own.flat_map(|provision| &provision.blocks)
        .find_map(|block| match block {
            Block::Para(para) => sentence_date(&para.text, issued),
            _ => None,
        })
}

/// The day that a sentence names; `Some(None)`: one that cannot be known from the text.
fn sentence_date(text: &str, issued: Option<Date>) -> Option<Option<Date>> {
    let found = FORCE.captures(text)?;
    let tail = found.name("vi").or_else(|| found.name("en"))?.as_str();
    if let Some((place, date)) = viet::dates_in(tail).first()
        && *place < 60
    {
        return Some(Some(*date));
    }
    let lower = tail.to_lowercase();
    if ["đăng công báo", "ngày công bố", "được công bố"]
        .iter()
        .any(|day| lower.contains(day))
    {
        // A day that the text does not hold; no other sentence stands in for it.
        return Some(None);
    }
    let signing = AFTER_SIGNING.captures(tail)?;
    let count = signing
        .name("n")
        .and_then(|count| count.as_str().parse::<i64>().ok());
    let span = match (count, signing.name("u").map(|unit| unit.as_str().to_lowercase())) {
        (Some(count), Some(unit)) if unit == "tháng" => count.months(),
        (Some(count), Some(unit)) if unit == "năm" => count.years(),
        (count, _) => count.unwrap_or(0).days(),
    };
    Some(issued.and_then(|day| day.checked_add(span).ok()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn sentences_of_effect() {
        let issued = Some(date(2025, 9, 19));
        for (text, expected) in [
            (
                "Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2017, trừ khoản 2.",
                Some(date(2017, 1, 1)),
            ),
            (
                "Nghị định này có hiệu lực thi hành kể từ ngày ký ban hành.",
                issued,
            ),
            (
                "Thông tư này có hiệu lực kể từ ngày 05/10/2025.",
                Some(date(2025, 10, 5)),
            ),
            (
                "Quyết định này có hiệu lực thi hành sau 45 ngày kể từ ngày ký.",
                Some(date(2025, 11, 3)),
            ),
            (
                "This Decree takes effect on August 1, 2008.",
                Some(date(2008, 8, 1)),
            ),
            (
                "Nghị định này có hiệu lực sau 15 ngày, kể từ ngày đăng Công báo.",
                None,
            ),
            (
                "Luật này có hiệu lực thi hành sau 12 tháng kể từ ngày được Quốc hội thông qua.",
                Some(date(2026, 9, 19)),
            ),
            (
                "Nghị định này có hiệu lực sau 01 năm, kể từ ngày ban hành.",
                Some(date(2026, 9, 19)),
            ),
            ("Nghị định này có hiệu lực thi hành kể từ ký ban hành.", issued),
            ("Luật này có hiệu lực thi hành từ ngày công bố.", None),
            ("Hợp đồng có hiệu lực từ thời điểm giao kết.", None),
        ] {
            assert_eq!(sentence_date(text, issued).flatten(), expected, "{text}");
        }
    }
}
