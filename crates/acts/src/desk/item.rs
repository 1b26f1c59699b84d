//! `/ban-lam-viec/sua-doi/{by}/{seen}`: one amending sentence, what it does to the text, and the decision.

use askama::Template;
use axum::extract::{Extension, Form, Path, Query, State};
use axum::response::Response;
use legal::amend::{Operation, Reason};
use legal::consolidate::{Occurrence, Order, Verdict, candidates, places as occurrences};
use legal::model::ActText;
use policy::Visitor;
use serde::Deserialize;
use web::private::{again, frame, moment, page as answer, see_other};
use web::{Chrome, Look, Problem, Site};

use super::DESK;
use super::effect::{Effect, Known, article, effect, proposal};
use super::form::{DEEDS, PORTIONS, Pairs, Typed, in_words, portion_of};
use super::list::{address, said_at};
use crate::decide::{self, DecideError, Seen};
use crate::model::Act;
use crate::site::words;
use crate::store::{self, Decided, How, Ruling};

/// What a ruling is called.
pub(super) fn ruled(ruling: Ruling) -> &'static str {
    match ruling {
        Ruling::Accept => "Áp dụng như đã đọc",
        Ruling::Correct => "Áp dụng theo cách hiểu của cán bộ",
        Ruling::Refuse => "Không áp dụng",
    }
}

/// The act that the sentence is about.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "van-ban")]
    act: String,
}

/// A decision as the page shows it.
struct Made {
    id: i64,
    ruled: &'static str,
    name: String,
    at: String,
    why: String,
}

impl Made {
    fn of(one: &Decided) -> Self {
        Self {
            id: one.id,
            ruled: ruled(one.made.ruling),
            name: one.made.name.clone(),
            at: moment(jiff::Timestamp::from_microsecond(one.at).unwrap_or_default()),
            why: one.made.why.clone(),
        }
    }
}

#[derive(Template)]
#[template(path = "amendment.html")]
struct Page {
    chrome: Chrome,
    error: String,
    /// Name and page of the amended act.
    act: Option<(String, String)>,
    slug: String,
    said_at: (String, String),
    sentence: String,
    target: String,
    holds: String,
    /// Why it waits or what came of it.
    why: &'static str,
    applied: bool,
    standing: Option<Made>,
    stale: Vec<Made>,
    /// The article today, where nothing is proposed.
    article: Option<(String, Vec<String>)>,
    /// The reading can be carried out, or could at chosen places.
    proposed: Option<Effect>,
    /// Ids and names of the provisions that may be meant.
    may_be: Vec<(String, String, bool)>,
    occurrences: Vec<(usize, Occurrence, bool)>,
    /// What was typed, tried.
    tried: Option<Effect>,
    typed: Typed,
    deeds: [(&'static str, &'static str); 11],
    portions: [(&'static str, &'static str); 3],
    /// A form or a row that is meant: its word and its name.
    piece: Option<(String, String)>,
    open: bool,
}

async fn known(site: &Site, by: &str, seen: &str, about: &str) -> Result<Known, Problem> {
    let db = site.db();
    let internal = Problem::internal;
    let by = store::act_by_slug(db, by).await.map_err(internal)?;
    let by = by.ok_or(Problem::NotFound)?;
    let slug = legal::address::act_slug(about);
    let act = store::act_by_slug(db, &slug).await.map_err(internal)?;
    let mut reading = db.snapshot().await.map_err(internal)?;
    let said = store::said(&mut reading, by.id, act.as_ref().map(|act| act.id), seen).await;
    reading.rollback().await.map_err(internal)?;
    let said = said.map_err(internal)?.ok_or(Problem::NotFound)?;
    Ok(Known {
        act,
        by,
        said,
        seen: seen.to_owned(),
    })
}

async fn page_of(site: &Site, look: Look, known: &Known, typed: Option<Typed>) -> Result<Page, Problem> {
    let db = site.db();
    let internal = Problem::internal;
    let slug = known.act.as_ref().map(|act| act.slug.clone()).unwrap_or_default();
    let about = known.act.as_ref().map(|act| act.slug.as_str());
    let standing = store::decision_of(db, about, &known.by.slug, &known.seen);
    let standing = standing.await.map_err(internal)?;
    let place = &known.said.source().at;
    let stale = store::decisions_stale_at(db, &slug, &known.by.slug, place);
    let mut page = Page {
        chrome: frame(site, look, DESK, "Câu sửa đổi"),
        error: String::new(),
        act: known
            .act
            .as_ref()
            .map(|act| (words::one_line(act), format!("/van-ban/{}", act.slug))),
        said_at: said_at(&known.by, place),
        sentence: known.said.source().sentence.clone(),
        target: known.said.about(),
        holds: String::new(),
        why: known.said.reason().map_or("", Reason::sentence),
        applied: false,
        stale: stale.await.map_err(internal)?.iter().map(Made::of).collect(),
        standing: standing.as_ref().map(Made::of),
        article: None,
        proposed: None,
        may_be: Vec::new(),
        occurrences: Vec::new(),
        tried: None,
        open: typed.is_some(),
        typed: typed.unwrap_or_default(),
        deeds: DEEDS,
        portions: PORTIONS,
        piece: None,
        slug,
    };
    if let Some(act) = &known.act {
        about_act(site, look, known, act, standing.as_ref(), &mut page).await?;
    } else if !page.open {
        page.typed.deed = "thay".to_owned();
    }
    let words = portion_of(&page.typed.portion).words();
    page.piece = Some((page.typed.portion.clone(), words)).filter(|(_, words)| !words.is_empty());
    page.typed.decision = standing.map_or(0, |one| one.id);
    page.chrome.path = address(&page.slug, &known.by.slug, &known.seen);
    Ok(page)
}

/// What the page says where the amended act is known.
async fn about_act(
    site: &Site,
    look: Look,
    known: &Known,
    act: &Act,
    standing: Option<&Decided>,
    page: &mut Page,
) -> Result<(), Problem> {
    let came = store::amendment(site.db(), act.id, known.by.id, &known.seen);
    if let Some((how, reason)) = came.await.map_err(Problem::internal)? {
        page.applied = how != How::Refused;
        page.why = reason.map_or(page.why, Reason::sentence);
    }
    let ordered = match standing.map(|one| &one.made.decision.verdict) {
        Some(Verdict::Apply(orders)) => orders.clone(),
        _ => Vec::new(),
    };
    let (_, before) = effect(site, look, known, act, Vec::new()).await?;
    let read = proposal(&known.said, &before);
    let holds = read.as_ref().and_then(|order| order.in_force);
    let holds = holds.or(known.by.in_force).or(known.by.issued);
    page.holds = holds.map(words::short_date).unwrap_or_default();
    if let Some(order) = &read {
        choices(page, order, &before);
    }
    let shown = if ordered.is_empty() {
        read.iter().cloned().collect()
    } else {
        ordered
    };
    if !page.open {
        page.typed = shown.first().map(Typed::read).unwrap_or_default();
        if page.typed.deed.is_empty() {
            page.typed.deed = "thay".to_owned();
            page.typed.place = known.said.provision().map(in_words).unwrap_or_default();
        }
    }
    if !shown.is_empty() {
        let found = effect(site, look, known, act, shown).await?.0;
        let chosen = !page.may_be.is_empty() || !page.occurrences.is_empty() || standing.is_some();
        page.proposed = Some(found).filter(|one| one.done || chosen);
    }
    if page.proposed.as_ref().is_none_or(|one| one.rows.is_empty()) {
        page.article = known.said.provision().and_then(|id| article(&before, id));
    }
    Ok(())
}

/// The provisions and the places of words among which the officer chooses.
fn choices(page: &mut Page, order: &Order, text: &ActText) {
    let id = order.provision.as_deref().unwrap_or_default();
    let ids = candidates(text, id);
    if ids.len() > 1 {
        let name = |id: &String| {
            let found = article(text, id).map(|(heading, _)| heading).unwrap_or_default();
            format!("{} – {heading}", in_words(id), heading = found)
        };
        page.may_be = ids
            .iter()
            .enumerate()
            .map(|(at, one)| (one.clone(), name(one), at == 0))
            .collect();
    }
    let found = occurrences(text, order);
    if found.len() > 1 {
        let each = found.into_iter().enumerate();
        page.occurrences = each.map(|(at, one)| (at + 1, one, true)).collect();
    }
}

/// `GET /ban-lam-viec/sua-doi/{by}/{seen}?van-ban=…`
pub(super) async fn page(
    State(site): State<Site>,
    look: Look,
    Path((by, seen)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let known = known(&site, &by, &seen, &asked.act).await?;
    answer(&page_of(&site, look, &known, None).await?)
}

/// What is decided by a button.
fn ruling(typed: &Typed, known: &Known, read: Option<Order>) -> Result<(Ruling, Vec<Order>), &'static str> {
    match typed.button.as_str() {
        "khong-ap-dung" => Ok((Ruling::Refuse, Vec::new())),
        "chap-nhan" => {
            let mut order = read.ok_or("Không có cách hiểu nào để chấp nhận.")?;
            if !typed.place.is_empty() {
                order.provision = super::form::id_of(&typed.place);
            }
            if let Operation::Only(places) = order.operation {
                order.operation = *places.what;
            }
            if typed.among > 1 && typed.chosen.is_empty() {
                return Err("Xin chọn ít nhất một chỗ.");
            }
            let all = typed.chosen.len() == typed.among as usize;
            let adds = matches!(order.operation, Operation::AddPhrase(_));
            if !all || adds {
                order.operation = typed.among_places(order.operation);
            }
            if order.in_force.is_none() && known.by.in_force.or(known.by.issued).is_none() {
                return Err(Reason::NoDay.sentence());
            }
            Ok((Ruling::Accept, vec![order]))
        }
        _ => {
            let mut order = typed.order()?;
            // What an end leaves in force stays so, whatever else is corrected.
            if let Some(read) = read.filter(|_| order.provision.is_none()) {
                order.except = read.except;
            }
            Ok((Ruling::Correct, vec![order]))
        }
    }
}

/// `POST /ban-lam-viec/sua-doi/{by}/{seen}`
pub(super) async fn decide(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    Path((by, seen)): Path<(String, String)>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Problem> {
    let typed = Typed::of(pairs);
    let known = known(&site, &by, &seen, &typed.act).await?;
    let refuses = typed.button == "khong-ap-dung";
    let ruled = match &known.act {
        Some(act) => {
            let (_, before) = effect(&site, look, &known, act, Vec::new()).await?;
            ruling(&typed, &known, proposal(&known.said, &before))
        }
        None if refuses => Ok((Ruling::Refuse, Vec::new())),
        None => Err("Không tìm thấy văn bản được sửa. Hãy nhập đúng số văn bản."),
    };
    let (ruling, mut orders) = match ruled {
        Ok(ruled) => ruled,
        Err(why) => return refused(&site, look, &known, typed, why).await,
    };
    if typed.beside {
        let first = standing_orders(&site, &known).await?;
        orders = first.into_iter().chain(orders).collect();
    }
    if let Some(act) = known.act.as_ref().filter(|_| typed.button == "xem-thu") {
        let tried = effect(&site, look, &known, act, orders).await?.0;
        let mut page = page_of(&site, look, &known, Some(typed)).await?;
        page.tried = Some(tried);
        return answer(&page);
    }
    let verdict = match ruling {
        Ruling::Refuse => Verdict::Refuse,
        _ => Verdict::Apply(orders),
    };
    let seen = Seen {
        act: known.act.as_ref(),
        by: &known.by,
        name: &known.seen,
        decision: typed.decision,
    };
    match decide::decide(&site, &who, &seen, ruling, verdict, &typed.why).await {
        Ok(()) => {
            let slug = known.act.as_ref().map_or("", |act| &act.slug);
            Ok(see_other(&address(slug, &by, &known.seen)))
        }
        Err(DecideError::Db(error)) => Err(Problem::internal(error)),
        Err(DecideError::Unknown) => Err(Problem::NotFound),
        Err(error) => refused(&site, look, &known, typed, &error.to_string()).await,
    }
}

/// The orders of the decision that stands.
async fn standing_orders(site: &Site, known: &Known) -> Result<Vec<Order>, Problem> {
    let about = known.act.as_ref().map(|act| act.slug.as_str());
    let standing = store::decision_of(site.db(), about, &known.by.slug, &known.seen).await;
    let standing = standing.map_err(Problem::internal)?;
    Ok(match standing.map(|one| one.made.decision.verdict) {
        Some(Verdict::Apply(orders)) => orders,
        _ => Vec::new(),
    })
}

async fn refused(
    site: &Site,
    look: Look,
    known: &Known,
    typed: Typed,
    why: &str,
) -> Result<Response, Problem> {
    let mut page = page_of(site, look, known, Some(typed)).await?;
    look.t(why).clone_into(&mut page.error);
    again(&page)
}

/// Which decision is withdrawn.
#[derive(Debug, Deserialize)]
pub(super) struct Which {
    quyet_dinh: i64,
}

/// `POST /ban-lam-viec/sua-doi/rut`
pub(super) async fn withdraw(
    State(site): State<Site>,
    Extension(who): Extension<Visitor>,
    Form(which): Form<Which>,
) -> Result<Response, Problem> {
    match decide::withdraw(&site, &who, which.quyet_dinh).await {
        Ok(was) if was.stale => Ok(see_other(DESK)),
        Ok(was) => Ok(see_other(&address(
            &was.made.act,
            &was.made.by,
            &was.made.decision.seen,
        ))),
        Err(DecideError::Db(error)) => Err(Problem::internal(error)),
        Err(_) => Err(Problem::NotFound),
    }
}
