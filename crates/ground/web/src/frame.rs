//! What the frame's templates ask of [`Chrome`]: navigation, attributes of the root, small words.

use crate::chrome::Chrome;
use crate::look::{Lang, Look, Size, Theme};
use crate::site::Agency;

/// One entry of the navigation.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// What a page puts into [`Chrome::nav`].
    pub key: &'static str,
    /// Local address without language prefix.
    pub path: &'static str,
    /// Vietnamese words.
    pub label: &'static str,
}

const ENTRIES: [Entry; 6] = [
    Entry {
        key: "home",
        path: "/",
        label: "Trang chủ",
    },
    Entry {
        key: "acts",
        path: "/van-ban",
        label: "Văn bản",
    },
    Entry {
        key: "posts",
        path: "/bai",
        label: "Bài viết",
    },
    Entry {
        key: "new",
        path: "/van-ban/moi",
        label: "Văn bản mới",
    },
    Entry {
        key: "coming",
        path: "/van-ban/sap-co-hieu-luc",
        label: "Sắp có hiệu lực",
    },
    Entry {
        key: "expiring",
        path: "/van-ban/sap-het-hieu-luc",
        label: "Sắp hết hiệu lực",
    },
];

impl Chrome {
    /// The navigation, in order.
    pub fn entries(&self) -> &'static [Entry] {
        &ENTRIES
    }

    /// Value of `data-theme`; none = as the system says.
    pub fn theme(&self) -> Option<&'static str> {
        (self.look.theme != Theme::Auto).then(|| self.look.theme.word())
    }

    /// Value of `data-size`; none = normal.
    pub fn size(&self) -> Option<&'static str> {
        (self.look.size != Size::Normal).then(|| self.look.size.word())
    }

    /// Local address of this page in English.
    pub fn en_path(&self) -> String {
        Look::plain(Lang::En).href(&self.path)
    }

    /// Icon that goes with a state of validity (`Status::slug`).
    pub fn status_icon(&self, slug: &str) -> &'static str {
        match slug {
            "con-hieu-luc" => "ok",
            "chua-co-hieu-luc" => "wait",
            "het-mot-phan" | "ngung-mot-phan" => "part",
            "het-hieu-luc" | "ngung-hieu-luc" => "stop",
            _ => "ask",
        }
    }
}

impl Agency {
    /// True when any way to reach the agency is set.
    pub fn has_contact(&self) -> bool {
        !(self.address.is_empty() && self.phone.is_empty() && self.email.is_empty())
    }
}
