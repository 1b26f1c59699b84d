//! The kinds of units that every installation begins with. Officers add their own.

use crate::model::Kind;

/// code, label, English, plural, English plural, level
const BUILT_IN: [(&str, &str, &str, &str, &str, u8); 17] = [
    (
        "ministry",
        "Bộ, cơ quan ngang bộ",
        "Ministry",
        "Bộ, cơ quan ngang bộ",
        "Ministries",
        0,
    ),
    (
        "city",
        "Thành phố trực thuộc trung ương",
        "City",
        "Thành phố trực thuộc trung ương",
        "Cities",
        1,
    ),
    ("province", "Tỉnh", "Province", "Tỉnh", "Provinces", 1),
    (
        "committee",
        "Ủy ban nhân dân",
        "People's Committee",
        "Ủy ban nhân dân",
        "People's Committees",
        1,
    ),
    (
        "department",
        "Sở, ban, ngành",
        "Department",
        "Sở, ban, ngành",
        "Departments",
        1,
    ),
    ("union", "Đoàn thể", "Union", "Đoàn thể", "Unions", 1),
    (
        "office",
        "Phòng, ban, đơn vị trực thuộc",
        "Office",
        "Phòng, ban, đơn vị trực thuộc",
        "Offices",
        2,
    ),
    (
        "urban-district",
        "Quận",
        "Urban district",
        "Quận",
        "Urban districts",
        2,
    ),
    (
        "provincial-city",
        "Thành phố cấp huyện",
        "Provincial city",
        "Thành phố cấp huyện",
        "Provincial cities",
        2,
    ),
    ("town", "Thị xã", "Town", "Thị xã", "Towns", 2),
    ("district", "Huyện", "District", "Huyện", "Districts", 2),
    ("ward", "Phường", "Ward", "Phường", "Wards", 3),
    ("township", "Thị trấn", "Township", "Thị trấn", "Townships", 3),
    ("commune", "Xã", "Commune", "Xã", "Communes", 3),
    (
        "special-zone",
        "Đặc khu",
        "Special zone",
        "Đặc khu",
        "Special zones",
        3,
    ),
    (
        "agency",
        "Cơ quan, đơn vị cấp xã",
        "Commune agency",
        "Cơ quan, đơn vị cấp xã",
        "Commune agencies",
        3,
    ),
    (
        "mediation-team",
        "Tổ hòa giải",
        "Mediation team",
        "Tổ hòa giải",
        "Mediation teams",
        4,
    ),
];

/// The kinds to begin with, in the order of lists.
#[must_use]
pub fn built_in() -> Vec<Kind> {
    let kind = |(order, (code, label, label_en, plural, plural_en, level)): (i64, _)| {
        let text = |text: &str| text.to_owned();
        let level: u8 = level;
        Kind {
            code: text(code),
            label: text(label),
            label_en: text(label_en),
            plural: text(plural),
            plural_en: text(plural_en),
            level,
            order: order * 10,
        }
    };
    (1..).zip(BUILT_IN).map(kind).collect()
}
