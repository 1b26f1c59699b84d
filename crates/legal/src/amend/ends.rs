//! Acts that end as a whole: "Luật X hết hiệu lực kể từ ngày …", "Thông tư này thay thế Thông tư
//! số Y", and the items of such lists.
//!
//! A title names acts too ("Thông tư số Y … quy định chi tiết Luật X"); only those that begin an
//! item of the sentence are meant. Where that cannot be told, the act is doubted.

use std::ops::Range;

use crate::citations::ActRef;

use super::interpret::{Deed, Reader, What, plain};
use super::sentence::Sign;
use super::verbs::Verb;

/// Acts that a sentence ends, and where its words on day and exceptions stand.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ends {
    /// What is done to them.
    pub deed: Option<Deed>,
    pub acts: Vec<ActRef>,
    /// They may be part of the title of one before them.
    pub doubted: Vec<ActRef>,
    /// Bytes before the first act.
    pub lead: Range<usize>,
    /// Bytes behind the verb or the last act.
    pub tail: Range<usize>,
    /// The tail stands behind the verb.
    pub passive: bool,
}

impl Reader<'_> {
    /// What the verb at `at` does to whole acts; its object stands in `region`.
    pub(super) fn endings(&self, verb: Verb, at: usize, region: Range<usize>, passive: bool) -> Option<What> {
        let (acts, doubted, mut last) = self.heads(region.clone());
        let own = acts.is_empty() && doubted.is_empty() && passive && verb == Verb::Lapse;
        let acts = if own && self.speaks_of_itself(at) {
            vec![ActRef::This]
        } else {
            acts
        };
        if acts.is_empty() && doubted.is_empty() {
            return None;
        }
        if passive {
            last = at;
        }
        let end = (last..self.signs.len())
            .find(|place| self.sign(*place) == Some(&Sign::End))
            .and_then(|place| self.signs.get(place))
            .or(self.signs.last())
            .map_or(0, |placed| placed.span.end);
        let first = region
            .clone()
            .find(|place| matches!(self.sign(*place), Some(Sign::Act(_))));
        let bytes = |place: usize| self.signs.get(place).map_or(0..0, |placed| placed.span.clone());
        let start = bytes(region.start).start;
        Some(What::Ends(Ends {
            deed: plain(verb),
            acts,
            doubted,
            lead: start..bytes(first.unwrap_or(region.start)).start.max(start),
            tail: bytes(last).end..end.max(bytes(last).end),
            passive,
        }))
    }

    /// An item of a list of acts that end.
    pub(super) fn ended_item(&self, deed: &Deed) -> Option<What> {
        let (acts, doubted, last) = self.heads(0..self.signs.len());
        let end = self.signs.last()?.span.end;
        let from = self.signs.get(last)?.span.end;
        (!acts.is_empty() || !doubted.is_empty()).then(|| {
            What::Ends(Ends {
                deed: Some(deed.clone()),
                acts,
                doubted,
                lead: 0..0,
                tail: from..end.max(from),
                passive: false,
            })
        })
    }

    /// The acts that begin an item, those that may, and the place of the last one.
    fn heads(&self, region: Range<usize>) -> (Vec<ActRef>, Vec<ActRef>, usize) {
        let (mut acts, mut doubted) = (Vec::new(), Vec::new());
        let mut last = region.start;
        // Rank of the act that the title of the last one ends with.
        let mut titled = None;
        // That act is one of those that end: the title is told to its end by a semicolon.
        let mut back = false;
        let mut any = false;
        for at in region.clone() {
            let Some(placed) = self.signs.get(at) else { break };
            let Sign::Act(act) = &placed.sign else { continue };
            if *act == ActRef::This {
                continue;
            }
            let of_chain = (region.start..at)
                .rev()
                .find(|place| self.sign(*place) != Some(&Sign::Filler))
                .is_some_and(|place| matches!(self.sign(place), Some(Sign::Chain(_))));
            if !any && !placed.led && !of_chain {
                // "Văn bản trái với Luật X": other words are the subject.
                return (Vec::new(), Vec::new(), region.start);
            }
            any = true;
            let stopped = (region.start..at)
                .rev()
                .find(|place| self.sign(*place) != Some(&Sign::Filler))
                .is_some_and(|place| self.sign(place) == Some(&Sign::Stop));
            if stopped && back {
                titled = None;
            }
            if of_chain || !placed.led {
                titled = rank(act);
                back = acts.contains(act);
            } else if !certain(act) || titled.is_some() && titled == rank(act) {
                doubted.push(act.clone());
            } else {
                (titled, last) = (None, at);
                acts.push(act.clone());
            }
        }
        (acts, doubted, last)
    }

    /// "Thông tư này … hết hiệu lực": nothing else is named.
    fn speaks_of_itself(&self, at: usize) -> bool {
        let start = self.start(at);
        let others = (start + 1..at).any(|place| {
            matches!(
                self.sign(place),
                Some(Sign::Act(_) | Sign::Chain(_) | Sign::Follows | Sign::After)
            )
        });
        self.sign(start) == Some(&Sign::Act(ActRef::This)) && !others
    }

    /// Where the sentence of the sign at `at` begins.
    fn start(&self, at: usize) -> usize {
        (0..at)
            .rev()
            .find(|place| self.sign(*place) == Some(&Sign::End))
            .map_or(0, |end| end + 1)
    }

    /// Whether the act itself is the subject of the sentence of the sign at `at`.
    pub(super) fn subject(&self, at: usize) -> bool {
        let first = (self.start(at)..at).find(|place| self.sign(*place) != Some(&Sign::Filler));
        first.is_some_and(|first| self.sign(first) == Some(&Sign::Act(ActRef::This)))
    }
}

/// Whether the words name one act: a bare name without a year may be any of several.
fn certain(act: &ActRef) -> bool {
    matches!(act, ActRef::Number { .. } | ActRef::Name { .. })
}

/// Rank of the body that issues an act, highest first; `None` where its name does not tell.
pub(super) fn rank(act: &ActRef) -> Option<u8> {
    match act {
        ActRef::Number { number, .. } => Some(rank_of_number(number)),
        ActRef::Name { name, .. } => {
            let name = viet::fold(name);
            [
                ("bo luat", 0),
                ("luat", 0),
                ("phap lenh", 1),
                ("nghi dinh", 2),
                ("thong tu", 4),
            ]
            .iter()
            .find(|(word, _)| name.starts_with(word))
            .map(|(_, rank)| *rank)
        }
        ActRef::This | ActRef::Amended | ActRef::Short { .. } => None,
    }
}

/// Quốc hội, Ủy ban thường vụ, Chính phủ, Thủ tướng, ministries and others, local bodies.
pub(super) fn rank_of_number(number: &str) -> u8 {
    let number = viet::fold(number);
    let has = |word: &str| number.contains(word);
    if has("ubtvqh") {
        1
    } else if has("qh") {
        0
    } else if has("ubnd") || has("hdnd") {
        5
    } else if has("/nd") || has("-cp") || has("/cp") {
        2
    } else if has("ttg") {
        3
    } else {
        4
    }
}

#[cfg(test)]
mod tests {
    use super::super::interpret::{Above, interpret};
    use super::super::sentence::signs;
    use super::*;

    fn named(acts: &[ActRef]) -> String {
        let name = |act: &ActRef| match act {
            ActRef::Number { number, .. } => number.clone(),
            ActRef::Name { name, .. } => name.clone(),
            other => format!("{other:?}"),
        };
        acts.iter().map(name).collect::<Vec<_>>().join(" + ")
    }

    /// Acts that end, then those in doubt.
    fn ended(text: &str) -> String {
        let said = interpret(&signs(text, 0), &Above::default());
        let ends = said.iter().filter_map(|said| match &said.what {
            What::Ends(ends) if ends.doubted.is_empty() => Some(named(&ends.acts)),
            What::Ends(ends) => Some(format!("{} ? {}", named(&ends.acts), named(&ends.doubted))),
            _ => None,
        });
        ends.collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn only_acts_that_begin_an_item_end() {
        for (text, wanted) in [
            (
                "Luật này thay thế Luật thương mại ngày 10 tháng 5 năm 1997.",
                "Luật thương mại",
            ),
            (
                "Thông tư này có hiệu lực thi hành từ ngày 25 tháng 11 năm 2025 và thay thế Thông tư số 29/2019/TT-BCA ngày 30 tháng 8 năm 2019 của Bộ trưởng Bộ Công an quy định việc thực hiện kết luận thanh tra theo Luật Thanh tra.",
                "29/2019/TT-BCA",
            ),
            (
                "Thông tư số 22/2023/TT-BKHCN ngày 29 tháng 11 năm 2023 quy định chi tiết một số điều của Luật Thi đua, khen thưởng và Thông tư số 17/2024/TT-BTTTT quy định chi tiết Luật Thi đua sẽ bị bãi bỏ kể từ ngày Thông tư này có hiệu lực.",
                "22/2023/TT-BKHCN + 17/2024/TT-BTTTT",
            ),
            (
                "Nghị định số 10/2018/NĐ-CP quy định chi tiết một số điều của Nghị định số 09/2015/NĐ-CP và Nghị định số 08/2016/NĐ-CP hết hiệu lực kể từ ngày Luật này có hiệu lực.",
                "10/2018/NĐ-CP ? 08/2016/NĐ-CP",
            ),
            (
                "Luật A số 41/2019/QH14 đã được sửa đổi, bổ sung một số điều theo Luật số 59/2024/QH15 và Luật số 86/2025/QH15, Nghị quyết số 54/2022/UBTVQH15 thí điểm mô hình hết hiệu lực kể từ ngày Luật này có hiệu lực thi hành.",
                "41/2019/QH14 + 54/2022/UBTVQH15",
            ),
            (
                "Văn bản trái với Luật Đất đai số 45/2013/QH13 hết hiệu lực thi hành.",
                "",
            ),
            ("Quy định tại Thông tư số 1/2020/TT-BTC hết hiệu lực.", ""),
            (
                "Thông tư này hết hiệu lực kể từ ngày 01 tháng 3 năm 2027.",
                "This",
            ),
            (
                "Kể từ ngày Nghị định này có hiệu lực, quy định về vị trí việc làm tại Nghị định số 62/2020/NĐ-CP hết hiệu lực.",
                "",
            ),
            (
                "Nghị định số 08/2016/NĐ-CP, Nghị định số 69/2020/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số 08/2016/NĐ-CP; Nghị định số 115/2021/NĐ-CP hết hiệu lực.",
                "08/2016/NĐ-CP + 69/2020/NĐ-CP + 115/2021/NĐ-CP",
            ),
            (
                "Bãi bỏ Thông tư số 17/2020/TT-BGTVT ngày 14 tháng 08 năm 2020 và Thông tư số 05/2016/TT-BGTVT.",
                "17/2020/TT-BGTVT + 05/2016/TT-BGTVT",
            ),
            ("Sửa đổi, bổ sung một số điều của Nghị định số 10/2018/NĐ-CP", ""),
            (
                "Thay thế Phụ lục I ban hành kèm theo Thông tư số 1/2020/TT-BTC",
                "",
            ),
        ] {
            assert_eq!(ended(text), wanted, "{text}");
        }
    }
}
