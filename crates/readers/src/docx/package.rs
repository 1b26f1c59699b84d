//! The zip file around a Word document: its parts, found as Open Packaging says (ECMA-376-2).

use std::cell::Cell;
use std::collections::HashMap;
use std::io::{BufRead, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::meter::Metered;
use super::xml::{Step, Xml};
use crate::archive::{Limits, declared_entries};
use crate::word::{EPUB, Fault, OPEN_TEXT, OTHER, SHEET, SLIDES};

/// A few bytes may always unfold to this many.
const ALLOWANCE: u64 = 1 << 20;
/// Elements of a part that lists others.
const MAX_LISTED: usize = 50_000;

/// One part as a stream of XML.
pub(super) type Part<'p> = Xml<Box<dyn BufRead + 'p>>;

/// A Word file whose main part is known.
pub(super) struct Package<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// Place of every entry by lower-case name.
    places: HashMap<String, usize>,
    left: Cell<u64>,
    /// Name of the main part.
    main: String,
    /// What the main part refers to: kind, id, name of the part.
    relations: Vec<Relation>,
    /// Addresses of its links by id.
    pub links: HashMap<String, String>,
    /// The file carries macros; they are never looked at.
    pub macros: bool,
}

#[derive(Clone, Debug)]
struct Relation {
    kind: String,
    id: String,
    target: String,
}

impl<'b> Package<'b> {
    /// Opens the zip file and finds its main part.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Fault> {
        let limits = Limits::default();
        if declared_entries(bytes) > limits.entries {
            return Err(Fault::TooLarge);
        }
        let zip =
            ZipArchive::new(Cursor::new(bytes)).map_err(|_| Fault::Damaged("danh mục ZIP".to_owned()))?;
        let places = zip
            .file_names_raw()
            .enumerate()
            .map(|(place, name)| (tidy(&String::from_utf8_lossy(name)), place))
            .collect();
        let most = limits
            .bytes
            .min((bytes.len() as u64).saturating_mul(limits.ratio).max(ALLOWANCE));
        let mut package = Self {
            zip,
            places,
            left: Cell::new(most),
            main: String::new(),
            relations: Vec::new(),
            links: HashMap::new(),
            macros: false,
        };
        package.main = package.find_main()?;
        package.macros = package.places.keys().any(|name| name.ends_with("vbaproject.bin"));
        package.relations = package.relations_of(&package.main.clone())?;
        package.links = package.links_of(&package.main.clone())?;
        Ok(package)
    }

    /// The main part.
    pub(super) fn main(&mut self) -> Result<Part<'_>, Fault> {
        let name = self.main.clone();
        self.part(&name)?.ok_or(Fault::Damaged(name))
    }

    /// The first part of a kind that the main part refers to ("styles", "footnotes" …).
    pub(super) fn related(&mut self, kind: &str) -> Result<Option<Part<'_>>, Fault> {
        let found = self.relations.iter().find(|relation| relation.kind == kind);
        match found.map(|relation| relation.target.clone()) {
            Some(target) => self.part(&target),
            None => Ok(None),
        }
    }

    /// The part that a relation of this id points to.
    pub(super) fn by_id(&mut self, id: &str) -> Result<Option<Part<'_>>, Fault> {
        let found = self.relations.iter().find(|relation| relation.id == id);
        match found.map(|relation| relation.target.clone()) {
            Some(target) => self.part(&target),
            None => Ok(None),
        }
    }

    /// The bytes of the part that a relation of this id points to, a picture; `None` where there is none
    /// or it is larger than `most`.
    pub(super) fn bytes(&mut self, id: &str, most: u64) -> Option<Vec<u8>> {
        let found = self.relations.iter().find(|relation| relation.id == id)?;
        let place = self.places.get(&tidy(&found.target)).copied()?;
        let mut bytes = Vec::new();
        let most = most.min(self.left.get());
        let entry = self.zip.by_index(place).ok()?;
        let read = entry.take(most + 1).read_to_end(&mut bytes).ok()? as u64;
        self.left.set(self.left.get().saturating_sub(read));
        (read <= most).then_some(bytes)
    }

    fn part(&mut self, name: &str) -> Result<Option<Part<'_>>, Fault> {
        let Some(place) = self.places.get(&tidy(name)).copied() else {
            return Ok(None);
        };
        let entry = self.zip.by_index(place).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
                Fault::Encrypted
            }
            _ => Fault::Damaged(name.to_owned()),
        })?;
        let mut source = Metered::new(entry, &self.left);
        let head = source.fill_buf().map_err(|_| Fault::Damaged(name.to_owned()))?;
        if !matches!(head, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
            return Ok(Some(Xml::new(Box::new(source), name)));
        }
        let mut whole = Vec::new();
        source
            .take(16 << 20)
            .read_to_end(&mut whole)
            .map_err(|_| Fault::Damaged(name.to_owned()))?;
        let text = crate::sniff::decode(&whole).map_err(|_| Fault::Damaged(name.to_owned()))?;
        let text = text.trim_start_matches('\u{feff}').to_owned().into_bytes();
        Ok(Some(Xml::new(Box::new(Cursor::new(text)), name)))
    }

    /// The main part by the relations of the package, its kind checked against the list of types.
    fn find_main(&mut self) -> Result<String, Fault> {
        if let Some(fault) = self.other_format() {
            return Err(fault);
        }
        let relations = self.relations_of("")?;
        let main = relations
            .into_iter()
            .find(|relation| relation.kind == "officeDocument")
            .map_or_else(|| "word/document.xml".to_owned(), |relation| relation.target);
        match self.type_of(&main)?.as_deref() {
            Some(kind) if kind.contains("spreadsheet") || kind.contains("ms-excel") => {
                Err(Fault::NotWord(SHEET))
            }
            Some(kind) if kind.contains("presentation") || kind.contains("powerpoint") => {
                Err(Fault::NotWord(SLIDES))
            }
            Some(kind) if !kind.contains("word") && !kind.ends_with("xml") => Err(Fault::NotWord(OTHER)),
            _ if !self.places.contains_key(&tidy(&main)) => Err(Fault::Damaged(main)),
            _ => Ok(main),
        }
    }

    /// Documents of other programs that are zip files too.
    fn other_format(&mut self) -> Option<Fault> {
        if self.places.contains_key("[content_types].xml") {
            return None;
        }
        let mut kind = String::new();
        if let Some(place) = self.places.get("mimetype").copied()
            && let Ok(entry) = self.zip.by_index(place)
        {
            // What is no text stays empty and is no Word file either.
            let _ = entry.take(200).read_to_string(&mut kind);
        }
        Some(Fault::NotWord(match kind.trim() {
            kind if kind.contains("opendocument.text") => OPEN_TEXT,
            kind if kind.contains("opendocument.spreadsheet") => SHEET,
            kind if kind.contains("opendocument.presentation") => SLIDES,
            kind if kind.contains("epub") => EPUB,
            _ if self.places.contains_key("word/document.xml") => return None,
            _ => OTHER,
        }))
    }

    /// Content type of a part.
    fn type_of(&mut self, name: &str) -> Result<Option<String>, Fault> {
        let wanted = tidy(name);
        let mut found = None;
        self.each("[Content_Types].xml", |tag| {
            let part = tag.attr("PartName").map(tidy);
            if tag.name == "Override" && part.as_deref() == Some(wanted.as_str()) {
                found = tag.attr("ContentType").map(str::to_ascii_lowercase);
            }
        })?;
        Ok(found)
    }

    /// What a part refers to inside the file; `""` is the package itself. Nothing outside is ever opened.
    fn relations_of(&mut self, part: &str) -> Result<Vec<Relation>, Fault> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let mut out = Vec::new();
        self.each(&format!("{folder}/_rels/{file}.rels"), |tag| {
            let external = tag
                .attr("TargetMode")
                .is_some_and(|mode| mode.eq_ignore_ascii_case("External"));
            let (Some(kind), Some(target)) = (tag.attr("Type"), tag.attr("Target")) else {
                return;
            };
            if !external {
                out.push(Relation {
                    kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                    id: tag.attr("Id").unwrap_or_default().to_owned(),
                    target: resolve(folder, target),
                });
            }
        })?;
        Ok(out)
    }

    fn links_of(&mut self, part: &str) -> Result<HashMap<String, String>, Fault> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let mut out = HashMap::new();
        self.each(&format!("{folder}/_rels/{file}.rels"), |tag| {
            let link = tag.attr("Type").is_some_and(|kind| kind.ends_with("/hyperlink"));
            if let (true, Some(id), Some(target)) = (link, tag.attr("Id"), tag.attr("Target")) {
                out.insert(id.to_owned(), target.to_owned());
            }
        })?;
        Ok(out)
    }

    /// Shows every element of a small part; a part that is missing has none.
    fn each(&mut self, name: &str, mut visit: impl FnMut(&super::xml::Tag)) -> Result<(), Fault> {
        let Some(mut part) = self.part(name)? else {
            return Ok(());
        };
        let mut left = MAX_LISTED;
        loop {
            match part.next()? {
                Step::Open => {
                    left = left.checked_sub(1).ok_or(Fault::TooLarge)?;
                    visit(part.tag());
                }
                Step::End => return Ok(()),
                Step::Close | Step::Text => {}
            }
        }
    }
}

/// The name of a part as it is looked up: no leading slash, one kind of slash, small letters.
fn tidy(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_lowercase()
}

/// A target as written beside a part of `folder`.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|piece| !piece.is_empty()).collect();
    for piece in target.split('/') {
        match piece {
            ".." => {
                path.pop();
            }
            "" | "." => {}
            _ => path.push(piece),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_resolve_within_the_package() {
        assert_eq!(resolve("word", "styles.xml"), "word/styles.xml");
        assert_eq!(resolve("word", "../customXml/item1.xml"), "customXml/item1.xml");
        assert_eq!(resolve("word", "/word/a.xml"), "word/a.xml");
        assert_eq!(resolve("", "../../../etc/passwd"), "etc/passwd");
    }
}
