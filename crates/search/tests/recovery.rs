//! The index follows the database, and is built again when it is lost or damaged.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use std::path::{Path, PathBuf};

use common::{Shelf, act, slugs};
use jiff::civil::date;
use legal::model::ActKind;
use search::Index;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            found.extend(files(&entry.path()));
        } else {
            found.push(entry.path());
        }
    }
    found
}

#[tokio::test]
async fn new_and_changed_acts_are_caught_up_with() {
    let shelf = Shelf::filled().await;
    let index = shelf.index().await;
    assert!(slugs(&index, "31/2018/QH14").await.is_empty());
    let law = act(
        ActKind::Luat,
        "31/2018/QH14",
        "Trồng trọt",
        date(2018, 11, 19),
        &[("1", "Phạm vi", "Giống cây.")],
    );
    shelf.put(&law).await;
    let seq = index.catch_up(&shelf.db).await.unwrap();
    assert_eq!(seq, db::changes::latest(&shelf.db).await.unwrap());
    assert_eq!(slugs(&index, "31/2018/QH14").await, ["31-2018-qh14"]);
    assert_eq!(index.check(&shelf.db).await.unwrap(), 0);

    let mut more = law.clone();
    let bigger = act(
        ActKind::Luat,
        "31/2018/QH14",
        "Trồng trọt",
        date(2018, 11, 19),
        &[
            ("1", "Phạm vi", "Giống cây."),
            ("2", "Canh tác", "Canh tác hữu cơ."),
        ],
    );
    more.provisions = bigger.provisions;
    shelf.put(&more).await;
    index.catch_up(&shelf.db).await.unwrap();
    let found = common::ask(&index, "giống cây").await;
    assert_eq!((found.acts, found.pieces), (1, 1), "the old documents are gone");
    assert_eq!(slugs(&index, "canh tác hữu cơ").await, ["31-2018-qh14"]);
}

#[tokio::test]
async fn following_notices_what_this_process_commits() {
    let shelf = Shelf::filled().await;
    let index = shelf.index().await;
    let (follower, database) = (index.clone(), shelf.db.clone());
    let following = tokio::spawn(async move { follower.follow(&database).await });
    let law = act(
        ActKind::Luat,
        "31/2018/QH14",
        "Trồng trọt",
        date(2018, 11, 19),
        &[("1", "Phạm vi", "Giống cây.")],
    );
    shelf.put(&law).await;
    let mut seen = false;
    for _ in 0..100 {
        seen = !slugs(&index, "31/2018/QH14").await.is_empty();
        if seen {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    following.abort();
    assert!(seen, "not found within five seconds");
}

#[tokio::test]
async fn an_intact_index_is_used_again_without_building() {
    let shelf = Shelf::filled().await;
    drop(shelf.index().await);
    let pointer = shelf.home().join(format!("v{}", search::VERSION)).join("current");
    let before = std::fs::read_to_string(&pointer).unwrap();
    let index = Index::open(&shelf.home()).unwrap();
    assert_eq!(
        slugs(&index, "91/2015/QH13").await,
        ["91-2015-qh13"],
        "serves before it catches up"
    );
    index.catch_up(&shelf.db).await.unwrap();
    assert_eq!(std::fs::read_to_string(&pointer).unwrap(), before);
}

#[tokio::test]
async fn any_garbled_or_missing_file_is_survived() {
    let shelf = Shelf::filled().await;
    drop(shelf.index().await);
    let count = files(&shelf.home()).len();
    assert!(count > 5);
    for at in 0..count {
        for garble in [true, false] {
            let victims = files(&shelf.home());
            let Some(victim) = victims.get(at) else { continue };
            if garble {
                let mut bytes = std::fs::read(victim).unwrap();
                let middle = bytes.len() / 2;
                bytes
                    .iter_mut()
                    .skip(middle)
                    .take(64)
                    .for_each(|byte| *byte ^= 0xa5);
                std::fs::write(victim, bytes).unwrap();
            } else {
                std::fs::remove_file(victim).unwrap();
            }
            let index = shelf.index().await;
            assert_eq!(
                slugs(&index, "nồng độ cồn").await,
                ["100-2019-nd-cp"],
                "{}",
                victim.display()
            );
            assert_eq!(index.check(&shelf.db).await.unwrap(), 0);
        }
    }
}

#[tokio::test]
async fn rebuilding_switches_and_leaves_one_generation() {
    let shelf = Shelf::filled().await;
    let index = shelf.index().await;
    let old = shelf.home().join("v0").join("g-1");
    std::fs::create_dir_all(&old).unwrap();
    index.rebuild(&shelf.db).await.unwrap();
    assert!(!old.exists(), "an older version is removed");
    let version = shelf.home().join(format!("v{}", search::VERSION));
    let folders = std::fs::read_dir(version)
        .unwrap()
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .count();
    assert_eq!(folders, 1);
    assert_eq!(slugs(&index, "91/2015/QH13").await, ["91-2015-qh13"]);
}

#[tokio::test]
async fn an_index_of_another_database_is_not_believed() {
    let shelf = Shelf::filled().await;
    drop(shelf.index().await);
    let other = Shelf::empty().await;
    let law = act(
        ActKind::Luat,
        "31/2018/QH14",
        "Trồng trọt",
        date(2018, 11, 19),
        &[("1", "Phạm vi", "Giống cây.")],
    );
    other.put(&law).await;
    let index = Index::open(&shelf.home()).unwrap();
    assert!(index.check(&other.db).await.is_err());
    index.catch_up(&other.db).await.unwrap();
    assert!(slugs(&index, "nồng độ cồn").await.is_empty());
    assert_eq!(slugs(&index, "giống cây").await, ["31-2018-qh14"]);
}

#[tokio::test]
async fn a_second_process_reads_what_the_first_writes() {
    let shelf = Shelf::filled().await;
    let writer = shelf.index().await;
    let reader = Index::open(&shelf.home()).unwrap();
    reader.catch_up(&shelf.db).await.unwrap();
    let law = act(
        ActKind::Luat,
        "31/2018/QH14",
        "Trồng trọt",
        date(2018, 11, 19),
        &[("1", "Phạm vi", "Giống cây.")],
    );
    shelf.put(&law).await;
    reader.catch_up(&shelf.db).await.unwrap();
    assert!(slugs(&reader, "31/2018/QH14").await.is_empty(), "only one writes");
    writer.catch_up(&shelf.db).await.unwrap();
    reader.catch_up(&shelf.db).await.unwrap();
    assert_eq!(slugs(&reader, "31/2018/QH14").await, ["31-2018-qh14"]);
    writer.rebuild(&shelf.db).await.unwrap();
    reader.catch_up(&shelf.db).await.unwrap();
    assert_eq!(slugs(&reader, "31/2018/QH14").await, ["31-2018-qh14"]);
}

#[tokio::test]
async fn an_empty_database_gives_an_empty_index() {
    let shelf = Shelf::empty().await;
    let index = shelf.index().await;
    assert!(slugs(&index, "luật").await.is_empty());
    assert_eq!(index.seq(), 0);
}
