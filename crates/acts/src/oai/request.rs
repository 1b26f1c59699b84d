//! Reading a request: which verb, which arguments, what is wrong with them.

use jiff::Timestamp;
use jiff::civil::Date;
use legal::model::ActKind;

use super::token::Token;
use crate::store::Harvest;

/// An error of the protocol: its code and a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OaiError {
    pub code: &'static str,
    pub message: String,
}

impl OaiError {
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }

    fn argument(message: impl Into<String>) -> Self {
        Self::new("badArgument", message)
    }
}

/// How a record is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prefix {
    DublinCore,
    Akn,
}

impl Prefix {
    pub const ALL: [Self; 2] = [Self::DublinCore, Self::Akn];

    pub fn word(self) -> &'static str {
        match self {
            Self::DublinCore => "oai_dc",
            Self::Akn => "akn",
        }
    }

    pub fn read(word: &str) -> Result<Self, OaiError> {
        let found = Self::ALL.into_iter().find(|prefix| prefix.word() == word);
        found.ok_or_else(|| OaiError::new("cannotDisseminateFormat", "metadataPrefix must be oai_dc or akn"))
    }
}

/// A list request, new or resumed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listing {
    pub prefix: Prefix,
    /// Set as asked for: `kind-luat`; empty = all.
    pub set: String,
    /// `until` is `i64::MAX` where the request sets no end.
    pub harvest: Harvest,
    /// Where a resumed list goes on.
    pub token: Option<Token>,
}

/// A request that makes sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Identify,
    ListMetadataFormats { identifier: Option<String> },
    ListSets,
    GetRecord { identifier: String, prefix: Prefix },
    ListIdentifiers(Listing),
    ListRecords(Listing),
}

/// The verb with the arguments as they were sent, which the answer repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Request {
    pub verb: Verb,
    pub arguments: Vec<(String, String)>,
}

impl Request {
    pub fn read(pairs: &[(String, String)]) -> Result<Self, OaiError> {
        let mut arguments = Arguments::new(pairs)?;
        let verbs: Vec<&str> = pairs
            .iter()
            .filter(|pair| pair.0 == "verb")
            .map(|pair| &*pair.1)
            .collect();
        let [verb] = verbs[..] else {
            return Err(OaiError::new("badVerb", "exactly one argument verb is needed"));
        };
        let verb = match verb {
            "Identify" => Verb::Identify,
            "ListMetadataFormats" => Verb::ListMetadataFormats {
                identifier: arguments.take("identifier"),
            },
            "ListSets" => arguments.list_sets()?,
            "GetRecord" => Verb::GetRecord {
                identifier: arguments.need("identifier")?,
                prefix: Prefix::read(&arguments.need("metadataPrefix")?)?,
            },
            "ListIdentifiers" => Verb::ListIdentifiers(arguments.listing()?),
            "ListRecords" => Verb::ListRecords(arguments.listing()?),
            _ => return Err(OaiError::new("badVerb", "this verb is not one of OAI-PMH 2.0")),
        };
        arguments.end()?;
        Ok(Self {
            verb,
            arguments: pairs.to_vec(),
        })
    }
}

/// Arguments not yet used, without the verb.
struct Arguments(Vec<(String, String)>);

impl Arguments {
    fn new(pairs: &[(String, String)]) -> Result<Self, OaiError> {
        let rest: Vec<_> = pairs.iter().filter(|pair| pair.0 != "verb").cloned().collect();
        for (at, (name, _)) in rest.iter().enumerate() {
            if rest[..at].iter().any(|(earlier, _)| earlier == name) {
                return Err(OaiError::argument(format!("argument {name} is repeated")));
            }
        }
        Ok(Self(rest))
    }

    fn take(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|pair| pair.0 == name)?;
        Some(self.0.swap_remove(at).1)
    }

    fn need(&mut self, name: &str) -> Result<String, OaiError> {
        self.take(name)
            .ok_or_else(|| OaiError::argument(format!("argument {name} is missing")))
    }

    fn end(self) -> Result<(), OaiError> {
        match self.0.first() {
            None => Ok(()),
            Some((name, _)) => Err(OaiError::argument(format!(
                "argument {name} does not belong here"
            ))),
        }
    }

    /// The list of sets is never divided, so no token for it can be right.
    fn list_sets(&mut self) -> Result<Verb, OaiError> {
        match self.take("resumptionToken") {
            None => Ok(Verb::ListSets),
            Some(_) => Err(OaiError::new(
                "badResumptionToken",
                "the list of sets has no token",
            )),
        }
    }

    fn listing(&mut self) -> Result<Listing, OaiError> {
        if let Some(token) = self.take("resumptionToken") {
            let token = Token::read(&token).and_then(|token| {
                Some(Listing {
                    prefix: token.prefix,
                    set: token.set.clone(),
                    harvest: harvest(token.from, token.until, &token.set)?,
                    token: Some(token),
                })
            });
            return token.ok_or_else(|| OaiError::new("badResumptionToken", "this token is not one of ours"));
        }
        let prefix = Prefix::read(&self.need("metadataPrefix")?)?;
        let (from, until) = self.span()?;
        let set = self.take("set").unwrap_or_default();
        // A set that names no kind and no field of ours holds nothing.
        let harvest = harvest(from, until, &set)
            .ok_or_else(|| OaiError::new("noRecordsMatch", "there is no such set"))?;
        Ok(Listing {
            prefix,
            set,
            harvest,
            token: None,
        })
    }

    /// From (inclusive) and until (exclusive) in epoch microseconds.
    fn span(&mut self) -> Result<(i64, i64), OaiError> {
        let (from, until) = (self.take("from"), self.take("until"));
        if let (Some(from), Some(until)) = (&from, &until) {
            if from.len() != until.len() {
                return Err(OaiError::argument("from and until differ in granularity"));
            }
            // Of equal form, so they compare as text.
            if from > until {
                return Err(OaiError::argument("from is later than until"));
            }
        }
        let from = from.map_or(Ok(0), |from| instant(&from).map(|span| span.0))?;
        let until = until.map_or(Ok(i64::MAX), |until| instant(&until).map(|span| span.1))?;
        Ok((from, until))
    }
}

/// The first microsecond of a datestamp and the first after it.
fn instant(text: &str) -> Result<(i64, i64), OaiError> {
    let wrong = || {
        OaiError::argument(format!(
            "{text} is no date of the form 2026-11-23 or 2026-11-23T00:00:00Z"
        ))
    };
    let (stamp, seconds) = match text.len() {
        10 => {
            let date: Date = text.parse().map_err(|_| wrong())?;
            (format!("{date}T00:00:00Z"), 86_400)
        }
        20 if text.ends_with('Z') && text.as_bytes().get(10) == Some(&b'T') => (text.to_owned(), 1),
        _ => return Err(wrong()),
    };
    let start: Timestamp = stamp.parse().map_err(|_| wrong())?;
    let start = start.as_microsecond();
    Ok((start, start.saturating_add(seconds * 1_000_000)))
}

/// `None` where the set cannot exist.
fn harvest(from: i64, until: i64, set: &str) -> Option<Harvest> {
    let mut harvest = Harvest {
        from,
        until,
        kind: None,
        field: None,
    };
    if let Some(kind) = set.strip_prefix("kind-") {
        harvest.kind = Some(ActKind::from_slug(kind)?);
    } else if let Some(field) = set.strip_prefix("field-") {
        harvest.field = Some(field.to_owned());
    } else if !set.is_empty() {
        return None;
    }
    Some(harvest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &[(&str, &str)]) -> Result<Request, OaiError> {
        let pairs: Vec<_> = query
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect();
        Request::read(&pairs)
    }

    fn code(query: &[(&str, &str)]) -> &'static str {
        read(query).err().map_or("none", |error| error.code)
    }

    #[test]
    fn wrong_requests_get_the_codes_of_the_protocol() {
        let list = ("verb", "ListRecords");
        let dc = ("metadataPrefix", "oai_dc");
        assert_eq!(code(&[]), "badVerb");
        assert_eq!(code(&[("verb", "Nonsense")]), "badVerb");
        assert_eq!(code(&[("verb", "Identify"), ("verb", "Identify")]), "badVerb");
        assert_eq!(code(&[("verb", "Identify"), ("set", "x")]), "badArgument");
        assert_eq!(code(&[list]), "badArgument");
        assert_eq!(
            code(&[list, ("metadataPrefix", "marc")]),
            "cannotDisseminateFormat"
        );
        assert_eq!(code(&[list, dc, ("from", "yesterday")]), "badArgument");
        assert_eq!(
            code(&[list, dc, ("from", "2026-01-02"), ("until", "2026-01-01")]),
            "badArgument"
        );
        assert_eq!(
            code(&[
                list,
                dc,
                ("from", "2026-01-01"),
                ("until", "2026-01-02T00:00:00Z")
            ]),
            "badArgument"
        );
        assert_eq!(code(&[list, dc, ("from", "2026-13-01")]), "badArgument");
        assert_eq!(code(&[list, dc, dc]), "badArgument");
        assert_eq!(code(&[list, dc, ("set", "nothing")]), "noRecordsMatch");
        assert_eq!(code(&[list, ("resumptionToken", "x")]), "badResumptionToken");
        assert_eq!(code(&[list, dc, ("resumptionToken", "x")]), "badResumptionToken");
        assert_eq!(
            code(&[("verb", "ListSets"), ("resumptionToken", "x")]),
            "badResumptionToken"
        );
        assert_eq!(code(&[("verb", "GetRecord"), dc]), "badArgument");
    }

    #[test]
    fn until_includes_its_last_second_or_day() {
        assert_eq!(instant("1970-01-01"), Ok((0, 86_400_000_000)));
        assert_eq!(instant("1970-01-01T00:00:01Z"), Ok((1_000_000, 2_000_000)));
    }
}
