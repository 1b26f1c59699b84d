//! Keys of the map (`phuonganbinh`, `xãbatơ`) and the names they stand for.

use super::plan::Level;
use crate::names::folded;

/// Kind, the words in front of a name, and how a key begins, by level.
const KINDS: [(Level, &str, &str, &str); 10] = [
    (Level::Province, "city", "Thành phố", "thanhpho"),
    (Level::Province, "province", "Tỉnh", "tinh"),
    (Level::District, "provincial-city", "Thành phố", "thanhpho"),
    (Level::District, "town", "Thị xã", "thixa"),
    (Level::District, "urban-district", "Quận", "quan"),
    (Level::District, "district", "Huyện", "huyen"),
    (Level::Commune, "ward", "Phường", "phuong"),
    (Level::Commune, "township", "Thị trấn", "thitran"),
    (Level::Commune, "commune", "Xã", "xa"),
    (Level::Commune, "special-zone", "Đặc khu", "dackhu"),
];

/// Kind, label and what follows it in a full name: "Thị Trấn Óc Eo" is a township, "Thị trấn", "Óc Eo".
pub fn separate(full: &str, level: Level) -> Option<(&'static str, &'static str, &str)> {
    KINDS.iter().filter(|kind| kind.0 == level).find_map(|kind| {
        let end = full.char_indices().nth(kind.2.chars().count())?.0;
        let (front, rest) = full.split_at(end);
        let rest = rest.strip_prefix(' ')?;
        (front.to_lowercase() == kind.2.to_lowercase()).then_some((kind.1, kind.2, rest))
    })
}

/// Kind and label of a key: `phuonganbinh` is a ward, "Phường".
pub fn kind_of(key: &str, level: Level) -> Option<(&'static str, &'static str)> {
    let key = joined(&folded(key));
    let kind = KINDS
        .iter()
        .find(|kind| kind.0 == level && key.starts_with(kind.3))?;
    Some((kind.1, kind.2))
}

fn joined(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Names among which keys are looked up; each is found once.
pub struct Candidates {
    /// Lower case with marks, without marks, without marks and kind; taken or not.
    names: Vec<(String, String, String, bool)>,
}

impl Candidates {
    /// Full names in their order.
    pub fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let forms = |full: &str| {
            let plain = joined(&folded(full));
            let short = without_kind(&plain).to_owned();
            (joined(&viet::nfc(full).to_lowercase()), plain, short, false)
        };
        Self {
            names: names.map(forms).collect(),
        }
    }

    /// The place of the one name that a key stands for: as written with its marks, then without marks,
    /// then under another kind. `None` where there is none or more than one.
    pub fn take(&mut self, key: &str) -> Option<usize> {
        let marked = viet::nfc(key).to_lowercase();
        let plain = joined(&folded(key));
        let place = match marked == plain {
            true => None,
            false => self.only(|name| name.0 == marked),
        };
        let place = place.or_else(|| self.only(|name| name.1 == plain));
        let place = place.or_else(|| self.only(|name| name.2 == without_kind(&plain)))?;
        self.names[place].3 = true;
        Some(place)
    }

    /// Places that no key took.
    pub fn left(&self) -> Vec<usize> {
        let free = self.names.iter().enumerate().filter(|(_, name)| !name.3);
        free.map(|(place, _)| place).collect()
    }

    fn only(&self, fits: impl Fn(&(String, String, String, bool)) -> bool) -> Option<usize> {
        let mut places = (0..self.names.len()).filter(|place| fits(&self.names[*place]));
        let place = places.next().filter(|place| !self.names[*place].3)?;
        places.next().is_none().then_some(place)
    }
}

fn without_kind(plain: &str) -> &str {
    let rest = KINDS.iter().find_map(|kind| plain.strip_prefix(kind.3));
    rest.filter(|rest| !rest.is_empty()).unwrap_or(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_find_their_names_once() {
        let names = [
            "Xã Ba Tơ",
            "Xã Ba Tô",
            "Phường Lộc Ninh",
            "Xã Hoà Bình",
            "Phường Hoà Bình",
        ];
        let mut candidates = Candidates::of(names.into_iter());
        assert_eq!(candidates.take("xabato"), None, "two names");
        assert_eq!(candidates.take("xãbatô"), Some(1));
        assert_eq!(candidates.take("xãbatô"), None, "taken");
        assert_eq!(candidates.take("xalocninh"), Some(2), "another kind now");
        assert_eq!(candidates.take("xahoabinh"), Some(3));
        assert_eq!(candidates.take("xakhongco"), None);
        assert_eq!(candidates.left(), [0, 4]);
    }

    #[test]
    fn kinds_are_read_by_level() {
        let kind = |full, level| separate(full, level).map(|found| (found.0, found.2));
        assert_eq!(kind("Thành phố Huế", Level::Province), Some(("city", "Huế")));
        assert_eq!(
            kind("Thành phố Huế", Level::District),
            Some(("provincial-city", "Huế"))
        );
        assert_eq!(
            kind("Thị Trấn Óc Eo", Level::Commune),
            Some(("township", "Óc Eo"))
        );
        assert_eq!(
            (kind("Xãm", Level::Commune), kind("Xã", Level::Commune)),
            (None, None)
        );
        assert_eq!(kind_of("xãbatơ", Level::Commune), Some(("commune", "Xã")));
        assert_eq!(
            kind_of("dackhuhoangsa", Level::Commune),
            Some(("special-zone", "Đặc khu"))
        );
    }
}
