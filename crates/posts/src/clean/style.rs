//! What elements and their styles say of the text inside.

use scraper::node::Element;

use crate::body::is_address;

/// How the text of an element is set, as far as posts keep it.
#[derive(Clone, Default)]
pub(super) struct Style {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) link: Option<String>,
}

/// Its style attribute in small letters.
pub(super) fn style_of(element: &Element) -> String {
    element.attr("style").unwrap_or_default().to_ascii_lowercase()
}

/// Whether a paragraph of Word is an item of a list.
pub(super) fn is_item(style: &str) -> bool {
    style.split_once("mso-list:").is_some_and(|(_, rest)| {
        !rest.trim_start().starts_with("none") && !rest.trim_start().starts_with("skip")
    })
}

/// The style inside an element that stands in `style`.
pub(super) fn inside(mut style: Style, element: &Element) -> Style {
    match element.name() {
        "b" | "strong" => style.bold = true,
        "i" | "em" | "cite" => style.italic = true,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => (style.bold, style.italic) = (false, false),
        "a" => style.link = element.attr("href").and_then(address),
        _ => {}
    }
    let said = style_of(element);
    for rule in said.split(';') {
        let Some((name, value)) = rule.split_once(':') else {
            continue;
        };
        match (name.trim(), value.trim()) {
            ("font-weight", value) => {
                let heavy = value
                    .parse::<u32>()
                    .map_or(value == "bold", |weight| weight >= 600);
                // Google Docs wraps all in <b style="font-weight:normal">.
                style.bold = heavy && !element.name().starts_with('h');
            }
            ("font-style", value) => style.italic = value == "italic",
            _ => {}
        }
    }
    style
}

/// The address as it may stand in a post; the detour over Google that its documents write is undone.
fn address(href: &str) -> Option<String> {
    let href = href.trim();
    let direct = href
        .strip_prefix("https://www.google.com/url?q=")
        .map(|rest| decoded(rest.split('&').next().unwrap_or_default()));
    let href = direct.unwrap_or_else(|| href.to_owned());
    let href = href.replace('(', "%28").replace(')', "%29").replace('\'', "%27");
    is_address(&href).then_some(href)
}

/// `%3A` → `:` where what comes out is text.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = text_of(after).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code.filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn text_of(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes.get(..2)?).ok()
}
