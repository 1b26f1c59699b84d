//! How the home page is arranged.

use serde::{Deserialize, Serialize};

/// Life events on the home page (ux.md 7).
pub const EVENTS: usize = 8;

/// A part of the home page; the search stands above all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Block {
    /// Life events.
    Events,
    /// Guides and situations.
    Guides,
    /// Drafts for comment and notices.
    Notices,
    /// New law.
    Law,
    /// Agencies that publish here.
    Agencies,
    /// Ways into the acts: kind, issuer, field, year.
    Entrances,
}

impl Block {
    /// Every part, in the order in which a portal begins.
    pub const ALL: [Self; 6] = [
        Self::Events,
        Self::Guides,
        Self::Notices,
        Self::Law,
        Self::Agencies,
        Self::Entrances,
    ];

    /// The word in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Events => "su-kien",
            Self::Guides => "huong-dan",
            Self::Notices => "thong-bao",
            Self::Law => "van-ban",
            Self::Agencies => "co-quan",
            Self::Entrances => "loi-vao",
        }
    }

    /// Vietnamese name, a key of the interface.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Events => "Bạn đang cần việc gì?",
            Self::Guides => "Hướng dẫn và tình huống",
            Self::Notices => "Thông báo và dự thảo lấy ý kiến",
            Self::Law => "Văn bản mới",
            Self::Agencies => "Cơ quan, đơn vị",
            Self::Entrances => "Tra cứu theo loại, cơ quan, lĩnh vực, năm",
        }
    }
}

/// A link that officers chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Its words.
    pub label: String,
    /// A local address.
    pub path: String,
}

/// A life event: a door to everything about it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LifeEvent {
    /// Word in its address.
    pub code: String,
    /// Vietnamese name.
    pub label: String,
    /// English name.
    pub label_en: String,
    /// Name of its icon.
    pub icon: String,
    /// Code of the topic group whose posts stand on its page; empty = none.
    pub topic: String,
    /// What officers put first on its page.
    pub links: Vec<Link>,
}

/// The home page as it is arranged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrangement {
    /// The parts that are shown, in order.
    pub blocks: Vec<Block>,
    /// The life events, in order.
    pub events: Vec<LifeEvent>,
}

/// The arrangement that holds, with its number; 0 = the one of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Number.
    pub number: i64,
    /// What it says.
    pub arrangement: Arrangement,
}
