//! A portal with people, posts and one law.
#![allow(dead_code)]

#[path = "../../../people/tests/portal/mod.rs"]
mod portal;

use acts::store::{self, Put};
use db::Db;
use db::testing::TestDb;
use jiff::civil::{Date, date};
use legal::model::{ActKind, ActText, Block, Metadata, Para, Part, Provision, ProvisionKind, Quote};
#[allow(unused_imports)]
pub use portal::{Answer, NOW, Person, Portal};

pub const DESK: &str = "/ban-lam-viec/bai";

pub async fn open(test: TestDb) -> Portal {
    open_with(test, web::Routes::new()).await
}

/// The same with the routes of a room above.
pub async fn open_with(test: TestDb, above: web::Routes) -> Portal {
    put_law(&test.db, "Người từ đủ mười tám tuổi.").await;
    let options = web::SiteOptions {
        beside_law: Some(posts::beside_law),
        beside_unit: Some(posts::beside_unit),
        sitemaps: vec![units::site::SITEMAP, posts::SITEMAP],
        ..web::SiteOptions::default()
    };
    let routes = people::routes(&[], None)
        .merge(posts::routes(std::sync::Arc::new(Here)))
        .merge(acts::routes())
        .merge(above);
    Portal::with_options(test, routes, options).await
}

/// The Civil Code with one article.
pub async fn put_law(db: &Db, says: &str) {
    let para = |text: &str| {
        Block::Para(Para {
            text: text.to_owned(),
            ..Para::default()
        })
    };
    let text = ActText {
        metadata: Metadata {
            kind: Some(ActKind::BoLuat),
            number: Some("91/2015/QH13".to_owned()),
            issuers: vec!["Quốc hội".to_owned()],
            issued: Some(date(2015, 11, 24)),
            in_force: Some(date(2017, 1, 1)),
            title: Some("Dân sự".to_owned()),
            ..Metadata::default()
        },
        parts: vec![Part {
            id: "main".to_owned(),
            title: "Bộ luật Dân sự".to_owned(),
            opening: vec![para("Căn cứ Hiến pháp;")],
            ..Part::default()
        }],
        provisions: vec![Provision {
            id: "art_20".to_owned(),
            part: "main".to_owned(),
            kind: ProvisionKind::Article,
            number: "20".to_owned(),
            heading: Some("Người thành niên".to_owned()),
            parent: None,
            blocks: vec![para(says)],
            notes: Vec::new(),
            heading_marks: Vec::new(),
        }],
        ..ActText::default()
    };
    let put = Put {
        text: &text,
        has_text: true,
        sha256: &format!("{:064x}", says.len()),
        item: 0,
        file_name: "a.html",
        format: "html",
        media_type: "text/html; charset=utf-8",
        size: 10,
        parser: "1",
        confidence: None,
    };
    let mut tx = db.begin().await.expect("begin");
    store::act_put(&mut tx, &put).await.expect("put");
    tx.commit().await.expect("commit");
}

/// A law that gives article 20 of the Civil Code other words.
fn amending(number: &str, in_force: Date, says: &str) -> ActText {
    let para = |text: &str| {
        Block::Para(Para {
            text: text.to_owned(),
            ..Para::default()
        })
    };
    let quote = Block::Quote(Quote {
        id: "quo_1".to_owned(),
        blocks: vec![para("Điều 20. Người thành niên"), para(says)],
        closed: true,
    });
    let sentence = "Sửa đổi, bổ sung Điều 20 của Bộ luật Dân sự số 91/2015/QH13 như sau:";
    ActText {
        metadata: Metadata {
            kind: Some(ActKind::Luat),
            number: Some(number.to_owned()),
            issuers: vec!["Quốc hội".to_owned()],
            issued: in_force.checked_sub(jiff::Span::new().days(60)).ok(),
            in_force: Some(in_force),
            title: Some("Sửa đổi, bổ sung một số điều của Bộ luật Dân sự số 91/2015/QH13".to_owned()),
            ..Metadata::default()
        },
        parts: vec![Part {
            id: "main".to_owned(),
            ..Part::default()
        }],
        provisions: vec![Provision {
            id: "art_1".to_owned(),
            part: "main".to_owned(),
            kind: ProvisionKind::Article,
            number: "1".to_owned(),
            heading: Some("Sửa đổi Điều 20".to_owned()),
            parent: None,
            blocks: vec![para(sentence), quote],
            notes: Vec::new(),
            heading_marks: Vec::new(),
        }],
        ..ActText::default()
    }
}

/// Puts a law in force from a day that gives article 20 of the Civil Code other words.
pub async fn put_amending(db: &Db, number: &str, in_force: Date, says: &str) {
    let text = amending(number, in_force, says);
    let mut tx = db.begin().await.expect("begin");
    let put = Put {
        text: &text,
        has_text: true,
        sha256: number,
        item: 0,
        file_name: "b.html",
        format: "html",
        media_type: "text/html; charset=utf-8",
        size: 10,
        parser: "1",
        confidence: None,
    };
    store::act_put(&mut tx, &put).await.expect("put");
    tx.commit().await.expect("commit");
    store::versions_catch_up(db, 10).await.expect("versions");
}

/// A form as a browser sends it.
pub fn form(pairs: &[(&str, &str)]) -> String {
    let percent = |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02X}")).collect() };
    let pairs = pairs
        .iter()
        .map(|(name, value)| format!("{name}={}", percent(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// The form of a new post.
pub fn draft(unit: policy::UnitId, title: &str, body: &str) -> String {
    form(&[
        ("don_vi", &unit.get().to_string()),
        ("loai", "huong-dan"),
        ("nhom", "dan-su"),
        ("nhom", "hon-nhan-gia-dinh"),
        ("tieu_de", title),
        ("tom_tat", &format!("Tóm tắt: {title}")),
        ("noi_dung", body),
    ])
}

/// Begins a post and gives its address on the desk.
pub async fn begin(portal: &Portal, who: &Person, unit: policy::UnitId, title: &str, body: &str) -> String {
    let made = portal
        .post(&format!("{DESK}/moi"), &who.session, &draft(unit, title, body))
        .await;
    assert!(made.location.starts_with(DESK), "{}", made.body);
    made.location
}

/// Takes a step with a version.
pub async fn step(portal: &Portal, who: &Person, post: &str, step: &str, version: i64) -> Answer {
    portal
        .post(
            &format!("{post}/{step}"),
            &who.session,
            &format!("phien_ban={version}"),
        )
        .await
}

/// The page once it says something (or no longer does): the cache follows the change log.
pub async fn until(portal: &Portal, path: &str, words: &str, there: bool) -> Answer {
    let mut answer = portal.get(path, "").await;
    for _ in 0..50 {
        if answer.body.contains(words) == there {
            return answer;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        answer = portal.get(path, "").await;
    }
    panic!("{path}: {words}: {}", answer.body);
}

/// Looks at files in this very process.
struct Here;

impl posts::Workshop for Here {
    fn take(
        &self,
        name: String,
        bytes: bytes::Bytes,
    ) -> futures::future::BoxFuture<'_, Result<media::Taken, readers::Refusal>> {
        Box::pin(async move { media::take(&name, &bytes) })
    }

    fn word(
        &self,
        bytes: bytes::Bytes,
    ) -> futures::future::BoxFuture<'_, Result<media::Page, readers::Refusal>> {
        Box::pin(async move { media::word(&bytes) })
    }
}
