//! What officers do with the home page.

use audit::{Actor, Entry};
use db::DbError;
use policy::{Permission, Visitor};
use serde_json::json;
use web::Site;

use crate::model::{Arrangement, Block, EVENTS};
use crate::store;

/// Letters in a name or the words of a link, links of an event.
const WORDS: usize = 120;
const LINKS: usize = 12;

/// Why the home page was not changed. The text is a sentence for the person who asked.
#[derive(Debug, thiserror::Error)]
pub enum ArrangeError {
    /// Something is missing or too long.
    #[error("{0}")]
    Input(&'static str),
    /// The person does not arrange the portal.
    #[error("Bạn không được giao việc này.")]
    Reach,
    /// Somebody arranged it in between.
    #[error("Người khác đã sắp xếp trang chủ sau khi bạn mở. Xin tải lại trang rồi sửa tiếp.")]
    Clash,
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Whether a link of the home page may lead there: a path of this portal and nothing else.
#[must_use]
pub fn is_local(path: &str) -> bool {
    path.starts_with('/') && posts::body::is_address(path)
}

fn sound(arrangement: &Arrangement) -> Result<(), ArrangeError> {
    let input = |sentence| Err(ArrangeError::Input(sentence));
    if arrangement.blocks.is_empty() {
        return input("Trang chủ cần ít nhất một khối.");
    }
    if arrangement.blocks.contains(&Block::Events) && arrangement.events.is_empty() {
        return input("Xin nhập ít nhất một sự kiện trong đời sống hoặc ẩn khối này.");
    }
    if arrangement.events.len() > EVENTS {
        return input("Trang chủ có tối đa 8 sự kiện trong đời sống.");
    }
    let long = |text: &str| text.chars().count() > WORDS;
    for (at, event) in arrangement.events.iter().enumerate() {
        if event.label.is_empty() || event.label_en.is_empty() || long(&event.label) || long(&event.label_en)
        {
            return input("Mỗi sự kiện cần tên tiếng Việt và tiếng Anh, mỗi tên không quá 120 ký tự.");
        }
        if arrangement.events[..at]
            .iter()
            .any(|other| other.code == event.code)
        {
            return input("Hai sự kiện trùng tên. Xin đặt tên khác nhau.");
        }
        if event.links.len() > LINKS {
            return input("Mỗi sự kiện có tối đa 12 liên kết.");
        }
        for link in &event.links {
            if link.label.is_empty() || long(&link.label) {
                return input("Mỗi liên kết cần chữ hiển thị, không quá 120 ký tự.");
            }
            if !is_local(&link.path) {
                return input("Liên kết trên trang chủ chỉ dẫn đến trang của cổng, bắt đầu bằng dấu /.");
            }
        }
    }
    Ok(())
}

/// Arranges the home page after the version that the person saw.
///
/// # Errors
/// Bad input, another arrangement in between, or what the database says.
pub async fn arrange(
    site: &Site,
    who: &Visitor,
    seen: i64,
    arrangement: &Arrangement,
) -> Result<i64, ArrangeError> {
    if !who.may(Permission::ArrangePortal) {
        return Err(ArrangeError::Reach);
    }
    sound(arrangement)?;
    let mut tx = site.db().begin().await?;
    if store::home(&mut tx).await?.number != seen {
        return Err(ArrangeError::Clash);
    }
    let number = store::home_add(&mut tx, seen, arrangement, who).await?;
    let actor = Actor::Person(who.account, who.name.clone());
    let entry = Entry::new(actor, "home.arrange", "home").detail(json!({ "version": number }));
    audit::append(&mut tx, &entry).await?;
    tx.commit().await?;
    Ok(number)
}
