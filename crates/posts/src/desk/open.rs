//! `/ban-lam-viec/bai/{id}`: a post as its readers would see it, what is wrong with it, its versions,
//! and the steps that may be taken.

use askama::Template;
use axum::extract::{Extension, Form, Path, Query, State};
use axum::response::Response;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use policy::{Permission, Visitor};
use serde::Deserialize;
use web::private::{again, frame, moment, page as answer, see_other};
use web::{Chrome, Look, Problem, Site};

use super::sentence;
use crate::model::{Post, PostId, Showing, Step, Version};
use crate::site::{Law, laws, name_of};
use crate::write::{self, Opened, PostError, With};
use crate::{show, store};

struct Row {
    number: i64,
    label: String,
    author: String,
    at: String,
}

struct Note {
    refuses: bool,
    place: String,
    sentence: &'static str,
    words: String,
}

#[derive(Template)]
#[template(path = "draft.html")]
struct View {
    chrome: Chrome,
    error: String,
    id: i64,
    newest: i64,
    number: i64,
    label: String,
    title: String,
    summary: String,
    kind: String,
    topics: Vec<String>,
    unit: String,
    state: &'static str,
    remark: String,
    body: String,
    notes: Vec<Note>,
    laws: Vec<Law>,
    versions: Vec<Row>,
    /// Local address where the public sees it; empty = nowhere.
    shown: String,
    may_edit: bool,
    submit: bool,
    approve: bool,
    give_back: bool,
    publish: bool,
    withdraw: bool,
    typed: Typed,
}

/// The forms of the steps.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    phien_ban: i64,
    nhan_xet: String,
    tu: String,
    den: String,
    xem_lai: String,
}

/// Which version is shown.
#[derive(Debug, Deserialize)]
pub(super) struct Which {
    ban: Option<i64>,
}

/// The steps that the person may take with a post now.
async fn possible(site: &Site, who: &Visitor, post: &Post, shown: bool) -> db::Result<Vec<Step>> {
    let mut possible = Vec::new();
    for step in write::steps(who, post.state, shown) {
        let roots = who.roots(step.permission());
        if units::scope::reaches(site.db(), &roots, post.unit, site.today()).await? {
            possible.push(step);
        }
    }
    Ok(possible)
}

fn row(look: Look, version: Version) -> Row {
    Row {
        number: version.number,
        label: look.fill("Bản {}", &[&version.number]),
        author: version.author_name,
        at: moment(version.at),
    }
}

async fn view(
    site: &Site,
    look: Look,
    who: &Visitor,
    id: PostId,
    which: Option<i64>,
) -> Result<View, PostError> {
    let Opened { post, mut version } = write::open(site, who, Permission::ReadDrafts, id).await?;
    let (db, today) = (site.db(), site.today());
    if let Some(number) = which {
        version = store::version(db, id, number).await?.ok_or(PostError::Unknown)?;
    }
    let shown = store::shown_of_post(db, id).await?;
    let possible = possible(site, who, &post, shown.is_some()).await?;
    // An older version is for reading only.
    let may = |step| possible.contains(&step) && version.number == post.version;
    let writes = units::scope::reaches(db, &who.roots(Permission::WritePosts), post.unit, today).await?;
    let cited = store::citations(db, id, version.number).await?;
    let shelf = show::Shelf {
        base: super::FILES.to_owned(),
        files: store::post_media(db, id, version.number).await?,
    };
    let notes = write::findings(site, id, &version).await?;
    let notes = notes.into_iter().map(|one| Note {
        refuses: one.refuses,
        place: look.fill(one.place, &[&one.block]),
        sentence: one.sentence,
        words: one.words,
    });
    let notes: Vec<Note> = notes.collect();
    let label = look.fill("Bản {}", &[&version.number]);
    let topics = store::topics(db).await?;
    let versions = store::versions(db, id).await?;
    let path = format!("/ban-lam-viec/bai/{}", id.0);
    let mut chrome = frame(site, look, &path, "Bài viết của đơn vị");
    chrome.title.clone_from(&version.draft.title);
    Ok(View {
        chrome,
        error: String::new(),
        id: id.0,
        newest: post.version,
        number: version.number,
        label,
        kind: name_of(&store::kinds(db).await?, &version.draft.kind, look),
        topics: version
            .draft
            .topics
            .iter()
            .map(|code| name_of(&topics, code, look))
            .collect(),
        unit: units::scope::name(db, post.unit, today).await?,
        state: post.state.label(),
        remark: post.remark.clone(),
        body: show::html(&version.draft.body, &cited, &shelf, look),
        notes,
        laws: laws(site, &cited).await?,
        versions: versions.into_iter().map(|one| row(look, one)).collect(),
        shown: shown.map(|slug| format!("/bai/{slug}")).unwrap_or_default(),
        may_edit: writes && post.state.is_open(),
        submit: may(Step::Submit),
        approve: may(Step::Approve),
        give_back: may(Step::Return),
        publish: may(Step::Publish),
        withdraw: possible.contains(&Step::Withdraw),
        typed: Typed::default(),
        title: version.draft.title,
        summary: version.draft.summary,
    })
}

pub(super) async fn page(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    Path(id): Path<i64>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    match view(&site, look, &who, PostId(id), which.ban).await {
        Ok(view) => answer(&view),
        Err(error) => Err(sentence(look, &error).err().unwrap_or(Problem::NotFound)),
    }
}

/// Takes a step and shows the post again; where it is refused, with the sentence and what was typed.
async fn take(
    site: Site,
    look: Look,
    who: Visitor,
    id: i64,
    step: Step,
    with: Result<With, PostError>,
    typed: Typed,
) -> Result<Response, Problem> {
    let done = match with {
        Ok(with) => write::step(&site, &who, PostId(id), typed.phien_ban, step, with).await,
        Err(error) => Err(error),
    };
    let error = match done {
        Ok(()) => return Ok(see_other(&format!("/ban-lam-viec/bai/{id}"))),
        Err(error) => sentence(look, &error)?,
    };
    match view(&site, look, &who, PostId(id), None).await {
        Ok(mut view) => {
            view.error = error;
            view.typed = typed;
            again(&view)
        }
        Err(error) => Err(sentence(look, &error).err().unwrap_or(Problem::NotFound)),
    }
}

macro_rules! step {
    ($(#[$doc:meta] $name:ident, $step:expr, |$site:ident, $typed:ident| $with:expr;)*) => {$(
        #[$doc]
        pub(super) async fn $name(
            State(site): State<Site>,
            look: Look,
            Extension(who): Extension<Visitor>,
            Path(id): Path<i64>,
            Form(typed): Form<Typed>,
        ) -> Result<Response, Problem> {
            let ($site, $typed) = (&site, &typed);
            let with = $with;
            take(site, look, who, id, $step, with, typed).await
        }
    )*};
}

step! {
    /// `POST …/trinh`
    submit, Step::Submit, |_site, _typed| Ok(With::Nothing);
    /// `POST …/tra-lai`
    give_back, Step::Return, |_site, typed| Ok(With::Remark(typed.nhan_xet.clone()));
    /// `POST …/duyet`
    approve, Step::Approve, |_site, _typed| Ok(With::Nothing);
    /// `POST …/dang`
    publish, Step::Publish, |site, typed| showing(site.now(), typed).map(With::Showing);
    /// `POST …/go`
    withdraw, Step::Withdraw, |_site, _typed| Ok(With::Nothing);
}

/// When a post is to appear; an empty beginning is now.
fn showing(now: Timestamp, typed: &Typed) -> Result<Showing, PostError> {
    let there = TimeZone::fixed(Offset::constant(7));
    let instant = |text: &str| -> Result<Option<Timestamp>, PostError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let wrong = || PostError::Input("Ngày giờ không đúng. Xin nhập dạng 2026-11-30T08:00.");
        let at: DateTime = text.parse().map_err(|_| wrong())?;
        there.to_timestamp(at).map(Some).map_err(|_| wrong())
    };
    let review = match typed.xem_lai.trim() {
        "" => None,
        text => {
            let day: Date = text
                .parse()
                .map_err(|_| PostError::Input("Ngày xem lại không đúng."))?;
            Some(day)
        }
    };
    Ok(Showing {
        from: instant(&typed.tu)?.unwrap_or(now),
        until: instant(&typed.den)?,
        review,
    })
}
