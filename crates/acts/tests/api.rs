//! The JSON API: answers, refusals, description.

mod served;

use http::StatusCode;
use serde_json::Value;
use served::{Served, python, while_served};

async fn json(served: &Served, path: &str) -> Value {
    let answer = served.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    assert_eq!(answer.content_type, "application/json");
    serde_json::from_str(&answer.body).expect("JSON")
}

#[tokio::test]
async fn lists_are_filtered_and_paged() {
    let served = served::site("https://luat.example.vn", 5).await;
    let all = json(&served, "/api/v1/acts").await;
    assert_eq!(all["total"], 7);
    let decrees = json(&served, "/api/v1/acts?kind=nghi-dinh&per_page=2&page=3").await;
    assert_eq!(
        (&decrees["total"], &decrees["pages"]),
        (&Value::from(5), &Value::from(3))
    );
    assert_eq!(decrees["acts"].as_array().map(Vec::len), Some(1));
    let none = json(&served, "/api/v1/acts?year=1999").await;
    assert_eq!(none["total"], 0);
    let later = json(&served, "/api/v1/acts?status=chua-co-hieu-luc&on=2020-02-01").await;
    assert_eq!(later["total"], 7);
    assert_eq!(later["acts"][0]["status"]["label"], "Chưa có hiệu lực");
}

#[tokio::test]
async fn an_act_its_text_and_a_provision() {
    let served = served::site("https://luat.example.vn", 0).await;
    let act = json(&served, "/api/v1/acts/91-2015-qh13").await;
    assert_eq!(act["citation"], "Bộ luật Dân sự số 91/2015/QH13");
    assert_eq!(act["languages"], serde_json::json!(["vi", "en"]));
    assert_eq!(
        act["files"][0]["url"],
        "https://luat.example.vn/van-ban/91-2015-qh13.docx"
    );
    let text = json(&served, "/api/v1/acts/91-2015-qh13/text?on=2026-01-01").await;
    assert_eq!(
        (&text["format"], &text["on"]),
        (&Value::from("pholuat-act/1"), &Value::from("2026-01-01"))
    );
    assert_eq!(text["provisions"][3]["text"], "Điểm đ.");
    let english = json(&served, "/api/v1/acts/91-2015-qh13/text?language=en").await;
    assert_eq!(english["language"], "en");
    let article = json(&served, "/api/v1/acts/91-2015-qh13/provisions/art_2").await;
    assert_eq!(article["citation"], "Điều 2 Bộ luật Dân sự số 91/2015/QH13");
    assert_eq!(
        article["full_text"],
        "Ở nước Cộng hòa:\n1. Khoản một:\nđ) Điểm đ."
    );
    assert_eq!(article["children"], serde_json::json!(["art_2__clause_1"]));
    assert_eq!(article["previous"], "art_1");
    let point = json(
        &served,
        "/api/v1/acts/91-2015-qh13/provisions/art_2__clause_1__point_dd",
    )
    .await;
    assert_eq!(
        point["citation"],
        "điểm đ khoản 1 Điều 2 Bộ luật Dân sự số 91/2015/QH13"
    );
    assert_eq!(
        point["url"],
        "https://luat.example.vn/van-ban/91-2015-qh13/dieu-2/khoan-1/diem-dd"
    );
}

#[tokio::test]
async fn what_acts_say_of_each_other_comes_in_pages() {
    let served = served::empty("https://luat.example.vn").await;
    let mut law = served::named(legal::model::ActKind::Luat, "1/2024/QH15", "Thử");
    law.issuers = vec!["Quốc hội".to_owned()];
    let provisions = ["Luật này giải thích theo Điều 2 của Luật này.", "Hai."]
        .into_iter()
        .enumerate()
        .map(|(at, text)| {
            let number = (at + 1).to_string();
            let kind = legal::model::ProvisionKind::Article;
            served::provision(&format!("art_{number}"), kind, &number, None, text)
        });
    let text = legal::model::ActText {
        metadata: law,
        parts: vec![legal::model::Part {
            id: "main".to_owned(),
            opening: vec![served::para("Căn cứ Luật Đất đai số 31/2024/QH15;")],
            ..Default::default()
        }],
        provisions: provisions.collect(),
        ..Default::default()
    };
    served::put(served.kernel.site().db(), &text, "aa", true).await;
    let act = "/api/v1/acts/1-2024-qh15";
    let relations = json(&served, &format!("{act}/relations")).await;
    assert_eq!(relations["total"], 1, "{relations}");
    assert_eq!(relations["items"][0]["label"], "Căn cứ ban hành");
    assert_eq!(relations["items"][0]["act"], Value::Null);
    let citations = json(&served, &format!("{act}/citations")).await;
    let own = |one: &&Value| one["provision"] == "art_2";
    let items = citations["items"].as_array().expect("a list");
    assert_eq!(items.iter().filter(own).count(), 1, "{citations}");
    let back = json(&served, &format!("{act}/provisions/art_2/backlinks")).await;
    assert_eq!(
        back["items"][0]["provisions"],
        serde_json::json!(["art_1"]),
        "{back}"
    );
    assert_eq!(json(&served, &format!("{act}/definitions")).await["pages"], 1);
    assert_eq!(
        served.get(&format!("{act}/citations?page=2")).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        served.get(&format!("{act}/citations?page=x")).await.status,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn refusals_are_problem_documents() {
    let served = served::site("https://luat.example.vn", 0).await;
    for (path, status) in [
        ("/api/v1/acts?page=0", StatusCode::BAD_REQUEST),
        ("/api/v1/acts?kind=x", StatusCode::BAD_REQUEST),
        ("/api/v1/acts?on=2026-02-30", StatusCode::BAD_REQUEST),
        ("/api/v1/acts/khong-co", StatusCode::NOT_FOUND),
        ("/api/v1/acts/%FF", StatusCode::NOT_FOUND),
        ("/api/v1/acts/12-1999-qd-ub/text", StatusCode::NOT_FOUND),
        (
            "/api/v1/acts/91-2015-qh13/provisions/art_99",
            StatusCode::NOT_FOUND,
        ),
        (
            "/api/v1/acts/91-2015-qh13/text?language=fr",
            StatusCode::BAD_REQUEST,
        ),
    ] {
        let answer = served.get(path).await;
        assert_eq!(
            (answer.status, answer.content_type.as_str()),
            (status, "application/problem+json"),
            "{path}"
        );
        let problem: Value = serde_json::from_str(&answer.body).expect("JSON");
        assert_eq!(problem["status"], status.as_u16());
        assert!(
            problem["title"].as_str().is_some_and(|title| !title.is_empty()),
            "{path}"
        );
    }
}

/// `PHOLUAT_WRITE=1 cargo test -p pholuat-acts --test api` writes the file anew.
#[tokio::test]
async fn the_committed_description_is_current() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    let description = acts::api::description().expect("a description");
    if std::env::var_os("PHOLUAT_WRITE").is_some() {
        std::fs::write(&path, &description).expect("written");
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed == description,
        "docs/openapi.json is out of date; see the comment of this test"
    );
    let served = served::site("https://luat.example.vn", 0).await;
    assert_eq!(served.get("/api/openapi.json").await.body, description);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn generated_requests_find_no_failure() {
    let Some(python) = python("schemathesis", &["schemathesis==4.32.5"]) else {
        return println!("skipped: Schemathesis cannot be had");
    };
    let run = while_served(5, move |base| {
        let program = python.with_file_name("schemathesis");
        let checks =
            "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance";
        std::process::Command::new(program)
            .args([
                "run",
                "--no-color",
                "--max-examples=15",
                "--seed=1",
                "--checks",
                checks,
            ])
            .args(["--generation-deterministic", &format!("{base}/api/openapi.json")])
            .args(["--url", &base])
            .output()
            .expect("Schemathesis runs")
    });
    let run = run.await;
    let said = String::from_utf8_lossy(&run.stdout);
    let tail: Vec<&str> = said.lines().rev().take(60).collect();
    assert!(
        run.status.success(),
        "{}",
        tail.into_iter().rev().collect::<Vec<_>>().join("\n")
    );
}
