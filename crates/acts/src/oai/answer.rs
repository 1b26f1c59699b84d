//! Answers to the six verbs.

use legal::model::ActKind;
use web::{Problem, Site};
use writers::Xml;

use super::record::{self, stamp};
use super::request::{Listing, OaiError, Prefix, Request, Verb};
use super::token::Token;
use crate::model::{Act, ChangeToken};
use crate::store;

const OAI: &str = "http://www.openarchives.org/OAI/2.0/";
const OAI_SCHEMA: &str =
    "http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd";

/// Why a verb has no answer: an error of the protocol, or ours.
enum Failure {
    Oai(OaiError),
    Ours(Problem),
}

impl From<OaiError> for Failure {
    fn from(error: OaiError) -> Self {
        Self::Oai(error)
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Ours(problem)
    }
}

impl From<db::DbError> for Failure {
    fn from(error: db::DbError) -> Self {
        Self::Ours(Problem::internal(error))
    }
}

/// The whole answer to a request, or to one that made no sense.
pub(super) async fn answer(site: &Site, request: Result<Request, OaiError>) -> Result<String, Problem> {
    let mut xml = start(site, request.as_ref().ok());
    let mut body = Xml::default();
    let done = match &request {
        Ok(request) => verb(site, &request.verb, &mut body).await,
        Err(error) => Err(error.clone().into()),
    };
    match done {
        Ok(()) => xml.raw(&body.finish()),
        Err(Failure::Oai(error)) => xml.leaf("error", &[("code", error.code)], &error.message),
        Err(Failure::Ours(problem)) => return Err(problem),
    }
    Ok(xml.finish())
}

/// Time and request. The arguments are repeated only where they made sense, as the protocol asks.
fn start(site: &Site, request: Option<&Request>) -> Xml {
    let mut xml = Xml::document();
    xml.open(
        "OAI-PMH",
        &[
            ("xmlns", OAI),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            ("xsi:schemaLocation", OAI_SCHEMA),
        ],
    );
    xml.leaf("responseDate", &[], &stamp(site.now().as_microsecond()));
    let arguments = request
        .map(|request| request.arguments.as_slice())
        .unwrap_or_default();
    let arguments: Vec<(&str, &str)> = arguments
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    xml.leaf("request", &arguments, &format!("{}/oai", site.base_url()));
    xml
}

async fn verb(site: &Site, verb: &Verb, xml: &mut Xml) -> Result<(), Failure> {
    match verb {
        Verb::Identify => identify(site, xml).await,
        Verb::ListSets => list_sets(site, xml).await,
        Verb::ListMetadataFormats { identifier } => {
            if let Some(identifier) = identifier {
                found(site, identifier).await?;
            }
            list_metadata_formats(xml);
            Ok(())
        }
        Verb::GetRecord { identifier, prefix } => {
            let act = found(site, identifier).await?;
            xml.open("GetRecord", &[]);
            record::write(site, xml, &act, *prefix).await?;
            xml.close();
            Ok(())
        }
        Verb::ListIdentifiers(listing) => list(site, xml, listing, false).await,
        Verb::ListRecords(listing) => list(site, xml, listing, true).await,
    }
}

async fn identify(site: &Site, xml: &mut Xml) -> Result<(), Failure> {
    let earliest = store::acts_earliest(site.db()).await?.unwrap_or_default();
    let agency = site.agency();
    let host = record::host(site);
    let mail = if agency.email.is_empty() {
        format!("lien-he@{host}")
    } else {
        agency.email.clone()
    };
    xml.open("Identify", &[]);
    for (element, text) in [
        ("repositoryName", site.name()),
        ("baseURL", &format!("{}/oai", site.base_url())),
        ("protocolVersion", "2.0"),
        ("adminEmail", &mail),
        ("earliestDatestamp", &stamp(earliest)),
        ("deletedRecord", "no"),
        ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    ] {
        xml.leaf(element, &[], text);
    }
    xml.close();
    Ok(())
}

fn list_metadata_formats(xml: &mut Xml) {
    xml.open("ListMetadataFormats", &[]);
    for prefix in Prefix::ALL {
        let (schema, namespace) = record::format(prefix);
        xml.open("metadataFormat", &[]);
        xml.leaf("metadataPrefix", &[], prefix.word());
        xml.leaf("schema", &[], schema);
        xml.leaf("metadataNamespace", &[], namespace);
        xml.close();
    }
    xml.close();
}

async fn list_sets(site: &Site, xml: &mut Xml) -> Result<(), Failure> {
    let facets = store::facets(site.db()).await?;
    xml.open("ListSets", &[]);
    for kind in ActKind::all() {
        set(xml, &format!("kind-{}", kind.slug()), kind.label());
    }
    for field in &facets.fields {
        set(
            xml,
            &format!("field-{}", field.slug),
            &format!("Lĩnh vực: {}", field.label),
        );
    }
    xml.close();
    Ok(())
}

fn set(xml: &mut Xml, spec: &str, name: &str) {
    xml.open("set", &[]);
    xml.leaf("setSpec", &[], spec);
    xml.leaf("setName", &[], name);
    xml.close();
}

async fn found(site: &Site, identifier: &str) -> Result<Act, Failure> {
    let missing = || OaiError::new("idDoesNotExist", "no act has this identifier");
    let slug = record::slug_of(site, identifier).ok_or_else(missing)?;
    let act = store::act_by_slug(site.db(), slug).await?;
    act.ok_or_else(|| missing().into())
}

/// Records or identifiers a part of a list holds: whole texts are long.
fn portion(listing: &Listing, records: bool) -> u32 {
    match (records, listing.prefix) {
        (false, _) => 200,
        (true, Prefix::DublinCore) => 100,
        (true, Prefix::Akn) => 10,
    }
}

async fn list(site: &Site, xml: &mut Xml, listing: &Listing, records: bool) -> Result<(), Failure> {
    let mut harvest = listing.harvest.clone();
    // A list ends with what was there when it began, however long the harvest takes.
    harvest.until = harvest.until.min(site.now().as_microsecond().saturating_add(1));
    let (after, cursor) = match &listing.token {
        Some(token) => (token.after, token.cursor),
        None => (
            ChangeToken {
                updated: i64::MIN,
                id: 0,
            },
            0,
        ),
    };
    let limit = portion(listing, records);
    let mut acts = store::acts_harvest(site.db(), &harvest, after, limit + 1).await?;
    if acts.is_empty() {
        return Err(OaiError::new("noRecordsMatch", "no act was changed in this span and set").into());
    }
    let more = acts.len() > limit as usize;
    acts.truncate(limit as usize);
    xml.open(if records { "ListRecords" } else { "ListIdentifiers" }, &[]);
    for act in &acts {
        if records {
            record::write(site, xml, act, listing.prefix).await?;
        } else {
            record::header(site, xml, act);
        }
    }
    let size = store::harvest_size(site.db(), &harvest).await?;
    let next = acts.last().filter(|_| more).map(|last| Token {
        prefix: listing.prefix,
        from: harvest.from,
        until: harvest.until,
        set: listing.set.clone(),
        after: ChangeToken {
            updated: last.updated,
            id: last.id.0,
        },
        cursor: cursor + u64::from(limit),
    });
    resumption(xml, next.as_ref(), cursor, size);
    xml.close();
    Ok(())
}

/// The place to go on; empty at the end of a list that came in several parts.
fn resumption(xml: &mut Xml, next: Option<&Token>, cursor: u64, size: u64) {
    if next.is_none() && cursor == 0 {
        return;
    }
    let attributes = [
        ("completeListSize", size.to_string()),
        ("cursor", cursor.to_string()),
    ];
    let attributes = attributes.each_ref().map(|(name, value)| (*name, value.as_str()));
    xml.leaf(
        "resumptionToken",
        &attributes,
        &next.map(Token::write).unwrap_or_default(),
    );
}
