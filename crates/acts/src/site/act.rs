//! The page of an act: what it is, whether it holds, its text, its contents.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use legal::cite::Citer;
use legal::model::{ActText, Language};
use serde::Deserialize;
use web::{Alternate, Beside, Chrome, Crumb, Look, Og, Page, Problem, Site};
use writers::Format;

use super::changes;
use super::facts::{Fact, facts, legislation};
use super::law::{Law, lang_code};
use super::refs::Refs;
use super::standing::{Standing, changes_by_date, standing};
use super::terms::Terms;
use super::time::{self, Times, When};
use super::toc::{Line, contents};
use super::{excerpt, words};
use crate::model::{Act, KeptClaim, Original, Scan};
use crate::{downloads, store};

#[derive(Template)]
#[template(path = "act.html")]
struct ActPage {
    chrome: Chrome,
    head: Head,
    /// What sources say of the act where no text is kept.
    claims: Vec<KeptClaim>,
    /// Where the text can be read, where it is not here.
    sources: Vec<String>,
    /// Contents; empty for short texts without articles.
    toc: Vec<Line>,
    /// Language of the text.
    lang: &'static str,
    /// The act in a citation.
    cite: String,
    /// Relative address before the path of a provision.
    page: String,
    /// The text as HTML; empty for an act known by metadata only.
    law: String,
    /// That a machine recognised the text; empty where it is exact.
    recognised: String,
    /// Originals without letters, where no text is kept.
    scans: Vec<Scanned>,
    /// What explains the act.
    beside: Beside,
    /// Which day is shown; `None` for a translation and where no text is kept.
    when: Option<When>,
}

/// An original without letters.
struct Scanned {
    state: &'static str,
    message: String,
    name: String,
    size: String,
    path: String,
}

impl Scanned {
    fn of(scan: Scan, act: &Act, look: Look) -> Self {
        Self {
            state: scan.state.label(),
            message: scan.message,
            size: words::size(scan.size.unsigned_abs(), look),
            path: format!("/van-ban/{}/ban-goc/{}", act.slug, scan.sha256),
            name: scan.file_name,
        }
    }
}

/// The first screen of an act, shared by all its pages.
pub struct Head {
    /// Local address of the act.
    pub path: String,
    /// Small line above the heading.
    pub over: String,
    /// Heading.
    pub title: String,
    /// Language of both.
    pub lang: &'static str,
    /// State today.
    pub standing: Standing,
    /// Number, issuers, dates …
    pub facts: Vec<Fact>,
    /// Text in either language is kept.
    pub has_text: bool,
    /// Other language of this text: address and whether it is the English one.
    pub other: Option<(String, bool)>,
}

/// What an address of an act or a provision asks for besides.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Not empty: only a few lines of it, for a window in place.
    pub doan: String,
    /// Page of the list of what cites it.
    pub trang: String,
    /// The day whose text is asked for.
    pub ngay: String,
}

/// `GET /van-ban/{slug}` and `GET /van-ban/{slug}.xml` etc.; `?doan=1` for a few lines.
pub async fn page(
    State(site): State<Site>,
    look: Look,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    if let Some((slug, extension)) = name.rsplit_once('.') {
        let format = Format::from_extension(extension).ok_or(Problem::NotFound)?;
        let day = time::asked_day(&asked.ngay)?;
        let act = found(&site, slug).await?;
        return Ok(downloads::file(&site, &act, format, day).await?.into_response());
    }
    let day = time::asked_day(&asked.ngay)?;
    let act = found(&site, &name).await?;
    if !asked.doan.is_empty() {
        return Ok(excerpt::of_act(&site, look, &act).into_response());
    }
    let language = if act.translation_only {
        Language::En
    } else {
        Language::Vi
    };
    Ok(text_page(&site, look, &act, language, day).await?.into_response())
}

/// `GET /van-ban/{slug}/tieng-anh`
pub async fn english(
    State(site): State<Site>,
    look: Look,
    Path(slug): Path<String>,
) -> Result<Page, Problem> {
    let act = found(&site, &slug).await?;
    if !act.has_english {
        return Err(Problem::NotFound);
    }
    text_page(&site, look, &act, Language::En, None).await
}

/// The act of an address.
pub async fn found(site: &Site, slug: &str) -> Result<Act, Problem> {
    store::act_by_slug(site.db(), slug)
        .await
        .map_err(Problem::internal)?
        .ok_or(Problem::NotFound)
}

/// What the page of an act is made of.
#[derive(Default)]
struct Kept {
    text: Option<ActText>,
    originals: Vec<Original>,
    claims: Vec<KeptClaim>,
    refs: Refs,
    terms: Terms,
    scans: Vec<Scan>,
    beside: Beside,
    times: Times,
}

impl Kept {
    async fn load(site: &Site, look: Look, act: &Act, language: Language, day: Date) -> db::Result<Self> {
        let db = site.db();
        let text = store::act_text(db, act.id, language, day).await?;
        let (refs, terms) = match (language, &text) {
            (Language::Vi, Some(_)) => (
                Refs::of_act(store::links_on(db, act, None, day).await?, look),
                Terms::of(&store::definitions_on(db, act, day).await?, ""),
            ),
            (Language::En, Some(text)) => (Refs::default(), Terms::english(text)),
            (_, None) => Default::default(),
        };
        let scans = match text {
            Some(_) => Vec::new(),
            None => store::scans_of_act(db, act.id).await?,
        };
        Ok(Self {
            text,
            originals: store::originals(db, act.id).await?,
            claims: store::claims(db, act.id).await?,
            refs,
            terms,
            scans,
            beside: site.beside_law(look, &act.slug, None).await?,
            times: match language {
                Language::Vi => Times::load(db, act).await?,
                Language::En => Times::default(),
            },
        })
    }
}

/// The page of one act in one language, as handlers and the importer make it; its text on `day`,
/// or today's.
///
/// # Errors
/// [`Problem::Internal`] when the database or the template fails.
pub async fn text_page(
    site: &Site,
    look: Look,
    act: &Act,
    language: Language,
    day: Option<Date>,
) -> Result<Page, Problem> {
    let kept = Kept::load(site, look, act, language, day.unwrap_or_else(|| site.today()))
        .await
        .map_err(Problem::internal)?;
    render(site, look, act, kept, language, day)
}

fn render(
    site: &Site,
    look: Look,
    act: &Act,
    kept: Kept,
    language: Language,
    day: Option<Date>,
) -> Result<Page, Problem> {
    let slug = act.slug.clone();
    let tail = if language == Language::En && !act.translation_only {
        "/tieng-anh"
    } else {
        ""
    };
    let page = if tail.is_empty() {
        slug.clone()
    } else {
        String::new()
    };
    let today = site.today();
    let histories = changes::histories(&kept.times, day.unwrap_or(today), look, "");
    let with_text = language == Language::Vi && kept.text.is_some();
    let (law, toc) = kept.text.as_ref().map_or_else(Default::default, |text| {
        body(act, text, &page, (kept.refs, kept.terms), histories)
    });
    let until = kept.beside.until;
    let mut chrome = chrome(site, look, act, tail, language);
    time::dated(&mut chrome, day);
    let shown = ActPage {
        when: with_text.then(|| time::when(site, look, act, &kept.times, day, ("", ""))),
        chrome,
        head: head(act, site, look, language),
        sources: sources(&kept.originals, &kept.claims),
        claims: kept.claims,
        toc,
        lang: lang_code(language),
        cite: act.name().cited(),
        page,
        law,
        recognised: if language == Language::Vi {
            words::recognised(act, look)
        } else {
            String::new()
        },
        scans: kept
            .scans
            .into_iter()
            .map(|scan| Scanned::of(scan, act, look))
            .collect(),
        beside: kept.beside,
    };
    let page = ["act", "links", "about"]
        .iter()
        .fold(Page::html(&shown)?, |page, kind| {
            page.dep(format!("{kind}:{slug}"))
        });
    let page = match until {
        Some(at) => page.fresh_until(at),
        None => page,
    };
    let moves = changes_by_date(act, today) || kept.times.changes_after(today) || day.is_some();
    Ok(match moves {
        true => page.fresh_until(site.next_midnight()),
        false => page,
    })
}

fn body(
    act: &Act,
    text: &ActText,
    page: &str,
    (refs, terms): (Refs, Terms),
    histories: HashMap<String, String>,
) -> (String, Vec<Line>) {
    let citer = Citer::new(act.name(), &text.parts, &text.provisions);
    let toc = contents(text);
    (
        Law::new(text, &citer, page)
            .with_links(refs, terms)
            .with_histories(histories)
            .whole(),
        if toc.len() > 1 { toc } else { Vec::new() },
    )
}

/// The first screen of an act.
pub fn head(act: &Act, site: &Site, look: Look, language: Language) -> Head {
    let path = format!("/van-ban/{}", act.slug);
    let (over, title) = words::heading(act);
    let other = match language {
        Language::Vi => act.has_english.then(|| (format!("{path}/tieng-anh"), true)),
        Language::En => (act.has_text && !act.translation_only).then(|| (path.clone(), false)),
    };
    let has_text = act.has_text || act.has_english;
    Head {
        over,
        title,
        lang: words::name_lang(act),
        standing: standing(act, site.today(), look),
        facts: facts(act),
        has_text,
        other,
        path,
    }
}

/// Addresses at which the text or a statement about it was published.
fn sources(originals: &[Original], claims: &[KeptClaim]) -> Vec<String> {
    let mut all: Vec<String> = originals
        .iter()
        .filter_map(|one| one.source.clone())
        .chain(claims.iter().map(|kept| kept.claim.source.clone()))
        .filter(|source| !source.is_empty())
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn chrome(site: &Site, look: Look, act: &Act, tail: &str, language: Language) -> Chrome {
    let mut chrome = Chrome::new(
        site,
        look,
        format!("/van-ban/{}{tail}", act.slug),
        words::one_line(act),
    );
    let standing = standing(act, site.today(), look);
    chrome.nav = "acts";
    chrome.og = Og { kind: "article" };
    chrome.description = format!(
        "{} – {} {}.",
        words::one_line(act),
        look.t(standing.label),
        standing.since
    );
    chrome.crumbs = crumbs(act, look, None);
    if act.has_text || act.has_english {
        chrome.alternates.extend(Format::ALL.map(|format| Alternate {
            media_type: format.media_type(),
            title: chrome.title.clone(),
            href: format!("/van-ban/{}.{}", act.slug, format.extension()),
        }));
    }
    let value = legislation(act, site, language);
    chrome.with_json_ld(&value)
}

/// From the home page to the act, and on to a page below it.
pub fn crumbs(act: &Act, look: Look, below: Option<String>) -> Vec<Crumb> {
    let step = |label: &str, path: &str| Crumb {
        label: label.to_owned(),
        path: Some(path.to_owned()),
    };
    let mut all = vec![
        step(look.t("Trang chủ"), "/"),
        step(look.t("Văn bản"), "/van-ban"),
        step(
            words::kind(act.kind, look),
            &format!("/van-ban?loai={}", act.kind.slug()),
        ),
    ];
    let name = words::short(act);
    match below {
        Some(last) => {
            all.push(step(&name, &format!("/van-ban/{}", act.slug)));
            all.push(Crumb {
                label: last,
                path: None,
            });
        }
        None => all.push(Crumb {
            label: name,
            path: None,
        }),
    }
    all
}
