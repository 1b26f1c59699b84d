//! Names of the kinds in both directions.

use super::RelationKind;

/// Kind, what the acting act shows, what the other act shows.
const NAMES: [(RelationKind, &str, &str); 27] = [
    (RelationKind::Bases, "Căn cứ ban hành", "Là căn cứ ban hành của"),
    (
        RelationKind::Applies,
        "Hướng dẫn áp dụng",
        "Được hướng dẫn áp dụng bởi",
    ),
    (
        RelationKind::Details,
        "Quy định chi tiết",
        "Được quy định chi tiết bởi",
    ),
    (
        RelationKind::Guides,
        "Hướng dẫn thi hành",
        "Được hướng dẫn thi hành bởi",
    ),
    (
        RelationKind::Amends,
        "Sửa đổi, bổ sung",
        "Được sửa đổi, bổ sung bởi",
    ),
    (RelationKind::Supplements, "Bổ sung", "Được bổ sung bởi"),
    (
        RelationKind::AmendsPartly,
        "Sửa đổi, bổ sung một phần",
        "Được sửa đổi, bổ sung một phần bởi",
    ),
    (RelationKind::Replaces, "Thay thế", "Bị thay thế bởi"),
    (
        RelationKind::ReplacesPartly,
        "Thay thế một phần",
        "Bị thay thế một phần bởi",
    ),
    (RelationKind::Repeals, "Bãi bỏ", "Bị bãi bỏ bởi"),
    (
        RelationKind::RepealsPartly,
        "Bãi bỏ một phần",
        "Bị bãi bỏ một phần bởi",
    ),
    (RelationKind::Ends, "Làm hết hiệu lực", "Bị hết hiệu lực bởi"),
    (
        RelationKind::EndsPartly,
        "Làm hết hiệu lực một phần",
        "Bị hết hiệu lực một phần bởi",
    ),
    (RelationKind::Corrects, "Đính chính", "Được đính chính bởi"),
    (RelationKind::Consolidates, "Hợp nhất", "Được hợp nhất bởi"),
    (RelationKind::Cites, "Dẫn chiếu", "Được dẫn chiếu bởi"),
    (RelationKind::Explains, "Giải thích", "Được giải thích bởi"),
    (
        RelationKind::Suspends,
        "Đình chỉ việc thi hành",
        "Bị đình chỉ việc thi hành bởi",
    ),
    (
        RelationKind::SuspendsPartly,
        "Đình chỉ một phần",
        "Bị đình chỉ một phần bởi",
    ),
    (
        RelationKind::Pauses,
        "Tạm ngưng hiệu lực",
        "Bị tạm ngưng hiệu lực bởi",
    ),
    (
        RelationKind::PausesPartly,
        "Tạm ngưng hiệu lực một phần",
        "Bị tạm ngưng hiệu lực một phần bởi",
    ),
    (
        RelationKind::Resumes,
        "Tiếp tục hiệu lực",
        "Được tiếp tục hiệu lực bởi",
    ),
    (
        RelationKind::Extends,
        "Kéo dài thời hạn áp dụng",
        "Được kéo dài thời hạn áp dụng bởi",
    ),
    (RelationKind::Announces, "Công bố", "Được công bố bởi"),
    (RelationKind::Approves, "Phê chuẩn", "Được phê chuẩn bởi"),
    (
        RelationKind::Issues,
        "Ban hành kèm theo",
        "Được ban hành kèm theo",
    ),
    (
        RelationKind::Relates,
        "Liên quan cùng nội dung",
        "Liên quan cùng nội dung",
    ),
];

impl RelationKind {
    /// Every kind.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|row| row.0)
    }

    fn row(self) -> (&'static str, &'static str) {
        NAMES
            .iter()
            .find(|row| row.0 == self)
            .map_or(("", ""), |row| (row.1, row.2))
    }

    /// What this act does to the other: "Thay thế".
    #[must_use]
    pub fn label(self) -> &'static str {
        self.row().0
    }

    /// What the other act suffers: "Bị thay thế bởi".
    #[must_use]
    pub fn passive(self) -> &'static str {
        self.row().1
    }

    /// The kind for some provisions of an act instead of all of it.
    #[must_use]
    pub fn partly(self) -> Self {
        match self {
            Self::Amends => Self::AmendsPartly,
            Self::Replaces => Self::ReplacesPartly,
            Self::Repeals => Self::RepealsPartly,
            Self::Ends => Self::EndsPartly,
            Self::Suspends => Self::SuspendsPartly,
            Self::Pauses => Self::PausesPartly,
            kind => kind,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_two_names() {
        assert_eq!(RelationKind::all().count(), 27);
        for kind in RelationKind::all() {
            assert!(!kind.label().is_empty() && !kind.passive().is_empty());
        }
        assert_eq!(
            RelationKind::Replaces.partly().passive(),
            "Bị thay thế một phần bởi"
        );
    }
}
