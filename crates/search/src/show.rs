//! What was found, as a page shows it.

use legal::model::ProvisionKind;
use tantivy::schema::Field;
use tantivy::schema::document::{DeserializeError, DocumentDeserialize, DocumentDeserializer};
use tantivy::{DocAddress, Searcher};

use crate::document::{ActCard, PieceCard};
use crate::error::SearchError;
use crate::excerpt::{Marker, Span};
use crate::find::{Answer, Found, Group, Query, Results};
use crate::generation::Generation;
use crate::listing::Address;
use crate::matches::{Columns, Match};
use crate::place::Place;
use crate::plan::CITED;
use crate::quote;
use crate::rank::Ranked;

/// Pages beyond are not computed: nobody reads them, robots ask for them.
const LAST_PAGE: usize = 100;

/// Shows matches of one search.
pub(crate) struct Page<'a> {
    pub generation: &'a Generation,
    pub searcher: &'a Searcher,
    pub columns: &'a [Columns],
    pub marker: Marker,
    pub place: Option<&'a Place>,
}

impl Page<'_> {
    /// The page of the matches that `query` asks for.
    pub(crate) fn show(&self, matches: &[(u64, Match)], query: &Query) -> Result<Results, SearchError> {
        let per_page = query.per_page.max(1);
        let acts = matches.len();
        let pieces = matches.iter().map(|(_, found)| found.count).sum();
        let pages = acts.div_ceil(per_page).min(LAST_PAGE);
        let page = query.page.clamp(1, pages.max(1));
        let shown = matches.iter().skip((page - 1) * per_page).take(per_page);
        let groups: Result<Vec<Group>, SearchError> =
            shown.map(|(id, found)| self.group(*id, found)).collect();
        Ok(Results {
            groups: groups?,
            acts,
            pieces,
            page,
            pages,
            ..Results::default()
        })
    }

    /// The provision that answers: the one that was named, or the one that the words speak for
    /// clearly more than for any other.
    pub(crate) fn answer(
        &self,
        matches: &[(u64, Match)],
        ranked: &[Ranked],
        question: bool,
    ) -> Result<Option<Answer>, SearchError> {
        let Some((id, best)) = matches.first() else {
            return Ok(None);
        };
        let Some((score, at)) = best.best.first().copied() else {
            return Ok(None);
        };
        let named = score >= CITED;
        let is_answer = named || (question && crate::rank::is_certain(ranked, at));
        if !is_answer {
            return Ok(None);
        }
        let act: ActCard = parse(&self.stored(self.act_of(*id, best)?)?.0)?;
        let (card, text) = self.stored(at)?;
        let card: PieceCard = parse(&card)?;
        let sub = self
            .place
            .filter(|_| named)
            .and_then(|place| quote::sub(&text, place));
        let (path, cited, quoted) = match sub {
            Some(sub) => (
                format!("{}/{}", card.path, sub.path),
                format!("{} {}", sub.cited, card.place()),
                sub.text,
            ),
            None if named => (card.path.clone(), card.label.clone(), text),
            None => (card.path.clone(), card.label.clone(), self.marker.passage(&text)),
        };
        // Who named a provision looks for no words in it.
        let plain = |text: &str| {
            vec![Span {
                text: text.to_owned(),
                hit: false,
            }]
        };
        let spans = |line: &str| {
            if named {
                plain(line)
            } else {
                self.marker.mark(line)
            }
        };
        let lines = quote::lines(&quoted).map(spans).collect();
        Ok(Some(Answer {
            act,
            card,
            path,
            cited,
            lines,
            named,
        }))
    }

    fn group(&self, id: u64, found: &Match) -> Result<Group, SearchError> {
        let at = self.act_of(id, found)?;
        let (card, _) = self.stored(at)?;
        let act: ActCard = parse(&card)?;
        let name = act.name();
        let title = if name.contains(&act.title) {
            Vec::new()
        } else {
            self.marker.mark(&act.title)
        };
        let pieces: Result<Vec<Found>, SearchError> = found
            .best
            .iter()
            .map(|(score, at)| self.piece(*at, *score >= CITED))
            .collect();
        Ok(Group {
            name: self.marker.mark(&name),
            title,
            act,
            count: found.count,
            pieces: pieces?,
        })
    }

    fn piece(&self, at: DocAddress, named: bool) -> Result<Found, SearchError> {
        let (card, text) = self.stored(at)?;
        let mut card: PieceCard = parse(&card)?;
        let sub = self
            .place
            .filter(|_| named)
            .and_then(|place| quote::sub(&text, place));
        if let Some(sub) = sub {
            card.path = format!("{}/{}", card.path, sub.path);
            card.label = format!("{} {}", sub.cited, card.label);
            return Ok(Found {
                label: self.marker.mark(&card.label),
                excerpt: self.marker.excerpt(&sub.text),
                card,
            });
        }
        Ok(Found {
            label: self.marker.mark(&card.label),
            excerpt: self.marker.excerpt(&text),
            card,
        })
    }

    /// The document of an act, of which perhaps only pieces matched.
    fn act_of(&self, id: u64, found: &Match) -> Result<DocAddress, SearchError> {
        let DocAddress { segment_ord, doc_id } = found.any;
        let before = || self.columns.get(segment_ord as usize)?.act_before(doc_id);
        let at = found
            .act
            .or_else(|| Some(DocAddress::new(segment_ord, before()?)));
        at.ok_or_else(|| SearchError::Shape(format!("act {id}")))
    }

    fn stored(&self, at: DocAddress) -> Result<(String, String), SearchError> {
        stored(self.generation, self.searcher, at)
    }
}

/// Card and text of a document.
pub(crate) fn stored(
    generation: &Generation,
    searcher: &Searcher,
    at: DocAddress,
) -> Result<(String, String), SearchError> {
    let Kept(fields) = searcher.doc(at)?;
    let (mut card, mut text) = (String::new(), String::new());
    for (field, value) in fields {
        if field == generation.fields.card {
            card = value;
        } else if field == generation.fields.text {
            text = value;
        }
    }
    Ok((card, text))
}

/// What the index keeps of a document, read without a copy in between.
struct Kept(Vec<(Field, String)>);

impl DocumentDeserialize for Kept {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut fields: D) -> Result<Self, DeserializeError> {
        let mut kept = Vec::with_capacity(fields.size_hint());
        while let Some(field) = fields.next_field()? {
            kept.push(field);
        }
        Ok(Self(kept))
    }
}

/// Addresses of the first `most` pieces among documents in order: of the act, and below it.
pub(crate) fn addresses(
    generation: &Generation,
    searcher: &Searcher,
    order: &[(f32, DocAddress)],
    most: usize,
) -> Result<Vec<Address>, SearchError> {
    let mut found = Vec::new();
    for (_, at) in order {
        let segment = searcher.segment_reader(at.segment_ord).fast_fields();
        if segment.u64("piece")?.first(at.doc_id) != Some(1) {
            continue;
        }
        let card: PieceCard = parse(&stored(generation, searcher, *at)?.0)?;
        let mut slug = String::new();
        if let Some(column) = segment.str("act")?
            && let Some(place) = column.ords().first(at.doc_id)
        {
            column.ord_to_str(place, &mut slug)?;
        }
        found.push((slug, card.path));
        if found.len() == most {
            break;
        }
    }
    Ok(found)
}

/// A card as the index keeps it.
pub(crate) fn parse<T: serde::de::DeserializeOwned>(card: &str) -> Result<T, SearchError> {
    serde_json::from_str(card).map_err(|error| SearchError::Shape(error.to_string()))
}

/// Address of a clause or point: "khoan-2", "diem-dd".
pub(crate) fn segment(kind: ProvisionKind, number: &str) -> String {
    let id = legal::address::segment(kind, number);
    legal::address::path_of_id(&id).unwrap_or(id)
}
