//! The `meta` of an act and of its attachments: FRBR identity, life cycle, references.

use jiff::civil::Date;
use legal::model::{ActText, Language, Part};

use super::acting::Acting;
use super::over_time::OverTime;
use crate::{ExportAct, Xml};

pub(super) const SOURCE: (&str, &str) = ("source", "#publisher");

/// Addresses and dates that the `meta` of the act and of its parts share.
pub(super) struct Meta<'a> {
    act: &'a ExportAct,
    work: String,
    expression: String,
    created: (String, &'static str),
    version: String,
}

impl<'a> Meta<'a> {
    pub fn new(act: &'a ExportAct) -> Self {
        let kind = act.text.metadata.kind.map_or("van-ban", |kind| kind.slug());
        let created = created(&act.text);
        let version = act.on.map_or_else(|| created.0.clone(), |date| date.to_string());
        let language = language(act);
        let work = format!("/akn/vn/act/{kind}/{}/{}", created.0, act.slug);
        let expression = format!("{work}/{language}@{version}");
        Self {
            act,
            work,
            expression,
            created,
            version,
        }
    }

    /// The `meta` of the act, or of one of its attachments.
    pub fn write(&self, xml: &mut Xml, part: Option<&Part>) {
        xml.open("meta", &[]);
        self.identification(xml, part.map_or("main", |part| &part.id), part);
        // Ids are unique in the file, so the attachments use the references of the act.
        if part.is_none() {
            let (over_time, acting) = (OverTime::of(self.act), Acting::of(self.act));
            self.lifecycle(xml, &over_time, &acting);
            if over_time.changes_text() || !acting.is_empty() {
                xml.open("analysis", &[SOURCE]);
                acting.modifications(xml);
                over_time.modifications(xml);
                xml.close();
            }
            self.intervals(xml, &over_time, &acting);
            self.references(xml, &over_time, &acting);
        }
        xml.close();
        xml.line();
    }

    fn identification(&self, xml: &mut Xml, component: &str, part: Option<&Part>) {
        xml.open("identification", &[SOURCE]);
        xml.open("FRBRWork", &[]);
        self.core(xml, &self.work, component, (&self.created.0, self.created.1));
        xml.empty("FRBRcountry", &[("value", "vn")]);
        let metadata = &self.act.text.metadata;
        if part.is_none() {
            let number = metadata.number.as_deref();
            let title = metadata.title.as_deref();
            for (name, value) in [("FRBRnumber", number), ("FRBRname", title)] {
                if let Some(value) = value.filter(|value| !value.is_empty()) {
                    xml.empty(name, &[("value", value)]);
                }
            }
        }
        xml.close();
        xml.open("FRBRExpression", &[]);
        self.core(xml, &self.expression, component, (&self.version, "version"));
        xml.empty("FRBRlanguage", &[("language", language(self.act))]);
        xml.close();
        xml.open("FRBRManifestation", &[]);
        let manifestation = format!("{}/akn", self.expression);
        self.core(xml, &manifestation, component, (&self.version, "version"));
        xml.empty("FRBRformat", &[("value", "application/akn+xml")]);
        xml.close();
        xml.close();
    }

    fn core(&self, xml: &mut Xml, uri: &str, component: &str, date: (&str, &str)) {
        xml.empty("FRBRthis", &[("value", &format!("{uri}/!{component}"))]);
        xml.empty("FRBRuri", &[("value", uri)]);
        if uri == self.work && !self.act.url.is_empty() {
            xml.empty("FRBRalias", &[("name", "address"), ("value", &self.act.url)]);
        }
        xml.empty("FRBRdate", &[("date", date.0), ("name", date.1)]);
        let author = if uri == self.work && !self.act.text.metadata.issuers.is_empty() {
            "#issuer_1"
        } else {
            "#publisher"
        };
        xml.empty("FRBRauthor", &[("href", author)]);
    }

    /// Issue, coming into force, each day on which others changed it, expiry: what is known of them.
    fn lifecycle(&self, xml: &mut Xml, over_time: &OverTime<'_>, acting: &Acting<'_>) {
        let metadata = &self.act.text.metadata;
        let events = [
            ("issued", metadata.issued, "generation"),
            ("in_force", metadata.in_force, ""),
            ("expires", self.act.expires, "repeal"),
        ];
        if events.iter().all(|event| event.1.is_none()) && over_time.is_empty() && !acting.has_days() {
            return;
        }
        xml.open("lifecycle", &[SOURCE]);
        for (id, date, kind) in events {
            if let Some(date) = date {
                let date = date.to_string();
                let id = format!("evt_{id}");
                xml.empty(
                    "eventRef",
                    &[("eId", &id), ("date", &date), SOURCE, ("type", kind)],
                );
            }
        }
        over_time.events(xml);
        acting.events(xml);
        xml.close();
    }

    fn intervals(&self, xml: &mut Xml, over_time: &OverTime<'_>, acting: &Acting<'_>) {
        if self.act.text.metadata.in_force.is_none() && over_time.is_empty() && !acting.has_days() {
            return;
        }
        xml.open("temporalData", &[SOURCE]);
        self.interval(xml);
        over_time.intervals(xml);
        acting.intervals(xml);
        xml.close();
    }

    fn interval(&self, xml: &mut Xml) {
        if self.act.text.metadata.in_force.is_none() {
            return;
        }
        let end = self.act.expires.map_or("", |_| "#evt_expires");
        xml.open("temporalGroup", &[("eId", "tmp_1")]);
        let start = ("start", "#evt_in_force");
        xml.empty("timeInterval", &[start, ("end", end), ("refersTo", "#in_force")]);
        xml.close();
    }

    fn references(&self, xml: &mut Xml, over_time: &OverTime<'_>, acting: &Acting<'_>) {
        let metadata = &self.act.text.metadata;
        xml.open("references", &[SOURCE]);
        acting.references(xml);
        over_time.references(xml);
        let publisher = if self.act.publisher.is_empty() {
            "Phổ Luật"
        } else {
            &self.act.publisher
        };
        entry(xml, "TLCOrganization", "organization", "publisher", publisher);
        for (at, issuer) in metadata.issuers.iter().enumerate() {
            entry(
                xml,
                "TLCOrganization",
                "organization",
                &format!("issuer_{}", at + 1),
                issuer,
            );
        }
        for (at, signer) in metadata.signers.iter().enumerate() {
            entry(
                xml,
                "TLCPerson",
                "person",
                &format!("signer_{}", at + 1),
                &signer.name,
            );
        }
        entry(xml, "TLCConcept", "concept", "in_force", "Có hiệu lực");
        if let Some(field) = &metadata.field {
            entry(xml, "TLCConcept", "concept", "field", field);
        }
        xml.close();
    }
}

/// One entry of the ontology.
fn entry(xml: &mut Xml, element: &'static str, class: &str, id: &str, name: &str) {
    let href = format!("/akn/ontology/{class}/vn/{}", viet::slug(name));
    xml.empty(element, &[("eId", id), ("href", &href), ("showAs", name)]);
}

/// The date of the work and what it is. An act without any date is dated by the year in
/// its number, and the first day of our calendar says that nothing is known.
fn created(text: &ActText) -> (String, &'static str) {
    let metadata = &text.metadata;
    if let Some(date) = metadata.issued {
        return (date.to_string(), "issued");
    }
    if let Some(date) = metadata.in_force {
        return (date.to_string(), "in-force");
    }
    let number = metadata.number.as_deref().unwrap_or_default();
    let year = number
        .split(['/', '-'])
        .find_map(|word| word.parse::<i16>().ok().filter(is_year));
    match year {
        Some(year) => (Date::constant(year, 1, 1).to_string(), "year"),
        None => ("0001-01-01".to_owned(), "unknown"),
    }
}

fn is_year(year: &i16) -> bool {
    (1945..=2200).contains(year)
}

fn language(act: &ExportAct) -> &'static str {
    match act.text.language {
        Language::Vi => "vie",
        Language::En => "eng",
    }
}
