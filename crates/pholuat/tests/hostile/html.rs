//! Pages made to harm.

/// All of them by name.
pub fn files() -> Vec<(&'static str, Vec<u8>)> {
    const MANY: usize = 300_000;
    let attributes: String = (0..MANY).map(|number| format!(" a{number}")).collect();
    let letters: String = (0..400).map(|number| format!("<b id={number}>")).collect();
    let cells = "<td colspan=1000000000 rowspan=1000000000>a".repeat(60);
    let page = |body: &str| format!("<!doctype html><html><body>{body}").into_bytes();
    vec![
        ("tags.html", page(&"<div>".repeat(MANY))),
        ("tables.html", page(&"<table><tr><td>".repeat(MANY / 3))),
        ("attributes.html", page(&format!("<p{attributes}>x"))),
        // Every paragraph opens the letters of the first one anew.
        (
            "letters.html",
            page(&format!("<p>{letters}</p>{}", "<p>x</p>".repeat(MANY / 10))),
        ),
        // End tags that look for their beginning through everything that is open.
        (
            "ends.html",
            page(&format!("{}{}", "<i>".repeat(500), "</u>".repeat(MANY))),
        ),
        (
            "columns.html",
            page(&format!("<table><tr>{}</table>", "<td>a".repeat(100_000))),
        ),
        (
            "spans.html",
            page(&format!("<table>{}</table>", format!("<tr>{cells}").repeat(500))),
        ),
        (
            "lists.html",
            page(&"<ol start=2147483647 type=a><li>x".repeat(250)),
        ),
        (
            "entities.html",
            page(&"&#x110000;&#0;&nosuch;&amp".repeat(50_000)),
        ),
        ("comment.html", page(&format!("<p>x<!--{}", " <a b".repeat(MANY)))),
        (
            "value.html",
            page(&format!("<p class=\"{}", "x > y ".repeat(MANY))),
        ),
        (
            "notes.html",
            page(&"<a href=\"#_ftn1\" name=\"_ftnref1\">[1]</a>".repeat(20_000)),
        ),
    ]
}
