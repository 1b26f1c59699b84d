//! Officers decide amending sentences on their desk, on both engines.

mod amended;
#[path = "../../people/tests/portal/mod.rs"]
mod portal;

use acts::model::ActId;
use acts::store::{self, Put, Ruling};
use amended::{base, decree, first, second};
use db::Db;
use http::StatusCode;
use jiff::civil::{Date, date};
use legal::model::{ActText, Block, Language};
use policy::Role;
use portal::{Person, Portal};

const DESK: &str = "/ban-lam-viec/sua-doi";
const ACT: &str = "10-2019-nd-cp";

async fn put(db: &Db, text: &ActText, sha: &str) -> ActId {
    put_read(db, text, sha, "1").await
}

/// The same as a program of another version reads it.
async fn put_read(db: &Db, text: &ActText, sha: &str, parser: &str) -> ActId {
    let mut tx = db.begin().await.expect("begin");
    let put = Put {
        text,
        has_text: true,
        sha256: sha,
        item: 0,
        file_name: "a.html",
        format: "html",
        media_type: "text/html; charset=utf-8",
        size: 10,
        parser,
        confidence: None,
    };
    let put = store::act_put(&mut tx, &put).await.expect("put");
    tx.commit().await.expect("commit");
    store::versions_catch_up(db, 100).await.expect("versions");
    put.act
}

/// The same exchange of words by a later decree: the words are gone by then.
fn unread() -> ActText {
    let mut text = second();
    text.metadata.number = Some("50/2023/NĐ-CP".into());
    text.metadata.issued = Some(date(2023, 3, 1));
    text.metadata.in_force = Some(date(2023, 5, 1));
    text
}

async fn fee(db: &Db, act: ActId, on: Date) -> String {
    let text = store::act_text(db, act, Language::Vi, on).await.expect("text");
    let text = text.expect("a text");
    let article = text
        .provisions
        .iter()
        .find(|one| one.id == "art_2")
        .expect("art_2");
    match article.blocks.first() {
        Some(Block::Para(para)) => para.text.clone(),
        _ => String::new(),
    }
}

/// A form as a browser sends it.
fn form(pairs: &[(&str, &str)]) -> String {
    let percent = |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02X}")).collect() };
    let pairs = pairs
        .iter()
        .map(|(name, value)| format!("{name}={}", percent(value)));
    pairs.collect::<Vec<_>>().join("&")
}

struct Desk {
    portal: Portal,
    editor: Person,
    act: ActId,
}

impl Desk {
    async fn open(test: db::testing::TestDb) -> Self {
        let portal = Portal::with(test, people::routes(&[], None).merge(acts::routes())).await;
        let act = put(portal.db(), &base(), "aa").await;
        for (text, sha) in [(first(), "bb"), (second(), "cc"), (unread(), "dd")] {
            put(portal.db(), &text, sha).await;
        }
        let editor = portal.person(Role::LawEditor, portal.department).await;
        Self { portal, editor, act }
    }

    async fn list(&self, tab: &str) -> String {
        let path = format!("{DESK}?trang-thai={tab}");
        let answer = self.portal.get(&path, &self.editor.session).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        answer.body
    }

    /// The address of the first sentence in a list of one amending act.
    async fn item(&self, tab: &str, by: &str) -> String {
        let body = self.list(tab).await;
        let from = body
            .find(&format!("{DESK}/{by}/"))
            .unwrap_or_else(|| panic!("{by} in {body}"));
        let rest = &body[from..];
        rest[..rest.find('"').expect("an end")].to_owned()
    }

    async fn decide(&self, item: &str, pairs: &[(&str, &str)]) -> portal::Answer {
        let path = item.split('?').next().expect("a path");
        let all: Vec<(&str, &str)> = pairs.iter().copied().chain([("van_ban", ACT)]).collect();
        self.portal.post(path, &self.editor.session, &form(&all)).await
    }

    async fn fee(&self, on: Date) -> String {
        fee(self.portal.db(), self.act, on).await
    }

    async fn standing(&self) -> i64 {
        let all = store::decision_list(self.portal.db(), None, 10, 0)
            .await
            .expect("decisions");
        all.first().expect("a decision").id
    }

    /// Changes of the API that were decided like this.
    async fn told(&self, ruling: Ruling) -> usize {
        let path = format!("/api/v1/acts/{ACT}/versions");
        let body = self.portal.get(&path, "").await.body;
        let body: serde_json::Value = serde_json::from_str(&body).expect("json");
        let changes = body["changes"].as_array().expect("changes");
        let decided = |one: &&serde_json::Value| one["decision"]["ruling"] == ruling.code();
        assert!(!body.to_string().contains("account"), "nobody is named");
        changes.iter().filter(decided).count()
    }

    async fn logged(&self, act: &str) -> i64 {
        let query = db::sql("SELECT count(*) AS n FROM audit_log WHERE act = $1").bind(act);
        query
            .one(self.portal.db())
            .await
            .expect("a count")
            .get("n")
            .expect("a number")
    }
}

db::both_engines!(
    a_sentence_that_waits_is_refused_corrected_and_waits_again,
    |test| {
        let desk = Desk::open(test).await;
        let late = date(2023, 6, 1);
        let writer = desk.portal.person(Role::Contributor, desk.portal.commune).await;
        assert_eq!(
            desk.portal.get(DESK, &writer.session).await.status,
            StatusCode::FORBIDDEN
        );
        let item = desk.item("", "50-2023-nd-cp").await;
        let page = desk.portal.get(&item, &desk.editor.session).await.body;
        for words in [
            "Không tìm thấy cụm từ cần sửa",
            "Mức thu là 300 đồng.",
            "50/2023/NĐ-CP",
        ] {
            assert!(page.contains(words), "{words} in {page}");
        }

        // Without a reason nothing is refused.
        let bare = desk.decide(&item, &[("nut", "khong-ap-dung")]).await;
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
        let refused = desk
            .decide(
                &item,
                &[("nut", "khong-ap-dung"), ("ly_do", "Trùng Nghị định 30.")],
            )
            .await;
        assert_eq!(refused.status, StatusCode::SEE_OTHER, "{}", refused.body);
        assert!(!desk.list("").await.contains("/50-2023-nd-cp/"));
        assert!(desk.list("da-quyet-dinh").await.contains("/50-2023-nd-cp/"));
        assert_eq!(desk.logged("amendment.refuse").await, 1);
        let said = desk.portal.get(&format!("/van-ban/{ACT}"), "").await.body;
        assert!(
            said.contains("Sửa đổi không áp dụng theo quyết định của cán bộ ngày"),
            "{said}"
        );
        // What was decided is open no more.
        assert!(
            said.contains("1 sửa đổi không áp dụng theo quyết định của cán bộ<"),
            "{said}"
        );
        assert!(!said.contains("sửa đổi chưa áp dụng được"), "{said}");
        assert_eq!(
            desk.told(Ruling::Refuse).await,
            1,
            "the API says what was decided"
        );

        // Who has not seen the decision does not replace it.
        let blind = desk
            .decide(&item, &[("nut", "khong-ap-dung"), ("ly_do", "Khác.")])
            .await;
        assert_eq!(blind.status, StatusCode::UNPROCESSABLE_ENTITY);
        let id = desk.standing().await.to_string();
        let withdrawn = desk
            .portal
            .post(
                &format!("{DESK}/rut"),
                &desk.editor.session,
                &form(&[("quyet_dinh", &id)]),
            )
            .await;
        assert_eq!(withdrawn.status, StatusCode::SEE_OTHER);
        assert!(desk.list("").await.contains("/50-2023-nd-cp/"));

        // Corrected: tried first, then applied from its own day.
        let order = [
            ("viec", "thay"),
            ("noi", "Điều 2"),
            ("noi_dung", "Điều 2. Mức thu\nMức thu là 500 đồng."),
        ];
        let tried = desk
            .decide(&item, &[&order[..], &[("nut", "xem-thu")]].concat())
            .await;
        assert_eq!(tried.status, StatusCode::OK, "{}", tried.body);
        assert!(tried.body.contains("</span> 500 <span"), "{}", tried.body);
        assert_eq!(desk.fee(late).await, "Mức thu là 300 đồng.");
        let nowhere = [("viec", "bai-bo"), ("noi", "Điều 77"), ("nut", "ap-dung")];
        assert_eq!(
            desk.decide(&item, &nowhere).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        let made = desk
            .decide(&item, &[&order[..], &[("nut", "ap-dung")]].concat())
            .await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        assert_eq!(desk.told(Ruling::Correct).await, 1);
        assert_eq!(desk.fee(late).await, "Mức thu là 500 đồng.");
        assert_eq!(desk.fee(date(2023, 4, 30)).await, "Mức thu là 300 đồng.");
        let said = desk.portal.get(&format!("/van-ban/{ACT}"), "").await.body;
        assert!(said.contains("áp dụng theo quyết định của cán bộ ngày"), "{said}");

        // The next import uses the decision; another sentence in its place waits for a new one.
        let hashes = store::versions(desk.portal.db(), desk.act)
            .await
            .expect("versions");
        put(desk.portal.db(), &unread(), "ee").await;
        assert_eq!(
            store::versions(desk.portal.db(), desk.act)
                .await
                .expect("versions"),
            hashes
        );
        let mut other = unread();
        if let Some(Block::Para(para)) = other.provisions[0].blocks.first_mut() {
            para.text = para.text.replace("200 đồng", "250 đồng");
        }
        put_read(desk.portal.db(), &other, "dd", "2").await;
        assert_eq!(desk.fee(late).await, "Mức thu là 300 đồng.");
        let item = desk.item("", "50-2023-nd-cp").await;
        let page = desk.portal.get(&item, &desk.editor.session).await.body;
        assert!(page.contains("Xin quyết định lại."), "{page}");
        assert_eq!(
            store::amendments_waiting(desk.portal.db())
                .await
                .expect("a count"),
            1
        );
    }
);

db::both_engines!(what_was_applied_falsely_is_taken_back, |test| {
    let desk = Desk::open(test).await;
    let item = desk.item("da-ap-dung", "20-2021-nd-cp").await;
    assert_eq!(desk.fee(date(2021, 6, 1)).await, "Mức thu là 200 đồng.");
    let refused = desk
        .decide(&item, &[("nut", "khong-ap-dung"), ("ly_do", "Sai văn bản.")])
        .await;
    assert_eq!(refused.status, StatusCode::SEE_OTHER, "{}", refused.body);
    assert_eq!(desk.fee(date(2021, 6, 1)).await, "Mức thu là 100 đồng.");
    // What stood upon it can no longer be placed, and says so.
    assert!(desk.list("").await.contains("/30-2022-nd-cp/"));
    let id = desk.standing().await.to_string();
    let path = format!("{DESK}/rut");
    desk.portal
        .post(&path, &desk.editor.session, &form(&[("quyet_dinh", &id)]))
        .await;
    assert_eq!(desk.fee(date(2022, 6, 1)).await, "Mức thu là 300 đồng.");
    // Accepted as read: it stays as it is, by decision.
    let item = desk.item("da-ap-dung", "20-2021-nd-cp").await;
    let accepted = desk.decide(&item, &[("nut", "chap-nhan")]).await;
    assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.body);
    assert_eq!(desk.fee(date(2021, 6, 1)).await, "Mức thu là 200 đồng.");
    assert_eq!(desk.logged("amendment.accept").await, 1);
});

db::both_engines!(a_sentence_without_an_act_is_given_one, |test| {
    let desk = Desk::open(test).await;
    let sentence = "Bãi bỏ Điều 3 của văn bản nói trên.";
    let text = decree(
        "60/2024/NĐ-CP",
        "Sửa đổi một số nghị định",
        date(2024, 1, 1),
        date(2024, 3, 1),
        vec![amended::article("1", "Bãi bỏ", &[sentence])],
    );
    put(desk.portal.db(), &text, "gg").await;
    let body = desk.list("khong-ro-van-ban").await;
    assert!(body.contains(sentence), "{body}");
    let item = desk.item("khong-ro-van-ban", "60-2024-nd-cp").await;
    let order = [("nut", "ap-dung"), ("viec", "bai-bo"), ("noi", "Điều 3")];
    let made = desk.decide(&item, &order).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let text = store::act_text(desk.portal.db(), desk.act, Language::Vi, date(2024, 4, 1)).await;
    let text = text.expect("text").expect("a text");
    let article = text
        .provisions
        .iter()
        .find(|one| one.id == "art_3")
        .expect("art_3");
    assert_eq!(article.heading.as_deref(), Some("(được bãi bỏ)"));
    assert!(!desk.list("khong-ro-van-ban").await.contains(sentence));
    let page = desk.portal.get(&made.location, &desk.editor.session).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Quyết định đang áp dụng"), "{}", page.body);
});
