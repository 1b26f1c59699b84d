//! Names of the kinds of acts, in Vietnamese, English and addresses.

use crate::model::ActKind;

/// One row a kind: the kind, its Vietnamese name, its English name, its address.
const KINDS: &[(ActKind, &str, &str, &str)] = &[
    (ActKind::HienPhap, "Hiến pháp", "Constitution", "hien-phap"),
    (ActKind::BoLuat, "Bộ luật", "Code", "bo-luat"),
    (ActKind::Luat, "Luật", "Law", "luat"),
    (ActKind::PhapLenh, "Pháp lệnh", "Ordinance", "phap-lenh"),
    (ActKind::Lenh, "Lệnh", "Order", "lenh"),
    (ActKind::NghiQuyet, "Nghị quyết", "Resolution", "nghi-quyet"),
    (
        ActKind::NghiQuyetLienTich,
        "Nghị quyết liên tịch",
        "Joint resolution",
        "nghi-quyet-lien-tich",
    ),
    (ActKind::NghiDinh, "Nghị định", "Decree", "nghi-dinh"),
    (ActKind::QuyetDinh, "Quyết định", "Decision", "quyet-dinh"),
    (ActKind::ThongTu, "Thông tư", "Circular", "thong-tu"),
    (
        ActKind::ThongTuLienTich,
        "Thông tư liên tịch",
        "Joint circular",
        "thong-tu-lien-tich",
    ),
    (ActKind::ChiThi, "Chỉ thị", "Directive", "chi-thi"),
    (ActKind::SacLenh, "Sắc lệnh", "Decree-order", "sac-lenh"),
    (ActKind::SacLuat, "Sắc luật", "Decree-law", "sac-luat"),
    (
        ActKind::VanBanHopNhat,
        "Văn bản hợp nhất",
        "Consolidated text",
        "van-ban-hop-nhat",
    ),
    (ActKind::CongVan, "Công văn", "Official letter", "cong-van"),
    (ActKind::KeHoach, "Kế hoạch", "Plan", "ke-hoach"),
    (ActKind::HuongDan, "Hướng dẫn", "Guidance", "huong-dan"),
    (ActKind::BaoCao, "Báo cáo", "Report", "bao-cao"),
    (ActKind::ThongBao, "Thông báo", "Announcement", "thong-bao"),
    (ActKind::DieuUoc, "Điều ước quốc tế", "Treaty", "dieu-uoc"),
    (ActKind::Khac, "Văn bản khác", "Other document", "khac"),
];

impl ActKind {
    /// Every kind, highest rank first.
    pub fn all() -> impl Iterator<Item = Self> {
        KINDS.iter().map(|row| row.0)
    }

    fn row(self) -> &'static (Self, &'static str, &'static str, &'static str) {
        KINDS
            .iter()
            .find(|row| row.0 == self)
            .unwrap_or(&KINDS[KINDS.len() - 1])
    }

    /// Vietnamese name: "Bộ luật".
    #[must_use]
    pub fn label(self) -> &'static str {
        self.row().1
    }

    /// English name: "Code".
    #[must_use]
    pub fn label_en(self) -> &'static str {
        self.row().2
    }

    /// Address: "bo-luat".
    #[must_use]
    pub fn slug(self) -> &'static str {
        self.row().3
    }

    /// The kind of an address; `None` for a word that names no kind.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        KINDS.iter().find(|row| row.3 == slug).map(|row| row.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_one_row_and_round_trips() {
        for kind in ActKind::all() {
            assert_eq!(ActKind::from_slug(kind.slug()), Some(kind));
            assert_eq!(kind.row().0, kind);
        }
        assert_eq!(ActKind::all().count(), 22);
        assert_eq!(ActKind::BoLuat.label(), "Bộ luật");
        assert_eq!(ActKind::from_slug("luat-rung"), None);
    }
}
