//! The pages that citizens read, asked through the whole kernel.

mod served;

use std::collections::BTreeSet;
use std::path::Path;

use http::StatusCode;

const BASE: &str = "https://luat.example.vn";

async fn page(served: &served::Served, path: &str) -> String {
    let answer = served.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    assert_eq!(answer.content_type, "text/html; charset=utf-8", "{path}");
    answer.body
}

/// The pieces stand in the page in this order.
fn in_order(page: &str, pieces: &[&str]) {
    let mut from = 0;
    for piece in pieces {
        let at = page[from..].find(piece);
        from += at.unwrap_or_else(|| panic!("“{piece}” is not there or not in its place:\n{page}"));
    }
}

#[tokio::test]
async fn the_first_screen_of_an_act_says_whether_it_holds_and_since_when() {
    let served = served::site(BASE, 0).await;
    let page = page(&served, "/van-ban/91-2015-qh13").await;
    in_order(
        &page,
        &[
            "<link rel=\"canonical\" href=\"https://luat.example.vn/van-ban/91-2015-qh13\">",
            "<main",
            "Còn hiệu lực",
            "từ ngày 01 tháng 3 năm 2020",
            "Bộ luật Dân sự</h1>",
            "Quốc hội",
            "Mục lục",
            "<a href=\"#art_2\">Điều 2. Tên điều 2</a>",
            "Căn cứ <span class=\"no\"",
            "Hiến pháp</span>;",
            "<section id=\"art_2\"><h2 class=\"a\"><a href=\"91-2015-qh13/dieu-2\">Điều 2.</a> Tên điều 2</h2>",
            "<p id=\"art_2__clause_1__point_dd\" class=\"d\">đ) Điểm đ.</p>",
        ],
    );
}

#[tokio::test]
async fn the_data_block_is_json_and_cannot_close_its_element() {
    let served = served::site(BASE, 0).await;
    let page = page(&served, "/van-ban/12-1999-qd-ub").await;
    let (_, rest) = page.split_once("application/ld+json\">").expect("JSON-LD");
    let (block, _) = rest.split_once("</script>").expect("its end");
    let value: serde_json::Value = serde_json::from_str(block).expect("JSON");
    assert_eq!(value["@type"], "Legislation");
    assert_eq!(value["legislationIdentifier"], "12/1999/QĐ-UB");
    assert!(!block.contains('<') && value["name"].as_str().is_some_and(|name| name.contains("<giá>")));
    assert!(!page.contains("<giá>"), "the title is escaped");
}

#[tokio::test]
async fn a_provision_has_its_own_page_with_its_citation() {
    let served = served::site(BASE, 0).await;
    let point = page(&served, "/van-ban/91-2015-qh13/dieu-2/khoan-1/diem-dd").await;
    in_order(
        &point,
        &[
            "Điểm đ khoản 1 Điều 2</h1>",
            "Ở nước Cộng hòa:",
            "Khoản một:",
            "Điểm đ.",
            "data-text=\"điểm đ khoản 1 Điều 2 Bộ luật Dân sự số 91/2015/QH13\"",
        ],
    );
    let article = page(&served, "/van-ban/91-2015-qh13/dieu-2").await;
    in_order(
        &article,
        &[
            "href=\"/van-ban/91-2015-qh13/dieu-2/khoan-1\">1.</a>",
            "rel=\"prev\" href=\"/van-ban/91-2015-qh13/dieu-1\"",
        ],
    );
    for path in [
        "/van-ban/91-2015-qh13/dieu-99",
        "/van-ban/91-2015-qh13/abc",
        "/van-ban/khong-co",
        "/van-ban/91-2015-qh13.pdf",
    ] {
        assert_eq!(served.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn an_act_known_by_metadata_only_says_so() {
    let served = served::site(BASE, 0).await;
    let page = page(&served, "/van-ban/12-1999-qd-ub").await;
    assert!(page.contains("Hệ thống chưa có toàn văn của văn bản này"));
    assert!(!page.contains("class=\"law\"") && !page.contains("/tai-ve\""));
}

#[tokio::test]
async fn the_english_text_and_the_english_interface_are_two_things() {
    let served = served::site(BASE, 0).await;
    let text = page(&served, "/van-ban/91-2015-qh13/tieng-anh").await;
    in_order(
        &text,
        &[
            "<html lang=\"vi\"",
            "lang=\"en\"",
            "Bản dịch tiếng Anh chỉ để tham khảo",
            "Article 2.",
        ],
    );
    let interface = page(&served, "/en/van-ban/91-2015-qh13").await;
    in_order(
        &interface,
        &[
            "<html lang=\"en\"",
            "In force",
            "since 1 March 2020",
            "Contents",
            "lang=\"vi\"",
            "Điều 2.",
        ],
    );
    assert_eq!(
        served.get("/van-ban/12-1999-qd-ub/tieng-anh").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn lists_filter_page_and_end() {
    let served = served::site(BASE, 25).await;
    let first = page(&served, "/van-ban?loai=nghi-dinh").await;
    in_order(
        &first,
        &[
            "25 văn bản",
            "<option value=\"nghi-dinh\" selected",
            "/van-ban?loai=nghi-dinh&#38;trang=2",
        ],
    );
    assert!(!first.contains("Bộ luật Dân sự"));
    assert_eq!(
        served.get("/van-ban?trang=99").await.status,
        StatusCode::NOT_FOUND
    );
    let odd = page(
        &served,
        "/van-ban?loai=%3Cscript%3E&co-quan=%22%3E&nam=x&trang=-1",
    )
    .await;
    assert!(odd.contains("27 văn bản") && !odd.contains("<script>"));
    let none = page(&served, "/van-ban/sap-het-hieu-luc").await;
    assert!(none.contains("Hiện không có văn bản nào trong danh sách này."));
}

#[tokio::test]
async fn sharing_history_and_downloads() {
    let served = served::site(BASE, 0).await;
    let share = page(&served, "/van-ban/91-2015-qh13/chia-se?muc=dieu-2/khoan-1").await;
    in_order(
        &share,
        &[
            "khoản 1 Điều 2 Bộ luật Dân sự số 91/2015/QH13",
            "<svg",
            "https://luat.example.vn/van-ban/91-2015-qh13/dieu-2/khoan-1",
        ],
    );
    assert_eq!(
        served
            .get("/van-ban/91-2015-qh13/chia-se?muc=dieu-99")
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    let history = page(&served, "/van-ban/91-2015-qh13/lich-su").await;
    in_order(
        &history,
        &[
            "nội dung đang hiển thị lấy từ tệp này",
            "ban-goc/aa?tai-ve=1",
            "sandbox",
            "Nhập vào hệ thống",
        ],
    );
    let take = page(&served, "/van-ban/91-2015-qh13/tai-ve").await;
    in_order(
        &take,
        &[
            "91-2015-qh13.docx",
            "KB)",
            "91-2015-qh13.epub",
            "91-2015-qh13.xml",
            "91-2015-qh13.json",
        ],
    );
    for extension in ["docx", "epub", "xml", "json"] {
        let file = served.get(&format!("/van-ban/91-2015-qh13.{extension}")).await;
        assert_eq!(file.status, StatusCode::OK, "{extension}");
    }
}

#[tokio::test]
async fn nothing_inline_and_nothing_from_elsewhere() {
    let served = served::site(BASE, 3).await;
    for path in [
        "/van-ban",
        "/van-ban/91-2015-qh13",
        "/van-ban/91-2015-qh13/dieu-2",
        "/van-ban/91-2015-qh13/lich-su",
        "/thanh-phan",
        "/giao-dien",
        "/en/van-ban",
    ] {
        let page = page(&served, path).await;
        for bad in [" style=\"", " onclick=", "javascript:", "<style"] {
            assert!(!page.contains(bad), "{path}: {bad}");
        }
        for address in page
            .split("src=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap_or_default())
        {
            assert!(address.starts_with('/'), "{path}: {address}");
        }
        assert_eq!(page.matches("<h1").count(), 1, "{path}");
    }
}

/// Every sentence that a template or page of ours shows has its English.
#[test]
fn the_interface_is_whole_in_english() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut missing = BTreeSet::new();
    for folder in [
        "templates",
        "src/site",
        "../ground/web/templates",
        "../search/templates",
        "../portal/templates",
        "../portal/src",
    ] {
        for entry in std::fs::read_dir(root.join(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_file() {
                let text = std::fs::read_to_string(&path).expect("a text");
                missing.extend(sentences(&text).map(str::to_owned));
            }
        }
    }
    missing.extend(labels().map(str::to_owned));
    missing.retain(|one| !web::i18n::has_english(one));
    assert!(missing.is_empty(), "without English: {missing:#?}");
}

/// What stands in `t("…")` and `fill("…"`, and the Vietnamese constants of tables and labels.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let calls = [
        ".t(\"",
        ".fill(\"",
        "title: \"",
        "about: \"",
        "group(\"",
        "=> \"",
        "plain(\"",
        "name: \"",
    ];
    // An example on the page of components, and the levels of a Vietnamese text, which stay Vietnamese.
    let examples = ["Bộ luật Dân sự", "Khoản", "Điểm"];
    calls
        .into_iter()
        .flat_map(move |call| code.split(call).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .filter(move |one| !one.is_ascii() && !examples.contains(one))
}

/// Labels that other rooms name and pages translate.
fn labels() -> impl Iterator<Item = &'static str> {
    use acts::model::EventKind::{DetailsChanged, Imported, OriginalAdded, TextReplaced};
    use legal::validity::Status::{Expired, InForce, NotYet, PartlyExpired, Unknown};
    let states = [Expired, InForce, NotYet, PartlyExpired, Unknown].map(|one| one.label());
    let events = [DetailsChanged, Imported, OriginalAdded, TextReplaced].map(|one| one.label());
    states.into_iter().chain(events)
}

/// A decree that details the code and defines a word.
fn decree() -> legal::model::ActText {
    use legal::model::ProvisionKind::{Article, Clause};
    let mut glossary = served::provision(
        "art_2",
        Article,
        "2",
        None,
        "Trong Nghị định này, các từ ngữ dưới đây được hiểu như sau:",
    );
    glossary.heading = Some("Giải thích từ ngữ".to_owned());
    legal::model::ActText {
        metadata: served::named(legal::model::ActKind::NghiDinh, "9/2021/NĐ-CP", "Hướng dẫn"),
        parts: vec![legal::model::Part {
            id: "main".to_owned(),
            ..legal::model::Part::default()
        }],
        provisions: vec![
            served::provision(
                "art_1",
                Article,
                "1",
                None,
                "Theo điểm đ khoản 1 Điều 2 Bộ luật số 91/2015/QH13 và Nghị định số 17/2019/NĐ-CP.",
            ),
            glossary,
            served::provision(
                "art_2__clause_1",
                Clause,
                "1",
                Some("art_2"),
                "Hồ sơ điện tử là hồ sơ lập theo Điều 1 Nghị định này.",
            ),
            served::provision("art_3", Article, "3", None, "Nộp hồ sơ điện tử."),
        ],
        ..legal::model::ActText::default()
    }
}

async fn woven() -> served::Served {
    let served = served::site("http://localhost:8080", 0).await;
    served::put(served.kernel.site().db(), &decree(), &"9".repeat(64), true).await;
    served
}

#[tokio::test]
async fn cited_provisions_are_links_and_unknown_acts_are_marked() {
    let served = woven().await;
    let act = served.get("/van-ban/9-2021-nd-cp").await.body;
    assert!(
        act.contains("<a class=\"ref\" href=\"91-2015-qh13/dieu-2/khoan-1/diem-dd\">"),
        "{act}"
    );
    assert!(act.contains("<a class=\"ref\" href=\"#art_1\">Điều 1"), "{act}");
    assert!(act.contains("<span class=\"no\" title=\""), "{act}");
    assert!(
        act.contains("<a class=\"t\" href=\"#art_2__clause_1\">hồ sơ điện tử</a>"),
        "{act}"
    );
    let english = served.get("/en/van-ban/9-2021-nd-cp/dieu-1").await.body;
    assert!(
        english.contains("href=\"/en/van-ban/91-2015-qh13/dieu-2/khoan-1/diem-dd\""),
        "{english}"
    );
    let provision = served.get("/van-ban/9-2021-nd-cp/dieu-3").await.body;
    assert!(
        provision.contains("href=\"/van-ban/9-2021-nd-cp/dieu-2/khoan-1\">hồ sơ điện tử"),
        "{provision}"
    );
}

#[tokio::test]
async fn a_provision_says_what_cites_it_and_shows_itself_in_few_lines() {
    let served = woven().await;
    let page = served.get("/van-ban/91-2015-qh13/dieu-2").await.body;
    assert!(page.contains("Những quy định dẫn chiếu đến đây"), "{page}");
    assert!(
        page.contains("<a href=\"/van-ban/9-2021-nd-cp/dieu-1\">Điều 1</a>"),
        "{page}"
    );
    assert!(
        !served
            .get("/van-ban/91-2015-qh13/dieu-1")
            .await
            .body
            .contains("dẫn chiếu đến đây")
    );
    assert_eq!(
        served.get("/van-ban/91-2015-qh13/dieu-2?trang=9").await.status,
        http::StatusCode::NOT_FOUND
    );
    let lines = served
        .get("/van-ban/91-2015-qh13/dieu-2/khoan-1/diem-dd?doan=1")
        .await;
    assert_eq!(lines.content_type, "text/plain; charset=utf-8");
    assert_eq!(
        lines.body,
        "điểm đ khoản 1 Điều 2 Bộ luật Dân sự số 91/2015/QH13\nđ) Điểm đ."
    );
    let act = served.get("/van-ban/91-2015-qh13?doan=1").await.body;
    assert!(act.starts_with("Bộ luật Dân sự số 91/2015/QH13\n"), "{act}");
    assert_eq!(
        served.get("/van-ban/91-2015-qh13/dieu-77?doan=1").await.status,
        http::StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn relations_and_glossary_have_pages() {
    let served = woven().await;
    let own = served.get("/van-ban/9-2021-nd-cp/quan-he").await.body;
    assert!(
        own.contains("href=\"/van-ban/91-2015-qh13\"") && own.contains("17/2019/NĐ-CP"),
        "{own}"
    );
    let other = served.get("/en/van-ban/91-2015-qh13/quan-he").await.body;
    assert!(other.contains("href=\"/en/van-ban/9-2021-nd-cp\""), "{other}");
    let alone = served.get("/van-ban/12-1999-qd-ub/quan-he").await.body;
    assert!(alone.contains("Chưa ghi nhận quan hệ nào"), "{alone}");
    assert_eq!(
        served.get("/van-ban/91-2015-qh13/quan-he?trang=2").await.status,
        http::StatusCode::NOT_FOUND
    );
    let glossary = served.get("/thuat-ngu").await.body;
    assert!(
        glossary.contains("<h2>Hồ sơ điện tử</h2>")
            && glossary.contains("/van-ban/9-2021-nd-cp/dieu-2/khoan-1"),
        "{glossary}"
    );
    assert!(
        served
            .get("/thuat-ngu?q=ho%20so")
            .await
            .body
            .contains("<h2>Hồ sơ điện tử</h2>")
    );
    assert!(
        served
            .get("/thuat-ngu?q=%25")
            .await
            .body
            .contains("Không có từ ngữ nào khớp")
    );
}

#[tokio::test]
async fn an_act_that_arrives_makes_the_pages_that_wait_for_it_anew() {
    let served = woven().await;
    let waiting = served.get("/van-ban/9-2021-nd-cp/dieu-1").await.body;
    assert!(!waiting.contains("/van-ban/17-2019-nd-cp"), "{waiting}");
    let mut missing = decree();
    missing.metadata = served::named(legal::model::ActKind::NghiDinh, "17/2019/NĐ-CP", "Quy định");
    missing.metadata.issued = Some(jiff::civil::date(2019, 1, 2));
    served::put(served.kernel.site().db(), &missing, &"7".repeat(64), true).await;
    let mut last = String::new();
    for _ in 0..50 {
        let page = served.get("/van-ban/9-2021-nd-cp/dieu-1").await.body;
        if page.contains("href=\"/van-ban/17-2019-nd-cp\"") {
            return;
        }
        last = page;
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the page still does not know the act: {last}");
}
