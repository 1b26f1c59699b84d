//! The pages of acts that citizens read.

mod absent;
pub mod act;
mod backlinks;
pub(crate) mod between;
pub mod changes;
mod compare;
mod disputes;
pub mod endings;
pub mod entrances;
mod excerpt;
mod facts;
mod glossary;
mod history;
pub mod inline;
pub mod item;
pub mod law;
mod life;
mod list;
mod original;
mod provision;
pub mod refs;
mod relations;
mod said;
mod share;
mod show;
pub mod standing;
mod take;
pub mod terms;
pub mod time;
mod toc;
pub mod words;

use policy::Permission;
use web::{Access, Routes};

/// Every page of this room.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/van-ban", Access::Public, list::all)
        .get("/van-ban/moi", Access::Public, list::new)
        .get("/van-ban/sap-co-hieu-luc", Access::Public, list::coming)
        .get("/van-ban/sap-het-hieu-luc", Access::Public, list::expiring)
        .get("/van-ban/{slug}", Access::Public, act::page)
        .get("/van-ban/{slug}/tieng-anh", Access::Public, act::english)
        .get("/van-ban/{slug}/lich-su", Access::Public, history::page)
        .get("/van-ban/{slug}/so-sanh", Access::Public, between::page)
        .get(
            "/van-ban/{slug}/hop-nhat.docx",
            Access::Public,
            crate::downloads::consolidated,
        )
        .get("/van-ban/{slug}/quan-he", Access::Public, relations::page)
        .get("/thuat-ngu", Access::Public, glossary::page)
        .get("/van-ban/{slug}/chia-se", Access::Public, share::page)
        .get("/van-ban/{slug}/tai-ve", Access::Public, take::page)
        .get("/van-ban/{slug}/ban-goc/so-sanh", Access::Public, compare::page)
        .get("/van-ban/{slug}/ban-goc/{sha256}", Access::Public, original::file)
        .get("/van-ban/{slug}/{*place}", Access::Public, provision::page)
        .get(
            "/ban-lam-viec/hieu-luc",
            Access::May(Permission::ReadDrafts),
            disputes::show,
        )
        .get("/thanh-phan", Access::Public, show::components)
        .get("/giao-dien", Access::Public, show::choose)
}
