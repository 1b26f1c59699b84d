//! From which day something ends, and what is excepted: the words around "hết hiệu lực".

use jiff::civil::Date;

use crate::citations::{ActRef, Context, find};

use super::Reason;

/// What a sentence says of the end of acts or provisions besides naming them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Terms {
    /// Another day than that of the act itself.
    pub day: Option<Date>,
    /// Why nothing can be done by the sentence alone.
    pub doubt: Option<Reason>,
    /// Provisions that keep their force, with their act; `Amended`: the one that ends.
    pub kept: Vec<(ActRef, String)>,
    /// First day on which they no longer keep it.
    pub until: Option<Date>,
    /// Provisions of this act that the exception is told in.
    pub told: Vec<String>,
}

/// Reads the words before the first thing named and those behind the verb.
/// `passive`: the verb stands right before the tail.
pub(super) fn read(lead: &str, tail: &str, passive: bool, context: &Context<'_>) -> Terms {
    let (before, excepted) = split(tail);
    let mut terms = Terms::default();
    match day(lead, before, passive) {
        Ok(day) => terms.day = day,
        Err(why) => terms.doubt = Some(why),
    }
    if let Some(excepted) = excepted {
        except(excepted, context, &mut terms);
    }
    terms
}

/// The tail before and behind "trừ".
fn split(tail: &str) -> (&str, Option<&str>) {
    const WORDS: [&str; 9] = [
        ", trừ ",
        " trừ trường hợp",
        " trừ quy định",
        " trừ các",
        " trừ khoản",
        " trừ điểm",
        " trừ điều",
        " trừ Điều",
        " ngoại trừ ",
    ];
    match WORDS.iter().filter_map(|word| tail.find(word)).min() {
        Some(at) => (tail.get(..at).unwrap_or(tail), tail.get(at..)),
        None => (tail, None),
    }
}

/// `None`: the day on which the act itself comes into force.
fn day(lead: &str, tail: &str, passive: bool) -> Result<Option<Date>, Reason> {
    let own = |text: &str| {
        [
            "này có hiệu lực",
            "này được thi hành",
            "ngày này",
            "này bắt đầu có hiệu lực",
        ]
        .iter()
        .any(|words| text.contains(words))
    };
    let dated = |text: &str| {
        viet::dates_in(text)
            .first()
            .filter(|(at, _)| *at < 24)
            .map(|(_, day)| *day)
    };
    let tail = tail.trim_start();
    let tail = tail
        .strip_prefix("thi hành")
        .unwrap_or(tail)
        .trim_start_matches([' ', ',']);
    for word in ["kể từ", "từ", "vào", "sau"].into_iter().filter(|_| passive) {
        let Some(rest) = tail.strip_prefix(word) else {
            continue;
        };
        let rest = rest.trim_start();
        return match dated(rest) {
            Some(day) => Ok(Some(day)),
            None if own(rest) => Ok(None),
            None => Err(Reason::Condition),
        };
    }
    let bound = ["khi ", "cho đến", "đến ", "trong "]
        .iter()
        .any(|word| tail.starts_with(word));
    if passive && bound {
        return if own(tail) {
            Ok(None)
        } else {
            Err(Reason::Condition)
        };
    }
    if let Some(at) = lead.rfind("từ ngày") {
        let rest = lead.get(at + "từ".len()..).unwrap_or_default();
        return Ok(dated(rest.trim_start()).filter(|_| !own(rest)));
    }
    if let Some(at) = tail.rfind("kể từ ngày ") {
        let rest = tail.get(at + "kể từ ".len()..).unwrap_or_default();
        // "… của Bộ trưởng về X, kể từ ngày 01/7/2026": the day is said at the very end.
        let closing = rest.chars().count() < 40;
        return Ok(dated(rest).filter(|_| closing));
    }
    Ok(None)
}

fn except(text: &str, context: &Context<'_>, terms: &mut Terms) {
    for citation in find(text, context) {
        let own = text.get(citation.span).is_some_and(|words| words.contains("này"));
        for target in citation.targets {
            match (target.act, target.provision) {
                (ActRef::This, Some(provision)) if own => terms.told.push(provision),
                (ActRef::This | ActRef::Amended, Some(provision)) => {
                    terms.kept.push((ActRef::Amended, provision))
                }
                (act, Some(provision)) => terms.kept.push((act, provision)),
                _ => terms.doubt = Some(Reason::Exception),
            }
        }
    }
    // "Trừ trường hợp …": what is excepted are matters, not words.
    let matters = MATTERS.iter().any(|word| text.contains(word)) && terms.told.is_empty();
    if matters || terms.told.is_empty() == terms.kept.is_empty() {
        terms.doubt = Some(Reason::Exception);
    }
    if let Some(at) = text.find(UNTIL) {
        let until = text.get(at + UNTIL.len()..).and_then(|rest| {
            let (place, day) = viet::dates_in(rest).first().copied()?;
            (place < 12).then_some(day)?.tomorrow().ok()
        });
        terms.doubt = terms.doubt.or(until.is_none().then_some(Reason::Exception));
        terms.until = until;
    }
}

const MATTERS: [&str; 3] = ["trường hợp", "nội dung", "đối với"];
const UNTIL: &str = "đến hết";

/// What another provision of the act, told of in an exception, says keeps its force.
pub(super) fn kept_by(text: &str, context: &Context<'_>) -> Option<Vec<(ActRef, String)>> {
    const STAYS: [&str; 3] = [
        "tiếp tục có hiệu lực",
        "tiếp tục được áp dụng",
        "tiếp tục thực hiện",
    ];
    let stays = STAYS.iter().filter_map(|words| text.find(words)).min()?;
    let tail = text.get(stays..).unwrap_or_default();
    let until = ["đến", "cho đến", "trừ"].iter().any(|word| tail.contains(word));
    let mut kept = Vec::new();
    for citation in find(text, context)
        .into_iter()
        .filter(|one| one.span.end <= stays)
    {
        for target in citation.targets {
            kept.push((target.act, target.provision?));
        }
    }
    (!until && !kept.is_empty()).then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_and_conditions() {
        for (lead, tail, wanted) in [
            ("", " kể từ ngày Luật này có hiệu lực thi hành.", Ok(None)),
            ("", ".", Ok(None)),
            (
                "",
                " thi hành từ ngày 01 tháng 7 năm 2026",
                Ok(Some(date(2026, 7, 1))),
            ),
            ("", " kể từ ngày 01/7/2026.", Ok(Some(date(2026, 7, 1)))),
            (
                "Kể từ ngày 01 tháng 7 năm 2026, ",
                " thi hành.",
                Ok(Some(date(2026, 7, 1))),
            ),
            (
                "Kể từ ngày Thông tư này có hiệu lực thi hành, ",
                " thi hành:",
                Ok(None),
            ),
            ("", " khi có văn bản thay thế.", Err(Reason::Condition)),
            ("", " kể từ ngày Quốc hội quyết định.", Err(Reason::Condition)),
        ] {
            assert_eq!(day(lead, tail, true), wanted, "{lead}|{tail}");
        }
        let active = |tail| day("", tail, false);
        assert_eq!(
            active(" về phí, kể từ ngày 01/7/2026."),
            Ok(Some(date(2026, 7, 1)))
        );
        assert_eq!(active(" vào Việt Nam số 22/2004/PL-UBTVQH11."), Ok(None));
    }

    #[test]
    fn exceptions_are_provisions_or_told_elsewhere_or_doubted() {
        let context = Context {
            at: "art_9__clause_1",
            ..Context::default()
        };
        let terms = |tail: &str| read("", tail, true, &context);
        let told = terms(" kể từ ngày Luật này có hiệu lực, trừ quy định tại khoản 2 Điều này.");
        assert_eq!(
            (told.told, told.doubt),
            (vec!["art_9__clause_2".to_owned()], None)
        );
        let kept = terms(", trừ Điều 5 của Luật Đất đai số 45/2013/QH13.");
        assert_eq!(kept.kept.len(), 1);
        assert_eq!(kept.doubt, None);
        let until = terms(
            ", trừ các quy định tại Điều 159 và điểm h khoản 1 Điều 192 tiếp tục có hiệu lực đến hết ngày 31 tháng 12 năm 2016.",
        );
        assert_eq!(
            (until.kept.len(), until.until, until.doubt),
            (2, Some(date(2017, 1, 1)), None)
        );
        assert_eq!(
            terms(", trừ trường hợp luật khác có quy định.").doubt,
            Some(Reason::Exception)
        );
    }
}
