//! `/ban-lam-viec/nguoi-dung`: the people of one's units.

use askama::Template;
use axum::extract::{Extension, Form, Query, State};
use axum::response::Response;
use policy::{AccountId, Permission, Role, UnitId, Visitor};
use serde::Deserialize;
use web::{Chrome, Look, Problem, Site};

use super::forms::{again, frame, moment, page, see_other, sentence};
use crate::account::{self, Invited, Inviter};
use crate::model::{Account, Held, Invitation, Purpose};
use crate::{store, tree};

/// People on one page.
const PAGE: i64 = 50;
/// Invitations shown.
const WAITING: i64 = 50;

struct Person {
    account: Account,
    roles: Vec<RoleRow>,
    oneself: bool,
}

struct RoleRow {
    id: i64,
    role: &'static str,
    unit: String,
    from: String,
    until: Option<String>,
    ends: bool,
}

struct Waiting {
    name: String,
    email: String,
    role: &'static str,
    unit: String,
    expires: String,
}

#[derive(Template)]
#[template(path = "staff.html")]
struct Staff {
    chrome: Chrome,
    error: String,
    /// The link of an invitation that was just made, to hand over.
    link: Option<String>,
    /// Whether the link also goes out by mail.
    sent: bool,
    typed: Typed,
    may_change: bool,
    roles: Vec<Role>,
    units: Vec<(UnitId, String)>,
    people: Vec<Person>,
    waiting: Vec<Waiting>,
    next: Option<AccountId>,
}

/// The form of an invitation.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    ho_ten: String,
    #[serde(default)]
    dia_chi: String,
    #[serde(default)]
    vai_tro: String,
    #[serde(default)]
    don_vi: i64,
}

/// Which page: the last account of the one before.
#[derive(Debug, Deserialize)]
pub(super) struct After {
    sau: Option<i64>,
}

/// Which role is taken.
#[derive(Debug, Deserialize)]
pub(super) struct Which {
    vai_tro: i64,
}

/// Whose password is lost.
#[derive(Debug, Deserialize)]
pub(super) struct Lost {
    tai_khoan: i64,
}

/// Which account is stopped, or goes on.
#[derive(Debug, Deserialize)]
pub(super) struct Stop {
    tai_khoan: i64,
    #[serde(default)]
    tiep_tuc: Option<String>,
}

async fn list(site: &Site, look: Look, who: &Visitor, after: Option<AccountId>) -> Result<Staff, Problem> {
    let (db, today) = (site.db(), site.today());
    let reach = tree::spread(db, who.roots(Permission::ReadPeople), today)
        .await
        .map_err(Problem::internal)?;
    let after = match after {
        Some(id) => store::account_by_id(db, id).await.map_err(Problem::internal)?,
        None => None,
    };
    let listed = store::account_list(db, &reach, after.as_ref(), PAGE + 1);
    let mut accounts = listed.await.map_err(Problem::internal)?;
    let next = (accounts.len() as i64 > PAGE).then(|| accounts.pop()).flatten();
    let next = next.and_then(|_| accounts.last().map(|account| account.id));
    let ids: Vec<_> = accounts.iter().map(|account| account.id).collect();
    let held = store::grants_in(db, &ids).await.map_err(Problem::internal)?;
    let now = site.now().as_microsecond();
    let invited = store::invitation_list(db, &reach, now, WAITING)
        .await
        .map_err(Problem::internal)?;
    let units = held.iter().map(|held| held.grant.unit);
    let units = units.chain(invited.iter().filter_map(joins).map(|(_, unit)| unit));
    let names = tree::name_map(db, units.collect(), today)
        .await
        .map_err(Problem::internal)?;
    let name_of = |unit: UnitId| names.get(&unit).cloned().unwrap_or_default();
    let manage = who.roots(Permission::ManagePeople);
    Ok(Staff {
        chrome: frame(site, look, "/ban-lam-viec/nguoi-dung", "Người dùng và vai trò"),
        error: String::new(),
        link: None,
        sent: site.sends_letters(),
        typed: Typed::default(),
        may_change: who.may(Permission::ManagePeople),
        roles: gives(who),
        units: tree::choices(db, manage, today)
            .await
            .map_err(Problem::internal)?,
        people: accounts
            .into_iter()
            .map(|account| Person {
                roles: roles_of(&held, account.id, site.today(), &name_of),
                oneself: account.id == who.account,
                account,
            })
            .collect(),
        waiting: invited
            .into_iter()
            .filter_map(|one| waits(one, &name_of))
            .collect(),
        next,
    })
}

fn waits(one: Invitation, name_of: &impl Fn(UnitId) -> String) -> Option<Waiting> {
    let (role, unit) = joins(&one)?;
    Some(Waiting {
        unit: name_of(unit),
        role: role.name(),
        name: one.name,
        email: one.email.to_string(),
        expires: moment(one.expires),
    })
}

/// Into which role an invitation leads.
fn joins(invitation: &Invitation) -> Option<(Role, UnitId)> {
    match invitation.purpose {
        Purpose::Join { role, unit } => Some((role, unit)),
        Purpose::Reset(_) => None,
    }
}

/// The roles that a person may give somewhere.
fn gives(who: &Visitor) -> Vec<Role> {
    let given = |role: &Role| who.grants.iter().any(|held| held.role.may_give().contains(role));
    Role::ALL.into_iter().filter(given).collect()
}

fn roles_of(
    held: &[Held],
    account: AccountId,
    today: jiff::civil::Date,
    name_of: &impl Fn(UnitId) -> String,
) -> Vec<RoleRow> {
    let own = held.iter().filter(|held| held.account == account);
    own.map(|held| RoleRow {
        id: held.id,
        role: held.grant.role.name(),
        unit: name_of(held.grant.unit),
        from: viet::date_numeric(held.grant.from),
        until: held.grant.until.map(viet::date_numeric),
        ends: held.grant.until.is_none_or(|until| today < until),
    })
    .collect()
}

pub(super) async fn show(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    Query(after): Query<After>,
) -> Result<Response, Problem> {
    page(&list(&site, look, &who, after.sau.map(AccountId)).await?)
}

pub(super) async fn invite(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let role = Role::from_code(&typed.vai_tro).ok_or_else(|| Problem::Invalid(String::new()))?;
    let unit = UnitId::of(typed.don_vi);
    let by = Inviter::Person(&who);
    match account::invite(&site, by, &typed.ho_ten, &typed.dia_chi, role, unit).await {
        Ok(Invited::Given(_)) => Ok(see_other("/ban-lam-viec/nguoi-dung")),
        Ok(Invited::Link(token)) => {
            let mut staff = list(&site, look, &who, None).await?;
            staff.link = Some(format!("{}/loi-moi/{token}", site.base_url()));
            page(&staff)
        }
        Err(error) => refused(&site, look, &who, error, typed).await,
    }
}

async fn refused(
    site: &Site,
    look: Look,
    who: &Visitor,
    error: account::AccountError,
    typed: Typed,
) -> Result<Response, Problem> {
    let error = sentence(look, error)?;
    let mut staff = list(site, look, who, None).await?;
    staff.error = error;
    staff.typed = typed;
    again(&staff)
}

pub(super) async fn take(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    Form(which): Form<Which>,
) -> Result<Response, Problem> {
    match account::take_grant(&site, &who, which.vai_tro).await {
        Ok(()) => Ok(see_other("/ban-lam-viec/nguoi-dung")),
        Err(error) => refused(&site, look, &who, error, Typed::default()).await,
    }
}

pub(super) async fn suspend(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    Form(stop): Form<Stop>,
) -> Result<Response, Problem> {
    let account = AccountId(stop.tai_khoan);
    match account::suspend(&site, &who, account, stop.tiep_tuc.is_none()).await {
        Ok(()) => Ok(see_other("/ban-lam-viec/nguoi-dung")),
        Err(error) => refused(&site, look, &who, error, Typed::default()).await,
    }
}

pub(super) async fn reset(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    Form(which): Form<Lost>,
) -> Result<Response, Problem> {
    match account::reset(&site, &who, AccountId(which.tai_khoan)).await {
        Ok(token) => {
            let mut staff = list(&site, look, &who, None).await?;
            staff.link = Some(format!("{}/loi-moi/{token}", site.base_url()));
            page(&staff)
        }
        Err(error) => refused(&site, look, &who, error, Typed::default()).await,
    }
}
