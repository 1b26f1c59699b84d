//! What an act does to others, as active modifications with the days on which they begin.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::meta::SOURCE;
use super::over_time::{iri, modification, whole_or};
use crate::{ExportAct, Modification, OtherAct, Xml};

/// The changes that an act makes.
pub(super) struct Acting<'a> {
    act: &'a ExportAct,
    /// Number of each changed act from 1, in the order of first use.
    acts: Vec<&'a OtherAct>,
    /// Days on which changes begin, other than that of the act itself → number of the event from 1.
    days: BTreeMap<Date, usize>,
}

impl<'a> Acting<'a> {
    pub(super) fn of(act: &'a ExportAct) -> Self {
        let (mut acts, mut days): (Vec<&OtherAct>, BTreeMap<Date, usize>) = Default::default();
        let own = act.text.metadata.in_force;
        for one in &act.changes {
            if acts.iter().all(|known| known.slug != one.other.slug) {
                acts.push(&one.other);
            }
            if Some(one.on) != own {
                let next = days.len() + 1;
                days.entry(one.on).or_insert(next);
            }
        }
        Self { act, acts, days }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.act.changes.is_empty()
    }

    /// Whether any change begins on another day than the act.
    pub(super) fn has_days(&self) -> bool {
        !self.days.is_empty()
    }

    /// The days on which changes begin.
    pub(super) fn events(&self, xml: &mut Xml) {
        for (day, number) in &self.days {
            let (id, day) = (format!("evt_acts_{number}"), day.to_string());
            xml.empty("eventRef", &[("eId", &id), ("date", &day), SOURCE]);
        }
    }

    /// An interval from each of these days on.
    pub(super) fn intervals(&self, xml: &mut Xml) {
        for number in self.days.values() {
            let start = format!("#evt_acts_{number}");
            xml.open("temporalGroup", &[("eId", &format!("tmp_acts_{number}"))]);
            xml.empty("timeInterval", &[("start", &start), ("refersTo", "#in_force")]);
            xml.close();
        }
    }

    /// Each change, whatever the day of the text: it is what the act orders.
    pub(super) fn modifications(&self, xml: &mut Xml) {
        if self.is_empty() {
            return;
        }
        xml.open("activeModifications", &[]);
        for (place, one) in self.act.changes.iter().enumerate() {
            let source = format!("#{}", whole_or(&one.place, "main"));
            let target = match one.provision.as_str() {
                "" => format!("{}/!main", iri(&one.other)),
                id => format!("{}/~{id}", iri(&one.other)),
            };
            let id = format!("amod_{}", place + 1);
            modification(xml, &id, one, (&source, &target), &self.period(one));
        }
        xml.close();
    }

    fn period(&self, one: &Modification) -> String {
        match self.days.get(&one.on) {
            Some(number) => format!("#tmp_acts_{number}"),
            None => "#tmp_1".to_owned(),
        }
    }

    /// The acts that it changes.
    pub(super) fn references(&self, xml: &mut Xml) {
        for (place, act) in self.acts.iter().enumerate() {
            let id = format!("acted_{}", place + 1);
            xml.empty(
                "activeRef",
                &[("eId", &id), ("href", &iri(act)), ("showAs", &act.name)],
            );
        }
    }
}
