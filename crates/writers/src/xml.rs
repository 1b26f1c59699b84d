//! A small XML writer: escapes everything, drops what XML 1.0 forbids, closes what it opened.

/// XML under construction. Attributes with an empty value are left out.
#[derive(Debug, Default)]
pub struct Xml {
    out: String,
    open: Vec<&'static str>,
}

impl Xml {
    /// A document with its declaration.
    #[must_use]
    pub fn document() -> Self {
        let out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
        Self {
            out,
            open: Vec::new(),
        }
    }

    /// Opens an element.
    pub fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.out.push('>');
        self.open.push(name);
    }

    /// Closes the element opened last.
    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }

    /// An element without content.
    pub fn empty(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.out.push_str("/>");
    }

    /// An element with text alone.
    pub fn leaf(&mut self, name: &'static str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes);
        self.text(text);
        self.close();
    }

    /// Text.
    pub fn text(&mut self, text: &str) {
        escape(text, &mut self.out);
    }

    /// XML made elsewhere, as it is. It must be well-formed.
    pub fn raw(&mut self, xml: &str) {
        self.out.push_str(xml);
    }

    /// A line end between elements, for people who read the file.
    pub fn line(&mut self) {
        self.out.push('\n');
    }

    /// Closes what is open and gives the document.
    #[must_use]
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
            self.out.push(' ');
            self.out.push_str(key);
            self.out.push_str("=\"");
            escape(value, &mut self.out);
            self.out.push('"');
        }
    }
}

fn escape(text: &str, out: &mut String) {
    for letter in text.chars().filter(|letter| is_allowed(*letter)) {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // A bare carriage return would be read back as a line feed.
            '\r' => out.push_str("&#13;"),
            _ => out.push(letter),
        }
    }
}

/// The characters of XML 1.0 (production 2).
fn is_allowed(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_closes() {
        let mut xml = Xml::default();
        xml.open("a", &[("href", "?x=1&y=\"2\""), ("title", "")]);
        xml.open("b", &[]);
        xml.text("1 < 2\u{0}\u{FFFF}");
        assert_eq!(
            xml.finish(),
            "<a href=\"?x=1&amp;y=&quot;2&quot;\"><b>1 &lt; 2</b></a>"
        );
    }
}
