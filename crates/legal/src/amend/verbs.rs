//! The words that say what is done, in the active and the passive voice.

use crate::citations::lexis::{eat_any, spaces, word_before};

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
    /// lùi hiệu lực, kéo dài thời hạn áp dụng
    Postpone,
    /// chuyển … thành …; đánh số lại
    Move,
}

impl Verb {
    /// Whether a whole act can end by it.
    pub(super) fn ends(self) -> bool {
        matches!(
            self,
            Self::Supersede | Self::Remove | Self::Lapse | Self::Suspend | Self::Postpone
        )
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
const ACTIVE: [(&str, Verb); 44] = [
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
    ("ngưng hiệu lực thi hành", Verb::Suspend),
    ("ngưng hiệu lực", Verb::Suspend),
    ("tạm ngưng hiệu lực", Verb::Suspend),
    ("tạm ngưng áp dụng", Verb::Suspend),
    ("đình chỉ thi hành", Verb::Suspend),
    ("đình chỉ việc thi hành", Verb::Suspend),
    ("lùi hiệu lực", Verb::Postpone),
    ("lùi hiệu lực thi hành", Verb::Postpone),
    ("lùi thời điểm có hiệu lực", Verb::Postpone),
    ("lùi thời điểm có hiệu lực thi hành", Verb::Postpone),
    ("kéo dài hiệu lực", Verb::Postpone),
    ("kéo dài thời hạn áp dụng", Verb::Postpone),
    ("chuyển", Verb::Move),
    ("chuyển đổi", Verb::Move),
    ("đánh số lại", Verb::Move),
    ("đánh lại số", Verb::Move),
];

/// Words behind what they are done to.
const PASSIVE: [(&str, Verb); 30] = [
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
    ("ngưng hiệu lực", Verb::Suspend),
    ("hết giá trị thi hành", Verb::Lapse),
    ("được chuyển thành", Verb::Move),
    ("được đánh số lại", Verb::Move),
    ("chuyển thành", Verb::Move),
    ("được đổi thành", Verb::Move),
];

/// The verb in the active voice at `at`, with the position after it.
pub(super) fn active(text: &str, at: usize) -> Option<(Verb, usize)> {
    longest(&ACTIVE, text, at)
}

/// The verb in the passive voice at `at`, with the position after it.
pub(super) fn passive(text: &str, at: usize) -> Option<(Verb, usize)> {
    longest(&PASSIVE, text, at)
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
