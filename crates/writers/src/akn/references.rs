//! Citations of the text as `<ref>`.

use std::collections::HashMap;
use std::ops::Range;

use legal::citations::{ActRef, Field, Spot, Status, Target, citations, text_at};
use legal::model::ActText;
use legal::number;

use super::over_time::iri;
use crate::NamedAct;

/// A part of a text that points at a provision or an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pointer {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// `#art_7__clause_2` here, `/akn/vn/act/nghi-dinh/2019/100-2019-nd-cp/~art_5` elsewhere.
    pub href: String,
}

/// The citations of an act whose targets can be named, by the text in which they stand.
#[derive(Debug, Default)]
pub(super) struct References<'a> {
    /// By place and length of the text in memory: every text of an act has its own.
    by_text: HashMap<(usize, usize), Vec<Pointer>>,
    of: std::marker::PhantomData<&'a ActText>,
}

impl<'a> References<'a> {
    /// `named`: what the portal knows of acts that are named without a number.
    pub fn of(act: &'a ActText, named: &[NamedAct]) -> Self {
        let named: Named<'_> = named.iter().map(|one| (place_of(one), one)).collect();
        let mut references = Self::default();
        for placed in citations(act) {
            let Some(text) = text_at(act, &placed.spot) else {
                continue;
            };
            let own = references.by_text.entry(key(text)).or_default();
            for target in &placed.citation.targets {
                let follows = own.last().is_none_or(|last| last.span.end <= target.span.start);
                let href = href(target).or_else(|| by_name(target, &placed.spot, &named));
                if let Some(href) = href.filter(|_| follows && text.get(target.span.clone()).is_some()) {
                    let span = target.span.clone();
                    own.push(Pointer { span, href });
                }
            }
        }
        references
    }

    /// The pointers of a text of this act, in order, none over another.
    pub fn in_text(&self, text: &'a str) -> &[Pointer] {
        self.by_text.get(&key(text)).map_or(&[], Vec::as_slice)
    }
}

/// Acts by the place of the words that name them: id, field, way, first byte, byte after the last.
type Named<'a> = HashMap<(&'a str, Field, &'a [usize], usize, usize), &'a NamedAct>;

fn place_of(one: &NamedAct) -> (&str, Field, &[usize], usize, usize) {
    (&one.at, one.field, &one.path, one.span.start, one.span.end)
}

/// The act that a name means, where that is known.
fn by_name(target: &Target, spot: &Spot, named: &Named<'_>) -> Option<String> {
    if !matches!(target.act, ActRef::Name { .. } | ActRef::Short { .. }) || target.status == Status::Ambiguous
    {
        return None;
    }
    let place = (
        spot.at.as_str(),
        spot.field,
        spot.path.as_slice(),
        target.span.start,
        target.span.end,
    );
    let one = named.get(&place)?;
    let provision = if one.provision.is_empty() {
        String::new()
    } else {
        format!("/~{}", one.provision)
    };
    Some(format!("{}{provision}", iri(&one.act)))
}

fn key(text: &str) -> (usize, usize) {
    (text.as_ptr().addr(), text.len())
}

/// `None` for what the text alone does not name: acts by title or short form, provisions that are not there.
fn href(target: &Target) -> Option<String> {
    let provision = target.provision.as_deref();
    match &target.act {
        ActRef::This if target.status == Status::Resolved => Some(format!("#{}", provision?)),
        ActRef::Number { number, .. } if target.status != Status::Ambiguous => {
            let kind = number::kind_of(number).map_or("van-ban", |kind| kind.slug());
            let year = number.split('/').find(|part| is_year(part))?;
            let place = provision.map(|id| format!("/~{id}")).unwrap_or_default();
            Some(format!("/akn/vn/act/{kind}/{year}/{}{place}", viet::slug(number)))
        }
        _ => None,
    }
}

/// A naming by year is all that a number gives; works carry their full date.
fn is_year(part: &str) -> bool {
    part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit())
}
