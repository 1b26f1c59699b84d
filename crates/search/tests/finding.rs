//! What is found, and in which order.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::{Shelf, TODAY, ask, slugs};
use search::{Index, Query, Widened};

/// The act and the place of the very first piece.
async fn first(index: &Index, text: &str) -> String {
    let results = ask(index, text).await;
    let Some(group) = results.groups.first() else {
        return "nothing".into();
    };
    let place = group.pieces.first().map_or("", |piece| piece.card.path.as_str());
    format!("{}/{place}", group.act.slug)
}

#[tokio::test]
async fn an_act_is_found_by_its_number_in_any_spelling() {
    let index = Shelf::filled().await.index().await;
    for query in [
        "91/2015/QH13",
        "91 2015 qh13",
        "91-2015-QH13",
        "luật 91/2015",
        "Bộ luật số 91/2015/QH13",
    ] {
        assert_eq!(
            slugs(&index, query).await.first().unwrap(),
            "91-2015-qh13",
            "{query}"
        );
    }
    for query in [
        "100/2019/NĐ-CP",
        "nd 100/2019",
        "nđ100",
        "nghi dinh 100",
        "Nghị định số 100/2019/ND-CP",
    ] {
        assert_eq!(
            slugs(&index, query).await.first().unwrap(),
            "100-2019-nd-cp",
            "{query}"
        );
    }
    assert_eq!(slugs(&index, "7/qd-ubnd").await, ["07-qd-ubnd"]);
    assert!(slugs(&index, "999/2019/NĐ-CP").await.is_empty());
}

#[tokio::test]
async fn a_cited_article_comes_first() {
    let index = Shelf::filled().await.index().await;
    for query in [
        "điều 5 bộ luật dân sự",
        "dieu 5 bo luat dan su",
        "Điều 5 của Bộ luật Dân sự",
        "điều 5 91/2015/QH13",
    ] {
        assert_eq!(first(&index, query).await, "91-2015-qh13/dieu-5", "{query}");
    }
    assert_eq!(
        first(&index, "điểm b khoản 3 điều 6 nghị định 100").await,
        "100-2019-nd-cp/dieu-6"
    );
    assert_eq!(
        first(&index, "điều 5 quyết định 07/QĐ-UBND").await,
        "07-qd-ubnd/kem-theo-1/dieu-5"
    );
    assert_eq!(
        first(&index, "điều 5 tố tụng dân sự").await,
        "92-2015-qh13/dieu-5"
    );
}

#[tokio::test]
async fn a_name_brings_the_act_and_what_holds_comes_before_what_does_not() {
    let index = Shelf::filled().await.index().await;
    assert_eq!(
        slugs(&index, "bộ luật dân sự").await.first().unwrap(),
        "91-2015-qh13"
    );
    assert_eq!(
        slugs(&index, "luat dat dai").await[..2],
        ["31-2024-qh15", "45-2013-qh13"]
    );
    assert_eq!(
        slugs(&index, "luật đất đai 2013").await.first().unwrap(),
        "45-2013-qh13"
    );
    assert_eq!(first(&index, "điều 5 luật đất đai").await, "31-2024-qh15/dieu-5");
}

#[tokio::test]
async fn words_are_found_with_and_without_marks_composed_and_decomposed() {
    let index = Shelf::filled().await.index().await;
    let decomposed = "no\u{302}\u{300}ng d\u{323}o\u{302} co\u{302}\u{300}n"
        .replace("d\u{323}o\u{302}", "đo\u{323}\u{302}");
    for query in [
        "nồng độ cồn",
        "nong do con",
        "NỒNG ĐỘ CỒN",
        &decomposed,
        "nong độ con",
    ] {
        let results = ask(&index, query).await;
        assert_eq!(results.groups[0].act.slug, "100-2019-nd-cp", "{query}");
        assert_eq!((results.acts, results.pieces), (1, 2), "{query}");
        assert!(
            results.groups[0].pieces[0]
                .excerpt
                .iter()
                .any(|span| span.hit && span.text == "nồng độ cồn"),
            "{query}"
        );
    }
    // Đ and the place of the tone.
    assert_eq!(first(&index, "duong su").await, "92-2015-qh13/dieu-5");
    assert_eq!(first(&index, "đất hòa giải").await, "31-2024-qh15/dieu-9");
}

#[tokio::test]
async fn marks_are_exact_when_typed() {
    let index = Shelf::filled().await.index().await;
    let exact = ask(&index, "hương ước").await;
    assert_eq!((exact.groups.len(), exact.widened), (1, None));
    let wrong = ask(&index, "hướng ược").await;
    assert_eq!(wrong.widened, Some(Widened::Unmarked));
    assert_eq!(wrong.groups[0].act.slug, "31-2024-qh15");
    let partial = ask(&index, "tập quán vũ trụ").await;
    assert_eq!(partial.widened, Some(Widened::AnyWord));
}

#[tokio::test]
async fn anything_may_be_asked() {
    let index = Shelf::filled().await.index().await;
    let long = "luật ".repeat(10_000);
    for query in [
        "",
        " ",
        "\"",
        "body:* OR 1",
        "+(-[{^~*?:\\",
        "\u{0}\u{202e}",
        "🙂",
        "'; DROP TABLE acts; --",
        &long,
        "điều 99999999999999999999",
    ] {
        let results = ask(&index, query).await;
        assert!(results.groups.len() <= search::PER_PAGE);
    }
    let far = Query {
        page: usize::MAX,
        ..Query::new("luật", TODAY)
    };
    let results = index.search(far).await.unwrap();
    assert_eq!(results.page, results.pages);
    assert!(
        index
            .search(Query {
                page: 0,
                ..Query::new("luật", TODAY)
            })
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn an_abandoned_search_leaves_the_index_usable() {
    let index = Shelf::filled().await.index().await;
    for _ in 0..50 {
        let search = index.search(Query::new("quy định", TODAY));
        let _ = tokio::time::timeout(std::time::Duration::ZERO, search).await;
    }
    assert!(!slugs(&index, "quy định").await.is_empty());
}
