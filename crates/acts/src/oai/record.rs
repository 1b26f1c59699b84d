//! An act as a record: header, Dublin Core, Akoma Ntoso.

use jiff::Timestamp;
use legal::model::Language;
use web::{Problem, Site};
use writers::{Xml, akn};

use super::request::Prefix;
use crate::downloads;
use crate::model::Act;
use crate::site::words;

/// Schema and namespace of a format.
pub(super) fn format(prefix: Prefix) -> (&'static str, &'static str) {
    match prefix {
        Prefix::DublinCore => (
            "http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
            "http://www.openarchives.org/OAI/2.0/oai_dc/",
        ),
        Prefix::Akn => (
            "http://docs.oasis-open.org/legaldocml/akn-core/v1.0/os/part2-specs/schemas/akomantoso30.xsd",
            akn::NAMESPACE,
        ),
    }
}

/// Host of the portal, the namespace of its identifiers.
pub(super) fn host(site: &Site) -> &str {
    let address = site.base_url();
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    address.split([':', '/']).next().unwrap_or_default()
}

/// The act that an identifier names: `oai:luat.example.vn:91-2015-qh13`.
pub(super) fn slug_of<'a>(site: &Site, identifier: &'a str) -> Option<&'a str> {
    identifier
        .strip_prefix("oai:")?
        .strip_prefix(host(site))?
        .strip_prefix(':')
}

/// An instant as the protocol writes it.
pub(super) fn stamp(micros: i64) -> String {
    let at = Timestamp::from_second(micros.div_euclid(1_000_000)).unwrap_or_default();
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// `header`: identifier, datestamp, sets.
pub(super) fn header(site: &Site, xml: &mut Xml, act: &Act) {
    xml.open("header", &[]);
    xml.leaf("identifier", &[], &format!("oai:{}:{}", host(site), act.slug));
    xml.leaf("datestamp", &[], &stamp(act.updated));
    xml.leaf("setSpec", &[], &format!("kind-{}", act.kind.slug()));
    if let Some(field) = &act.field {
        xml.leaf("setSpec", &[], &format!("field-{}", viet::slug(field)));
    }
    xml.close();
}

/// `record` in a format.
pub(super) async fn write(site: &Site, xml: &mut Xml, act: &Act, prefix: Prefix) -> Result<(), Problem> {
    xml.open("record", &[]);
    header(site, xml, act);
    xml.open("metadata", &[]);
    match prefix {
        Prefix::DublinCore => dublin_core(site, xml, act),
        Prefix::Akn => {
            let export = downloads::load(site, act, downloads::main_language(act), None).await?;
            let text = akn::write(&export);
            // The declaration stands at the start of a file only.
            xml.raw(
                text.split_once("?>")
                    .map_or(text.as_str(), |(_, rest)| rest.trim_start()),
            );
        }
    }
    xml.close();
    xml.close();
    xml.line();
    Ok(())
}

fn dublin_core(site: &Site, xml: &mut Xml, act: &Act) {
    let (schema, namespace) = format(Prefix::DublinCore);
    xml.open(
        "oai_dc:dc",
        &[
            ("xmlns:oai_dc", namespace),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
            ("xsi:schemaLocation", &format!("{namespace} {schema}")),
        ],
    );
    xml.leaf("dc:title", &[], &words::one_line(act));
    for issuer in &act.issuers {
        xml.leaf("dc:creator", &[], issuer);
    }
    if let Some(field) = &act.field {
        xml.leaf("dc:subject", &[], field);
    }
    xml.leaf("dc:publisher", &[], site.name());
    if let Some(date) = act.issued {
        xml.leaf("dc:date", &[], &date.to_string());
    }
    xml.leaf("dc:type", &[], act.kind.label());
    let address = format!("{}/van-ban/{}", site.base_url(), act.slug);
    xml.leaf("dc:identifier", &[], &address);
    if let Some(number) = &act.number {
        xml.leaf("dc:identifier", &[], number);
    }
    xml.leaf("dc:format", &[], "text/html");
    xml.leaf("dc:relation", &[], &format!("{address}.xml"));
    let languages = if act.has_text {
        act.languages()
    } else {
        vec![Language::Vi]
    };
    for language in languages {
        xml.leaf(
            "dc:language",
            &[],
            if language == Language::Vi { "vi" } else { "en" },
        );
    }
    xml.leaf("dc:coverage", &[], "Việt Nam");
    xml.close();
}
