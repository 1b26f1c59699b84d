//! "Theo cơ cấu cũ / mới": figures of the units of one date told for the units of another.
//!
//! What is exact and what is not:
//! * A unit that passed on wholly (replaced, merged, unchanged): its figure moves as it is, exact.
//! * A unit that was split in stated shares: its figure is shared out in those proportions, an
//!   **estimate** (people and events do not spread as areas do). The sum stays the same to the unit.
//! * A unit that was split in unknown proportions: its figure is **not placed**; the units among which
//!   it belongs are named. Asked for a level at which they all belong to one unit (`lift`), it is exact.
//! * Back in time a figure can be told only where the unit stems from one unit; then it is exact as a
//!   sum over all parts. A merged unit's figure cannot be taken apart again: not placed.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::heirs::{Fraction, Passages};
use crate::model::UnitId;

/// A figure told for another structure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retold {
    /// Figures by unit, ascending.
    pub placed: Vec<Figure>,
    /// What cannot be told. Placed and unplaced values sum to the values given.
    pub unplaced: Vec<Unplaced>,
}

/// The figure of one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Which unit.
    pub unit: UnitId,
    /// Its figure.
    pub value: i64,
    /// False where a stated share of a split unit is in it.
    pub exact: bool,
}

/// A figure that belongs to several units in unknown proportions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unplaced {
    /// The unit it was given for.
    pub unit: UnitId,
    /// How much of its figure.
    pub value: i64,
    /// Where it belongs.
    pub among: Vec<UnitId>,
}

/// Tells figures of the units of `from` for the units of `to`, then for what `lift` makes of those
/// units (the province of a commune, say; `|unit| unit` to leave them).
#[must_use]
pub fn retell(
    figures: &[(UnitId, i64)],
    passages: &Passages,
    from: Date,
    to: Date,
    lift: impl Fn(UnitId) -> UnitId,
) -> Retold {
    let mut sums: BTreeMap<UnitId, (i64, bool)> = BTreeMap::new();
    let mut retold = Retold::default();
    for (unit, value) in figures {
        let parts = match from <= to {
            true => forward(*unit, passages, from, to, &lift),
            false => backward(*unit, passages, from, to, &lift),
        };
        let values = shared_out(*value, &parts.iter().map(|part| part.0).collect::<Vec<_>>());
        for ((part, among), value) in parts.iter().zip(values) {
            match &among[..] {
                [heir] => {
                    let sum = sums.entry(*heir).or_insert((0, true));
                    *sum = (sum.0.saturating_add(value), sum.1 && *part == Fraction::WHOLE);
                }
                _ => retold.unplaced.push(Unplaced {
                    unit: *unit,
                    value,
                    among: among.clone(),
                }),
            }
        }
    }
    let placed = sums.into_iter();
    retold.placed = placed
        .map(|(unit, (value, exact))| Figure { unit, value, exact })
        .collect();
    retold
}

/// Parts of a unit, each with the units it belongs to: one, or several in unknown proportions.
type Places = Vec<(Fraction, Vec<UnitId>)>;

fn forward(
    unit: UnitId,
    passages: &Passages,
    from: Date,
    to: Date,
    lift: &impl Fn(UnitId) -> UnitId,
) -> Places {
    let heirs = passages.heirs(unit, Some(from), to);
    let known = heirs.known.iter().map(|(heir, part)| (*part, vec![*heir]));
    let open = heirs.open.iter().map(|open| (open.part, open.among.clone()));
    let places: Places = known
        .chain(open)
        .map(|(part, among)| (part, lifted(&among, lift)))
        .collect();
    // What meets again above is exact there.
    match &places[..] {
        [(_, first), others @ ..] if first.len() == 1 && others.iter().all(|place| place.1 == *first) => {
            vec![(Fraction::WHOLE, first.clone())]
        }
        _ => places,
    }
}

fn backward(
    unit: UnitId,
    passages: &Passages,
    from: Date,
    to: Date,
    lift: &impl Fn(UnitId) -> UnitId,
) -> Places {
    let origins: Vec<UnitId> = passages
        .origins(unit, from, to)
        .into_iter()
        .map(|origin| origin.0)
        .collect();
    vec![(Fraction::WHOLE, lifted(&origins, lift))]
}

fn lifted(units: &[UnitId], lift: &impl Fn(UnitId) -> UnitId) -> Vec<UnitId> {
    let mut lifted: Vec<UnitId> = units.iter().map(|unit| lift(*unit)).collect();
    lifted.sort_unstable();
    lifted.dedup();
    lifted
}

/// A value in whole numbers by parts that make up the whole, largest remainders first: the sum is the value.
fn shared_out(value: i64, parts: &[Fraction]) -> Vec<i64> {
    let exact = |part: &Fraction| {
        let (part, whole) = part.terms();
        let product = i128::from(value) * i128::from(part);
        (
            product.div_euclid(i128::from(whole)),
            product.rem_euclid(i128::from(whole)),
            whole,
        )
    };
    let shares: Vec<(i128, i128, u64)> = parts.iter().map(exact).collect();
    let floor: i128 = shares.iter().map(|share| share.0).sum();
    let left = usize::try_from(i128::from(value) - floor).unwrap_or_default();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    // Compares remainder / whole without dividing.
    order.sort_by_key(|at| {
        let (_, rest, whole) = shares[*at];
        std::cmp::Reverse(rest.saturating_mul(1_000_000_000) / i128::from(whole))
    });
    let mut values: Vec<i64> = shares
        .iter()
        .map(|share| i64::try_from(share.0).unwrap_or(value))
        .collect();
    for at in order.into_iter().take(left) {
        values[at] += 1;
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::heirs::Passage;
    use crate::model::PerMille;
    use jiff::civil::date;
    use proptest::prelude::*;

    const BEFORE: Date = date(2025, 6, 30);
    const AFTER: Date = date(2026, 1, 1);

    fn unit(n: i64) -> UnitId {
        UnitId::of(n)
    }

    fn passage(from: i64, to: i64, share: Option<u16>) -> Passage {
        Passage {
            on: date(2025, 7, 1),
            from: unit(from),
            to: unit(to),
            share: share.and_then(PerMille::new),
            main: false,
            existed: false,
        }
    }

    fn passages() -> Passages {
        let whole = Some(1000);
        [
            passage(1, 10, whole),
            passage(2, 10, whole),
            passage(3, 10, Some(333)),
            passage(3, 11, Some(667)),
            passage(4, 10, None),
            passage(4, 11, None),
            passage(5, 12, Some(400)),
            passage(5, 13, Some(600)),
        ]
        .into_iter()
        .collect()
    }

    #[test]
    fn wholes_are_exact_shares_are_estimates_unknown_stays_out() {
        let figures = [
            (unit(1), 100),
            (unit(2), 20),
            (unit(3), 10),
            (unit(4), 7),
            (unit(9), 5),
        ];
        let retold = retell(&figures, &passages(), BEFORE, AFTER, |unit| unit);
        let row = |n, value, exact| Figure {
            unit: unit(n),
            value,
            exact,
        };
        assert_eq!(
            retold.placed,
            [row(9, 5, true), row(10, 123, false), row(11, 7, false)]
        );
        assert_eq!(
            retold.unplaced,
            [Unplaced {
                unit: unit(4),
                value: 7,
                among: vec![unit(10), unit(11)]
            }]
        );
    }

    #[test]
    fn at_a_level_where_the_heirs_meet_everything_is_exact() {
        let figures = [(unit(3), 10), (unit(4), 7)];
        let retold = retell(&figures, &passages(), BEFORE, AFTER, |_| unit(99));
        assert_eq!(
            retold.placed,
            [Figure {
                unit: unit(99),
                value: 17,
                exact: true
            }]
        );
        assert!(retold.unplaced.is_empty());
    }

    #[test]
    fn back_in_time_parts_sum_up_and_merged_units_stay_whole() {
        let figures = [(unit(12), 4), (unit(13), 6), (unit(10), 50)];
        let retold = retell(&figures, &passages(), AFTER, BEFORE, |unit| unit);
        assert_eq!(
            retold.placed,
            [Figure {
                unit: unit(5),
                value: 10,
                exact: true
            }]
        );
        assert_eq!(retold.unplaced[0].among, [unit(1), unit(2), unit(3), unit(4)]);
    }

    proptest! {
        /// Nothing is lost and nothing invented, whatever the shares and whichever way.
        #[test]
        fn sums_stay(
            values in proptest::collection::vec(-1_000_000i64..1_000_000, 5),
            cut in 1u16..1000,
            back in any::<bool>(),
        ) {
            let rest = 1000 - cut;
            let all: Passages = [
                passage(1, 10, Some(cut)), passage(1, 11, Some(rest)),
                passage(2, 11, Some(rest)), passage(2, 12, Some(cut)),
                passage(3, 12, None), passage(3, 13, None), passage(4, 13, Some(1000)),
            ].into_iter().collect();
            let first = if back { 10 } else { 1 };
            let figures: Vec<(UnitId, i64)> = (first..).map(unit).zip(values.iter().copied()).collect();
            let (from, to) = if back { (AFTER, BEFORE) } else { (BEFORE, AFTER) };
            let retold = retell(&figures, &all, from, to, |unit| unit);
            let placed: i64 = retold.placed.iter().map(|row| row.value).sum();
            let unplaced: i64 = retold.unplaced.iter().map(|row| row.value).sum();
            prop_assert_eq!(placed + unplaced, values.iter().sum::<i64>());
        }
    }
}
