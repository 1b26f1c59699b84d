//! `/ban-lam-viec/don-vi`: how the units of an officer are reached, in both languages
//! (NĐ 42/2022/NĐ-CP).

use askama::Template;
use audit::{Actor, Entry};
use axum::extract::{Extension, Form, Path, State};
use axum::response::Response;
use db::DbError;
use jiff::civil::Date;
use policy::{Permission, UnitId, Visitor};
use serde::Deserialize;
use web::private::{again, frame, page as answer, see_other};
use web::{Access, Chrome, Look, Problem, Routes, Site};

use crate::model::Contact;
use crate::{scope, store};

/// Address of the desk.
pub const DESK: &str = "/ban-lam-viec/don-vi";

/// Letters in a text of a contact.
const LONGEST: usize = 2_000;

/// Why a contact was not written. The text is a sentence for the person who asked.
#[derive(Debug, thiserror::Error)]
pub enum ContactError {
    /// No such unit, or not the person's.
    #[error("Không tìm thấy đơn vị này.")]
    Unknown,
    /// Something is wrong with what was typed.
    #[error("{0}")]
    Input(&'static str),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// The routes of the desk.
#[must_use]
pub fn routes() -> Routes {
    let edit = Access::May(Permission::EditContacts);
    Routes::new()
        .get(DESK, edit, list)
        .get("/ban-lam-viec/don-vi/{id}", edit, show)
        .post("/ban-lam-viec/don-vi/{id}", edit, save)
}

fn sound(contact: &Contact) -> Result<(), ContactError> {
    let texts = [
        &contact.functions,
        &contact.functions_en,
        &contact.address,
        &contact.address_en,
        &contact.responsible,
        &contact.responsible_en,
    ];
    if texts.iter().any(|text| text.chars().count() > LONGEST) {
        return Err(ContactError::Input("Mỗi mục không quá 2.000 ký tự."));
    }
    let phone = |c: char| c.is_ascii_digit() || " +.()-".contains(c);
    if contact.phone.chars().count() > 60 || !contact.phone.chars().all(phone) {
        return Err(ContactError::Input(
            "Số điện thoại chỉ gồm chữ số, dấu cách, dấu +, dấu chấm, gạch nối.",
        ));
    }
    let email = &contact.email;
    let odd = |c: char| c.is_whitespace() || c.is_control() || "<>\"',;()?&".contains(c);
    let at = email
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if !email.is_empty() && (!at || email.len() > 200 || email.chars().any(odd)) {
        return Err(ContactError::Input(
            "Địa chỉ thư điện tử chưa đúng dạng ten@donvi.gov.vn.",
        ));
    }
    Ok(())
}

/// States how a unit is reached from a day on.
///
/// # Errors
/// No such unit within reach, bad input, or what the database says.
pub async fn state_contact(
    site: &Site,
    who: &Visitor,
    unit: UnitId,
    from: Date,
    contact: Contact,
) -> Result<(), ContactError> {
    sound(&contact)?;
    let known = store::unit(site.db(), unit).await?.ok_or(ContactError::Unknown)?;
    if !known.is_alive(from) {
        return Err(ContactError::Input("Đơn vị không tồn tại vào ngày này."));
    }
    let mut tx = site.db().begin().await?;
    let roots = who.roots(Permission::EditContacts);
    if !scope::reaches(&mut tx, &roots, unit, site.today()).await? {
        return Err(ContactError::Unknown);
    }
    store::contact_put(&mut tx, unit, &known.slug, from, contact).await?;
    let actor = Actor::Person(who.account, who.name.clone());
    let entry = Entry::new(actor, "unit.contact", format!("unit:{}", unit.get())).unit(unit);
    audit::append(&mut tx, &entry.detail(serde_json::json!({ "from": from }))).await?;
    tx.commit().await?;
    Ok(())
}

#[derive(Template)]
#[template(path = "contacts.html")]
struct List {
    chrome: Chrome,
    units: Vec<(UnitId, String)>,
}

async fn list(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
) -> Result<Response, Problem> {
    let roots = who.roots(Permission::EditContacts);
    let units = scope::choices(site.db(), roots, site.today()).await;
    answer(&List {
        chrome: frame(&site, look, DESK, "Thông tin liên hệ của đơn vị"),
        units: units.map_err(Problem::internal)?,
    })
}

#[derive(Template)]
#[template(path = "contact.html")]
struct View {
    chrome: Chrome,
    error: String,
    unit: String,
    path: String,
    from: String,
    contact: Contact,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    tu: String,
    chuc_nang: String,
    chuc_nang_en: String,
    dia_chi: String,
    dia_chi_en: String,
    dien_thoai: String,
    thu: String,
    phu_trach: String,
    phu_trach_en: String,
}

impl Typed {
    fn contact(self) -> Contact {
        let clean = |text: String| viet::nfc(&text).split_whitespace().collect::<Vec<_>>().join(" ");
        Contact {
            functions: clean(self.chuc_nang),
            functions_en: clean(self.chuc_nang_en),
            address: clean(self.dia_chi),
            address_en: clean(self.dia_chi_en),
            phone: clean(self.dien_thoai),
            email: clean(self.thu),
            responsible: clean(self.phu_trach),
            responsible_en: clean(self.phu_trach_en),
        }
    }
}

/// The form for a unit within reach; nobody learns of others.
async fn view(site: &Site, look: Look, who: &Visitor, id: UnitId) -> Result<View, Problem> {
    let db = site.db();
    let roots = who.roots(Permission::EditContacts);
    let reached = scope::reaches(db, &roots, id, site.today()).await;
    let unit = store::unit(db, id).await.map_err(Problem::internal)?;
    let unit = unit.filter(|_| reached.as_ref().is_ok_and(|reached| *reached));
    let unit = unit.ok_or(Problem::NotFound)?;
    let known = store::contact_on(db, id, site.today())
        .await
        .map_err(Problem::internal)?;
    Ok(View {
        chrome: frame(
            site,
            look,
            &format!("{DESK}/{}", id.get()),
            "Thông tin liên hệ của đơn vị",
        ),
        error: String::new(),
        unit: unit.near(site.today()).name.full.clone(),
        path: format!("/don-vi/{}", unit.slug),
        from: site.today().to_string(),
        contact: known.map(|known| known.1).unwrap_or_default(),
    })
}

async fn show(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    Path(id): Path<i64>,
) -> Result<Response, Problem> {
    answer(&view(&site, look, &who, UnitId::of(id)).await?)
}

async fn save(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    Path(id): Path<i64>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let unit = UnitId::of(id);
    let mut form = view(&site, look, &who, unit).await?;
    let from = typed.tu.parse::<Date>();
    form.from.clone_from(&typed.tu);
    form.contact = typed.contact();
    let written = match from {
        Ok(from) => state_contact(&site, &who, unit, from, form.contact.clone()).await,
        Err(_) => Err(ContactError::Input("Xin nhập ngày bắt đầu áp dụng.")),
    };
    match written {
        Ok(()) => Ok(see_other(&form.path)),
        Err(ContactError::Db(error)) => Err(Problem::internal(error)),
        Err(error) => {
            form.error = look.t(&error.to_string()).to_owned();
            again(&form)
        }
    }
}
