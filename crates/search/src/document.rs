//! An act as documents of the index.

use std::collections::HashMap;

use jiff::civil::Date;
use legal::cite::ActName;
use legal::model::{ActKind, ActText, Block, Part, PartKind, Provision, ProvisionKind};
use legal::validity::{Halt, Status, halted, standing, status_on};
use serde::{Deserialize, Serialize};
use tantivy::TantivyDocument;

use crate::cutter::{Cut, Cutter};
use crate::numbers;
use crate::schema::{Fields, TextFields};

/// Longest text kept for excerpts, in bytes; all of it is indexed.
const KEPT: usize = 60_000;
/// Longer titles are no names that people type.
const LONGEST_NAME: usize = 160;

/// What a result shows of its act; kept in the index, so that a search needs no database.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActCard {
    /// Row id.
    pub id: i64,
    /// Address below `/van-ban/`.
    pub slug: String,
    /// Kind, where known.
    pub kind: Option<ActKind>,
    /// Number in canonical spelling.
    pub number: Option<String>,
    /// Title without the kind.
    pub title: String,
    /// First issuer.
    pub issuer: Option<String>,
    /// Field of law (lĩnh vực).
    #[serde(default)]
    pub area: Option<String>,
    /// Date issued.
    pub issued: Option<Date>,
    /// First day in force.
    pub in_force: Option<Date>,
    /// First day no longer in force.
    pub expires: Option<Date>,
    /// What a source says of its state.
    pub claimed: Option<Status>,
    /// Times for which it does not hold.
    #[serde(default)]
    pub halts: Vec<Halt>,
}

impl ActCard {
    /// "Bộ luật Dân sự", "Nghị định 100/2019/NĐ-CP".
    #[must_use]
    pub fn name(&self) -> String {
        let title = (!self.title.is_empty()).then_some(self.title.as_str());
        ActName {
            kind: self.kind,
            number: self.number.as_deref(),
            title,
            issued: self.issued,
            issuer: None,
        }
        .short()
    }

    /// State on a date by the dates known and by what a source says.
    #[must_use]
    pub fn status_on(&self, date: Date) -> Status {
        let status = standing(status_on(self.in_force, self.expires, date), self.claimed);
        halted(status, &self.halts, date)
    }

    /// Day from which it no longer holds; the first of all days where a source names none.
    fn ended(&self) -> Option<i64> {
        let said = (self.claimed == Some(Status::Expired)).then_some(i64::MIN);
        self.expires.map(days).or(said)
    }

    fn words(&self) -> String {
        let kind = self.kind.map_or("", ActKind::label);
        format!("{kind} {}", self.title)
    }

    /// Names that people type whole: "luat-dat-dai", "luat-dat-dai-2024", "dat-dai".
    fn name_keys(&self) -> Vec<String> {
        let title = viet::slug(&self.title);
        if title.is_empty() || title.len() > LONGEST_NAME {
            return Vec::new();
        }
        let whole = self.kind.map(|kind| format!("{}-{title}", kind.slug()));
        let years = whole
            .iter()
            .chain([&title])
            .flat_map(|name| self.issued.map(|date| format!("{name}-{}", date.year())));
        years.chain(whole.clone()).chain([title.clone()]).collect()
    }
}

/// What a result shows of one piece of an act.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PieceCard {
    /// Address below the act: `dieu-7`, `phu-luc-1`.
    pub path: String,
    /// "Điều 7. Nguyên tắc …".
    pub label: String,
    /// Title of the part, where it is not the main one.
    pub part: Option<String>,
}

impl PieceCard {
    /// "Điều 7" of "Điều 7. Nguyên tắc …".
    pub(crate) fn place(&self) -> &str {
        self.label
            .split_once(". ")
            .map_or(self.label.as_str(), |(place, _)| place)
    }
}

/// The documents of an act; `text` is missing where only its metadata is known.
pub(crate) fn documents(
    fields: &Fields,
    cutter: &mut Cutter,
    act: &ActCard,
    text: Option<&ActText>,
) -> Vec<TantivyDocument> {
    let mut name = Cut::default();
    cutter.add(&mut name, &act.words());
    let mut documents = vec![act_document(fields, act, &name)];
    for piece in text.map(pieces).unwrap_or_default() {
        documents.push(piece_document(fields, cutter, act, &name, &piece));
    }
    documents
}

fn common(fields: &Fields, act: &ActCard, name: &Cut, piece: u64) -> TantivyDocument {
    let mut doc = TantivyDocument::new();
    doc.add_u64(fields.group, act.id.unsigned_abs());
    doc.add_text(fields.act, &act.slug);
    doc.add_u64(fields.piece, piece);
    facets_into(&mut doc, fields, act);
    for key in act.number.as_deref().map(numbers::keys_of).unwrap_or_default() {
        doc.add_text(fields.number, key);
    }
    for key in act.name_keys() {
        doc.add_text(fields.name_key, key);
    }
    words_into(&mut doc, fields.name, name);
    doc
}

fn words_into(doc: &mut TantivyDocument, fields: TextFields, cut: &Cut) {
    for (field, words) in fields.ways.into_iter().zip(&cut.ways) {
        doc.add_text(field, words);
    }
}

fn facets_into(doc: &mut TantivyDocument, fields: &Fields, act: &ActCard) {
    doc.add_u64(fields.kind, kind_place(act.kind.unwrap_or(ActKind::Khac)));
    if let Some(issued) = act.issued.map(days) {
        doc.add_i64(fields.issued, issued);
    }
    if let Some(start) = act.in_force.map(days) {
        doc.add_i64(fields.starts, start);
    }
    if let Some(end) = act.ended() {
        doc.add_i64(fields.ends, end);
    }
    if let Some(year) = act.issued.and_then(|date| u64::try_from(date.year()).ok()) {
        doc.add_u64(fields.year, year);
    }
    if let Some(issuer) = &act.issuer {
        doc.add_text(fields.issuer, issuer);
    }
    if let Some(area) = &act.area {
        doc.add_text(fields.area, area);
    }
}

/// Place of a kind in the order of rank; what the index holds of it.
pub(crate) fn kind_place(kind: ActKind) -> u64 {
    (0..)
        .zip(ActKind::all())
        .find(|(_, one)| *one == kind)
        .map_or(0, |(at, _)| at)
}

fn act_document(fields: &Fields, act: &ActCard, name: &Cut) -> TantivyDocument {
    let mut doc = common(fields, act, name, 0);
    doc.add_text(fields.card, json(act));
    doc
}

fn piece_document(
    fields: &Fields,
    cutter: &mut Cutter,
    act: &ActCard,
    name: &Cut,
    piece: &Piece,
) -> TantivyDocument {
    let mut doc = common(fields, act, name, 1);
    if let Some(number) = &piece.article {
        let mark = if piece.card.part.is_some() { "+" } else { "" };
        doc.add_text(fields.article, format!("{mark}{}", viet::fold(number)));
    }
    let mut body = Cut::default();
    cutter.add(&mut body, &piece.heading);
    doc.add_u64(fields.head_len, body.words);
    cutter.add(&mut body, &piece.text);
    words_into(&mut doc, fields.body, &body);
    for code in body.codes {
        doc.add_u64(fields.order, code);
    }
    doc.add_text(fields.card, json(&piece.card));
    doc.add_text(fields.text, cut(&piece.text, KEPT));
    doc
}

/// Days since 1970-01-01.
pub(crate) fn days(date: Date) -> i64 {
    date.since(Date::constant(1970, 1, 1))
        .map_or(0, |span| i64::from(span.get_days()))
}

fn json<T: Serialize>(card: &T) -> String {
    serde_json::to_string(card).unwrap_or_default()
}

fn cut(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// A piece of an act that is found by itself: an article with all below it, or what stands outside articles.
#[derive(Debug, Default)]
struct Piece {
    card: PieceCard,
    article: Option<String>,
    heading: String,
    text: String,
}

fn pieces(act: &ActText) -> Vec<Piece> {
    let parents: HashMap<&str, &Provision> =
        act.provisions.iter().map(|one| (one.id.as_str(), one)).collect();
    let mut order: Vec<&Provision> = Vec::new();
    let mut texts: HashMap<&str, String> = HashMap::new();
    for provision in &act.provisions {
        let host = host(provision, &parents);
        let text = texts.entry(host.id.as_str()).or_insert_with(|| {
            order.push(host);
            String::new()
        });
        provision_into(text, provision, host);
    }
    let provisions = order.into_iter().filter_map(|host| {
        let text = texts.remove(host.id.as_str())?;
        provision_piece(act, host, text)
    });
    let parts = act.parts.iter().filter_map(|part| part_piece(act, part));
    provisions.chain(parts).collect()
}

/// The provision under which the text of `provision` is found: its article, or where it has none
/// the highest clause, or itself.
fn host<'a>(provision: &'a Provision, parents: &HashMap<&str, &'a Provision>) -> &'a Provision {
    let mut found = provision;
    let mut next = Some(provision);
    // A damaged chain of parents must not hold us: no act is deeper than its levels.
    for _ in 0..12 {
        let Some(current) = next else { break };
        if matches!(
            current.kind,
            ProvisionKind::Article | ProvisionKind::Clause | ProvisionKind::Point
        ) {
            found = current;
        }
        if current.kind == ProvisionKind::Article {
            break;
        }
        next = current.parent.as_deref().and_then(|id| parents.get(id).copied());
    }
    found
}

fn provision_into(out: &mut String, provision: &Provision, host: &Provision) {
    match provision.kind {
        _ if provision.id == host.id => {}
        ProvisionKind::Point => line(out, &format!("{}) ", provision.number)),
        _ => line(out, &format!("{}. ", provision.number)),
    }
    let own_line = provision.id == host.id;
    for (at, block) in provision.blocks.iter().enumerate() {
        if at > 0 || own_line {
            line(out, "");
        }
        block_into(out, block);
    }
}

fn line(out: &mut String, start: &str) {
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(start);
}

fn block_into(out: &mut String, block: &Block) {
    match block {
        Block::Para(para) => out.push_str(&para.text),
        Block::Table(table) => {
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            for para in cells.flat_map(|cell| &cell.paras) {
                out.push_str(&para.text);
                out.push(' ');
            }
        }
        Block::Quote(quote) => {
            for block in &quote.blocks {
                line(out, "");
                block_into(out, block);
            }
        }
    }
}

fn provision_piece(act: &ActText, host: &Provision, text: String) -> Option<Piece> {
    let heading = host.heading.clone().unwrap_or_default();
    let is_article = host.kind == ProvisionKind::Article;
    if text.trim().is_empty() && !is_article {
        return None;
    }
    let place = format!("{} {}", legal::cite::level(host.kind), host.number);
    let label = if heading.is_empty() {
        place
    } else {
        format!("{place}. {heading}")
    };
    let card = PieceCard {
        path: legal::address::path_of_id(&host.id)?,
        label,
        part: part_title(act, &host.part),
    };
    Some(Piece {
        card,
        article: is_article.then(|| host.number.clone()),
        heading,
        text,
    })
}

fn part_title(act: &ActText, id: &str) -> Option<String> {
    act.parts
        .iter()
        .find(|part| part.id == id && part.kind != PartKind::Main)
        .map(|part| part.title.clone())
}

/// A part without provisions: an appendix, a form, or a main text that is all prose.
fn part_piece(act: &ActText, part: &Part) -> Option<Piece> {
    let has_provisions = act.provisions.iter().any(|provision| provision.part == part.id);
    if has_provisions || part.opening.is_empty() {
        return None;
    }
    let mut text = String::new();
    for block in &part.opening {
        line(&mut text, "");
        block_into(&mut text, block);
    }
    let is_main = part.kind == PartKind::Main;
    let path = if is_main {
        String::new()
    } else {
        legal::address::path_of_id(&part.id)?
    };
    let label = if is_main {
        "Toàn văn".to_owned()
    } else {
        part.title.clone()
    };
    Some(Piece {
        card: PieceCard {
            path,
            label,
            part: None,
        },
        article: None,
        heading: part.title.clone(),
        text,
    })
}

#[cfg(test)]
#[path = "document_tests.rs"]
mod tests;
