//! How one reader sees the site: language, theme and text size. Part of every cache key.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use http::header::{COOKIE, HeaderMap};
use http::request::Parts;

/// The cookie that keeps theme and text size.
pub const LOOK_COOKIE: &str = "pl_look";

/// Language of the interface. Acts keep their own language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// Vietnamese, the default.
    #[default]
    Vi,
    /// English, under `/en`.
    En,
}

/// Colour theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Theme {
    /// As the reader's system says.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// Text size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Size {
    /// 100 %.
    #[default]
    Normal,
    /// 125 %.
    Large,
    /// 156 %.
    Larger,
}

impl Lang {
    /// Value of the HTML `lang` attribute.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Vi => "vi",
            Lang::En => "en",
        }
    }
}

impl Theme {
    /// Word used in the cookie, in forms and as the value of `data-theme`.
    pub fn word(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// Reads a word; anything else is the default.
    pub fn from_word(word: &str) -> Self {
        match word {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::Auto,
        }
    }
}

impl Size {
    /// Word used in the cookie, in forms and as the value of `data-size`.
    pub fn word(self) -> &'static str {
        match self {
            Size::Normal => "normal",
            Size::Large => "large",
            Size::Larger => "larger",
        }
    }

    /// Reads a word; anything else is the default.
    pub fn from_word(word: &str) -> Self {
        match word {
            "large" => Size::Large,
            "larger" => Size::Larger,
            _ => Size::Normal,
        }
    }
}

/// Language, theme and text size of one request. An axum extractor that never fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Look {
    /// Interface language.
    pub lang: Lang,
    /// Colour theme.
    pub theme: Theme,
    /// Text size.
    pub size: Size,
}

impl Look {
    /// Reads theme and size from the cookie; the language comes from the address.
    pub fn of(lang: Lang, headers: &HeaderMap) -> Self {
        let (theme, size) = headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|v| v.to_str().ok())
            .flat_map(|v| v.split(';'))
            .find_map(|pair| pair.trim().strip_prefix(LOOK_COOKIE)?.strip_prefix('='))
            .and_then(|value| value.split_once('.'))
            .map(|(t, s)| (Theme::from_word(t), Size::from_word(s)))
            .unwrap_or_default();
        Look { lang, theme, size }
    }

    /// The look of a reader without cookie, in one language.
    pub fn plain(lang: Lang) -> Self {
        Look {
            lang,
            ..Look::default()
        }
    }

    /// Value of the cookie, e.g. `dark.large`.
    pub fn cookie_value(self) -> String {
        format!("{}.{}", self.theme.word(), self.size.word())
    }

    /// A small number that tells looks apart (0 = Vietnamese without cookie; < 18).
    pub fn variant(self) -> u8 {
        (self.lang as u8) * 9 + (self.theme as u8) * 3 + self.size as u8
    }

    /// True when the interface is English (for templates).
    pub fn is_en(self) -> bool {
        self.lang == Lang::En
    }

    /// A local address in this language: `/en` before it for English.
    pub fn href(self, path: &str) -> String {
        match self.lang {
            Lang::Vi => path.to_owned(),
            Lang::En if path == "/" => "/en".to_owned(),
            Lang::En => format!("/en{path}"),
        }
    }

    /// A sentence of the interface in this language; missing ones stay Vietnamese.
    pub fn t(self, sentence: &str) -> &str {
        crate::i18n::translate(self.lang, sentence)
    }

    /// A sentence with `{}` places, filled in order.
    pub fn fill(self, sentence: &str, values: &[&dyn std::fmt::Display]) -> String {
        crate::i18n::fill(self.t(sentence), values)
    }
}

impl<S: Sync> FromRequestParts<S> for Look {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Look>().copied().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn cookie_is_read_among_others_and_nonsense_is_default() {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_static("a=b; pl_look=dark.larger; c=d"));
        let look = Look::of(Lang::En, &headers);
        assert_eq!((look.theme, look.size), (Theme::Dark, Size::Larger));
        assert_eq!(look.cookie_value(), "dark.larger");
        headers.insert(COOKIE, HeaderValue::from_static("pl_look=<script>.9"));
        assert_eq!(Look::of(Lang::Vi, &headers), Look::default());
    }

    #[test]
    fn variants_are_distinct() {
        let mut seen = std::collections::BTreeSet::new();
        for lang in [Lang::Vi, Lang::En] {
            for theme in [Theme::Auto, Theme::Light, Theme::Dark] {
                for size in [Size::Normal, Size::Large, Size::Larger] {
                    seen.insert(Look { lang, theme, size }.variant());
                }
            }
        }
        assert_eq!(seen.len(), 18);
    }

    #[test]
    fn href_keeps_the_language() {
        assert_eq!(Look::plain(Lang::En).href("/"), "/en");
        assert_eq!(Look::plain(Lang::En).href("/van-ban"), "/en/van-ban");
        assert_eq!(Look::plain(Lang::Vi).href("/van-ban"), "/van-ban");
    }
}
