//! Files from an officer to the public and not before, on both engines.

mod common;

use std::io::Cursor;

use axum::body::Body;
use common::{Answer, DESK, Person, Portal, draft, form, open, step, until};
use http::{Request, StatusCode};
use policy::Role;

fn picture() -> Vec<u8> {
    picture_of(600)
}

fn picture_of(width: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = image::RgbImage::from_pixel(width, 300, image::Rgb([10, 90, 200]));
    picture
        .write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png)
        .expect("written");
    bytes
}

/// Sends the form of the editor with a file.
async fn send(
    portal: &Portal,
    who: &Person,
    to: &str,
    name: &str,
    about: &str,
    bytes: &[u8],
    json: bool,
) -> Answer {
    let mut body = Vec::new();
    for (field, value) in [
        ("don_vi", portal.commune.get().to_string()),
        ("loai", "tin".to_owned()),
        ("tieu_de", "Lễ ký kết".to_owned()),
        ("noi_dung", "Đoạn đầu.".to_owned()),
        ("mo_ta", about.to_owned()),
    ] {
        body.extend(
            format!("--x\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").bytes(),
        );
    }
    body.extend(
        format!("--x\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"{name}\"\r\n\r\n").bytes(),
    );
    body.extend(bytes);
    body.extend(b"\r\n--x--\r\n");
    let request = Request::post(to)
        .header("cookie", format!("pl_phien={}", who.session))
        .header("content-type", "multipart/form-data; boundary=x")
        .header("sec-fetch-site", "same-origin")
        .header("accept", if json { "application/json" } else { "text/html" });
    portal
        .ask(request.body(Body::from(body)).expect("a request"))
        .await
}

db::both_engines!(a_picture_is_public_with_its_post_and_not_before, |test| {
    let portal = open(test).await;
    let writer = portal.person(Role::Contributor, portal.commune).await;
    let approver = portal.person(Role::Approver, portal.commune).await;
    let stranger = portal.person(Role::Contributor, portal.other_commune).await;
    let new = format!("{DESK}/moi/tep");
    let form_again = send(
        &portal,
        &writer,
        &new,
        "lễ.png",
        "Hai bên ký biên bản",
        &picture(),
        false,
    )
    .await;
    assert_eq!(form_again.status, StatusCode::OK);
    let line = "![Hai bên ký biên bản](tep:1)";
    assert!(
        form_again.body.contains(&format!("Đoạn đầu.\n\n{line}")),
        "{}",
        form_again.body
    );

    let body = format!("Đoạn đầu.\n\n{line}");
    let made = portal
        .post(
            &format!("{DESK}/moi"),
            &writer.session,
            &draft(portal.commune, "Lễ ký kết", &body),
        )
        .await;
    let post = made.location;
    let preview = portal.get(&post, &writer.session).await.body;
    assert!(
        preview.contains("src=\"/ban-lam-viec/bai/tep/1/600.jpg\"")
            && preview.contains("width=\"600\" height=\"300\" alt=\"Hai bên ký biên bản\""),
        "{preview}"
    );
    let (desk, public) = ("/ban-lam-viec/bai/tep/1/600.jpg", "/tep/1/600.jpg");
    let status = async |path: &str, session: &str| portal.get(path, session).await.status;
    assert_eq!(status(desk, &writer.session).await, StatusCode::OK);
    assert_eq!(status(desk, &stranger.session).await, StatusCode::NOT_FOUND);
    assert_eq!(status(desk, "").await, StatusCode::SEE_OTHER);
    for way in ["trinh", "duyet"] {
        assert_eq!(status(public, "").await, StatusCode::NOT_FOUND, "before {way}");
        let who = if way == "trinh" { &writer } else { &approver };
        assert_eq!(
            step(&portal, who, &post, way, 1).await.status,
            StatusCode::SEE_OTHER
        );
    }
    assert_eq!(status(public, "").await, StatusCode::NOT_FOUND);
    step(&portal, &approver, &post, "dang", 1).await;
    until(&portal, "/bai/le-ky-ket", "src=\"/tep/1/600.jpg\"", true).await;
    let shown = portal.get(public, "").await;
    assert_eq!(shown.status, StatusCode::OK);

    // Another unit's officer cannot bring it before the public, nor read it, by its number.
    let theirs = portal
        .post(
            &format!("{DESK}/moi"),
            &stranger.session,
            &draft(portal.other_commune, "Bài khác", &body),
        )
        .await;
    let page = portal.get(&theirs.location, &stranger.session).await.body;
    assert!(page.contains("Không có tệp này trong kho"), "{page}");

    step(&portal, &approver, &post, "go", 1).await;
    for _ in 0..50 {
        if status(public, "").await == StatusCode::NOT_FOUND {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(
        status(public, "").await,
        StatusCode::NOT_FOUND,
        "gone with its post"
    );
    assert_eq!(portal.verified().await, 0);
});

db::both_engines!(files_are_refused_with_a_sentence, |test| {
    let portal = open(test).await;
    let writer = portal.person(Role::Contributor, portal.commune).await;
    let new = format!("{DESK}/moi/tep");
    for (name, bytes, sentence) in [
        ("a.svg", &b"<svg onload=alert(1)>"[..], "Hình SVG có thể chứa mã"),
        ("a.png", b"MZ program", "Nội dung tệp không phải là .png"),
        ("a.exe", b"MZ program", "Cổng chỉ nhận hình"),
        ("a.png", b"", "Xin chọn tệp"),
        ("a.mp3", b"\xff\xfb\x90\0 sound", "chưa có địa chỉ riêng cho tệp"),
    ] {
        let answer = send(&portal, &writer, &new, name, "", bytes, true).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(answer.body.contains(sentence), "{name}: {}", answer.body);
        // Without script: the form with the sentence and all that was typed.
        let answer = send(&portal, &writer, &new, name, "", bytes, false).await;
        assert!(
            answer.body.contains("Đoạn đầu.") && answer.body.contains("role=\"alert\""),
            "{}",
            answer.body
        );
    }
    // A description is asked for before a post goes on its way.
    let kept = send(&portal, &writer, &new, "IMG_1.png", "", &picture(), true).await;
    assert!(kept.body.contains("![](tep:1)"), "{}", kept.body);
    let typed = draft(portal.commune, "Hình", "![](tep:1)");
    let post = portal
        .post(&format!("{DESK}/moi"), &writer.session, &typed)
        .await
        .location;
    let refused = portal
        .post(
            &format!("{post}/trinh"),
            &writer.session,
            &form(&[("phien_ban", "1")]),
        )
        .await;
    assert!(refused.body.contains("Hình chưa có mô tả"), "{}", refused.body);
});

db::both_engines!(a_file_that_nothing_shows_is_collected_after_a_while, |test| {
    let portal = open(test).await;
    let writer = portal.person(Role::Contributor, portal.commune).await;
    let new = format!("{DESK}/moi/tep");
    // One is saved in a version, one waits in what is typed, two are forgotten; the newest keeps its number.
    for (name, width) in [("a.png", 600), ("b.png", 610), ("c.png", 620), ("d.png", 600)] {
        let sent = send(&portal, &writer, &new, name, "Hình", &picture_of(width), true).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
    }
    common::begin(&portal, &writer, portal.commune, "Có hình", "![Hình](tep:1)").await;
    let typed = draft(portal.commune, "Dở", "![Hình](tep:2)");
    let kept = portal
        .post(&format!("{DESK}/moi/tu-luu"), &writer.session, &typed)
        .await;
    assert!(
        kept.status.is_success() || kept.status.is_redirection(),
        "{}",
        kept.body
    );
    let names = || async { portal.site().blobs().list().await.expect("names") };
    let before = names().await.len();
    assert_eq!(
        posts::sweep::unused(portal.site()).await.expect("swept"),
        0,
        "it may still be used"
    );
    let age = db::sql("UPDATE media SET at = 0");
    let mut tx = portal.db().begin().await.expect("a transaction");
    age.run(&mut tx).await.expect("aged");
    tx.commit().await.expect("committed");
    assert_eq!(posts::sweep::unused(portal.site()).await.expect("swept"), 1);
    assert_eq!(posts::sweep::unused(portal.site()).await.expect("swept"), 0);
    assert!(names().await.len() < before);
    let left = db::sql("SELECT id FROM media ORDER BY id")
        .all(portal.db())
        .await
        .expect("rows");
    let left: Vec<i64> = left.iter().map(|row| row.get("id").expect("a number")).collect();
    assert_eq!(left, [1, 2, 4]);
    assert_eq!(portal.verified().await, 0);
});
