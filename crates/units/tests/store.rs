//! Units in the database and what officers do with them, on both engines.

use db::{Db, both_engines, changes};
use jiff::civil::{Date, date};
use units::heirs::Fraction;
use units::model::{Basis, Contact, Event, Kind, Name, PerMille, Shares, State, UnitId};
use units::reorganise::{self, Refusal};
use units::store::{self, Place, Via};

const OLD: Date = date(2025, 6, 30);
const NEW: Date = date(2025, 7, 1);

fn state(full: &str, kind: (&str, &str), parent: Option<UnitId>) -> State {
    State {
        name: Name::of(full, kind.1, None),
        kind: kind.0.into(),
        parent,
        code: None,
    }
}

const PROVINCE: (&str, &str) = ("province", "Tỉnh");
const COMMUNE: (&str, &str) = ("commune", "Xã");

fn basis() -> Basis {
    Basis {
        text: "Nghị quyết số 202/2025/QH15".into(),
        number: Some("202/2025/QH15".into()),
        act: Some("202-2025-qh15".into()),
    }
}

/// Two provinces with two communes each; the numbers of all.
async fn fill(db: &Db) -> [UnitId; 6] {
    let mut tx = db.begin().await.expect("begin");
    assert!(store::kinds_ensure(&mut tx).await.expect("kinds"));
    assert!(!store::kinds_ensure(&mut tx).await.expect("kinds"));
    let mut ids = Vec::new();
    for (full, kind, parent) in [
        ("Tỉnh Hà Giang", PROVINCE, None),
        ("Tỉnh Tuyên Quang", PROVINCE, None),
        ("Xã Hòa Phú", COMMUNE, Some(0)),
        ("Xã Tân Thành", COMMUNE, Some(0)),
        ("Xã Tân Thành", COMMUNE, Some(1)),
        ("Xã Tân Thạnh", COMMUNE, Some(1)),
    ] {
        let parent = parent.map(|at: usize| ids[at]);
        let made = reorganise::create(&mut tx, None, None, state(full, kind, parent)).await;
        ids.push(made.expect("created"));
    }
    tx.commit().await.expect("commit");
    ids.try_into().expect("six")
}

async fn slug(db: &Db, unit: UnitId) -> String {
    store::unit(db, unit).await.expect("read").expect("known").slug
}

both_engines!(addresses_are_readable_and_apart, |test| {
    let ids = fill(&test.db).await;
    let mut slugs = Vec::new();
    for id in ids {
        slugs.push(slug(&test.db, id).await);
    }
    assert_eq!(slugs[0], "tinh-ha-giang");
    assert_eq!(
        slugs[3..],
        [
            "xa-tan-thanh",
            "xa-tan-thanh-tuyen-quang",
            "xa-tan-thanh-tuyen-quang-2"
        ]
    );
    let mut tx = test.db.begin().await.expect("begin");
    reorganise::readdress(&mut tx, ids[2], "hoa-phu")
        .await
        .expect("moved");
    let taken = reorganise::readdress(&mut tx, ids[3], "xa-hoa-phu").await;
    assert!(
        matches!(taken, Err(Refusal::SlugTaken(_))),
        "old addresses stay taken"
    );
    let odd = reorganise::readdress(&mut tx, ids[3], "Hòa/Phú").await;
    assert!(matches!(odd, Err(Refusal::Name)));
    tx.commit().await.expect("commit");
    let old = store::unit_at(&test.db, "xa-hoa-phu").await.expect("read");
    assert!(matches!(old, Some(Place::Moved(to)) if to == "hoa-phu"));
    let mut tx = test.db.begin().await.expect("begin");
    reorganise::readdress(&mut tx, ids[2], "xa-hoa-phu")
        .await
        .expect("back");
    tx.commit().await.expect("commit");
    let here = store::unit_at(&test.db, "xa-hoa-phu").await.expect("read");
    assert!(matches!(here, Some(Place::Here(unit)) if unit.id == ids[2]));
    assert!(
        store::unit_at(&test.db, "khong-co")
            .await
            .expect("read")
            .is_none()
    );
});

both_engines!(a_merger_ends_what_came_in_and_everything_follows, |test| {
    let ids = fill(&test.db).await;
    let db = &test.db;
    let before = changes::latest(db).await.expect("log");
    let mut tx = db.begin().await.expect("begin");
    let since = Some(NEW);
    let new = reorganise::create(
        &mut tx,
        Some("tuyen-quang"),
        since,
        state("Tỉnh Tuyên Quang", PROVINCE, None),
    )
    .await
    .expect("new");
    for commune in &ids[2..] {
        reorganise::move_to(&mut tx, *commune, NEW, Some(new), basis())
            .await
            .expect("moved");
    }
    reorganise::merge(&mut tx, vec![ids[0], ids[1]], new, NEW, basis())
        .await
        .expect("merged");
    tx.commit().await.expect("commit");

    assert_eq!(store::children(db, Some(new), NEW).await.expect("read").len(), 4);
    assert_eq!(
        store::children(db, Some(ids[0]), OLD).await.expect("read").len(),
        2
    );
    assert!(
        store::children(db, Some(ids[0]), NEW)
            .await
            .expect("read")
            .is_empty()
    );
    assert_eq!(store::children(db, None, NEW).await.expect("read").len(), 1);
    let itself = store::current(db, ids[0], OLD).await.expect("read");
    assert_eq!((itself[0].unit, itself[0].via), (ids[0], Via::Itself));
    let heir = store::current(db, ids[0], NEW).await.expect("read");
    assert_eq!(heir.len(), 1);
    assert_eq!(
        (heir[0].slug.as_str(), heir[0].via, heir[0].part),
        ("tuyen-quang", Via::Succession, Some(Fraction::WHOLE))
    );
    let told = store::successions_of(db, ids[1]).await.expect("read");
    assert_eq!(
        (told.len(), told[0].event, told[0].passes.len()),
        (1, Event::Merged, 2)
    );
    assert_eq!(told[0].basis, basis());
    assert_eq!(store::structure_break(db).await.expect("read"), Some(NEW));
    let keys: Vec<String> = changes::since(db, before, 100)
        .await
        .expect("log")
        .into_iter()
        .map(|c| c.key)
        .collect();
    assert!(
        ["tinh-ha-giang", "tinh-tuyen-quang", "tuyen-quang"]
            .iter()
            .all(|slug| keys.iter().any(|key| key == slug))
    );
    let tree = store::tree(db).await.expect("read");
    assert!(tree.faults().is_empty());
});

both_engines!(a_split_passes_shares_and_unknown_ones_stay_so, |test| {
    let ids = fill(&test.db).await;
    let db = &test.db;
    let mut tx = db.begin().await.expect("begin");
    let share = |unit, share| (unit, PerMille::new(share).expect("in range"));
    let known = Shares::known(vec![share(ids[3], 250), share(ids[4], 750)]).expect("whole");
    reorganise::split(&mut tx, ids[2], known, NEW, basis())
        .await
        .expect("split");
    let unknown = Shares::unknown(vec![ids[3], ids[4]], Some(ids[3])).expect("heirs");
    reorganise::split(&mut tx, ids[5], unknown, NEW, basis())
        .await
        .expect("split");
    tx.commit().await.expect("commit");
    let heirs = store::current(db, ids[2], NEW).await.expect("read");
    assert_eq!(
        (heirs[0].unit, heirs[0].main, heirs[1].main),
        (ids[4], true, false)
    );
    assert_eq!(heirs[0].part.map(Fraction::terms), Some((3, 4)));
    let heirs = store::current(db, ids[5], NEW).await.expect("read");
    assert_eq!((heirs[0].unit, heirs[0].part, heirs.len()), (ids[3], None, 2));
    // Both heirs existed before: they stem from themselves as well.
    let passages = store::passages(db).await.expect("read");
    let origins: Vec<UnitId> = passages
        .origins(ids[3], NEW, OLD)
        .into_iter()
        .map(|o| o.0)
        .collect();
    assert_eq!(origins, [ids[2], ids[3], ids[5]]);
});

both_engines!(
    an_ended_unit_without_heir_is_answered_for_by_the_one_above,
    |test| {
        let ids = fill(&test.db).await;
        let db = &test.db;
        let mut tx = db.begin().await.expect("begin");
        reorganise::abolish(&mut tx, ids[2], date(2024, 1, 1), basis())
            .await
            .expect("abolished");
        reorganise::move_to(&mut tx, ids[3], NEW, Some(ids[1]), basis())
            .await
            .expect("moved");
        reorganise::merge(&mut tx, vec![ids[0]], ids[1], NEW, basis())
            .await
            .expect("merged");
        tx.commit().await.expect("commit");
        let above = store::current(db, ids[2], date(2024, 2, 1)).await.expect("read");
        assert_eq!((above[0].unit, above[0].via), (ids[0], Via::Above));
        let above = store::current(db, ids[2], NEW).await.expect("read");
        assert_eq!(
            (above.len(), above[0].unit, above[0].via),
            (1, ids[1], Via::Above)
        );
        assert!(
            store::current(db, UnitId::of(99), NEW)
                .await
                .expect("read")
                .is_empty()
        );
    }
);

both_engines!(what_would_break_the_tree_is_refused, |test| {
    let ids = fill(&test.db).await;
    let db = &test.db;
    let mut tx = db.begin().await.expect("begin");
    let orphans = reorganise::abolish(&mut tx, ids[0], NEW, basis()).await;
    assert!(matches!(orphans, Err(Refusal::Tree(_))), "{orphans:?}");
    tx.rollback().await.expect("rollback");
    let mut tx = db.begin().await.expect("begin");
    let circle = reorganise::move_to(&mut tx, ids[0], NEW, Some(ids[2]), basis()).await;
    assert!(matches!(circle, Err(Refusal::Tree(_))), "{circle:?}");
    tx.rollback().await.expect("rollback");
    let mut tx = db.begin().await.expect("begin");
    let kind = reorganise::rename(
        &mut tx,
        ids[2],
        NEW,
        Name::of("Phường Hòa Phú", "Phường", None),
        "x",
        basis(),
    )
    .await;
    assert!(matches!(kind, Err(Refusal::Kind(_))));
    reorganise::rename(
        &mut tx,
        ids[2],
        NEW,
        Name::of("Phường Hòa Phú", "Phường", None),
        "ward",
        basis(),
    )
    .await
    .expect("renamed");
    let early = reorganise::rename(
        &mut tx,
        ids[2],
        OLD,
        Name::of("Xã B", "Xã", None),
        "commune",
        basis(),
    )
    .await;
    assert!(matches!(early, Err(Refusal::Time(_))), "{early:?}");
    tx.rollback().await.expect("rollback");
    let mut tx = db.begin().await.expect("begin");
    reorganise::merge(&mut tx, vec![ids[2]], ids[3], NEW, basis())
        .await
        .expect("merged");
    let twice = reorganise::merge(&mut tx, vec![ids[2]], ids[4], NEW, basis()).await;
    assert!(twice.is_err());
});

both_engines!(names_are_found_with_and_without_marks_old_ones_too, |test| {
    let ids = fill(&test.db).await;
    let db = &test.db;
    let mut tx = db.begin().await.expect("begin");
    reorganise::rename(
        &mut tx,
        ids[2],
        NEW,
        Name::of("Phường Mỹ Lâm", "Phường", None),
        "ward",
        basis(),
    )
    .await
    .expect("renamed");
    tx.commit().await.expect("commit");
    let find = async |words: &str| {
        let (found, total) = store::unit_search(db, words, NEW, 10, 0).await.expect("read");
        (found.iter().map(|one| one.id).collect::<Vec<_>>(), total)
    };
    assert_eq!(find("tan thanh").await.1, 3);
    assert_eq!(find("Tân Thạnh").await.0, [ids[5]]);
    assert_eq!(
        find("hoà phú").await.0,
        [ids[2]],
        "the old name, in the other spelling"
    );
    assert_eq!(find("MY LAM").await.0, [ids[2]]);
    assert_eq!(find("tuyen quang").await.0[0], ids[1]);
    assert_eq!(
        find("tuyên quáng").await.0[0],
        ids[1],
        "marks that nothing has are let go"
    );
    for odd in ["%", "_", "\\", "", "'; drop", "\u{0}"] {
        assert_eq!(find(odd).await.1, 0, "{odd:?}");
    }
    let (one, total) = store::unit_search(db, "tan thanh", NEW, 1, 2)
        .await
        .expect("read");
    assert_eq!(
        (one.len(), total, one[0].parent.as_deref()),
        (1, 3, Some("Tỉnh Tuyên Quang"))
    );
});

both_engines!(contacts_are_dated_and_kinds_are_data, |test| {
    let ids = fill(&test.db).await;
    let db = &test.db;
    let contact = |phone: &str| Contact {
        phone: phone.into(),
        ..Contact::default()
    };
    let mut tx = db.begin().await.expect("begin");
    for (day, phone) in [(date(2024, 1, 1), "1"), (NEW, "2"), (NEW, "3")] {
        store::contact_put(&mut tx, ids[0], "tinh-ha-giang", day, contact(phone))
            .await
            .expect("put");
    }
    let team = Kind {
        code: "club".into(),
        label: "Câu lạc bộ".into(),
        label_en: "Club".into(),
        plural: "Câu lạc bộ".into(),
        plural_en: "Clubs".into(),
        level: 4,
        order: 500,
    };
    store::kind_put(&mut tx, team.clone()).await.expect("put");
    store::kind_put(&mut tx, Kind { order: 1, ..team })
        .await
        .expect("put again");
    tx.commit().await.expect("commit");
    let phone = async |day| {
        store::contact_on(db, ids[0], day)
            .await
            .expect("read")
            .map(|c| c.1.phone)
    };
    assert_eq!(phone(OLD).await.as_deref(), Some("1"));
    assert_eq!(phone(NEW).await.as_deref(), Some("3"));
    assert_eq!(phone(date(2023, 1, 1)).await, None);
    assert_eq!(store::kinds(db).await.expect("read")[0].code, "club");
    let counts = store::counts_on(db, NEW).await.expect("read");
    assert_eq!((counts["province"], counts["commune"]), (2, 4));
});
