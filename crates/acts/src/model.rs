//! Acts as the database keeps them.

use jiff::civil::Date;
use legal::cite::ActName;
use legal::model::{ActKind, Claim, Finding, Language, Mending, Provision, Signer};
use legal::validity::{Halt, Status, claimed_status, halted, standing, status_on};
use serde::{Deserialize, Serialize};

/// Number of an act in this database; never shown to readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ActId(pub i64);

/// What is known of an act, without its text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Act {
    /// Number of the row.
    pub id: ActId,
    /// Address: `91-2015-qh13`.
    pub slug: String,
    /// Kind; `Khac` where the text does not say.
    pub kind: ActKind,
    /// Number in canonical spelling.
    pub number: Option<String>,
    /// Title without the kind, may be empty.
    pub title: String,
    /// Issuing bodies in order.
    pub issuers: Vec<String>,
    /// Who signed.
    pub signers: Vec<Signer>,
    /// Place of issue.
    pub place: Option<String>,
    /// Date issued.
    pub issued: Option<Date>,
    /// First day in force, also where another act moved it.
    pub in_force: Option<Date>,
    /// The first day as its own text or a source says it, where another act moved it.
    pub planned: Option<Date>,
    /// True where `in_force` is a source's claim and the text itself names no date.
    pub in_force_claimed: bool,
    /// First day on which it no longer holds, as a source claims.
    pub expires: Option<Date>,
    /// First day on which it no longer holds, as other acts here say.
    pub ended: Option<Date>,
    /// First day on which it no longer holds, as far as we know: the source's word comes before
    /// that of other acts here, and both are kept.
    pub ends: Option<Date>,
    /// First day on which some of its provisions no longer hold.
    pub partly: Option<Date>,
    /// Times for which it or some of its provisions do not hold.
    pub halts: Vec<Halt>,
    /// Status as the latest source wrote it ("Hết hiệu lực một phần").
    pub claimed_status: Option<String>,
    /// Field (lĩnh vực).
    pub field: Option<String>,
    /// False for an act known by metadata only.
    pub has_text: bool,
    /// True where an English text is kept.
    pub has_english: bool,
    /// True where only a translation is kept.
    pub translation_only: bool,
    /// Percent by which a machine trusts the Vietnamese text that it recognised in a scan;
    /// `None` where the text is exact.
    pub confidence: Option<i64>,
    /// When it first came, epoch microseconds.
    pub created: i64,
    /// When it last changed, epoch microseconds.
    pub updated: i64,
}

impl Act {
    /// What a citation needs.
    #[must_use]
    pub fn name(&self) -> ActName<'_> {
        ActName {
            kind: Some(self.kind),
            number: self.number.as_deref(),
            title: (!self.title.is_empty()).then_some(self.title.as_str()),
            issued: self.issued,
            issuer: self.issuers.first().map(String::as_str),
        }
    }

    /// State on a date. Dates decide; a source adds what dates cannot know: that the act has
    /// expired, wholly or in part, or that it holds where its text names no day.
    #[must_use]
    pub fn status_on(&self, date: Date) -> Status {
        let claimed = self.claimed_status.as_deref().and_then(claimed_status);
        self.in_part(standing(status_on(self.in_force, self.ends, date), claimed), date)
    }

    /// State on a date by the dates known, whatever a source says.
    #[must_use]
    pub fn dated_status_on(&self, date: Date) -> Status {
        self.in_part(status_on(self.in_force, self.ends, date), date)
    }

    /// The state of an act that holds, with what of it does not on the day.
    #[must_use]
    pub(crate) fn in_part(&self, status: Status, date: Date) -> Status {
        let status = match status {
            Status::InForce if self.partly.is_some_and(|day| day <= date) => Status::PartlyExpired,
            status => status,
        };
        halted(status, &self.halts, date)
    }

    /// The time for which it does not hold as a whole on a date.
    #[must_use]
    pub fn halt_on(&self, date: Date) -> Option<Halt> {
        self.halts
            .iter()
            .copied()
            .find(|halt| halt.whole && halt.is_on(date))
    }

    /// Languages in which a text is kept, the authentic one first.
    #[must_use]
    pub fn languages(&self) -> Vec<Language> {
        let vietnamese = (self.has_text && !self.translation_only).then_some(Language::Vi);
        vietnamese
            .into_iter()
            .chain(self.has_english.then_some(Language::En))
            .collect()
    }
}

/// An original file that gave an act, or one line of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Original {
    /// SHA-256 of the file: its name in the store of files.
    pub sha256: String,
    /// Which item of the file, from 0.
    pub item: i64,
    /// Language of the text.
    pub language: Language,
    /// `html`, `txt`, `json`, `jsonl` …
    pub format: String,
    /// Name under which it came.
    pub file_name: String,
    /// Media type to serve it with.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// Address it came from, where known.
    pub source: Option<String>,
    /// When it came, epoch microseconds.
    pub received: i64,
    /// Version of the reader that read it.
    pub parser: String,
    /// False where it names the act only.
    pub has_text: bool,
    /// True where the text shown stands on this original.
    pub stands: bool,
    /// Percent by which a machine trusts the text that it recognised; `None` where it is exact.
    pub confidence: Option<i64>,
    /// Repairs to its characters.
    pub mendings: Vec<Mending>,
    /// What is doubtful in it.
    pub warnings: Vec<Finding>,
}

/// A file whose letters are a picture.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scan {
    /// SHA-256 of the file: its name in the store of files.
    pub sha256: String,
    /// Name under which it came.
    pub file_name: String,
    /// `pdf`, `png` …
    pub format: String,
    /// Media type to serve it with.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// What lists say of it.
    pub claims: Vec<Claim>,
    /// The act it is an original of; `None` while nobody knows.
    pub act: Option<ActId>,
    /// Address of that act.
    pub slug: Option<String>,
    /// What became of it.
    pub state: ScanState,
    /// Pages recognised.
    pub pages: i64,
    /// Percent by which the recogniser trusts its letters, once it is done.
    pub confidence: Option<i64>,
    /// The recogniser ("tesseract 5.3.0").
    pub maker: Option<String>,
    /// Why it failed, in Vietnamese.
    pub message: String,
    /// When it came, epoch microseconds.
    pub received: i64,
}

/// What became of a scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ScanState {
    /// It waits for the recogniser.
    Waiting,
    /// It is being recognised.
    Working,
    /// Its text is kept.
    Recognised,
    /// Nothing could be recognised.
    Failed,
}

impl ScanState {
    /// What an officer reads.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Waiting => "Cần nhận dạng chữ, đang chờ",
            Self::Working => "Đang nhận dạng chữ",
            Self::Recognised => "Đã nhận dạng chữ",
            Self::Failed => "Không nhận dạng được",
        }
    }
}

/// One entry of the history of an act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    /// When, epoch microseconds.
    pub at: i64,
    /// What.
    pub kind: EventKind,
    /// The original that caused it.
    pub sha256: Option<String>,
    /// Name of that original.
    pub file_name: Option<String>,
}

/// What happened to an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// It came into this database.
    Imported,
    /// Another original of it came; the text shown stayed.
    OriginalAdded,
    /// Its text was replaced by a more complete or better read one.
    TextReplaced,
    /// What is known of it changed, not its text.
    DetailsChanged,
}

impl EventKind {
    /// A sentence for the history page.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Imported => "Nhập vào hệ thống",
            Self::OriginalAdded => "Nhận thêm bản gốc, nội dung đang hiển thị giữ nguyên",
            Self::TextReplaced => "Thay nội dung bằng bản đầy đủ hơn hoặc được đọc lại",
            Self::DetailsChanged => "Cập nhật thông tin của văn bản, nội dung giữ nguyên",
        }
    }

    /// Stable word for programs and the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Imported => "imported",
            Self::OriginalAdded => "original-added",
            Self::TextReplaced => "text-replaced",
            Self::DetailsChanged => "details-changed",
        }
    }

    /// The kind of a code; unknown codes of later versions read as changed details.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        [Self::Imported, Self::OriginalAdded, Self::TextReplaced]
            .into_iter()
            .find(|kind| kind.code() == code)
            .unwrap_or(Self::DetailsChanged)
    }
}

/// How a list is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Newest date of issue first.
    #[default]
    Issued,
    /// In force after `on`, soonest first; others are left out.
    ComingIntoForce,
    /// Expiring after `on`, soonest first; others are left out.
    Expiring,
    /// Last changed in this database first.
    Updated,
}

/// What a list shows.
#[derive(Clone, Debug)]
pub struct ListQuery {
    /// Of this kind.
    pub kind: Option<ActKind>,
    /// Issued by the body of this slug (`quoc-hoi`).
    pub issuer: Option<String>,
    /// In the field of this slug.
    pub field: Option<String>,
    /// Issued in this year.
    pub year: Option<i16>,
    /// In this state on `on`.
    pub status: Option<Status>,
    /// The date that `status` and the orders refer to.
    pub on: Date,
    /// Order.
    pub order: Order,
    /// Page, from 1.
    pub page: u32,
    /// Acts a page, 1 to 200.
    pub per_page: u32,
}

impl ListQuery {
    /// Every act, newest first, as seen on a date.
    #[must_use]
    pub fn on(date: Date) -> Self {
        Self {
            kind: None,
            issuer: None,
            field: None,
            year: None,
            status: None,
            on: date,
            order: Order::default(),
            page: 1,
            per_page: 20,
        }
    }
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct ListPage {
    /// The acts of the page.
    pub acts: Vec<Act>,
    /// How many acts the whole list has.
    pub total: u64,
    /// This page, from 1.
    pub page: u32,
    /// How many pages there are, at least 1.
    pub pages: u32,
}

/// A value that lists can be narrowed to, with the number of acts it leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Facet {
    /// Word in addresses.
    pub slug: String,
    /// As a reader sees it.
    pub label: String,
    /// Acts.
    pub count: u64,
}

/// What a list can be narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facets {
    /// Kinds, highest rank first.
    pub kinds: Vec<Facet>,
    /// Issuers, most acts first.
    pub issuers: Vec<Facet>,
    /// Fields, most acts first.
    pub fields: Vec<Facet>,
    /// Years of issue, latest first.
    pub years: Vec<Facet>,
}

/// Counts for the home page and the metrics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Acts known.
    pub acts: u64,
    /// Acts with text.
    pub with_text: u64,
    /// Articles of the Vietnamese texts.
    pub articles: u64,
    /// When anything last changed, epoch microseconds; 0 when empty.
    pub updated: i64,
}

/// A place in the stream of acts by time of change, for feeds that resume.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ChangeToken {
    /// `updated` of the last act handed out.
    pub updated: i64,
    /// Its number.
    pub id: i64,
}

/// A provision with what a page about it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct ProvisionView {
    /// What it stands in, outermost first.
    pub ancestors: Vec<Provision>,
    /// The provision itself, then everything in it, in document order.
    pub subtree: Vec<Provision>,
    /// The provision of the same level before it in its part.
    pub previous: Option<Neighbour>,
    /// The one after it.
    pub next: Option<Neighbour>,
}

/// A provision beside another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its heading.
    pub heading: Option<String>,
}

/// A claim with the original that carries it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KeptClaim {
    /// The claim.
    #[serde(flatten)]
    pub claim: Claim,
    /// The original it came with.
    pub sha256: String,
}
