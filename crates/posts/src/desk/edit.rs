//! The editor: one form, whole without script.

use askama::Template;
use axum::extract::{Extension, Form, Path, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode};
use policy::{Permission, UnitId, Visitor};
use serde_json::{Value, json};
use web::private::{again, frame, moment, page as answer, see_other};
use web::{Chrome, Look, Page, Policy, Problem, Site};

use super::{keep, sentence};
use crate::body::{self, Block, Content, Lang};
use crate::model::{Draft, Kind, PostId, Remark, Topic, Version};
use crate::site::Named;
use crate::upload::FromWord;
use crate::write::{self, Opened, PostError};
use crate::{clean, marks, store};

/// What was typed, as it was typed: whatever is wrong with it, it comes back.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub(super) unit: i64,
    kind: String,
    topics: Vec<String>,
    title: String,
    summary: String,
    body: String,
    html: String,
    pub(super) seen: i64,
    cleans: bool,
    /// The translations hold still.
    checked: bool,
    /// The copy that was kept while typing is not wanted.
    forgets: bool,
    /// What could not be taken over from a file, in sentences.
    left_out: Vec<String>,
}

pub(super) type Pairs = Vec<(String, String)>;

impl Typed {
    pub(super) fn of(pairs: Pairs) -> Self {
        let mut typed = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "don_vi" => typed.unit = value.parse().unwrap_or_default(),
                "loai" => typed.kind = value,
                "nhom" => typed.topics.push(value),
                "tieu_de" => typed.title = value,
                "tom_tat" => typed.summary = value,
                "noi_dung" => typed.body = value,
                "ban_dich_dung" => typed.checked = true,
                "html" => typed.html = value,
                "khoi" => typed.take_blocks(&value),
                "phien_ban" => typed.seen = value.parse().unwrap_or_default(),
                "viec" => {
                    typed.cleans = value == "lam-sach";
                    typed.forgets = value == "bo-nhap";
                }
                _ => {}
            }
        }
        typed
    }

    fn of_version(version: &Version) -> Self {
        let draft = &version.draft;
        Self {
            kind: draft.kind.clone(),
            topics: draft.topics.clone(),
            title: draft.title.clone(),
            summary: draft.summary.clone(),
            body: marks::write(&draft.body),
            seen: version.number,
            ..Self::default()
        }
    }

    fn draft(&self) -> Draft {
        Draft {
            kind: self.kind.clone(),
            topics: self.topics.clone(),
            title: self.title.clone(),
            summary: self.summary.clone(),
            body: marks::read(&self.body),
        }
    }

    /// Takes the blocks of the formatted editor for the body. They go through the marks, so that they are
    /// what could be typed and nothing else; what is no list of blocks is passed over.
    fn take_blocks(&mut self, blocks: &str) {
        if let Ok(blocks) = serde_json::from_str::<Vec<Block>>(blocks) {
            self.body = marks::write(&marks::read(&marks::write(&blocks)));
        }
    }

    /// The fields as they are kept while somebody types.
    pub(super) fn kept(&self) -> Value {
        json!({
            "don_vi": self.unit, "loai": self.kind, "nhom": self.topics, "tieu_de": self.title,
            "tom_tat": self.summary, "noi_dung": self.body, "phien_ban": self.seen,
        })
    }

    fn of_kept(kept: &Value) -> Self {
        let text = |name: &str| kept[name].as_str().unwrap_or_default().to_owned();
        let topics = kept["nhom"].as_array().into_iter().flatten();
        Self {
            unit: kept["don_vi"].as_i64().unwrap_or_default(),
            kind: text("loai"),
            topics: topics.filter_map(Value::as_str).map(str::to_owned).collect(),
            title: text("tieu_de"),
            summary: text("tom_tat"),
            body: text("noi_dung"),
            seen: kept["phien_ban"].as_i64().unwrap_or_default(),
            ..Self::default()
        }
    }

    /// Whether some of the body is not in Vietnamese.
    fn translates(&self) -> bool {
        marks::read(&self.body).iter().any(|block| block.lang != Lang::Vi)
    }

    /// Adds text at the end of the body.
    pub(super) fn append(&mut self, text: &str) {
        let body = self.body.trim_end().len();
        self.body.truncate(body);
        if body > 0 && !text.is_empty() {
            self.body.push_str("\n\n");
        }
        self.body.push_str(text);
    }

    /// Takes a Word file over; its first heading becomes the title where there is none yet.
    pub(super) fn take_word(&mut self, mut taken: FromWord) {
        if self.title.trim().is_empty()
            && let Some(Content::Heading { line, .. } | Content::Para { line }) =
                taken.body.first().map(|block| &block.content)
            && line.text.chars().count() <= 200
        {
            self.title.clone_from(&line.text);
            taken.body.remove(0);
        }
        self.append(&marks::write(&taken.body));
        self.left_out = taken.left_out;
    }

    /// Takes the pasted HTML over into the body.
    fn take_html(&mut self) {
        let taken = marks::write(&clean::read(&std::mem::take(&mut self.html)));
        self.append(&taken);
    }
}

/// The version that somebody else wrote in between.
struct Theirs {
    author: String,
    at: String,
    title: String,
    summary: String,
    body: String,
}

#[derive(Template)]
#[template(path = "write.html")]
struct Write {
    chrome: Chrome,
    error: String,
    action: String,
    /// Where a file goes.
    upload: String,
    back: String,
    typed: Typed,
    /// Empty for a post that has its unit.
    units: Vec<(UnitId, String)>,
    kinds: Vec<Kind>,
    topics: Vec<Topic>,
    /// Where copies go while somebody types.
    keep: String,
    /// When the copy was kept that is shown instead of the saved version; empty = none is.
    restored: String,
    /// The formatted editor: its script, the blocks, the files in them and its words as JSON; `None` in a
    /// build without it.
    island: Option<Island>,
    theirs: Option<Theirs>,
    /// What the approver said when the post came back: of the whole, and of single blocks.
    remark: String,
    remarks: Vec<Remark>,
}

struct Island {
    script: &'static str,
    blocks: String,
    files: String,
    words: String,
}

async fn island(site: &Site, look: Look, typed: &Typed) -> Result<Option<Island>, Problem> {
    let Some(script) = web::assets::known("editor.js") else {
        return Ok(None);
    };
    let blocks = marks::read(&typed.body);
    let mut tx = site.db().snapshot().await.map_err(Problem::internal)?;
    let files = store::media_by_ids(&mut tx, &body::media(&blocks)).await;
    let files = files.map_err(Problem::internal)?;
    let files: serde_json::Map<String, Value> = files
        .values()
        .map(|file| (file.id.to_string(), super::file::described(file)))
        .collect();
    Ok(Some(Island {
        script,
        blocks: json!(blocks).to_string(),
        files: Value::Object(files).to_string(),
        words: super::words::of(look).to_string(),
    }))
}

async fn form(
    site: &Site,
    look: Look,
    who: &Visitor,
    id: Option<i64>,
    typed: Typed,
) -> Result<Write, Problem> {
    let (db, today) = (site.db(), site.today());
    let (action, title) = match id {
        Some(id) => (format!("/ban-lam-viec/bai/{id}/sua"), "Sửa bài"),
        None => ("/ban-lam-viec/bai/moi".to_owned(), "Viết bài mới"),
    };
    let units = match id {
        Some(_) => Vec::new(),
        None => units::scope::choices(db, who.roots(Permission::WritePosts), today)
            .await
            .map_err(Problem::internal)?,
    };
    let mut kinds = store::kinds(db).await.map_err(Problem::internal)?;
    kinds.retain(|kind| kind.offered || kind.code == typed.kind);
    let (remark, remarks) = match id {
        Some(id) => said(site, PostId(id)).await.map_err(Problem::internal)?,
        None => Default::default(),
    };
    Ok(Write {
        chrome: frame(site, look, &action, title),
        error: String::new(),
        back: id.map_or("/ban-lam-viec/bai".to_owned(), |id| {
            format!("/ban-lam-viec/bai/{id}")
        }),
        upload: format!("{}/tep", place(id)),
        keep: format!("{}/tu-luu", place(id)),
        restored: String::new(),
        island: island(site, look, &typed).await?,
        action,
        typed,
        units,
        kinds,
        topics: store::topics_on(db, today).await.map_err(Problem::internal)?,
        theirs: None,
        remark,
        remarks,
    })
}

/// What the approver said of a post that came back.
async fn said(site: &Site, id: PostId) -> db::Result<(String, Vec<Remark>)> {
    let post = store::post(site.db(), id).await?;
    let remarks = store::remarks(site.db(), id).await?;
    Ok((post.map(|post| post.remark).unwrap_or_default(), remarks))
}

/// Address of a post on the desk, or of one that begins.
pub(super) fn place(id: Option<i64>) -> String {
    id.map_or_else(
        || "/ban-lam-viec/bai/moi".to_owned(),
        |id| format!("/ban-lam-viec/bai/{id}"),
    )
}

/// The form with the copy that was kept while the person typed, where there is one.
async fn begun(
    site: &Site,
    look: Look,
    who: &Visitor,
    id: Option<i64>,
    saved: Typed,
) -> Result<Response, Problem> {
    let kept = store::autosave(site.db(), who.account, id.unwrap_or(0)).await;
    let Some(kept) = kept.map_err(Problem::internal)? else {
        return shown_again(site, look, who, id, saved).await;
    };
    let mut shown = form(site, look, who, id, Typed::of_kept(&kept.typed)).await?;
    shown.restored = moment(kept.at);
    answer(&shown)
}

/// `GET …/moi`
pub(super) async fn new(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
) -> Result<Response, Problem> {
    begun(&site, look, &who, None, Typed::default()).await
}

/// `POST …/moi`
pub(super) async fn create(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Problem> {
    let mut typed = Typed::of(pairs);
    if typed.cleans {
        typed.take_html();
        return shown_again(&site, look, &who, None, typed).await;
    }
    if typed.forgets {
        return keep::forget(&site, &who, None).await;
    }
    match write::create(&site, &who, UnitId::of(typed.unit), typed.draft()).await {
        Ok(id) => Ok(see_other(&format!("/ban-lam-viec/bai/{}", id.0))),
        Err(error) => refused(&site, look, &who, None, typed, error).await,
    }
}

/// `GET …/{id}/sua`
pub(super) async fn edit(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    Path(id): Path<i64>,
) -> Result<Response, Problem> {
    match write::open(&site, &who, Permission::WritePosts, PostId(id)).await {
        Ok(Opened { version, .. }) => begun(&site, look, &who, Some(id), Typed::of_version(&version)).await,
        Err(error) => Err(sentence(look, &error).err().unwrap_or(Problem::NotFound)),
    }
}

/// `POST …/{id}/sua`
pub(super) async fn save(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    Path(id): Path<i64>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Problem> {
    let mut typed = Typed::of(pairs);
    if typed.cleans {
        typed.take_html();
        return shown_again(&site, look, &who, Some(id), typed).await;
    }
    if typed.forgets {
        return keep::forget(&site, &who, Some(id)).await;
    }
    match write::save(&site, &who, PostId(id), typed.seen, typed.draft(), typed.checked).await {
        Ok(_) => Ok(see_other(&format!("/ban-lam-viec/bai/{id}"))),
        Err(error) => refused(&site, look, &who, Some(id), typed, error).await,
    }
}

/// The form with what was typed.
pub(super) async fn shown_again(
    site: &Site,
    look: Look,
    who: &Visitor,
    id: Option<i64>,
    typed: Typed,
) -> Result<Response, Problem> {
    answer(&form(site, look, who, id, typed).await?)
}

/// The form again with the sentence and all that was typed; after a clash with the other text too,
/// and 409.
pub(super) async fn refused(
    site: &Site,
    look: Look,
    who: &Visitor,
    id: Option<i64>,
    typed: Typed,
    error: PostError,
) -> Result<Response, Problem> {
    let said = sentence(look, &error)?;
    let mut shown = form(site, look, who, id, typed).await?;
    shown.error = said;
    let PostError::Clash(theirs) = error else {
        return again(&shown);
    };
    // What is saved next is meant to follow the version that is shown beside it.
    shown.typed.seen = theirs.number;
    let text = Typed::of_version(&theirs);
    shown.theirs = Some(Theirs {
        author: theirs.author_name.clone(),
        at: moment(theirs.at),
        title: text.title,
        summary: text.summary,
        body: text.body,
    });
    let page = Page::html(&shown)?
        .policy(Policy::Never)
        .status(StatusCode::CONFLICT);
    Ok(page.into_response())
}

/// `POST …/lam-sach`: HTML of the clipboard → text with marks, for the script of the plain field, or
/// blocks where the formatted editor asks.
pub(super) async fn clean(headers: HeaderMap, Form(pairs): Form<Pairs>) -> Result<Page, Problem> {
    let mut typed = Typed::of(pairs);
    typed.body.clear();
    typed.take_html();
    let page = if super::file::wants_json(&headers) {
        Page::json(&json!({ "blocks": marks::read(&typed.body) }))?
    } else {
        Page::bytes("text/plain; charset=utf-8", typed.body)
    };
    Ok(page.policy(Policy::Never))
}
