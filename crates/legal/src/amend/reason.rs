//! Why an instruction is not applied, or only with a doubt.

use serde::{Deserialize, Serialize};

/// Why an instruction is kept as "chưa áp dụng được".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The sentence has a form that is not known.
    Unread,
    /// It does not say where.
    NoTarget,
    /// It does not say in which act.
    NoAct,
    /// It announces new text, and none follows.
    NoText,
    /// It takes away "what is said about …", not words that can be pointed at.
    PartOfContent,
    /// A formula, a column or another piece: to be looked at by a person.
    Piece,
    /// The appendix has no form of this label.
    NoForm,
    /// The label or the number of a row stands more than once.
    Repeated,
    /// It is not certain where the form begins and ends.
    Bounds,
    /// The amending act does not have the new form.
    NoNewForm,
    /// The appendix has no table, or not the section named.
    NoTable,
    /// No row of its tables has this number.
    NoRow,
    /// The row is joined with others, or the new one has other columns.
    Merged,
    /// Words are to be exchanged, and their numbers do not fit.
    Pairs,
    /// The act has no such provision.
    UnknownTarget,
    /// The new provision already stands there.
    AlreadyThere,
    /// The provision behind which the new one goes is unknown.
    UnknownAnchor,
    /// The words are not in the provision.
    PhraseNotFound,
    /// The new text does not begin with the number of its provision.
    OtherNumber,
    /// What would remain is no sentence ("A, B và .").
    Remainder,
    /// Words taken out of the middle of a list left its comma behind, which was taken out too.
    LooseComma,
    /// The number stands twice in the act.
    Ambiguous,
    /// The new text cites a provision that the amended act does not have.
    DanglingCitation,
    /// The new text prints "điểm 1" for "điểm l"; it was read so.
    Misprint,
    /// The provision was repealed before.
    Gone,
    /// The text as imported holds the amendment already.
    AlreadyIn,
    /// It is not known from which day the amending act holds.
    NoDay,
    /// The amending act gives another day to something that it tells by its matter alone.
    DayByMatter,
    /// The article on the commencement of the act was changed, and the day is not certain.
    DayMoved,
    /// It stands between the ends of a range of provisions without being named.
    InRange,
    /// It ends with exceptions that are not provisions named one by one.
    Exception,
    /// It ends on a condition, not on a day.
    Condition,
    /// It is suspended, put off or made longer, and the days are not told with certainty.
    Postponed,
    /// An act is named where it may be part of the title of another.
    Titled,
    /// Not said by an act: what it details ended, and with it by law.
    WithParent,
    /// Another act repealed the amending clause before it held.
    ClauseRepealed,
    /// Another act changed the amending clause before it held.
    ClauseAmended,
    /// It changes a clause by which another act amended the provision.
    AmendsClause,
    /// An officer decided so.
    Refused,
}

impl Reason {
    /// A sentence for the officer and the reader.
    #[must_use]
    #[allow(clippy::too_many_lines, reason = "a table")]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Unread => "Câu sửa đổi có cách viết chưa nhận biết được.",
            Self::NoTarget => "Câu sửa đổi không nêu rõ sửa tại điều, khoản nào.",
            Self::NoAct => "Câu sửa đổi không nêu rõ sửa văn bản nào.",
            Self::NoText => "Không tìm thấy nội dung mới đi kèm câu sửa đổi.",
            Self::PartOfContent => "Câu sửa đổi bỏ một phần nội dung theo ý, không chỉ rõ câu chữ nào bị bỏ.",
            Self::Piece => "Sửa đổi biểu mẫu, bảng hoặc một phần không có số thứ tự; cần người xem xét.",
            Self::NoForm => "Phụ lục của văn bản được sửa không có mẫu, biểu mang số này.",
            Self::Repeated => "Mẫu, biểu hoặc số thứ tự này xuất hiện nhiều lần, không rõ là chỗ nào.",
            Self::Bounds => "Không xác định chắc chắn được phần đầu và phần cuối của mẫu, biểu này.",
            Self::NoNewForm => "Không tìm thấy mẫu, biểu mới trong phụ lục của văn bản sửa đổi.",
            Self::NoTable => "Không tìm thấy bảng hoặc mục được nêu trong phụ lục của văn bản được sửa.",
            Self::NoRow => "Không có dòng mang số thứ tự này trong bảng được sửa.",
            Self::Merged => {
                "Dòng này có ô gộp với dòng khác, hoặc dòng mới không cùng số cột với bảng; cần người xem xét."
            }
            Self::Pairs => "Số cụm từ cũ và số cụm từ mới không khớp nhau.",
            Self::UnknownTarget => "Văn bản được sửa không có điều, khoản, điểm này.",
            Self::AlreadyThere => "Điều, khoản, điểm (mẫu, số thứ tự) bổ sung đã có trong văn bản.",
            Self::UnknownAnchor => "Không tìm thấy điều, khoản, điểm (mẫu, số thứ tự) làm mốc để bổ sung.",
            Self::PhraseNotFound => "Không tìm thấy cụm từ cần sửa tại nơi được chỉ ra.",
            Self::OtherNumber => "Nội dung mới không mang số của điều, khoản, điểm được sửa.",
            Self::Remainder => "Bỏ cụm từ này thì câu còn lại không trọn nghĩa; cần người xem xét.",
            Self::LooseComma => {
                "Bỏ cụm từ để lại dấu phẩy thừa nên đã bỏ cả dấu phẩy; cần người xem lại câu."
            }
            Self::Ambiguous => "Số này lặp lại trong văn bản được sửa, không rõ là điều, khoản, điểm nào.",
            Self::DanglingCitation => {
                "Nội dung mới dẫn chiếu đến điều, khoản, điểm không có trong văn bản được sửa."
            }
            Self::Misprint => "Nội dung mới in “điểm 1”, văn bản chỉ có “điểm l”; đã đọc là “điểm l”.",
            Self::Gone => "Điều, khoản, điểm này đã bị bãi bỏ trước đó.",
            Self::AlreadyIn => "Nội dung được nhập vào hệ thống đã gồm sửa đổi này.",
            Self::NoDay => "Chưa rõ ngày có hiệu lực của văn bản sửa đổi.",
            Self::DayByMatter => {
                "Văn bản sửa đổi có phần có hiệu lực vào ngày khác, chỉ nêu theo nội dung; cần xem lại ngày có hiệu lực của sửa đổi này."
            }
            Self::DayMoved => {
                "Điều khoản về hiệu lực của văn bản sửa đổi đã được sửa đổi; cần xem lại ngày có hiệu lực."
            }
            Self::InRange => {
                "Nằm giữa các điều, khoản được nêu theo khoảng (“từ … đến …”) nhưng không được nêu riêng; cần xem lại."
            }
            Self::Exception => {
                "Hết hiệu lực nhưng có ngoại lệ không nêu rõ từng điều, khoản; cần người xem xét."
            }
            Self::Condition => "Hết hiệu lực theo điều kiện, không theo một ngày xác định.",
            Self::Postponed => {
                "Ngưng, lùi hoặc kéo dài thời gian có hiệu lực mà ngày tháng chưa xác định được chắc chắn; cần người xem xét."
            }
            Self::Titled => "Không rõ văn bản này hết hiệu lực hay chỉ được nêu trong tên của văn bản khác.",
            Self::WithParent => {
                "Theo quy tắc áp dụng trước ngày 01/4/2025: văn bản quy định chi tiết hết hiệu lực cùng văn bản được quy định chi tiết (khoản 4 Điều 154 Luật số 80/2015/QH13)."
            }
            Self::ClauseRepealed => {
                "Điều khoản sửa đổi đã được văn bản khác bãi bỏ trước khi có hiệu lực nên không áp dụng."
            }
            Self::ClauseAmended => {
                "Điều khoản sửa đổi đã được văn bản khác sửa đổi trước khi có hiệu lực; cần người xem xét."
            }
            Self::AmendsClause => {
                "Điều khoản đã sửa đổi nội dung ở đây được văn bản này sửa đổi, bãi bỏ; cần người xem xét."
            }
            Self::Refused => "Cán bộ đã quyết định không áp dụng.",
        }
    }
}
