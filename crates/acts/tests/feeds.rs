//! Feeds, sitemap, robots.txt, OpenSearch and downloads, as programs ask for them.

mod served;

use http::StatusCode;
use served::{Answer, Served, python, while_served};

const BASE: &str = "https://luat.example.vn";

async fn served() -> Served {
    served::site(BASE, 3).await
}

/// Fails on XML that is not well-formed; gives the texts of the elements named `name`.
fn texts(xml: &str, name: &str) -> Vec<String> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut found, mut inside) = (Vec::new(), false);
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(tag) if tag.name().as_ref() == name => {
                found.push(String::new());
                inside = true;
            }
            Event::End(tag) if tag.name().as_ref() == name => inside = false,
            Event::Text(text) if inside => {
                found.last_mut().expect("open").push_str(&text.xml10_content());
            }
            Event::GeneralRef(entity) if inside => {
                found
                    .last_mut()
                    .expect("open")
                    .push_str(&format!("&{};", entity.as_ref()));
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[tokio::test]
async fn feeds_tell_the_newest_acts_in_vietnamese() {
    let served = served().await;
    for (path, content_type, element) in [
        ("/cap-nhat.atom", "application/atom+xml; charset=utf-8", "title"),
        ("/cap-nhat.rss", "application/rss+xml; charset=utf-8", "title"),
    ] {
        let Answer {
            status,
            content_type: sent,
            body,
        } = served.get(path).await;
        assert_eq!((status, sent.as_str()), (StatusCode::OK, content_type));
        let titles = texts(&body, element);
        assert_eq!(titles.len(), 1 + 5, "{titles:?}");
        assert_eq!(titles[0], "Phổ Luật: văn bản pháp luật mới cập nhật");
        assert!(titles[1].contains("3/2020/NĐ-CP"), "newest first: {titles:?}");
        assert!(
            titles.iter().any(|title| title.contains("&lt;giá&gt; &amp; phí")),
            "{titles:?}"
        );
        assert!(body.contains("Chính phủ ban hành ngày 02/01/2020. Có hiệu lực từ ngày 01/03/2020."));
    }
    let feed: serde_json::Value =
        serde_json::from_str(&served.get("/cap-nhat.json").await.body).expect("JSON");
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["items"].as_array().map(Vec::len), Some(5));
    assert_eq!(
        feed["items"][0]["url"],
        "https://luat.example.vn/van-ban/3-2020-nd-cp"
    );
}

#[tokio::test]
async fn feeds_can_be_narrowed() {
    let served = served().await;
    let feed = served
        .get("/cap-nhat.atom?loai=bo-luat&co-quan=quoc-hoi&linh-vuc=dan-su")
        .await
        .body;
    let titles = texts(&feed, "title");
    assert_eq!(titles.len(), 2, "{titles:?}");
    assert!(titles[0].ends_with("(Bộ luật, Quốc hội, Dân sự)"), "{titles:?}");
    assert_eq!(
        served.get("/cap-nhat.atom?loai=luat").await.status,
        StatusCode::OK
    );
    for wrong in ["loai=khong-co", "co-quan=khong-co", "linh-vuc=%3Cb%3E"] {
        let answer = served.get(&format!("/cap-nhat.atom?{wrong}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test]
async fn the_sitemap_names_every_act() {
    let served = served().await;
    let index = served.get("/sitemap.xml").await.body;
    let parts = texts(&index, "loc");
    assert_eq!(
        parts,
        [
            "https://luat.example.vn/sitemap/chung.xml",
            "https://luat.example.vn/sitemap/0.xml"
        ]
    );
    let part = served.get("/sitemap/0.xml").await.body;
    let acts = texts(&part, "loc");
    assert_eq!(acts.len(), 5);
    assert!(acts.contains(&"https://luat.example.vn/van-ban/91-2015-qh13".to_owned()));
    assert_eq!(texts(&part, "lastmod").len(), 5);
    for missing in [
        "/sitemap/1.xml",
        "/sitemap/x.xml",
        "/sitemap/-1.xml",
        "/sitemap/0",
    ] {
        assert_eq!(
            served.get(missing).await.status,
            StatusCode::NOT_FOUND,
            "{missing}"
        );
    }
    for page in texts(&served.get("/sitemap/chung.xml").await.body, "loc") {
        let path = page.strip_prefix(BASE).expect("of this site");
        // The home page is that of the portal, above this room.
        if path == "/" {
            continue;
        }
        assert_eq!(served.get(path).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn robots_and_search_are_described() {
    let served = served().await;
    let robots = served.get("/robots.txt").await.body;
    assert!(
        robots.ends_with("Sitemap: https://luat.example.vn/sitemap.xml\n"),
        "{robots}"
    );
    let search = served.get("/opensearch.xml").await.body;
    assert_eq!(texts(&search, "ShortName"), ["Phổ Luật"]);
    assert!(search.contains("template=\"https://luat.example.vn/tim?q={searchTerms}\""));
}

#[tokio::test]
async fn acts_can_be_had_as_files() {
    let served = served().await;
    for (extension, start) in [
        ("xml", "<?xml"),
        ("json", "{\"format\":\"pholuat-act/1\""),
        ("docx", "PK"),
        ("epub", "PK"),
    ] {
        let answer = served.get(&format!("/van-ban/91-2015-qh13.{extension}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{extension}");
        assert!(answer.body.starts_with(start), "{extension}");
    }
    assert_eq!(
        served.get("/van-ban/12-1999-qd-ub.xml").await.status,
        StatusCode::OK
    );
    for missing in ["91-2015-qh13.pdf", "khong-co.xml", "12-1999-qd-ub.docx"] {
        let answer = served.get(&format!("/van-ban/{missing}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{missing}");
    }
}

const PARSE: &str = r#"
import sys, feedparser
for name in ("atom", "rss"):
    feed = feedparser.parse(sys.argv[1] + "/cap-nhat." + name)
    assert not feed.bozo, (name, feed.bozo_exception)
    assert len(feed.entries) == 5, (name, len(feed.entries))
    entry = feed.entries[0]
    assert entry.title and entry.link and entry.id and entry.updated_parsed or entry.published_parsed, entry
print("ok")
"#;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_public_library_reads_the_feeds() {
    let Some(python) = python("feedparser", &["feedparser==6.0.14"]) else {
        return println!("skipped: feedparser cannot be had");
    };
    let run = while_served(3, move |base| {
        std::process::Command::new(python)
            .args(["-c", PARSE, &base])
            .output()
            .expect("Python runs")
    });
    let run = run.await;
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}
