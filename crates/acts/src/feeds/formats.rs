//! Atom 1.0 (RFC 4287), RSS 2.0, JSON Feed 1.1.

use serde_json::json;
use writers::Xml;

use super::entry::{Channel, Entry};

/// A feed as Atom.
#[must_use]
pub fn atom(channel: &Channel, entries: &[Entry]) -> String {
    let mut xml = Xml::document();
    xml.open(
        "feed",
        &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", "vi")],
    );
    xml.leaf("id", &[], &channel.url);
    xml.leaf("title", &[], &channel.title);
    xml.leaf("updated", &[], &channel.updated.to_string());
    xml.empty(
        "link",
        &[
            ("rel", "self"),
            ("type", "application/atom+xml"),
            ("href", &channel.url),
        ],
    );
    xml.empty(
        "link",
        &[
            ("rel", "alternate"),
            ("type", "text/html"),
            ("href", &channel.page),
        ],
    );
    xml.open("author", &[]);
    xml.leaf("name", &[], &channel.site);
    xml.close();
    for entry in entries {
        atom_entry(&mut xml, entry);
    }
    xml.finish()
}

fn atom_entry(xml: &mut Xml, entry: &Entry) {
    xml.line();
    xml.open("entry", &[]);
    xml.leaf("id", &[], &entry.url);
    xml.leaf("title", &[], &entry.title);
    xml.empty(
        "link",
        &[("rel", "alternate"), ("type", "text/html"), ("href", &entry.url)],
    );
    if let Some(file) = &entry.xml {
        xml.empty(
            "link",
            &[
                ("rel", "alternate"),
                ("type", "application/akn+xml"),
                ("href", file),
            ],
        );
    }
    xml.leaf("published", &[], &entry.created.to_string());
    xml.leaf("updated", &[], &entry.updated.to_string());
    for author in &entry.authors {
        xml.open("author", &[]);
        xml.leaf("name", &[], author);
        xml.close();
    }
    for (term, label) in &entry.categories {
        xml.empty("category", &[("term", term), ("label", label)]);
    }
    xml.leaf("summary", &[], &entry.summary);
    xml.close();
}

pub(super) fn rss(channel: &Channel, entries: &[Entry]) -> String {
    let mut xml = Xml::document();
    let namespaces = [
        ("version", "2.0"),
        ("xmlns:atom", "http://www.w3.org/2005/Atom"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    xml.open("rss", &namespaces);
    xml.open("channel", &[]);
    xml.leaf("title", &[], &channel.title);
    xml.leaf("link", &[], &channel.page);
    xml.leaf("description", &[], &channel.title);
    xml.leaf("language", &[], "vi");
    xml.leaf("lastBuildDate", &[], &rfc822(channel.updated));
    let link = [
        ("rel", "self"),
        ("type", "application/rss+xml"),
        ("href", channel.url.as_str()),
    ];
    xml.empty("atom:link", &link);
    for entry in entries {
        xml.line();
        xml.open("item", &[]);
        xml.leaf("title", &[], &entry.title);
        xml.leaf("link", &[], &entry.url);
        xml.leaf("guid", &[("isPermaLink", "true")], &entry.url);
        xml.leaf("pubDate", &[], &rfc822(entry.updated));
        for author in &entry.authors {
            xml.leaf("dc:creator", &[], author);
        }
        for (_, label) in &entry.categories {
            xml.leaf("category", &[], label);
        }
        xml.leaf("description", &[], &entry.summary);
        xml.close();
    }
    xml.finish()
}

fn rfc822(at: jiff::Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

pub(super) fn json(channel: &Channel, entries: &[Entry]) -> serde_json::Result<String> {
    let items: Vec<_> = entries
        .iter()
        .map(|entry| {
            let names = entry.authors.iter().map(|name| json!({ "name": name }));
            json!({
                "id": entry.url,
                "url": entry.url,
                "title": entry.title,
                "content_text": entry.summary,
                "date_published": entry.created.to_string(),
                "date_modified": entry.updated.to_string(),
                "authors": names.collect::<Vec<_>>(),
                "tags": entry.categories.iter().map(|category| &category.1).collect::<Vec<_>>(),
                "language": "vi",
            })
        })
        .collect();
    serde_json::to_string(&json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.page,
        "feed_url": channel.url,
        "language": "vi",
        "authors": [{ "name": channel.site }],
        "items": items,
    }))
}
