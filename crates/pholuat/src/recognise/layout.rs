//! Recognised words with their places → paragraphs.

/// Share of the width of a page: a gap that parts two columns of a head.
const GAP: f64 = 0.045;
/// A line that ends this near to the right margin goes on in the next one.
const FULL: f64 = 0.04;
/// A line that begins this far from the left margin begins a paragraph.
const INDENT: f64 = 0.02;

/// One recognised page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Leaf {
    width: f64,
    lines: Vec<Line>,
}

/// Words beside each other.
#[derive(Clone, Debug, Default, PartialEq)]
struct Line {
    left: f64,
    right: f64,
    words: Vec<Word>,
}

#[derive(Clone, Debug, PartialEq)]
struct Word {
    left: f64,
    right: f64,
    confidence: f64,
    text: String,
}

impl Line {
    fn of(words: Vec<Word>) -> Self {
        Self {
            left: words.first().map_or(0.0, |word| word.left),
            right: words.last().map_or(0.0, |word| word.right),
            words,
        }
    }

    fn text(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(|word| word.text.as_str()).collect();
        words.join(" ")
    }
}

impl Leaf {
    /// Reads what Tesseract prints: a row for the page, each line and each word, parted by tabs
    /// (level, five numbers, left, top, width, height, confidence, text).
    pub(super) fn of_tsv(tsv: &str) -> Self {
        let mut leaf = Self::default();
        let mut line: (Vec<&str>, Vec<Word>) = Default::default();
        for row in tsv.lines() {
            let columns: Vec<&str> = row.split('\t').collect();
            let number = |at: usize| columns.get(at).and_then(|text| text.parse::<f64>().ok());
            let (Some(left), Some(width), Some(confidence)) = (number(6), number(8), number(10)) else {
                continue;
            };
            let text = columns.get(11).map_or("", |text| text.trim());
            match columns.first() {
                Some(&"1") => leaf.width = width,
                Some(&"5") if !text.is_empty() && confidence >= 0.0 => {
                    // Page, block, paragraph and line.
                    let place = columns[1..5].to_vec();
                    if place != line.0 {
                        leaf.push(std::mem::take(&mut line.1));
                        line.0 = place;
                    }
                    line.1.push(Word {
                        left,
                        right: left + width,
                        confidence: confidence.min(100.0),
                        text: text.to_owned(),
                    });
                }
                _ => {}
            }
        }
        leaf.push(line.1);
        leaf
    }

    fn push(&mut self, words: Vec<Word>) {
        if !words.is_empty() {
            self.lines.push(Line::of(words));
        }
    }

    /// Takes off the number of the page and the running head of the gazette.
    fn without_furniture(mut self) -> Self {
        let furniture = |line: &Line| {
            let text = line.text();
            let number = text.len() < 12 && text.chars().all(|c| c.is_ascii_digit() || "-–|. ".contains(c));
            number || text.contains("CÔNG BÁO/")
        };
        if self.lines.first().is_some_and(furniture) {
            self.lines.remove(0);
        }
        if self.lines.last().is_some_and(furniture) {
            self.lines.pop();
        }
        self
    }

    /// Lines of one column each: of lines that a wide gap parts, first all left sides, then all right ones.
    fn in_columns(self) -> Self {
        let gap = self.width * GAP;
        let mut lines = Vec::with_capacity(self.lines.len());
        let mut aside = Vec::new();
        for mut line in self.lines {
            let wide = |pair: &[Word]| pair[1].left - pair[0].right > gap;
            match line.words.windows(2).position(wide) {
                Some(at) => {
                    aside.push(Line::of(line.words.split_off(at + 1)));
                    lines.push(Line::of(line.words));
                }
                None => {
                    lines.append(&mut aside);
                    lines.push(line);
                }
            }
        }
        lines.append(&mut aside);
        Self { lines, ..self }
    }

    /// Where most lines begin and how far the longest go.
    fn margins(&self) -> (f64, f64) {
        let mut lefts: Vec<f64> = self.lines.iter().map(|line| line.left).collect();
        lefts.sort_by(f64::total_cmp);
        let left = lefts.get(lefts.len() / 4).copied().unwrap_or_default();
        let right = self.lines.iter().map(|line| line.right).fold(0.0, f64::max);
        (left, right)
    }
}

/// Mean trust in the words, each weighing its letters; `None` without any.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a mean of 0 to 100"
)]
pub(super) fn confidence(leaves: &[Leaf]) -> Option<u8> {
    let words = leaves
        .iter()
        .flat_map(|leaf| &leaf.lines)
        .flat_map(|line| &line.words);
    let (mut sum, mut letters) = (0.0, 0.0);
    for word in words {
        let weight = f64::from(u32::try_from(word.text.chars().count()).unwrap_or(u32::MAX));
        sum += word.confidence * weight;
        letters += weight;
    }
    (letters > 0.0).then(|| (sum / letters).floor() as u8)
}

/// The text of all pages, a paragraph a line: lines that reach the right margin go on in the next
/// line unless that one is indented or begins a provision.
pub(super) fn text(leaves: Vec<Leaf>) -> String {
    let mut text = String::new();
    let (mut goes_on, mut after_heading) = (false, false);
    for leaf in leaves {
        let leaf = leaf.without_furniture().in_columns();
        let (left, right) = leaf.margins();
        for line in &leaf.lines {
            let words = line.text();
            let anew = line.left > left + leaf.width * INDENT || legal::structure::starts_provision(&words);
            let joined = goes_on && !anew;
            if !text.is_empty() {
                text.push(if joined { ' ' } else { '\n' });
            }
            if after_heading && !joined {
                text.push_str(&first_clause(&words));
            } else {
                text.push_str(&words);
            }
            after_heading = words.starts_with("Điều ") || (after_heading && joined);
            goes_on = line.right > right - leaf.width * FULL && !words.ends_with(['.', ';', ':']);
        }
    }
    text
}

/// The first clause of an article: its "1." is often taken for another upright stroke.
fn first_clause(words: &str) -> String {
    let rest = ["I", "l", "Ì", "Í", "|", "["]
        .iter()
        .find_map(|stroke| words.strip_prefix(stroke));
    let rest = rest.and_then(|rest| rest.trim_start().strip_prefix('.'));
    rest.map_or_else(|| words.to_owned(), |rest| format!("1.{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page 1,000 dots wide from lines: left, right, trust, text. A `|` stands for a wide gap.
    fn tsv(lines: &[(f64, f64, f64, &str)]) -> String {
        let mut out = "level\tpage_num\n1\t1\t0\t0\t0\t0\t0\t0\t1000\t1400\t-1\t\n".to_owned();
        for (number, (left, right, trust, words)) in lines.iter().enumerate() {
            let count = f64::from(u32::try_from(words.split(' ').count()).expect("few"));
            let step = (right - left) / count;
            for (at, word) in words.split(' ').enumerate() {
                let at = left + step * f64::from(u32::try_from(at).expect("few"));
                if word != "|" {
                    out.push_str(&format!(
                        "5\t1\t1\t1\t{number}\t1\t{at}\t0\t{}\t20\t{trust}\t{word}\n",
                        step - 10.0
                    ));
                }
            }
        }
        out
    }

    #[test]
    fn lines_become_paragraphs_and_furniture_goes() {
        let first = tsv(&[
            (500.0, 520.0, 90.0, "2"),
            (100.0, 900.0, 90.0, "BỘ TƯ PHÁP | CỘNG HÒA XÃ HỘI"),
            (100.0, 900.0, 90.0, "Số: 1/2020/TT-BTP | Hà Nội, ngày 2"),
            (150.0, 900.0, 90.0, "Điều 1. Thông tư này quy định về"),
            (100.0, 400.0, 90.0, "việc thử."),
            (150.0, 900.0, 90.0, "1. Câu này kết thúc ở trang"),
        ]);
        let second = tsv(&[
            (100.0, 900.0, 50.0, "sau của văn bản này và còn"),
            (150.0, 900.0, 50.0, "Đoạn thụt vào là đoạn mới"),
        ]);
        let leaves = vec![Leaf::of_tsv(&first), Leaf::of_tsv(&second)];
        assert!((60..90).contains(&confidence(&leaves).expect("letters")));
        let lines: Vec<String> = text(leaves).lines().map(str::to_owned).collect();
        assert_eq!(
            lines,
            [
                "BỘ TƯ PHÁP",
                "Số: 1/2020/TT-BTP",
                "CỘNG HÒA XÃ HỘI",
                "Hà Nội, ngày 2",
                "Điều 1. Thông tư này quy định về việc thử.",
                "1. Câu này kết thúc ở trang sau của văn bản này và còn",
                "Đoạn thụt vào là đoạn mới",
            ]
        );
    }

    #[test]
    fn the_first_clause_of_an_article_is_number_one() {
        let page = tsv(&[
            (150.0, 900.0, 90.0, "Điều 2. Tên của điều này dài nên"),
            (100.0, 300.0, 90.0, "xuống dòng"),
            (150.0, 900.0, 90.0, "[. Khoản một."),
            (150.0, 500.0, 90.0, "I. Không phải khoản"),
        ]);
        let text = text(vec![Leaf::of_tsv(&page)]);
        assert!(text.contains("\n1. Khoản một.\nI. Không phải khoản"), "{text}");
    }

    #[test]
    fn an_empty_or_senseless_answer_is_a_page_without_letters() {
        for answer in [
            "",
            "level\tpage_num\n",
            "5\tx\n\n5\t1\t1\t1\t1\t1\tNaN",
            "1\t2\t3",
        ] {
            assert_eq!(confidence(&[Leaf::of_tsv(answer)]), None, "{answer}");
        }
    }
}
