//! Citations, relations and definitions in the store, on both engines.

use acts::model::ActId;
use acts::store::{self, Goal, Put, Side};
use db::{Db, both_engines, changes};
use jiff::civil::{Date, date};
use legal::model::{ActKind, ActText, Block, Metadata, Para, Part, Provision, ProvisionKind};
use legal::relations::RelationKind;

fn para(text: &str) -> Block {
    Block::Para(Para {
        text: text.into(),
        ..Para::default()
    })
}

fn article(number: &str, heading: &str, texts: &[&str]) -> Provision {
    Provision {
        id: format!("art_{number}"),
        part: "main".into(),
        kind: ProvisionKind::Article,
        number: number.into(),
        heading: Some(heading.into()),
        parent: None,
        blocks: texts.iter().map(|text| para(text)).collect(),
        notes: vec![],
        heading_marks: vec![],
    }
}

fn clause(article: &str, number: &str, text: &str) -> Provision {
    Provision {
        id: format!("art_{article}__clause_{number}"),
        kind: ProvisionKind::Clause,
        number: number.into(),
        heading: None,
        parent: Some(format!("art_{article}")),
        ..self::article(article, "", &[text])
    }
}

fn act(
    kind: ActKind,
    number: &str,
    title: &str,
    issued: Date,
    opening: &str,
    provisions: Vec<Provision>,
) -> ActText {
    ActText {
        metadata: Metadata {
            kind: Some(kind),
            number: Some(number.into()),
            issuers: vec![
                if kind == ActKind::Luat {
                    "Quốc hội"
                } else {
                    "Chính phủ"
                }
                .into(),
            ],
            issued: Some(issued),
            title: Some(title.into()),
            ..Metadata::default()
        },
        parts: vec![Part {
            id: "main".into(),
            opening: vec![para(opening)],
            ..Part::default()
        }],
        provisions,
        ..ActText::default()
    }
}

/// A decree that names the land law of 2013 by number and date, then by name alone.
fn decree() -> ActText {
    let provisions = vec![
        article(
            "1",
            "Phạm vi điều chỉnh",
            &["Nghị định này quy định chi tiết khoản 1 Điều 2 Luật Đất đai."],
        ),
        article(
            "2",
            "Giải thích từ ngữ",
            &["Trong Nghị định này, các từ ngữ dưới đây được hiểu như sau:"],
        ),
        clause(
            "2",
            "1",
            "Hồ sơ điện tử là hồ sơ lập theo Điều 1 của Nghị định này.",
        ),
        article(
            "3",
            "Áp dụng",
            &["Thực hiện theo Điều 9 Luật Đất đai và Điều 99 của Nghị định này."],
        ),
    ];
    let bases = "Căn cứ Luật Đất đai số 45/2013/QH13 ngày 29 tháng 11 năm 2013;";
    act(
        ActKind::NghiDinh,
        "43/2014/NĐ-CP",
        "Quy định chi tiết",
        date(2014, 5, 15),
        bases,
        provisions,
    )
}

fn land_law(number: &str, issued: Date) -> ActText {
    let provisions = vec![
        article("1", "Phạm vi", &["Luật này quy định về đất đai."]),
        article("2", "Đối tượng", &[]),
        clause("2", "1", "Cơ quan nhà nước."),
    ];
    act(
        ActKind::Luat,
        number,
        "Đất đai",
        issued,
        "Căn cứ Hiến pháp;",
        provisions,
    )
}

async fn put(db: &Db, text: &ActText, sha: &str) -> (ActId, String) {
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
        parser: "1",
        confidence: None,
    };
    let put = store::act_put(&mut tx, &put).await.expect("put");
    tx.commit().await.expect("commit");
    (put.act, put.slug)
}

async fn goals(db: &Db, act: ActId, place: &str) -> Vec<Goal> {
    let links = store::links(db, act, Some(place)).await.expect("links");
    links.into_iter().map(|link| link.goal).collect()
}

fn other(slug: &str, provision: &str) -> Goal {
    Goal::Other {
        slug: slug.into(),
        provision: provision.into(),
        sure: true,
    }
}

/// Keys of one kind in the change log after `seq`.
async fn logged(db: &Db, seq: i64, kind: &str) -> Vec<String> {
    let all = changes::since(db, seq, 1_000).await.expect("log");
    all.into_iter()
        .filter(|one| one.kind == kind)
        .map(|one| one.key)
        .collect()
}

both_engines!(a_citation_waits_for_its_act_and_finds_it, |test| {
    let db = &test.db;
    let (decree_id, decree_slug) = put(db, &decree(), "aa").await;
    assert!(goals(db, decree_id, "art_1").await.contains(&Goal::Unknown));
    // Another law of the same name is not the one that the legal bases name.
    let before = changes::latest(db).await.expect("latest");
    put(db, &land_law("13/2003/QH11", date(2003, 11, 26)), "bb").await;
    let (law, slug) = put(db, &land_law("45/2013/QH13", date(2013, 11, 29)), "cc").await;
    assert!(
        goals(db, decree_id, "art_1")
            .await
            .contains(&other(&slug, "art_2__clause_1"))
    );
    assert_eq!(goals(db, decree_id, "main").await, [other(&slug, "")]);
    // Files name it as pages do: the law meant, with its provision, wherever it is cited.
    let act = store::act_by_id(db, decree_id).await.expect("act").expect("kept");
    let named = acts::downloads::named(db, &act, date(2015, 1, 1))
        .await
        .expect("named");
    let said = named
        .iter()
        .map(|one| (one.at.as_str(), one.act.slug.as_str(), one.provision.as_str()));
    assert_eq!(
        said.collect::<Vec<_>>(),
        [("main", slug.as_str(), ""), ("art_1", &slug, "art_2__clause_1")]
    );
    assert!(
        logged(db, before, "links").await.contains(&decree_slug),
        "its pages are made anew"
    );
    let cited = store::backlinks(db, law, "art_2", 1, 10)
        .await
        .expect("backlinks");
    assert_eq!((cited.total, cited.groups.len()), (1, 1));
    assert_eq!(
        (cited.groups[0].act.id, cited.groups[0].places.clone()),
        (decree_id, vec!["art_1".to_owned()])
    );
});

both_engines!(what_an_act_does_not_have_is_no_link, |test| {
    let db = &test.db;
    put(db, &land_law("45/2013/QH13", date(2013, 11, 29)), "cc").await;
    let (id, _) = put(db, &decree(), "aa").await;
    let missing = goals(db, id, "art_3").await;
    assert_eq!(
        missing,
        [Goal::Missing, Goal::Missing],
        "neither act has such an article"
    );
    assert!(goals(db, id, "art_2").await.contains(&Goal::Own("art_1".into())));
});

both_engines!(a_changed_text_replaces_what_it_said, |test| {
    let db = &test.db;
    let (law, slug) = put(db, &land_law("45/2013/QH13", date(2013, 11, 29)), "cc").await;
    let (id, decree_slug) = put(db, &decree(), "aa").await;
    let before = changes::latest(db).await.expect("latest");
    let mut longer = decree();
    longer.provisions[0] = article("1", "Phạm vi điều chỉnh", &["Nghị định này quy định về hồ sơ."]);
    longer.provisions.push(article(
        "4",
        "Hiệu lực",
        &["Có hiệu lực từ ngày ký ban hành văn bản này."],
    ));
    put(db, &longer, "dd").await;
    assert!(goals(db, id, "art_1").await.is_empty());
    let cited = store::backlinks(db, law, "art_2", 1, 10)
        .await
        .expect("backlinks");
    assert_eq!(cited.total, 0);
    assert!(
        logged(db, before, "cited").await.contains(&slug),
        "its backlinks are made anew"
    );
    // A change of the law reaches the pages that link to it.
    let before = changes::latest(db).await.expect("latest");
    let mut fuller = land_law("45/2013/QH13", date(2013, 11, 29));
    fuller
        .provisions
        .push(article("9", "Thêm", &["Điều này đọc được từ bản đầy đủ."]));
    put(db, &fuller, "ee").await;
    assert_eq!(logged(db, before, "links").await, [decree_slug]);
    assert!(goals(db, id, "art_3").await.contains(&other(&slug, "art_9")));
});

both_engines!(relations_are_seen_from_both_sides, |test| {
    let db = &test.db;
    let (id, _) = put(db, &decree(), "aa").await;
    let waiting = store::relations(db, id, Side::Acting).await.expect("relations");
    let bases = waiting
        .iter()
        .find(|one| one.kind == RelationKind::Bases)
        .expect("a legal basis");
    assert!(
        bases.act.is_none() && bases.label.contains("45/2013/QH13"),
        "{bases:?}"
    );
    assert!(bases.evidence.contains("Luật Đất đai"), "{bases:?}");
    let (law, _) = put(db, &land_law("45/2013/QH13", date(2013, 11, 29)), "cc").await;
    let passive = store::relations(db, law, Side::Suffering)
        .await
        .expect("relations");
    let bases = passive
        .iter()
        .find(|one| one.kind == RelationKind::Bases)
        .expect("seen from the law");
    assert_eq!(bases.act.as_ref().map(|act| act.id), Some(id));
});

both_engines!(defined_words_stand_in_the_glossary, |test| {
    let db = &test.db;
    let (id, _) = put(db, &decree(), "aa").await;
    let own = store::definitions(db, id).await.expect("definitions");
    let word = own
        .iter()
        .find(|one| one.term == "Hồ sơ điện tử")
        .expect("defined");
    assert_eq!(
        (word.place.as_str(), word.scope.as_str()),
        ("art_2__clause_1", "main")
    );
    assert_eq!(
        store::glossary_letters(db).await.expect("letters"),
        [("H".to_owned(), 1)]
    );
    for (letter, sought, found) in [
        ("H", "", 1),
        ("K", "", 0),
        ("", "ho so", 1),
        ("", "hồ sơ", 1),
        ("", "hố sơ", 0),
        ("", "%", 0),
    ] {
        let terms = store::glossary_terms(db, letter, sought).await.expect("terms");
        assert_eq!(terms.len(), found, "{letter} {sought}");
    }
    let keys = ["hồ sơ điện tử".to_owned()];
    let meanings = store::meanings(db, &keys).await.expect("meanings");
    assert!(
        matches!(&meanings[..], [(_, defined, act)] if act.id == id && defined.body.contains("hồ sơ lập theo"))
    );
});

both_engines!(what_was_lost_is_derived_again, |test| {
    let db = &test.db;
    put(db, &land_law("45/2013/QH13", date(2013, 11, 29)), "cc").await;
    let (id, slug) = put(db, &decree(), "aa").await;
    let links = store::links(db, id, None).await.expect("links");
    assert_eq!(store::links_catch_up(db, 100).await.expect("nothing to do"), 0);
    let mut tx = db.begin().await.expect("begin");
    for table in [
        "linked",
        "act_names",
        "citations",
        "mentions",
        "relations",
        "definitions",
    ] {
        db::sql(format!("DELETE FROM {table}"))
            .run(&mut tx)
            .await
            .expect("deleted");
    }
    tx.commit().await.expect("commit");
    let before = changes::latest(db).await.expect("latest");
    assert_eq!(store::links_catch_up(db, 1).await.expect("one"), 1);
    assert_eq!(store::links_catch_up(db, 100).await.expect("the rest"), 1);
    assert_eq!(store::links(db, id, None).await.expect("links"), links);
    assert!(logged(db, before, "links").await.contains(&slug));
});
