//! What officers do with units: add, rename, move, merge, split, abolish. Each checks that the tree
//! still holds on every day and records what happened; nothing is deleted.
//!
//! All work inside the caller's transaction, which is of no more use after an error.

use db::{DbError, Tx, changes};
use jiff::civil::Date;

use crate::model::{Basis, How, Name, Shares, State, Succession, Unit, UnitId};
use crate::names::slug_of;
use crate::span::{TimeError, Timeline};
use crate::store::{self, NewSuccession, NewUnit};
use crate::tree::Fault;

/// Why a change is refused. The sentences are for officers.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// No unit of that number.
    #[error("không có đơn vị này")]
    Unknown,
    /// The name or the address has no letters or digits.
    #[error("tên đơn vị chưa hợp lệ")]
    Name,
    /// The address belongs to another unit.
    #[error("địa chỉ “{0}” đã có đơn vị khác dùng")]
    SlugTaken(String),
    /// No kind of that code.
    #[error("không có loại đơn vị “{0}”")]
    Kind(String),
    /// Dates that do not fit the life of the unit.
    #[error(transparent)]
    Time(#[from] TimeError),
    /// The tree would not hold: a unit below one that does not exist then, or below itself.
    #[error("{}", fault_sentence(.0))]
    Tree(Fault),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

fn fault_sentence(fault: &Fault) -> &'static str {
    match fault {
        Fault::Orphan { .. } => "có đơn vị trực thuộc một đơn vị không tồn tại trong thời gian đó",
        Fault::Cycle { .. } => "đơn vị không thể trực thuộc chính mình hoặc cấp dưới của mình",
        Fault::Absent { .. } => "đơn vị được nêu không tồn tại vào ngày đó",
        Fault::Twice { .. } => "đơn vị đã được sắp xếp vào đúng ngày đó",
    }
}

type Done<T = ()> = Result<T, Refusal>;

/// Adds a unit that exists from a day on (`None`: since before our records). Without `slug` its
/// address is made of its name and, where that is taken, of the name of the unit above it.
///
/// # Errors
/// A kind, parent or address that does not fit.
pub async fn create(tx: &mut Tx, slug: Option<&str>, since: Option<Date>, state: State) -> Done<UnitId> {
    known_kind(tx, &state.kind).await?;
    let slug = match slug {
        Some(slug) => free(tx, slug.to_owned()).await?,
        None => own_slug(tx, &state).await?,
    };
    let id = UnitId::of(store::next_unit(tx).await?);
    let unit = Unit {
        id,
        slug,
        life: Timeline::since(since, state),
    };
    let source_key = None;
    store::units_insert(tx, &[NewUnit { unit, source_key }]).await?;
    check(tx).await?;
    Ok(id)
}

/// Another name, another kind, or both, from a day on.
///
/// # Errors
/// A kind or date that does not fit.
pub async fn rename(tx: &mut Tx, unit: UnitId, on: Date, name: Name, kind: &str, basis: Basis) -> Done {
    known_kind(tx, kind).await?;
    change(tx, unit, on, |state| {
        state.name = name;
        kind.clone_into(&mut state.kind);
    })
    .await?;
    record(tx, on, How::Renamed(unit), basis).await
}

/// Another unit above from a day on.
///
/// # Errors
/// A parent or date that does not fit.
pub async fn move_to(tx: &mut Tx, unit: UnitId, on: Date, parent: Option<UnitId>, basis: Basis) -> Done {
    change(tx, unit, on, |state| state.parent = parent).await?;
    record(tx, on, How::Moved(unit), basis).await
}

/// One or several units go into another on a day, wholly, and end. The other exists on that day:
/// newly [`create`]d, or one that goes on.
///
/// # Errors
/// Units or a date that do not fit.
pub async fn merge(tx: &mut Tx, from: Vec<UnitId>, to: UnitId, on: Date, basis: Basis) -> Done {
    for unit in &from {
        end(tx, *unit, on).await?;
    }
    let how = match from[..] {
        [from] => How::Replaced { from, to },
        _ => How::Merged { from, to },
    };
    record(tx, on, how, basis).await
}

/// A unit is shared out on a day; it ends unless it is among its own heirs.
///
/// # Errors
/// Units or a date that do not fit.
pub async fn split(tx: &mut Tx, from: UnitId, to: Shares, on: Date, basis: Basis) -> Done {
    if to.list().iter().all(|heir| heir.0 != from) {
        end(tx, from, on).await?;
    }
    record(tx, on, How::Split { from, to }, basis).await
}

/// A unit ends on a day without an heir.
///
/// # Errors
/// A date that does not fit; units still below it.
pub async fn abolish(tx: &mut Tx, unit: UnitId, on: Date, basis: Basis) -> Done {
    end(tx, unit, on).await?;
    record(tx, on, How::Abolished(unit), basis).await
}

/// Another address; the old one leads to it.
///
/// # Errors
/// An address that is taken or has other signs than `a-z`, `0-9` and hyphens.
pub async fn readdress(tx: &mut Tx, unit: UnitId, slug: &str) -> Done {
    let known = found(tx, unit).await?;
    let taken_back = store::leads_to(&mut *tx, slug).await? == Some(unit);
    if known.slug != slug {
        let slug = match taken_back {
            true => slug.to_owned(),
            false => free(tx, slug.to_owned()).await?,
        };
        store::slug_change(tx, unit, &known.slug, &slug).await?;
    }
    Ok(())
}

async fn found(tx: &mut Tx, unit: UnitId) -> Done<Unit> {
    store::unit(&mut *tx, unit).await?.ok_or(Refusal::Unknown)
}

async fn known_kind(tx: &mut Tx, kind: &str) -> Done {
    let kinds = store::kinds(&mut *tx).await?;
    match kinds.iter().any(|known| known.code == kind) {
        true => Ok(()),
        false => Err(Refusal::Kind(kind.to_owned())),
    }
}

async fn change(tx: &mut Tx, unit: UnitId, on: Date, to: impl FnOnce(&mut State)) -> Done {
    let mut unit = found(tx, unit).await?;
    let mut state = unit.life.last().clone();
    to(&mut state);
    unit.life.change(on, state)?;
    Ok(store::unit_put(tx, &unit).await?)
}

async fn end(tx: &mut Tx, unit: UnitId, on: Date) -> Done {
    let mut unit = found(tx, unit).await?;
    unit.life.end(on)?;
    Ok(store::unit_put(tx, &unit).await?)
}

async fn own_slug(tx: &mut Tx, state: &State) -> Done<String> {
    let full = state.name.full.as_str();
    let own = slug_of(&[full]);
    if !own.is_empty() && !store::slug_is_taken(&mut *tx, &own).await? {
        return Ok(own);
    }
    let above = match state.parent {
        Some(parent) => found(tx, parent).await?.life.last().name.short.clone(),
        None => String::new(),
    };
    let wide = slug_of(&[full, &above]);
    if wide.is_empty() {
        return Err(Refusal::Name);
    }
    let mut slug = wide.clone();
    let mut number = 1;
    while store::slug_is_taken(&mut *tx, &slug).await? {
        number += 1;
        slug = format!("{wide}-{number}");
    }
    Ok(slug)
}

async fn free(tx: &mut Tx, slug: String) -> Done<String> {
    if slug.is_empty() || viet::slug(&slug) != slug {
        return Err(Refusal::Name);
    }
    match store::slug_is_taken(&mut *tx, &slug).await? {
        true => Err(Refusal::SlugTaken(slug)),
        false => Ok(slug),
    }
}

/// Writes what happened, tells the change log of every unit concerned, and checks the whole.
async fn record(tx: &mut Tx, on: Date, how: How, basis: Basis) -> Done {
    let passes = how.passes();
    let givers = passes.iter().map(|pass| pass.from);
    let mut concerned: Vec<UnitId> = givers.chain(passes.iter().filter_map(|pass| pass.to)).collect();
    concerned.sort_unstable();
    concerned.dedup();
    let units = store::units(&mut *tx, &concerned).await?;
    let slugs: Vec<String> = units.into_iter().map(|unit| unit.slug).collect();
    changes::append_all(tx, "unit", &slugs).await?;
    let succession = Succession { on, how, basis };
    let tree = check(tx).await?;
    if let Some(fault) = tree.succession_faults([&succession]).first() {
        return Err(Refusal::Tree(*fault));
    }
    if matches!(
        succession.how,
        How::Replaced { .. } | How::Merged { .. } | How::Split { .. }
    ) {
        let before = store::gave_on(tx, &concerned, on).await?;
        if let Some(unit) = before
            .into_iter()
            .find(|unit| passes.iter().any(|pass| pass.from == *unit))
        {
            return Err(Refusal::Tree(Fault::Twice { unit, on }));
        }
    }
    let source_key = None;
    let new = NewSuccession {
        succession,
        source_key,
    };
    Ok(store::successions_insert(tx, &[new]).await?)
}

async fn check(tx: &mut Tx) -> Done<crate::tree::Tree> {
    let tree = store::tree(&mut *tx).await?;
    match tree.faults().first() {
        Some(fault) => Err(Refusal::Tree(*fault)),
        None => Ok(tree),
    }
}
