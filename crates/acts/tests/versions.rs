//! Amended acts: their versions, whatever the order in which everything came, on both engines.

use std::path::PathBuf;

use acts::model::{ActId, ListQuery};
use acts::store::{self, How, NewVersion, Pin};
use db::{Db, both_engines, changes};
use jiff::civil::{Date, date};
use legal::amend::{Portion, Reason};
use legal::consolidate::Change;
use legal::model::{ActKind, ActText, Block, Language, Part, PartKind};
use readers::Outcome;

mod amended;

use amended::{OF_BASE, article, base, decree, first, para, put, second};

async fn derived(db: &Db) -> Vec<String> {
    store::versions_catch_up(db, 100).await.expect("versions")
}

async fn words(db: &Db, act: ActId, id: &str, on: Date) -> String {
    let text = store::act_text(db, act, Language::Vi, on)
        .await
        .expect("text")
        .expect("a text");
    let one = text
        .provisions
        .iter()
        .find(|one| one.id == id)
        .expect("the provision");
    let paras = one.blocks.iter().filter_map(|block| match block {
        Block::Para(para) => Some(para.text.as_str()),
        _ => None,
    });
    paras.collect::<Vec<_>>().join(" ")
}

/// What stands, without the instants.
async fn standing(db: &Db, act: ActId) -> Vec<(Date, String)> {
    let all = store::versions(db, act).await.expect("versions");
    all.into_iter().map(|one| (one.valid_from, one.hash)).collect()
}

both_engines!(a_form_of_an_appendix_is_named_where_it_is_changed, |test| {
    let db = &test.db;
    let lines = ["Phụ lục I", "Mẫu số 01", "Họ và tên:", "Mẫu số 02", "Năm sinh:"];
    let mut with_forms = base();
    with_forms.parts.push(Part {
        id: "app_1".into(),
        kind: PartKind::Appendix,
        number: Some("I".into()),
        title: "Phụ lục I".into(),
        opening: lines.map(para).to_vec(),
        ..Part::default()
    });
    let (act, _) = put(db, &with_forms, "aa").await;
    let sentence = format!("Bãi bỏ Mẫu số 01 tại Phụ lục I ban hành kèm theo {OF_BASE}.");
    let day = date(2021, 5, 1);
    let provisions = vec![article("1", "Bãi bỏ biểu mẫu", &[&sentence])];
    let repeal = decree(
        "12/2021/NĐ-CP",
        "Bãi bỏ biểu mẫu",
        date(2021, 3, 1),
        day,
        provisions,
    );
    put(db, &repeal, "bb").await;
    derived(db).await;
    let changes = store::changes_of(db, act).await.expect("changes");
    let told: Vec<_> = changes
        .iter()
        .map(|one| {
            (
                one.provision.as_str(),
                one.piece.as_ref().map(Portion::words),
                one.how,
            )
        })
        .collect();
    let form = Some("Mẫu số 01".to_owned());
    assert_eq!(told, [("app_1", form, How::Changed(Change::Repealed))]);
    let text = store::act_text(db, act, Language::Vi, day)
        .await
        .expect("text")
        .expect("a text");
    let wanted = [
        "Phụ lục I",
        "Mẫu số 01",
        "(được bãi bỏ)",
        "Mẫu số 02",
        "Năm sinh:",
    ];
    let appendix = text
        .parts
        .iter()
        .find(|part| part.id == "app_1")
        .map(|part| part.opening.clone());
    assert_eq!(appendix, Some(wanted.map(para).to_vec()));
});

both_engines!(an_act_has_a_text_for_every_day, |test| {
    let db = &test.db;
    let (act, slug) = put(db, &base(), "aa").await;
    assert!(derived(db).await.is_empty(), "nothing amends it");
    put(db, &first(), "bb").await;
    let seq = changes::latest(db).await.expect("latest");
    assert_eq!(derived(db).await, [slug.as_str()]);
    let log = changes::since(db, seq, 100).await.expect("log");
    assert!(
        log.iter().any(|one| one.kind == "act" && one.key == slug),
        "{log:?}"
    );
    assert!(derived(db).await.is_empty(), "nothing is due twice");
    assert_eq!(
        words(db, act, "art_2", date(2021, 4, 30)).await,
        "Mức thu là 100 đồng."
    );
    assert_eq!(
        words(db, act, "art_2", date(2021, 5, 1)).await,
        "Mức thu là 200 đồng."
    );
    let passed = store::base_text(db, act, Language::Vi)
        .await
        .expect("text")
        .expect("a text");
    assert_eq!(passed.provisions, base().provisions, "the text as passed stays");
    let view = store::provision_view(db, act, Language::Vi, "art_2", date(2022, 1, 1))
        .await
        .expect("view");
    let view = view.expect("article 2");
    assert_eq!(view.subtree.len(), 1);
    assert_eq!(view.next.map(|one| one.number).as_deref(), Some("3"));
    let changes = store::changes_of(db, act).await.expect("changes");
    let told: Vec<_> = changes
        .iter()
        .map(|one| (one.provision.as_str(), one.how, one.valid_from))
        .collect();
    assert_eq!(
        told,
        [("art_2", How::Changed(Change::Amended), Some(date(2021, 5, 1)))]
    );
    assert_eq!(changes[0].place, "art_1");
    assert!(!changes[0].hash.is_empty());
});

both_engines!(the_order_of_arrival_changes_nothing, |test| {
    let db = &test.db;
    let (act, slug) = put(db, &base(), "aa").await;
    put(db, &second(), "cc").await;
    derived(db).await;
    assert!(standing(db, act).await.is_empty(), "the phrase is not there yet");
    let refused = store::changes_of(db, act).await.expect("changes");
    assert_eq!(refused[0].reason, Some(Reason::PhraseNotFound));
    // The earlier amendment comes late: what follows it is derived anew.
    put(db, &first(), "bb").await;
    assert_eq!(derived(db).await, [slug.as_str()]);
    assert_eq!(
        words(db, act, "art_2", date(2022, 5, 1)).await,
        "Mức thu là 300 đồng."
    );
    let both = standing(db, act).await;
    assert_eq!(both.len(), 2);
    // The same acts read anew give the same versions, and nothing is told.
    let seq = changes::latest(db).await.expect("latest");
    let known = store::versions(db, act).await.expect("versions");
    let mut again = first();
    again.metadata.field = Some("Tài chính".into());
    put(db, &again, "dd").await;
    derived(db).await;
    assert_eq!(store::versions(db, act).await.expect("versions"), known);
    let log = changes::since(db, seq, 100).await.expect("log");
    assert!(
        log.iter().all(|one| one.kind != "act" || one.key != slug),
        "{log:?}"
    );
});

both_engines!(an_amending_act_that_comes_first_waits, |test| {
    let db = &test.db;
    put(db, &first(), "bb").await;
    assert!(derived(db).await.is_empty());
    let (act, slug) = put(db, &base(), "aa").await;
    assert_eq!(derived(db).await, [slug]);
    assert_eq!(
        words(db, act, "art_2", date(2021, 5, 1)).await,
        "Mức thu là 200 đồng."
    );
});

both_engines!(a_text_that_names_its_amendments_is_not_amended_twice, |test| {
    let db = &test.db;
    put(db, &first(), "bb").await;
    let mut later = base();
    later.provisions[1].blocks = vec![
        para("Mức thu là 200 đồng."),
        para("Điều này được sửa đổi theo quy định tại Điều 1 Nghị định số 20/2021/NĐ-CP."),
    ];
    let (act, _) = put(db, &later, "aa").await;
    put(db, &second(), "cc").await;
    derived(db).await;
    let told = store::changes_of(db, act).await.expect("changes");
    let told: Vec<_> = told
        .iter()
        .map(|one| (one.by.slug.as_str(), one.how, one.reason))
        .collect();
    assert_eq!(
        told,
        [
            ("20-2021-nd-cp", How::Refused, Some(Reason::AlreadyIn)),
            ("30-2022-nd-cp", How::Changed(Change::Amended), None),
        ]
    );
    assert!(
        words(db, act, "art_2", date(2023, 1, 1))
            .await
            .starts_with("Mức thu là 300 đồng.")
    );
});

both_engines!(acts_that_amend_each_other_or_themselves_end, |test| {
    let db = &test.db;
    let mut own = base();
    own.provisions[2].blocks = vec![para("Bãi bỏ Điều 1 Nghị định số 20/2021/NĐ-CP.")];
    let mut other = first();
    other.provisions.push(article(
        "2",
        "Bãi bỏ",
        &["Bãi bỏ Điều 9 Nghị định số 20/2021/NĐ-CP."],
    ));
    put(db, &own, "aa").await;
    put(db, &other, "bb").await;
    derived(db).await;
    assert!(derived(db).await.is_empty());
});

both_engines!(the_log_tells_of_a_version_on_its_day, |test| {
    let db = &test.db;
    let (_, slug) = put(db, &base(), "aa").await;
    let mut coming = first();
    coming.metadata.in_force = Some(date(2090, 1, 1));
    put(db, &coming, "bb").await;
    derived(db).await;
    assert!(
        store::versions_begin(db, date(2089, 12, 31))
            .await
            .expect("begin")
            .is_empty()
    );
    assert_eq!(
        store::versions_begin(db, date(2090, 1, 1)).await.expect("begin"),
        [slug]
    );
    assert!(
        store::versions_begin(db, date(2090, 1, 2))
            .await
            .expect("begin")
            .is_empty()
    );
});

both_engines!(a_version_is_news_when_known_and_when_it_begins, |test| {
    let db = &test.db;
    put(db, &base(), "aa").await;
    let mut coming = first();
    coming.metadata.in_force = Some(date(2090, 1, 1));
    put(db, &coming, "bb").await;
    derived(db).await;
    let news = |on, per_page| {
        let query = ListQuery {
            per_page,
            ..ListQuery::on(on)
        };
        async move { store::versions_new(db, &query).await.expect("versions") }
    };
    let [known] = <[NewVersion; 1]>::try_from(news(date(2089, 12, 31), 50).await).expect("one");
    assert_eq!(
        (known.act.slug.as_str(), known.valid_from),
        ("10-2019-nd-cp", date(2090, 1, 1))
    );
    assert_eq!(known.known_first, known.known_from);
    assert_eq!(
        news(date(2090, 1, 1), 50).await.as_slice(),
        std::slice::from_ref(&known)
    );
    // Another text from the same day is the same piece of news, newer.
    let mut other = coming.clone();
    other.metadata.field = Some("Giá".into());
    if let Some(Block::Quote(quote)) = other.provisions[0].blocks.last_mut() {
        quote.blocks[1] = para("Mức thu là 250 đồng một người.");
    }
    put(db, &other, "ab").await;
    derived(db).await;
    let [again] = <[NewVersion; 1]>::try_from(news(date(2090, 1, 1), 50).await).expect("one");
    assert_eq!(
        (again.valid_from, again.known_first),
        (known.valid_from, known.known_first)
    );
    assert!(again.known_from > known.known_from);
    let kind = ListQuery {
        kind: Some(ActKind::Luat),
        ..ListQuery::on(date(2090, 1, 1))
    };
    assert!(store::versions_new(db, &kind).await.expect("versions").is_empty());
});

both_engines!(what_a_text_cites_is_told_when_it_changes, |test| {
    let db = &test.db;
    let (_, slug) = put(db, &base(), "aa").await;
    let mut tx = db.begin().await.expect("begin");
    let lines = ["Theo Điều 2 và Điều 1 Nghị định số 10/2019/NĐ-CP, mức thu đã rõ."];
    let cited = store::cited_law(&mut tx, &lines, date(2020, 6, 1))
        .await
        .expect("cited");
    tx.commit().await.expect("commit");
    let pins: Vec<Pin<'_>> = cited.iter().map(Pin::from).collect();
    let at = pins
        .iter()
        .position(|pin| pin.provision == "art_2")
        .expect("article 2");
    assert!(pins.iter().all(|pin| pin.act == slug));
    put(db, &first(), "bb").await;
    derived(db).await;
    let before = store::touched(db, &pins, date(2021, 4, 30))
        .await
        .expect("touched");
    assert_eq!(before, []);
    let after = store::touched(db, &pins, date(2021, 5, 1))
        .await
        .expect("touched");
    let told: Vec<_> = after
        .iter()
        .map(|one| (one.pin, one.since, one.by.as_ref().map(|by| by.slug.as_str())))
        .collect();
    assert_eq!(told, [(at, date(2021, 5, 1), Some("20-2021-nd-cp"))]);
});

/// A law with its six amending laws, as the ordinary reader reads them.
fn real_acts() -> Option<Vec<ActText>> {
    let shared = std::env::var_os("PHOLUAT_SHARED").map(PathBuf::from);
    let shared = shared.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"));
    let case = shared.join("data/consolidation/47-vbhn-vpqh-of-25-2008-qh12");
    let names = [
        "base.html",
        "amending-1.html",
        "amending-2.html",
        "amending-3.html",
        "amending-4.html",
    ];
    let more = ["amending-5.html", "amending-6.html"];
    let files = names.iter().chain(&more).map(|name| {
        let bytes = std::fs::read(case.join(name)).ok()?;
        let items = readers::read(name, &bytes).items;
        items.into_iter().find_map(|item| match item.outcome {
            Outcome::Act(text) => Some(*text),
            _ => None,
        })
    });
    files.collect()
}

both_engines!(real_acts_in_any_order_give_the_same_versions, |test| {
    let Some(mut acts) = real_acts() else {
        println!("skipped: no shared data on this machine");
        return;
    };
    let db = &test.db;
    let mut seen: Option<Vec<(Date, String)>> = None;
    // One database after another would be slow: the acts come again under other numbers instead,
    // each time in another order.
    for turn in 0..acts.len() {
        acts.rotate_left(1);
        if turn % 2 == 1 {
            acts.reverse();
        }
        let clean = db::testing::sqlite().await;
        let db = if turn == 0 { db } else { &clean.db };
        for (place, text) in acts.iter().enumerate() {
            put(db, text, &format!("{place:02}{turn:02}")).await;
            if (place + turn) % 3 == 0 {
                derived(db).await;
            }
        }
        derived(db).await;
        let act = store::act_by_slug(db, "25-2008-qh12")
            .await
            .expect("act")
            .expect("the law");
        let all = standing(db, act.id).await;
        assert!(all.len() >= 4, "{all:?}");
        match &seen {
            None => seen = Some(all),
            Some(first) => assert_eq!(first, &all, "turn {turn}"),
        }
    }
});
