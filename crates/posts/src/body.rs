//! The body of a post: blocks, each in a language, made of lines with marks and links.

use legal::model::{Mark, MarkKind};
use serde::{Deserialize, Serialize};

/// One block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// Language of its text.
    #[serde(default, skip_serializing_if = "Lang::is_vietnamese")]
    pub lang: Lang,
    /// Of a translation: what the Vietnamese said when it was written (see [`crate::pairs`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// What it is.
    #[serde(flatten)]
    pub content: Content,
}

/// A language in which posts are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Lang {
    #[default]
    Vi,
    En,
    /// Tày
    Tyz,
    /// Thái (Tai Dam)
    Blt,
    /// Hmông
    Hmn,
    /// Khmer
    Km,
    /// Ê Đê
    Rad,
}

impl Lang {
    /// Every language.
    pub const ALL: [Self; 7] = [
        Self::Vi,
        Self::En,
        Self::Tyz,
        Self::Blt,
        Self::Hmn,
        Self::Km,
        Self::Rad,
    ];

    /// Tag of BCP 47.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
            Self::Tyz => "tyz",
            Self::Blt => "blt",
            Self::Hmn => "hmn",
            Self::Km => "km",
            Self::Rad => "rad",
        }
    }

    /// Vietnamese name, a key of the interface.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Vi => "Tiếng Việt",
            Self::En => "Tiếng Anh",
            Self::Tyz => "Tiếng Tày",
            Self::Blt => "Tiếng Thái",
            Self::Hmn => "Tiếng Hmông",
            Self::Km => "Tiếng Khmer",
            Self::Rad => "Tiếng Ê Đê",
        }
    }

    /// The language of a tag.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    fn is_vietnamese(&self) -> bool {
        *self == Self::Vi
    }
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Content {
    /// A paragraph.
    Para {
        /// Its text.
        line: Line,
    },
    /// A heading of level 2 or 3 (the title is level 1).
    Heading {
        /// 2 or 3.
        level: u8,
        /// Its text.
        line: Line,
    },
    /// A list.
    List {
        /// Number of the first item; `None` = bullets.
        start: Option<u32>,
        /// Its items.
        items: Vec<Line>,
    },
    /// A table; the first row is its head.
    Table {
        /// Rows of cells.
        rows: Vec<Vec<Line>>,
    },
    /// A quotation, paragraph by paragraph.
    Quote {
        /// Paragraphs.
        lines: Vec<Line>,
    },
    /// Something to take note of.
    Callout {
        /// Paragraphs.
        lines: Vec<Line>,
    },
    /// An uploaded file.
    Media {
        /// Number of the file.
        media: i64,
        /// What a picture shows, for those who do not see it; what another file is called.
        about: String,
        /// What is said in it, paragraph by paragraph.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        transcript: Vec<Line>,
    },
}

/// A run of text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Text without marks.
    pub text: String,
    /// Bold and italic ranges, sorted by start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
    /// Links, sorted, never overlapping.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
}

/// A range that leads elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// First byte.
    pub from: usize,
    /// Byte after the last.
    pub to: usize,
    /// Where to; always one that [`is_address`] allows.
    pub href: String,
}

/// Whether a text may stand as the address of a link: `https:`, `http:` (which the preflight then
/// refuses) or a path of this site. Everything else, `javascript:` foremost, is no link at all.
#[must_use]
pub fn is_address(href: &str) -> bool {
    let lower = href.to_ascii_lowercase();
    let path = href.starts_with('/') && !href.starts_with("//") && !href.starts_with("/\\");
    let plain = href.chars().all(|c| {
        !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | '"' | '\'' | '(' | ')' | '\\')
    });
    plain && href.len() <= 1_000 && (path || lower.starts_with("https://") || lower.starts_with("http://"))
}

impl Content {
    /// Its lines in reading order.
    #[must_use]
    pub fn lines(&self) -> Vec<&Line> {
        match self {
            Self::Para { line } | Self::Heading { line, .. } => vec![line],
            Self::List { items: lines, .. }
            | Self::Quote { lines }
            | Self::Callout { lines }
            | Self::Media {
                transcript: lines, ..
            } => lines.iter().collect(),
            Self::Table { rows } => rows.iter().flatten().collect(),
        }
    }

    /// How it begins: at most so many letters of its text, or what a file is called.
    #[must_use]
    pub fn begins(&self, letters: usize) -> String {
        let text = match self {
            Self::Media { about, .. } => about.clone(),
            other => {
                let lines: Vec<&str> = other.lines().iter().map(|line| line.text.as_str()).collect();
                lines.join(" ")
            }
        };
        match text.char_indices().nth(letters) {
            Some((end, _)) => format!("{}…", text[..end].trim_end()),
            None => text,
        }
    }
}

/// The numbers of the files in a body, each once.
#[must_use]
pub fn media(body: &[Block]) -> Vec<i64> {
    let number = |block: &Block| match block.content {
        Content::Media { media, .. } => Some(media),
        _ => None,
    };
    let mut found: Vec<i64> = body.iter().filter_map(number).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Every line of a body in reading order; its place here is its number in `post_citations`.
#[must_use]
pub fn lines(body: &[Block]) -> Vec<&Line> {
    body.iter().flat_map(|block| block.content.lines()).collect()
}

/// Puts a range with a mark, joined with the one before where they touch.
pub(crate) fn put_mark(marks: &mut Vec<Mark>, kind: &MarkKind, from: usize, to: usize) {
    let (Ok(start), Ok(end)) = (u32::try_from(from), u32::try_from(to)) else {
        return;
    };
    if start >= end {
        return;
    }
    let last = marks.iter_mut().rev().find(|mark| mark.kind == *kind);
    match last.filter(|mark| mark.end == start) {
        Some(last) => last.end = end,
        None => marks.push(Mark {
            start,
            end,
            kind: kind.clone(),
        }),
    }
}

/// What a line is before it joins its neighbours in a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Para,
    Heading(u8),
    Bullet,
    Number(u32),
    Quote,
    Callout,
    Transcript,
}

/// Joins lines into blocks: items into a list, rows into a table, while nothing stands between.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    blocks: Vec<Block>,
    open: bool,
}

impl Builder {
    /// Adds a line; an empty one is passed over.
    pub(crate) fn push(&mut self, lang: Lang, piece: Piece, line: Line) {
        if line.text.trim().is_empty() {
            return;
        }
        let last = self
            .blocks
            .last_mut()
            .filter(|last| self.open && last.lang == lang);
        match (last.map(|last| &mut last.content), piece) {
            (Some(Content::List { start: None, items }), Piece::Bullet) => return items.push(line),
            (
                Some(Content::List {
                    start: Some(start),
                    items,
                }),
                Piece::Number(number),
            ) if u32::try_from(items.len()).is_ok_and(|n| start.checked_add(n) == Some(number)) => {
                return items.push(line);
            }
            (Some(Content::Quote { lines }), Piece::Quote)
            | (Some(Content::Callout { lines }), Piece::Callout)
            | (
                Some(Content::Media {
                    transcript: lines, ..
                }),
                Piece::Transcript,
            ) => return lines.push(line),
            _ => {}
        }
        let content = match piece {
            // What is said in no file is text like any other.
            Piece::Para | Piece::Transcript => Content::Para { line },
            Piece::Heading(level) => Content::Heading { level, line },
            Piece::Bullet => Content::List {
                start: None,
                items: vec![line],
            },
            Piece::Number(number) => Content::List {
                start: Some(number),
                items: vec![line],
            },
            Piece::Quote => Content::Quote { lines: vec![line] },
            Piece::Callout => Content::Callout { lines: vec![line] },
        };
        self.blocks.push(Block {
            lang,
            of: None,
            content,
        });
        self.open = true;
    }

    /// Adds a file; what is said in it may follow.
    pub(crate) fn media(&mut self, lang: Lang, media: i64, about: String) {
        let content = Content::Media {
            media,
            about,
            transcript: Vec::new(),
        };
        self.blocks.push(Block {
            lang,
            of: None,
            content,
        });
        self.open = true;
    }

    /// Adds a row; one without any text is passed over.
    pub(crate) fn row(&mut self, lang: Lang, cells: Vec<Line>) {
        if cells.iter().all(|cell| cell.text.trim().is_empty()) {
            return;
        }
        let last = self
            .blocks
            .last_mut()
            .filter(|last| self.open && last.lang == lang);
        if let Some(Content::Table { rows }) = last.map(|last| &mut last.content) {
            return rows.push(cells);
        }
        let content = Content::Table { rows: vec![cells] };
        self.blocks.push(Block {
            lang,
            of: None,
            content,
        });
        self.open = true;
    }

    /// What comes next does not join what came before.
    pub(crate) fn close(&mut self) {
        self.open = false;
    }

    pub(crate) fn finish(self) -> Vec<Block> {
        self.blocks
    }
}
