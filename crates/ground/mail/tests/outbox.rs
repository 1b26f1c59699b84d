//! The outbox on both engines: nothing is lost, nothing is sent twice at once.

use db::{both_engines, now_micros};
use mail::{Letter, enqueue, failed, next_due, sent};

const HOUR: i64 = 3_600_000_000;

fn letter(subject: &str) -> Letter {
    Letter {
        to: "an@stp.example.vn".into(),
        subject: subject.into(),
        text: "Kính gửi …".into(),
    }
}

both_engines!(letters_come_in_order_and_once_at_a_time, |test| {
    let mut tx = test.db.begin().await.expect("a transaction");
    enqueue(&mut tx, &letter("một")).await.expect("written");
    enqueue(&mut tx, &letter("hai")).await.expect("written");
    let now = now_micros();
    let first = next_due(&mut tx, now).await.expect("read").expect("a letter");
    let second = next_due(&mut tx, now).await.expect("read").expect("a letter");
    assert_eq!(
        (first.letter.subject.as_str(), second.letter.subject.as_str()),
        ("một", "hai")
    );
    assert_eq!(
        next_due(&mut tx, now).await.expect("read"),
        None,
        "both are taken"
    );
    sent(&mut tx, first.id, now).await.expect("noted");
    // A node that died gives its letter back.
    let again = next_due(&mut tx, now + HOUR)
        .await
        .expect("read")
        .expect("a letter");
    assert_eq!(again.letter, second.letter);
    let row = db::sql("SELECT body FROM letters WHERE id = $1")
        .bind(first.id)
        .one(&mut tx)
        .await
        .expect("a row");
    assert_eq!(
        row.get::<String>("body").expect("text"),
        "",
        "what was sent keeps no text"
    );
    tx.commit().await.expect("committed");
});

both_engines!(a_letter_that_fails_comes_again_and_is_given_up_at_last, |test| {
    let mut tx = test.db.begin().await.expect("a transaction");
    enqueue(&mut tx, &letter("một")).await.expect("written");
    let mut now = now_micros();
    let mut tries = 0;
    while let Some(due) = next_due(&mut tx, now).await.expect("read") {
        tries += 1;
        failed(&mut tx, &due, "máy chủ không trả lời", now)
            .await
            .expect("noted");
        assert_eq!(next_due(&mut tx, now).await.expect("read"), None, "not at once");
        now += 30 * HOUR;
    }
    assert_eq!(tries, 9);
    tx.commit().await.expect("committed");
});
