//! Files that officers upload → what may go out: pictures drawn anew in a few sizes, documents, sound
//! and film that are what their name says and carry nothing that runs; sound and film without what recorders
//! write beside them (place, device, names).
//!
//! Nothing here touches disk, network or clock, and nothing panics on any input. The binary runs it in
//! the child process that reads strangers' files, with its limits of memory and time.

mod document;
mod kind;
mod name;
mod picture;
mod strip;

use readers::Refusal;
use serde::{Deserialize, Serialize};

pub use kind::Kind;
pub use picture::WIDTHS;

/// Bytes above which a file is refused before anything looks at it.
pub const MOST: usize = 64 << 20;

/// A file that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// What it is.
    pub kind: Kind,
    /// Its name without anything that leads elsewhere; the end says what it is.
    pub name: String,
    /// False for a document that is a picture of text: nobody can search it or have it read aloud.
    pub has_text: bool,
    /// What goes out: a picture in several widths, the smallest first; one file of anything else.
    pub files: Vec<Made>,
}

/// One file that goes out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Last part of its address.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Pixels across; 0 where it is no picture.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// The bytes.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

/// A Word file as a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Simple HTML; a picture is `<img src="hinh:0" alt="…">`.
    pub html: String,
    /// The pictures by number, or why one cannot be taken.
    pub pictures: Vec<Result<Taken, Refusal>>,
}

/// Reads a Word file (DOCX) as a page with its pictures.
///
/// # Errors
/// A sentence for the officer: what is wrong with the file and what to do.
pub fn word(bytes: &[u8]) -> Result<Page, Refusal> {
    if bytes.len() > MOST {
        return Err(too_large());
    }
    let page = readers::word_page(bytes)?;
    let picture = |(number, bytes): (usize, Vec<u8>)| {
        Ok(Taken {
            kind: Kind::Picture,
            name: format!("hinh-{}.jpg", number + 1),
            has_text: false,
            files: picture::draw(&bytes)?,
        })
    };
    let pictures = page.pictures.into_iter().enumerate().map(picture).collect();
    Ok(Page {
        html: page.html,
        pictures,
    })
}

fn too_large() -> Refusal {
    Refusal::new("too-large", "Tệp lớn hơn 64 MB. Xin nén hoặc chia nhỏ tệp.")
}

/// Looks at a file and makes what may go out of it.
///
/// # Errors
/// A sentence for the officer: what is wrong with the file and what to do.
pub fn take(name: &str, bytes: &[u8]) -> Result<Taken, Refusal> {
    if bytes.len() > MOST {
        return Err(too_large());
    }
    let format = kind::recognise(name, bytes)?;
    let name = name::tidy(name, format.extension);
    if format.kind == Kind::Picture {
        return Ok(Taken {
            kind: Kind::Picture,
            name,
            has_text: false,
            files: picture::draw(bytes)?,
        });
    }
    let has_text = document::check(format.extension, bytes)?;
    let made = Made {
        name: name::slug(&name, format.extension),
        media_type: format.media_type.to_owned(),
        width: 0,
        height: 0,
        bytes: strip::strip(format.extension, bytes)?,
    };
    Ok(Taken {
        kind: format.kind,
        name,
        has_text,
        files: vec![made],
    })
}
