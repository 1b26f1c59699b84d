//! Acts as files: Akoma Ntoso, JSON, DOCX, EPUB.

use std::collections::{BTreeSet, HashMap};

use axum::extract::{Path, State};
use http::HeaderValue;
use http::header::{CONTENT_DISPOSITION, LINK};
use jiff::civil::Date;
use legal::model::{ActText, Language, Metadata};
use web::{Page, Policy, Problem, Site};
use writers::{ExportAct, Format, Modification, NamedAct, OtherAct};

use crate::consolidated::{self, Amender};
use crate::model::Act;
use crate::site::words;
use crate::store::{self, ChangeRow, Goal, How};

/// An act and a text of it in the form that writers take. Dates that only a source claims
/// fill gaps of the text, as they do on the act's page.
#[must_use]
pub fn export_act(site: &Site, act: &Act, text: ActText, on: Option<Date>) -> ExportAct {
    let own = text.metadata;
    let metadata = Metadata {
        kind: own.kind.or(Some(act.kind)),
        number: own.number.or_else(|| act.number.clone()),
        issuers: if own.issuers.is_empty() {
            act.issuers.clone()
        } else {
            own.issuers
        },
        signers: if own.signers.is_empty() {
            act.signers.clone()
        } else {
            own.signers
        },
        place: own.place.or_else(|| act.place.clone()),
        issued: own.issued.or(act.issued),
        in_force: own.in_force.or(act.in_force),
        title: own
            .title
            .or_else(|| (!act.title.is_empty()).then(|| act.title.clone())),
        field: own.field.or_else(|| act.field.clone()),
        claims: own.claims,
    };
    ExportAct {
        slug: act.slug.clone(),
        url: format!("{}/van-ban/{}", site.base_url(), act.slug),
        publisher: site.name().to_owned(),
        expires: act.ends,
        on,
        changed: Vec::new(),
        changes: Vec::new(),
        named: Vec::new(),
        text: ActText { metadata, ..text },
    }
}

/// What acts did to each other, as writers take it: what was carried out from a known day on. `row.by` is the
/// other act of the two.
#[must_use]
pub fn changed(changes: &[ChangeRow]) -> Vec<Modification> {
    let each = changes.iter().filter_map(|row| {
        let How::Changed(change) = row.how else {
            return None;
        };
        Some(Modification {
            on: row.valid_from?,
            change,
            provision: row.provision.clone(),
            other: other(&row.by),
            place: row.place.clone(),
        })
    });
    each.collect()
}

fn other(act: &Act) -> OtherAct {
    OtherAct {
        slug: act.slug.clone(),
        kind: Some(act.kind),
        issued: act.issued,
        name: words::one_line(act),
    }
}

/// The acts that the Vietnamese text of an act on a day cites, as its readers are led to them; where the text leaves
/// the version open, none.
///
/// # Errors
/// What the engine says.
pub async fn named(db: &db::Db, act: &Act, day: Date) -> db::Result<Vec<NamedAct>> {
    let links = store::links_on(db, act, None, day).await?;
    let sure = |goal: &Goal| match goal {
        Goal::Other {
            slug,
            provision,
            sure: true,
        } => Some((slug.clone(), provision.clone())),
        _ => None,
    };
    let slugs: BTreeSet<String> = links
        .iter()
        .filter_map(|link| Some(sure(&link.goal)?.0))
        .collect();
    let mut acts = HashMap::new();
    for some in slugs.into_iter().collect::<Vec<_>>().chunks(1_000) {
        let found = store::acts_by_slugs(db, some).await?;
        acts.extend(found.into_iter().map(|act| (act.slug.clone(), other(&act))));
    }
    let each = links.iter().filter_map(|link| {
        let (slug, provision) = sure(&link.goal)?;
        let (field, path) = link.spot()?;
        Some(NamedAct {
            at: link.place.clone(),
            field,
            path: path.to_vec(),
            span: link.from..link.to,
            act: acts.get(&slug)?.clone(),
            provision,
        })
    });
    Ok(each.collect())
}

/// The act with its text on a date, or with metadata alone where no text is kept.
///
/// # Errors
/// [`Problem::Internal`] when the database fails.
pub async fn load(
    site: &Site,
    act: &Act,
    language: Language,
    on: Option<Date>,
) -> Result<ExportAct, Problem> {
    let date = on.unwrap_or_else(|| site.today());
    let text = store::act_text(site.db(), act.id, language, date)
        .await
        .map_err(Problem::internal)?;
    let mut export = export_act(site, act, text.unwrap_or_default(), on);
    if language == Language::Vi {
        let changes = store::changes_of(site.db(), act.id).await;
        export.changed = changed(&changes.map_err(Problem::internal)?);
        let done = store::changes_by(site.db(), act.id).await;
        export.changes = changed(&done.map_err(Problem::internal)?);
        export.named = named(site.db(), act, date).await.map_err(Problem::internal)?;
    }
    Ok(export)
}

/// The language in which an act is handed out when none is asked for.
#[must_use]
pub fn main_language(act: &Act) -> Language {
    if act.translation_only {
        Language::En
    } else {
        Language::Vi
    }
}

/// `GET /van-ban/{slug}.xml`, `.json`, `.docx`, `.epub`: the act in one format, as it stands today
/// or on the day asked for (`?ngay=`).
///
/// # Errors
/// [`Problem::NotFound`] for DOCX and EPUB of an act without text: an empty document helps
/// nobody. [`Problem::Internal`] when database or writer fails.
pub async fn file(site: &Site, act: &Act, format: Format, on: Option<Date>) -> Result<Page, Problem> {
    if !act.has_text && matches!(format, Format::Docx | Format::Epub) {
        return Err(Problem::NotFound);
    }
    let export = load(site, act, main_language(act), on).await?;
    // Hundreds of pages take a while to pack: not on a thread that serves others.
    let writing = tokio::task::spawn_blocking(move || format.write(&export));
    let bytes = writing
        .await
        .map_err(Problem::internal)?
        .map_err(Problem::internal)?;
    let page = Page::bytes(format.media_type(), bytes)
        .dep(format!("act:{}", act.slug))
        .dep(format!("{}:{}", store::ACTING, act.slug))
        .dep(format!("links:{}", act.slug));
    let page = page.policy(Policy::Feed).fresh_until(site.next_midnight());
    let page = with_header(page, CONTENT_DISPOSITION, &disposition(&act.slug, format))?;
    let canonical = format!("<{}/van-ban/{}>; rel=\"canonical\"", site.base_url(), act.slug);
    with_header(page, LINK, &canonical)
}

/// `GET /van-ban/{slug}/hop-nhat.docx`: the act with its amendments, as an official consolidated
/// text is laid out.
///
/// # Errors
/// [`Problem::NotFound`] where nothing that is in force amends the act.
pub async fn consolidated(State(site): State<Site>, Path(slug): Path<String>) -> Result<Page, Problem> {
    let act = store::act_by_slug(site.db(), &slug)
        .await
        .map_err(Problem::internal)?;
    let act = act.filter(|act| act.has_text).ok_or(Problem::NotFound)?;
    let today = site.today();
    let mut changes = store::changes_of(site.db(), act.id)
        .await
        .map_err(Problem::internal)?;
    changes.retain(|change| change.valid_from.is_none_or(|day| day <= today));
    if !changes.iter().any(|change| matches!(change.how, How::Changed(_))) {
        return Err(Problem::NotFound);
    }
    let mut export = load(&site, &act, Language::Vi, None).await?;
    let mut amenders = Vec::new();
    for by in consolidated::amending(&changes) {
        let text = store::base_text(site.db(), by.id, Language::Vi);
        let text = text.await.map_err(Problem::internal)?;
        amenders.extend(text.map(|text| Amender::of(by, &text)));
    }
    export.text = consolidated::official(&act, export.text, &changes, &amenders);
    let writing = tokio::task::spawn_blocking(move || Format::Docx.write(&export));
    let bytes = writing
        .await
        .map_err(Problem::internal)?
        .map_err(Problem::internal)?;
    let page = Page::bytes(Format::Docx.media_type(), bytes).dep(format!("act:{}", act.slug));
    let page = page.policy(Policy::Feed).fresh_until(site.next_midnight());
    let name = format!("attachment; filename=\"hop-nhat-{}.docx\"", act.slug);
    with_header(page, CONTENT_DISPOSITION, &name)
}

/// Text formats are shown by browsers, the others are kept as files.
fn disposition(slug: &str, format: Format) -> String {
    let way = match format {
        Format::Akn | Format::Json => "inline",
        Format::Docx | Format::Epub => "attachment",
    };
    format!("{way}; filename=\"{slug}.{}\"", format.extension())
}

fn with_header(page: Page, name: http::HeaderName, value: &str) -> Result<Page, Problem> {
    let value = HeaderValue::from_str(value).map_err(Problem::internal)?;
    Ok(page.header(name, value))
}
