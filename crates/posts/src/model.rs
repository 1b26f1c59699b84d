//! Posts as the database keeps them.

use jiff::Timestamp;
use jiff::civil::Date;
use policy::{AccountId, UnitId};

use crate::body::Block;

/// Number of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostId(pub i64);

/// A kind of posts: a row of `post_kinds`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Word in addresses.
    pub code: String,
    /// Vietnamese name.
    pub label: String,
    /// English name.
    pub label_en: String,
    /// Whether the editor can make one.
    pub offered: bool,
}

/// A topic group (nhóm thông tin).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Word in addresses.
    pub code: String,
    /// Vietnamese name.
    pub label: String,
    /// English name.
    pub label_en: String,
}

/// Why a post waits for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Submitted: another person approves or returns it.
    Approve,
    /// Returned: who wrote it mends it.
    Mend,
    /// Approved: somebody publishes it.
    Publish,
    /// Public, and its day of review has come.
    Review,
}

impl Why {
    /// Every reason, in the order of lists.
    pub const ALL: [Self; 4] = [Self::Approve, Self::Mend, Self::Publish, Self::Review];
}

/// A post that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Number.
    pub id: PostId,
    /// The unit that answers for it.
    pub unit: UnitId,
    /// For what.
    pub why: Why,
    /// Title.
    pub title: String,
    /// Who wrote and who submitted the newest version.
    pub by: Vec<AccountId>,
}

/// A topic group with its time and place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicGroup {
    /// The group.
    pub topic: Topic,
    /// First day on which posts may be put into it.
    pub from: Date,
    /// First day on which no longer; `None` = open.
    pub until: Option<Date>,
    /// Place in lists, ascending.
    pub order: i64,
    /// Code of the group above it.
    pub parent: Option<String>,
}

/// What an officer writes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// Code of the kind.
    pub kind: String,
    /// Codes of the groups.
    pub topics: Vec<String>,
    /// Title.
    pub title: String,
    /// What the post says, in a sentence or two.
    pub summary: String,
    /// The body.
    pub body: Vec<Block>,
}

/// A version of a post; versions are only ever added.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// Number from 1.
    pub number: i64,
    /// What was written.
    pub draft: Draft,
    /// Who wrote it.
    pub author: AccountId,
    /// The author's name then.
    pub author_name: String,
    /// When.
    pub at: Timestamp,
}

/// Where a post stands on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Being written.
    Draft,
    /// Waits for another person.
    Submitted,
    /// Came back with a remark.
    Returned,
    /// Another person approved it.
    Approved,
    /// Public, or will be on its day.
    Published,
    /// Was public.
    Withdrawn,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 6] = [
        Self::Draft,
        Self::Submitted,
        Self::Returned,
        Self::Approved,
        Self::Published,
        Self::Withdrawn,
    ];

    /// The word in the database and in addresses.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "dang-soan",
            Self::Submitted => "cho-duyet",
            Self::Returned => "tra-lai",
            Self::Approved => "da-duyet",
            Self::Published => "da-dang",
            Self::Withdrawn => "da-go",
        }
    }

    /// The state of a word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Vietnamese name, a key of the interface.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "Đang soạn",
            Self::Submitted => "Chờ duyệt",
            Self::Returned => "Bị trả lại",
            Self::Approved => "Đã duyệt, chờ đăng",
            Self::Published => "Đã đăng",
            Self::Withdrawn => "Đã gỡ",
        }
    }

    /// Whether a new version may be written; it is then a draft again, while what was published stays
    /// public. What waits for an approver is not changed under his eyes.
    #[must_use]
    pub fn is_open(self) -> bool {
        self != Self::Submitted
    }
}

/// A step on the way of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The writer hands it over.
    Submit,
    /// The approver gives it back.
    Return,
    /// Another person approves it.
    Approve,
    /// It appears.
    Publish,
    /// It is taken away.
    Withdraw,
}

impl Step {
    /// Code in the audit log.
    #[must_use]
    pub fn act(self) -> &'static str {
        match self {
            Self::Submit => "post.submit",
            Self::Return => "post.return",
            Self::Approve => "post.approve",
            Self::Publish => "post.publish",
            Self::Withdraw => "post.withdraw",
        }
    }

    /// The permission that it needs.
    #[must_use]
    pub fn permission(self) -> policy::Permission {
        match self {
            Self::Submit => policy::Permission::WritePosts,
            Self::Return | Self::Approve => policy::Permission::ApprovePosts,
            Self::Publish | Self::Withdraw => policy::Permission::PublishPosts,
        }
    }
}

/// A step that is possible: the store takes nothing else, so that no other way leads on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    from: State,
    to: State,
}

impl Move {
    /// The move of a step from a state; `None` where there is none.
    #[must_use]
    pub fn of(from: State, step: Step) -> Option<Self> {
        let to = match (from, step) {
            (State::Draft | State::Returned, Step::Submit) => State::Submitted,
            (State::Submitted, Step::Return) => State::Returned,
            (State::Submitted, Step::Approve) => State::Approved,
            (State::Approved, Step::Publish) => State::Published,
            (State::Published, Step::Withdraw) => State::Withdrawn,
            // What is public can go at once, however far a newer version has come.
            (other, Step::Withdraw) => other,
            _ => return None,
        };
        Some(Self { from, to })
    }

    /// Before.
    #[must_use]
    pub fn from(self) -> State {
        self.from
    }

    /// After.
    #[must_use]
    pub fn to(self) -> State {
        self.to
    }
}

/// What an approver says of one block of the version that he gave back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The version that came back.
    pub version: i64,
    /// Number of the block in it, from 1.
    pub block: usize,
    /// How the block begins.
    pub words: String,
    /// What is to be changed.
    pub text: String,
}

/// A post on the desk, without its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// Number.
    pub id: PostId,
    /// The unit that answers for it.
    pub unit: UnitId,
    /// Number of its newest version.
    pub version: i64,
    /// Where that version stands.
    pub state: State,
    /// What the approver said when it came back.
    pub remark: String,
    /// When it last changed.
    pub updated: Timestamp,
}

/// When a post appears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Showing {
    /// First instant.
    pub from: Timestamp,
    /// First instant at which it is gone again; `None` = it stays.
    pub until: Option<Timestamp>,
    /// Day on which somebody looks whether it is still right.
    pub review: Option<Date>,
}

/// A post that the public sees.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Number.
    pub id: PostId,
    /// Version that is shown.
    pub version: i64,
    /// Address.
    pub slug: String,
    /// The unit that answers for it.
    pub unit: UnitId,
    /// Code of its kind.
    pub kind: String,
    /// Title.
    pub title: String,
    /// Summary.
    pub summary: String,
    /// When it appears.
    pub showing: Showing,
    /// When what is shown changed last.
    pub changed: Timestamp,
}

/// Something cited in a version, pinned to what the law said then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pinned {
    /// Line of the body.
    pub line: usize,
    /// First byte in it.
    pub from: usize,
    /// Byte after the last.
    pub to: usize,
    /// Address of the act.
    pub act: String,
    /// Id of the provision; empty for the act as a whole.
    pub provision: String,
    /// True where the act has no provision of that number.
    pub missing: bool,
    /// The words.
    pub words: String,
    /// SHA-256 of the text of the provision then, in hex.
    pub hash: String,
}

impl Pinned {
    /// Local address of what is cited.
    #[must_use]
    pub fn path(&self) -> String {
        match legal::address::path_of_id(&self.provision).filter(|_| !self.provision.is_empty()) {
            Some(place) => format!("/van-ban/{}/{place}", self.act),
            None => format!("/van-ban/{}", self.act),
        }
    }
}

/// An uploaded file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Media {
    /// Number.
    pub id: i64,
    /// The unit whose officers may use it.
    pub unit: UnitId,
    /// What it is.
    pub kind: media::Kind,
    /// Its name.
    pub name: String,
    /// False for a document that is a picture of text.
    pub has_text: bool,
    /// What goes out: a picture in several widths, the smallest first; one file of anything else.
    pub files: Vec<File>,
}

/// What goes out of an uploaded file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Last part of its address.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// Pixels across; 0 where it is no picture.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Bytes.
    pub size: i64,
    /// SHA-256 of them in hex.
    pub sha256: String,
}

/// Which public posts are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Code of a kind.
    pub kind: Option<String>,
    /// Code of a topic group.
    pub topic: Option<String>,
    /// Units, one of which answers for the post; empty = any.
    pub units: Vec<UnitId>,
    /// Address of an act that they cite, and the id of a provision.
    pub law: Option<(String, Option<String>)>,
    /// At most so many.
    pub limit: i64,
    /// After so many.
    pub offset: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_published_that_was_not_approved() {
        for state in State::ALL {
            assert_eq!(State::from_code(state.code()), Some(state));
            let shown = Move::of(state, Step::Publish).is_some();
            assert_eq!(shown, state == State::Approved, "{state:?}");
            let approved = Move::of(state, Step::Approve).is_some();
            assert_eq!(approved, state == State::Submitted, "{state:?}");
        }
    }
}
