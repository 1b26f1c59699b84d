//! The table itself.

use crate::Role;

/// What a guarded route or a use case needs. A new one stands in [`reach`] or does not compile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    /// Open the work desk and one's own account: everybody who is signed in.
    OpenDesk,
    /// See accounts and roles.
    ReadPeople,
    /// Invite, give and take roles, suspend.
    ManagePeople,
    /// Read the audit log.
    ReadAudit,
    /// See posts that are not public yet.
    ReadDrafts,
    /// Write posts and submit them.
    WritePosts,
    /// Approve or return what another person wrote.
    ApprovePosts,
    /// Decide when approved posts appear, and take them away.
    PublishPosts,
    /// See what people searched for and did not find: those who write what is missing.
    ReadMissedSearches,
    /// Arrange what all units share on the portal: its home page, the topic groups.
    ArrangePortal,
    /// Say how a unit is reached (NĐ 42/2022/NĐ-CP).
    EditContacts,
    /// Decide amending sentences that are not applied with certainty: the law is the same for all units.
    EditLaw,
}

impl Permission {
    /// Every permission.
    pub const ALL: [Self; 12] = [
        Self::OpenDesk,
        Self::ReadPeople,
        Self::ManagePeople,
        Self::ReadAudit,
        Self::ReadDrafts,
        Self::WritePosts,
        Self::ApprovePosts,
        Self::PublishPosts,
        Self::ReadMissedSearches,
        Self::ArrangePortal,
        Self::EditContacts,
        Self::EditLaw,
    ];
}

/// How far a permission of a role reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Nowhere.
    None,
    /// The unit of the role and the units below it on that day.
    Below,
    /// Every unit of the portal.
    Everywhere,
}

/// How far `permission` reaches for a person who holds `role`.
#[must_use]
pub fn reach(role: Role, permission: Permission) -> Reach {
    match (permission, role) {
        (Permission::OpenDesk, _) => Reach::Below,
        (
            Permission::ReadPeople | Permission::ReadAudit | Permission::ReadMissedSearches,
            Role::ProvincialAdmin | Role::Auditor,
        )
        | (
            Permission::ManagePeople | Permission::ArrangePortal | Permission::EditContacts,
            Role::ProvincialAdmin,
        )
        | (Permission::EditLaw, Role::LawEditor | Role::ProvincialAdmin) => Reach::Everywhere,
        (
            Permission::ReadPeople
            | Permission::ManagePeople
            | Permission::ReadAudit
            | Permission::EditContacts,
            Role::UnitAdmin,
        ) => Reach::Below,
        (
            Permission::ReadMissedSearches,
            Role::Contributor | Role::Approver | Role::Publisher | Role::UnitAdmin,
        ) => Reach::Below,
        (
            Permission::ReadPeople
            | Permission::ManagePeople
            | Permission::ReadAudit
            | Permission::ReadMissedSearches
            | Permission::ArrangePortal
            | Permission::EditContacts
            | Permission::EditLaw,
            _,
        ) => Reach::None,
        _ => post_reach(role, permission),
    }
}

/// Posts: a role writes, approves and publishes for its unit and what stands below it. Administrators
/// may do each step, since nobody gives a role that reaches further than his own; that two people
/// stand behind a public text is asked of the persons, not of the roles.
fn post_reach(role: Role, permission: Permission) -> Reach {
    let own = match role {
        Role::Contributor => matches!(permission, Permission::ReadDrafts | Permission::WritePosts),
        Role::Approver | Role::UnitAdmin => true,
        Role::Publisher => matches!(permission, Permission::ReadDrafts | Permission::PublishPosts),
        Role::ProvincialAdmin => return Reach::Everywhere,
        Role::Auditor if permission == Permission::ReadDrafts => return Reach::Everywhere,
        _ => false,
    };
    if own { Reach::Below } else { Reach::None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_auditor_changes_nothing() {
        assert_eq!(reach(Role::Auditor, Permission::ManagePeople), Reach::None);
        assert_eq!(reach(Role::Auditor, Permission::WritePosts), Reach::None);
        assert_eq!(reach(Role::Auditor, Permission::ApprovePosts), Reach::None);
        assert_eq!(reach(Role::Auditor, Permission::PublishPosts), Reach::None);
        assert!(Role::Auditor.may_give().is_empty());
        assert_eq!(reach(Role::Auditor, Permission::ReadAudit), Reach::Everywhere);
    }

    #[test]
    fn nobody_gives_what_reaches_further_than_his_own() {
        for giver in Role::ALL {
            for given in giver.may_give() {
                for permission in Permission::ALL {
                    assert!(
                        reach(*given, permission) <= reach(giver, permission),
                        "{giver:?} gives {given:?}: {permission:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn words_and_roles_are_one_to_one() {
        for role in Role::ALL {
            assert_eq!(Role::from_code(role.code()), Some(role));
        }
        assert_eq!(Role::from_code("root"), None);
    }
}
