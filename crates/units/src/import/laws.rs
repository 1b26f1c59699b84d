//! The acts behind the changes that the files show without naming their ground.

use jiff::civil::{Date, date};

use crate::model::Basis;

fn act(number: &str, slug: &str, title: &str) -> Basis {
    Basis {
        text: format!("Nghị quyết số {number} {title}"),
        number: Some(number.to_owned()),
        act: Some(slug.to_owned()),
    }
}

/// Why provinces merged on 1 July 2025.
pub fn provinces() -> Basis {
    act(
        "202/2025/QH15",
        "202-2025-qh15",
        "về việc sắp xếp đơn vị hành chính cấp tỉnh",
    )
}

/// Why districts ended on 1 July 2025.
pub fn districts() -> Basis {
    act(
        "203/2025/QH15",
        "203-2025-qh15",
        "sửa đổi, bổ sung một số điều của Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam",
    )
}

/// Why communes of a province were rearranged on 1 July 2025. Each province has a resolution of its
/// own; the files do not give its number, so none is stated.
pub fn communes(province: &str) -> Basis {
    let province = province
        .replacen("Tỉnh", "tỉnh", 1)
        .replacen("Thành phố", "thành phố", 1);
    Basis {
        text: format!(
            "Nghị quyết của Ủy ban Thường vụ Quốc hội về việc sắp xếp các đơn vị hành chính cấp xã của {province} năm 2025"
        ),
        number: None,
        act: None,
    }
}

/// A change of kinds in one province after 1 July 2025: the list of today has the new kinds, not the day.
#[derive(Clone, Copy, Debug)]
pub struct Since {
    code: &'static str,
    /// First day of the new kinds.
    pub on: Date,
    province: (&'static str, &'static str, &'static str),
    communes: (&'static str, &'static str, &'static str),
}

const SINCE: [Since; 1] = [Since {
    code: "75",
    on: date(2026, 4, 30),
    province: (
        "30/2026/QH16",
        "30-2026-qh16",
        "về việc thành lập thành phố Đồng Nai",
    ),
    communes: (
        "237/NQ-UBTVQH16",
        "237-nq-ubtvqh16",
        "về việc thành lập 10 phường thuộc tỉnh Đồng Nai",
    ),
}];

/// What changed in the province of a code.
pub fn since(code: &str) -> Option<Since> {
    SINCE.into_iter().find(|since| since.code == code)
}

impl Since {
    /// The ground of the province's change.
    pub fn province(self) -> Basis {
        act(self.province.0, self.province.1, self.province.2)
    }

    /// The ground of its communes' changes.
    pub fn communes(self) -> Basis {
        act(self.communes.0, self.communes.1, self.communes.2)
    }
}
