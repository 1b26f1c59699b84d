//! What an approver says on the text itself: under each block what was said of it, and a field for who
//! may give the post back. The fields belong to the one form of giving back, so that no script is needed.

use askama::Template;
use web::Look;

use crate::model::Remark;

/// What stands under the blocks of a preview.
pub(super) struct Margin {
    look: Look,
    /// What was said of the version that is shown.
    said: Vec<Remark>,
    /// Whether the person may give it back.
    asks: bool,
}

#[derive(Template)]
#[template(path = "remark.html")]
struct Under<'a> {
    look: Look,
    block: usize,
    label: String,
    said: Option<&'a str>,
    asks: bool,
}

impl Margin {
    /// Beside one version: what of `remarks` is about it.
    pub(super) fn of(look: Look, remarks: &[Remark], version: i64, asks: bool) -> Self {
        let said = remarks.iter().filter(|one| one.version == version);
        Self {
            look,
            said: said.cloned().collect(),
            asks,
        }
    }

    /// HTML under a block.
    pub(super) fn under(&self, block: usize) -> String {
        let said = self.said.iter().find(|one| one.block == block);
        let said = said.map(|one| one.text.as_str());
        if said.is_none() && !self.asks {
            return String::new();
        }
        let under = Under {
            look: self.look,
            block,
            label: self.look.fill("Nhận xét đoạn {}", &[&block]),
            said,
            asks: self.asks,
        };
        under.render().unwrap_or_default()
    }
}
