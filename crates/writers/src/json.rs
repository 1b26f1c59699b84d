//! An act as JSON, described in docs/act-json.md.

use jiff::civil::Date;
use legal::address::path_of_id;
use legal::model::{Block, Claim, Footnote, Language, Part, Provision, Signer};
use serde::Serialize;

use crate::{ExportAct, WriteError, plain};

/// Name and version of the format; the number grows when a field changes its meaning or goes.
pub const FORMAT: &str = "pholuat-act/1";

/// The whole document.
#[derive(Debug, Serialize)]
pub struct ActJson<'a> {
    format: &'static str,
    slug: &'a str,
    url: &'a str,
    language: Language,
    on: Option<Date>,
    metadata: MetadataJson<'a>,
    parts: &'a [Part],
    provisions: Vec<ProvisionJson<'a>>,
}

#[derive(Debug, Serialize)]
struct MetadataJson<'a> {
    kind: Option<KindJson>,
    number: Option<&'a str>,
    title: Option<&'a str>,
    issuers: &'a [String],
    signers: &'a [Signer],
    place: Option<&'a str>,
    issued: Option<Date>,
    in_force: Option<Date>,
    expires: Option<Date>,
    field: Option<&'a str>,
    claims: &'a [Claim],
}

#[derive(Debug, Serialize)]
struct KindJson {
    slug: &'static str,
    label: &'static str,
}

/// One provision with its plain text beside its blocks.
#[derive(Debug, Serialize)]
pub struct ProvisionJson<'a> {
    id: &'a str,
    path: Option<String>,
    part: &'a str,
    parent: Option<&'a str>,
    kind: legal::model::ProvisionKind,
    number: &'a str,
    heading: Option<&'a str>,
    text: String,
    blocks: &'a [Block],
    notes: &'a [Footnote],
}

impl<'a> From<&'a Provision> for ProvisionJson<'a> {
    fn from(provision: &'a Provision) -> Self {
        Self {
            id: &provision.id,
            path: path_of_id(&provision.id),
            part: &provision.part,
            parent: provision.parent.as_deref(),
            kind: provision.kind,
            number: &provision.number,
            heading: provision.heading.as_deref(),
            text: plain(&provision.blocks),
            blocks: &provision.blocks,
            notes: &provision.notes,
        }
    }
}

impl<'a> From<&'a ExportAct> for ActJson<'a> {
    fn from(act: &'a ExportAct) -> Self {
        Self {
            format: FORMAT,
            slug: &act.slug,
            url: &act.url,
            language: act.text.language,
            on: act.on,
            metadata: metadata(act),
            parts: &act.text.parts,
            provisions: act.text.provisions.iter().map(ProvisionJson::from).collect(),
        }
    }
}

fn metadata(act: &ExportAct) -> MetadataJson<'_> {
    let metadata = &act.text.metadata;
    MetadataJson {
        kind: metadata.kind.map(|kind| KindJson {
            slug: kind.slug(),
            label: kind.label(),
        }),
        number: metadata.number.as_deref(),
        title: metadata.title.as_deref(),
        issuers: &metadata.issuers,
        signers: &metadata.signers,
        place: metadata.place.as_deref(),
        issued: metadata.issued,
        in_force: metadata.in_force,
        expires: act.expires,
        field: metadata.field.as_deref(),
        claims: &metadata.claims,
    }
}

/// Writes the act as JSON in UTF-8.
///
/// # Errors
/// [`WriteError::Json`]; does not happen for an [`ExportAct`].
pub fn write(act: &ExportAct) -> Result<Vec<u8>, WriteError> {
    Ok(serde_json::to_vec(&ActJson::from(act))?)
}
