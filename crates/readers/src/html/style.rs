//! What an element says of how its text is set.

use legal::model::Align;
use scraper::node::Element;

use crate::inline::Style;

/// Elements whose content is never text of an act.
pub(super) fn is_dropped(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "iframe"
            | "object"
            | "svg"
            | "head"
            | "title"
            | "nav"
            | "footer"
            | "aside"
            | "button"
            | "select"
            | "option"
            | "textarea"
            | "input"
            | "canvas"
            | "audio"
            | "video"
            | "map"
            | "math"
            | "colgroup"
    )
}

/// Elements that stand in a line; all others break it.
pub(super) fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
            | "o:p"
            | "st1:place"
            | "st1:country-region"
            | "st1:city"
            | "nobr"
    ) || name.contains(':')
}

impl Style {
    /// Setting inside `element`, which stands in a place set like `self`.
    pub(super) fn inside(mut self, element: &Element) -> Self {
        match element.name() {
            "b" | "strong" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "th" => self.bold = true,
            "i" | "em" | "cite" => self.italic = true,
            "sup" => self.sup = true,
            "sub" => self.sub = true,
            "center" => self.align = Align::Center,
            "table" => self.align = Align::Start,
            _ => {}
        }
        if let Some(align) = element.attr("align") {
            self.set_align(align.trim());
        }
        if element.attr("hidden").is_some() {
            self.hidden = true;
        }
        if let Some(css) = element.attr("style") {
            self.declarations(css);
        }
        if element.attr("class").is_some_and(says_hidden) {
            self.hidden = true;
        }
        self
    }

    fn declarations(&mut self, css: &str) {
        for declaration in css.split(';') {
            let Some((name, value)) = declaration.split_once(':') else {
                continue;
            };
            let value = value.trim();
            match name.trim() {
                "text-align" => self.set_align(value),
                "font-weight" => self.bold = is_bold(value, self.bold),
                "font-style" => self.italic = is_italic(value, self.italic),
                "display" => self.hidden |= value.starts_with("none"),
                "visibility" => self.hidden |= value.starts_with("hidden"),
                "mso-hide" => self.hidden |= value.starts_with("all"),
                "vertical-align" if value == "super" => self.sup = true,
                "vertical-align" if value == "sub" => self.sub = true,
                _ => {}
            }
        }
    }

    fn set_align(&mut self, value: &str) {
        self.align = match value {
            "center" => Align::Center,
            "right" | "end" => Align::End,
            "left" | "justify" | "start" => Align::Start,
            _ => self.align,
        };
    }
}

fn is_bold(value: &str, now: bool) -> bool {
    match value {
        "bold" | "bolder" | "600" | "700" | "800" | "900" => true,
        "normal" | "lighter" | "400" | "300" => false,
        _ => now,
    }
}

fn is_italic(value: &str, now: bool) -> bool {
    match value {
        "italic" | "oblique" => true,
        "normal" => false,
        _ => now,
    }
}

fn says_hidden(classes: &str) -> bool {
    classes.split_ascii_whitespace().any(|class| {
        matches!(
            class,
            "sr-only" | "visually-hidden" | "screen-reader-text" | "hidden" | "d-none"
        )
    })
}
