//! What officers decide of amending sentences: one transaction with the line of the audit log, then the
//! amended act is derived again at once.

use std::collections::BTreeSet;

use audit::{Actor, Entry};
use db::{DbError, Tx};
use jiff::civil::Date;
use legal::amend::Reason;
use legal::consolidate::{Applied, Decision, Verdict};
use policy::{Permission, Visitor};
use serde_json::json;
use web::Site;

use crate::model::{Act, ActId};
use crate::store::{self, Decided, Deciding, Ruling};

/// Letters of a reason.
const WHY: usize = 2_000;

/// Why nothing was decided. The text is a sentence for the person who asked.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// No such sentence, or the person may not decide.
    #[error("Không tìm thấy câu sửa đổi này.")]
    Unknown,
    /// The sentence reads otherwise by now, or somebody else decided.
    #[error(
        "Câu sửa đổi hoặc quyết định về câu này đã thay đổi sau khi bạn mở trang. Chưa có gì được ghi. Xin xem lại."
    )]
    Elsewhere,
    /// Something is missing or too long.
    #[error("{0}")]
    Input(&'static str),
    /// What was decided cannot be carried out.
    #[error("{0}")]
    Impossible(&'static str),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// A sentence of one act about another, as the officer saw it.
#[derive(Clone, Debug)]
pub struct Seen<'a> {
    /// The amended act; without one a sentence can only be refused.
    pub act: Option<&'a Act>,
    /// The amending act.
    pub by: &'a Act,
    /// Name of what was read ([`legal::amend::Instruction::seen`]).
    pub name: &'a str,
    /// Number of the decision that stood; 0: none.
    pub decision: i64,
}

/// The day from which a trial shows the text: today, or the later day on which the sentence holds.
#[must_use]
pub fn day_of(today: Date, by: &Act, in_force: Option<Date>) -> Date {
    let holds = in_force.or(by.in_force).or(by.issued);
    holds.map_or(today, |day| day.max(today))
}

/// Decides. What is to be carried out is tried first.
///
/// # Errors
/// See [`DecideError`].
pub async fn decide(
    site: &Site,
    who: &Visitor,
    seen: &Seen<'_>,
    ruling: Ruling,
    verdict: Verdict,
    why: &str,
) -> Result<(), DecideError> {
    let why = viet::nfc(why.trim());
    if ruling == Ruling::Refuse && why.is_empty() {
        return Err(DecideError::Input("Xin viết lý do không áp dụng."));
    }
    if why.chars().count() > WHY {
        return Err(DecideError::Input("Lý do dài quá 2.000 ký tự."));
    }
    if !who.may(Permission::EditLaw) {
        return Err(DecideError::Unknown);
    }
    let decision = Decision {
        seen: seen.name.to_owned(),
        verdict,
    };
    carried_out(site, seen, &decision).await?;
    let (about, slug) = (seen.act.map(|act| act.id), seen.act.map_or("", |act| &act.slug));
    let mut tx = site.db().begin().await?;
    let said = store::said(&mut tx, seen.by.id, about, seen.name).await?;
    let said = said.ok_or(DecideError::Elsewhere)?;
    let standing = store::decision_of(&mut tx, Some(slug), &seen.by.slug, seen.name).await?;
    if standing.as_ref().map_or(0, |one| one.id) != seen.decision {
        return Err(DecideError::Elsewhere);
    }
    let place = said.source().at.clone();
    let stale = store::decisions_stale_at(&mut tx, slug, &seen.by.slug, &place).await?;
    for old in standing.iter().chain(&stale) {
        store::decision_end(&mut tx, old.id).await?;
    }
    let made = Deciding {
        act: slug.to_owned(),
        by: seen.by.slug.clone(),
        place,
        sentence: said.source().sentence.clone(),
        ruling,
        decision,
        why,
        day: site.today(),
        account: who.account,
        name: who.name.clone(),
    };
    let id = store::decision_put(&mut tx, &made).await?;
    let act = match ruling {
        Ruling::Accept => "amendment.accept",
        Ruling::Correct => "amendment.correct",
        Ruling::Refuse => "amendment.refuse",
    };
    kept(site, tx, who, (act, id), about, &made).await?;
    Ok(())
}

/// Refuses orders that do nothing.
async fn carried_out(site: &Site, seen: &Seen<'_>, decision: &Decision) -> Result<(), DecideError> {
    let Verdict::Apply(orders) = &decision.verdict else {
        return Ok(());
    };
    let act = seen.act.ok_or(DecideError::Unknown)?;
    let days = orders
        .iter()
        .map(|one| day_of(site.today(), seen.by, one.in_force));
    let day = days.max().ok_or(DecideError::Unknown)?;
    let tried = store::amendment_try(site.db(), act, seen.by, decision.clone(), day).await?;
    if tried.outcomes.len() < orders.len() {
        return Err(DecideError::Impossible(Reason::NoDay.sentence()));
    }
    for outcome in &tried.outcomes {
        if let Applied::Refused { reason, .. } = &outcome.result {
            return Err(DecideError::Impossible(reason.sentence()));
        }
    }
    Ok(())
}

/// Takes a decision back: the sentence is read as if nobody had decided.
///
/// # Errors
/// [`DecideError::Elsewhere`] where it no longer stands, or what the database says.
pub async fn withdraw(site: &Site, who: &Visitor, id: i64) -> Result<Decided, DecideError> {
    if !who.may(Permission::EditLaw) {
        return Err(DecideError::Unknown);
    }
    let mut tx = site.db().begin().await?;
    let decided = store::decision(&mut tx, id)
        .await?
        .ok_or(DecideError::Elsewhere)?;
    if !store::decision_end(&mut tx, id).await? {
        return Err(DecideError::Elsewhere);
    }
    let act = store::act_by_slug(&mut tx, &decided.made.act).await?;
    let about = act.map(|act| act.id);
    kept(site, tx, who, ("amendment.withdraw", id), about, &decided.made).await?;
    Ok(decided)
}

/// Writes the line of the log, commits, and derives the amended act at once.
async fn kept(
    site: &Site,
    mut tx: Tx,
    who: &Visitor,
    (act, id): (&'static str, i64),
    about: Option<ActId>,
    made: &Deciding,
) -> Result<(), DbError> {
    audit::append(&mut tx, &entry(who, act, id, made)).await?;
    if let Some(about) = about {
        store::mark(&mut tx, &BTreeSet::from([about.0])).await?;
    }
    tx.commit().await?;
    match about {
        Some(about) => store::versions_now(site.db(), about).await,
        None => Ok(()),
    }
}

fn entry(who: &Visitor, act: &'static str, id: i64, made: &Deciding) -> Entry {
    let actor = Actor::Person(who.account, who.name.clone());
    Entry::new(
        actor,
        act,
        format!("act:{}", if made.act.is_empty() { &made.by } else { &made.act }),
    )
    .detail(json!({
        "decision": id,
        "by": made.by,
        "place": made.place,
        "seen": made.decision.seen,
        "why": made.why,
    }))
}
