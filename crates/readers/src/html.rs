//! Pages of law sites → a draft: main content, paragraphs with marks, tables, footnotes, attributes.

mod attributes;
mod flow;
mod notes;
mod parse;
mod root;
mod style;

use legal::draft::Draft;
use scraper::{Html, Selector};
use std::sync::LazyLock;

use crate::reading::Refusal;

pub(crate) use attributes::{Attributes, claims_of};

/// A page as far as it is read without knowing law.
pub(crate) struct Page {
    /// Its main content.
    pub draft: Draft,
    /// What its table of attributes says of the act.
    pub attributes: Attributes,
    /// Address that the page gives itself.
    pub source: Option<String>,
}

static TITLE: LazyLock<Selector> = LazyLock::new(|| Selector::parse("title").expect("fixed selector"));
static H1: LazyLock<Selector> = LazyLock::new(|| Selector::parse("h1").expect("fixed selector"));

/// Reads a page from its decoded text.
///
/// # Errors
/// `markup` for a page that no parser reads in bounded time.
pub(crate) fn page(text: &str) -> Result<Page, Refusal> {
    let document = parse::parse(text)?;
    let attributes = attributes::read(&document);
    let root = root::main_content(&document);
    let mut flow = flow::Flow::default();
    flow.walk(root);
    let (mut blocks, mended) = flow.finish();
    let notes = notes::collect(&mut blocks);
    let page_title = heading(&document);
    let source = address(&document);
    Ok(Page {
        draft: Draft {
            blocks,
            notes,
            page_title,
            mended,
            ..Draft::default()
        },
        attributes,
        source,
    })
}

static ADDRESS: LazyLock<Selector> = LazyLock::new(|| {
    Selector::parse("link[rel=canonical], meta[property='og:url']").expect("fixed selector")
});

/// The address that a page names as its own.
fn address(document: &Html) -> Option<String> {
    document
        .select(&ADDRESS)
        .filter_map(|element| element.attr("href").or_else(|| element.attr("content")))
        .map(str::trim)
        .find(|address| address.starts_with("http") && address.len() < 1_000)
        .map(str::to_owned)
}

fn heading(document: &Html) -> Option<String> {
    [&*TITLE, &*H1]
        .into_iter()
        .filter_map(|selector| document.select(selector).next())
        .map(|element| {
            element
                .text()
                .collect::<String>()
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        })
        .find(|text| !text.is_empty())
}
