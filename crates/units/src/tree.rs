//! All units together: the tree of a day, and what must hold of it on every day.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;

use crate::model::{State, Succession, Unit, UnitId};
use crate::span::Span;

/// Units by number.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    units: HashMap<UnitId, Unit>,
}

/// What does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A unit stands below one that is unknown or does not exist during the whole stretch.
    Orphan {
        /// The unit below.
        unit: UnitId,
        /// The stretch of its life with that parent.
        during: Span,
    },
    /// A unit stands below itself on a day.
    Cycle {
        /// One unit of the circle.
        unit: UnitId,
        /// A day on which it is so.
        on: Option<Date>,
    },
    /// A succession names a unit that did not exist where it must: a giver on the day before,
    /// an heir on the day itself.
    Absent {
        /// The unit.
        unit: UnitId,
        /// Day of the succession.
        on: Date,
    },
    /// A unit passed itself on twice on one day.
    Twice {
        /// The unit.
        unit: UnitId,
        /// Day of the successions.
        on: Date,
    },
}

impl FromIterator<Unit> for Tree {
    fn from_iter<I: IntoIterator<Item = Unit>>(units: I) -> Self {
        let units = units.into_iter().map(|unit| (unit.id, unit)).collect();
        Self { units }
    }
}

impl Tree {
    /// A unit.
    #[must_use]
    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.get(&id)
    }

    /// Everything that exists on a day: each unit with what it is then.
    pub fn as_of(&self, day: Date) -> impl Iterator<Item = (&Unit, &State)> {
        let units = self.units.values();
        units.filter_map(move |unit| Some((unit, unit.life.at(day)?)))
    }

    /// The units above one on a day, nearest first. Ends where the chain would come back on itself.
    #[must_use]
    pub fn above(&self, id: UnitId, day: Date) -> Vec<&Unit> {
        let mut chain: Vec<&Unit> = Vec::new();
        let mut next = self.parent(id, day);
        while let Some(unit) = next {
            if unit.id == id || chain.iter().any(|known| known.id == unit.id) {
                break;
            }
            chain.push(unit);
            next = self.parent(unit.id, day);
        }
        chain
    }

    fn parent(&self, id: UnitId, day: Date) -> Option<&Unit> {
        self.unit(self.unit(id)?.life.at(day)?.parent?)
    }

    /// Every fault of the tree; empty where all is well.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for unit in self.units.values() {
            for (during, parent) in unit.life.aspect(|state| &state.parent) {
                let Some(parent) = parent else { continue };
                let parent = self.unit(*parent);
                if parent.is_none_or(|parent| !parent.life.span().covers(during)) {
                    faults.push(Fault::Orphan {
                        unit: unit.id,
                        during,
                    });
                }
            }
        }
        faults.extend(self.cycles());
        faults
    }

    /// Parents change on few days: the tree of each such day is walked once.
    fn cycles(&self) -> Vec<Fault> {
        let starts: BTreeSet<Option<Date>> = self
            .units
            .values()
            .flat_map(|unit| unit.life.aspect(|state| &state.parent))
            .map(|run| run.0.from())
            .collect();
        let mut faults = Vec::new();
        for on in starts {
            let day = on.unwrap_or(Date::MIN);
            let mut sound: BTreeSet<UnitId> = BTreeSet::new();
            for id in self.units.keys() {
                let mut path: BTreeSet<UnitId> = BTreeSet::new();
                let mut next = Some(*id);
                while let Some(unit) = next.filter(|unit| !sound.contains(unit)) {
                    if !path.insert(unit) {
                        faults.push(Fault::Cycle { unit, on });
                        break;
                    }
                    next = self.parent(unit, day).map(|parent| parent.id);
                }
                sound.extend(path);
            }
        }
        faults
    }

    /// Every fault of successions against the lives of units.
    #[must_use]
    pub fn succession_faults<'a>(&self, all: impl IntoIterator<Item = &'a Succession>) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut given: BTreeSet<(UnitId, Date)> = BTreeSet::new();
        for one in all {
            let on = one.on;
            let before = on.yesterday().unwrap_or(Date::MIN);
            let alive = |id, day| self.unit(id).is_some_and(|unit| unit.is_alive(day));
            let passes = one.how.passes();
            let givers: BTreeSet<UnitId> = passes.iter().map(|pass| pass.from).collect();
            let heirs: BTreeSet<UnitId> = passes.iter().filter_map(|pass| pass.to).collect();
            let absent = givers.iter().filter(|id| !alive(**id, before));
            let absent = absent.chain(heirs.iter().filter(|id| !alive(**id, on)));
            faults.extend(absent.map(|unit| Fault::Absent { unit: *unit, on }));
            if heirs.is_empty() {
                continue;
            }
            let twice = givers.into_iter().filter(|id| !given.insert((*id, on)));
            faults.extend(twice.map(|unit| Fault::Twice { unit, on }));
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Basis, How, Name};
    use crate::span::Timeline;
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn day(n: i32) -> Date {
        date(2025, 1, 1).saturating_add(n.days())
    }

    fn state(parent: Option<i64>) -> State {
        State {
            name: Name {
                full: "Xã A".into(),
                short: "A".into(),
                english: None,
            },
            kind: "commune".into(),
            parent: parent.map(UnitId::of),
            code: None,
        }
    }

    fn unit(id: i64, span: Span, parents: &[(i32, Option<i64>)]) -> Unit {
        let (first, later) = parents.split_first().expect("a first parent");
        let later = later
            .iter()
            .map(|(n, parent)| (day(*n), state(*parent)))
            .collect();
        Unit {
            id: UnitId::of(id),
            slug: id.to_string(),
            life: Timeline::of(span, state(first.1), later).expect("in order"),
        }
    }

    fn until(n: i32) -> Span {
        Span::new(None, Some(day(n))).expect("not empty")
    }

    #[test]
    fn a_child_needs_a_living_parent() {
        let tree: Tree = [
            unit(1, until(5), &[(0, None)]),
            unit(2, Span::ALWAYS, &[(0, Some(1)), (5, None)]),
            unit(3, Span::ALWAYS, &[(0, Some(1))]),
        ]
        .into_iter()
        .collect();
        let faults = tree.faults();
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(matches!(faults[0], Fault::Orphan { unit, .. } if unit == UnitId::of(3)));
        assert_eq!(tree.above(UnitId::of(2), day(4)).len(), 1);
        assert_eq!(tree.as_of(day(5)).count(), 2);
    }

    #[test]
    fn a_circle_is_found_on_the_days_it_exists() {
        let tree: Tree = [
            unit(1, Span::ALWAYS, &[(0, None), (3, Some(2)), (6, None)]),
            unit(2, Span::ALWAYS, &[(0, Some(1))]),
        ]
        .into_iter()
        .collect();
        let days: Vec<Option<Date>> = tree
            .faults()
            .iter()
            .filter_map(|fault| match fault {
                Fault::Cycle { on, .. } => Some(*on),
                _ => None,
            })
            .collect();
        assert_eq!(days, [Some(day(3))]);
        // Walking up such a tree still ends.
        assert_eq!(tree.above(UnitId::of(1), day(4)).len(), 1);
    }

    #[test]
    fn successions_name_units_that_exist() {
        let tree: Tree = [
            unit(1, until(5), &[(0, None)]),
            unit(2, Span::new(Some(day(5)), None).expect("open"), &[(0, None)]),
        ]
        .into_iter()
        .collect();
        let replaced = |n| Succession {
            on: day(n),
            how: How::Replaced {
                from: UnitId::of(1),
                to: UnitId::of(2),
            },
            basis: Basis::default(),
        };
        assert_eq!(tree.succession_faults(&[replaced(5)]), []);
        assert_eq!(tree.succession_faults(&[replaced(4)]).len(), 1);
        assert_eq!(
            tree.succession_faults(&[replaced(5), replaced(5)]),
            [Fault::Twice {
                unit: UnitId::of(1),
                on: day(5)
            }]
        );
    }

    proptest! {
        /// The faults are exactly what a look at each single day finds.
        #[test]
        fn faults_are_what_each_day_shows(
            lives in proptest::collection::vec(
                (0..6i32, 6..12i32, proptest::collection::btree_map(1..11i32, proptest::option::of(0..5i64), 0..3)),
                5,
            ),
        ) {
            let units: Vec<Unit> = lives.iter().enumerate().map(|(id, (from, until, parents))| {
                let span = Span::new(Some(day(*from)), Some(day(*until))).expect("from < until");
                let mut all = vec![(0, None)];
                all.extend(parents.iter().filter(|p| p.0 > from && p.0 < until).map(|p| (*p.0, *p.1)));
                unit(i64::try_from(id).expect("small"), span, &all)
            }).collect();
            let tree: Tree = units.iter().cloned().collect();
            let mut bad = false;
            for n in 0..13 {
                for (unit, state) in tree.as_of(day(n)) {
                    let parent = state.parent.and_then(|id| tree.unit(id));
                    bad |= state.parent.is_some() && !parent.is_some_and(|parent| parent.is_alive(day(n)));
                    let mut at = unit.id;
                    for _ in 0..6 {
                        let Some(up) = tree.parent(at, day(n)) else { break };
                        bad |= up.id == unit.id;
                        at = up.id;
                    }
                }
            }
            prop_assert_eq!(!tree.faults().is_empty(), bad);
        }
    }
}
