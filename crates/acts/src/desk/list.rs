//! `/ban-lam-viec/sua-doi`: amending sentences that wait for an officer, act by act.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use legal::amend::Reason;
use serde::Deserialize;
use web::private::{frame, moment, page as answer};
use web::{Chrome, Look, Problem, Site};

use super::DESK;
use crate::model::Act;
use crate::places;
use crate::site::{changes, time, words};
use crate::store::{self, Decided, How, Item, Sought, Which};

const PAGE: i64 = 30;
/// Acts offered in the filter.
const ACTS: i64 = 500;

/// Which sentences, with the word in the address and the name.
const TABS: [(Option<Which>, &str, &str); 5] = [
    (Some(Which::Waiting), "", "Chờ quyết định"),
    (
        Some(Which::NoAct),
        "khong-ro-van-ban",
        "Không rõ văn bản được sửa",
    ),
    (Some(Which::Doubted), "can-xem-lai", "Đã áp dụng, cần xem lại"),
    (Some(Which::Applied), "da-ap-dung", "Đã áp dụng"),
    (None, "da-quyet-dinh", "Đã quyết định"),
];

/// Reasons for which a sentence waits, in the order of the filter.
const REASONS: [Reason; 37] = [
    Reason::UnknownTarget,
    Reason::PhraseNotFound,
    Reason::Ambiguous,
    Reason::AlreadyThere,
    Reason::UnknownAnchor,
    Reason::OtherNumber,
    Reason::Gone,
    Reason::Remainder,
    Reason::AlreadyIn,
    Reason::NoDay,
    Reason::Piece,
    Reason::NoForm,
    Reason::NoNewForm,
    Reason::Bounds,
    Reason::NoTable,
    Reason::NoRow,
    Reason::Repeated,
    Reason::Merged,
    Reason::NoText,
    Reason::NoTarget,
    Reason::PartOfContent,
    Reason::Pairs,
    Reason::NoAct,
    Reason::Unread,
    Reason::Misprint,
    Reason::LooseComma,
    Reason::DanglingCitation,
    Reason::DayByMatter,
    Reason::DayMoved,
    Reason::InRange,
    Reason::Exception,
    Reason::Condition,
    Reason::Postponed,
    Reason::Titled,
    Reason::ClauseAmended,
    Reason::AmendsClause,
    Reason::ClauseRepealed,
];

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "trang-thai")]
    tab: String,
    #[serde(rename = "van-ban")]
    act: String,
    #[serde(rename = "ly-do")]
    reason: String,
    trang: String,
}

/// A sentence in the list.
pub(super) struct Row {
    path: String,
    sentence: String,
    /// Where it stands, in words, and that page.
    said_at: (String, String),
    /// What it is about, in words.
    target: String,
    /// Why it waits, or what came of it.
    state: String,
    /// Number of the decision whose sentence is gone: it can only be withdrawn.
    stale: Option<i64>,
}

/// The sentences about one act.
struct Group {
    /// Name and page of the act.
    act: Option<(String, String)>,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "amendments.html")]
struct List {
    chrome: Chrome,
    /// Word, name, whether chosen.
    tabs: Vec<(&'static str, &'static str, bool)>,
    tab: &'static str,
    acts: Vec<(String, String, bool)>,
    reasons: Vec<(String, &'static str, bool)>,
    count: Option<i64>,
    groups: Vec<Group>,
    before: Option<String>,
    after: Option<String>,
}

/// `GET /ban-lam-viec/sua-doi`
pub(super) async fn page(
    State(site): State<Site>,
    look: Look,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let listed = list(&site, look, &asked).await;
    answer(&listed.map_err(Problem::internal)?)
}

async fn list(site: &Site, look: Look, asked: &Asked) -> db::Result<List> {
    let db = site.db();
    let (which, tab, _) = TABS.into_iter().find(|one| one.1 == asked.tab).unwrap_or(TABS[0]);
    let act = Some(asked.act.clone()).filter(|act| !act.is_empty());
    let reason = REASONS.into_iter().find(|one| code(*one) == asked.reason);
    let number: i64 = asked.trang.parse().unwrap_or(1).clamp(1, 5_000);
    let (limit, offset) = (PAGE + 1, (number - 1) * PAGE);
    let mut count = None;
    let mut acts = Vec::new();
    let mut rows: Vec<(Option<Act>, Row)> = Vec::new();
    match which {
        Some(which) => {
            let sought = Sought {
                which,
                act: act.clone(),
                reason,
            };
            count = Some(store::amendment_count(db, &sought).await?);
            if which != Which::NoAct {
                acts = store::amendment_acts(db, which, ACTS).await?;
            }
            for item in store::amendment_list(db, &sought, limit, offset).await? {
                rows.push(item_row(item, look));
            }
        }
        None => {
            for one in store::decision_list(db, act.as_deref(), limit, offset).await? {
                rows.push(decided_row(db, one, look).await?);
            }
        }
    }
    let more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let turn = |page: i64| {
        format!(
            "{DESK}?trang-thai={tab}&van-ban={}&ly-do={}&trang={page}",
            asked.act, asked.reason
        )
    };
    let chosen = |one: &(String, i64)| {
        (
            one.0.clone(),
            format!("{} ({})", one.0, one.1),
            Some(&one.0) == act.as_ref(),
        )
    };
    Ok(List {
        chrome: frame(site, look, DESK, "Sửa đổi luật chờ quyết định"),
        tabs: TABS.map(|one| (one.1, one.2, one.1 == tab)).to_vec(),
        tab,
        acts: acts.iter().map(chosen).collect(),
        reasons: reasons(reason),
        count,
        groups: grouped(rows),
        before: (number > 1).then(|| turn(number - 1)),
        after: more.then(|| turn(number + 1)),
    })
}

/// The reasons of the filter: word, sentence, whether chosen.
fn reasons(chosen: Option<Reason>) -> Vec<(String, &'static str, bool)> {
    let each = REASONS.into_iter();
    each.map(|one| (code(one), one.sentence(), Some(one) == chosen))
        .collect()
}

/// The word of a reason in addresses.
fn code(reason: Reason) -> String {
    serde_json::to_value(reason)
        .ok()
        .and_then(|word| word.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn grouped(rows: Vec<(Option<Act>, Row)>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (act, row) in rows {
        let act = act.map(|act| (words::one_line(&act), format!("/van-ban/{}", act.slug)));
        match groups.last_mut() {
            Some(last) if last.act == act => last.rows.push(row),
            _ => groups.push(Group { act, rows: vec![row] }),
        }
    }
    groups
}

fn item_row(item: Item, look: Look) -> (Option<Act>, Row) {
    let state = match (item.how, item.reason) {
        (_, Some(reason)) => look.t(reason.sentence()).to_owned(),
        (How::Changed(change), None) => {
            let day = item.on.map(words::short_date).unwrap_or_default();
            look.fill("{} từ ngày {}", &[&look.t(changes::deed(change)), &day])
        }
        _ => String::new(),
    };
    let slug = item.act.as_ref().map(|act| act.slug.as_str()).unwrap_or_default();
    let row = Row {
        path: address(slug, &item.by.slug, &item.seen),
        said_at: said_at(&item.by, &item.place),
        target: if item.provision.is_empty() {
            String::new()
        } else {
            places::place(&item.provision)
        },
        sentence: item.sentence,
        state,
        stale: None,
    };
    (item.act, row)
}

async fn decided_row(db: &db::Db, one: Decided, look: Look) -> db::Result<(Option<Act>, Row)> {
    let by = store::act_by_slug(db, &one.made.by).await?;
    let at = moment(jiff::Timestamp::from_microsecond(one.at).unwrap_or_default());
    let state = look.fill(
        "{}: {}, {}",
        &[&look.t(super::item::ruled(one.made.ruling)), &one.made.name, &at],
    );
    let row = Row {
        path: if one.stale {
            format!("{DESK}?van-ban={}", one.made.act)
        } else {
            address(&one.made.act, &one.made.by, &one.made.decision.seen)
        },
        stale: one.stale.then_some(one.id),
        said_at: by.map_or_else(Default::default, |by| said_at(&by, &one.made.place)),
        target: String::new(),
        sentence: one.made.sentence,
        state: if one.stale {
            format!("{state}. {}", look.t("Câu sửa đổi nay khác, cần quyết định lại."))
        } else {
            state
        },
    };
    Ok((store::act_by_slug(db, &one.made.act).await?, row))
}

/// The page of a sentence.
pub(super) fn address(act: &str, by: &str, seen: &str) -> String {
    if act.is_empty() {
        format!("{DESK}/{by}/{seen}")
    } else {
        format!("{DESK}/{by}/{seen}?van-ban={act}")
    }
}

/// A provision of an amending act in words, and its page.
pub(super) fn said_at(by: &Act, place: &str) -> (String, String) {
    (
        format!("{} {}", places::place(place), time::named(by)),
        places::address(&format!("/van-ban/{}", by.slug), place),
    )
}
