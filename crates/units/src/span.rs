//! Time in whole days: stretches `[from, until)` and values that change on dates.
//!
//! A [`Timeline`] cannot hold a gap or an overlap: it is one stretch cut at increasing dates.

use jiff::civil::Date;

/// A stretch of days: from `from` on, before `until`; `None` is open. Never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    from: Option<Date>,
    until: Option<Date>,
}

impl Span {
    /// All days.
    pub const ALWAYS: Self = Self {
        from: None,
        until: None,
    };

    /// `[from, until)`; `None` where that holds no day.
    #[must_use]
    pub fn new(from: Option<Date>, until: Option<Date>) -> Option<Self> {
        match (from, until) {
            (Some(from), Some(until)) if from >= until => None,
            _ => Some(Self { from, until }),
        }
    }

    /// First day; `None` where it is not known or there is none.
    #[must_use]
    pub fn from(self) -> Option<Date> {
        self.from
    }

    /// First day after it; `None` where it goes on.
    #[must_use]
    pub fn until(self) -> Option<Date> {
        self.until
    }

    /// Whether a day lies in it.
    #[must_use]
    pub fn holds(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }

    /// The days that both have.
    #[must_use]
    pub fn common(self, other: Self) -> Option<Self> {
        let from = self.from.max(other.from);
        let until = match (self.until, other.until) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
        Self::new(from, until)
    }

    /// Whether every day of `other` lies in it.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.common(other) == Some(other)
    }
}

/// Why a timeline cannot be made or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// Dates do not increase.
    #[error("các ngày thay đổi không theo thứ tự")]
    Order,
    /// A change is dated before the last one that is known.
    #[error("ngày thay đổi trước lần thay đổi gần nhất đã ghi")]
    Earlier,
    /// The change is dated outside the life of what changes.
    #[error("ngày thay đổi nằm ngoài thời gian tồn tại")]
    Outside,
}

/// A value over one unbroken stretch of days, changing on dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline<T> {
    span: Span,
    first: T,
    /// Strictly increasing dates inside the span, after its first day.
    changes: Vec<(Date, T)>,
}

impl<T> Timeline<T> {
    /// One value from a day on (`None`: since before our records), without end.
    #[must_use]
    pub fn since(from: Option<Date>, value: T) -> Self {
        Self {
            span: Span { from, until: None },
            first: value,
            changes: Vec::new(),
        }
    }

    /// A stretch with its first value and the later ones by their dates.
    ///
    /// # Errors
    /// Dates that do not increase or lie outside the stretch.
    pub fn of(span: Span, first: T, changes: Vec<(Date, T)>) -> Result<Self, TimeError> {
        let mut line = Self {
            span,
            first,
            changes: Vec::with_capacity(changes.len()),
        };
        for (day, value) in changes {
            if line.starts_on(day) || line.changes.last().is_some_and(|last| last.0 >= day) {
                return Err(TimeError::Order);
            }
            line.change(day, value)?;
        }
        Ok(line)
    }

    /// The whole stretch.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// The value on a day, if the day lies in the stretch.
    #[must_use]
    pub fn at(&self, day: Date) -> Option<&T> {
        if !self.span.holds(day) {
            return None;
        }
        let later = self.changes.iter().rev().find(|change| change.0 <= day);
        Some(later.map_or(&self.first, |change| &change.1))
    }

    /// The last value.
    #[must_use]
    pub fn last(&self) -> &T {
        self.changes.last().map_or(&self.first, |change| &change.1)
    }

    /// Each value with its stretch, in order; together they are the whole stretch.
    pub fn pieces(&self) -> impl Iterator<Item = (Span, &T)> {
        let starts = std::iter::once(self.span.from).chain(self.changes.iter().map(|c| Some(c.0)));
        let ends = self.changes.iter().map(|c| Some(c.0)).chain([self.span.until]);
        let values = std::iter::once(&self.first).chain(self.changes.iter().map(|c| &c.1));
        starts
            .zip(ends)
            .zip(values)
            .map(|((from, until), value)| (Span { from, until }, value))
    }

    /// Another value from a day on. A change on the day of the last one takes its place.
    ///
    /// # Errors
    /// A day outside the stretch or before the last change.
    pub fn change(&mut self, day: Date, value: T) -> Result<(), TimeError> {
        if !self.span.holds(day) {
            return Err(TimeError::Outside);
        }
        let begins = self.starts_on(day);
        match self.changes.last_mut() {
            Some(last) if last.0 > day => return Err(TimeError::Earlier),
            Some(last) if last.0 == day => last.1 = value,
            None if begins => self.first = value,
            _ => self.changes.push((day, value)),
        }
        Ok(())
    }

    /// Ends the stretch: `day` is the first day after it.
    ///
    /// # Errors
    /// A stretch that has ended; a day that is not after its beginning and its last change.
    pub fn end(&mut self, day: Date) -> Result<(), TimeError> {
        if self.span.until.is_some() {
            return Err(TimeError::Outside);
        }
        if self.changes.last().is_some_and(|last| last.0 >= day) {
            return Err(TimeError::Earlier);
        }
        self.span = Span::new(self.span.from, Some(day)).ok_or(TimeError::Outside)?;
        Ok(())
    }

    /// One aspect of the values with the stretches in which it stays the same.
    pub fn aspect<'a, U: PartialEq + ?Sized>(&'a self, of: impl Fn(&'a T) -> &'a U) -> Vec<(Span, &'a U)> {
        let mut runs: Vec<(Span, &U)> = Vec::new();
        for (span, value) in self.pieces() {
            let value = of(value);
            match runs.last_mut() {
                Some(run) if run.1 == value => run.0.until = span.until,
                _ => runs.push((span, value)),
            }
        }
        runs
    }

    fn starts_on(&self, day: Date) -> bool {
        self.span.from == Some(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn day(n: i32) -> Date {
        date(2025, 1, 1).saturating_add(n.days())
    }

    #[test]
    fn nothing_is_empty_and_ends_are_excluded() {
        assert_eq!(Span::new(Some(day(3)), Some(day(3))), None);
        let span = Span::new(Some(day(1)), Some(day(3))).expect("two days");
        let held: Vec<bool> = (0..4).map(|n| span.holds(day(n))).collect();
        assert_eq!(held, [false, true, true, false]);
        assert!(Span::ALWAYS.covers(span) && !span.covers(Span::ALWAYS));
    }

    #[test]
    fn changes_go_forward_only() {
        let mut line = Timeline::since(Some(day(0)), 'a');
        line.change(day(5), 'b').expect("after the beginning");
        assert_eq!(line.change(day(4), 'x'), Err(TimeError::Earlier));
        assert_eq!(line.change(day(-1), 'x'), Err(TimeError::Outside));
        assert_eq!(line.end(day(5)), Err(TimeError::Earlier));
        line.change(day(5), 'c').expect("the same day");
        line.end(day(9)).expect("later");
        assert_eq!(line.change(day(9), 'x'), Err(TimeError::Outside));
        assert_eq!(line.end(day(12)), Err(TimeError::Outside));
        assert_eq!(line.at(day(8)), Some(&'c'));
        assert_eq!(line.at(day(9)), None);
        let unsorted = vec![(day(2), 'b'), (day(2), 'c')];
        assert_eq!(Timeline::of(Span::ALWAYS, 'a', unsorted), Err(TimeError::Order));
    }

    #[test]
    fn an_aspect_joins_what_stays_the_same() {
        let changes = vec![(day(1), ("x", 2)), (day(2), ("y", 2))];
        let line = Timeline::of(Span::ALWAYS, ("x", 1), changes).expect("in order");
        let names = line.aspect(|value| value.0);
        assert_eq!(names.len(), 2);
        assert_eq!((names[0].0.until(), names[1].1), (Some(day(2)), "y"));
    }

    proptest! {
        /// Whatever is done to a timeline: on every day of its stretch exactly one piece holds, and
        /// its value is the value of that day; outside none does.
        #[test]
        fn pieces_neither_overlap_nor_leave_gaps(
            from in proptest::option::of(0..40),
            steps in proptest::collection::vec((0..60, any::<u8>(), 0..12u8), 0..12),
        ) {
            let mut line = Timeline::since(from.map(day), 0u8);
            for (n, value, what) in steps {
                // Refusals leave it as it was.
                let _ = if what == 0 { line.end(day(n)) } else { line.change(day(n), value) };
            }
            for n in -2..64 {
                let holding: Vec<u8> = line.pieces().filter(|p| p.0.holds(day(n))).map(|p| *p.1).collect();
                let expected: Vec<u8> = line.at(day(n)).copied().into_iter().collect();
                prop_assert_eq!(holding, expected);
                prop_assert_eq!(line.at(day(n)).is_some(), line.span().holds(day(n)));
            }
            let joined = line.aspect(|value| value);
            prop_assert!(joined.windows(2).all(|w| w[0].1 != w[1].1 && w[0].0.until() == w[1].0.from()));
        }

        /// What two stretches have in common is exactly the days that both hold.
        #[test]
        fn common_days(a in 0..9, b in 0..9, c in 0..9, d in 0..9) {
            let (one, two) = (Span::new(Some(day(a)), Some(day(b))), Span::new(Some(day(c)), Some(day(d))));
            if let (Some(one), Some(two)) = (one, two) {
                for n in 0..9 {
                    let both = one.common(two).is_some_and(|span| span.holds(day(n)));
                    prop_assert_eq!(both, one.holds(day(n)) && two.holds(day(n)));
                }
            }
        }
    }
}
