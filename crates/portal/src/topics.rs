//! `/ban-lam-viec/nhom-thong-tin`: the topic groups that all units share, dated.

use askama::Template;
use audit::{Actor, Entry};
use axum::extract::{Extension, Form, Query, State};
use axum::response::Response;
use db::DbError;
use jiff::civil::Date;
use policy::{Permission, Visitor};
use posts::model::TopicGroup;
use posts::store;
use serde::Deserialize;
use web::private::{again, frame, page as answer, see_other};
use web::{Chrome, Look, Problem, Site};

/// Address of the desk.
pub(crate) const DESK: &str = "/ban-lam-viec/nhom-thong-tin";

/// Letters in a name.
const NAME: usize = 120;

/// Why a group was not written. The text is a sentence for the person who asked.
#[derive(Debug, thiserror::Error)]
pub enum TopicError {
    /// The person does not arrange the portal.
    #[error("Bạn không được giao việc này.")]
    Reach,
    /// Something is wrong with what was typed.
    #[error("{0}")]
    Input(&'static str),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

fn sound(group: &TopicGroup, all: &[TopicGroup]) -> Result<(), TopicError> {
    let input = |sentence| Err(TopicError::Input(sentence));
    let long = |name: &str| name.is_empty() || name.chars().count() > NAME;
    if long(&group.topic.label) || long(&group.topic.label_en) {
        return input("Nhóm cần tên tiếng Việt và tiếng Anh, mỗi tên không quá 120 ký tự.");
    }
    if viet::slug(&group.topic.code) != group.topic.code || group.topic.code.is_empty() {
        return input("Tên nhóm chưa hợp lệ.");
    }
    if group.until.is_some_and(|until| until <= group.from) {
        return input("Ngày kết thúc phải sau ngày bắt đầu.");
    }
    let Some(parent) = &group.parent else {
        return Ok(());
    };
    let above = all.iter().find(|one| one.topic.code == *parent);
    let fits = above.is_some_and(|above| above.parent.is_none() && above.topic.code != group.topic.code);
    let has_below = all
        .iter()
        .any(|one| one.parent.as_deref() == Some(&group.topic.code));
    if !fits || has_below {
        return input(
            "Nhóm cấp trên phải là một nhóm đứng đầu; nhóm đã có nhóm con thì không đặt dưới nhóm khác.",
        );
    }
    Ok(())
}

/// Adds a topic group (`fresh`) or changes one.
///
/// # Errors
/// No permission, bad input, or what the database says.
pub async fn put(site: &Site, who: &Visitor, group: &TopicGroup, fresh: bool) -> Result<(), TopicError> {
    if !who.may(Permission::ArrangePortal) {
        return Err(TopicError::Reach);
    }
    let mut tx = site.db().begin().await?;
    let all = store::topic_groups(&mut tx).await?;
    sound(group, &all)?;
    if fresh && all.iter().any(|known| known.topic.code == group.topic.code) {
        return Err(TopicError::Input("Đã có nhóm tên này."));
    }
    store::topic_put(&mut tx, group).await?;
    let actor = Actor::Person(who.account, who.name.clone());
    let entry = Entry::new(actor, "topic.put", format!("topic:{}", group.topic.code));
    let detail = serde_json::json!({ "from": group.from, "until": group.until, "parent": group.parent });
    audit::append(&mut tx, &entry.detail(detail)).await?;
    tx.commit().await?;
    Ok(())
}

struct Row {
    group: TopicGroup,
    from: String,
    until: String,
    parent: String,
}

#[derive(Template)]
#[template(path = "topics.html")]
struct Topics {
    chrome: Chrome,
    error: String,
    rows: Vec<Row>,
    /// Groups that may stand above another one.
    tops: Vec<(String, String)>,
    /// Whether the form changes a group that is there.
    known: bool,
    typed: Typed,
}

/// The form of a group.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    ma: String,
    ten: String,
    ten_en: String,
    tu: String,
    den: String,
    thu_tu: String,
    tren: String,
}

/// Which group is changed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    ma: String,
}

impl Typed {
    fn of(group: &TopicGroup) -> Self {
        Self {
            ma: group.topic.code.clone(),
            ten: group.topic.label.clone(),
            ten_en: group.topic.label_en.clone(),
            tu: group.from.to_string(),
            den: group.until.map_or_else(String::new, |until| until.to_string()),
            thu_tu: group.order.to_string(),
            tren: group.parent.clone().unwrap_or_default(),
        }
    }

    fn group(&self) -> Result<TopicGroup, TopicError> {
        let clean = |text: &str| viet::nfc(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let day = |text: &str| {
            text.parse::<Date>()
                .map_err(|_| TopicError::Input("Ngày chưa đúng. Xin chọn lại ngày."))
        };
        let label = clean(&self.ten);
        Ok(TopicGroup {
            topic: posts::model::Topic {
                code: if self.ma.is_empty() {
                    viet::slug(&label)
                } else {
                    self.ma.clone()
                },
                label_en: clean(&self.ten_en),
                label,
            },
            from: day(&self.tu)?,
            until: if self.den.is_empty() {
                None
            } else {
                Some(day(&self.den)?)
            },
            order: self.thu_tu.trim().parse().unwrap_or(1_000),
            parent: (!self.tren.is_empty()).then(|| self.tren.clone()),
        })
    }
}

async fn view(site: &Site, look: Look, typed: Option<Typed>, code: &str) -> Result<Topics, Problem> {
    let groups = store::topic_groups(site.db()).await.map_err(Problem::internal)?;
    let known = groups.iter().find(|group| group.topic.code == code);
    let fresh = Typed {
        tu: site.today().to_string(),
        ..Typed::default()
    };
    let name = |code: &str| {
        let found = groups.iter().find(|group| group.topic.code == code);
        found.map_or_else(String::new, |group| group.topic.label.clone())
    };
    let row = |group: &TopicGroup| Row {
        from: viet::date_numeric(group.from),
        until: group.until.map_or_else(String::new, viet::date_numeric),
        parent: group.parent.as_deref().map_or_else(String::new, name),
        group: group.clone(),
    };
    let tops = groups
        .iter()
        .filter(|group| group.parent.is_none() && group.topic.code != code);
    Ok(Topics {
        chrome: frame(site, look, DESK, "Nhóm thông tin"),
        error: String::new(),
        tops: tops
            .map(|group| (group.topic.code.clone(), group.topic.label.clone()))
            .collect(),
        known: known.is_some(),
        typed: typed.or(known.map(Typed::of)).unwrap_or(fresh),
        rows: groups.iter().map(row).collect(),
    })
}

/// `GET …/nhom-thong-tin?ma=…`
pub(crate) async fn show(
    State(site): State<Site>,
    look: Look,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    answer(&view(&site, look, None, &asked.ma).await?)
}

/// `POST …/nhom-thong-tin`
pub(crate) async fn save(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let written = match typed.group() {
        Ok(group) => put(&site, &who, &group, typed.ma.is_empty()).await,
        Err(error) => Err(error),
    };
    match written {
        Ok(()) => Ok(see_other(DESK)),
        Err(TopicError::Db(error)) => Err(Problem::internal(error)),
        Err(error) => {
            let code = typed.ma.clone();
            let mut form = view(&site, look, Some(typed), &code).await?;
            form.error = look.t(&error.to_string()).to_owned();
            again(&form)
        }
    }
}
