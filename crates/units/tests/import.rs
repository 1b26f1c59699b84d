//! Importing both structures: the real data where they are, a made-up province everywhere.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use db::{both_engines, changes};
use jiff::civil::{Date, date};
use units::figures::retell;
use units::import::{self, NEW_STRUCTURE, Summary};
use units::model::{Event, Unit, UnitId};
use units::store::{self, Place, Via};

const OLD: Date = date(2025, 6, 30);

/// The folder of real data; `None`, with a printed line, where it is absent.
fn real() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/units");
    if !folder.is_dir() {
        eprintln!("skipped: the data of units are not here");
        return None;
    }
    Some(folder)
}

fn sum(counts: &[(String, u64)], kinds: &[&str]) -> u64 {
    let of = counts.iter().filter(|count| kinds.contains(&count.0.as_str()));
    of.map(|count| count.1).sum()
}

const PROVINCES: [&str; 2] = ["city", "province"];
const DISTRICTS: [&str; 4] = ["urban-district", "provincial-city", "town", "district"];
const COMMUNES: [&str; 4] = ["ward", "township", "commune", "special-zone"];

both_engines!(the_real_structures, |test| {
    let Some(folder) = real() else { return };
    let db = &test.db;
    let summary = import::run(db, &folder, |_| {}).await.expect("imported");
    eprintln!("{summary:#?}");
    // The last structure before 1 July 2025 had 63 provinces, 696 districts, 10,035 communes; the
    // 705 and 10,599 that are often quoted are older (2022).
    assert_eq!(sum(&summary.before, &PROVINCES), 63);
    assert_eq!(sum(&summary.before, &DISTRICTS), 696);
    assert_eq!(sum(&summary.before, &COMMUNES), 10_035);
    assert_eq!(sum(&summary.after, &PROVINCES), 34);
    assert_eq!(sum(&summary.after, &DISTRICTS), 0);
    assert_eq!(sum(&summary.after, &COMMUNES), 3_321);
    assert_eq!(sum(&summary.after, &["special-zone"]), 13);
    assert_eq!(summary.doubts, []);
    let tree = store::tree(db).await.expect("read");
    assert_eq!(tree.faults(), []);
    // On the first day the new structure was as NQ 202/2025/QH15 and its companions made it.
    let first = store::counts_on(db, NEW_STRUCTURE).await.expect("read");
    let of = |kind: &str| first.get(kind).copied().unwrap_or_default();
    assert_eq!((of("province"), of("city")), (28, 6));
    assert_eq!((of("commune"), of("ward"), of("special-zone")), (2_621, 687, 13));

    let seq = changes::latest(db).await.expect("log");
    let again = import::run(db, &folder, |_| {}).await.expect("imported again");
    assert_eq!((again.added, again.unchanged), (0, summary.added));
    assert_eq!((&again.successions[..], &again.doubts[..]), (&[][..], &[][..]));
    assert_eq!(changes::latest(db).await.expect("log"), seq, "nothing changed");

    let here = |place: Option<Place>| match place {
        Some(Place::Here(unit)) => unit,
        other => panic!("{other:?}"),
    };
    let at = async |slug: &str| here(store::unit_at(db, slug).await.expect("read"));
    let today = date(2026, 11, 26);
    let old = at("tuyen-quang-truoc-2025-07").await;
    let current = store::current(db, old.id, today).await.expect("read");
    assert_eq!(
        (current[0].slug.as_str(), current[0].via),
        ("tuyen-quang", Via::Succession)
    );
    let dong_nai = at("dong-nai").await;
    let names: Vec<&str> = dong_nai
        .life
        .aspect(|state| state.name.full.as_str())
        .into_iter()
        .map(|run| run.1)
        .collect();
    assert_eq!(names, ["Tỉnh Đồng Nai", "Thành phố Đồng Nai"]);
    // A province that was not touched is the same unit.
    let hue = at("hue").await;
    assert!(hue.is_alive(OLD) && hue.is_alive(today));
    // An island district became a special zone.
    let hoang_sa = at("dac-khu-hoang-sa-da-nang").await;
    let kinds: Vec<&str> = hoang_sa
        .life
        .aspect(|state| state.kind.as_str())
        .into_iter()
        .map(|run| run.1)
        .collect();
    assert_eq!(kinds, ["district", "special-zone"]);
    // A district ended without an heir; the province answers for it.
    let district = at("quan-ba-dinh-ha-noi").await;
    let above = store::current(db, district.id, today).await.expect("read");
    assert_eq!((above[0].slug.as_str(), above[0].via), ("ha-noi", Via::Above));
    let told = store::successions_of(db, district.id).await.expect("read");
    assert_eq!(
        (told[0].event, told[0].basis.number.as_deref()),
        (Event::Abolished, Some("203/2025/QH15"))
    );
    every_commune_is_told(db, today).await;
});

/// One figure for each old commune: all are placed or named among their heirs, and by province all are exact.
async fn every_commune_is_told(db: &db::Db, today: Date) {
    let tree = store::tree(db).await.expect("read");
    let passages = store::passages(db).await.expect("read");
    let communes: Vec<(UnitId, i64)> = tree
        .as_of(OLD)
        .filter(|(_, state)| COMMUNES.contains(&state.kind.as_str()))
        .map(|(unit, _)| (unit.id, 1))
        .collect();
    let retold = retell(&communes, &passages, OLD, today, |unit| unit);
    assert!(retold.placed.iter().all(|row| row.exact));
    let unplaced: i64 = retold.unplaced.iter().map(|row| row.value).sum();
    assert_eq!(unplaced, 471);
    assert!(retold.placed.iter().all(|row| {
        tree.unit(row.unit)
            .is_some_and(|unit: &Unit| unit.is_alive(today))
    }));
    let province = |unit: UnitId| tree.above(unit, today).last().map_or(unit, |top| top.id);
    let by_province = retell(&communes, &passages, OLD, today, province);
    assert_eq!((by_province.placed.len(), by_province.unplaced.len()), (34, 0));
    let total: i64 = by_province.placed.iter().map(|row| row.value).sum();
    assert_eq!(total, 10_035);
}

/// A folder with two old provinces that became one, one district each, and communes of every fate.
fn made_up(folder: &Path) {
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("written");
    write(
        "x.json",
        r#"{"DICT_PROVINCE": {"tinha": {"province": "Tỉnh A", "provinceCode": "01"}, "tinhb": {"province": "Tỉnh B", "provinceCode": "02"}},
        "DICT_PROVINCE_DISTRICT": {"tinha": {"huyenc": {"district": "Huyện C", "districtCode": "001"}}, "tinhb": {"huyend": {"district": "Huyện D", "districtCode": "002"}}},
        "DICT_PROVINCE_DISTRICT_WARD_NO_ACCENTED": {"tinha": {"huyenc": {
            "xamot": {"ward": "Xã Một", "wardCode": "00001"}, "xahai": {"ward": "Xã Hai", "wardCode": "00002"},
            "xaba": {"ward": "Xã Ba", "wardCode": "00003"}, "xabon": {"ward": "Xã Bốn", "wardCode": "00004"}}},
          "tinhb": {"huyend": {"NaN": {"ward": NaN, "wardCode": NaN}}}}}"#,
    );
    write(
        "y.json",
        r#"{"DICT_PROVINCE": {"tinhb": ["tinha", "tinhb"]},
        "DICT_PROVINCE_WARD_NO_DIVIDED": {"tinhb": {"xamot": ["tinha_huyenc_xamot"], "phuonghai": ["tinha_huyenc_xahai", "tinha_huyenc_xakhongco"], "dackhud": ["tinhb_huyend_"]}},
        "DICT_PROVINCE_WARD_DIVIDED": {"tinhb": {"tinha_huyenc_xaba": [{"newWardKey": "phuonghai", "isDefaultNewWard": true}, {"newWardKey": "xanam"}]}}}"#,
    );
    let ward = |code: &str, name: &str| format!(r#"{{"Code": "{code}", "FullName": "{name}"}}"#);
    let wards = [
        ward("00001", "Phường Một"),
        ward("00002", "Phường Hai"),
        ward("00005", "Xã Năm"),
        ward("00006", "Đặc khu D"),
        ward("00007", "Xã Bảy"),
    ];
    write(
        "z.json",
        &format!(
            r#"[{{"Code": "02", "FullName": "Tỉnh B", "Wards": [{}]}}]"#,
            wards.join(", ")
        ),
    );
    write("khac.json", "[1, 2]");
}

async fn import_made_up(db: &db::Db) -> Summary {
    let folder = tempfile::tempdir().expect("a folder");
    made_up(folder.path());
    import::run(db, folder.path(), |_| {}).await.expect("imported")
}

both_engines!(every_fate_is_told_and_what_cannot_be_placed_is_listed, |test| {
    let db = &test.db;
    let summary = import_made_up(db).await;
    let doubts: HashMap<&str, &str> = summary
        .doubts
        .iter()
        .map(|doubt| (doubt.name.as_str(), doubt.why.as_str()))
        .collect();
    assert!(doubts["tinha_huyenc_xakhongco"].contains("không có trong danh sách trước"));
    assert!(doubts["Xã Bảy"].contains("không có trong bảng chuyển đổi"));
    assert!(doubts["Phường Một"].contains("chưa rõ từ ngày nào"));
    assert!(doubts["Xã Bốn (2024:tinha_huyenc_xabon)"].contains("không nói"));
    assert_eq!(doubts.len(), 4, "{doubts:?}");
    let unit = async |slug: &str| match store::unit_at(db, slug).await.expect("read") {
        Some(Place::Here(unit)) => unit,
        other => panic!("{slug}: {other:?}"),
    };
    let one = unit("phuong-mot-b").await;
    assert_eq!(one.life.pieces().count(), 2, "the same unit goes on");
    assert_eq!(
        one.life.at(OLD).map(|state| state.name.full.as_str()),
        Some("Xã Một")
    );
    let zone = unit("dac-khu-d-b").await;
    assert!(zone.is_alive(OLD));
    let three = unit("xa-ba-huyen-c-a").await;
    let heirs = store::current(db, three.id, NEW_STRUCTURE).await.expect("read");
    let told: Vec<(&str, bool)> = heirs
        .iter()
        .map(|heir| (heir.slug.as_str(), heir.part.is_none()))
        .collect();
    assert_eq!(told, [("phuong-hai-b", true), ("xa-nam-b", true)]);
    unit("b-truoc-2025-07").await;
    // An officer records a change; importing again leaves it alone and says so of nothing else.
    let mut tx = db.begin().await.expect("begin");
    let name = units::model::Name::of("Phường Một Mới", "Phường", None);
    units::reorganise::rename(
        &mut tx,
        one.id,
        date(2026, 1, 1),
        name,
        "ward",
        Default::default(),
    )
    .await
    .expect("renamed");
    tx.commit().await.expect("commit");
    let again = import_made_up(db).await;
    assert_eq!((again.added, again.doubts.len()), (0, 4));
    assert_eq!(unit("phuong-mot-b").await.life.pieces().count(), 3);
});
