//! What is wrong with a post before it is submitted: each finding is a sentence with its place.

use std::collections::{HashMap, HashSet};

use legal::validity::Status;
use media::Kind;

use crate::body::{Block, Content, Line, lines};
use crate::model::{Draft, Media, Pinned};
use crate::pairs;

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// True where the post is not taken with it.
    pub refuses: bool,
    /// Where: a sentence of the interface, with `{}` for the number of the block.
    pub place: &'static str,
    /// Number of the block from 1; 0 = not in the body.
    pub block: usize,
    /// What is wrong and what to do: a sentence of the interface.
    pub sentence: &'static str,
    /// The words it is about.
    pub words: String,
}

/// Words of links that say nothing of where they lead (WCAG 2.4.4).
const EMPTY_WORDS: [&str; 10] = [
    "tại đây",
    "ở đây",
    "đây",
    "xem thêm",
    "bấm vào đây",
    "nhấn vào đây",
    "click here",
    "link",
    "xem tại đây",
    "chi tiết",
];

/// What the checks know besides the text.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Hosts to which posts may link, with everything below them.
    pub hosts: Vec<String>,
    /// State today of the acts cited, by address.
    pub states: HashMap<String, Status>,
    /// The files that the version shows, by number.
    pub files: HashMap<i64, Media>,
    /// What the text cites.
    pub cited: Vec<Pinned>,
    /// Addresses on this portal to which the text links and where nothing is.
    pub dead: HashSet<String>,
}

/// Every finding, in the order of the text.
#[must_use]
pub fn check(draft: &Draft, known: &Known) -> Vec<Finding> {
    let mut found = around(draft);
    let stale = pairs::stale(&draft.body);
    let mut level = 1;
    for (at, block) in draft.body.iter().enumerate() {
        let place = |refuses, sentence, words: &str| Finding {
            refuses,
            place: "Đoạn {}",
            block: at + 1,
            sentence,
            words: words.to_owned(),
        };
        if let Content::Heading { level: own, line } = &block.content {
            if *own > level + 1 {
                let sentence = "Tiêu đề mục nhảy cấp: trước ### phải có ##.";
                found.push(place(true, sentence, &line.text));
            }
            level = *own;
        }
        if stale.contains(&at) {
            let sentence = "Đoạn dịch cũ hơn bản tiếng Việt đã sửa. Xin dịch lại, hoặc đánh dấu là bản dịch vẫn đúng khi sửa bài.";
            found.push(place(false, sentence, block.lang.label()));
        }
        if let Content::Media {
            media,
            about,
            transcript,
        } = &block.content
        {
            let file = known.files.get(media);
            found.extend(
                of_file(file, about, transcript.is_empty())
                    .into_iter()
                    .map(|(refuses, sentence)| place(refuses, sentence, about)),
            );
        }
        for line in block.content.lines() {
            found.extend(
                links(line, known).map(|(refuses, sentence, words)| place(refuses, sentence, &words)),
            );
            found.extend(
                personal(&line.text)
                    .into_iter()
                    .map(|(sentence, words)| place(false, sentence, &words)),
            );
        }
    }
    found.extend(cited(&draft.body, known));
    found
}

/// What is wrong around the body: title, summary, groups.
fn around(draft: &Draft) -> Vec<Finding> {
    let mut found = Vec::new();
    let outside = |found: &mut Vec<Finding>, refuses, place, sentence| {
        found.push(Finding {
            refuses,
            place,
            block: 0,
            sentence,
            words: String::new(),
        });
    };
    if draft.title.is_empty() {
        outside(&mut found, true, "Tiêu đề", "Chưa có tiêu đề.");
    }
    if draft.summary.is_empty() {
        let sentence = "Chưa có tóm tắt. Xin viết một, hai câu cho người chỉ đọc danh sách.";
        outside(&mut found, true, "Tóm tắt", sentence);
    }
    if draft.topics.is_empty() {
        let sentence = "Chưa chọn nhóm thông tin nào: người dân khó tìm thấy bài.";
        outside(&mut found, false, "Nhóm thông tin", sentence);
    }
    if draft.body.is_empty() {
        outside(&mut found, true, "Nội dung", "Bài chưa có nội dung.");
    }
    for (place, text) in [("Tiêu đề", &draft.title), ("Tóm tắt", &draft.summary)] {
        found.extend(personal(text).into_iter().map(|(sentence, words)| Finding {
            refuses: false,
            place,
            block: 0,
            sentence,
            words,
        }));
    }
    found
}

/// What is wrong with a file of the text.
fn of_file(file: Option<&Media>, about: &str, unsaid: bool) -> Vec<(bool, &'static str)> {
    let Some(file) = file else {
        return vec![(
            true,
            "Không có tệp này trong kho của đơn vị. Xin tải tệp lên lại.",
        )];
    };
    let mut found = Vec::new();
    let picture = file.kind == Kind::Picture;
    match about {
        "" if picture => found.push((
            true,
            "Hình chưa có mô tả. Xin viết hình cho thấy điều gì, cho người không nhìn thấy hình.",
        )),
        "" => found.push((true, "Tệp chưa có tên gọi. Xin viết đây là tài liệu gì.")),
        // The name of the file says nothing to a listener.
        name if name == file.name || name.starts_with("IMG_") || name.starts_with("DSC") => {
            found.push((false, "Mô tả đang là tên tệp. Xin viết bằng lời."));
        }
        _ => {}
    }
    if file.kind.plays() && unsaid {
        found.push((
            true,
            "Âm thanh, video chưa có bản chữ. Xin ghi lời, mỗi đoạn một dòng bắt đầu bằng ~ ngay dưới dòng tệp.",
        ));
    }
    if file.kind == Kind::Document && !file.has_text {
        found.push((
            false,
            "Tài liệu PDF là bản quét, không có lớp chữ: không tìm được, máy không đọc thành tiếng được. Xin thay bằng bản có chữ.",
        ));
    }
    found
}

fn links(line: &Line, known: &Known) -> impl Iterator<Item = (bool, &'static str, String)> {
    let one = |link: &crate::body::Link| {
        let words = line
            .text
            .get(link.from..link.to)
            .unwrap_or_default()
            .trim()
            .to_owned();
        let bare = words.trim_end_matches(['.', '…', '»', '>']).trim().to_lowercase();
        let mut found = Vec::new();
        if EMPTY_WORDS.contains(&bare.as_str()) {
            let sentence = "Chữ của liên kết không nói dẫn đến đâu. Xin viết tên trang hoặc tài liệu.";
            found.push((true, sentence, words));
        }
        if let Some(sentence) = forbidden(&link.href, &known.hosts) {
            found.push((true, sentence, link.href.clone()));
        }
        if known.dead.contains(&link.href) {
            let sentence =
                "Liên kết dẫn tới trang không có, hoặc chưa hiện, trên cổng này. Xin kiểm tra lại địa chỉ.";
            found.push((false, sentence, link.href.clone()));
        }
        found
    };
    line.links.iter().flat_map(one).collect::<Vec<_>>().into_iter()
}

/// Why a link may not stand; `None` = it may.
fn forbidden(href: &str, hosts: &[String]) -> Option<&'static str> {
    if href.starts_with('/') {
        return None;
    }
    let Some(rest) = href
        .get(..8)
        .filter(|start| start.eq_ignore_ascii_case("https://"))
        .and(href.get(8..))
    else {
        return Some("Liên kết không dùng https. Xin dùng địa chỉ bắt đầu bằng https://.");
    };
    let host = rest
        .split(['/', '?', '#'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    // A name before `@` and a port are ways to look like another host.
    let allowed = |known: &String| {
        host == *known
            || host
                .strip_suffix(known.as_str())
                .is_some_and(|rest| rest.ends_with('.'))
    };
    let odd = host.contains('@') || host.contains(':') || !host.is_ascii();
    (odd || !hosts.iter().any(allowed)).then_some(
        "Liên kết ra ngoài danh sách trang được phép. Xin dẫn trang chính thức (gov.vn …) hoặc đề nghị người quản trị bổ sung.",
    )
}

/// Whether the last words before a number say that it is that of an old identity card (nine digits).
fn names_card(before: &str) -> bool {
    let near: String = before
        .chars()
        .rev()
        .take(40)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let near = near.to_lowercase();
    near.contains("chứng minh") || near.contains("cmnd")
}

/// Runs of digits (spaces, dots, hyphens inside) that look like a person's number.
fn personal(text: &str) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let mut run = String::new();
    let mut digits = String::new();
    let mut before = ' ';
    let mut start = 0;
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        let joins =
            matches!(c, ' ' | '.' | '-') && !run.is_empty() && run.ends_with(|c: char| c.is_ascii_digit());
        let starts = c == '+' && run.is_empty();
        if c.is_ascii_digit() || joins || starts {
            if run.is_empty() && before.is_alphanumeric() && !starts {
                before = c;
                continue;
            }
            if run.is_empty() {
                start = at;
            }
            run.push(c);
            if c.is_ascii_digit() {
                digits.push(c);
            }
            continue;
        }
        if !c.is_alphanumeric() || run.ends_with([' ', '.', '-']) {
            let words = run.trim_matches([' ', '.', '-']).to_owned();
            let local = digits.strip_prefix("84").filter(|_| run.starts_with('+'));
            let phone =
                digits.len() == 10 && digits.starts_with('0') || local.is_some_and(|rest| rest.len() == 9);
            let old = digits.len() == 9 && names_card(&text[..start]);
            if digits.len() == 12 && digits.starts_with('0') {
                let sentence = "Có dãy 12 chữ số giống số định danh cá nhân. Xin bỏ hoặc che đi.";
                found.push((sentence, words));
            } else if old {
                let sentence = "Có dãy 9 chữ số sau chữ “chứng minh nhân dân”. Xin bỏ hoặc che đi.";
                found.push((sentence, words));
            } else if phone {
                let sentence = "Có số giống số điện thoại. Chỉ để lại nếu là số của cơ quan.";
                found.push((sentence, words));
            }
        }
        run.clear();
        digits.clear();
        before = c;
    }
    found
}

fn cited(body: &[Block], known: &Known) -> Vec<Finding> {
    // The block of each line.
    let blocks: Vec<usize> = body
        .iter()
        .enumerate()
        .flat_map(|(at, block)| vec![at + 1; block.content.lines().len()])
        .collect();
    debug_assert_eq!(blocks.len(), lines(body).len());
    let one = |one: &Pinned| {
        let state = known.states.get(&one.act).copied();
        let sentence = match state {
            _ if one.missing => "Văn bản được dẫn không có quy định này. Xin kiểm tra lại số điều, khoản.",
            Some(Status::Expired) => "Văn bản được dẫn đã hết hiệu lực. Xin dẫn văn bản thay thế.",
            Some(Status::NotYet) => {
                "Văn bản được dẫn chưa có hiệu lực. Xin nói rõ ngày có hiệu lực trong bài."
            }
            Some(Status::Suspended) => {
                "Văn bản được dẫn đang ngưng hiệu lực. Xin nói rõ thời gian ngưng trong bài."
            }
            Some(Status::PartlySuspended) => {
                "Văn bản được dẫn ngưng hiệu lực một phần. Xin kiểm tra quy định này còn áp dụng không."
            }
            Some(Status::PartlyExpired) => {
                "Văn bản được dẫn hết hiệu lực một phần. Xin kiểm tra quy định này còn áp dụng không."
            }
            _ => return None,
        };
        Some(Finding {
            refuses: one.missing || state == Some(Status::Expired),
            place: "Đoạn {}",
            block: blocks.get(one.line).copied().unwrap_or_default(),
            sentence,
            words: one.words.clone(),
        })
    };
    known.cited.iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(title: &str, body: &str) -> Vec<(bool, usize, &'static str)> {
        let draft = Draft {
            kind: "tin".into(),
            topics: vec!["dan-su".into()],
            title: title.into(),
            summary: "Tóm tắt.".into(),
            body: crate::marks::read(body),
        };
        let known = Known {
            hosts: vec!["gov.vn".into()],
            dead: ["/bai/khong-co".to_owned()].into(),
            ..Known::default()
        };
        let found = check(&draft, &known);
        found
            .iter()
            .map(|one| (one.refuses, one.block, one.sentence))
            .collect()
    }

    #[test]
    fn a_sound_text_has_no_findings() {
        let body = "## Mục\n\nTheo Luật số 91/2015/QH13, mức 1.800.000 đồng, 120.000.000 đồng, ngày 01/7/2025, [Cổng dịch vụ công](https://dichvucong.gov.vn/a).\n\n### Nhỏ\n\nNăm 2025-2026.";
        assert_eq!(sentences("Bài", body), []);
    }

    #[test]
    fn each_fault_is_found_at_its_place() {
        for (body, refuses, block, start) in [
            ("Mở.\n\n### Nhảy", true, 2, "Tiêu đề mục nhảy cấp"),
            ("Xem [tại đây](https://a.gov.vn/).", true, 1, "Chữ của liên kết"),
            (
                "[Trang X](http://a.gov.vn/)",
                true,
                1,
                "Liên kết không dùng https",
            ),
            ("[Trang X](https://evil.example/)", true, 1, "Liên kết ra ngoài"),
            ("[Trang X](https://evilgov.vn/)", true, 1, "Liên kết ra ngoài"),
            (
                "[Trang X](https://a.gov.vn@evil.example/)",
                true,
                1,
                "Liên kết ra ngoài",
            ),
            (
                "[Trang X](https://evil.example?.gov.vn)",
                true,
                1,
                "Liên kết ra ngoài",
            ),
            ("Căn cước 001 099 012345 của bà A", false, 1, "Có dãy 12 chữ số"),
            (
                "Một.\n\nGọi 0912.345.678 nhé",
                false,
                2,
                "Có số giống số điện thoại",
            ),
            ("Gọi +84 912 345 678.", false, 1, "Có số giống số điện thoại"),
            ("", true, 0, "Bài chưa có nội dung"),
        ] {
            let found = sentences("Bài", body);
            assert_eq!(found.len(), 1, "{body}: {found:?}");
            assert!(found[0].2.starts_with(start), "{body}: {found:?}");
            assert_eq!((found[0].0, found[0].1), (refuses, block), "{body}");
        }
    }

    #[test]
    fn numbers_of_persons_and_dead_links_are_warned_of() {
        for (body, start) in [
            ("Gọi 0912345678/02838383838", "Có số giống số điện thoại"),
            ("Gọi 02838383838/0912345678", "Có số giống số điện thoại"),
            ("Giấy chứng minh nhân dân số 012 345 678", "Có dãy 9 chữ số"),
            ("[Trang X](/bai/khong-co)", "Liên kết dẫn tới trang không có"),
        ] {
            let found = sentences("Bài", body);
            assert!(
                matches!(found[..], [(false, 1, said)] if said.starts_with(start)),
                "{body}: {found:?}"
            );
        }
    }
}
