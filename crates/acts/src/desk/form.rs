//! What an officer types about an amending sentence, and the order that it makes.

use legal::address::id_of_path;
use legal::amend::{Addition, Anchor, Exchange, Form, FormKind, Operation, Places, Portion, Side};
use legal::citations::{Context, find};
use legal::consolidate::Order;
use legal::model::{Block, Para};

use crate::places;
use crate::site::time::asked_day;

/// Pairs of the form.
pub(super) type Pairs = Vec<(String, String)>;

/// What can be done, with its name.
pub(super) const DEEDS: [(&str, &str); 11] = [
    ("thay", "Thay nội dung"),
    ("bo-sung", "Bổ sung điều, khoản, điểm"),
    ("bai-bo", "Bãi bỏ"),
    ("het-hieu-luc", "Hết hiệu lực (giữ nguyên chữ)"),
    ("ngung", "Ngưng hiệu lực"),
    ("co-lai", "Có hiệu lực trở lại"),
    ("lui", "Lùi thời điểm có hiệu lực"),
    ("keo-dai", "Kéo dài thời hạn áp dụng"),
    ("thay-cum-tu", "Thay cụm từ"),
    ("bo-cum-tu", "Bỏ cụm từ"),
    ("them-cum-tu", "Thêm cụm từ"),
];

/// What of a provision can be meant, with its name.
pub(super) const PORTIONS: [(&str, &str); 3] = [
    ("toan-bo", "Toàn bộ"),
    ("ten", "Tên (tiêu đề)"),
    ("doan-mo-dau", "Đoạn mở đầu"),
];

/// The form as it was typed: whatever is wrong with it, it comes back.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Typed {
    /// What is to be done with the form: `xem-thu`, `chap-nhan`, `ap-dung`, `khong-ap-dung`.
    pub(super) button: String,
    /// Number or address of the amended act.
    pub(super) act: String,
    /// Number of the decision that stood.
    pub(super) decision: i64,
    /// Where: "khoản 2 Điều 5".
    pub(super) place: String,
    pub(super) portion: String,
    pub(super) deed: String,
    /// Behind which provision.
    pub(super) after: String,
    /// Words now, and words then.
    pub(super) old: String,
    pub(super) new: String,
    pub(super) text: String,
    pub(super) day: String,
    pub(super) why: String,
    /// Places chosen among so many.
    pub(super) chosen: Vec<u32>,
    pub(super) among: u32,
    /// The order goes beside those that stand.
    pub(super) beside: bool,
}

impl Typed {
    pub(super) fn of(pairs: Pairs) -> Self {
        let mut typed = Self::default();
        for (name, value) in pairs {
            let line = viet::nfc(value.trim());
            match name.as_str() {
                "nut" => typed.button = value,
                "van_ban" => typed.act = line,
                "quyet_dinh" => typed.decision = value.parse().unwrap_or_default(),
                "noi" => typed.place = line,
                "phan" => typed.portion = value,
                "viec" => typed.deed = value,
                "sau" => typed.after = line,
                "cu" => typed.old = line,
                "moi" => typed.new = line,
                "noi_dung" => typed.text = viet::nfc(&value),
                "ngay" => typed.day = line,
                "ly_do" => typed.why = value,
                "cho" => typed.chosen.extend(value.parse::<u32>().ok()),
                "trong" => typed.among = value.parse().unwrap_or_default(),
                "them" => typed.beside = true,
                _ => {}
            }
        }
        typed
    }

    /// The form filled with what was read.
    pub(super) fn read(order: &Order) -> Self {
        let mut typed = Self {
            place: order.provision.as_deref().map(in_words).unwrap_or_default(),
            portion: portion_code(&order.portion),
            text: lines(&order.text),
            day: order.in_force.map(|day| day.to_string()).unwrap_or_default(),
            ..Self::default()
        };
        typed.take(&order.operation);
        if let Operation::Insert(Anchor::After(label)) = &order.operation
            && order.portion.is_small()
        {
            typed.after.clone_from(label);
        }
        typed
    }

    fn take(&mut self, operation: &Operation) {
        let deed = match operation {
            Operation::Insert(anchor) => {
                if let Anchor::After(id) = anchor {
                    self.after = in_words(id);
                }
                "bo-sung"
            }
            Operation::Repeal => "bai-bo",
            Operation::Lapse => "het-hieu-luc",
            Operation::Suspend => "ngung",
            Operation::Resume => "co-lai",
            Operation::Postpone => "lui",
            Operation::Extend => "keo-dai",
            Operation::ReplacePhrase(pairs) => {
                if let [pair] = pairs.as_slice() {
                    (self.old, self.new) = (pair.old.clone(), pair.new.clone());
                }
                "thay-cum-tu"
            }
            Operation::DropPhrase(words) => {
                self.old = words.first().cloned().unwrap_or_default();
                "bo-cum-tu"
            }
            Operation::AddPhrase(addition) => {
                self.new.clone_from(&addition.words);
                if let Side::After(words) = &addition.side {
                    self.old.clone_from(words);
                }
                "them-cum-tu"
            }
            Operation::Only(places) => {
                self.chosen.clone_from(&places.chosen);
                self.among = places.among;
                return self.take(&places.what);
            }
            Operation::Replace | Operation::Renumber(_) => "thay",
        };
        deed.clone_into(&mut self.deed);
    }

    /// The order that was typed.
    pub(super) fn order(&self) -> Result<Order, &'static str> {
        let provision = match self.place.as_str() {
            "" => None,
            words => Some(id_of(words).ok_or("Không hiểu nơi được sửa. Hãy viết như “khoản 2 Điều 5”.")?),
        };
        let in_force = asked_day(&self.day).map_err(|_| "Ngày có hiệu lực không đúng.")?;
        let words = |text: &str| {
            let text = text.to_owned();
            Some(text)
                .filter(|text| !text.is_empty())
                .ok_or("Xin nhập cụm từ.")
        };
        let portion = portion_of(&self.portion);
        let operation = match self.deed.as_str() {
            "thay" => Operation::Replace,
            "bo-sung" => Operation::Insert(match self.after.as_str() {
                "" => Anchor::ByNumber,
                label if portion.is_small() => Anchor::After(label.to_owned()),
                words => Anchor::After(
                    id_of(words).ok_or("Không hiểu nơi làm mốc. Hãy viết như “khoản 2 Điều 5”.")?,
                ),
            }),
            "bai-bo" => Operation::Repeal,
            "het-hieu-luc" => Operation::Lapse,
            "ngung" => Operation::Suspend,
            "co-lai" => Operation::Resume,
            "lui" => Operation::Postpone,
            "keo-dai" => Operation::Extend,
            "thay-cum-tu" => Operation::ReplacePhrase(vec![Exchange {
                old: words(&self.old)?,
                new: words(&self.new)?,
            }]),
            "bo-cum-tu" => Operation::DropPhrase(vec![words(&self.old)?]),
            "them-cum-tu" => Operation::AddPhrase(Addition {
                words: words(&self.new)?,
                side: match self.old.as_str() {
                    "" => Side::End,
                    words => Side::After(words.to_owned()),
                },
            }),
            _ => return Err("Xin chọn việc cần làm."),
        };
        let text = blocks(&self.text);
        let wants = matches!(operation, Operation::Replace | Operation::Insert(_));
        if wants && text.is_empty() {
            return Err("Xin nhập nội dung mới.");
        }
        Ok(Order {
            provision,
            portion,
            operation: self.among_places(operation),
            text: if wants { text } else { Vec::new() },
            in_force,
            except: Vec::new(),
        })
    }

    /// The same at the chosen places, where some were left out or there are several.
    pub(super) fn among_places(&self, what: Operation) -> Operation {
        let words = matches!(
            what,
            Operation::ReplacePhrase(_) | Operation::DropPhrase(_) | Operation::AddPhrase(_)
        );
        if !words || self.among < 2 || self.chosen.is_empty() {
            return what;
        }
        Operation::Only(Places {
            chosen: self.chosen.clone(),
            among: self.among,
            what: Box::new(what),
        })
    }
}

/// The word of a portion in the form; of a form or a row with its number.
fn portion_code(portion: &Portion) -> String {
    match portion {
        Portion::Title => "ten".to_owned(),
        Portion::Opening => "doan-mo-dau".to_owned(),
        Portion::Form(Form { kind, number }) => match kind {
            FormKind::Mau => format!("mau:{number}"),
            FormKind::Bieu => format!("bieu:{number}"),
        },
        Portion::Row(number) => format!("dong:{number}"),
        _ => "toan-bo".to_owned(),
    }
}

/// The portion that a word of the form means.
pub(super) fn portion_of(code: &str) -> Portion {
    let form = |kind, number: &str| {
        let number = number.to_owned();
        Portion::Form(Form { kind, number })
    };
    match code.split_once(':') {
        Some(("mau", number)) => form(FormKind::Mau, number),
        Some(("bieu", number)) => form(FormKind::Bieu, number),
        Some(("dong", number)) => Portion::Row(number.to_owned()),
        _ => match code {
            "ten" => Portion::Title,
            "doan-mo-dau" => Portion::Opening,
            _ => Portion::Whole,
        },
    }
}

/// The id of a provision in words ("khoản 2 Điều 5"), as an address ("dieu-5/khoan-2") or as an id.
pub(super) fn id_of(words: &str) -> Option<String> {
    if let Some(id) = id_of_path(words) {
        return Some(id);
    }
    if words.contains('_') && words.is_ascii() {
        return Some(words.to_owned());
    }
    let words = format!("{words} của Luật này");
    let found = find(&words, &Context::default());
    found
        .into_iter()
        .flat_map(|one| one.targets)
        .find_map(|one| one.provision)
}

/// An id as an officer writes it, where that is understood as the same one.
pub(super) fn in_words(id: &str) -> String {
    let words = places::place(id);
    if id_of(&words).as_deref() == Some(id) {
        words
    } else {
        id.to_owned()
    }
}

fn blocks(text: &str) -> Vec<Block> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let block = |line: &str| {
        Block::Para(Para {
            text: line.to_owned(),
            ..Para::default()
        })
    };
    lines.map(block).collect()
}

fn lines(blocks: &[Block]) -> String {
    let line = |block: &Block| match block {
        Block::Para(para) => Some(para.text.clone()),
        _ => None,
    };
    blocks.iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_understood_as_officers_write_them() {
        for (words, id) in [
            ("khoản 2 Điều 5", "art_5__clause_2"),
            ("điểm đ khoản 1 Điều 12a", "art_12a__clause_1__point_dd"),
            ("dieu-5/khoan-2", "art_5__clause_2"),
            ("art_5-2", "art_5-2"),
            ("Phụ lục II", "app_2"),
        ] {
            assert_eq!(id_of(words).as_deref(), Some(id), "{words}");
        }
        assert_eq!(id_of("chỗ kia"), None);
    }

    #[test]
    fn what_was_read_fills_the_form_and_comes_back() {
        let order = Order {
            provision: Some("art_2__clause_1".to_owned()),
            portion: Portion::Whole,
            operation: Operation::ReplacePhrase(vec![Exchange {
                old: "cũ".to_owned(),
                new: "mới".to_owned(),
            }]),
            text: Vec::new(),
            in_force: None,
            except: Vec::new(),
        };
        assert_eq!(Typed::read(&order).order(), Ok(order.clone()));
        let some = Typed {
            chosen: vec![2],
            among: 3,
            ..Typed::read(&order)
        };
        let row = Order {
            portion: Portion::Row("5".to_owned()),
            operation: Operation::Insert(Anchor::After("4.2".to_owned())),
            text: blocks("5. Sách"),
            ..order.clone()
        };
        assert_eq!(Typed::read(&row).order(), Ok(row));
        let order = some.order().expect("an order");
        assert!(matches!(&order.operation, Operation::Only(places) if places.chosen == [2]));
        assert_eq!(Typed::read(&order).chosen, [2]);
    }
}
