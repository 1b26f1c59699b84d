//! What every room may rely on, on both engines.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use db::changes::{self, Follower};
use db::{Db, DbError, Engine, Insert, Value, both_engines, sql};

async fn append(db: &Db, key: &str) {
    let mut tx = db.begin().await.expect("begin");
    changes::append(&mut tx, "act", key).await.expect("append");
    tx.commit().await.expect("commit");
}

both_engines!(numbers_are_gapless_and_in_commit_order, |test| {
    let db = test.db;
    let mut dropped = db.begin().await.expect("begin");
    changes::append(&mut dropped, "act", "never")
        .await
        .expect("append");
    drop(dropped);
    let writers = (0..40).map(|n| {
        let db = db.clone();
        tokio::spawn(async move { append(&db, &format!("act-{n}")).await })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.expect("writer");
    }
    let all = changes::since(&db, 0, 100).await.expect("since");
    assert_eq!(
        all.iter().map(|one| one.seq).collect::<Vec<_>>(),
        (1..=40).collect::<Vec<_>>()
    );
    assert_eq!(changes::latest(&db).await.expect("latest"), 40);
    assert!(all.iter().all(|one| one.key != "never"));
});

both_engines!(a_follower_sees_each_change_once, |test| {
    let db = test.db;
    append(&db, "before").await;
    let mut follower = Follower::new(&db, 0);
    assert_eq!(follower.next().await.expect("next").len(), 1);
    let writer = tokio::spawn({
        let db = db.clone();
        async move {
            for n in 0..30 {
                append(&db, &format!("{n}")).await;
            }
        }
    });
    let mut seen = Vec::new();
    while seen.len() < 30 {
        seen.extend(
            follower
                .next()
                .await
                .expect("next")
                .into_iter()
                .map(|one| one.key),
        );
    }
    writer.await.expect("writer");
    assert_eq!(seen, (0..30).map(|n| n.to_string()).collect::<Vec<_>>());
});

both_engines!(another_node_is_heard_within_a_second, |test| {
    let other = Db::connect(test.url.as_deref(), test.folder.path())
        .await
        .expect("a second node");
    let mut follower = Follower::new(&other, 0);
    let waiting = tokio::spawn(async move { follower.next().await.expect("next") });
    tokio::time::sleep(Duration::from_millis(50)).await;
    let start = Instant::now();
    append(&test.db, "new").await;
    let heard = waiting.await.expect("follower");
    assert_eq!(heard.first().map(|one| one.key.as_str()), Some("new"));
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
});

both_engines!(values_come_back_as_they_went, |test| {
    let text = "đ 𠀀 ' \" \\ \u{feff}";
    let row = sql("SELECT CAST($1 AS BIGINT) AS i, $2 AS t, CAST($3 AS BIGINT) AS n, $4 AS u")
        .bind(i64::MAX)
        .bind(text)
        .bind(Value::Int(None))
        .bind("a\0b")
        .one(&test.db)
        .await
        .expect("row");
    assert_eq!(row.get::<i64>("i").expect("i"), i64::MAX);
    assert_eq!(row.get::<String>("t").expect("t"), text);
    assert_eq!(row.get::<Option<i64>>("n").expect("n"), None);
    assert_eq!(
        row.get::<String>("u").expect("u"),
        "a\u{fffd}b",
        "NUL is kept by neither engine"
    );
    assert!(row.get::<String>("missing").is_err());
});

both_engines!(many_rows_go_in_and_duplicates_are_named, |test| {
    let mut tx = test.db.begin().await.expect("begin");
    let mut rows = Insert::into("change_log", &["seq", "kind", "key", "at"]);
    for n in 1..=10_001_i64 {
        rows.row([n.into(), "act".into(), n.to_string().into(), 0_i64.into()]);
    }
    assert_eq!(rows.run(&mut tx).await.expect("insert"), 10_001);
    tx.commit().await.expect("commit");
    let mut tx = test.db.begin().await.expect("begin");
    let mut again = Insert::into("change_log", &["seq", "kind", "key", "at"]);
    again.row([7_i64.into(), "act".into(), "7".into(), 0_i64.into()]);
    assert!(again.run(&mut tx).await.expect_err("refused").is_duplicate());
});

both_engines!(a_snapshot_sees_one_moment, |test| {
    append(&test.db, "first").await;
    let mut snapshot = test.db.snapshot().await.expect("snapshot");
    let count = "SELECT count(*) AS n FROM change_log";
    let before: i64 = sql(count)
        .one(&mut snapshot)
        .await
        .expect("row")
        .get("n")
        .expect("n");
    append(&test.db, "second").await;
    let after: i64 = sql(count)
        .one(&mut snapshot)
        .await
        .expect("row")
        .get("n")
        .expect("n");
    assert_eq!((before, after), (1, 1));
});

both_engines!(reading_connections_cannot_write, |test| {
    if test.db.engine() == Engine::Sqlite {
        let tried = sql("DELETE FROM change_log").all(&test.db).await;
        assert!(matches!(tried, Err(DbError::Engine(_))), "{tried:?}");
    }
});

/// Name → columns of every table of ours.
async fn shape(db: &Db) -> BTreeMap<String, Vec<String>> {
    let query = match db.engine() {
        Engine::Sqlite => {
            "SELECT m.name AS t, c.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '_sqlx%' ORDER BY m.name, c.cid"
        }
        Engine::Postgres => {
            "SELECT CAST(table_name AS TEXT) AS t, CAST(column_name AS TEXT) AS c FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name NOT LIKE '\\_sqlx%' ORDER BY table_name, ordinal_position"
        }
    };
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in sql(query).all(db).await.expect("catalogue") {
        tables
            .entry(row.get("t").expect("t"))
            .or_default()
            .push(row.get("c").expect("c"));
    }
    tables
}

#[tokio::test(flavor = "multi_thread")]
async fn both_engines_have_the_same_tables() {
    let sqlite = db::testing::sqlite().await;
    let tables = shape(&sqlite.db).await;
    assert!(tables.contains_key("acts") && tables.contains_key("change_log"));
    if let Some(postgres) = db::testing::postgres().await {
        assert_eq!(tables, shape(&postgres.db).await);
    }
}

#[test]
fn migrations_are_numbered_alike() {
    let names = |engine: &str| {
        let folder = format!("{}/migrations/{engine}", env!("CARGO_MANIFEST_DIR"));
        let mut names: Vec<_> = std::fs::read_dir(folder)
            .expect("folder")
            .map(|entry| entry.expect("entry").file_name())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

#[tokio::test]
async fn an_unknown_address_is_refused_without_its_password() {
    let folder = tempfile::tempdir().expect("folder");
    let error = Db::connect(Some("mysql://u:secret@h/db"), folder.path())
        .await
        .expect_err("refused");
    assert!(!error.to_string().contains("secret"), "{error}");
}
