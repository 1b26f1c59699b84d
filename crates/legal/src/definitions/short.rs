//! Short forms in running text: "Ủy ban nhân dân tỉnh (sau đây gọi chung là …)".

use std::sync::LazyLock;

use regex::Regex;

use super::{Definition, DefinitionKind};

/// Longest short form in characters.
const LONGEST: usize = 120;
/// Bytes before the announcement that may hold the long form.
const BEFORE: usize = 300;

static ANNOUNCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)(?:(?:sau đây|dưới đây|sau đó)\s*,?\s*(?:được\s+)?(?:gọi|viết)(?:\s+(?:tắt|chung|riêng))?(?:\s+(?:tắt|chung))?|(?:gọi|viết)\s+tắt)\s+(?:là|:)\s*:?\s*",
        r#"(?P<q>[“"”'])?(?P<t>[^“”"();.\n]{1,240})"#,
    ))
    .expect("fixed pattern")
});

static UNDERSTOOD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<t>[^.;:]{2,160}?)\s(?:được hiểu là|có nghĩa là)\s").expect("fixed pattern")
});

/// The short forms that a text announces.
pub(super) fn forms(text: &str) -> Vec<String> {
    if !text.contains("gọi") && !text.contains("viết tắt") {
        return Vec::new();
    }
    ANNOUNCE
        .captures_iter(text)
        .filter_map(|found| form(found.name("t")?.as_str(), found.name("q").is_some()))
        .collect()
}

/// Ends a short form that no bracket or mark closes at the word where the sentence goes on.
fn form(printed: &str, quoted: bool) -> Option<String> {
    let mut words = printed.trim().trim_end_matches(',');
    if !quoted {
        let stops = [
            " là ",
            ", ",
            " có ",
            " được ",
            " để ",
            " như sau",
            " thì ",
            " phải ",
        ];
        let end = stops.iter().filter_map(|stop| words.find(stop)).min();
        words = words.get(..end.unwrap_or(words.len()))?;
    }
    let sound = !words.is_empty() && words.chars().count() <= LONGEST;
    sound.then(|| words.trim().to_owned())
}

/// Adds the short forms of a paragraph.
pub(super) fn read(text: &str, at: &str, scope: &str, out: &mut Vec<Definition>) {
    if !text.contains("gọi") && !text.contains("viết tắt") {
        return;
    }
    for found in ANNOUNCE.captures_iter(text) {
        let (Some(whole), Some(term)) = (found.get(0), found.name("t")) else {
            continue;
        };
        let Some(term) = form(term.as_str(), found.name("q").is_some()) else {
            continue;
        };
        out.push(Definition {
            kind: DefinitionKind::Short,
            term,
            also: Vec::new(),
            text: long_form(text, whole.start()),
            scope: scope.to_owned(),
            at: at.to_owned(),
        });
    }
}

/// The words that the short form stands for: what precedes it in the same clause of the sentence.
fn long_form(text: &str, at: usize) -> String {
    let mut from = at.saturating_sub(BEFORE);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let near = text
        .get(from..at)
        .unwrap_or_default()
        .trim_end_matches(['(', ' ', ',', '[']);
    let start = [". ", "; ", ": "]
        .iter()
        .filter_map(|sign| near.rfind(sign).map(|place| place + sign.len()))
        .max();
    near.get(start.unwrap_or(0)..)
        .unwrap_or_default()
        .trim()
        .to_owned()
}

/// Adds "X được hiểu là …" where a paragraph begins so.
pub(super) fn understood(text: &str, at: &str, scope: &str, out: &mut Vec<Definition>) {
    let Some(term) = UNDERSTOOD.captures(text).and_then(|found| found.name("t")) else {
        return;
    };
    let term = term.as_str().trim_matches(['“', '”', '"', ' ', ',']);
    if term.contains("như sau") || term.to_lowercase().contains("từ ngữ") || term.is_empty() {
        return;
    }
    out.push(Definition {
        kind: DefinitionKind::Understood,
        term: term.to_owned(),
        also: Vec::new(),
        text: text.to_owned(),
        scope: scope.to_owned(),
        at: at.to_owned(),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_end_where_the_sentence_goes_on() {
        let text = "Tổ chức tín dụng, chi nhánh ngân hàng nước ngoài (sau đây gọi chung là “ngân hàng”) phải báo cáo.";
        let mut found = Vec::new();
        read(text, "art_1", "main", &mut found);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].term, "ngân hàng");
        assert_eq!(found[0].text, "Tổ chức tín dụng, chi nhánh ngân hàng nước ngoài");
        assert_eq!(
            forms("Người sử dụng đất sau đây gọi tắt là chủ đất có quyền"),
            ["chủ đất"]
        );
        assert!(forms("Kêu gọi mọi người").is_empty());
    }

    #[test]
    fn understood_words() {
        let mut found = Vec::new();
        understood(
            "Ngày làm việc được hiểu là ngày từ thứ hai đến thứ sáu.",
            "art_2",
            "main",
            &mut found,
        );
        assert_eq!(found[0].term, "Ngày làm việc");
    }
}
