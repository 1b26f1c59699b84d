//! What officers do with posts. A use case here is: may he, there? then one transaction with the rows
//! and the line of the audit log.

use std::collections::HashSet;

use audit::{Actor, Entry};
use db::{DbError, Tx};
use jiff::Timestamp;
use policy::{Permission, UnitId, Visitor};
use serde_json::json;
use web::Site;

use crate::body::Block;
use crate::model::{Draft, Move, Post, PostId, Remark, Showing, State, Step, Version};
use crate::preflight::{Finding, Known, check};
use crate::{body, cite, pairs, store};

/// Letters in a title, a summary and a remark, blocks in a body.
const TITLE: usize = 300;
const SUMMARY: usize = 1_000;
const REMARK: usize = 4_000;
const BLOCKS: usize = 2_000;
/// Letters of a block that name it beside a remark.
const WORDS: usize = 80;

/// Why something was not done. The text is a sentence for the person who asked.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// No such post, or one of a unit that the person does not reach: nobody learns which.
    #[error("Không tìm thấy bài này.")]
    Unknown,
    /// The unit is not the person's.
    #[error("Bạn không được giao việc này tại đơn vị này.")]
    Reach,
    /// Something is missing or too long.
    #[error("{0}")]
    Input(&'static str),
    /// Somebody wrote another version in between: his.
    #[error("Người khác đã sửa bài này sau khi bạn mở. Chưa có gì bị ghi đè.")]
    Clash(Box<Version>),
    /// The post is elsewhere on its way by now.
    #[error("Bài đã sang bước khác. Xin tải lại trang để xem tình trạng mới nhất.")]
    Elsewhere,
    /// Who wrote or submitted does not approve.
    #[error("Người viết hoặc trình bài không duyệt bài của mình. Xin nhờ một người duyệt khác.")]
    Oneself,
    /// An uploaded file is refused.
    #[error("{0}")]
    File(String),
    /// The store of files.
    #[error(transparent)]
    Blob(#[from] blob::BlobError),
    /// The preflight refuses.
    #[error("Bài chưa trình được: còn điểm phải sửa.")]
    Findings(Vec<Finding>),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// A post as a person sees it on the desk.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The post.
    pub post: Post,
    /// Its newest version.
    pub version: Version,
}

pub(crate) async fn reaches(
    tx: &mut Tx,
    site: &Site,
    who: &Visitor,
    what: Permission,
    unit: UnitId,
) -> Result<bool, DbError> {
    units::scope::reaches(tx, &who.roots(what), unit, site.today()).await
}

/// A post, if the person may do `what` with it; [`PostError::Unknown`] otherwise.
pub(crate) async fn reached(
    tx: &mut Tx,
    site: &Site,
    who: &Visitor,
    what: Permission,
    id: PostId,
) -> Result<Opened, PostError> {
    let post = store::post(&mut *tx, id).await?.ok_or(PostError::Unknown)?;
    if !reaches(tx, site, who, what, post.unit).await? {
        return Err(PostError::Unknown);
    }
    let version = store::version(&mut *tx, id, post.version).await?;
    let version = version.ok_or(PostError::Unknown)?;
    Ok(Opened { post, version })
}

/// Opens a post on the desk.
///
/// # Errors
/// [`PostError::Unknown`], or what the database says.
pub async fn open(site: &Site, who: &Visitor, what: Permission, id: PostId) -> Result<Opened, PostError> {
    let mut tx = site.db().snapshot().await?;
    reached(&mut tx, site, who, what, id).await
}

pub(crate) fn entry(who: &Visitor, act: &'static str, post: PostId, unit: UnitId) -> Entry {
    let actor = Actor::Person(who.account, who.name.clone());
    Entry::new(actor, act, format!("post:{}", post.0)).unit(unit)
}

/// Mends what was typed and refuses what cannot be kept.
async fn sound(tx: &mut Tx, site: &Site, mut draft: Draft) -> Result<Draft, PostError> {
    let one_line = |text: &str| {
        let text = viet::nfc(text);
        let plain: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    draft.title = one_line(&draft.title);
    draft.summary = one_line(&draft.summary);
    if draft.title.is_empty() {
        return Err(PostError::Input("Xin nhập tiêu đề."));
    }
    if draft.title.chars().count() > TITLE {
        return Err(PostError::Input("Tiêu đề dài quá 300 ký tự."));
    }
    if draft.summary.chars().count() > SUMMARY {
        return Err(PostError::Input("Tóm tắt dài quá 1.000 ký tự."));
    }
    if draft.body.len() > BLOCKS {
        return Err(PostError::Input(
            "Bài dài quá 2.000 đoạn. Xin chia thành nhiều bài.",
        ));
    }
    let kinds = store::kinds(&mut *tx).await?;
    if !kinds.iter().any(|kind| kind.code == draft.kind) {
        return Err(PostError::Input("Xin chọn loại bài."));
    }
    let topics = store::topics_on(&mut *tx, site.today()).await?;
    draft.topics.sort();
    draft.topics.dedup();
    draft
        .topics
        .retain(|code| topics.iter().any(|topic| topic.code == *code));
    Ok(draft)
}

/// Keeps beside a version what it cites and which files it shows: only those of units that its author
/// writes for, so that nobody brings another unit's drafts before the public.
async fn pin(
    tx: &mut Tx,
    site: &Site,
    who: &Visitor,
    id: PostId,
    number: i64,
    draft: &Draft,
) -> Result<(), DbError> {
    let cited = cite::pin(tx, &draft.body, site.today()).await?;
    store::citations_put(tx, id, number, &cited).await?;
    let files = store::media_by_ids(tx, &body::media(&draft.body)).await?;
    let mut units: Vec<UnitId> = files.values().map(|file| file.unit).collect();
    units.sort();
    units.dedup();
    let mut own = Vec::new();
    for unit in units {
        if reaches(tx, site, who, Permission::WritePosts, unit).await? {
            own.extend(
                files
                    .values()
                    .filter(|file| file.unit == unit)
                    .map(|file| file.id),
            );
        }
    }
    store::post_media_put(tx, id, number, &own).await
}

/// Begins a post of a unit.
///
/// # Errors
/// No reach, bad input, or what the database says.
pub async fn create(site: &Site, who: &Visitor, unit: UnitId, draft: Draft) -> Result<PostId, PostError> {
    let mut tx = site.db().begin().await?;
    if !reaches(&mut tx, site, who, Permission::WritePosts, unit).await? {
        return Err(PostError::Reach);
    }
    let mut draft = sound(&mut tx, site, draft).await?;
    pairs::note(&mut draft.body, &[], false);
    let id = store::post_insert(&mut tx, unit, &draft, who).await?;
    pin(&mut tx, site, who, id, 1, &draft).await?;
    store::autosave_drop(&mut tx, who.account, 0).await?;
    audit::append(&mut tx, &entry(who, "post.create", id, unit)).await?;
    tx.commit().await?;
    Ok(id)
}

/// Writes a version after the one that the person saw; `checked`: he says that the translations hold.
///
/// # Errors
/// No reach, bad input, [`PostError::Clash`] with the version that came in between, or what the
/// database says.
pub async fn save(
    site: &Site,
    who: &Visitor,
    id: PostId,
    seen: i64,
    draft: Draft,
    checked: bool,
) -> Result<i64, PostError> {
    let mut tx = site.db().begin().await?;
    let opened = reached(&mut tx, site, who, Permission::WritePosts, id).await?;
    let mut draft = sound(&mut tx, site, draft).await?;
    if opened.post.version != seen {
        return Err(PostError::Clash(Box::new(opened.version)));
    }
    pairs::note(&mut draft.body, &opened.version.draft.body, checked);
    let added = store::post_version_add(&mut tx, &opened.post, seen, &draft, who).await?;
    let number = added.ok_or(PostError::Elsewhere)?;
    pin(&mut tx, site, who, id, number, &draft).await?;
    store::autosave_drop(&mut tx, who.account, id.0).await?;
    let line = entry(who, "post.save", id, opened.post.unit).detail(json!({ "version": number }));
    audit::append(&mut tx, &line).await?;
    tx.commit().await?;
    Ok(number)
}

/// What the preflight says of a version today.
///
/// # Errors
/// What the database says.
pub async fn findings(site: &Site, id: PostId, version: &Version) -> Result<Vec<Finding>, DbError> {
    let db = site.db();
    let cited = store::citations(db, id, version.number).await?;
    let slugs: Vec<String> = cited.iter().map(|one| one.act.clone()).collect();
    let acts = acts::store::acts_by_slugs(db, &slugs).await?;
    let today = site.today();
    let states = acts
        .into_iter()
        .map(|act| (act.slug.clone(), act.status_on(today)));
    let known = Known {
        hosts: store::hosts(db).await?,
        states: states.collect(),
        files: store::post_media(db, id, version.number).await?,
        cited,
        dead: dead(site, &version.draft.body).await?,
    };
    Ok(check(&version.draft, &known))
}

/// The addresses of acts, posts and units of this portal to which a body links and where nothing is.
async fn dead(site: &Site, body: &[Block]) -> Result<HashSet<String>, DbError> {
    let (db, now) = (site.db(), site.now());
    let mut dead = HashSet::new();
    for link in body::lines(body).into_iter().flat_map(|line| &line.links) {
        let own = link.href.strip_prefix(site.base_url()).unwrap_or(&link.href);
        let path = own.split(['?', '#']).next().unwrap_or_default();
        let mut steps = path.trim_start_matches('/').split('/');
        let there = match (steps.next(), steps.next()) {
            _ if !own.starts_with('/') => true,
            (Some("van-ban"), Some(slug)) if slug.contains(|c: char| c.is_ascii_digit()) => {
                // A download ends in the name of its format.
                let slug = slug.split('.').next().unwrap_or_default();
                acts::store::act_by_slug(db, slug).await?.is_some()
            }
            (Some("bai"), Some(slug)) => store::shown_at(db, slug, now).await?.is_some(),
            (Some("don-vi"), Some(slug)) => units::store::unit_at(db, slug).await?.is_some(),
            _ => true,
        };
        if !there {
            dead.insert(link.href.clone());
        }
    }
    Ok(dead)
}

/// What goes with a step.
#[derive(Clone, Debug)]
pub enum With {
    /// Nothing.
    Nothing,
    /// What is to be changed: in the whole, and in single blocks by their numbers from 1.
    Remarks(String, Vec<(usize, String)>),
    /// When it appears.
    Showing(Showing),
}

/// Takes one step with the version that the person saw.
///
/// # Errors
/// No reach, a step that is not possible now, one's own post, findings that refuse, bad input, or what
/// the database says.
pub async fn step(
    site: &Site,
    who: &Visitor,
    id: PostId,
    seen: i64,
    step: Step,
    with: With,
) -> Result<(), PostError> {
    if step == Step::Submit {
        submittable(site, who, id, seen).await?;
    }
    let mut tx = site.db().begin().await?;
    let Opened { post, version } = reached(&mut tx, site, who, step.permission(), id).await?;
    let way = Move::of(post.state, step).ok_or(PostError::Elsewhere)?;
    let mut remark = post.remark.clone();
    let mut of_blocks = None;
    match (step, &with) {
        (Step::Return, With::Remarks(whole, blocks)) => {
            remark = viet::nfc(whole.trim());
            of_blocks = Some(remarks(&version, &remark, blocks)?);
        }
        (Step::Return, _) => return Err(PostError::Elsewhere),
        (Step::Approve, _) => {
            if !store::someone_else(&mut tx, id, who.account).await? {
                return Err(PostError::Oneself);
            }
            remark.clear();
            of_blocks = Some(Vec::new());
        }
        _ => {}
    }
    if !store::post_move(&mut tx, id, seen, step, way, who.account, &remark).await? {
        return Err(PostError::Elsewhere);
    }
    if let Some(said) = of_blocks {
        store::remarks_put(&mut tx, id, &said).await?;
    }
    let mut detail = json!({ "version": seen });
    match (step, with) {
        (Step::Publish, With::Showing(showing)) => {
            check_showing(showing)?;
            let now = site.now();
            if showing.from > now && store::is_shown(&mut tx, id, now).await? {
                // Until its day the version before stays where it is.
                store::due_put(&mut tx, id, seen, showing).await?;
                detail["from"] = json!(showing.from.to_string());
            } else {
                let slug = store::show(&mut tx, &post, &version.draft, showing, now).await?;
                detail["slug"] = json!(slug);
            }
        }
        (Step::Publish, _) => return Err(PostError::Elsewhere),
        (Step::Withdraw, _) if !store::withdraw(&mut tx, id).await? => return Err(PostError::Elsewhere),
        _ => {}
    }
    audit::append(&mut tx, &entry(who, step.act(), id, post.unit).detail(detail)).await?;
    tx.commit().await?;
    Ok(())
}

/// Refuses a version that the person did not see, and one with findings that refuse.
async fn submittable(site: &Site, who: &Visitor, id: PostId, seen: i64) -> Result<(), PostError> {
    let opened = open(site, who, Step::Submit.permission(), id).await?;
    if opened.post.version != seen {
        return Err(PostError::Elsewhere);
    }
    let found = findings(site, id, &opened.version).await?;
    if found.iter().any(|one| one.refuses) {
        return Err(PostError::Findings(found));
    }
    Ok(())
}

/// What is said of blocks that the version has, each with the words that name it; with what is said of
/// the whole it is something, and not too long.
fn remarks(version: &Version, whole: &str, blocks: &[(usize, String)]) -> Result<Vec<Remark>, PostError> {
    let one = |(number, text): &(usize, String)| {
        let text = viet::nfc(text.trim());
        let block = number.checked_sub(1).and_then(|at| version.draft.body.get(at))?;
        (!text.is_empty()).then(|| Remark {
            version: version.number,
            block: *number,
            words: block.content.begins(WORDS),
            text,
        })
    };
    let mut said: Vec<Remark> = blocks.iter().filter_map(one).collect();
    said.sort_by_key(|one| one.block);
    said.dedup_by_key(|one| one.block);
    let length = |text: &str| text.chars().count();
    let all = length(whole) + said.iter().map(|one| length(&one.text)).sum::<usize>();
    if all == 0 || all > REMARK {
        return Err(PostError::Input("Xin viết điều cần sửa (không quá 4.000 ký tự)."));
    }
    Ok(said)
}

fn check_showing(showing: Showing) -> Result<(), PostError> {
    let ends = showing
        .until
        .is_some_and(|until: Timestamp| until <= showing.from);
    if ends {
        return Err(PostError::Input("Ngày hết hiện phải sau ngày đăng."));
    }
    Ok(())
}

/// The steps that are possible for a person with a post now, without what only the transaction knows.
#[must_use]
pub fn steps(who: &Visitor, state: State, shown: bool) -> Vec<Step> {
    let possible = |step: &Step| {
        who.may(step.permission()) && Move::of(state, *step).is_some() && (*step != Step::Withdraw || shown)
    };
    [
        Step::Submit,
        Step::Approve,
        Step::Return,
        Step::Publish,
        Step::Withdraw,
    ]
    .into_iter()
    .filter(possible)
    .collect()
}
