//! `/ban-lam-viec/trang-chu`: which blocks the home page has, in which order, and its life events.

use askama::Template;
use axum::extract::{Extension, Form, State};
use axum::response::Response;
use policy::Visitor;
use posts::model::Topic;
use web::private::{again, frame, page as answer, see_other};
use web::{Chrome, Look, Problem, Site};

use crate::model::{Arrangement, Block, EVENTS, LifeEvent, Link, Version};
use crate::write::{self, ArrangeError};
use crate::{DESK, store};

/// Icons that an event may have, with a name.
const ICONS: [(&str, &str); 9] = [
    ("rings", "Nhẫn cưới"),
    ("child", "Trẻ em"),
    ("work", "Việc làm"),
    ("house", "Nhà"),
    ("money", "Tiền"),
    ("scroll", "Giấy tờ"),
    ("crash", "Xe"),
    ("shield", "Lá chắn"),
    ("ask", "Câu hỏi"),
];

/// A block in the form: code, name, place (empty = hidden).
struct Row {
    code: &'static str,
    label: &'static str,
    place: String,
}

/// An event in the form.
struct Typed {
    event: LifeEvent,
    /// One link a line: words, a bar, the address.
    links: String,
}

#[derive(Template)]
#[template(path = "arrange.html")]
struct Arrange {
    chrome: Chrome,
    error: String,
    seen: i64,
    blocks: Vec<Row>,
    events: Vec<Typed>,
    topics: Vec<Topic>,
    icons: [(&'static str, &'static str); 9],
}

type Pairs = Vec<(String, String)>;

fn links_text(links: &[Link]) -> String {
    let line = |link: &Link| format!("{} | {}", link.label, link.path);
    links.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn links_of(text: &str) -> Vec<Link> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let link = |line: &str| {
        let (label, path) = line.rsplit_once('|').unwrap_or((line, ""));
        Link {
            label: one_line(label),
            path: path.trim().to_owned(),
        }
    };
    lines.map(link).collect()
}

fn one_line(text: &str) -> String {
    let text = viet::nfc(text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the form says. A block with a number is shown, in the order of the numbers; an event without
/// a name is left out; an event keeps its address when only its name changes.
fn arrangement_of(pairs: &Pairs) -> (i64, Arrangement) {
    fn all<'a>(pairs: &'a Pairs, name: &'static str) -> impl Iterator<Item = &'a str> {
        let named = pairs.iter().filter(move |pair| pair.0 == name);
        named.map(|pair| pair.1.as_str())
    }
    let all = |name| all(pairs, name);
    let seen = all("phien_ban").next().and_then(|seen| seen.parse().ok());
    let mut blocks: Vec<(u32, Block)> = Block::ALL
        .into_iter()
        .filter_map(|block| {
            let place = all(block.code()).next()?.trim().parse().ok()?;
            (place > 0).then_some((place, block))
        })
        .collect();
    blocks.sort_by_key(|one| one.0);
    let codes = all("ma");
    let mut rest = [
        all("ten"),
        all("ten_en"),
        all("hinh"),
        all("nhom"),
        all("lien_ket"),
    ];
    let mut events = Vec::new();
    for code in codes.take(EVENTS) {
        let [label, label_en, icon, topic, links] = rest.each_mut().map(|one| one.next().unwrap_or_default());
        let label = one_line(label);
        if label.is_empty() {
            continue;
        }
        events.push(LifeEvent {
            code: match viet::slug(code) {
                code if code.is_empty() => viet::slug(&label),
                code => code,
            },
            label_en: one_line(label_en),
            icon: ICONS
                .iter()
                .find(|known| known.0 == icon)
                .map_or("ask", |known| known.0)
                .to_owned(),
            topic: topic.to_owned(),
            links: links_of(links),
            label,
        });
    }
    let arrangement = Arrangement {
        blocks: blocks.into_iter().map(|one| one.1).collect(),
        events,
    };
    (seen.unwrap_or(-1), arrangement)
}

async fn form(site: &Site, look: Look, version: Version, error: String) -> Result<Arrange, Problem> {
    let Arrangement { blocks, mut events } = version.arrangement;
    let place = |block: Block| blocks.iter().position(|one| *one == block);
    let row = |block: Block| Row {
        code: block.code(),
        label: block.label(),
        place: place(block).map_or_else(String::new, |place| (place + 1).to_string()),
    };
    let mut rows: Vec<Row> = Block::ALL.into_iter().map(row).collect();
    rows.sort_by_key(|row| row.place.parse().unwrap_or(usize::MAX));
    events.resize_with(EVENTS, LifeEvent::default);
    let typed = |event: LifeEvent| Typed {
        links: links_text(&event.links),
        event,
    };
    Ok(Arrange {
        chrome: frame(site, look, DESK, "Sắp xếp trang chủ"),
        error,
        seen: version.number,
        blocks: rows,
        events: events.into_iter().map(typed).collect(),
        topics: posts::store::topics_on(site.db(), site.today())
            .await
            .map_err(Problem::internal)?,
        icons: ICONS,
    })
}

/// `GET …/trang-chu`
pub(crate) async fn show(State(site): State<Site>, look: Look) -> Result<Response, Problem> {
    let version = store::home(site.db()).await.map_err(Problem::internal)?;
    answer(&form(&site, look, version, String::new()).await?)
}

/// `POST …/trang-chu`
pub(crate) async fn save(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Problem> {
    let (seen, arrangement) = arrangement_of(&pairs);
    match write::arrange(&site, &who, seen, &arrangement).await {
        Ok(_) => Ok(see_other("/")),
        Err(ArrangeError::Db(error)) => Err(Problem::internal(error)),
        Err(error) => {
            let said = look.t(&error.to_string()).to_owned();
            let number = seen;
            again(&form(&site, look, Version { number, arrangement }, said).await?)
        }
    }
}
