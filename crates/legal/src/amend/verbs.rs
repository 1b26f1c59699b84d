//! The words that say what is done, in the active and the passive voice.

use crate::citations::lexis::{eat_any, spaces, word, word_before};

/// What a verb does; what it is done to decides the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    /// sửa đổi, bổ sung; sửa đổi; thay thế; thay
    Change,
    /// bổ sung; thêm
    Add,
    /// thay thế: of provisions a change, of a whole act its end
    Supersede,
    /// bãi bỏ; bỏ; hủy bỏ
    Remove,
    /// hết hiệu lực
    Lapse,
    /// ngưng hiệu lực
    Suspend,
    /// lùi hiệu lực
    Postpone,
    /// kéo dài thời hạn áp dụng
    Extend,
    /// chuyển … thành …; đánh số lại
    Move,
}

impl Verb {
    /// Whether a whole act can end by it.
    pub(super) fn ends(self) -> bool {
        matches!(
            self,
            Self::Supersede | Self::Remove | Self::Lapse | Self::Suspend | Self::Postpone | Self::Extend
        )
    }

    /// Whether it changes the time for which something holds, and not its words.
    pub(super) fn is_of_time(self) -> bool {
        matches!(self, Self::Suspend | Self::Postpone | Self::Extend)
    }

    /// What it does to provisions.
    pub(super) fn to_provisions(self) -> Self {
        if self == Self::Supersede {
            Self::Change
        } else {
            self
        }
    }
}

/// Words at the beginning of an instruction. The longest that fits is taken.
const ACTIVE: [(&str, Verb); 32] = [
    ("sửa đổi, bổ sung", Verb::Change),
    ("sửa đổi và bổ sung", Verb::Change),
    ("sửa đổi bổ sung", Verb::Change),
    ("sửa đổi; bổ sung", Verb::Change),
    ("sửa đổi, thay thế", Verb::Change),
    ("sửa đổi", Verb::Change),
    ("sửa", Verb::Change),
    ("thay thế", Verb::Supersede),
    ("thay đổi", Verb::Change),
    ("thay", Verb::Change),
    ("đính chính", Verb::Change),
    ("đổi tên", Verb::Change),
    ("điều chỉnh", Verb::Change),
    ("sửa đổi, bổ sung, thay thế", Verb::Change),
    ("sửa đổi, bổ sung và thay thế", Verb::Change),
    ("sửa đổi, bổ sung, bãi bỏ", Verb::Change),
    ("sửa đổi, bổ sung và bãi bỏ", Verb::Change),
    ("sửa đổi, bãi bỏ", Verb::Change),
    ("sửa đổi, bổ sung, thay thế, bãi bỏ", Verb::Change),
    ("bổ sung, sửa đổi", Verb::Change),
    ("bổ sung", Verb::Add),
    ("bổ sung thêm", Verb::Add),
    ("thêm", Verb::Add),
    ("bãi bỏ", Verb::Remove),
    ("hủy bỏ", Verb::Remove),
    ("huỷ bỏ", Verb::Remove),
    ("xóa bỏ", Verb::Remove),
    ("bỏ", Verb::Remove),
    ("chuyển", Verb::Move),
    ("chuyển đổi", Verb::Move),
    ("đánh số lại", Verb::Move),
    ("đánh lại số", Verb::Move),
];

/// The same for the time for which something holds.
#[rustfmt::skip]
const OF_TIME: [(&str, Verb); 63] = [
    ("ngưng hiệu lực", Verb::Suspend),
    ("ngưng hiệu lực thi hành", Verb::Suspend),
    ("ngưng hiệu lực áp dụng", Verb::Suspend),
    ("ngưng thi hành", Verb::Suspend),
    ("ngưng áp dụng", Verb::Suspend),
    ("ngừng hiệu lực", Verb::Suspend),
    ("ngừng hiệu lực thi hành", Verb::Suspend),
    ("tạm ngưng hiệu lực", Verb::Suspend),
    ("tạm ngưng hiệu lực thi hành", Verb::Suspend),
    ("tạm ngưng hiệu lực áp dụng", Verb::Suspend),
    ("tạm ngưng thi hành", Verb::Suspend),
    ("tạm ngưng áp dụng", Verb::Suspend),
    ("tạm ngừng hiệu lực", Verb::Suspend),
    ("tạm dừng hiệu lực", Verb::Suspend),
    ("tạm dừng hiệu lực thi hành", Verb::Suspend),
    ("tạm dừng thi hành", Verb::Suspend),
    ("tạm dừng áp dụng", Verb::Suspend),
    ("đình chỉ thi hành", Verb::Suspend),
    ("đình chỉ việc thi hành", Verb::Suspend),
    ("lùi hiệu lực", Verb::Postpone),
    ("lùi hiệu lực thi hành", Verb::Postpone),
    ("lùi thời điểm có hiệu lực", Verb::Postpone),
    ("lùi thời điểm có hiệu lực thi hành", Verb::Postpone),
    ("lùi thời điểm thi hành", Verb::Postpone),
    ("lùi thời điểm áp dụng", Verb::Postpone),
    ("lùi thời hạn có hiệu lực", Verb::Postpone),
    ("lùi thời hạn có hiệu lực thi hành", Verb::Postpone),
    ("lùi thời hạn thi hành", Verb::Postpone),
    ("lùi thời hạn áp dụng", Verb::Postpone),
    ("lùi thời gian có hiệu lực", Verb::Postpone),
    ("lùi thời gian có hiệu lực thi hành", Verb::Postpone),
    ("lùi thời gian thi hành", Verb::Postpone),
    ("lùi thời gian áp dụng", Verb::Postpone),
    ("lùi ngày có hiệu lực", Verb::Postpone),
    ("lùi ngày có hiệu lực thi hành", Verb::Postpone),
    ("lùi ngày thi hành", Verb::Postpone),
    ("lùi ngày áp dụng", Verb::Postpone),
    ("điều chỉnh thời điểm có hiệu lực", Verb::Postpone),
    ("điều chỉnh thời điểm có hiệu lực thi hành", Verb::Postpone),
    ("điều chỉnh ngày có hiệu lực", Verb::Postpone),
    ("điều chỉnh ngày có hiệu lực thi hành", Verb::Postpone),
    ("kéo dài hiệu lực", Verb::Extend),
    ("kéo dài hiệu lực thi hành", Verb::Extend),
    ("kéo dài thời hạn áp dụng", Verb::Extend),
    ("kéo dài thời hạn thực hiện", Verb::Extend),
    ("kéo dài thời hạn thi hành", Verb::Extend),
    ("kéo dài thời hạn thí điểm", Verb::Extend),
    ("kéo dài thời hạn có hiệu lực", Verb::Extend),
    ("kéo dài thời hạn có hiệu lực thi hành", Verb::Extend),
    ("kéo dài thời gian áp dụng", Verb::Extend),
    ("kéo dài thời gian thực hiện", Verb::Extend),
    ("kéo dài thời gian thi hành", Verb::Extend),
    ("kéo dài thời gian thí điểm", Verb::Extend),
    ("kéo dài thời gian có hiệu lực", Verb::Extend),
    ("kéo dài thời gian có hiệu lực thi hành", Verb::Extend),
    ("kéo dài việc áp dụng", Verb::Extend),
    ("kéo dài việc thực hiện", Verb::Extend),
    ("kéo dài việc thi hành", Verb::Extend),
    ("kéo dài việc thí điểm", Verb::Extend),
    ("gia hạn hiệu lực", Verb::Extend),
    ("tiếp tục thực hiện", Verb::Extend),
    ("tiếp tục áp dụng", Verb::Extend),
    ("tiếp tục thi hành", Verb::Extend),
];

/// Words behind what they are done to.
const PASSIVE: [(&str, Verb); 29] = [
    ("được sửa đổi, bổ sung", Verb::Change),
    ("được sửa đổi và bổ sung", Verb::Change),
    ("được sửa đổi bổ sung", Verb::Change),
    ("được sửa đổi", Verb::Change),
    ("được sửa", Verb::Change),
    ("được thay thế", Verb::Change),
    ("được thay", Verb::Change),
    ("bị thay thế", Verb::Change),
    ("được đổi tên", Verb::Change),
    ("được đính chính", Verb::Change),
    ("sửa đổi, bổ sung như sau", Verb::Change),
    ("sửa đổi như sau", Verb::Change),
    ("sửa đổi và bổ sung như sau", Verb::Change),
    ("được bổ sung", Verb::Add),
    ("được bổ sung thêm", Verb::Add),
    ("bổ sung thêm", Verb::Add),
    ("bị bãi bỏ", Verb::Remove),
    ("được bãi bỏ", Verb::Remove),
    ("bị hủy bỏ", Verb::Remove),
    ("được hủy bỏ", Verb::Remove),
    ("bị huỷ bỏ", Verb::Remove),
    ("được bỏ", Verb::Remove),
    ("hết hiệu lực", Verb::Lapse),
    ("hết hiệu lực thi hành", Verb::Lapse),
    ("hết giá trị thi hành", Verb::Lapse),
    ("được chuyển thành", Verb::Move),
    ("được đánh số lại", Verb::Move),
    ("chuyển thành", Verb::Move),
    ("được đổi thành", Verb::Move),
];

/// The same for the time for which something holds.
#[rustfmt::skip]
const PASSIVE_OF_TIME: [(&str, Verb); 20] = [
    ("ngưng hiệu lực", Verb::Suspend),
    ("ngưng hiệu lực thi hành", Verb::Suspend),
    ("bị ngưng hiệu lực", Verb::Suspend),
    ("được ngưng hiệu lực", Verb::Suspend),
    ("tạm ngưng hiệu lực", Verb::Suspend),
    ("được tạm ngưng hiệu lực", Verb::Suspend),
    ("bị tạm ngưng hiệu lực", Verb::Suspend),
    ("tạm ngưng áp dụng", Verb::Suspend),
    ("bị đình chỉ thi hành", Verb::Suspend),
    ("được lùi hiệu lực", Verb::Postpone),
    ("được lùi hiệu lực thi hành", Verb::Postpone),
    ("được lùi thời điểm có hiệu lực", Verb::Postpone),
    ("được lùi thời điểm có hiệu lực thi hành", Verb::Postpone),
    ("được lùi thời hạn áp dụng", Verb::Postpone),
    ("được lùi thời hạn có hiệu lực thi hành", Verb::Postpone),
    ("được kéo dài thời hạn áp dụng", Verb::Extend),
    ("được kéo dài thời gian áp dụng", Verb::Extend),
    ("được kéo dài thời gian thực hiện", Verb::Extend),
    ("được kéo dài thời hạn thực hiện", Verb::Extend),
    ("được kéo dài hiệu lực", Verb::Extend),
];

/// The verb in the active voice at `at`, with the position after it.
pub(super) fn active(text: &str, at: usize) -> Option<(Verb, usize)> {
    longer(longest(&ACTIVE, text, at), of_time(&OF_TIME, text, at))
}

/// The verb in the passive voice at `at`, with the position after it.
pub(super) fn passive(text: &str, at: usize) -> Option<(Verb, usize)> {
    // "Thông tư số … quy định ngưng hiệu lực …": words of a title.
    let titled = matches!(word_before(text, at), "định" | "việc" | "về" | "thời" | "gian");
    let timed = of_time(&PASSIVE_OF_TIME, text, at).filter(|_| !titled);
    longer(longest(&PASSIVE, text, at), timed)
}

/// Few words begin one of many: the others are not compared.
fn of_time(words: &[(&str, Verb)], text: &str, at: usize) -> Option<(Verb, usize)> {
    const FIRST: [&str; 11] = [
        "ngưng", "ngừng", "tạm", "đình", "lùi", "điều", "kéo", "gia", "tiếp", "bị", "được",
    ];
    let first = word(text, at).to_lowercase();
    FIRST
        .contains(&first.as_str())
        .then(|| longest(words, text, at))
        .flatten()
}

fn longer(one: Option<(Verb, usize)>, other: Option<(Verb, usize)>) -> Option<(Verb, usize)> {
    one.into_iter().chain(other).max_by_key(|(_, end)| *end)
}

fn longest(words: &[(&str, Verb)], text: &str, at: usize) -> Option<(Verb, usize)> {
    let choices: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let (found, end) = eat_any(text, at, &choices)?;
    let verb = words.iter().find(|(word, _)| *word == found)?.1;
    Some((verb, end))
}

/// Where the telling of earlier amendments that begins at `at` goes on behind its verb:
/// "đã được sửa đổi, bổ sung một số điều theo", "được bổ sung bởi", "(đã sửa đổi tại".
pub(super) fn history(text: &str, at: usize) -> Option<usize> {
    let said = eat_any(text, at, &["đã được", "đã", "được"])?;
    let start = spaces(text, said.1);
    let (_, mut end) = active(text, start)?;
    // "được sửa đổi như sau" is an instruction.
    for more in [
        "một số điều",
        "một số nội dung",
        "một số điều, khoản",
        "một số khoản",
        "lần đầu",
    ] {
        if let Some((_, after)) = eat_any(text, spaces(text, end), &[more]) {
            end = after;
        }
    }
    let place = spaces(text, end);
    let place = if text.get(place..)?.starts_with(',') {
        spaces(text, place + 1)
    } else {
        place
    };
    let (_, after) = eat_any(
        text,
        place,
        &[
            "theo quy định tại",
            "theo",
            "bởi",
            "tại",
            "bằng",
            "năm",
            "ngày",
            "của",
        ],
    )
    .or_else(|| (said.0 == "đã được").then_some(("", place)))?;
    // "được thay bằng cụm từ “B”" is an instruction too.
    let start = spaces(text, after);
    let words = ["các cụm từ", "cụm từ", "các từ", "từ"];
    let start = eat_any(text, start, &words).map_or(start, |(_, end)| spaces(text, end));
    let is_phrase = text.get(start..)?.starts_with(['“', '"']);
    (!is_phrase && word_before(text, at) != "sau").then_some(after)
}
