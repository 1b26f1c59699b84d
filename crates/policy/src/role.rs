//! Roles (design.md, People). A role is held in a unit and for a time.

use serde::{Deserialize, Serialize};

/// What a person is in a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Người soạn: writes.
    Contributor,
    /// Người duyệt: approves what another person wrote.
    Approver,
    /// Người xuất bản: decides when and where approved things appear.
    Publisher,
    /// Biên tập viên dữ liệu pháp luật: decides what the law data cannot tell by itself.
    LawEditor,
    /// Cán bộ cuộc thi.
    ContestOfficer,
    /// Báo cáo viên pháp luật.
    LegalReporter,
    /// Cán bộ kế hoạch, báo cáo.
    Planner,
    /// Quản trị đơn vị: people of one unit and the units below it.
    UnitAdmin,
    /// Quản trị toàn cổng.
    ProvincialAdmin,
    /// Cán bộ cổng trung ương.
    HubOfficer,
    /// Người kiểm tra: reads everything, changes nothing.
    Auditor,
}

impl Role {
    /// Every role, in the order of lists.
    pub const ALL: [Self; 11] = [
        Self::Contributor,
        Self::Approver,
        Self::Publisher,
        Self::LawEditor,
        Self::ContestOfficer,
        Self::LegalReporter,
        Self::Planner,
        Self::UnitAdmin,
        Self::ProvincialAdmin,
        Self::HubOfficer,
        Self::Auditor,
    ];

    /// The word in the database, in forms and in golden files.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Contributor => "contributor",
            Self::Approver => "approver",
            Self::Publisher => "publisher",
            Self::LawEditor => "law-editor",
            Self::ContestOfficer => "contest-officer",
            Self::LegalReporter => "legal-reporter",
            Self::Planner => "planner",
            Self::UnitAdmin => "unit-admin",
            Self::ProvincialAdmin => "provincial-admin",
            Self::HubOfficer => "hub-officer",
            Self::Auditor => "auditor",
        }
    }

    /// The role of a word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Vietnamese name, a key of the interface.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Contributor => "Người soạn bài",
            Self::Approver => "Người duyệt bài",
            Self::Publisher => "Người xuất bản",
            Self::LawEditor => "Biên tập viên dữ liệu pháp luật",
            Self::ContestOfficer => "Cán bộ tổ chức cuộc thi",
            Self::LegalReporter => "Báo cáo viên pháp luật",
            Self::Planner => "Cán bộ kế hoạch, báo cáo",
            Self::UnitAdmin => "Quản trị đơn vị",
            Self::ProvincialAdmin => "Quản trị toàn cổng",
            Self::HubOfficer => "Cán bộ cổng trung ương",
            Self::Auditor => "Người kiểm tra",
        }
    }

    /// Whether the role may only be used after a second proof (a code or a passkey): those who
    /// approve or administer (issue of units and people; NĐ 85/2016 level 3).
    #[must_use]
    pub fn needs_second_proof(self) -> bool {
        matches!(
            self,
            Self::Approver
                | Self::Publisher
                | Self::LawEditor
                | Self::UnitAdmin
                | Self::ProvincialAdmin
                | Self::HubOfficer
        )
    }

    /// The roles that a holder of this one may give to others: nobody raises a person above oneself.
    #[must_use]
    pub fn may_give(self) -> &'static [Self] {
        match self {
            Self::ProvincialAdmin => &Self::ALL,
            Self::UnitAdmin => &[
                Self::Contributor,
                Self::Approver,
                Self::Publisher,
                Self::ContestOfficer,
                Self::LegalReporter,
                Self::Planner,
                Self::UnitAdmin,
            ],
            _ => &[],
        }
    }
}
