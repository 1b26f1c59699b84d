//! Citations against the labelled set: sentences of real acts, spans and targets decided by reading.
//!
//! One line a sentence: text, act, place, whether it amends, then each citation as
//! `words @ byte => target | target`. A target is `act!provision`.

use std::collections::BTreeSet;

use legal::citations::{ActRef, Citation, Context, find};

/// F1 over pairs of span and target.
const BAR: f64 = 0.98;

/// The set that the reader was written against.
const SET: &str = include_str!("data/citations.tsv");

/// Sentences of acts that the first set does not touch, drawn with a seed and labelled before the
/// reader had seen one of them.
const UNSEEN: &str = include_str!("data/citations-unseen.tsv");

/// The same with acts that neither set touches, from the Pháp điển, gazette text and Word files.
const THIRD: &str = include_str!("data/citations-third.tsv");

/// A citation's bytes and its targets in the notation of the set.
type Labelled = BTreeSet<(usize, usize, String)>;

struct Row<'t> {
    text: &'t str,
    at: &'t str,
    amends: bool,
    expected: Labelled,
}

fn rows(set: &'static str) -> impl Iterator<Item = Row<'static>> {
    set.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let mut cells = line.split('\t');
        let mut next = || cells.next().unwrap_or_default();
        let (text, _act, at, amends) = (next(), next(), next(), next());
        Row {
            text,
            at,
            amends: !amends.is_empty(),
            expected: cells.flat_map(labels).collect(),
        }
    })
}

fn labels(cell: &str) -> Vec<(usize, usize, String)> {
    let (words, targets) = cell.split_once(" => ").expect("a target");
    let (words, start) = words.rsplit_once(" @ ").expect("a place");
    let start: usize = start.parse().expect("a number");
    targets
        .split(" | ")
        .map(|target| (start, start + words.len(), target.to_lowercase()))
        .collect()
}

fn act(act: &ActRef) -> String {
    match act {
        ActRef::This => "this".into(),
        ActRef::Amended => "amended".into(),
        ActRef::Number { number, .. } => format!("num:{number}"),
        ActRef::Name { name, year, issued } => {
            let date = issued.map(|date| format!("@{date}"));
            let year = year.map(|year| format!("@{year}"));
            format!("name:{name}{}", date.or(year).unwrap_or_default())
        }
        ActRef::Short { text } => format!("short:{text}"),
    }
}

fn found(citations: &[Citation]) -> Labelled {
    citations
        .iter()
        .flat_map(|citation| {
            citation.targets.iter().map(|target| {
                let provision = target.provision.as_deref().unwrap_or_default();
                let target = format!("{}!{provision}", act(&target.act)).to_lowercase();
                (citation.span.start, citation.span.end, target)
            })
        })
        .collect()
}

/// F1 over a set; what is read otherwise is printed.
fn measure(set: &'static str) -> f64 {
    let (mut right, mut said, mut wanted) = (0usize, 0usize, 0usize);
    for row in rows(set) {
        let amended = ActRef::Amended;
        let context = Context {
            at: row.at,
            amends: row.amends.then_some(&amended),
            ..Context::default()
        };
        let got = found(&find(row.text, &context));
        right += got.intersection(&row.expected).count();
        said += got.len();
        wanted += row.expected.len();
        if got != row.expected {
            println!("{}\n  at {}", row.text, row.at);
            let show = |sign: &str, (start, end, target): &(usize, usize, String)| {
                println!(
                    "  {sign} [{}] {target}",
                    row.text.get(*start..*end).unwrap_or("?")
                );
            };
            row.expected
                .difference(&got)
                .for_each(|label| show("missed", label));
            got.difference(&row.expected)
                .for_each(|label| show("wrong ", label));
        }
    }
    let f1 = 2.0 * right as f64 / (said + wanted) as f64;
    println!("right {right}, found {said}, labelled {wanted}, F1 {f1:.4}");
    f1
}

#[test]
fn the_labelled_set_is_read_as_decided() {
    assert!(rows(SET).count() >= 300, "the whole set is read");
    let f1 = measure(SET);
    assert!(f1 >= BAR, "F1 {f1:.4}");
}

#[test]
fn sentences_of_other_acts_are_read_as_decided() {
    assert!(rows(UNSEEN).count() >= 160, "the whole set is read");
    let f1 = measure(UNSEEN);
    assert!(f1 >= BAR, "F1 {f1:.4}");
}

#[test]
fn a_third_set_of_sentences_is_read_as_decided() {
    assert!(rows(THIRD).count() >= 110, "the whole set is read");
    let f1 = measure(THIRD);
    assert!(f1 >= BAR, "F1 {f1:.4}");
}

#[test]
fn words_of_law_in_plain_speech_cite_nothing() {
    let said = [
        "Trời mưa to, điều này làm chuyến xe đến muộn hai giờ.",
        "Lệnh này đã cũ, hãy dùng lệnh khác để sao chép tệp.",
        "Phần này của bánh để dành cho em út.",
        "Đội nhà ghi 3 điểm trong hiệp hai và dẫn trước 12 điểm.",
        "Khoản vay 5 triệu đồng được chia làm 4 khoản nhỏ.",
        "Bấm vào mục 3 trong danh mục rồi chọn phần mềm cần cài.",
        "Luật chơi rất dễ: ai đến trước thì được đi trước.",
        "Ban soạn thảo còn bàn về dự án Luật Bóng đá; dự thảo Luật Cờ vua chưa có.",
    ];
    for text in said {
        let context = Context {
            at: "main",
            ..Context::default()
        };
        let found = find(text, &context);
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}
