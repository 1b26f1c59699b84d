//! What the API answers.

use std::collections::HashMap;

use acts::store::Touched;
use jiff::Timestamp;
use jiff::civil::Date;
use legal::model::MarkKind;
use serde::Serialize;
use units::model::Unit;
use utoipa::ToSchema;
use web::Site;

use crate::body::{Block, Content, Line};
use crate::model::{Draft, Kind, Media, Pinned, Shown, Topic};
use crate::pairs;

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ListBody {
    total: i64,
    page: u32,
    pages: i64,
    posts: Vec<PostLine>,
}

impl ListBody {
    pub fn new(total: i64, page: u32, per_page: u32, posts: Vec<PostLine>) -> Self {
        let pages = total.max(0).unsigned_abs().div_ceil(u64::from(per_page)).max(1);
        Self {
            total,
            page,
            pages: i64::try_from(pages).unwrap_or(i64::MAX),
            posts,
        }
    }
}

/// A post in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PostLine {
    slug: String,
    url: String,
    /// Code of its kind.
    kind: String,
    title: String,
    summary: String,
    unit: UnitRef,
    /// When it appeared.
    published: Timestamp,
    /// When what is shown changed last.
    changed: Timestamp,
    /// First instant at which it is gone again; null = it stays.
    until: Option<Timestamp>,
}

/// The unit that answers for a post, as it was called then.
#[derive(Debug, Serialize, ToSchema)]
struct UnitRef {
    slug: String,
    name: String,
}

impl PostLine {
    pub fn new(site: &Site, one: &Shown, units: &[Unit]) -> Self {
        let unit = units.iter().find(|unit| unit.id == one.unit);
        Self {
            url: format!("{}/bai/{}", site.base_url(), one.slug),
            slug: one.slug.clone(),
            kind: one.kind.clone(),
            title: one.title.clone(),
            summary: one.summary.clone(),
            unit: UnitRef {
                slug: unit.map(|unit| unit.slug.clone()).unwrap_or_default(),
                name: unit
                    .map(|unit| unit.near(site.today()).name.full.clone())
                    .unwrap_or_default(),
            },
            published: one.showing.from,
            changed: one.changed.max(one.showing.from),
            until: one.showing.until,
        }
    }
}

/// A post.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PostBody {
    #[serde(flatten)]
    post: PostLine,
    /// Codes of its topic groups.
    topics: Vec<String>,
    /// Languages of its blocks (BCP 47), Vietnamese first.
    languages: Vec<&'static str>,
    blocks: Vec<BlockBody>,
    citations: Vec<CitationBody>,
}

impl PostBody {
    pub fn new(
        post: PostLine,
        draft: &Draft,
        citations: Vec<CitationBody>,
        files: &HashMap<i64, Media>,
        base: &str,
    ) -> Self {
        let stale = pairs::stale(&draft.body);
        let mut languages = vec!["vi"];
        let mut next = 0;
        let mut blocks = Vec::with_capacity(draft.body.len());
        for (at, block) in draft.body.iter().enumerate() {
            if !languages.contains(&block.lang.code()) {
                languages.push(block.lang.code());
            }
            blocks.push(BlockBody::new(block, stale.contains(&at), &mut next, files, base));
        }
        Self {
            post,
            topics: draft.topics.clone(),
            languages,
            blocks,
            citations,
        }
    }
}

/// One block.
#[derive(Debug, Serialize, ToSchema)]
struct BlockBody {
    /// Language (BCP 47).
    lang: &'static str,
    /// True where it translates a Vietnamese block that has changed since.
    stale: bool,
    #[serde(flatten)]
    content: ContentBody,
}

/// What a block is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "lowercase")]
enum ContentBody {
    Paragraph {
        line: LineBody,
    },
    Heading {
        /// 2 or 3.
        level: u8,
        line: LineBody,
    },
    List {
        /// Number of the first item; null = bullets.
        start: Option<u32>,
        items: Vec<LineBody>,
    },
    Table {
        /// Rows of cells; the first row is the head.
        rows: Vec<Vec<LineBody>>,
    },
    Quote {
        lines: Vec<LineBody>,
    },
    Callout {
        lines: Vec<LineBody>,
    },
    Media {
        /// `picture`, `document`, `audio`, `video`.
        kind: Option<&'static str>,
        /// What a picture shows; what another file is called.
        about: String,
        transcript: Vec<LineBody>,
        /// A picture in several widths, the smallest first; one file of anything else.
        files: Vec<FileBody>,
    },
}

/// A run of text. Places are bytes of its UTF-8.
#[derive(Debug, Serialize, ToSchema)]
struct LineBody {
    /// Number in the post, from 0; citations name it.
    number: usize,
    text: String,
    marks: Vec<MarkBody>,
    links: Vec<LinkBody>,
}

#[derive(Debug, Serialize, ToSchema)]
struct MarkBody {
    start: u32,
    end: u32,
    /// `bold`, `italic`, `sup`, `sub`.
    kind: &'static str,
}

#[derive(Debug, Serialize, ToSchema)]
struct LinkBody {
    start: usize,
    end: usize,
    href: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct FileBody {
    url: String,
    media_type: String,
    /// Pixels; 0 where it is no picture.
    width: u32,
    height: u32,
    bytes: i64,
    sha256: String,
}

impl LineBody {
    fn new(line: &Line, next: &mut usize) -> Self {
        let number = *next;
        *next += 1;
        let mark = |mark: &legal::model::Mark| {
            let kind = match mark.kind {
                MarkKind::Bold => "bold",
                MarkKind::Italic => "italic",
                MarkKind::Sup => "sup",
                MarkKind::Sub => "sub",
                MarkKind::Note(_) => return None,
            };
            Some(MarkBody {
                start: mark.start,
                end: mark.end,
                kind,
            })
        };
        let link = |link: &crate::body::Link| LinkBody {
            start: link.from,
            end: link.to,
            href: link.href.clone(),
        };
        Self {
            number,
            text: line.text.clone(),
            marks: line.marks.iter().filter_map(mark).collect(),
            links: line.links.iter().map(link).collect(),
        }
    }
}

impl BlockBody {
    fn new(block: &Block, stale: bool, next: &mut usize, files: &HashMap<i64, Media>, base: &str) -> Self {
        let mut all = |lines: &[Line]| lines.iter().map(|line| LineBody::new(line, next)).collect();
        let content = match &block.content {
            Content::Para { line } => ContentBody::Paragraph {
                line: LineBody::new(line, next),
            },
            Content::Heading { level, line } => ContentBody::Heading {
                level: *level,
                line: LineBody::new(line, next),
            },
            Content::List { start, items } => ContentBody::List {
                start: *start,
                items: all(items),
            },
            Content::Table { rows } => ContentBody::Table {
                rows: rows.iter().map(|row| all(row)).collect(),
            },
            Content::Quote { lines } => ContentBody::Quote { lines: all(lines) },
            Content::Callout { lines } => ContentBody::Callout { lines: all(lines) },
            Content::Media {
                media,
                about,
                transcript,
            } => {
                let known = files.get(media);
                let file = |file: &crate::model::File| FileBody {
                    url: format!("{base}/{media}/{}", file.name),
                    media_type: file.media_type.clone(),
                    width: file.width,
                    height: file.height,
                    bytes: file.size,
                    sha256: file.sha256.clone(),
                };
                ContentBody::Media {
                    kind: known.map(|known| known.kind.code()),
                    about: about.clone(),
                    transcript: all(transcript),
                    files: known
                        .map(|known| known.files.iter().map(file).collect())
                        .unwrap_or_default(),
                }
            }
        };
        Self {
            lang: block.lang.code(),
            stale,
            content,
        }
    }
}

/// A citation, pinned to what the law said when the post was written.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CitationBody {
    /// Number of the line, and the bytes in it.
    line: usize,
    start: usize,
    end: usize,
    /// The words of the post.
    words: String,
    /// Address word of the act.
    act: String,
    /// Id of the provision; null for the act as a whole.
    provision: Option<String>,
    url: String,
    /// True where the act has no provision of that number.
    missing: bool,
    /// SHA-256 of the text of the provision then; null for the act as a whole.
    pinned_sha256: Option<String>,
    /// What has changed the provision since; null while it says the same.
    changed: Option<ChangedBody>,
}

#[derive(Debug, Serialize, ToSchema)]
struct ChangedBody {
    /// First day of the new words.
    since: Date,
    /// Address word of the act that made the change; null where the cited act ended by itself.
    by: Option<String>,
}

impl CitationBody {
    pub fn new(site: &Site, one: &Pinned, change: Option<&Touched>) -> Self {
        let given = |text: &String| (!text.is_empty()).then(|| text.clone());
        Self {
            line: one.line,
            start: one.from,
            end: one.to,
            words: one.words.clone(),
            act: one.act.clone(),
            provision: given(&one.provision),
            url: format!("{}{}", site.base_url(), one.path()),
            missing: one.missing,
            pinned_sha256: given(&one.hash),
            changed: change.map(|change| ChangedBody {
                since: change.since,
                by: change.by.as_ref().map(|by| by.slug.clone()),
            }),
        }
    }
}

/// A kind of posts or a topic group.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct KindBody {
    code: String,
    label: String,
    label_en: String,
}

impl From<Kind> for KindBody {
    fn from(kind: Kind) -> Self {
        Self {
            code: kind.code,
            label: kind.label,
            label_en: kind.label_en,
        }
    }
}

impl From<Topic> for KindBody {
    fn from(topic: Topic) -> Self {
        Self {
            code: topic.code,
            label: topic.label,
            label_en: topic.label_en,
        }
    }
}
