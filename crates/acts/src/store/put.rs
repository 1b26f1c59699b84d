//! Writing what a reader made of an original.
//!
//! Which text stands where several originals of one act are kept: an exact one before one that
//! a machine recognised in a scan, then the one with more articles, then the format that keeps
//! paragraphs best, then more characters, provisions, and the smaller hash (docs/originals.md).
//! The order is total, so
//! the outcome does not depend on the order of import and importing again changes nothing.
//! Only when the standing original itself is read again by a newer reader does its text
//! change without a contest.

mod write;

use db::{Result, Tx, now_micros, sql};
use legal::model::{ActText, Claim, Language};

use super::details::{self, Details};
use super::key::{Identity, free_slug, known_act};
use super::links::{self, Found, Wrote};
use super::versions;
use super::{amended, claims, original_texts, read};
use crate::model::{Act, ActId, EventKind};

/// An act as read from an original, ready to be written.
#[derive(Clone, Debug)]
pub struct Put<'a> {
    /// What was read.
    pub text: &'a ActText,
    /// False where the original names the act only.
    pub has_text: bool,
    /// SHA-256 of the original.
    pub sha256: &'a str,
    /// Which item of it, from 0.
    pub item: i64,
    /// Name under which it came.
    pub file_name: &'a str,
    /// `html`, `txt`, `json` …
    pub format: &'a str,
    /// Media type to serve it with.
    pub media_type: &'a str,
    /// Bytes.
    pub size: i64,
    /// Version of the reader.
    pub parser: &'a str,
    /// Percent, where a machine recognised the text in a scan; `None` for exact text.
    pub confidence: Option<i64>,
}

/// What writing did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PutOutcome {
    /// An act that was not known.
    New,
    /// A known act changed or got another original.
    Updated,
    /// Everything was there already.
    Unchanged,
}

/// The act written and what that did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutResult {
    /// Number of the act.
    pub act: ActId,
    /// Its address.
    pub slug: String,
    /// What happened.
    pub outcome: PutOutcome,
}

/// Next free numbers of every table that an act touches, asked once an act.
struct Ids {
    act: i64,
    original: i64,
    expression: i64,
    claim: i64,
    event: i64,
    versions: versions::Ids,
}

impl Ids {
    async fn next(tx: &mut Tx) -> Result<Self> {
        let row = sql("SELECT (SELECT coalesce(max(id), 0) FROM acts) AS act, \
             (SELECT coalesce(max(id), 0) FROM originals) AS original, \
             (SELECT coalesce(max(id), 0) FROM expressions) AS expression, \
             (SELECT coalesce(max(id), 0) FROM claims) AS claim, \
             (SELECT coalesce(max(id), 0) FROM events) AS event, \
             (SELECT coalesce(max(id), 0) FROM part_versions) AS part, \
             (SELECT coalesce(max(id), 0) FROM provision_versions) AS provision")
        .one(tx)
        .await?;
        let next = |column| -> Result<i64> { Ok(row.get::<i64>(column)? + 1) };
        Ok(Self {
            act: next("act")?,
            original: next("original")?,
            expression: next("expression")?,
            claim: next("claim")?,
            event: next("event")?,
            versions: versions::Ids {
                part: next("part")?,
                provision: next("provision")?,
            },
        })
    }
}

/// An original that is kept already.
struct Kept {
    id: i64,
    act: i64,
    parser: String,
}

/// Writes an act with its original, claims, history and change log entry.
///
/// # Errors
/// What the engine says; the transaction is then of no more use.
pub async fn act_put(tx: &mut Tx, put: &Put<'_>) -> Result<PutResult> {
    act_put_found(tx, put, None).await
}

/// Writes an act of which it is known already what its text says of others.
///
/// # Errors
/// What the engine says; the transaction is then of no more use.
pub(crate) async fn act_put_found(
    tx: &mut Tx,
    put: &Put<'_>,
    of_others: Option<&Found>,
) -> Result<PutResult> {
    let kept = kept_original(tx, put).await?;
    let claims = match &kept {
        Some(kept) => details::claims_of(tx, kept.id).await?,
        None => Vec::new(),
    };
    let said = claims::united(&claims, &put.text.metadata.claims);
    if let Some(kept) = kept
        .as_ref()
        .filter(|kept| kept.parser == put.parser && said == claims)
    {
        return result(tx, kept.act, PutOutcome::Unchanged).await;
    }
    let found = match &kept {
        Some(kept) => Some(kept.act),
        None => known_act(tx, &Identity::of(&put.text.metadata), put.text.language).await?,
    };
    let ids = Ids::next(tx).await?;
    let before = match found {
        Some(id) => read::act_by_id(&mut *tx, ActId(id)).await?,
        None => None,
    };
    let writing = Writing {
        put,
        known: of_others,
        now: now_micros(),
        claims_changed: said != claims,
        claims: said,
        kept,
        before,
        ids,
    };
    writing.write(tx).await
}

async fn kept_original(tx: &mut Tx, put: &Put<'_>) -> Result<Option<Kept>> {
    let row = sql("SELECT id, act_id, parser FROM originals WHERE sha256 = $1 AND item = $2")
        .bind(put.sha256)
        .bind(put.item)
        .optional(tx)
        .await?;
    let kept = |row: db::Row| {
        Ok(Kept {
            id: row.get("id")?,
            act: row.get("act_id")?,
            parser: row.get("parser")?,
        })
    };
    row.map(kept).transpose()
}

async fn result(tx: &mut Tx, act: i64, outcome: PutOutcome) -> Result<PutResult> {
    let row = sql("SELECT slug FROM acts WHERE id = $1")
        .bind(act)
        .one(tx)
        .await?;
    Ok(PutResult {
        act: ActId(act),
        slug: row.get("slug")?,
        outcome,
    })
}

/// One act on its way into the tables.
struct Writing<'a> {
    put: &'a Put<'a>,
    /// What its text says of others, where that was found before.
    known: Option<&'a Found>,
    now: i64,
    kept: Option<Kept>,
    /// What this original and the lists about it say, those it had included.
    claims: Vec<Claim>,
    claims_changed: bool,
    before: Option<Act>,
    ids: Ids,
}

impl Writing<'_> {
    async fn write(self, tx: &mut Tx) -> Result<PutResult> {
        match &self.before {
            None => self.write_new(tx).await,
            Some(before) => self.write_known(tx, before).await,
        }
    }

    async fn write_new(&self, tx: &mut Tx) -> Result<PutResult> {
        let put = self.put;
        let details = Details::read(put, put.has_text);
        let identity = details.identity();
        let slug = free_slug(tx, &identity, put.sha256).await?;
        let id = ActId(self.ids.act);
        let act = details.into_act(id, slug, &self.claims, self.now, self.now);
        details::write(tx, &act, &identity, false).await?;
        self.write_original(tx, id.0, self.ids.original).await?;
        self.write_claims(tx, id.0, self.ids.original).await?;
        if put.has_text {
            self.write_text(tx, id.0, self.ids.original).await?;
        }
        let found = if put.has_text {
            self.found()
        } else {
            Found::default()
        };
        let wrote = Wrote {
            name: true,
            text: put.has_text,
        };
        links::follow(tx, &act, wrote, Some(&found)).await?;
        self.finish(tx, &act, self.ids.original, EventKind::Imported)
            .await?;
        Ok(PutResult {
            act: id,
            slug: act.slug,
            outcome: PutOutcome::New,
        })
    }

    async fn write_known(&self, tx: &mut Tx, before: &Act) -> Result<PutResult> {
        let original = self.kept.as_ref().map_or(self.ids.original, |kept| kept.id);
        self.write_original(tx, before.id.0, original).await?;
        self.write_claims(tx, before.id.0, original).await?;
        let stands = self.put.has_text && self.takes_over(tx, before.id.0, original).await?;
        if stands {
            original_texts::set_aside(tx, before.id, self.put.text.language, original).await?;
        } else if self.put.has_text {
            original_texts::keep(tx, original, self.put.text).await?;
        }
        let text_changed = stands
            && (self.write_text(tx, before.id.0, original).await?
                || before.confidence != self.put.confidence);
        let (act, identity) = self.merged(tx, before, stands).await?;
        let details_changed = act != *before;
        if details_changed {
            details::write(tx, &act, &identity, true).await?;
        }
        if details_changed || self.claims_changed {
            amended::settle(tx, before.id).await?;
        }
        let text = text_changed && self.put.text.language == Language::Vi;
        let wrote = Wrote {
            name: details_changed,
            text,
        };
        let found = text.then(|| self.found());
        links::follow(tx, &act, wrote, found.as_ref()).await?;
        let event = self.event(text_changed, self.claims_changed || details_changed);
        if let Some(event) = event {
            self.finish(tx, before, original, event).await?;
        }
        let outcome = event.map_or(PutOutcome::Unchanged, |_| PutOutcome::Updated);
        Ok(PutResult {
            act: before.id,
            slug: before.slug.clone(),
            outcome,
        })
    }

    /// What the text says of other acts. A misread letter would be another provision: nothing is
    /// derived from recognised text.
    fn found(&self) -> Found {
        match (self.put.confidence, self.known) {
            (Some(_), _) => Found::default(),
            (None, Some(found)) => found.clone(),
            (None, None) => Found::of(self.put.text),
        }
    }

    /// The row of a known act with what this original adds.
    async fn merged(&self, tx: &mut Tx, before: &Act, stands: bool) -> Result<(Act, Identity)> {
        let kept = read::claims(&mut *tx, before.id).await?;
        let claims: Vec<_> = kept.into_iter().map(|kept| kept.claim).collect();
        let details = Details::merge(Details::known(before), Details::read(self.put, stands));
        let identity = details.identity();
        let act = details.into_act(
            before.id,
            before.slug.clone(),
            &claims,
            before.created,
            before.updated,
        );
        // The end and what is suspended are settled from what acts and sources say.
        let act = Act {
            ended: before.ended,
            ends: before.ends,
            partly: before.partly,
            halts: before.halts.clone(),
            ..act
        };
        Ok((act, identity))
    }

    fn event(&self, text: bool, details: bool) -> Option<EventKind> {
        if text {
            return Some(EventKind::TextReplaced);
        }
        match self.kept {
            None => Some(EventKind::OriginalAdded),
            Some(_) => details.then_some(EventKind::DetailsChanged),
        }
    }
}
