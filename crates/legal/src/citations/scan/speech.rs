//! Words of law in plain speech: what looks like a citation and cites nothing.

use crate::model::ActKind;

use super::super::acts::Named;
use super::super::chain::Chain;
use super::super::lexis::letter;
use super::super::places::{Level, Num};
use super::super::{ActRef, Target};
use super::Scanner;

impl Scanner<'_> {
    /// "dự án Luật Thủy lợi" is not passed yet; "Lệnh này" is an act in an order of the President alone.
    pub(super) fn is_no_act(&self, at: usize, act: &Named) -> bool {
        if act.kind == Some(ActKind::Lenh) && act.acts.first() == Some(&ActRef::This) {
            return self.context.kind != Some(ActKind::Lenh);
        }
        let head = self.text.get(..at).unwrap_or_default().trim_end();
        let named = matches!(act.acts.as_slice(), [ActRef::Name { .. }]);
        named
            && ["dự án", "dự thảo", "Dự án", "Dự thảo"]
                .iter()
                .any(|word| head.ends_with(word))
    }

    /// "Phần này được miễn thuế", "điều này có nghĩa là": a share, a thing said before, where no provision
    /// of that level holds the words.
    pub(super) fn is_speech(&self, chain: &Chain, targets: &[Target]) -> bool {
        let nowhere = matches!(targets, [only] if only.provision.is_none());
        let said = matches!(chain.items.as_slice(), [item] if item.place.named().count() == 1
            && [Level::Article, Level::Part].iter().any(|level| item.place.get(*level) == Some(&Num::This)));
        nowhere && said && self.context.quoted.is_none()
    }

    /// A group in small letters or an appendix without a number cites nothing by itself.
    pub(super) fn stands_alone(&self, at: usize, chain: &Chain) -> bool {
        let Some(item) = chain.items.first() else {
            return false;
        };
        let capital = letter(self.text, at).is_some_and(char::is_uppercase);
        match item.place.outer() {
            Some(Level::Subsection | Level::Section | Level::Chapter | Level::Part) => {
                capital
                    || (item.place.says_this()
                        && self.context.quoted.is_none()
                        && item.place.named().count() > 1)
            }
            Some(Level::Annex) => item.place.get(Level::Annex) != Some(&Num::Only),
            Some(_) => true,
            None => false,
        }
    }
}
