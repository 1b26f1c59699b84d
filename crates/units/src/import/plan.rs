//! Matching the old structure with the new one: a pure step from files to units and successions.
//!
//! A new unit that is made of exactly one old unit, wholly, is that unit going on under another name
//! or parent. Everything else made of old units is a new unit, and the old ones end.

use std::collections::{BTreeMap, BTreeSet};

use super::drafts::{Making, New};
use super::files::{Files, Part, Province};
use super::keys::{Candidates, separate};
use super::laws;
use super::{Doubt, ImportError};
use crate::model::{How, Name, Shares, State, Succession, Unit, UnitId};
use crate::names::spelled;
use crate::tree::Tree;

/// Units and successions under numbers of their own, to be translated when written.
#[derive(Debug, Default)]
pub struct Plan {
    /// Key of the source and unit. Units above come before those below.
    pub units: Vec<(String, Unit)>,
    /// Key of the source and succession.
    pub successions: Vec<(String, Succession)>,
    /// What could not be placed.
    pub doubts: Vec<Doubt>,
}

/// Level of an administrative unit in the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Province,
    District,
    Commune,
}

/// Makes the plan.
///
/// # Errors
/// A kind of unit that is not known; lives or successions that contradict each other.
pub fn plan(files: &Files) -> Result<Plan, ImportError> {
    let mut making = Making::default();
    making.old_units(files)?;
    let provinces = making.new_provinces(files)?;
    for (key, at, above) in provinces {
        making.new_communes(files, &key, at, above)?;
    }
    making.endings(files);
    making.finish()
}

impl Making {
    /// Every unit as it was on the last day of the old structure.
    fn old_units(&mut self, files: &Files) -> Result<(), ImportError> {
        let before = &files.before;
        for (province_key, province) in &before.provinces {
            let state = self::state(&province.province, Level::Province, None, &province.code)?;
            let above = state.name.short.clone();
            let province_id = self.old(province_key.clone(), &[&above], state);
            for (district_key, district) in before.districts.get(province_key).into_iter().flatten() {
                let key = format!("{province_key}_{district_key}");
                let state = self::state(
                    &district.district,
                    Level::District,
                    Some(province_id),
                    &district.code,
                )?;
                let name = state.name.full.clone();
                let district_id = self.old(key.clone(), &[&name, &above], state);
                let tables = [&before.communes, &before.communes_marked];
                let communes = tables
                    .into_iter()
                    .filter_map(|table| table.get(province_key)?.get(district_key));
                for (commune_key, commune) in communes.flatten() {
                    // A district without communes stands in the map as one without name.
                    let (Some(full), Some(code)) = (&commune.ward, &commune.code) else {
                        continue;
                    };
                    let state = self::state(full, Level::Commune, Some(district_id), code)?;
                    let pieces = [state.name.full.clone(), name.clone(), above.clone()];
                    let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
                    self.old(format!("{key}_{commune_key}"), &pieces, state);
                }
            }
        }
        Ok(())
    }

    /// The old unit of a key of the map; a commune key without commune names its district.
    fn old_id(&self, key: &str) -> Option<UnitId> {
        self.by_key
            .get(&format!("2024:{}", key.trim_end_matches('_')))
            .copied()
    }

    /// The new provinces: key in the map, place among the files' provinces, number.
    fn new_provinces(&mut self, files: &Files) -> Result<Vec<(String, usize, UnitId)>, ImportError> {
        let mut candidates = Candidates::of(files.now.iter().map(|province| province.full_name.as_str()));
        let mut found = Vec::new();
        for (key, sources) in &files.map.provinces {
            let Some(at) = candidates.take(key) else {
                self.doubt(
                    key,
                    "Tỉnh này có trong bảng chuyển đổi nhưng không có trong danh sách hiện nay.",
                );
                continue;
            };
            let province = &files.now[at];
            let now = state(&province.full_name, Level::Province, None, &province.code)?;
            let english = province.full_name_en.as_deref();
            let law = laws::since(&province.code);
            let whole = self.sources(sources);
            let id = self.new_unit(New {
                key: key.clone(),
                now: named(now, english),
                level: Level::Province,
                slug: None,
                whole,
                parts: 0,
                later: law.map(|law| (law.on, law.province())),
                basis: laws::provinces(),
            });
            found.push((key.clone(), at, id));
        }
        for at in candidates.left() {
            self.doubt(
                &files.now[at].full_name,
                "Tỉnh này không có trong bảng chuyển đổi cũ – mới.",
            );
        }
        Ok(found)
    }

    fn sources(&mut self, keys: &[String]) -> Vec<UnitId> {
        let mut ids = Vec::with_capacity(keys.len());
        for key in keys {
            match self.old_id(key) {
                Some(id) => ids.push(id),
                None => self.doubt(
                    key,
                    "Đơn vị cũ này có trong bảng chuyển đổi nhưng không có trong danh sách trước 01/7/2025.",
                ),
            }
        }
        ids
    }

    /// The communes of a new province with what they were made of.
    fn new_communes(
        &mut self,
        files: &Files,
        key: &str,
        at: usize,
        above: UnitId,
    ) -> Result<(), ImportError> {
        let province = &files.now[at];
        let mut sources = self.matched(files, key, province);
        let law = laws::since(&province.code);
        let short = separate(&province.full_name, Level::Province).map_or("", |kind| kind.2);
        let then = self.draft(above).then.as_ref();
        let basis = laws::communes(then.map_or("", |state| state.name.full.as_str()));
        let mut ids = Vec::with_capacity(province.wards.len());
        for (place, commune) in province.wards.iter().enumerate() {
            let now = state(&commune.full_name, Level::Commune, Some(above), &commune.code)?;
            let taken = sources.taken.remove(&place).unwrap_or_default();
            let own = taken.key.unwrap_or_else(|| commune.code.clone());
            ids.push(self.new_unit(New {
                key: format!("{key}_{own}"),
                slug: Some(vec![now.name.full.clone(), spelled(short)]),
                now: named(now, commune.full_name_en.as_deref()),
                level: Level::Commune,
                whole: taken.whole,
                parts: taken.parts,
                later: law.map(|law| (law.on, law.communes())),
                basis: basis.clone(),
            }));
        }
        for split in sources.splits {
            let to: Vec<UnitId> = split.heirs.iter().map(|place| ids[*place]).collect();
            let Some(to) = Shares::unknown(to, split.main.map(|place| ids[place])) else {
                continue;
            };
            let from = split.from;
            let key = format!("2025:split:{}", self.draft(from).key);
            self.happened(key, How::Split { from, to }, basis.clone());
        }
        Ok(())
    }

    /// What the map says went into each commune of a province, by their places in the list of today.
    fn matched(&mut self, files: &Files, key: &str, province: &Province) -> Sources {
        let mut candidates = Candidates::of(province.wards.iter().map(|one| one.full_name.as_str()));
        let whole = files.map.whole.get(key);
        let divided = files.map.divided.get(key);
        let heirs = divided.into_iter().flatten().flat_map(|old| old.1);
        let heirs = heirs.map(|part| part.to.as_str());
        let keys: BTreeSet<&str> = whole
            .into_iter()
            .flatten()
            .map(|new| new.0.as_str())
            .chain(heirs)
            .collect();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        let mut sources = Sources::default();
        for target in keys {
            let Some(place) = candidates.take(target) else {
                self.doubt(
                    format!("{key}/{target}"),
                    "Xã này có trong bảng chuyển đổi nhưng không có trong danh sách hiện nay.",
                );
                continue;
            };
            places.insert(target, place);
            sources.taken.entry(place).or_default().key = Some(target.to_owned());
        }
        for (target, keys) in whole.into_iter().flatten() {
            let ids = self.sources(keys);
            if let Some(place) = places.get(target.as_str()) {
                sources.taken.entry(*place).or_default().whole.extend(ids);
            }
        }
        for (old, parts) in divided.into_iter().flatten() {
            self.one_split(old, parts, &places, &mut sources);
        }
        for place in candidates.left() {
            self.doubt(
                &province.wards[place].full_name,
                "Xã này không có trong bảng chuyển đổi cũ – mới.",
            );
        }
        sources
    }

    fn one_split(
        &mut self,
        old: &str,
        parts: &[Part],
        places: &BTreeMap<&str, usize>,
        sources: &mut Sources,
    ) {
        let Some(from) = self.sources(&[old.to_owned()]).pop() else {
            return;
        };
        let place = |part: &Part| places.get(part.to.as_str()).copied();
        let heirs: BTreeSet<usize> = parts.iter().filter_map(place).collect();
        let heirs: Vec<usize> = heirs.into_iter().collect();
        match heirs[..] {
            [] => self.doubt(old, "Không tìm thấy xã nào tiếp nhận xã cũ này."),
            [only] => sources.taken.entry(only).or_default().whole.push(from),
            _ => {
                for place in &heirs {
                    sources.taken.entry(*place).or_default().parts += 1;
                }
                let main = parts.iter().find(|part| part.main).and_then(place);
                sources.splits.push(Split { from, heirs, main });
            }
        }
    }
}

/// What went into the communes of a province.
#[derive(Default)]
struct Sources {
    /// By place in the list of today.
    taken: BTreeMap<usize, Taken>,
    splits: Vec<Split>,
}

/// What went into one commune.
#[derive(Default)]
struct Taken {
    /// Its key in the map.
    key: Option<String>,
    /// Old units that went in wholly.
    whole: Vec<UnitId>,
    /// Old units of which a part went in.
    parts: usize,
}

/// An old commune shared out among several, by their places.
struct Split {
    from: UnitId,
    heirs: Vec<usize>,
    main: Option<usize>,
}

impl Plan {
    /// Whether lives and successions fit each other.
    ///
    /// # Errors
    /// The first fault.
    pub fn check(&self) -> Result<(), ImportError> {
        let tree: Tree = self.units.iter().map(|(_, unit)| unit.clone()).collect();
        let mut faults = tree.faults();
        faults.extend(tree.succession_faults(self.successions.iter().map(|one| &one.1)));
        match faults.first() {
            None => Ok(()),
            Some(fault) => Err(ImportError::Contradiction(format!(
                "{fault:?} ({} lỗi)",
                faults.len()
            ))),
        }
    }
}

fn state(full: &str, level: Level, parent: Option<UnitId>, code: &str) -> Result<State, ImportError> {
    let full = spelled(full);
    let unknown = || ImportError::Contradiction(format!("chưa biết loại đơn vị của “{full}”"));
    let (kind, label, short) = separate(&full, level).ok_or_else(unknown)?;
    Ok(State {
        name: Name {
            full: format!("{label} {short}"),
            short: short.to_owned(),
            english: None,
        },
        kind: kind.to_owned(),
        parent,
        code: Some(code.to_owned()),
    })
}

fn named(mut state: State, english: Option<&str>) -> State {
    state.name.english = english.map(str::to_owned);
    state
}
