//! Attacks as data, made here: through every field, as marks and as HTML of the clipboard, served to
//! the public and on the desk. What is served parses to no script, no handler and no odd address.

mod common;

use common::{DESK, form, open, step, until};
use http::StatusCode;
use policy::Role;
use scraper::{Html, Node};

/// Breakage, templates of other programs, elements that lead away.
const FIXED: [&str; 19] = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<!--<img src=--><svg onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "{{ 7*7 }}{% raw %}",
    "${alert(1)}",
    "{en}<script>",
    "]]><script>alert(1)</script>",
    "**<b onclick=alert(1)>**",
    "`<img src=x onerror=alert(1)>`",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<form action=//evil.example><button>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u{202e}<script>",
    "<template><script>alert(1)</script></template>",
    "<xmp><script>alert(1)</script></xmp>",
];

/// Some hundred payloads: every element with every handler, addresses in many spellings, breakage.
fn payloads() -> Vec<String> {
    let mut found = Vec::new();
    let call = "alert(1)";
    for element in [
        "img src=x",
        "svg",
        "body",
        "details open",
        "input autofocus",
        "video src=x",
        "marquee",
        "a href=x",
    ] {
        for handler in [
            "onerror",
            "onload",
            "onfocus",
            "ontoggle",
            "onclick",
            "onpointerenter",
        ] {
            found.push(format!("<{element} {handler}={call}>"));
            found.push(format!("\"><{element} {handler}=\"{call}\">"));
            found.push(format!("</textarea></title></p><{element}/{handler}={call}//"));
        }
    }
    for scheme in [
        "javascript:",
        "JaVaScRiPt:",
        "java\tscript:",
        "\u{1}javascript:",
        "vbscript:",
        "data:text/html,",
        "//evil.example/",
        "/\\evil.example/",
        "javascript&colon;",
        "https:javascript:",
    ] {
        found.push(format!("[bấm]({scheme}{call})"));
        found.push(format!("[bấm]({scheme}alert`1`)"));
        found.push(format!("<a href=\"{scheme}{call}\">bấm</a>"));
        found.push(format!("<iframe src=\"{scheme}{call}\"></iframe>"));
    }
    found.push("[x](https://a.gov.vn/\"onmouseover=alert(1))".into());
    found.push("[x](https://a.gov.vn/'onmouseover='alert)".into());
    found.push("[x](/van-ban/\"><script>alert(1)</script>)".into());
    found.extend(FIXED.map(str::to_owned));
    found
}

/// What in a page could run or lead to a strange place.
fn dangerous(page: &str) -> Vec<String> {
    let document = Html::parse_document(page);
    let mut found = Vec::new();
    for node in document.tree.nodes() {
        let Node::Element(element) = node.value() else {
            continue;
        };
        let name = element.name();
        let own_script = name == "script"
            && (element
                .attr("src")
                .is_some_and(|src| src.starts_with("/tai-nguyen/"))
                || element.attr("type") == Some("application/ld+json"));
        let foreign = matches!(
            name,
            "iframe" | "object" | "embed" | "base" | "img" | "audio" | "math" | "video" | "marquee" | "style"
        );
        let refresh = element.attr("http-equiv").is_some();
        if (name == "script" && !own_script) || foreign || refresh {
            found.push(format!("<{name}>"));
        }
        for (key, value) in element.attrs() {
            let lower: String = value
                .to_lowercase()
                .chars()
                .filter(|c| !c.is_whitespace() && !c.is_control())
                .collect();
            let leads = matches!(key, "href" | "src" | "action" | "formaction" | "xlink:href");
            let own = lower.starts_with("https://")
                || lower.starts_with('#')
                || lower.starts_with("mailto:")
                || lower.starts_with("http://localhost")
                || (lower.starts_with('/') && !lower.starts_with("//") && !lower.starts_with("/\\"));
            if key.starts_with("on") || (key == "style") || (leads && !own) {
                found.push(format!("{name} {key}={value}"));
            }
        }
    }
    found
}

#[test]
fn the_check_finds_what_it_should() {
    for bad in [
        "<img src=x onerror=a>",
        "<a href=javascript:a>",
        "<script>a</script>",
        "<p onclick=a>",
        "<a href=//evil.example>",
    ] {
        assert!(!dangerous(bad).is_empty(), "{bad}");
    }
}

db::both_engines!(nothing_that_was_typed_runs, |test| {
    let portal = open(test).await;
    let writer = portal.person(Role::Contributor, portal.commune).await;
    let approver = portal.person(Role::Approver, portal.commune).await;
    let payloads = payloads();
    assert!(payloads.len() > 150);
    // Clipboard HTML first: what it leaves goes into the body with the marks.
    for payload in &payloads {
        let cleaned = portal
            .post(
                &format!("{DESK}/lam-sach"),
                &writer.session,
                &form(&[("html", payload)]),
            )
            .await;
        assert_eq!(cleaned.status, StatusCode::OK);
    }
    let all = payloads.join("\n\n");
    let cleaned = posts::marks::write(&posts::clean::read(&all));
    for (at, chunk) in payloads.chunks(40).enumerate() {
        let mut body = chunk
            .iter()
            .flat_map(|one| {
                let one = one.replace('\n', " ");
                ["", "## ", "- ", "> ", "! ", "| x | ", "**", "{en} "].map(|sign| format!("{sign}{one}"))
            })
            .collect::<Vec<_>>()
            .join("\n\n");
        if at == 0 {
            body = format!("{body}\n\n{cleaned}");
        }
        let title: String = chunk[at % chunk.len()].chars().take(250).collect();
        let typed = form(&[
            ("don_vi", &portal.commune.get().to_string()),
            ("loai", "tin"),
            ("nhom", &chunk[0]),
            ("tieu_de", &title),
            ("tom_tat", &chunk[chunk.len() - 1]),
            ("noi_dung", &body),
        ]);
        let made = portal.post(&format!("{DESK}/moi"), &writer.session, &typed).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        let post = made.location;
        for page in [post.clone(), format!("{post}/sua"), DESK.to_owned()] {
            let seen = portal.get(&page, &writer.session).await;
            assert_eq!(seen.status, StatusCode::OK, "{page}");
            assert_eq!(dangerous(&seen.body), Vec::<String>::new(), "{page}");
        }
        // Past the preflight, which would refuse most of it: the page itself must hold.
        let number: i64 = post
            .rsplit('/')
            .next()
            .and_then(|n| n.parse().ok())
            .expect("a number");
        let mut tx = portal.db().begin().await.expect("begin");
        db::sql("UPDATE posts SET state = 'cho-duyet' WHERE id = $1")
            .bind(number)
            .run(&mut tx)
            .await
            .expect("put");
        tx.commit().await.expect("committed");
        let remark = form(&[("phien_ban", "1"), ("nhan_xet", &chunk[0])]);
        let wrong = portal
            .post(&format!("{post}/tra-lai"), &approver.session, &remark)
            .await;
        assert_eq!(wrong.status, StatusCode::SEE_OTHER);
        assert_eq!(
            dangerous(&portal.get(&post, &writer.session).await.body),
            Vec::<String>::new()
        );
        let mut tx = portal.db().begin().await.expect("begin");
        db::sql("UPDATE posts SET state = 'cho-duyet' WHERE id = $1")
            .bind(number)
            .run(&mut tx)
            .await
            .expect("put");
        tx.commit().await.expect("committed");
        step(&portal, &approver, &post, "duyet", 1).await;
        step(&portal, &approver, &post, "dang", 1).await;
        let shown = posts::store::shown_of_post(portal.db(), posts::model::PostId(number))
            .await
            .expect("read");
        let slug = shown.expect("shown").slug;
        let public = until(&portal, &format!("/bai/{slug}"), "<article", true).await;
        assert_eq!(dangerous(&public.body), Vec::<String>::new(), "{slug}");
    }
    for page in [
        "/bai",
        "/bai?loai=tin",
        "/bai?nhom=%22%3E%3Cscript%3E",
        "/bai?luat=%3Cscript%3E&dieu=%22",
    ] {
        assert_eq!(
            dangerous(&portal.get(page, "").await.body),
            Vec::<String>::new(),
            "{page}"
        );
    }
    let feed = portal.get("/bai.atom", "").await;
    assert!(
        !feed.body.contains("<script") && !feed.body.contains("<img"),
        "{}",
        feed.body
    );
});
