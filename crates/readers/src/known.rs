//! Pages that name an act but hold none of its text.

use legal::draft::Draft;
use legal::model::{ActText, Block, Claim, Metadata, Part, Signer};

use crate::html::Attributes;

/// Below this many bytes outside tables a page holds no act's text.
const SHORT: usize = 1_500;

/// Whether a page holds the text of an act beside its attributes.
pub(crate) fn holds_text(draft: &Draft) -> bool {
    let mut bytes = 0;
    for block in &draft.blocks {
        let Block::Para(para) = block else { continue };
        if legal::structure::is_article(&para.text) || para.text.starts_with("Căn cứ ") {
            return true;
        }
        bytes += para.text.len();
    }
    bytes > SHORT * 8
}

/// The act as its attributes tell it.
pub(crate) fn act(attributes: &Attributes, draft: Draft, claims: Vec<Claim>) -> ActText {
    let heading = attributes
        .get("title")
        .map(str::to_owned)
        .or_else(|| longest_title(&draft));
    let number = attributes.get("number").map(legal::number::canonical);
    let kind = attributes
        .get("kind")
        .and_then(legal::metadata::kind_named)
        .or_else(|| number.as_deref().and_then(legal::number::kind_of));
    let title = heading
        .as_deref()
        .map(|heading| legal::metadata::bare_title(heading, kind, number.as_deref()));
    let metadata = Metadata {
        kind,
        number,
        issuers: attributes
            .all("issuer")
            .flat_map(legal::metadata::issuers_named)
            .collect(),
        signers: signers(attributes),
        issued: attributes.get("issued").and_then(viet::parse_date),
        in_force: attributes.get("in_force").and_then(viet::parse_date),
        title: title.filter(|title| !title.is_empty()),
        field: attributes.get("field").map(str::to_owned),
        claims,
        ..Metadata::default()
    };
    let main = Part {
        id: "main".to_owned(),
        title: "Văn bản chính".to_owned(),
        ..Part::default()
    };
    ActText {
        metadata,
        parts: vec![main],
        ..ActText::default()
    }
}

fn signers(attributes: &Attributes) -> Vec<Signer> {
    let mut offices = attributes.all("office");
    attributes
        .all("signer")
        .map(|name| Signer {
            name: name.to_owned(),
            office: offices
                .next()
                .map(|office| office.trim_end_matches('.').to_owned()),
        })
        .collect()
}

/// The line of a page that names the act: the one with its kind and "số".
fn longest_title(draft: &Draft) -> Option<String> {
    draft
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Para(para) => Some(para.text.as_str()),
            _ => None,
        })
        .filter(|text| text.contains(" số ") && legal::metadata::kind_named(text).is_some())
        .max_by_key(|text| text.len())
        .map(str::to_owned)
        .or_else(|| draft.page_title.clone())
}
