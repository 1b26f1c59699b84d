//! `/ban-lam-viec/bai/{id}`: a post as its readers would see it, what is wrong with it, its versions,
//! and the steps that may be taken.

use axum::extract::{Extension, Form, Path, Query, State};
use axum::response::Response;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use policy::Visitor;
use serde::Deserialize;
use web::private::{again, page as answer, see_other};
use web::{Look, Problem, Site};

use super::edit::Pairs;
use super::sentence;
use super::view::view;
use crate::later;
use crate::model::{PostId, Showing, Step};
use crate::write::{self, PostError, With};

/// The forms of the steps.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    phien_ban: i64,
    pub(super) nhan_xet: String,
    pub(super) tu: String,
    pub(super) den: String,
    pub(super) xem_lai: String,
    /// What is said of single blocks, by their numbers.
    #[serde(skip)]
    pub(super) blocks: Vec<(usize, String)>,
}

impl Typed {
    /// The form of the approver who gives a post back.
    fn of_remarks(pairs: Pairs) -> Self {
        let mut typed = Self::default();
        for (name, value) in pairs {
            let block = name.strip_prefix("doan_").and_then(|number| number.parse().ok());
            match (name.as_str(), block) {
                ("phien_ban", _) => typed.phien_ban = value.parse().unwrap_or_default(),
                ("nhan_xet", _) => typed.nhan_xet = value,
                (_, Some(block)) if !value.trim().is_empty() => typed.blocks.push((block, value)),
                _ => {}
            }
        }
        typed
    }
}

/// Which version is shown.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Which {
    pub(super) ban: Option<i64>,
    /// The version that it is compared with.
    pub(super) so: Option<i64>,
}

pub(super) async fn page(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    Path(id): Path<i64>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    match view(&site, look, &who, PostId(id), which).await {
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
    match done {
        Ok(()) => Ok(see_other(&format!("/ban-lam-viec/bai/{id}"))),
        Err(error) => back(&site, look, &who, id, &error, typed).await,
    }
}

/// The post again with the sentence and what was typed.
async fn back(
    site: &Site,
    look: Look,
    who: &Visitor,
    id: i64,
    error: &PostError,
    typed: Typed,
) -> Result<Response, Problem> {
    let said = sentence(look, error)?;
    match view(site, look, who, PostId(id), Which::default()).await {
        Ok(mut view) => {
            view.error = said;
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
    /// `POST …/duyet`
    approve, Step::Approve, |_site, _typed| Ok(With::Nothing);
    /// `POST …/dang`
    publish, Step::Publish, |site, typed| showing(site.now(), typed).map(With::Showing);
    /// `POST …/go`
    withdraw, Step::Withdraw, |_site, _typed| Ok(With::Nothing);
}

/// `POST …/tra-lai`
pub(super) async fn give_back(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    Path(id): Path<i64>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Problem> {
    let typed = Typed::of_remarks(pairs);
    let with = With::Remarks(typed.nhan_xet.clone(), typed.blocks.clone());
    take(site, look, who, id, Step::Return, Ok(with), typed).await
}

/// `POST …/xem-lai`
pub(super) async fn review(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    Path(id): Path<i64>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let done = match day(&typed.xem_lai) {
        Ok(day) => later::review(&site, &who, PostId(id), day).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(see_other(&format!("/ban-lam-viec/bai/{id}"))),
        Err(error) => back(&site, look, &who, id, &error, typed).await,
    }
}

/// The day on which somebody looks again; an empty field is none.
fn day(text: &str) -> Result<Option<Date>, PostError> {
    match text.trim() {
        "" => Ok(None),
        text => text
            .parse()
            .map(Some)
            .map_err(|_| PostError::Input("Ngày xem lại không đúng.")),
    }
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
    Ok(Showing {
        from: instant(&typed.tu)?.unwrap_or(now),
        until: instant(&typed.den)?,
        review: day(&typed.xem_lai)?,
    })
}
