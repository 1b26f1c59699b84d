//! Which act a text is: its key, the known act it belongs to, a free address.

use std::collections::BTreeSet;

use db::{Result, Row, Tx, sql};
use jiff::civil::Date;
use legal::address::act_slug;
use legal::model::{ActKind, Language, Metadata};

/// What an act is known by.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Identity {
    pub(super) number_key: String,
    pub(super) issuers: BTreeSet<String>,
    pub(super) issued: Option<Date>,
    /// Kind and title, for acts without a number.
    pub(super) name: String,
}

impl Identity {
    pub(super) fn of(metadata: &Metadata) -> Self {
        let kind = metadata.kind.unwrap_or(ActKind::Khac);
        let title = metadata.title.as_deref().unwrap_or_default();
        Self {
            number_key: act_slug(metadata.number.as_deref().unwrap_or_default()),
            issuers: metadata.issuers.iter().map(|name| viet::slug(name)).collect(),
            issued: metadata.issued,
            name: short(&viet::slug(&format!("{} {title}", kind.label()))),
        }
    }

    /// Number + issuers + date; kind and title stand in for a missing number.
    /// `None` where there is neither number nor title: nothing else can be the same act.
    pub(super) fn key(&self) -> String {
        let head = if self.number_key.is_empty() {
            &self.name
        } else {
            &self.number_key
        };
        let issuers: Vec<&str> = self.issuers.iter().map(String::as_str).collect();
        let issued = self.issued.map(|date| date.to_string()).unwrap_or_default();
        format!("{head}|{}|{issued}", issuers.join("+"))
    }

    /// Nothing contradicts that both are one act: dates equal or one unknown, a common issuer or one unknown.
    fn agrees(&self, other: &Self) -> bool {
        let dates = self.issued.is_none() || other.issued.is_none() || self.issued == other.issued;
        let issuers =
            self.issuers.is_empty() || other.issuers.is_empty() || !self.issuers.is_disjoint(&other.issuers);
        dates && issuers
    }
}

/// A hundred letters of an address are enough to read.
fn short(slug: &str) -> String {
    let cut: String = slug.chars().take(100).collect();
    cut.trim_end_matches('-').to_owned()
}

struct Candidate {
    id: i64,
    identity: Identity,
    translation_only: bool,
}

impl Candidate {
    fn of(row: &Row) -> Result<Self> {
        let issuers: Vec<String> = row.json("issuers")?;
        let identity = Identity {
            issuers: issuers.iter().map(|name| viet::slug(name)).collect(),
            issued: row.date("issued")?,
            ..Identity::default()
        };
        Ok(Self {
            id: row.get("id")?,
            identity,
            translation_only: row.get("translation_only")?,
        })
    }
}

/// The known act that a text belongs to: the one with the same key; else the only one with its
/// number that nothing contradicts. A translation (whose issuer and date are often written
/// otherwise) also belongs to the only act with its number.
pub(super) async fn known_act(tx: &mut Tx, identity: &Identity, language: Language) -> Result<Option<i64>> {
    let exact = sql("SELECT id FROM acts WHERE key = $1")
        .bind(identity.key())
        .optional(&mut *tx)
        .await?;
    if let Some(row) = exact {
        return row.get("id").map(Some);
    }
    if identity.number_key.is_empty() {
        return Ok(None);
    }
    let rows = sql("SELECT id, issuers, issued, translation_only FROM acts WHERE number_key = $1 LIMIT 200")
        .bind(&identity.number_key)
        .all(&mut *tx)
        .await?;
    let candidates = rows.iter().map(Candidate::of).collect::<Result<Vec<_>>>()?;
    Ok(choose(&candidates, identity, language))
}

fn choose(candidates: &[Candidate], identity: &Identity, language: Language) -> Option<i64> {
    let only = |test: &dyn Fn(&Candidate) -> bool| {
        let mut found = candidates.iter().filter(|one| test(one));
        found.next().filter(|_| found.next().is_none()).map(|one| one.id)
    };
    let foreign = |one: &Candidate| language == Language::En || one.translation_only;
    let same_day = |one: &Candidate| identity.issued.is_some() && one.identity.issued == identity.issued;
    only(&|one| one.identity.agrees(identity))
        .or_else(|| only(&|one| foreign(one) && same_day(one)))
        .or_else(|| {
            if candidates.iter().all(foreign) {
                only(&|_| true)
            } else {
                None
            }
        })
}

/// A free address: the number; where another act has it, with issuer, then date, then a count.
pub(super) async fn free_slug(tx: &mut Tx, identity: &Identity, sha256: &str) -> Result<String> {
    let base = match (identity.number_key.as_str(), identity.name.as_str()) {
        ("", "") => format!("van-ban-{}", &sha256[..12.min(sha256.len())]),
        ("", name) => name.to_owned(),
        (number, _) => short(number),
    };
    let issuer = identity
        .issuers
        .first()
        .map(|issuer| format!("-{issuer}"))
        .unwrap_or_default();
    let date = identity.issued.map(|date| format!("-{date}")).unwrap_or_default();
    for slug in [
        base.clone(),
        format!("{base}{issuer}"),
        format!("{base}{issuer}{date}"),
    ] {
        if is_free(tx, &slug).await? {
            return Ok(slug);
        }
    }
    let mut count = 2_u32;
    loop {
        let slug = format!("{base}{issuer}{date}-{count}");
        if is_free(tx, &slug).await? {
            return Ok(slug);
        }
        count += 1;
    }
}

async fn is_free(tx: &mut Tx, slug: &str) -> Result<bool> {
    Ok(sql("SELECT 1 AS one FROM acts WHERE slug = $1")
        .bind(slug)
        .optional(tx)
        .await?
        .is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn candidate(id: i64, issuer: &str, issued: Option<Date>, translation_only: bool) -> Candidate {
        let issuers = (!issuer.is_empty())
            .then(|| issuer.to_owned())
            .into_iter()
            .collect();
        let identity = Identity {
            issuers,
            issued,
            ..Identity::default()
        };
        Candidate {
            id,
            identity,
            translation_only,
        }
    }

    fn identity(issuer: &str, issued: Option<Date>) -> Identity {
        candidate(0, issuer, issued, false).identity
    }

    #[test]
    fn provinces_with_the_same_number_stay_apart() {
        let day = Some(date(2020, 1, 2));
        let known = [
            candidate(1, "ubnd-tinh-a", day, false),
            candidate(2, "ubnd-tinh-b", day, false),
        ];
        let vi = Language::Vi;
        assert_eq!(choose(&known, &identity("ubnd-tinh-b", None), vi), Some(2));
        assert_eq!(choose(&known, &identity("ubnd-tinh-c", day), vi), None);
        assert_eq!(
            choose(&known, &identity("", day), vi),
            None,
            "two fit: neither is taken"
        );
        assert_eq!(
            choose(&known, &identity("people-s-committee", day), Language::En),
            None
        );
    }

    #[test]
    fn a_translation_finds_the_only_act_of_its_number() {
        let known = [candidate(1, "quoc-hoi", Some(date(2015, 11, 24)), false)];
        let other_day = Some(date(2015, 12, 1));
        assert_eq!(
            choose(&known, &identity("national-assembly", other_day), Language::En),
            Some(1)
        );
        assert_eq!(
            choose(&known, &identity("national-assembly", other_day), Language::Vi),
            None
        );
        let translated = [candidate(7, "national-assembly", None, true)];
        assert_eq!(
            choose(&translated, &identity("quoc-hoi", other_day), Language::Vi),
            Some(7)
        );
    }
}
