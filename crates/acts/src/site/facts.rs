//! What is known of an act, as a reader and as a machine reads it.

use legal::model::Language;
use legal::validity::Status;
use serde_json::{Value, json};
use web::Site;
use writers::Format;

use super::law::lang_code;
use super::words;
use crate::model::Act;

/// One line: name and value.
pub struct Fact {
    /// Vietnamese name.
    pub name: &'static str,
    /// Value as printed.
    pub value: String,
    /// List of the acts that share it; empty = none.
    pub path: String,
}

/// The lines below the heading of an act, which already says its number; unknown ones are left out.
#[must_use]
pub fn facts(act: &Act) -> Vec<Fact> {
    let plain = |name, value: Option<String>| {
        value.map(|value| Fact {
            name,
            value,
            path: String::new(),
        })
    };
    let issuers = act.issuers.iter().map(|issuer| {
        Some(Fact {
            name: "Cơ quan ban hành",
            value: issuer.clone(),
            path: format!("/van-ban?co-quan={}", viet::slug(issuer)),
        })
    });
    let signers = act.signers.iter().map(|signer| {
        let office = signer
            .office
            .as_ref()
            .map_or_else(String::new, |office| format!(", {office}"));
        plain("Người ký", Some(format!("{}{office}", signer.name)))
    });
    let field = act.field.as_ref().map(|field| Fact {
        name: "Lĩnh vực",
        value: field.clone(),
        path: format!("/van-ban?linh-vuc={}", viet::slug(field)),
    });
    issuers
        .chain([
            plain("Ngày ban hành", act.issued.map(words::short_date)),
            plain("Ngày có hiệu lực", act.in_force.map(words::short_date)),
            plain("Ngày hết hiệu lực", act.ends.map(words::short_date)),
            field,
        ])
        .chain(signers)
        .flatten()
        .collect()
}

/// schema.org `Legislation`.
#[must_use]
pub fn legislation(act: &Act, site: &Site, language: Language) -> Value {
    let url = format!("{}/van-ban/{}", site.base_url(), act.slug);
    let force = match act.status_on(site.today()) {
        Status::InForce => Some("https://schema.org/InForce"),
        Status::PartlyExpired | Status::PartlySuspended => Some("https://schema.org/PartiallyInForce"),
        Status::NotYet | Status::Suspended | Status::Expired => Some("https://schema.org/NotInForce"),
        Status::Unknown => None,
    };
    let encodings = Format::ALL.map(|format| {
        json!({
            "@type": "LegislationObject",
            "contentUrl": format!("{url}.{}", format.extension()),
            "encodingFormat": format.media_type(),
            "inLanguage": lang_code(language),
        })
    });
    let mut value = json!({
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": url,
        "url": url,
        "name": words::one_line(act),
        "legislationType": act.kind.label(),
        "legislationJurisdiction": "VN",
        "inLanguage": lang_code(language),
        "isAccessibleForFree": true,
    });
    let optional = [
        ("legislationIdentifier", act.number.clone().map(Value::from)),
        (
            "legislationDate",
            act.issued.map(|date| Value::from(date.to_string())),
        ),
        ("temporalCoverage", coverage(act).map(Value::from)),
        ("legislationLegalForce", force.map(Value::from)),
        ("legislationPassedBy", issuers(act)),
        (
            "encoding",
            (act.has_text || act.has_english).then(|| Value::from(encodings.to_vec())),
        ),
    ];
    for (name, found) in optional {
        if let Some(found) = found {
            value[name] = found;
        }
    }
    value
}

fn issuers(act: &Act) -> Option<Value> {
    let each = |name: &String| json!({ "@type": "GovernmentOrganization", "name": name });
    (!act.issuers.is_empty()).then(|| act.issuers.iter().map(each).collect())
}

/// "2017-01-01/.." as ISO 8601 interval.
fn coverage(act: &Act) -> Option<String> {
    let start = act.in_force?;
    let end = act.ends.map_or_else(|| "..".to_owned(), |end| end.to_string());
    Some(format!("{start}/{end}"))
}
