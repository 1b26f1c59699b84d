//! What acts say of each other, in pages: relations, citations, definitions, what cites a provision.

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use legal::definitions::DefinitionKind;
use legal::relations::RelationKind;
use serde::Serialize;
use utoipa::ToSchema;
use web::{Page, Problem, Site};

use super::asked::PageAsked;
use super::shapes::ProblemBody;
use super::{found, place, valid};
use crate::store::{self, Goal, Link, Related, Side};

/// Entries of a page.
const PER_PAGE: usize = 100;

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PageBody<T> {
    /// Entries of the whole list.
    total: u64,
    /// This page, from 1.
    page: u32,
    /// Pages of the whole list.
    pages: u32,
    items: Vec<T>,
}

impl<T> PageBody<T> {
    /// The page `number` of a list; beyond its end there is nothing.
    fn cut<S>(all: Vec<S>, number: u32, body: impl FnMut(S) -> T) -> Result<Self, Problem> {
        let total = all.len();
        let pages = u32::try_from(total.div_ceil(PER_PAGE).max(1)).unwrap_or(u32::MAX);
        if number > pages {
            return Err(Problem::NotFound);
        }
        let skipped = (number as usize - 1) * PER_PAGE;
        Ok(Self {
            total: total as u64,
            page: number,
            pages,
            items: all.into_iter().skip(skipped).take(PER_PAGE).map(body).collect(),
        })
    }
}

/// A relation of an act to another one.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RelationBody {
    /// Kind for programs.
    #[schema(value_type = String)]
    kind: RelationKind,
    /// Kind as readers see it, seen from this act.
    label: &'static str,
    /// True where the other act does it to this one.
    passive: bool,
    /// Address word of the other act; null where it is not here.
    act: Option<String>,
    /// The other act as cited, or as the text names it.
    name: String,
    /// Ids of the provisions it is done to; empty: the whole act.
    provisions: Vec<String>,
    /// Id of the provision or part of the acting act that says so.
    place: String,
    /// The words that say so.
    evidence: String,
}

/// A citation in the text of an act.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CitationBody {
    /// Id of the provision or part that holds it.
    place: String,
    /// Number of the field (0 heading, 1 text …), then the way to the paragraph.
    path: Vec<usize>,
    /// First byte of the paragraph.
    start: usize,
    /// Byte after the last.
    end: usize,
    /// `resolved`, `missing` (no such provision), `ambiguous`, `unknown` (no such act here).
    state: &'static str,
    /// Address word of the act that is cited; null where it is not here.
    act: Option<String>,
    /// Id of the provision that is cited; null for the act as a whole.
    provision: Option<String>,
    /// False where the text leaves the version of the act open.
    sure: bool,
}

/// A word that an act defines.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DefinitionBody {
    term: String,
    #[schema(value_type = String)]
    kind: DefinitionKind,
    /// What it means.
    text: String,
    /// Id of the provision or part in which it holds.
    scope: String,
    /// Id of the provision or part that defines it.
    place: String,
}

/// An act with its provisions that cite.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BacklinkBody {
    /// Address word.
    act: String,
    /// As cited.
    citation: String,
    /// Ids of its provisions and parts that cite.
    provisions: Vec<String>,
}

type Slug = Result<Path<String>, PathRejection>;
type Asked = Result<Query<PageAsked>, QueryRejection>;

/// Quan hệ của một văn bản với văn bản khác, cả hai chiều.
#[utoipa::path(
    get, path = "/api/v1/acts/{slug}/relations", operation_id = "relations",
    params(("slug" = String, Path, description = "Địa chỉ của văn bản"), PageAsked),
    responses(
        (status = 200, description = "Một trang quan hệ", body = PageBody<RelationBody>),
        (status = 400, description = "Tham số sai", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "Không có văn bản hoặc trang này", body = ProblemBody, content_type = "application/problem+json")
    )
)]
pub(super) async fn relations(State(site): State<Site>, slug: Slug, asked: Asked) -> Result<Page, Problem> {
    let number = valid(asked)?.page()?;
    let act = found(&site, &place(slug)?).await?;
    let mut all = Vec::new();
    for side in [Side::Acting, Side::Suffering] {
        let found = store::relations(site.db(), act.id, side).await;
        all.extend(
            found
                .map_err(Problem::internal)?
                .into_iter()
                .map(|one| (side, one)),
        );
    }
    let body = PageBody::cut(all, number, |(side, one)| relation(side, one))?;
    answer(&body, &act.slug)
}

fn relation(side: Side, one: Related) -> RelationBody {
    let passive = side == Side::Suffering;
    RelationBody {
        kind: one.kind,
        label: if passive {
            one.kind.passive()
        } else {
            one.kind.label()
        },
        passive,
        name: one.act.as_ref().map_or(one.label, |act| act.name().cited()),
        act: one.act.map(|act| act.slug),
        provisions: one.provisions,
        place: one.place,
        evidence: one.evidence,
    }
}

/// Các dẫn chiếu trong nội dung tiếng Việt của một văn bản, theo thứ tự.
#[utoipa::path(
    get, path = "/api/v1/acts/{slug}/citations", operation_id = "citations",
    params(("slug" = String, Path, description = "Địa chỉ của văn bản"), PageAsked),
    responses(
        (status = 200, description = "Một trang dẫn chiếu", body = PageBody<CitationBody>),
        (status = 400, description = "Tham số sai", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "Không có văn bản hoặc trang này", body = ProblemBody, content_type = "application/problem+json")
    )
)]
pub(super) async fn citations(State(site): State<Site>, slug: Slug, asked: Asked) -> Result<Page, Problem> {
    let number = valid(asked)?.page()?;
    let act = found(&site, &place(slug)?).await?;
    let links = store::links(site.db(), act.id, None)
        .await
        .map_err(Problem::internal)?;
    let body = PageBody::cut(links, number, |link| citation(link, &act.slug))?;
    answer(&body, &act.slug)
}

fn citation(link: Link, own: &str) -> CitationBody {
    let (state, act, provision, sure) = match link.goal {
        Goal::Own(provision) => ("resolved", Some(own.to_owned()), provision, true),
        Goal::Other {
            slug,
            provision,
            sure,
        } => ("resolved", Some(slug), provision, sure),
        Goal::Missing => ("missing", None, String::new(), true),
        Goal::Ambiguous => ("ambiguous", None, String::new(), false),
        Goal::Unknown => ("unknown", None, String::new(), false),
    };
    CitationBody {
        place: link.place,
        path: link.path,
        start: link.from,
        end: link.to,
        state,
        act,
        provision: (!provision.is_empty()).then_some(provision),
        sure,
    }
}

/// Các từ ngữ mà một văn bản giải thích, theo thứ tự.
#[utoipa::path(
    get, path = "/api/v1/acts/{slug}/definitions", operation_id = "definitions",
    params(("slug" = String, Path, description = "Địa chỉ của văn bản"), PageAsked),
    responses(
        (status = 200, description = "Một trang từ ngữ", body = PageBody<DefinitionBody>),
        (status = 400, description = "Tham số sai", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "Không có văn bản hoặc trang này", body = ProblemBody, content_type = "application/problem+json")
    )
)]
pub(super) async fn definitions(State(site): State<Site>, slug: Slug, asked: Asked) -> Result<Page, Problem> {
    let number = valid(asked)?.page()?;
    let act = found(&site, &place(slug)?).await?;
    let defined = store::definitions(site.db(), act.id)
        .await
        .map_err(Problem::internal)?;
    let body = PageBody::cut(defined, number, |one| DefinitionBody {
        term: one.term,
        kind: one.kind,
        text: one.body,
        scope: one.scope,
        place: one.place,
    })?;
    answer(&body, &act.slug)
}

/// Những quy định dẫn chiếu đến một điều khoản.
#[utoipa::path(
    get, path = "/api/v1/acts/{slug}/provisions/{id}/backlinks", operation_id = "backlinks",
    params(
        ("slug" = String, Path, description = "Địa chỉ của văn bản"),
        ("id" = String, Path, description = "Mã của điều khoản, ví dụ art_7__clause_2"),
        PageAsked
    ),
    responses(
        (status = 200, description = "Một trang; total đếm các quy định, items gom theo văn bản", body = PageBody<BacklinkBody>),
        (status = 400, description = "Tham số sai", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "Không có văn bản hoặc trang này", body = ProblemBody, content_type = "application/problem+json")
    )
)]
pub(super) async fn backlinks(
    State(site): State<Site>,
    place_of: Result<Path<(String, String)>, PathRejection>,
    asked: Asked,
) -> Result<Page, Problem> {
    let number = valid(asked)?.page()?;
    let (slug, id) = place(place_of)?;
    let act = found(&site, &slug).await?;
    let per_page = u32::try_from(PER_PAGE).unwrap_or(u32::MAX);
    let cited = store::backlinks(site.db(), act.id, &id, number, per_page)
        .await
        .map_err(Problem::internal)?;
    let pages = u32::try_from(cited.total.div_ceil(u64::from(per_page)).max(1)).unwrap_or(u32::MAX);
    if number > pages {
        return Err(Problem::NotFound);
    }
    let group = |group: store::Backlink| BacklinkBody {
        citation: group.act.name().cited(),
        act: group.act.slug,
        provisions: group.places,
    };
    let body = PageBody {
        total: cited.total,
        page: number,
        pages,
        items: cited.groups.into_iter().map(group).collect(),
    };
    answer(&body, &act.slug)
}

fn answer<T: Serialize>(body: &PageBody<T>, slug: &str) -> Result<Page, Problem> {
    let page = Page::json(body)?;
    let kinds = ["act", "links", "cited"];
    Ok(kinds
        .iter()
        .fold(page, |page, kind| page.dep(format!("{kind}:{slug}"))))
}
