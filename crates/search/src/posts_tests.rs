use super::*;

const NOW: i64 = 1_000;

fn post(slug: &str, title: &str, body: &str, from: i64) -> PostText {
    PostText {
        slug: slug.to_owned(),
        title: title.to_owned(),
        summary: format!("Tóm tắt {slug}"),
        kind: ("Hướng dẫn".to_owned(), "Guide".to_owned()),
        body: body.to_owned(),
        from,
        until: None,
    }
}

fn known() -> Vec<PostText> {
    vec![
        post(
            "di-chuc",
            "Lập di chúc: viết tay cũng có giá trị",
            "Người làm chứng",
            0,
        ),
        post(
            "vay",
            "Cho vay, đi vay: lãi bao nhiêu là đúng luật",
            "Lãi suất không quá 20 %",
            0,
        ),
        post("mai", "Di chúc của ngày mai", "", NOW + 1),
    ]
}

const SOURCE: PostSource = PostSource {
    slugs: |_, after, _| {
        let mut slugs: Vec<String> = known()
            .into_iter()
            .map(|one| one.slug)
            .filter(|slug| *slug > after)
            .collect();
        slugs.sort();
        Box::pin(async move { Ok(slugs) })
    },
    texts: |_, slugs| {
        let texts = known()
            .into_iter()
            .filter(|one| slugs.contains(&one.slug))
            .collect();
        Box::pin(async move { Ok(texts) })
    },
};

fn slugs(posts: &Posts, asked: &str, now: i64) -> Vec<String> {
    let hits = posts.search(|| Ok(tokens(asked)), now).expect("found");
    hits.into_iter().map(|hit| hit.slug).collect()
}

async fn log(db: &Db, kind: &str, key: &str) {
    let mut tx = db.begin().await.expect("begin");
    changes::append(&mut tx, kind, key).await.expect("append");
    tx.commit().await.expect("commit");
}

db::both_engines!(posts_are_found_while_they_are_public, |test| {
    log(&test.db, "act", "x").await;
    let posts = Arc::new(Posts::open(test.folder.path(), SOURCE).expect("opened"));
    assert!(posts.catch_up(&test.db).await.expect("built"));
    for (asked, found) in [
        ("lập di chúc viết tay", vec!["di-chuc"]),
        ("lap di chuc viet tay", vec!["di-chuc"]),
        ("lãi suất cho vay bao nhiêu là đúng?", vec!["vay"]),
        ("di chúc", vec!["di-chuc"]),
        ("dị chức", vec![]),
        ("tàu biển", vec![]),
        ("là gì", vec![]),
        ("", vec![]),
    ] {
        assert_eq!(slugs(&posts, asked, NOW), found, "{asked}");
    }
    assert_eq!(slugs(&posts, "di chúc", NOW + 1).len(), 2);
    assert_eq!(
        (posts.next_turn(NOW), posts.next_turn(NOW + 1)),
        (Some(NOW + 1), None)
    );
    let suggested = posts.suggest("cho vay di v", NOW).expect("suggested");
    assert_eq!(suggested.len(), 1);
    assert!(
        posts
            .suggest("di chuc cua ng", NOW)
            .expect("suggested")
            .is_empty()
    );

    // The log is followed; what is gone goes; another process's index is not this database's.
    assert!(!posts.catch_up(&test.db).await.expect("followed"));
    log(&test.db, "act", "y").await;
    log(&test.db, "post", "vay").await;
    log(&test.db, "post", "gone").await;
    assert!(posts.catch_up(&test.db).await.expect("followed"));
    assert_eq!(slugs(&posts, "cho vay", NOW), ["vay"]);
    let again = Posts::open(test.folder.path(), SOURCE).expect("opened again");
    assert_eq!(again.position().expect("a position").seq, 4);
    drop((posts, again));
    let folder = test.folder.path().join(format!("posts-v{VERSION}"));
    for file in std::fs::read_dir(&folder).expect("a folder") {
        std::fs::write(file.expect("a file").path(), "x").expect("damaged");
    }
    let anew = Posts::open(test.folder.path(), SOURCE).expect("begun anew");
    assert_eq!(anew.position().expect("a position"), Position::default());
});
