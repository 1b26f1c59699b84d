//! What the API answers.

use jiff::Timestamp;
use jiff::civil::Date;
use legal::address::path_of_id;
use legal::model::{ActKind, Language, Provision, ProvisionKind};
use serde::Serialize;
use utoipa::ToSchema;
use web::Site;
use writers::{Format, plain, printed_number};

use crate::model::{Act, Facet, Facets, ListPage, ProvisionView};

/// A word with its Vietnamese name.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Named {
    /// Word for programs.
    slug: &'static str,
    /// Name for readers.
    label: &'static str,
}

impl From<ActKind> for Named {
    fn from(kind: ActKind) -> Self {
        Self {
            slug: kind.slug(),
            label: kind.label(),
        }
    }
}

/// State of an act on a date.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StatusBody {
    #[serde(flatten)]
    named: Named,
    /// The date it was asked for.
    on: Date,
}

/// An act without its text.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ActBody {
    /// Address word.
    slug: String,
    /// Address of the page.
    url: String,
    kind: Named,
    number: Option<String>,
    title: Option<String>,
    /// As cited: "Bộ luật Dân sự số 91/2015/QH13".
    citation: String,
    issuers: Vec<String>,
    signers: Vec<String>,
    issued: Option<Date>,
    in_force: Option<Date>,
    /// First day on which it no longer holds.
    expires: Option<Date>,
    status: StatusBody,
    /// State as the latest source wrote it.
    claimed_status: Option<String>,
    field: Option<String>,
    /// Percent by which a machine trusts the text that it recognised in a scan; null for exact text.
    confidence: Option<i64>,
    /// Languages in which the text is kept: `vi`, `en`.
    languages: Vec<&'static str>,
    /// When it last changed here.
    updated: Timestamp,
    /// Files with the whole act.
    files: Vec<FileBody>,
}

/// A file with the whole act.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FileBody {
    media_type: &'static str,
    url: String,
}

impl ActBody {
    pub fn new(site: &Site, act: &Act, on: Date) -> Self {
        let url = format!("{}/van-ban/{}", site.base_url(), act.slug);
        let status = act.status_on(on);
        Self {
            slug: act.slug.clone(),
            kind: act.kind.into(),
            number: act.number.clone(),
            title: (!act.title.is_empty()).then(|| act.title.clone()),
            citation: act.name().cited(),
            issuers: act.issuers.clone(),
            signers: act.signers.iter().map(|signer| signer.name.clone()).collect(),
            issued: act.issued,
            in_force: act.in_force,
            expires: act.ends,
            status: StatusBody {
                named: Named {
                    slug: status.slug(),
                    label: status.label(),
                },
                on,
            },
            claimed_status: act.claimed_status.clone(),
            field: act.field.clone(),
            confidence: act.confidence,
            languages: act.languages().into_iter().map(code).collect(),
            updated: Timestamp::from_microsecond(act.updated).unwrap_or_default(),
            files: files(act, &url),
            url,
        }
    }
}

fn files(act: &Act, url: &str) -> Vec<FileBody> {
    let kept = |format: &Format| act.has_text || matches!(format, Format::Akn | Format::Json);
    let file = |format: Format| FileBody {
        media_type: format.media_type(),
        url: format!("{url}.{}", format.extension()),
    };
    Format::ALL.into_iter().filter(kept).map(file).collect()
}

fn code(language: Language) -> &'static str {
    match language {
        Language::Vi => "vi",
        Language::En => "en",
    }
}

/// One page of a list of acts.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ActListBody {
    /// Acts of the whole list.
    total: u64,
    /// This page, from 1.
    page: u32,
    /// Pages of the whole list.
    pages: u32,
    acts: Vec<ActBody>,
}

impl ActListBody {
    pub fn new(site: &Site, list: &ListPage, on: Date) -> Self {
        let acts = list.acts.iter().map(|act| ActBody::new(site, act, on)).collect();
        Self {
            total: list.total,
            page: list.page,
            pages: list.pages,
            acts,
        }
    }
}

/// A provision.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ProvisionBody {
    /// Address word of the act.
    act: String,
    /// Akoma Ntoso style id.
    id: String,
    /// Address of the page.
    url: Option<String>,
    #[schema(value_type = String)]
    kind: ProvisionKind,
    /// Number without the word: "7", "đ".
    number: String,
    heading: Option<String>,
    /// As an official cites it.
    citation: Option<String>,
    /// Own text without what stands below.
    text: String,
    /// Own text and everything below, a line for each paragraph, as printed.
    full_text: String,
    /// Id of the enclosing provision.
    parent: Option<String>,
    /// Ids of the provisions directly below.
    children: Vec<String>,
    /// Id of the provision of the same level before it.
    previous: Option<String>,
    /// Id of the one after it.
    next: Option<String>,
}

impl ProvisionBody {
    /// `view.subtree` begins with the provision itself.
    pub fn new(
        site: &Site,
        act: &Act,
        view: &ProvisionView,
        language: Language,
        citation: Option<String>,
    ) -> Self {
        let (own, below) = match view.subtree.split_first() {
            Some((own, below)) => (own.clone(), below),
            None => (empty(), &[][..]),
        };
        let page = |path| format!("{}/van-ban/{}/{path}", site.base_url(), act.slug);
        let is_child = |provision: &&Provision| provision.parent.as_deref() == Some(&own.id);
        let lines = std::iter::once(plain(&own.blocks)).chain(below.iter().map(|one| line(language, one)));
        let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
        Self {
            act: act.slug.clone(),
            url: path_of_id(&own.id).map(page),
            kind: own.kind,
            text: plain(&own.blocks),
            full_text: lines.join("\n"),
            children: below
                .iter()
                .filter(is_child)
                .map(|child| child.id.clone())
                .collect(),
            previous: view.previous.as_ref().map(|one| one.id.clone()),
            next: view.next.as_ref().map(|one| one.id.clone()),
            citation,
            parent: own.parent,
            number: own.number,
            heading: own.heading,
            id: own.id,
        }
    }
}

fn line(language: Language, provision: &Provision) -> String {
    let words = [
        printed_number(language, provision.kind, &provision.number),
        provision.heading.clone().unwrap_or_default(),
    ];
    let head = words.join(" ").trim_end().to_owned();
    let text = plain(&provision.blocks);
    let joint = if provision.kind <= ProvisionKind::Article {
        "\n"
    } else {
        " "
    };
    if text.is_empty() {
        head
    } else {
        format!("{head}{joint}{text}")
    }
}

/// The store never gives an empty view; this stands in where it did.
fn empty() -> Provision {
    Provision {
        id: String::new(),
        part: String::new(),
        kind: ProvisionKind::Article,
        number: String::new(),
        heading: None,
        parent: None,
        blocks: Vec::new(),
        notes: Vec::new(),
        heading_marks: Vec::new(),
    }
}

/// What lists can be narrowed to.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FacetsBody {
    kinds: Vec<FacetBody>,
    issuers: Vec<FacetBody>,
    fields: Vec<FacetBody>,
    years: Vec<FacetBody>,
}

/// A value with the number of acts it leaves.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FacetBody {
    slug: String,
    label: String,
    count: u64,
}

impl From<Facets> for FacetsBody {
    fn from(facets: Facets) -> Self {
        let bodies = |facets: Vec<Facet>| {
            let body = |Facet { slug, label, count }| FacetBody { slug, label, count };
            facets.into_iter().map(body).collect()
        };
        Self {
            kinds: bodies(facets.kinds),
            issuers: bodies(facets.issuers),
            fields: bodies(facets.fields),
            years: bodies(facets.years),
        }
    }
}

/// A refusal (RFC 9457); without `type`, so its type is `about:blank`.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemBody {
    /// Short name.
    title: String,
    /// HTTP status.
    status: u16,
    /// A sentence on this case.
    detail: String,
    /// Names the request in our logs.
    request_id: String,
}
