//! The pages on which officers write, approve and publish.

mod edit;
mod file;
mod keep;
mod list;
mod open;
mod remarks;
mod review;
mod view;
mod words;

use std::sync::Arc;

use policy::Permission;
use web::{Access, Look, Problem, Routes};

use crate::Workshop;
use crate::write::PostError;

/// Bytes of a form with a whole post in it; Vietnamese letters take nine bytes each in a form.
const FORM: usize = 4 << 20;

/// Bytes of a form with a file in it.
const UPLOAD: usize = media::MOST + FORM;
/// Where officers see the files of posts that are not public.
const FILES: &str = "/ban-lam-viec/bai/tep";

/// The routes of the desk.
#[must_use]
pub fn routes(workshop: Arc<dyn Workshop>) -> Routes {
    let read = Access::May(Permission::ReadDrafts);
    let write = Access::May(Permission::WritePosts);
    let approve = Access::May(Permission::ApprovePosts);
    let publish = Access::May(Permission::PublishPosts);
    let other = Arc::clone(&workshop);
    let first = move |site, look, who, headers, form| {
        file::take_first(Arc::clone(&workshop), site, look, who, headers, form)
    };
    let later = move |site, look, who, id, headers, form| {
        file::take_later(Arc::clone(&other), site, look, who, id, headers, form)
    };
    Routes::new()
        .get("/ban-lam-viec/bai", read, list::page)
        .get("/ban-lam-viec/bai/moi", write, edit::new)
        .post_up_to("/ban-lam-viec/bai/moi", write, FORM, edit::create)
        .post_up_to("/ban-lam-viec/bai/lam-sach", write, FORM, edit::clean)
        .post_up_to("/ban-lam-viec/bai/moi/tep", write, UPLOAD, first)
        .post_up_to("/ban-lam-viec/bai/{id}/tep", write, UPLOAD, later)
        .post_up_to("/ban-lam-viec/bai/moi/tu-luu", write, FORM, keep::keep_new)
        .post_up_to("/ban-lam-viec/bai/{id}/tu-luu", write, FORM, keep::keep_old)
        .get("/ban-lam-viec/bai/tep/{id}/{name}", read, file::page)
        .get("/ban-lam-viec/bai/{id}", read, open::page)
        .get("/ban-lam-viec/bai/{id}/sua", write, edit::edit)
        .post_up_to("/ban-lam-viec/bai/{id}/sua", write, FORM, edit::save)
        .post("/ban-lam-viec/bai/{id}/trinh", write, open::submit)
        .post_up_to("/ban-lam-viec/bai/{id}/tra-lai", approve, FORM, open::give_back)
        .post("/ban-lam-viec/bai/{id}/duyet", approve, open::approve)
        .post("/ban-lam-viec/bai/{id}/dang", publish, open::publish)
        .post("/ban-lam-viec/bai/{id}/xem-lai", publish, open::review)
        .post("/ban-lam-viec/bai/{id}/go", publish, open::withdraw)
        .get("/ban-lam-viec/bai/{id}/ra-soat", read, review::page)
        .post("/ban-lam-viec/bai/{id}/ra-soat", publish, review::confirm)
}

/// The sentence for the person, or the problem where it is ours or nothing is there for him.
fn sentence(look: Look, error: &PostError) -> Result<String, Problem> {
    match error {
        PostError::Db(error) => Err(Problem::internal(error)),
        PostError::Blob(error) => Err(Problem::internal(error)),
        PostError::Unknown => Err(Problem::NotFound),
        other => Ok(look.t(&other.to_string()).to_owned()),
    }
}
