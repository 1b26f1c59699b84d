//! Who came after a unit and who was before it, along chains of successions.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use crate::model::{PerMille, Succession, UnitId};

/// A part of a whole, exact: above 0, at most 1, in lowest terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction {
    part: u64,
    whole: u64,
}

impl Fraction {
    /// All of it.
    pub const WHOLE: Self = Self { part: 1, whole: 1 };

    /// Part and whole in lowest terms.
    #[must_use]
    pub fn terms(self) -> (u64, u64) {
        (self.part, self.whole)
    }

    /// A share of this part; `None` where the numbers grow beyond what can be counted.
    fn of(self, share: PerMille) -> Option<Self> {
        let part = self.part.checked_mul(u64::from(share.get()))?;
        Some(Self::reduced(part, self.whole.checked_mul(1000)?))
    }

    fn plus(self, other: Self) -> Option<Self> {
        let one = self.part.checked_mul(other.whole)?;
        let two = other.part.checked_mul(self.whole)?;
        Some(Self::reduced(
            one.checked_add(two)?,
            self.whole.checked_mul(other.whole)?,
        ))
    }

    fn reduced(part: u64, whole: u64) -> Self {
        let (mut a, mut b) = (part, whole);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let common = a.max(1);
        Self {
            part: part / common,
            whole: whole / common,
        }
    }
}

/// What became of a unit. Everything known and everything open make up the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heirs {
    /// Heirs with their part of the unit, each once.
    pub known: Vec<(UnitId, Fraction)>,
    /// Parts that were shared out among several heirs in proportions nobody stated.
    pub open: Vec<Open>,
}

/// A part that went to several heirs in unknown proportions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Which part of the unit.
    pub part: Fraction,
    /// Among whom, each once, ascending.
    pub among: Vec<UnitId>,
    /// The heir that a source calls the principal one.
    pub main: Option<UnitId>,
}

impl Heirs {
    /// Every heir once, the principal one first.
    #[must_use]
    pub fn units(&self) -> Vec<UnitId> {
        let known = self.known.iter().map(|heir| heir.0);
        let open = self.open.iter().flat_map(|open| open.among.iter().copied());
        let mut units: Vec<UnitId> = Vec::new();
        for unit in self.main().into_iter().chain(known).chain(open) {
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
        units
    }

    /// The heir with the largest known part, else the one that a source calls the principal one.
    #[must_use]
    pub fn main(&self) -> Option<UnitId> {
        let mut largest: Option<(UnitId, Fraction)> = None;
        for heir in &self.known {
            let larger = |than: Fraction| {
                u128::from(heir.1.part) * u128::from(than.whole)
                    > u128::from(than.part) * u128::from(heir.1.whole)
            };
            if largest.is_none_or(|most| larger(most.1)) {
                largest = Some(*heir);
            }
        }
        let stated = || self.open.iter().find_map(|open| open.main);
        largest.map(|heir| heir.0).or_else(stated)
    }

    /// The one heir of everything, if there is just one.
    #[must_use]
    pub fn sole(&self) -> Option<UnitId> {
        match (&self.known[..], self.open.is_empty()) {
            ([(unit, part)], true) if *part == Fraction::WHOLE => Some(*unit),
            _ => None,
        }
    }

    fn add(&mut self, unit: UnitId, part: Fraction) {
        let same = self.known.iter_mut().find(|heir| heir.0 == unit);
        match same.map(|heir| (heir.1.plus(part), heir)) {
            Some((Some(sum), heir)) => heir.1 = sum,
            _ => self.known.push((unit, part)),
        }
    }
}

/// One unit passing something to another on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// When.
    pub on: Date,
    /// Giver.
    pub from: UnitId,
    /// Heir.
    pub to: UnitId,
    /// Share of the giver, where known.
    pub share: Option<PerMille>,
    /// Whether the heir is the principal one.
    pub main: bool,
    /// Whether the heir existed before: then what it was itself goes on in it.
    pub existed: bool,
}

/// All that was passed on, by giver and by heir.
#[derive(Clone, Debug, Default)]
pub struct Passages {
    given: HashMap<UnitId, Vec<Passage>>,
    taken: HashMap<UnitId, Vec<Passage>>,
}

impl FromIterator<Passage> for Passages {
    fn from_iter<I: IntoIterator<Item = Passage>>(passages: I) -> Self {
        let mut all = Self::default();
        for passage in passages {
            all.given.entry(passage.from).or_default().push(passage);
            all.taken.entry(passage.to).or_default().push(passage);
        }
        for list in all.given.values_mut().chain(all.taken.values_mut()) {
            list.sort_by_key(|passage| passage.on);
        }
        all
    }
}

impl Passages {
    /// What successions passed on; `existed` tells whether a unit existed before a date.
    #[must_use]
    pub fn of(successions: &[Succession], existed: impl Fn(UnitId, Date) -> bool) -> Self {
        let mut all = Vec::new();
        for one in successions {
            for pass in one.how.passes() {
                let Some(to) = pass.to else { continue };
                all.push(Passage {
                    on: one.on,
                    from: pass.from,
                    to,
                    share: pass.share,
                    main: pass.main,
                    existed: existed(to, one.on),
                });
            }
        }
        all.into_iter().collect()
    }

    /// What became, by `until`, of a unit as it was on `after` (`None`: as it was at first).
    /// A unit of which nothing was passed on is its own heir.
    #[must_use]
    pub fn heirs(&self, unit: UnitId, after: Option<Date>, until: Date) -> Heirs {
        let mut heirs = Heirs::default();
        self.follow(unit, after, until, Fraction::WHOLE, &mut heirs);
        heirs.known.sort_by_key(|heir| heir.0);
        heirs
    }

    fn follow(&self, unit: UnitId, after: Option<Date>, until: Date, part: Fraction, heirs: &mut Heirs) {
        let next = self.next(unit, after, until);
        let Some(on) = next.first().map(|passage| passage.on) else {
            return heirs.add(unit, part);
        };
        let shares: Option<Vec<(UnitId, Fraction)>> = next
            .iter()
            .map(|passage| Some((passage.to, part.of(passage.share?)?)))
            .collect();
        let sum: u32 = next
            .iter()
            .filter_map(|p| p.share)
            .map(|s| u32::from(s.get()))
            .sum();
        match shares {
            // Shares that do not make up the whole say nothing about proportions.
            Some(shares) if sum == 1000 => {
                for (heir, part) in shares {
                    self.follow(heir, Some(on), until, part, heirs);
                }
            }
            _ => self.follow_open(next, until, part, heirs),
        }
    }

    /// Proportions are unknown; yet where all heirs lead to one unit, that unit has everything.
    fn follow_open(&self, next: &[Passage], until: Date, part: Fraction, heirs: &mut Heirs) {
        let mut among = BTreeSet::new();
        let mut main = None;
        for passage in next {
            let further = self.heirs(passage.to, Some(passage.on), until);
            among.extend(further.units());
            if passage.main {
                main = further.main();
            }
        }
        match among.first() {
            Some(only) if among.len() == 1 => heirs.add(*only, part),
            _ => heirs.open.push(Open {
                part,
                among: among.into_iter().collect(),
                main,
            }),
        }
    }

    /// What a unit passed on first after a date.
    fn next(&self, unit: UnitId, after: Option<Date>, until: Date) -> &[Passage] {
        let given = self.given.get(&unit).map_or(&[][..], Vec::as_slice);
        let start = given.partition_point(|passage| after.is_some_and(|after| passage.on <= after));
        let later = &given[start..];
        match later.first() {
            Some(first) if first.on <= until => {
                &later[..later.partition_point(|passage| passage.on == first.on)]
            }
            _ => &[],
        }
    }

    /// The units on `back` of which a unit, as it is on `from`, is made, each with how much of it
    /// came in: `None` where unknown. A unit that took nothing over is its own origin.
    #[must_use]
    pub fn origins(&self, unit: UnitId, from: Date, back: Date) -> Vec<(UnitId, Option<Fraction>)> {
        let mut found = BTreeSet::new();
        self.trace(unit, from, back, &mut found);
        let part = |origin: UnitId| {
            let heirs = self.heirs(origin, Some(back), from);
            heirs.known.iter().find(|heir| heir.0 == unit).map(|heir| heir.1)
        };
        found.into_iter().map(|origin| (origin, part(origin))).collect()
    }

    fn trace(&self, unit: UnitId, from: Date, back: Date, found: &mut BTreeSet<UnitId>) {
        let taken = self.taken.get(&unit).map_or(&[][..], Vec::as_slice);
        let within = taken
            .iter()
            .filter(|passage| back < passage.on && passage.on <= from);
        let mut latest: BTreeMap<Date, BTreeSet<UnitId>> = BTreeMap::new();
        for passage in within {
            let givers = latest.entry(passage.on).or_default();
            givers.insert(passage.from);
            if passage.existed {
                givers.insert(unit);
            }
        }
        let Some((on, givers)) = latest.pop_last() else {
            found.insert(unit);
            return;
        };
        let Ok(before) = on.yesterday() else { return };
        for giver in givers {
            self.trace(giver, before, back, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Basis, How, Shares};
    use jiff::civil::date;

    fn unit(n: i64) -> UnitId {
        UnitId::of(n)
    }

    fn happened(year: i16, how: How) -> Succession {
        Succession {
            on: date(year, 7, 1),
            how,
            basis: Basis::default(),
        }
    }

    fn split(from: i64, shares: &[(i64, u16)]) -> How {
        let shares = shares
            .iter()
            .map(|(to, share)| (unit(*to), PerMille::new(*share).expect("in range")));
        How::Split {
            from: unit(from),
            to: Shares::known(shares.collect()).expect("a whole"),
        }
    }

    fn merged(from: &[i64], to: i64) -> How {
        How::Merged {
            from: from.iter().copied().map(unit).collect(),
            to: unit(to),
        }
    }

    fn unknown(from: i64, to: &[i64], main: i64) -> How {
        let to = to.iter().copied().map(unit).collect();
        How::Split {
            from: unit(from),
            to: Shares::unknown(to, Some(unit(main))).expect("heirs"),
        }
    }

    #[test]
    fn shares_multiply_along_a_chain_and_join_again() {
        let all = [
            happened(2020, split(1, &[(2, 700), (3, 300)])),
            happened(2022, split(3, &[(4, 500), (5, 500)])),
            happened(2024, merged(&[2, 4], 6)),
        ];
        let passages = Passages::of(&all, |_, _| false);
        let heirs = passages.heirs(unit(1), None, date(2025, 1, 1));
        assert_eq!(
            heirs.known,
            [
                (unit(5), Fraction { part: 3, whole: 20 }),
                (unit(6), Fraction { part: 17, whole: 20 })
            ]
        );
        assert_eq!((heirs.main(), heirs.sole()), (Some(unit(6)), None));
        let then = passages.heirs(unit(1), None, date(2021, 1, 1));
        assert_eq!(then.units(), [unit(2), unit(3)]);
        assert_eq!(
            passages.heirs(unit(1), None, date(2019, 1, 1)).sole(),
            Some(unit(1))
        );
    }

    #[test]
    fn unknown_proportions_stay_unknown_until_everything_meets_again() {
        let all = [
            happened(2025, unknown(1, &[2, 3], 3)),
            happened(2030, merged(&[2, 3], 9)),
        ];
        let passages = Passages::of(&all, |_, _| false);
        let heirs = passages.heirs(unit(1), None, date(2026, 1, 1));
        assert!(heirs.known.is_empty());
        assert_eq!(
            (heirs.open[0].part, heirs.open[0].main),
            (Fraction::WHOLE, Some(unit(3)))
        );
        assert_eq!(heirs.units(), [unit(3), unit(2)]);
        assert_eq!(
            passages.heirs(unit(1), None, date(2031, 1, 1)).sole(),
            Some(unit(9))
        );
    }

    #[test]
    fn a_unit_that_gives_a_part_away_stays_its_own_heir_for_the_rest() {
        let all = [
            happened(2020, split(1, &[(1, 900), (2, 100)])),
            happened(2021, split(1, &[(1, 500), (2, 500)])),
        ];
        let passages = Passages::of(&all, |_, _| false);
        let heirs = passages.heirs(unit(1), None, date(2022, 1, 1));
        assert_eq!(
            heirs.known,
            [
                (unit(1), Fraction { part: 9, whole: 20 }),
                (unit(2), Fraction { part: 11, whole: 20 })
            ]
        );
        let later = passages.heirs(unit(1), Some(date(2020, 7, 1)), date(2022, 1, 1));
        assert_eq!(later.known[0].1, Fraction { part: 1, whole: 2 });
    }

    #[test]
    fn a_unit_that_takes_another_in_is_its_own_origin_too() {
        let all = [
            happened(2020, merged(&[2], 1)),
            happened(2022, merged(&[1, 3], 4)),
        ];
        let passages = Passages::of(&all, |heir, _| heir == unit(1));
        let origins = passages.origins(unit(4), date(2025, 1, 1), date(2019, 1, 1));
        assert!(origins.iter().all(|origin| origin.1 == Some(Fraction::WHOLE)));
        let units: Vec<UnitId> = origins.into_iter().map(|origin| origin.0).collect();
        assert_eq!(units, [unit(1), unit(2), unit(3)]);
        assert_eq!(
            passages.heirs(unit(1), None, date(2021, 1, 1)).sole(),
            Some(unit(1))
        );
    }

    #[test]
    fn origins_lead_back() {
        let all = [
            happened(2020, split(1, &[(2, 700), (3, 300)])),
            happened(2024, merged(&[2, 7], 6)),
        ];
        let passages = Passages::of(&all, |_, _| false);
        let (now, before) = (date(2025, 1, 1), date(2019, 1, 1));
        assert_eq!(
            passages.origins(unit(6), now, before),
            [
                (unit(1), Some(Fraction { part: 7, whole: 10 })),
                (unit(7), Some(Fraction::WHOLE))
            ]
        );
        let between = passages.origins(unit(6), now, date(2022, 1, 1));
        assert_eq!(
            between.iter().map(|o| o.0).collect::<Vec<_>>(),
            [unit(2), unit(7)]
        );
        assert_eq!(
            passages.origins(unit(9), now, before),
            [(unit(9), Some(Fraction::WHOLE))]
        );
    }
}
