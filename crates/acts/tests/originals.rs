//! Several originals of one act: one act, one standing text whatever the order, and what differs.

mod served;

use acts::compare;
use acts::model::Original;
use acts::store::{self, Put, act_put};
use db::{Db, both_engines};
use legal::compare::Difference;
use legal::model::{ActKind, ActText, Language, Metadata, ProvisionKind};

/// An act of these articles as one file gives it.
fn act(articles: &[(&str, &str)], title: Option<&str>) -> ActText {
    let mut metadata = served::named(ActKind::NghiDinh, "5/2020/NĐ-CP", "");
    metadata.title = title.map(str::to_owned);
    let provisions = articles.iter().map(|(number, text)| {
        served::provision(
            &format!("art_{number}"),
            ProvisionKind::Article,
            number,
            None,
            text,
        )
    });
    ActText {
        metadata: Metadata { ..metadata },
        parts: vec![legal::model::Part {
            id: "main".into(),
            ..Default::default()
        }],
        provisions: provisions.collect(),
        ..ActText::default()
    }
}

async fn put(db: &Db, text: &ActText, sha256: &str, format: &str) {
    let name = format!("van-ban.{format}");
    let put = Put {
        text,
        has_text: true,
        sha256,
        item: 0,
        file_name: &name,
        format,
        media_type: "application/octet-stream",
        size: 1,
        parser: "1",
        confidence: None,
    };
    let mut tx = db.begin().await.expect("begin");
    act_put(&mut tx, &put).await.expect("put");
    tx.commit().await.expect("commit");
}

/// The same act from three files: the second lacks an article, the third has another word.
fn files() -> [(ActText, &'static str, &'static str); 3] {
    let full = [("1", "“Đất” – tài nguyên"), ("2", "Hai"), ("3", "Ba bốn")];
    [
        (act(&full, Some("Quy định")), "a1", "html"),
        (
            act(&[("1", "\"Đất\" - tài nguyên"), ("2", "Hai")], None),
            "b2",
            "docx",
        ),
        (
            act(&[("1", "“Đất” – tài nguyên"), ("2", "Hái"), ("3", "Ba")], None),
            "c3",
            "pdf",
        ),
    ]
}

async fn originals(db: &Db) -> Vec<Original> {
    let act = store::act_by_slug(db, "5-2020-nd-cp")
        .await
        .expect("asked")
        .expect("act");
    compare::comparable(db, &act, Language::Vi)
        .await
        .expect("originals")
}

both_engines!(one_act_and_one_standing_text_whatever_the_order, |test| {
    let files = files();
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    for (round, order) in orders.into_iter().enumerate() {
        // Another number each round: one database for all orders.
        let number = format!("{}/2020/NĐ-CP", 100 + round);
        for at in order {
            let (text, sha, format) = &files[at];
            let mut text = text.clone();
            text.metadata.number = Some(number.clone());
            put(&test.db, &text, &format!("{sha}{round}"), format).await;
        }
        let slug = format!("{}-2020-nd-cp", 100 + round);
        let act = store::act_by_slug(&test.db, &slug)
            .await
            .expect("asked")
            .expect("one act");
        assert_eq!(act.title, "Quy định");
        let originals = compare::comparable(&test.db, &act, Language::Vi)
            .await
            .expect("originals");
        assert_eq!(originals.len(), 3);
        let standing = originals.iter().find(|one| one.stands).expect("one stands");
        assert_eq!(standing.format, "html", "order {order:?}");
        for (format, equal, expected) in [("docx", 2, "-art_3"), ("pdf", 1, "~art_2 ~art_3")] {
            let other = originals.iter().find(|one| one.format == format).expect("there");
            let pair = compare::pair(&test.db, &act, standing, other)
                .await
                .expect("asked")
                .expect("its text is kept");
            let (same, found) = pair.differences();
            assert_eq!(
                (same, said(&found).as_str()),
                (equal, expected),
                "{format}, order {order:?}"
            );
        }
    }
});

both_engines!(
    a_page_read_by_machine_gives_way_to_typed_text_whatever_the_order,
    |test| {
        // As long as the typed text, and first by its hash; but "trưòng", "ngưòi" are no words.
        let typed = [("1", "Trường hợp người lao động nghỉ việc"), ("2", "Hai")];
        let machine = [("1", "Trưòng hợp ngưòi lao động nghỉ việc"), ("2", "Hai")];
        for (round, page_first) in [true, false].into_iter().enumerate() {
            let number = format!("{}/2020/NĐ-CP", 200 + round);
            let named = |articles: &[(&str, &str)]| {
                let mut text = act(articles, None);
                text.metadata.number = Some(number.clone());
                text
            };
            let mut files = [(named(&machine), "a0", "html"), (named(&typed), "e9", "docx")];
            if !page_first {
                files.reverse();
            }
            for (text, sha, format) in &files {
                put(&test.db, text, &format!("{sha}{round}"), format).await;
            }
            let slug = format!("{}-2020-nd-cp", 200 + round);
            let act = store::act_by_slug(&test.db, &slug)
                .await
                .expect("asked")
                .expect("act");
            let all = compare::comparable(&test.db, &act, Language::Vi)
                .await
                .expect("originals");
            let standing = all.iter().find(|one| one.stands).map(|one| one.format.as_str());
            assert_eq!(standing, Some("docx"), "page first: {page_first}");
        }
    }
);

both_engines!(a_dump_with_running_heads_does_not_win_by_its_length, |test| {
    let text = [("1", "Đất là tài nguyên"), ("2", "Hai")];
    let dump = [
        ("1", "Đất là CÔNG BÁO/Số 1 + 2/Ngày 1-1-2020 tài nguyên"),
        ("2", "Hai"),
    ];
    put(&test.db, &act(&dump, None), "a1", "txt").await;
    put(&test.db, &act(&text, None), "b2", "pdf").await;
    let standing = |all: Vec<Original>| all.into_iter().find(|one| one.stands).map(|one| one.format);
    assert_eq!(standing(originals(&test.db).await).as_deref(), Some("pdf"));
    put(&test.db, &act(&text, None), "c3", "docx").await;
    put(&test.db, &act(&dump, None), "d4", "json").await;
    assert_eq!(standing(originals(&test.db).await).as_deref(), Some("docx"));
    put(
        &test.db,
        &act(&[text[0], text[1], ("3", "Ba")], None),
        "e5",
        "txt",
    )
    .await;
    assert_eq!(
        standing(originals(&test.db).await).as_deref(),
        Some("txt"),
        "articles count first"
    );
});

fn said(found: &[Difference<'_>]) -> String {
    let each = found.iter().map(|one| match one {
        Difference::Words(unit, _) => format!("~{}", unit.id),
        Difference::OnlyFirst(unit) => format!("-{}", unit.id),
        Difference::OnlySecond(unit) => format!("+{}", unit.id),
    });
    each.collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn the_page_lists_what_differs_and_is_bounded() {
    let served = served::empty("http://localhost").await;
    let db = served.kernel.site().db().clone();
    let numbers: Vec<String> = (1..=50).map(|number| number.to_string()).collect();
    let all = |word: &str| {
        let articles: Vec<(&str, String)> = numbers
            .iter()
            .map(|n| (n.as_str(), format!("Điều <{word}> {n}")))
            .collect();
        let articles: Vec<(&str, &str)> = articles.iter().map(|(n, text)| (*n, text.as_str())).collect();
        act(&articles, Some("Quy định"))
    };
    put(&db, &all("một"), "a1", "html").await;
    put(&db, &all("hai"), "b2", "docx").await;
    let slug = "5-2020-nd-cp";
    assert_eq!(originals(&db).await.len(), 2);
    let history = served.get(&format!("/van-ban/{slug}/lich-su")).await;
    let path = format!("/van-ban/{slug}/ban-goc/so-sanh");
    assert!(history.body.contains(&path), "{}", history.body);
    let page = served.get(&path).await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("50 điều khác nhau"), "{}", page.body);
    assert!(page.body.contains("noindex"));
    assert!(page.body.contains("&#60;một&#62;"), "{}", page.body);
    assert_eq!(page.body.matches("<section class=\"cmp\">").count(), 20);
    let last = served.get(&format!("{path}?trang=3")).await.body;
    assert_eq!(last.matches("<section class=\"cmp\">").count(), 10);
    for gone in ["?trang=4", "?tep=ff"] {
        assert_eq!(served.get(&format!("{path}{gone}")).await.status, 404, "{gone}");
    }
}
