//! What the row of an act says, put together from its originals and their claims.

use db::{Insert, Result, Tx, Value, sql};
use jiff::civil::Date;
use legal::model::{ActKind, Claim, Language, Metadata, Signer};

use super::key::Identity;
use super::put::Put;
use crate::model::{Act, ActId};

/// What one original, or all before it, say of an act.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Details {
    metadata: Metadata,
    vietnamese: bool,
    has_vi_text: bool,
    has_en_text: bool,
    /// Percent, where the Vietnamese text was recognised by a machine.
    confidence: Option<i64>,
}

impl Details {
    /// As read from an original; `stands` where its text is the one shown.
    pub(super) fn read(put: &Put<'_>, stands: bool) -> Self {
        let vietnamese = put.text.language == Language::Vi;
        Self {
            metadata: put.text.metadata.clone(),
            vietnamese,
            has_vi_text: stands && vietnamese,
            has_en_text: stands && !vietnamese,
            confidence: put.confidence.filter(|_| stands && vietnamese),
        }
    }

    /// As known before. Dates that sources only claim are left to `into_act`.
    pub(super) fn known(act: &Act) -> Self {
        let metadata = Metadata {
            kind: (act.kind != ActKind::Khac).then_some(act.kind),
            number: act.number.clone(),
            issuers: act.issuers.clone(),
            signers: act.signers.clone(),
            place: act.place.clone(),
            issued: act.issued,
            in_force: act.planned.or(act.in_force).filter(|_| !act.in_force_claimed),
            title: (!act.title.is_empty()).then(|| act.title.clone()),
            field: act.field.clone(),
            claims: Vec::new(),
        };
        Self {
            metadata,
            vietnamese: !act.translation_only,
            has_vi_text: act.has_text && !act.translation_only,
            has_en_text: act.has_english,
            confidence: act.confidence,
        }
    }

    /// The later original leads where its text is the one shown, and over anything that is only
    /// a translation. A translation never leads over Vietnamese details, what a machine recognised
    /// never over what is known.
    pub(super) fn merge(known: Self, fresh: Self) -> Self {
        let leads = if fresh.vietnamese {
            (fresh.has_vi_text && fresh.confidence.is_none()) || !known.vietnamese
        } else {
            !known.vietnamese
        };
        let confidence = if fresh.has_vi_text {
            fresh.confidence
        } else {
            known.confidence
        };
        let merged = if leads {
            fresh.filled_from(known)
        } else {
            known.filled_from(fresh)
        };
        Self { confidence, ..merged }
    }

    /// Gaps filled from another; what a text shows is united.
    fn filled_from(self, other: Self) -> Self {
        let same_language = self.vietnamese == other.vietnamese;
        let (own, rest) = (self.metadata, other.metadata);
        let list = |own: Vec<String>, rest| if own.is_empty() { rest } else { own };
        let words = |rest: Option<String>| rest.filter(|_| same_language);
        let metadata = Metadata {
            kind: own.kind.or(rest.kind),
            number: own.number.or(rest.number),
            issuers: list(own.issuers, rest.issuers),
            signers: if own.signers.is_empty() {
                rest.signers
            } else {
                own.signers
            },
            place: own.place.or(words(rest.place)),
            issued: own.issued.or(rest.issued),
            in_force: own.in_force.or(rest.in_force),
            title: own.title.or(words(rest.title)),
            field: own.field.or(words(rest.field)),
            claims: own.claims,
        };
        Self {
            metadata,
            vietnamese: self.vietnamese || other.vietnamese,
            has_vi_text: self.has_vi_text || other.has_vi_text,
            has_en_text: self.has_en_text || other.has_en_text,
            confidence: self.confidence,
        }
    }

    pub(super) fn identity(&self) -> Identity {
        Identity::of(&self.metadata)
    }

    /// The row, with dates and status from the claims where the text has none.
    pub(super) fn into_act(
        self,
        id: ActId,
        slug: String,
        claims: &[Claim],
        created: i64,
        updated: i64,
    ) -> Act {
        let claimed = |field: &str| latest(claims, field).and_then(|claim| claimed_date(&claim.value));
        let Metadata {
            kind,
            number,
            issuers,
            signers,
            place,
            issued,
            in_force,
            title,
            field,
            ..
        } = self.metadata;
        let claimed_start = claimed("in_force");
        Act {
            id,
            slug,
            kind: kind.unwrap_or(ActKind::Khac),
            number,
            title: title.unwrap_or_default(),
            issuers,
            signers,
            place,
            issued,
            in_force: in_force.or(claimed_start),
            planned: None,
            in_force_claimed: in_force.is_none() && claimed_start.is_some(),
            expires: claimed("expires"),
            ended: None,
            ends: claimed("expires"),
            partly: None,
            halts: Vec::new(),
            claimed_status: latest(claims, "status").map(|claim| claim.value.clone()),
            field: field.or_else(|| latest(claims, "field").map(|claim| claim.value.clone())),
            has_text: self.has_vi_text || self.has_en_text,
            has_english: self.has_en_text,
            translation_only: self.has_en_text && !self.has_vi_text,
            confidence: self.confidence,
            created,
            updated,
        }
    }
}

/// The latest claim about something: by the day it was made, then by arrival.
fn latest<'a>(claims: &'a [Claim], field: &str) -> Option<&'a Claim> {
    claims
        .iter()
        .filter(|claim| claim.field == field)
        .max_by_key(|claim| claim.seen)
}

/// A date as sources write it: 2017-01-01, 01/01/2017, 1-1-2017, 01.01.2017.
pub(super) fn claimed_date(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Some(date) = text.get(..10).and_then(|start| start.parse().ok()) {
        return Some(date);
    }
    let mut numbers = text.split(['/', '-', '.']).map(|one| one.trim().parse::<i16>());
    let (Some(Ok(day)), Some(Ok(month)), Some(Ok(year)), None) =
        (numbers.next(), numbers.next(), numbers.next(), numbers.next())
    else {
        return None;
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The claims that an original carries.
pub(super) async fn claims_of(tx: &mut Tx, original: i64) -> Result<Vec<Claim>> {
    let query = sql("SELECT field, value, source, seen FROM claims WHERE original_id = $1 ORDER BY id");
    let claim = |row: &db::Row| {
        Ok(Claim {
            field: row.get("field")?,
            value: row.get("value")?,
            source: row.get("source")?,
            seen: row.date("seen")?,
        })
    };
    query.bind(original).all(tx).await?.iter().map(claim).collect()
}

const COLUMNS: &[&str] = &[
    "id",
    "key",
    "slug",
    "number_key",
    "kind",
    "number",
    "title",
    "issuers",
    "signers",
    "place",
    "issued",
    "in_force",
    "in_force_claimed",
    "expires",
    "ends",
    "claimed_status",
    "field",
    "field_slug",
    "has_text",
    "has_english",
    "translation_only",
    "confidence",
    "created",
    "updated",
];

/// Writes the row of an act, new or known. A known act keeps its key where the better known one
/// belongs to another act already.
pub(super) async fn write(tx: &mut Tx, act: &Act, identity: &Identity, known: bool) -> Result<()> {
    let key = free_key(tx, act, identity).await?;
    if known {
        sql("DELETE FROM act_issuers WHERE act_id = $1")
            .bind(act.id.0)
            .run(tx)
            .await?;
    }
    let mut row = Insert::into("acts", COLUMNS).tail(
        "ON CONFLICT (id) DO UPDATE SET key = excluded.key, number_key = excluded.number_key, \
         kind = excluded.kind, number = excluded.number, title = excluded.title, \
         issuers = excluded.issuers, signers = excluded.signers, place = excluded.place, \
         issued = excluded.issued, in_force = excluded.in_force, \
         in_force_claimed = excluded.in_force_claimed, expires = excluded.expires, \
         claimed_status = excluded.claimed_status, field = excluded.field, \
         field_slug = excluded.field_slug, has_text = excluded.has_text, \
         has_english = excluded.has_english, translation_only = excluded.translation_only, \
         confidence = excluded.confidence, updated = excluded.updated",
    );
    row.row([
        act.id.0.into(),
        key.into(),
        Value::from(&act.slug),
        Value::from(&identity.number_key),
        act.kind.slug().into(),
        Value::from(act.number.as_ref()),
        Value::from(&act.title),
        serde_json::to_string(&act.issuers)?.into(),
        serde_json::to_string::<Vec<Signer>>(&act.signers)?.into(),
        Value::from(act.place.as_ref()),
        Value::from(act.issued),
        Value::from(act.in_force),
        act.in_force_claimed.into(),
        Value::from(act.expires),
        Value::from(act.ends),
        Value::from(act.claimed_status.as_ref()),
        Value::from(act.field.as_ref()),
        Value::from(act.field.as_deref().map(viet::slug)),
        act.has_text.into(),
        act.has_english.into(),
        act.translation_only.into(),
        Value::Int(act.confidence),
        act.created.into(),
        act.updated.into(),
    ]);
    row.run(tx).await?;
    write_issuers(tx, act).await
}

async fn free_key(tx: &mut Tx, act: &Act, identity: &Identity) -> Result<String> {
    let key = identity.key();
    let taken = sql("SELECT 1 AS one FROM acts WHERE key = $1 AND id <> $2")
        .bind(&key)
        .bind(act.id.0);
    if taken.optional(&mut *tx).await?.is_none() {
        return Ok(key);
    }
    let own = sql("SELECT key FROM acts WHERE id = $1")
        .bind(act.id.0)
        .optional(tx)
        .await?;
    own.map_or_else(|| Ok(format!("{key}|{}", act.slug)), |row| row.get("key"))
}

async fn write_issuers(tx: &mut Tx, act: &Act) -> Result<()> {
    let mut insert = Insert::into("act_issuers", &["act_id", "ord", "slug", "name"]);
    for (ord, name) in (0_i64..).zip(&act.issuers) {
        insert.row([
            act.id.0.into(),
            ord.into(),
            viet::slug(name).into(),
            Value::from(name),
        ]);
    }
    insert.run(tx).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_as_sources_write_them() {
        for text in [
            "2017-01-02",
            "02/01/2017",
            "2-1-2017",
            " 02.01.2017 ",
            "2017-01-02T00:00:00",
        ] {
            assert_eq!(claimed_date(text), Some(date(2017, 1, 2)), "{text}");
        }
        for text in [
            "",
            "Đang cập nhật",
            "31/02/2017",
            "01/2017",
            "ngày 1",
            "1/1/1/2017",
        ] {
            assert_eq!(claimed_date(text), None, "{text}");
        }
    }

    #[test]
    fn a_translation_fills_gaps_but_never_leads() {
        let metadata = |title: &str, issued| Metadata {
            title: Some(title.into()),
            issued,
            ..Metadata::default()
        };
        let vi = Details {
            metadata: metadata("Dân sự", None),
            vietnamese: true,
            has_vi_text: true,
            has_en_text: false,
            confidence: None,
        };
        let en = Details {
            metadata: metadata("Civil Code", Some(date(2015, 11, 24))),
            vietnamese: false,
            has_vi_text: false,
            has_en_text: true,
            confidence: None,
        };
        let one = Details::merge(vi.clone(), en.clone());
        let other = Details::merge(en, vi);
        assert_eq!(one, other, "whichever came first");
        assert_eq!(one.metadata.title.as_deref(), Some("Dân sự"));
        assert_eq!(one.metadata.issued, Some(date(2015, 11, 24)));
        assert!(one.has_en_text && one.has_vi_text);
    }
}
