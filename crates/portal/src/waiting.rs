//! What waits for an officer, and nothing else: his page of it, and the letter of the morning.

use std::collections::HashMap;

use acts::touch::Told;
use askama::Template;
use audit::{Actor, Entry};
use axum::extract::{Extension, Form, State};
use axum::response::Response;
use jiff::tz::{Offset, TimeZone};
use mail::Letter;
use people::model::Account;
use policy::{AccountId, Grant, Permission, Roots, UnitId, Visitor};
use posts::model::{PostId, Waiting, Why};
use serde::Deserialize;
use web::private::{frame, page as answer, see_other};
use web::{Chrome, Look, Problem, Site};

use crate::{CITERS, store};

/// Address of the page.
pub(crate) const DESK: &str = "/ban-lam-viec/viec";
/// From this hour on, in Vietnam, the letters of the day are written.
const HOUR: i8 = 6;
/// Posts named in one section of a letter.
const NAMED: usize = 10;
/// Accounts read at once.
const PAGE: i64 = 500;

/// What waits, with the units above each item, and who it waits for.
struct Queue {
    posts: Vec<Waiting>,
    /// Content whose law has changed, room by room.
    law: Vec<(&'static [Permission], Told)>,
    /// Amending sentences that wait.
    amendments: i64,
    above: HashMap<UnitId, Vec<UnitId>>,
}

impl Queue {
    async fn read(site: &Site) -> db::Result<Self> {
        let (db, today) = (site.db(), site.today());
        let posts = posts::store::waiting(db, today).await?;
        let mut law = Vec::new();
        for citer in &CITERS {
            let told = acts::touch::waiting(db, citer).await?;
            law.extend(told.into_iter().map(|one| (citer.may, one)));
        }
        let mut above = HashMap::new();
        let units = posts.iter().map(|post| post.unit);
        for unit in units.chain(law.iter().map(|one| one.1.unit)) {
            if let std::collections::hash_map::Entry::Vacant(free) = above.entry(unit) {
                free.insert(units::store::above(db, unit, today).await?);
            }
        }
        Ok(Self {
            posts,
            law,
            amendments: acts::store::amendments_waiting(db).await?,
            above,
        })
    }

    fn is_empty(&self) -> bool {
        self.posts.is_empty() && self.law.is_empty() && self.amendments == 0
    }

    fn reaches(&self, who: &Visitor, what: Permission, unit: UnitId) -> bool {
        match who.roots(what) {
            Roots::Everywhere => true,
            Roots::Below(roots) => {
                let above = self.above.get(&unit);
                above.is_some_and(|above| above.iter().any(|unit| roots.contains(unit)))
            }
        }
    }

    /// What waits for a person, in the order of [`Why`], then what the law has changed.
    fn of(&self, who: &Visitor) -> Vec<Section> {
        let reaches = |what, unit| self.reaches(who, what, unit);
        let waits = |post: &&Waiting| match post.why {
            Why::Approve => !post.by.contains(&who.account) && reaches(Permission::ApprovePosts, post.unit),
            Why::Mend => post.by.contains(&who.account) && reaches(Permission::WritePosts, post.unit),
            Why::Publish => reaches(Permission::PublishPosts, post.unit),
            Why::Review => reaches(Permission::WritePosts, post.unit),
        };
        let own: Vec<&Waiting> = self.posts.iter().filter(waits).collect();
        let mut all = sections(&own);
        let touched = self
            .law
            .iter()
            .filter(|(may, one)| may.iter().any(|what| reaches(*what, one.unit)));
        let touched: Vec<(String, String)> = touched
            .map(|(_, one)| (one.title.clone(), one.path.clone()))
            .collect();
        if !touched.is_empty() {
            all.push(Section {
                title: "Quy định được dẫn đã thay đổi, chờ rà soát",
                count: touched.len(),
                posts: touched,
            });
        }
        if self.amendments > 0 && who.may(Permission::EditLaw) {
            all.push(Section {
                title: "Sửa đổi luật chờ quyết định",
                count: usize::try_from(self.amendments).unwrap_or(usize::MAX),
                posts: vec![("Mở danh sách câu sửa đổi".to_owned(), acts::DESK.to_owned())],
            });
        }
        all
    }
}

fn count(sections: &[Section]) -> usize {
    sections.iter().map(|one| one.count).sum()
}

fn label(why: Why) -> &'static str {
    match why {
        Why::Approve => "Chờ bạn duyệt",
        Why::Mend => "Bị trả lại, chờ bạn sửa",
        Why::Publish => "Đã duyệt, chờ đăng",
        Why::Review => "Đến ngày xem lại",
    }
}

struct Section {
    title: &'static str,
    /// How many things wait.
    count: usize,
    /// Title and address of each post.
    posts: Vec<(String, String)>,
}

fn sections(waiting: &[&Waiting]) -> Vec<Section> {
    let path = |id: PostId| format!("/ban-lam-viec/bai/{}", id.0);
    let section = |why: Why| {
        let posts = waiting.iter().filter(|post| post.why == why);
        let posts: Vec<_> = posts.map(|post| (post.title.clone(), path(post.id))).collect();
        Section {
            title: label(why),
            count: posts.len(),
            posts,
        }
    };
    let all = Why::ALL.map(section);
    all.into_iter()
        .filter(|section| !section.posts.is_empty())
        .collect()
}

#[derive(Template)]
#[template(path = "waiting.html")]
struct View {
    chrome: Chrome,
    sections: Vec<Section>,
    letters: bool,
    sends: bool,
}

/// `GET /ban-lam-viec/viec`
pub(crate) async fn show(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
) -> Result<Response, Problem> {
    let queue = Queue::read(&site).await.map_err(Problem::internal)?;
    let off = store::digest_is_off(site.db(), who.account).await;
    answer(&View {
        chrome: frame(&site, look, DESK, "Việc đang chờ tôi"),
        sections: queue.of(&who),
        letters: !off.map_err(Problem::internal)?,
        sends: site.sends_letters(),
    })
}

/// Whether letters are wanted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wish {
    nhan: String,
}

/// `POST /ban-lam-viec/viec`
pub(crate) async fn wish(
    State(site): State<Site>,
    Extension(who): Extension<Visitor>,
    Form(typed): Form<Wish>,
) -> Result<Response, Problem> {
    let wanted = typed.nhan == "co";
    let done = async {
        let mut tx = site.db().begin().await?;
        store::digest_want(&mut tx, who.account, wanted).await?;
        let actor = Actor::Person(who.account, who.name.clone());
        let act = if wanted { "digest.on" } else { "digest.off" };
        audit::append(
            &mut tx,
            &Entry::new(actor, act, format!("account:{}", who.account.0)),
        )
        .await?;
        tx.commit().await
    };
    done.await.map_err(Problem::internal)?;
    Ok(see_other(DESK))
}

/// A person with the roles of today, as if signed in.
fn visitor(account: &Account, grants: Vec<Grant>) -> Visitor {
    Visitor {
        account: account.id,
        name: account.name.clone(),
        grants,
        second_proof: true,
    }
}

/// Everybody who may sign in today and wants letters.
async fn readers(site: &Site) -> db::Result<Vec<(Account, Visitor)>> {
    let (db, today) = (site.db(), site.today());
    let mut found: Vec<(Account, Visitor)> = Vec::new();
    let mut after: Option<Account> = None;
    loop {
        let page = people::store::account_list(db, &Roots::Everywhere, after.as_ref(), PAGE).await?;
        let Some(last) = page.last().cloned() else {
            return Ok(found);
        };
        let ids: Vec<AccountId> = page.iter().map(|account| account.id).collect();
        let off = store::digest_off(db, &ids).await?;
        let mut held: HashMap<AccountId, Vec<Grant>> = HashMap::new();
        for one in people::store::grants_in(db, &ids).await? {
            if one.grant.holds_on(today) {
                held.entry(one.account).or_default().push(one.grant);
            }
        }
        for account in page {
            let grants = held.remove(&account.id).unwrap_or_default();
            if account.is_open(today) && !grants.is_empty() && !off.contains(&account.id) {
                let who = visitor(&account, grants);
                found.push((account, who));
            }
        }
        after = Some(last);
    }
}

fn letter(site: &Site, account: &Account, waiting: &[Section]) -> Letter {
    let (portal, base, name) = (site.name(), site.base_url(), &account.name);
    let day = viet::date_numeric(site.today());
    let mut text = format!(
        "Kính gửi {name},\n\nTrên {portal} có {} việc đang chờ bạn.\n",
        count(waiting)
    );
    for section in waiting {
        text.push_str(&format!("\n{} ({}):\n", section.title, section.count));
        for (title, path) in section.posts.iter().take(NAMED) {
            text.push_str(&format!("- {title}\n  {base}{path}\n"));
        }
        if section.posts.len() > NAMED {
            text.push_str(&format!("… và {} bài khác.\n", section.posts.len() - NAMED));
        }
    }
    text.push_str(&format!(
        "\nMỗi ngày cổng gửi nhiều nhất một thư, chỉ khi có việc chờ. Xem tất cả hoặc thôi nhận thư: {base}{DESK}\n"
    ));
    Letter {
        to: account.email.to_string(),
        subject: format!("{portal}: {} việc đang chờ bạn ({day})", count(waiting)),
        text,
    }
}

/// Writes the letters of today, once: all of them in one transaction with the note that the day is
/// done, so that two nodes never both write. Gives how many were written.
///
/// # Errors
/// What the database says.
pub async fn write_letters(site: &Site) -> db::Result<usize> {
    let vietnam = TimeZone::fixed(Offset::constant(7));
    if !site.sends_letters() || vietnam.to_datetime(site.now()).hour() < HOUR {
        return Ok(0);
    }
    if store::digest_is_done(site.db(), site.today()).await? {
        return Ok(0);
    }
    let queue = Queue::read(site).await?;
    let readers = if queue.is_empty() {
        Vec::new()
    } else {
        readers(site).await?
    };
    let mut tx = site.db().begin().await?;
    if !store::digest_done(&mut tx, site.today()).await? {
        return Ok(0);
    }
    let mut written = 0;
    for (account, who) in &readers {
        let waiting = queue.of(who);
        if !waiting.is_empty() {
            mail::enqueue(&mut tx, &letter(site, account, &waiting)).await?;
            written += 1;
        }
    }
    let entry = Entry::new(Actor::System, "digest.write", format!("day:{}", site.today()));
    audit::append(&mut tx, &entry.detail(serde_json::json!({ "letters": written }))).await?;
    tx.commit().await?;
    Ok(written)
}
