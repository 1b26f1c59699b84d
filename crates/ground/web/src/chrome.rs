//! What `base.html` needs from every page.

use crate::look::Look;
use crate::site::{Agency, Site};

/// `<link rel="alternate">`.
#[derive(Debug, Clone)]
pub struct Alternate {
    /// Media type, e.g. `application/atom+xml`.
    pub media_type: &'static str,
    /// Title shown by clients.
    pub title: String,
    /// Address.
    pub href: String,
}

/// One step of the breadcrumb.
#[derive(Debug, Clone)]
pub struct Crumb {
    /// Words.
    pub label: String,
    /// Local address without language prefix; none for the page itself.
    pub path: Option<String>,
}

/// OpenGraph values beyond title and description.
#[derive(Debug, Clone)]
pub struct Og {
    /// `website`, `article`.
    pub kind: &'static str,
}

/// The frame of a page: head, header, navigation, footer.
#[derive(Debug, Clone)]
pub struct Chrome {
    /// Reader's look.
    pub look: Look,
    /// Title of the page without the site's name.
    pub title: String,
    /// Description for search engines; empty = none.
    pub description: String,
    /// Path without language prefix, as the reader's forms return to it.
    pub path: String,
    /// Scheme and host without a slash at the end.
    pub base_url: String,
    /// Name of the portal.
    pub site_name: String,
    /// The agency that answers for the portal.
    pub agency: Agency,
    /// Whether the portal shows an invented province: a line on every page says so.
    pub illustration: bool,
    /// Feeds and other formats of this page.
    pub alternates: Vec<Alternate>,
    /// JSON-LD, already safe for a script element ([`Chrome::json_ld`]); empty = none.
    pub json_ld: String,
    /// OpenGraph.
    pub og: Og,
    /// Value of the robots meta; empty = none.
    pub robots: &'static str,
    /// Which entry of the navigation is current.
    pub nav: &'static str,
    /// Breadcrumb from the home page to here.
    pub crumbs: Vec<Crumb>,
    /// The words in the search field of the header.
    pub query: String,
}

impl Chrome {
    /// A frame with neutral values; `path` has no language prefix.
    pub fn new(site: &Site, look: Look, path: impl Into<String>, title: impl Into<String>) -> Self {
        Chrome {
            look,
            title: title.into(),
            description: String::new(),
            path: path.into(),
            base_url: site.base_url().to_owned(),
            site_name: site.name().to_owned(),
            agency: site.agency().clone(),
            illustration: site.is_illustration(),
            alternates: Vec::new(),
            json_ld: String::new(),
            og: Og { kind: "website" },
            robots: "",
            nav: "",
            crumbs: Vec::new(),
            query: String::new(),
        }
    }

    /// Puts JSON-LD into the head; `<` is escaped so that no text can close the element.
    pub fn with_json_ld(mut self, value: &serde_json::Value) -> Self {
        self.json_ld = value.to_string().replace('<', "\\u003c");
        self
    }

    /// Full canonical address in the reader's language.
    pub fn canonical(&self) -> String {
        format!("{}{}", self.base_url, self.look.href(&self.path))
    }

    /// Full address of this page in Vietnamese.
    pub fn href_vi(&self) -> String {
        format!("{}{}", self.base_url, self.path)
    }

    /// Full address of this page in English.
    pub fn href_en(&self) -> String {
        let en = Look::plain(crate::look::Lang::En);
        format!("{}{}", self.base_url, en.href(&self.path))
    }

    /// Local address in the reader's language.
    pub fn href(&self, path: &str) -> String {
        self.look.href(path)
    }

    /// Address of an asset, with its hash.
    pub fn asset(&self, name: &str) -> &'static str {
        crate::assets::asset(name)
    }

    /// A sentence of the interface.
    pub fn t<'a>(&self, sentence: &'a str) -> &'a str {
        self.look.t(sentence)
    }
}
