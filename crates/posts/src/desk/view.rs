//! A post on the desk with everything that its page shows.

use askama::Template;
use policy::{Permission, Visitor};
use web::private::{frame, moment};
use web::{Chrome, Look, Site};

use super::open::{Typed, Which};
use super::remarks::Margin;
use crate::differ::{self, Fate, Row};
use crate::model::{Post, PostId, Remark, Step, Version};
use crate::preflight::Finding;
use crate::site::{Law, laws, name_of};
use crate::write::{self, Opened, PostError};
use crate::{show, store};

struct Saved {
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
pub(super) struct View {
    chrome: Chrome,
    pub(super) error: String,
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
    /// What is said of single blocks.
    remarks: Vec<Remark>,
    body: String,
    notes: Vec<Note>,
    laws: Vec<Law>,
    /// What changed since which version, where that is asked for or an approver has to know.
    changes: Option<(i64, Vec<Row>)>,
    versions: Vec<Saved>,
    public: Public,
    can: Can,
    pub(super) typed: Typed,
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

fn row(look: Look, version: Version) -> Saved {
    Saved {
        number: version.number,
        label: look.fill("Bản {}", &[&version.number]),
        author: version.author_name,
        at: moment(version.at),
    }
}

/// What the person may do with the version that is shown.
#[derive(Default)]
struct Can {
    edit: bool,
    submit: bool,
    approve: bool,
    give_back: bool,
    publish: bool,
    withdraw: bool,
    review: bool,
}

async fn can(site: &Site, who: &Visitor, post: &Post, newest: bool, shown: bool) -> db::Result<Can> {
    let possible = possible(site, who, post, shown).await?;
    let (writing, publishing) = (
        who.roots(Permission::WritePosts),
        who.roots(Permission::PublishPosts),
    );
    let (db, today) = (site.db(), site.today());
    let writes = units::scope::reaches(db, &writing, post.unit, today).await?;
    let publishes = units::scope::reaches(db, &publishing, post.unit, today).await?;
    // An older version is for reading only.
    let may = |step| newest && possible.contains(&step);
    Ok(Can {
        edit: writes && post.state.is_open(),
        submit: may(Step::Submit),
        approve: may(Step::Approve),
        give_back: may(Step::Return),
        publish: may(Step::Publish),
        withdraw: possible.contains(&Step::Withdraw),
        review: shown && publishes,
    })
}

/// How the post stands with the public.
#[derive(Default)]
struct Public {
    /// Local address; empty = nowhere.
    path: String,
    /// The version that waits for its day, and the day; empty = none does.
    due: String,
    /// Day on which somebody looks at it again; empty = none is set.
    review: String,
    /// Whether that day has come.
    review_now: bool,
}

async fn public(site: &Site, look: Look, id: PostId) -> db::Result<Public> {
    let Some(shown) = store::shown_of_post(site.db(), id).await? else {
        return Ok(Public::default());
    };
    let due = store::due_of_post(site.db(), id).await?;
    let due = due.map(|(version, showing)| {
        look.fill(
            "Bản {} thay bản đang hiện lúc {}",
            &[&version, &moment(showing.from)],
        )
    });
    let review = shown.showing.review;
    Ok(Public {
        path: format!("/bai/{}", shown.slug),
        due: due.unwrap_or_default(),
        review: review.map(viet::date_numeric).unwrap_or_default(),
        review_now: review.is_some_and(|day| day <= site.today()),
    })
}

async fn notes(site: &Site, look: Look, id: PostId, version: &Version) -> db::Result<Vec<Note>> {
    let note = |one: Finding| Note {
        refuses: one.refuses,
        place: look.fill(one.place, &[&one.block]),
        sentence: one.sentence,
        words: one.words,
    };
    let found = write::findings(site, id, version).await?;
    Ok(found.into_iter().map(note).collect())
}

/// What changed since the version asked for; for an approver since the public one or the one before.
async fn changes(
    db: &db::Db,
    id: PostId,
    version: &Version,
    asked: Option<i64>,
    approves: bool,
) -> db::Result<Option<(i64, Vec<Row>)>> {
    let base = match asked {
        None if approves => store::base_of(db, id, version.number).await?,
        asked => asked.filter(|base| *base < version.number),
    };
    let Some(base) = base else { return Ok(None) };
    let old = store::version(db, id, base).await?;
    Ok(old.map(|old| (base, differ::between(&old.draft, &version.draft))))
}

/// A post with everything that its page shows.
pub(super) async fn view(
    site: &Site,
    look: Look,
    who: &Visitor,
    id: PostId,
    which: Which,
) -> Result<View, PostError> {
    let Opened { post, mut version } = write::open(site, who, Permission::ReadDrafts, id).await?;
    let (db, today) = (site.db(), site.today());
    if let Some(number) = which.ban {
        version = store::version(db, id, number).await?.ok_or(PostError::Unknown)?;
    }
    let public = public(site, look, id).await?;
    let newest = version.number == post.version;
    let can = can(site, who, &post, newest, !public.path.is_empty()).await?;
    let cited = store::citations(db, id, version.number).await?;
    let shelf = show::Shelf {
        base: super::FILES.to_owned(),
        files: store::post_media(db, id, version.number).await?,
    };
    let topics = store::topics(db).await?;
    let codes = version.draft.topics.iter();
    let label = look.fill("Bản {}", &[&version.number]);
    let remarks = store::remarks(db, id).await?;
    let margin = Margin::of(look, &remarks, version.number, can.give_back);
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
        topics: codes.map(|code| name_of(&topics, code, look)).collect(),
        unit: units::scope::name(db, post.unit, today).await?,
        state: post.state.label(),
        remark: post.remark.clone(),
        body: show::html_with(
            &version.draft.body,
            &cited,
            &shelf,
            &show::terms(site, &cited, look).await?,
            look,
            &|block| margin.under(block),
        ),
        remarks,
        notes: notes(site, look, id, &version).await?,
        laws: laws(site, &cited).await?,
        changes: changes(db, id, &version, which.so, can.approve).await?,
        versions: store::versions(db, id)
            .await?
            .into_iter()
            .map(|one| row(look, one))
            .collect(),
        public,
        can,
        typed: Typed::default(),
        title: version.draft.title,
        summary: version.draft.summary,
    })
}
