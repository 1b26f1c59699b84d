//! The pages of an amended act: today, on a day, compared.

mod amended;
mod served;

use acts::store;
use amended::{OF_BASE, article, base, first, para, second};
use http::StatusCode;
use jiff::civil::date;
use legal::model::{Block, Quote};
use served::{Served, empty, put};

async fn site() -> Served {
    let served = empty("http://localhost").await;
    let db = served.kernel.site().db();
    put(db, &base(), "aa", true).await;
    let mut early = first();
    early.provisions.push(article(
        "2",
        "Quy định chuyển tiếp",
        &["Việc cũ theo quy định cũ."],
    ));
    put(db, &early, "bb", true).await;
    put(db, &second(), "cc", true).await;
    let mut coming = first();
    coming.metadata.number = Some("40/2089/NĐ-CP".into());
    coming.metadata.issued = Some(date(2089, 1, 1));
    coming.metadata.in_force = Some(date(2090, 1, 1));
    put(db, &coming, "dd", true).await;
    let mut unread = second();
    unread.metadata.number = Some("50/2023/NĐ-CP".into());
    put(db, &unread, "ee", true).await;
    store::versions_catch_up(db, 100).await.expect("versions");
    served
}

const ACT: &str = "/van-ban/10-2019-nd-cp";

fn has(body: &str, words: &str) {
    assert!(body.contains(words), "{words} in {body}");
}

#[tokio::test]
async fn the_reader_opens_at_today() {
    let served = site().await;
    let page = served.get(ACT).await.body;
    has(&page, "Mức thu là 300 đồng.");
    has(&page, "Nội dung hôm nay, đã gồm các sửa đổi đang có hiệu lực:");
    has(&page, "Nghị định 20/2021/NĐ-CP (từ 01/05/2021)");
    has(
        &page,
        "Sẽ thay đổi từ ngày 01/01/2090 theo Nghị định 40/2089/NĐ-CP",
    );
    has(&page, "Việc xảy ra ngày nào?");
    // Under the changed article stand its history with the sentence and a link to it.
    has(
        &page,
        "Sửa đổi, bổ sung từ 01/05/2021 theo Nghị định 20/2021/NĐ-CP",
    );
    has(&page, "href=\"/van-ban/20-2021-nd-cp/dieu-1\"");
    // The phrase is gone since the act before: it cannot be applied, and that is said.
    has(&page, "sửa đổi chưa áp dụng được");
    has(&page, "Không tìm thấy cụm từ cần sửa tại nơi được chỉ ra.");
}

#[tokio::test]
async fn a_day_has_an_address() {
    let served = site().await;
    let past = served.get(&format!("{ACT}?ngay=2021-06-01")).await;
    assert_eq!(past.status, StatusCode::OK);
    has(&past.body, "Mức thu là 200 đồng.");
    has(&past.body, "Nội dung hôm nay khác nội dung ngày này ở 1 điều.");
    has(&past.body, "so-sanh?tu=2021-06-01");
    has(&past.body, "Sẽ thay đổi từ ngày 01/05/2022");
    has(
        &past.body,
        "<link rel=\"canonical\" href=\"http://localhost/van-ban/10-2019-nd-cp?ngay=2021-06-01\"",
    );
    let first_day = served.get(&format!("{ACT}?ngay=2020-01-01")).await.body;
    has(&first_day, "Mức thu là 100 đồng.");
    has(&first_day, "như khi ban hành.");
    has(&first_day, "/van-ban/20-2021-nd-cp/dieu-2\"");
    let article = served.get(&format!("{ACT}/dieu-2?ngay=2021-06-01")).await.body;
    has(&article, "Mức thu là 200 đồng.");
    let before = served.get(&format!("{ACT}?ngay=2001-01-01")).await.body;
    has(&before, "Vào ngày này văn bản chưa được ban hành.");
    let wrong = served.get(&format!("{ACT}?ngay=hôm-qua")).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    has(&wrong.body, "ví dụ 2018-05-01");
}

#[tokio::test]
async fn two_days_are_compared_in_words() {
    let served = site().await;
    let line = served
        .get(&format!("{ACT}/so-sanh?tu=2020-01-01&den=2022-06-01"))
        .await
        .body;
    has(&line, "1 điều khác nhau");
    has(
        &line,
        "<del><span class=\"vh\">[bỏ:</span> 100 <span class=\"vh\">]</span></del>",
    );
    has(
        &line,
        "<ins><span class=\"vh\">[thêm:</span> 300 <span class=\"vh\">]</span></ins>",
    );
    let columns = served
        .get(&format!(
            "{ACT}/so-sanh?tu=2020-01-01&den=2022-06-01&muc=dieu-2&kieu=hai-cot"
        ))
        .await
        .body;
    has(&columns, "<h4>01/01/2020</h4>");
    let same = served
        .get(&format!("{ACT}/so-sanh?tu=2020-01-01&den=2020-06-01"))
        .await
        .body;
    has(&same, "Nội dung hai ngày giống nhau.");
    let wrong = served.get(&format!("{ACT}/so-sanh?tu=x")).await.status;
    assert_eq!(wrong, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn history_api_and_files_carry_versions() {
    let served = site().await;
    let history = served.get(&format!("{ACT}/lich-su")).await.body;
    has(&history, "Văn bản qua thời gian");
    has(&history, "/so-sanh?tu=2021-04-30&#38;den=2021-05-01");
    has(&history, "Điều 2: Sửa đổi, bổ sung");
    has(&history, "(sắp tới)");
    let api = served.get("/api/v1/acts/10-2019-nd-cp/versions").await;
    let body: serde_json::Value = serde_json::from_str(&api.body).expect("json");
    assert_eq!(body["versions"][0]["valid_from"], "2021-05-01");
    assert_eq!(body["changes"][0]["how"], "amended");
    assert!(
        body["changes"]
            .as_array()
            .expect("a list")
            .iter()
            .any(|one| one["how"] == "refused")
    );
    let past = served
        .get("/api/v1/acts/10-2019-nd-cp/text?on=2021-06-01")
        .await
        .body;
    has(&past, "200 đồng");
    let file = served.get(&format!("{ACT}.xml?ngay=2020-01-01")).await.body;
    has(&file, "100 đồng");
    let amending = served.get("/van-ban/20-2021-nd-cp.xml").await.body;
    has(&amending, "<activeModifications>");
    has(
        &amending,
        "href=\"/akn/vn/act/nghi-dinh/2019-12-01/10-2019-nd-cp/~art_2\"",
    );
}

#[tokio::test]
async fn what_an_act_does_not_have_on_a_day_is_told() {
    let served = empty("http://localhost").await;
    let db = served.kernel.site().db();
    put(db, &base(), "aa", true).await;
    let mut adds = first();
    let sentence = format!("Bổ sung Điều 2a vào sau Điều 2 {OF_BASE} như sau:");
    adds.provisions = vec![article("1", "Bổ sung Điều 2a", &[&sentence])];
    adds.provisions[0].blocks.push(Block::Quote(Quote {
        id: "quo_1".into(),
        blocks: vec![
            para("Điều 2a. Miễn"),
            para("Miễn theo Điều 3 của Nghị định này và Điều 1 Nghị định số 20/2021/NĐ-CP."),
        ],
        closed: true,
    }));
    put(db, &adds, "bb", true).await;
    store::versions_catch_up(db, 100).await.expect("versions");
    let there = served.get(&format!("{ACT}/dieu-2a")).await.body;
    // New words cite as old ones do.
    has(&there, "href=\"/van-ban/10-2019-nd-cp/dieu-3\"");
    has(&there, "href=\"/van-ban/20-2021-nd-cp/dieu-1\"");
    let before = served.get(&format!("{ACT}/dieu-2a?ngay=2020-02-01")).await;
    assert_eq!(before.status, StatusCode::OK);
    has(&before.body, "văn bản này không có Điều 2a");
    has(&before.body, "Có từ 01/05/2021 đến nay");
    let never = served.get(&format!("{ACT}/dieu-9")).await;
    assert_eq!(never.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn feeds_tell_of_versions_under_names_that_stay() {
    let served = site().await;
    for path in ["/cap-nhat.atom", "/cap-nhat.rss", "/cap-nhat.json?loai=nghi-dinh"] {
        let feed = served.get(path).await.body;
        for day in ["2021-05-01", "2022-05-01", "2090-01-01"] {
            has(&feed, &format!("http://localhost{ACT}?ngay={day}"));
        }
        has(&feed, "10/2019/NĐ-CP");
        has(&feed, ": nội dung thay đổi từ ngày 01/05/2021");
        // The acts themselves are not crowded out.
        has(&feed, "http://localhost/van-ban/20-2021-nd-cp");
    }
    let none = served.get("/cap-nhat.json?loai=luat").await.body;
    assert!(!none.contains("?ngay="), "{none}");
    let atom = served.get("/cap-nhat.atom").await.body;
    has(&atom, &format!("http://localhost{ACT}.xml?ngay=2021-05-01"));
}
