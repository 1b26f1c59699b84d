//! What happened to a unit, told from its own side.

use std::collections::HashMap;

use jiff::civil::Date;
use web::Look;

use super::words::{self, Item};
use crate::model::{Event, Pass, State, Unit, UnitId};
use crate::store::Recorded;

/// One thing that happened.
pub struct Moment {
    /// "01/07/2025".
    pub day: String,
    /// "Sáp nhập".
    pub label: &'static str,
    /// What it was, up to the units that follow.
    pub text: String,
    /// Units it concerns.
    pub units: Vec<Item>,
    /// The act behind it, as people name it.
    pub basis: String,
    /// Local address of a search for the act; none where its number is not known.
    pub act: Option<String>,
}

/// Numbers of all units that the moments will name.
pub fn named(unit: &Unit, told: &[Recorded]) -> Vec<UnitId> {
    let passes = told.iter().flat_map(|one| &one.passes);
    let passed = passes.flat_map(|pass| [Some(pass.from), pass.to]).flatten();
    let parents = unit.life.pieces().filter_map(|piece| piece.1.parent);
    let mut ids: Vec<UnitId> = passed.chain(parents).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The moments, oldest first.
pub fn moments(unit: &Unit, told: &[Recorded], known: &HashMap<UnitId, Unit>, look: Look) -> Vec<Moment> {
    let teller = Teller { unit, known, look };
    told.iter().map(|one| teller.moment(one)).collect()
}

struct Teller<'a> {
    unit: &'a Unit,
    known: &'a HashMap<UnitId, Unit>,
    look: Look,
}

impl Teller<'_> {
    fn moment(&self, one: &Recorded) -> Moment {
        let (text, units) = match one.event {
            Event::Replaced | Event::Merged => self.merged(one),
            Event::Split => self.split(one),
            Event::Renamed => (self.changed(one.on, |state| state.name.full.clone()), Vec::new()),
            Event::Moved => (
                self.changed(one.on, |state| self.parent(state, one.on)),
                Vec::new(),
            ),
            Event::Abolished => (String::new(), Vec::new()),
        };
        let number = one.basis.number.as_deref();
        Moment {
            day: words::day(one.on),
            label: one.event.label(),
            text,
            units,
            basis: one.basis.text.clone(),
            act: number.map(|number| format!("/tim?q={}", words::in_address(number))),
        }
    }

    fn merged(&self, one: &Recorded) -> (String, Vec<Item>) {
        let gave = one.passes.iter().any(|pass| pass.from == self.unit.id);
        let others = one.passes.iter().filter(|pass| pass.from != self.unit.id);
        let others: Vec<Item> = others
            .filter_map(|pass| self.item(pass.from, one.on, ""))
            .collect();
        let heir = one.passes.iter().find_map(|pass| pass.to);
        match heir.filter(|_| gave) {
            Some(heir) => {
                let text = match others.is_empty() {
                    true => "Toàn bộ đơn vị nhập vào:",
                    false => "Cùng các đơn vị khác nhập thành:",
                };
                (
                    self.look.t(text).to_owned(),
                    self.item(heir, one.on, "").into_iter().collect(),
                )
            }
            None => (self.look.t("Hình thành từ toàn bộ:").to_owned(), others),
        }
    }

    fn split(&self, one: &Recorded) -> (String, Vec<Item>) {
        let giver = one.passes.first().map(|pass| pass.from);
        if giver == Some(self.unit.id) {
            let heirs = one
                .passes
                .iter()
                .filter_map(|pass| self.item(pass.to?, one.on, &self.share(pass)));
            return (self.look.t("Được chia cho:").to_owned(), heirs.collect());
        }
        let own = one.passes.iter().find(|pass| pass.to == Some(self.unit.id));
        let note = own.map_or_else(String::new, |pass| self.share(pass));
        let giver = giver.and_then(|giver| self.item(giver, one.on, &note));
        (
            self.look.t("Nhận một phần của:").to_owned(),
            giver.into_iter().collect(),
        )
    }

    fn share(&self, pass: &Pass) -> String {
        let share = pass.share.map(|share| share.get());
        match share {
            Some(share) if share % 10 == 0 => format!("{} %", share / 10),
            Some(share) => format!("{},{} %", share / 10, share % 10),
            None => self.look.t("tỷ lệ chưa được công bố").to_owned(),
        }
    }

    fn item(&self, id: UnitId, on: Date, note: &str) -> Option<Item> {
        let unit = self.known.get(&id)?;
        Some(Item {
            name: words::name(unit.near(on), self.look).to_owned(),
            path: words::path(&unit.slug, None),
            note: note.to_owned(),
        })
    }

    fn parent(&self, state: &State, on: Date) -> String {
        let parent = state.parent.and_then(|parent| self.known.get(&parent));
        parent.map_or_else(
            || self.look.t("không có đơn vị cấp trên").to_owned(),
            |parent| words::name(parent.near(on), self.look).to_owned(),
        )
    }

    /// "Xã A → Phường A".
    fn changed(&self, on: Date, of: impl Fn(&State) -> String) -> String {
        let before = on.yesterday().ok().and_then(|day| self.unit.life.at(day));
        let (Some(before), Some(after)) = (before, self.unit.life.at(on)) else {
            return String::new();
        };
        format!("{} → {}", of(before), of(after))
    }
}
