//! Amendments as data: what an act does to the text of others, sentence by sentence.
//!
//! [`read`] walks an act and turns every amending sentence into an [`Instruction`] or, where it
//! cannot be told with certainty what is to be done and where, into a [`Refusal`] with its
//! reason. Nothing is looked up here: targets are named, not found
//! ([`crate::consolidate`] finds and applies them).
//!
//! Phrases follow the drafting rules for amending acts (Luật 64/2025/QH15; NĐ 78/2025/NĐ-CP).

mod aims;
mod commence;
mod ends;
pub(crate) mod forms;
mod history;
mod interpret;
mod keywords;
mod names;
mod objects;
mod own;
mod passage;
mod phrase;
pub(crate) mod pieces;
mod sentence;
mod targets;
mod term;
mod terms;
mod verbs;
mod walk;
mod whole;
mod worded;

use std::ops::Range;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::citations::{ActRef, Spot};
use crate::model::Block;

pub(crate) use commence::Days;
pub use forms::{Form, FormKind};
pub(crate) use passage::Key;
pub use walk::read;

/// Everything an act does to others.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// In the order of the text.
    pub instructions: Vec<Instruction>,
    /// Amending sentences that could not be read with certainty.
    pub refusals: Vec<Refusal>,
}

/// One thing done to one place of another act; a sentence that names five places gives five.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Instruction {
    /// From 1, in the order of the text.
    pub number: u32,
    /// Where the sentence stands.
    pub source: Source,
    /// What is done.
    pub operation: Operation,
    /// To what.
    pub target: Target,
    /// The new text, with the marks of quotation removed.
    pub text: Vec<Block>,
    /// First day on which it holds; `None`: when the act itself comes into force.
    pub in_force: Option<Date>,
    /// An officer decided it: the target is this provision and no other of like name.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub decided: bool,
    /// The act gives another day to something that it tells by its matter alone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub day_doubted: bool,
    /// Provisions that keep their force where the whole act loses it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<String>,
}

impl Instruction {
    /// Whether it changes the time for which its target holds, and not its words.
    #[must_use]
    pub fn is_of_time(&self) -> bool {
        use Operation::{Extend, Postpone, Resume, Suspend};
        matches!(self.operation, Suspend | Resume | Postpone | Extend)
    }

    /// Whether it ends an act as a whole.
    #[must_use]
    pub fn is_end(&self) -> bool {
        let ends = matches!(self.operation, Operation::Repeal | Operation::Lapse);
        ends && self.target.provision.is_none() && self.target.portion == Portion::Whole
    }
}

/// The sentence of an amending act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The provision of the amending act ("art_1__clause_4").
    pub at: String,
    /// The text that holds the sentence.
    pub spot: Spot,
    /// Bytes of the words in it.
    pub span: Range<usize>,
    /// The sentence.
    pub sentence: String,
    /// What was read here, by name ([`Instruction::seen`], [`Refusal::seen`]), where it was given one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub seen: String,
}

/// What is amended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The act.
    pub act: ActRef,
    /// Provision as in [`crate::address`] (`art_7__clause_2`, `chp_4__sec_3`, `app_2`); `None`: the act as a whole.
    pub provision: Option<String>,
    /// What of the provision.
    pub portion: Portion,
}

/// What of a provision is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Portion {
    /// The provision with all below it.
    #[default]
    Whole,
    /// Its heading ("tên Điều 5").
    Title,
    /// Its own words before the first provision below it ("đoạn mở đầu khoản 1").
    Opening,
    /// The n-th paragraph of its own words, from 1 ("đoạn thứ hai khoản 3").
    Paragraph(u16),
    /// A form of the appendix; where none is named, of whichever appendix has the only one.
    Form(Form),
    /// The row of a table that prints this number (số thứ tự), as a form is found.
    Row(String),
    /// Another piece that has no address.
    Piece,
}

impl Portion {
    /// Whether it is a form or a row of a table.
    #[must_use]
    pub fn is_small(&self) -> bool {
        matches!(self, Self::Form(_) | Self::Row(_))
    }

    /// A form or a row as a reader says it; empty for what the address of the provision tells.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Form(form) => form.words(),
            Self::Row(number) => format!("số thứ tự {number}"),
            _ => String::new(),
        }
    }
}

/// What is done to the targets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operation {
    /// The new text stands for the old (sửa đổi, bổ sung; thay thế).
    Replace,
    /// The targets are new provisions (bổ sung).
    Insert(Anchor),
    /// The text is taken away (bãi bỏ).
    Repeal,
    /// It no longer holds, its words stay (hết hiệu lực).
    Lapse,
    /// It does not hold for a time (ngưng hiệu lực).
    Suspend,
    /// It holds again after such a time.
    Resume,
    /// It comes into force on another, later day (lùi thời điểm có hiệu lực).
    Postpone,
    /// It ends on another, later day (kéo dài thời hạn áp dụng).
    Extend,
    /// Words stand for words (thay cụm từ).
    ReplacePhrase(Vec<Exchange>),
    /// Words are taken out (bỏ cụm từ).
    DropPhrase(Vec<String>),
    /// Words are added (bổ sung cụm từ).
    AddPhrase(Addition),
    /// The provision gets another number (chuyển khoản 3 thành khoản 4): id of the new place.
    Renumber(String),
    /// Something done to words, at some of the places where they stand: an officer chose them.
    Only(Places),
}

/// Places where words stand, in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places {
    /// Those that are meant, from 1.
    pub chosen: Vec<u32>,
    /// How many there were; with another number nothing is done.
    pub among: u32,
    /// What is done there.
    pub what: Box<Operation>,
}

/// Where new provisions go. Of a form or a row the anchor is its printed number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "where", content = "provision")]
pub enum Anchor {
    /// Where their numbers belong.
    ByNumber,
    /// Right behind this one.
    After(String),
    /// Right before this one.
    Before(String),
}

/// Words and the words that stand for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// Words now.
    pub old: String,
    /// Words then.
    pub new: String,
}

/// Words added and their place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addition {
    /// Words added.
    pub words: String,
    /// Where.
    pub side: Side,
}

/// Where words are added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "where", content = "words")]
pub enum Side {
    /// Behind these words.
    After(String),
    /// Before these words.
    Before(String),
    /// At the end of the provision.
    End,
    /// At its beginning.
    Start,
}

/// An amending sentence that is not carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Where the sentence stands.
    pub source: Source,
    /// Why.
    pub reason: Reason,
    /// What it seems to be about; may be empty.
    pub targets: Vec<Target>,
}

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
