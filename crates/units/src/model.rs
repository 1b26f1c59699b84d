//! What a unit is: an agency or an administrative unit with everything about it dated.

use std::collections::HashSet;

use jiff::civil::Date;
pub use policy::UnitId;
use serde::Serialize;

use crate::span::Timeline;

/// A kind of unit: data that officers extend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Word for programs: `ward`.
    pub code: String,
    /// "Phường".
    pub label: String,
    /// "Ward".
    pub label_en: String,
    /// "Phường", as the heading of several.
    pub plural: String,
    /// "Wards".
    pub plural_en: String,
    /// 0 country, 1 province, 2 district, 3 commune, 4 below it.
    pub level: u8,
    /// Place among other kinds in lists, ascending.
    pub order: i64,
}

/// What a unit is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// With its kind where the name has it: "Phường Ba Đình", "Sở Tư pháp".
    pub full: String,
    /// Without: "Ba Đình".
    pub short: String,
    /// "Ba Dinh Ward", where known.
    pub english: Option<String>,
}

/// What a unit is during one stretch of its life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Its name.
    pub name: Name,
    /// [`Kind::code`].
    pub kind: String,
    /// The unit above; none at the top of the tree.
    pub parent: Option<UnitId>,
    /// Official code, as the Statistics Office numbers administrative units.
    pub code: Option<String>,
}

/// A unit with its life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its number.
    pub id: UnitId,
    /// Its address: readable, unique, stable.
    pub slug: String,
    /// What it was on each day of its life.
    pub life: Timeline<State>,
}

impl Unit {
    /// What it is on a day, or was last, or will be first: for naming it on any date.
    #[must_use]
    pub fn near(&self, day: Date) -> &State {
        let begun = self.life.span().from().is_none_or(|from| from <= day);
        self.life.at(day).unwrap_or_else(|| match begun {
            true => self.life.last(),
            false => self
                .life
                .pieces()
                .next()
                .map_or(self.life.last(), |piece| piece.1),
        })
    }

    /// Whether it exists on a day.
    #[must_use]
    pub fn is_alive(&self, day: Date) -> bool {
        self.life.span().holds(day)
    }
}

/// On what legal ground something happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Basis {
    /// The act as people name it: "Nghị quyết số 202/2025/QH15 về việc …".
    pub text: String,
    /// Its number, where known.
    pub number: Option<String>,
    /// Its slug in the legal information system, where it may stand there.
    pub act: Option<String>,
}

/// Thousandths of a whole: 1 to 1000.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PerMille(u16);

impl PerMille {
    /// `None` outside 1 … 1000.
    #[must_use]
    pub fn new(thousandths: u16) -> Option<Self> {
        (1..=1000).contains(&thousandths).then_some(Self(thousandths))
    }

    /// How many thousandths.
    #[must_use]
    pub fn get(self) -> u16 {
        self.0
    }
}

/// How a split unit was shared out. Known shares make up the whole; where a source names the heirs
/// without shares they stay unknown and nothing is invented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shares(Parts);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Parts {
    Known(Vec<(UnitId, PerMille)>),
    Unknown { to: Vec<UnitId>, main: Option<UnitId> },
}

impl Shares {
    /// At least two different heirs whose shares sum to 1000; otherwise `None`.
    #[must_use]
    pub fn known(shares: Vec<(UnitId, PerMille)>) -> Option<Self> {
        let sum: u32 = shares.iter().map(|share| u32::from(share.1.get())).sum();
        let sound = sum == 1000 && several(shares.iter().map(|share| share.0));
        sound.then_some(Self(Parts::Known(shares)))
    }

    /// At least two different heirs with unknown shares; `main` is the heir that a source calls the
    /// principal one. Otherwise `None`.
    #[must_use]
    pub fn unknown(to: Vec<UnitId>, main: Option<UnitId>) -> Option<Self> {
        let sound = several(to.iter().copied()) && main.is_none_or(|main| to.contains(&main));
        sound.then_some(Self(Parts::Unknown { to, main }))
    }

    /// Heirs in order: share where known, whether principal.
    #[must_use]
    pub fn list(&self) -> Vec<(UnitId, Option<PerMille>, bool)> {
        match &self.0 {
            Parts::Known(shares) => {
                let most = shares.iter().map(|share| share.1.get()).max();
                let main = shares.iter().position(|share| Some(share.1.get()) == most);
                let heirs = shares.iter().enumerate();
                heirs
                    .map(|(at, heir)| (heir.0, Some(heir.1), Some(at) == main))
                    .collect()
            }
            Parts::Unknown { to, main } => to
                .iter()
                .map(|heir| (*heir, None, Some(*heir) == *main))
                .collect(),
        }
    }
}

fn several(units: impl ExactSizeIterator<Item = UnitId>) -> bool {
    let count = units.len();
    count >= 2 && units.collect::<HashSet<_>>().len() == count
}

/// What happened to units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// One unit took over everything of another.
    Replaced {
        /// What ended.
        from: UnitId,
        /// What took over.
        to: UnitId,
    },
    /// One or several went into one, which may have existed before and goes on as it was.
    Merged {
        /// What came in, wholly.
        from: Vec<UnitId>,
        /// What it is now.
        to: UnitId,
    },
    /// One was shared out among several.
    Split {
        /// What was shared out.
        from: UnitId,
        /// Among whom.
        to: Shares,
    },
    /// Another name or kind.
    Renamed(UnitId),
    /// Another unit above.
    Moved(UnitId),
    /// Ended without an heir.
    Abolished(UnitId),
}

/// Word for a kind of event, for rows, programs and labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Event {
    /// [`How::Replaced`]
    Replaced,
    /// [`How::Merged`]
    Merged,
    /// [`How::Split`]
    Split,
    /// [`How::Renamed`]
    Renamed,
    /// [`How::Moved`]
    Moved,
    /// [`How::Abolished`]
    Abolished,
}

impl Event {
    /// Every word.
    pub const ALL: [Self; 6] = [
        Self::Replaced,
        Self::Merged,
        Self::Split,
        Self::Renamed,
        Self::Moved,
        Self::Abolished,
    ];

    /// As stored and in the API.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Replaced => "replaced",
            Self::Merged => "merged",
            Self::Split => "split",
            Self::Renamed => "renamed",
            Self::Moved => "moved",
            Self::Abolished => "abolished",
        }
    }

    /// Reads a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.word() == word)
    }

    /// Vietnamese words for a timeline.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Replaced => "Thay thế đơn vị",
            Self::Merged => "Sáp nhập",
            Self::Split => "Chia tách",
            Self::Renamed => "Đổi tên, đổi loại",
            Self::Moved => "Chuyển đơn vị cấp trên",
            Self::Abolished => "Kết thúc hoạt động",
        }
    }
}

impl How {
    /// Its word.
    #[must_use]
    pub fn event(&self) -> Event {
        match self {
            Self::Replaced { .. } => Event::Replaced,
            Self::Merged { .. } => Event::Merged,
            Self::Split { .. } => Event::Split,
            Self::Renamed(_) => Event::Renamed,
            Self::Moved(_) => Event::Moved,
            Self::Abolished(_) => Event::Abolished,
        }
    }

    /// Who passed to whom, in order. Without heir: one pass to nobody.
    #[must_use]
    pub fn passes(&self) -> Vec<Pass> {
        let whole = |from: &UnitId, to: &UnitId| Pass {
            from: *from,
            to: Some(*to),
            share: PerMille::new(1000),
            main: true,
        };
        match self {
            Self::Replaced { from, to } => vec![whole(from, to)],
            Self::Merged { from, to } => from.iter().map(|from| whole(from, to)).collect(),
            Self::Split { from, to } => {
                let heirs = to.list().into_iter();
                heirs
                    .map(|(to, share, main)| Pass {
                        from: *from,
                        to: Some(to),
                        share,
                        main,
                    })
                    .collect()
            }
            Self::Renamed(unit) | Self::Moved(unit) | Self::Abolished(unit) => vec![Pass {
                from: *unit,
                to: None,
                share: None,
                main: false,
            }],
        }
    }
}

/// What one unit passed to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pass {
    /// Giver.
    pub from: UnitId,
    /// Heir; none where the event passes nothing on.
    pub to: Option<UnitId>,
    /// Share of the giver, where known.
    pub share: Option<PerMille>,
    /// Whether the heir is the principal one.
    pub main: bool,
}

/// Something that happened to units on a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Succession {
    /// First day of the new order.
    pub on: Date,
    /// What happened.
    pub how: How,
    /// On what ground.
    pub basis: Basis,
}

/// How to reach a unit (NĐ 42/2022/NĐ-CP), in both languages. Empty = not stated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Functions and tasks.
    pub functions: String,
    /// Functions and tasks, in English.
    pub functions_en: String,
    /// Address of the office.
    pub address: String,
    /// Address, in English.
    pub address_en: String,
    /// Telephone.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// Who answers for it: name and position.
    pub responsible: String,
    /// The same in English.
    pub responsible_en: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(n: i64) -> UnitId {
        UnitId::of(n)
    }

    #[test]
    fn shares_make_up_the_whole_or_are_unknown() {
        let share = |n, thousandths| (unit(n), PerMille::new(thousandths).expect("in range"));
        assert!(Shares::known(vec![share(1, 700), share(2, 300)]).is_some());
        assert!(Shares::known(vec![share(1, 700), share(2, 299)]).is_none());
        assert!(Shares::known(vec![share(1, 1000)]).is_none());
        assert!(Shares::known(vec![share(1, 500), share(1, 500)]).is_none());
        assert!(Shares::unknown(vec![unit(1), unit(2)], Some(unit(3))).is_none());
        let unknown = Shares::unknown(vec![unit(1), unit(2)], Some(unit(2))).expect("two heirs");
        assert_eq!(unknown.list(), [(unit(1), None, false), (unit(2), None, true)]);
        assert_eq!((PerMille::new(0), PerMille::new(1001)), (None, None));
    }

    #[test]
    fn words_are_read_back() {
        for event in Event::ALL {
            assert_eq!(Event::from_word(event.word()), Some(event));
        }
    }
}
