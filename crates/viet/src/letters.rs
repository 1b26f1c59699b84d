//! The letters that number điểm.

/// The 23 letters in their order; `d` and `đ` are two letters.
pub const POINT_LETTERS: [char; 23] = [
    'a', 'b', 'c', 'd', 'đ', 'e', 'g', 'h', 'i', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v',
    'x', 'y',
];

/// Place of a điểm among its siblings: letter, then inserted number (`a`, `a1`, `a2`, `b`).
///
/// `None` for what is not a letter of the series with an optional number.
#[must_use]
pub fn point_rank(number: &str) -> Option<(usize, u32)> {
    let mut chars = number.chars();
    let letter = chars.next()?;
    let place = POINT_LETTERS.iter().position(|l| *l == letter)?;
    let rest = chars.as_str();
    if rest.is_empty() {
        return Some((place, 0));
    }
    if rest.len() > 3 || !rest.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    rest.parse().ok().map(|inserted| (place, inserted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d_is_not_dd() {
        assert!(point_rank("d") < point_rank("đ"));
        assert!(point_rank("đ") < point_rank("e"));
        assert!(point_rank("a") < point_rank("a1"));
        assert!(point_rank("a1") < point_rank("b"));
        assert_eq!(point_rank("f"), None);
        assert_eq!(point_rank("ab"), None);
        assert_eq!(point_rank(""), None);
    }
}
