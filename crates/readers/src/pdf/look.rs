//! What a PDF is like without reading it as an act: whether it has text, whether anything in it runs.

use hayro_syntax::object::{MaybeRef, Name, Object};

use super::source::{self, Fault};
use crate::Refusal;

/// Objects inside objects that are followed.
const DEPTH: usize = 12;

/// Keys and kinds of actions of ISO 32000-1 (12.6.4, 7.11.4, 12.7.8) that run something, start a
/// program, carry files or send what was filled in.
const ACTS: [&[u8]; 9] = [
    b"JavaScript",
    b"JS",
    b"Launch",
    b"EmbeddedFiles",
    b"EmbeddedFile",
    b"RichMedia",
    b"XFA",
    b"SubmitForm",
    b"ImportData",
];

/// What a PDF is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PdfLook {
    /// Whether it has letters that can be searched.
    pub has_text: bool,
    /// Whether something in it runs, leads out of it by itself or carries other files.
    pub acts: bool,
}

/// Looks at a PDF.
///
/// # Errors
/// A file that is damaged, locked or too large to be looked at.
pub fn look_at_pdf(bytes: &[u8]) -> Result<PdfLook, Refusal> {
    let pdf = source::open(bytes)?;
    let acts = pdf.objects().into_iter().any(|object| acts(&object, DEPTH));
    let has_text = match super::leaves(bytes) {
        Ok(_) => true,
        Err(Fault::Scan | Fault::Codes) => false,
        Err(fault) => return Err(fault.into()),
    };
    Ok(PdfLook { has_text, acts })
}

fn named(name: &Name<'_>) -> bool {
    ACTS.contains(&name.as_ref())
}

fn acts(object: &Object<'_>, depth: usize) -> bool {
    if depth == 0 {
        return true;
    }
    let inside = |value: &MaybeRef<Object<'_>>| match value {
        MaybeRef::NotRef(object) => acts(object, depth - 1),
        MaybeRef::Ref(_) => false,
    };
    match object {
        Object::Name(name) => named(name),
        Object::Dict(dict) => dict.entries().any(|(key, value)| named(&key) || inside(&value)),
        Object::Stream(stream) => stream
            .dict()
            .entries()
            .any(|(key, value)| named(&key) || inside(&value)),
        Object::Array(array) => array.raw_iter().any(|value| inside(&value)),
        _ => false,
    }
}
