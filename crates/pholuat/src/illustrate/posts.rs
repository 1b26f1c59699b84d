//! The posts of the invented province: texts in `illustration/posts`, a few lines of head, then the
//! body with the marks of the editor.

use anyhow::{Context, bail};
use jiff::ToSpan;
use policy::Visitor;
use posts::marks;
use posts::model::{Draft, Showing, State, Step};
use posts::store;
use posts::write::{self, PostError, With};
use web::Site;

use super::units::Units;

/// Days for which a draft for comment stands.
const COMMENT_DAYS: i64 = 60;
/// Posts looked through for one that was begun.
const DRAFTS: i64 = 1_000;

/// Every text, those that are to stand first in lists last.
pub const TEXTS: [&str; 20] = [
    include_str!("../../illustration/posts/du-thao-giup-viec.txt"),
    include_str!("../../illustration/posts/tro-giup-luu-dong.txt"),
    include_str!("../../illustration/posts/con-di-lam-them.txt"),
    include_str!("../../illustration/posts/ket-hon.txt"),
    include_str!("../../illustration/posts/dat-ten-con.txt"),
    include_str!("../../illustration/posts/to-giac.txt"),
    include_str!("../../illustration/posts/bao-luc-gia-dinh.txt"),
    include_str!("../../illustration/posts/phong-ve.txt"),
    include_str!("../../illustration/posts/khoi-kien.txt"),
    include_str!("../../illustration/posts/cho-can.txt"),
    include_str!("../../illustration/posts/thu-viec.txt"),
    include_str!("../../illustration/posts/mang-thai.txt"),
    include_str!("../../illustration/posts/tai-nan-giao-thong.txt"),
    include_str!("../../illustration/posts/mua-nha-dat.txt"),
    include_str!("../../illustration/posts/vay-tien.txt"),
    include_str!("../../illustration/posts/dat-coc.txt"),
    include_str!("../../illustration/posts/cham-luong.txt"),
    include_str!("../../illustration/posts/chia-thua-ke.txt"),
    include_str!("../../illustration/posts/lap-di-chuc.txt"),
    include_str!("../../illustration/posts/nghi-viec.txt"),
];

/// A text as an officer would type it.
struct Text {
    unit: String,
    draft: Draft,
}

fn read(text: &str) -> anyhow::Result<Text> {
    let (head, body) = text.split_once("\n\n").context("bài không có nội dung")?;
    let mut draft = Draft {
        body: marks::read(body),
        ..Draft::default()
    };
    let mut unit = String::new();
    for line in head.lines() {
        let (name, value) = line.split_once(": ").with_context(|| line.to_owned())?;
        let value = value.trim().to_owned();
        match name {
            "loại" => draft.kind = value,
            "nhóm" => draft.topics = value.split(", ").map(str::to_owned).collect(),
            "đơn vị" => unit = value,
            "tiêu đề" => draft.title = value,
            "tóm tắt" => draft.summary = value,
            _ => bail!("không có dòng đầu “{name}”"),
        }
    }
    Ok(Text { unit, draft })
}

/// Writes, submits, approves and publishes a text, from wherever an earlier run stopped; false where
/// it is public already.
pub async fn publish(
    site: &Site,
    units: &Units,
    writer: &Visitor,
    approver: &Visitor,
    text: &str,
) -> anyhow::Result<bool> {
    let Text { unit, draft } = read(text)?;
    let unit = units.of(&unit)?;
    let begun = store::post_list(
        site.db(),
        &policy::Roots::Below(vec![unit]),
        None,
        None,
        DRAFTS,
        0,
    )
    .await?;
    let begun = begun.into_iter().find(|(_, title)| *title == draft.title);
    let ends = draft.kind == "lay-y-kien";
    let title = draft.title.clone();
    let id = match begun {
        Some((post, _)) => post.id,
        None => write::create(site, writer, unit, draft).await?,
    };
    let mut moved = false;
    loop {
        let post = store::post(site.db(), id).await?.context("bài minh họa")?;
        let (who, step, with) = match post.state {
            State::Draft | State::Returned => (writer, Step::Submit, With::Nothing),
            State::Submitted => (approver, Step::Approve, With::Nothing),
            State::Approved => (approver, Step::Publish, With::Showing(showing(site, ends))),
            State::Published | State::Withdrawn => return Ok(moved),
        };
        let taken = write::step(site, who, id, post.version, step, with).await;
        if let Err(PostError::Findings(found)) = &taken {
            bail!("{title}: {found:?}");
        }
        taken.with_context(|| title.clone())?;
        moved = true;
    }
}

fn showing(site: &Site, ends: bool) -> Showing {
    let day = |days: i64| site.now() + (days * 24).hours();
    Showing {
        from: site.now(),
        until: ends.then(|| day(COMMENT_DAYS)),
        review: Some(site.today().saturating_add(6.months())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_read() {
        for text in TEXTS {
            let Text { unit, draft } = read(text).expect("a text");
            let long = draft.body.len() > 5 && draft.summary.chars().count() > 60;
            assert!(
                !unit.is_empty() && !draft.topics.is_empty() && long,
                "{}",
                draft.title
            );
        }
    }
}
