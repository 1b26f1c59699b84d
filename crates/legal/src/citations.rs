//! Citations in the text of acts: where they stand and what they point at.
//!
//! [`find`] reads one paragraph, [`citations`] a whole act. Forms follow the drafting rules
//! (Luật 64/2025/QH15, NĐ 78/2025/NĐ-CP) and what is met besides: lists, ranges, reversed
//! order, names with a year or a date, short forms. Time grows with the length of the text.

pub(crate) mod acts;
mod amended;
mod anchors;
pub(crate) mod annex;
mod around;
pub(crate) mod chain;
pub(crate) mod dates;
mod index;
pub(crate) mod lexis;
mod names;
pub(crate) mod places;
mod quoted;
mod resolve;
mod scan;
mod shorts;
mod spots;
mod walk;

use std::ops::Range;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::model::ActKind;

pub use index::Index;
pub use scan::{Context, find};
pub use shorts::ShortForms;
pub(crate) use spots::spot as spot_at;
pub use spots::{Field, Spot, text_at};
pub(crate) use walk::amends;
pub(crate) use walk::citations_at;
pub use walk::{PlacedCitation, citations};

/// The act that a citation names.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum ActRef {
    /// The act that holds the citation.
    This,
    /// The act being amended, which the text around does not name.
    Amended,
    /// By number, in canonical spelling.
    Number {
        /// `100/2019/NĐ-CP`.
        number: String,
        /// Issuer as printed after "của"; numbers of local acts repeat between issuers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        issuer: Option<String>,
        /// Date printed after the number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        issued: Option<Date>,
    },
    /// By kind and title, as printed ("Luật Đất đai").
    Name {
        /// Kind and title.
        name: String,
        /// Year printed after it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        year: Option<i16>,
        /// Date printed after it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        issued: Option<Date>,
    },
    /// By words that only other text explains ("Nghị định số 30", "Luật").
    Short {
        /// The words as printed.
        text: String,
    },
}

/// Whether the target is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The provision stands in this act.
    Resolved,
    /// Another act, to be looked up by its key; or nothing to check against.
    Pending,
    /// The text names a provision that this act does not have.
    Dangling,
    /// Several readings are possible; none was chosen.
    Ambiguous,
}

/// One provision or act that a citation points at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Bytes of the words that name this target within a list; those of the whole citation otherwise.
    pub span: Range<usize>,
    /// The act.
    pub act: ActRef,
    /// Id of the provision as in [`crate::address`] (`art_7__clause_2`); `None`: the act as a whole.
    pub provision: Option<String>,
    /// Whether it is known.
    pub status: Status,
}

/// A citation: one run of words, one or more targets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// Bytes in the text, from the first level word to the end of the act's name, number or date.
    pub span: Range<usize>,
    /// Never empty.
    pub targets: Vec<Target>,
}

impl Citation {
    /// The worst status of its targets.
    #[must_use]
    pub fn status(&self) -> Status {
        self.targets
            .iter()
            .map(|target| target.status)
            .max()
            .unwrap_or(Status::Dangling)
    }
}

/// Whether "kind này" can be said inside an act of kind `own`.
fn may_be(named: ActKind, own: Option<ActKind>) -> bool {
    use ActKind::{BoLuat, Luat, NghiQuyet, NghiQuyetLienTich, ThongTu, ThongTuLienTich, VanBanHopNhat};
    match (named, own) {
        (_, None | Some(VanBanHopNhat)) => true,
        (Luat | BoLuat, Some(Luat | BoLuat)) => true,
        (ThongTu | ThongTuLienTich, Some(ThongTu | ThongTuLienTich)) => true,
        (NghiQuyet | NghiQuyetLienTich, Some(NghiQuyet | NghiQuyetLienTich)) => true,
        (named, Some(own)) => named == own,
    }
}
