//! Every store function on both engines.

use acts::model::{ChangeToken, EventKind, ListQuery, Order};
use acts::store::{self, Put, PutOutcome, PutResult};
use db::{Db, both_engines, changes};
use jiff::civil::{Date, date};
use legal::model::{
    ActKind, ActText, Block, Claim, Finding, Language, Mending, Metadata, Para, Part, Provision,
    ProvisionKind,
};
use legal::validity::{Status, claimed_status, standing, status_on};

fn para(text: &str) -> Block {
    Block::Para(Para {
        text: text.into(),
        ..Para::default()
    })
}

fn provision(id: &str, kind: ProvisionKind, number: &str, parent: Option<&str>) -> Provision {
    Provision {
        id: id.into(),
        part: "main".into(),
        kind,
        number: number.into(),
        heading: (kind <= ProvisionKind::Article).then(|| format!("Tên {number}")),
        parent: parent.map(Into::into),
        blocks: vec![para(&format!("Nội dung {id} — đ"))],
        notes: vec![],
        heading_marks: vec![],
    }
}

/// A code of two articles, the second with a clause and a point.
fn code() -> ActText {
    use ProvisionKind::{Article, Chapter, Clause, Point};
    ActText {
        metadata: Metadata {
            kind: Some(ActKind::BoLuat),
            number: Some("91/2015/QH13".into()),
            issuers: vec!["Quốc hội".into()],
            issued: Some(date(2015, 11, 24)),
            in_force: Some(date(2017, 1, 1)),
            title: Some("Dân sự".into()),
            field: Some("Dân sự".into()),
            ..Metadata::default()
        },
        parts: vec![Part {
            id: "main".into(),
            title: "Bộ luật Dân sự".into(),
            opening: vec![para("Căn cứ Hiến pháp")],
            closing: vec![para("Bộ luật này đã được Quốc hội thông qua")],
            ..Part::default()
        }],
        provisions: vec![
            provision("chp_1", Chapter, "I", None),
            provision("art_1", Article, "1", Some("chp_1")),
            provision("art_2", Article, "2", Some("chp_1")),
            provision("art_2__clause_1", Clause, "1", Some("art_2")),
            provision("art_2__clause_1__point_dd", Point, "đ", Some("art_2__clause_1")),
            provision("art_2__clause_2", Clause, "2", Some("art_2")),
        ],
        warnings: vec![Finding {
            code: "article-gap".into(),
            message: "Thiếu Điều 3".into(),
            at: None,
        }],
        mendings: vec![Mending {
            code: "eth".into(),
            count: 2,
            example: "Ð → Đ".into(),
        }],
        ..ActText::default()
    }
}

fn decree(number: &str, issuer: &str, issued: Date, in_force: Option<Date>) -> ActText {
    let mut text = code();
    text.metadata = Metadata {
        kind: Some(ActKind::NghiDinh),
        number: Some(number.into()),
        issuers: vec![issuer.into()],
        issued: Some(issued),
        in_force,
        title: Some("Quy định chi tiết".into()),
        ..Metadata::default()
    };
    text
}

fn claim(field: &str, value: &str, seen: Option<Date>) -> Claim {
    Claim {
        field: field.into(),
        value: value.into(),
        source: "vbpl.vn".into(),
        seen,
    }
}

async fn put_as(db: &Db, text: &ActText, sha: &str, parser: &str, has_text: bool) -> PutResult {
    let mut tx = db.begin().await.expect("begin");
    let put = Put {
        text,
        has_text,
        sha256: sha,
        item: 0,
        file_name: "a.html",
        format: "html",
        media_type: "text/html; charset=utf-8",
        size: 10,
        parser,
        confidence: None,
    };
    let result = store::act_put(&mut tx, &put).await.expect("put");
    tx.commit().await.expect("commit");
    result
}

async fn put(db: &Db, text: &ActText, sha: &str) -> PutResult {
    put_as(db, text, sha, "1", true).await
}

const TODAY: Date = date(2026, 11, 23);

both_engines!(a_text_comes_back_as_it_went, |test| {
    let db = test.db;
    let mut text = code();
    text.metadata.claims = vec![claim("status", "Còn hiệu lực", Some(date(2026, 1, 2)))];
    let written = put(&db, &text, "aa").await;
    assert_eq!(
        (written.slug.as_str(), written.outcome),
        ("91-2015-qh13", PutOutcome::New)
    );
    let back = store::act_text(&db, written.act, Language::Vi, TODAY)
        .await
        .expect("text");
    assert_eq!(back, Some(text.clone()));
    let early = store::act_text(&db, written.act, Language::Vi, date(2016, 1, 1))
        .await
        .expect("text");
    assert_eq!(early.expect("as published").provisions, text.provisions);
    assert_eq!(
        store::act_text(&db, written.act, Language::En, TODAY)
            .await
            .expect("none"),
        None
    );
    let act = store::act_by_slug(&db, "91-2015-qh13")
        .await
        .expect("act")
        .expect("known");
    assert_eq!(act.status_on(TODAY), Status::InForce);
    assert_eq!(act.claimed_status.as_deref(), Some("Còn hiệu lực"));
    assert_eq!(act.issuers, ["Quốc hội"]);
    assert!(store::act_by_slug(&db, "khong-co").await.expect("none").is_none());
    let kept = store::claims(&db, act.id).await.expect("claims");
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].sha256, "aa");
});

both_engines!(importing_again_changes_nothing, |test| {
    let db = test.db;
    let text = code();
    put(&db, &text, "aa").await;
    let log = changes::latest(&db).await.expect("log");
    assert_eq!(put(&db, &text, "aa").await.outcome, PutOutcome::Unchanged);
    assert_eq!(
        put_as(&db, &text, "aa", "2", true).await.outcome,
        PutOutcome::Unchanged,
        "a newer reader, same text"
    );
    assert_eq!(changes::latest(&db).await.expect("log"), log);
    let act = store::act_by_slug(&db, "91-2015-qh13")
        .await
        .expect("act")
        .expect("known");
    let originals = store::originals(&db, act.id).await.expect("originals");
    assert_eq!((originals.len(), originals[0].parser.as_str()), (1, "2"));
    assert_eq!(store::events(&db, act.id).await.expect("events").len(), 1);
});

both_engines!(a_newer_reader_replaces_only_what_it_reads_otherwise, |test| {
    let db = test.db;
    let mut text = code();
    let written = put(&db, &text, "aa").await;
    text.provisions.remove(1);
    text.provisions[1].heading = Some("Tên mới".into());
    assert_eq!(
        put_as(&db, &text, "aa", "2", true).await.outcome,
        PutOutcome::Updated
    );
    let back = store::act_text(&db, written.act, Language::Vi, TODAY)
        .await
        .expect("text")
        .expect("kept");
    assert_eq!(back.provisions, text.provisions);
    let versions: i64 = db::sql("SELECT count(*) AS n FROM provision_versions WHERE known_until IS NOT NULL")
        .one(&db)
        .await
        .expect("row")
        .get("n")
        .expect("n");
    assert!((2..=6).contains(&versions), "closed, not deleted: {versions}");
    let events = store::events(&db, written.act).await.expect("events");
    assert_eq!(events.last().map(|one| one.kind), Some(EventKind::TextReplaced));
});

both_engines!(the_more_complete_text_stands_whatever_the_order, |test| {
    let db = test.db;
    let (full, mut poor) = (code(), code());
    poor.provisions.truncate(2);
    poor.metadata.issuers.clear();
    let mut other = code();
    other.metadata.number = Some("92/2015/QH13".into());
    let mut other_poor = poor.clone();
    other_poor.metadata.number = Some("92/2015/QH13".into());
    put(&db, &full, "f1").await;
    assert_eq!(put(&db, &poor, "p1").await.outcome, PutOutcome::Updated);
    put(&db, &other_poor, "p2").await;
    put(&db, &other, "f2").await;
    for (slug, sha) in [("91-2015-qh13", "f1"), ("92-2015-qh13", "f2")] {
        let act = store::act_by_slug(&db, slug).await.expect("act").expect("known");
        let originals = store::originals(&db, act.id).await.expect("originals");
        assert_eq!(originals.len(), 2, "one act, two originals");
        assert_eq!((originals[0].stands, originals[0].sha256.as_str()), (true, sha));
        assert!(!originals[1].stands);
        let text = store::act_text(&db, act.id, Language::Vi, TODAY)
            .await
            .expect("text")
            .expect("kept");
        assert_eq!(text.provisions.len(), 6);
        assert_eq!(act.issuers, ["Quốc hội"]);
    }
    assert_eq!(put(&db, &poor, "p1").await.outcome, PutOutcome::Unchanged);
});

both_engines!(a_translation_is_an_expression_of_the_same_act, |test| {
    let db = test.db;
    let mut english = code();
    english.language = Language::En;
    english.metadata.title = Some("Civil Code".into());
    english.metadata.issuers = vec!["The National Assembly".into()];
    let first = put(&db, &english, "en").await;
    let act = store::act_by_id(&db, first.act)
        .await
        .expect("act")
        .expect("known");
    assert!(act.translation_only && act.has_english);
    let second = put(&db, &code(), "vi").await;
    assert_eq!(first.act, second.act);
    let act = store::act_by_id(&db, first.act)
        .await
        .expect("act")
        .expect("known");
    assert_eq!(
        (act.title.as_str(), act.translation_only, act.has_english),
        ("Dân sự", false, true)
    );
    assert_eq!(act.issuers, ["Quốc hội"]);
    assert_eq!(act.languages(), [Language::Vi, Language::En]);
    for (language, title) in [(Language::Vi, "Dân sự"), (Language::En, "Civil Code")] {
        let text = store::act_text(&db, act.id, language, TODAY)
            .await
            .expect("text")
            .expect("kept");
        assert_eq!(text.metadata.title.as_deref(), Some(title));
    }
});

both_engines!(numbers_repeat_between_provinces, |test| {
    let db = test.db;
    let day = date(2020, 1, 2);
    let a = put(
        &db,
        &decree("05/2020/QĐ-UBND", "Ủy ban nhân dân tỉnh A", day, None),
        "a",
    )
    .await;
    let b = put(
        &db,
        &decree("05/2020/QĐ-UBND", "Ủy ban nhân dân tỉnh B", day, None),
        "b",
    )
    .await;
    assert_eq!(a.slug, "05-2020-qd-ubnd");
    assert_eq!(b.slug, "05-2020-qd-ubnd-uy-ban-nhan-dan-tinh-b");
    let found = store::acts_by_slugs(&db, &[a.slug, b.slug, "x".into()])
        .await
        .expect("acts");
    assert_eq!(found.len(), 2);
});

both_engines!(an_act_known_by_metadata_gets_its_text_later, |test| {
    let db = test.db;
    let mut page = code();
    (page.parts, page.provisions) = (vec![], vec![]);
    page.metadata.in_force = None;
    page.metadata.claims = vec![
        claim("in_force", "01/02/2017", Some(date(2020, 1, 1))),
        claim("expires", "2030-01-01", None),
    ];
    let first = put_as(&db, &page, "m", "1", false).await;
    let act = store::act_by_id(&db, first.act)
        .await
        .expect("act")
        .expect("known");
    assert!(!act.has_text && act.in_force_claimed && act.languages().is_empty());
    assert_eq!(
        (act.in_force, act.expires),
        (Some(date(2017, 2, 1)), Some(date(2030, 1, 1)))
    );
    assert_eq!(
        store::act_text(&db, first.act, Language::Vi, TODAY)
            .await
            .expect("none"),
        None
    );
    assert_eq!(put(&db, &code(), "t").await.act, first.act);
    let act = store::act_by_id(&db, first.act)
        .await
        .expect("act")
        .expect("known");
    assert_eq!(
        (act.has_text, act.in_force, act.in_force_claimed),
        (true, Some(date(2017, 1, 1)), false)
    );
    assert_eq!(act.expires, Some(date(2030, 1, 1)), "the claim stays");
});

both_engines!(lists_narrow_order_and_count, |test| {
    let db = test.db;
    put(&db, &code(), "c").await;
    for n in 1..=25_i8 {
        let in_force = (n % 3 != 0).then(|| date(2026, 11, n));
        let mut text = decree(
            &format!("{n}/2026/NĐ-CP"),
            "Chính phủ",
            date(2026, 10, n),
            in_force,
        );
        if n % 5 == 0 {
            text.metadata.claims = vec![claim("expires", &format!("2026-12-{n:02}"), None)];
        }
        put(&db, &text, &format!("d{n}")).await;
    }
    let all = ListQuery::on(TODAY);
    let page = store::act_list(
        &db,
        &ListQuery {
            page: 2,
            per_page: 10,
            ..all.clone()
        },
    )
    .await
    .expect("list");
    assert_eq!((page.total, page.pages, page.acts.len()), (26, 3, 10));
    assert_eq!(page.acts[0].number.as_deref(), Some("15/2026/NĐ-CP"));
    let kind = ListQuery {
        kind: Some(ActKind::BoLuat),
        ..all.clone()
    };
    assert_eq!(store::act_list(&db, &kind).await.expect("list").total, 1);
    let year = ListQuery {
        year: Some(2026),
        issuer: Some("chinh-phu".into()),
        ..all.clone()
    };
    assert_eq!(store::act_list(&db, &year).await.expect("list").total, 25);
    let field = ListQuery {
        field: Some("dan-su".into()),
        ..all.clone()
    };
    assert_eq!(store::act_list(&db, &field).await.expect("list").total, 1);
    let soon = ListQuery {
        order: Order::ComingIntoForce,
        ..all.clone()
    };
    let soon = store::act_list(&db, &soon).await.expect("list");
    assert_eq!(soon.acts[0].in_force, Some(date(2026, 11, 25)));
    let expiring = store::act_list(
        &db,
        &ListQuery {
            order: Order::Expiring,
            ..all.clone()
        },
    )
    .await
    .expect("list");
    assert_eq!(
        (expiring.total, expiring.acts[0].expires),
        (5, Some(date(2026, 12, 5)))
    );
    let far = ListQuery {
        page: u32::MAX,
        ..all.clone()
    };
    assert!(store::act_list(&db, &far).await.expect("list").acts.is_empty());
    let facets = store::facets(&db).await.expect("facets");
    assert_eq!(
        facets.kinds.iter().map(|one| one.count).collect::<Vec<_>>(),
        [1, 25]
    );
    assert_eq!(
        (facets.issuers[0].slug.as_str(), facets.issuers[0].count),
        ("chinh-phu", 25)
    );
    assert_eq!(facets.years[0].slug, "2026");
    let totals = store::acts_total(&db).await.expect("totals");
    assert_eq!((totals.acts, totals.with_text, totals.articles), (26, 26, 52));
});

both_engines!(the_state_in_a_list_is_the_state_on_a_page, |test| {
    let db = test.db;
    let days = [
        None,
        Some(date(2026, 11, 22)),
        Some(TODAY),
        Some(date(2026, 11, 24)),
    ];
    let said = [
        None,
        Some("Hết hiệu lực toàn bộ"),
        Some("Hết hiệu lực một phần"),
        Some("Còn hiệu lực"),
    ];
    let mut expected = Vec::new();
    for in_force in days {
        for expires in days {
            for status in said {
                let number = expected.len() + 1;
                let issued = date(2026, 1, 1);
                let mut text = decree(&format!("{number}/2026/NĐ-CP"), "Chính phủ", issued, in_force);
                let expires_claim = expires.map(|day| claim("expires", &day.to_string(), None));
                let status_claim = status.map(|words| claim("status", words, None));
                text.metadata.claims = expires_claim.into_iter().chain(status_claim).collect();
                put(&db, &text, &format!("s{number}")).await;
                expected.push(standing(
                    status_on(in_force, expires, TODAY),
                    status.and_then(claimed_status),
                ));
            }
        }
    }
    for status in [
        Status::Unknown,
        Status::NotYet,
        Status::InForce,
        Status::PartlyExpired,
        Status::Expired,
    ] {
        let query = ListQuery {
            status: Some(status),
            per_page: 100,
            ..ListQuery::on(TODAY)
        };
        let listed = store::act_list(&db, &query).await.expect("list");
        assert!(
            listed.acts.iter().all(|act| act.status_on(TODAY) == status),
            "{status:?}"
        );
        let count = expected.iter().filter(|one| **one == status).count() as u64;
        assert_eq!(listed.total, count, "{status:?}");
    }
});

both_engines!(changes_are_harvested_once_with_a_token, |test| {
    let db = test.db;
    for n in 1..=7 {
        put(
            &db,
            &decree(&format!("{n}/2026/NĐ-CP"), "Chính phủ", TODAY, None),
            &format!("h{n}"),
        )
        .await;
    }
    let (mut token, mut seen) = (ChangeToken::default(), Vec::new());
    loop {
        let page = store::acts_changed(&db, 0, i64::MAX, token, 3)
            .await
            .expect("changes");
        let Some(last) = page.last() else { break };
        token = ChangeToken {
            updated: last.updated,
            id: last.id.0,
        };
        seen.extend(page.into_iter().map(|act| act.slug));
    }
    assert_eq!(
        seen,
        (1..=7).map(|n| format!("{n}-2026-nd-cp")).collect::<Vec<_>>()
    );
    let newest = store::acts_new(&db, 2).await.expect("new");
    assert_eq!(newest[0].slug, "7-2026-nd-cp");
    assert_eq!(
        store::slugs_all(&db, "3-2026-nd-cp", 2).await.expect("slugs"),
        ["4-2026-nd-cp", "5-2026-nd-cp"]
    );
});

both_engines!(a_provision_is_seen_with_its_surroundings, |test| {
    let db = test.db;
    let act = put(&db, &code(), "aa").await.act;
    let ids = |list: &[Provision]| list.iter().map(|one| one.id.clone()).collect::<Vec<_>>();
    let view = store::provision_view(&db, act, Language::Vi, "art_2", TODAY)
        .await
        .expect("view")
        .expect("there");
    assert_eq!(ids(&view.ancestors), ["chp_1"]);
    let subtree = [
        "art_2",
        "art_2__clause_1",
        "art_2__clause_1__point_dd",
        "art_2__clause_2",
    ];
    assert_eq!(ids(&view.subtree), subtree);
    assert_eq!(view.previous.map(|one| one.id).as_deref(), Some("art_1"));
    assert!(view.next.is_none());
    let point = "art_2__clause_1__point_dd";
    let view = store::provision_view(&db, act, Language::Vi, point, TODAY)
        .await
        .expect("view")
        .expect("there");
    assert_eq!(ids(&view.ancestors), ["chp_1", "art_2", "art_2__clause_1"]);
    assert_eq!(view.subtree.len(), 1);
    let missing = store::provision_view(&db, act, Language::Vi, "art_9", TODAY)
        .await
        .expect("view");
    assert!(missing.is_none());
});

both_engines!(a_reader_that_repeats_an_id_loses_no_text, |test| {
    let db = test.db;
    let mut text = code();
    text.provisions
        .push(provision("art_1", ProvisionKind::Article, "1", Some("chp_1")));
    let act = put(&db, &text, "aa").await.act;
    let back = store::act_text(&db, act, Language::Vi, TODAY)
        .await
        .expect("text")
        .expect("kept");
    assert_eq!(back.provisions.len(), 7);
    assert_eq!(back.provisions[6].id, "art_1-2");
});
