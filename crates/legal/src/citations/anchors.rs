//! Words at which the reading of a citation begins.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::lexis::{eat, letter, spaces, word_before};

/// Words at which a citation may begin.
pub(super) static ANCHORS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = [
        "điểm",
        "khoản",
        "điều ",
        "điều\u{a0}",
        "tiểu mục",
        "mục",
        "chương",
        "phần",
        "phụ lục",
        "luật",
        "bộ luật",
        "pháp lệnh",
        "nghị định",
        "nghị quyết",
        "quyết định",
        "thông tư",
        "chỉ thị",
        "hiến pháp",
        "sắc lệnh",
        "sắc luật",
        "lệnh",
        "công văn",
        "kế hoạch",
        "thông báo",
        "hướng dẫn",
        "văn bản hợp nhất",
        "văn bản số",
        "số",
        "quy chế",
        "qui chế",
        "quy định",
        "qui định",
        "điều lệ",
        "nội quy",
        "quy trình",
        "quy tắc",
    ];
    let both = words
        .iter()
        .flat_map(|word| [(*word).to_owned(), capitalised(word)]);
    AhoCorasick::builder()
        .match_kind(aho_corasick::MatchKind::LeftmostLongest)
        .build(both)
        .expect("fixed words")
});

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// "thời điểm a", "tài khoản 1371", "danh mục 2": the level word ends a longer word. "Trừ điểm 2"
/// takes marks away; "trừ điểm a", "trừ khoản 2 Điều 1" except provisions.
pub(super) fn is_part_of_word(text: &str, at: usize) -> bool {
    const BEFORE: [&str; 17] = [
        "thời", "địa", "quan", "đặc", "trọng", "chấm", "cộng", "tài", "danh", "tiểu", "đề", "hạng", "chuyên",
        "thành", "cổ", "một", "bưu",
    ];
    let word = word_before(text, at).to_lowercase();
    let small = letter(text, at).is_some_and(char::is_lowercase);
    let marks = word == "trừ"
        && eat(text, at, "điểm")
            .and_then(|end| letter(text, spaces(text, end)))
            .is_some_and(|c| c.is_ascii_digit());
    (small && BEFORE.contains(&word.as_str()))
        || marks
        || (word == "điều" && eat(text, at, "khoản").is_some())
}
