//! A person who is signed in, as handlers see him.

use jiff::civil::Date;

use crate::{Permission, Reach, Role, reach};

/// Number of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(pub i64);

/// A unit's number in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(i64);

impl UnitId {
    /// The id of a row.
    #[must_use]
    pub fn of(row: i64) -> Self {
        Self(row)
    }

    /// The number as it is stored.
    #[must_use]
    pub fn get(self) -> i64 {
        self.0
    }
}

/// A role in a unit for a time: from `from` to the day before `until`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// Where.
    pub unit: UnitId,
    /// First day.
    pub from: Date,
    /// First day on which it no longer holds; `None` = open.
    pub until: Option<Date>,
}

impl Grant {
    /// Whether the role is held on a day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }
}

/// Who asks: an account whose session is good. Only roles that hold today stand in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor {
    /// The account.
    pub account: AccountId,
    /// Name as shown.
    pub name: String,
    /// Roles that hold today.
    pub grants: Vec<Grant>,
    /// Whether a second proof was given in this session.
    pub second_proof: bool,
}

impl Visitor {
    /// Whether a role of this person asks for a second proof that this session lacks.
    #[must_use]
    pub fn lacks_second_proof(&self) -> bool {
        !self.second_proof && self.grants.iter().any(|grant| grant.role.needs_second_proof())
    }

    /// The grants that give `permission` somewhere.
    pub fn grants_for(&self, permission: Permission) -> impl Iterator<Item = (&Grant, Reach)> {
        self.grants.iter().filter_map(move |grant| {
            let reach = reach(grant.role, permission);
            (reach > Reach::None).then_some((grant, reach))
        })
    }

    /// Whether `permission` is held anywhere; whether it reaches a certain unit is asked of the
    /// tree of units ([`Visitor::roots`]).
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        permission == Permission::OpenDesk || self.grants_for(permission).next().is_some()
    }

    /// Where `permission` reaches.
    #[must_use]
    pub fn roots(&self, permission: Permission) -> Roots {
        let mut units = Vec::new();
        for (grant, reach) in self.grants_for(permission) {
            match reach {
                Reach::Everywhere => return Roots::Everywhere,
                Reach::Below => units.push(grant.unit),
                Reach::None => {}
            }
        }
        units.sort();
        units.dedup();
        Roots::Below(units)
    }
}

/// The units from which a permission reaches downwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Roots {
    /// All.
    Everywhere,
    /// These and those below them; empty = nowhere.
    Below(Vec<UnitId>),
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn held(role: Role, unit: i64) -> Grant {
        Grant {
            role,
            unit: UnitId::of(unit),
            from: date(2026, 1, 1),
            until: Some(date(2026, 7, 1)),
        }
    }

    fn visitor(grants: Vec<Grant>) -> Visitor {
        Visitor {
            account: AccountId(1),
            name: "Lê Thị Minh".into(),
            grants,
            second_proof: false,
        }
    }

    #[test]
    fn a_grant_ends_the_day_before_its_end() {
        let grant = held(Role::Contributor, 1);
        assert!(grant.holds_on(date(2026, 6, 30)));
        assert!(!grant.holds_on(date(2026, 7, 1)));
        assert!(!grant.holds_on(date(2025, 12, 31)));
    }

    #[test]
    fn roots_are_the_units_of_the_roles_that_give_it() {
        let both = visitor(vec![
            held(Role::UnitAdmin, 7),
            held(Role::UnitAdmin, 3),
            held(Role::Contributor, 9),
        ]);
        assert_eq!(
            both.roots(Permission::ManagePeople),
            Roots::Below(vec![UnitId::of(3), UnitId::of(7)])
        );
        assert_eq!(
            visitor(vec![held(Role::Contributor, 9)]).roots(Permission::ManagePeople),
            Roots::Below(Vec::new())
        );
        assert_eq!(
            visitor(vec![held(Role::ProvincialAdmin, 1)]).roots(Permission::ManagePeople),
            Roots::Everywhere
        );
    }

    #[test]
    fn who_approves_or_administers_gives_a_second_proof() {
        assert!(visitor(vec![held(Role::Approver, 1)]).lacks_second_proof());
        assert!(!visitor(vec![held(Role::Contributor, 1)]).lacks_second_proof());
    }
}
