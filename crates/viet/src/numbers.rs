//! Numbers as laws print them: Roman, in words ("thứ nhất"), with letters ("7a").

/// Value of a Roman numeral of 1 to 3999, canonical or not ("IIII" is refused).
///
/// `roman("XIV") == Some(14)`; lower case is accepted.
#[must_use]
pub fn roman(text: &str) -> Option<u32> {
    if text.is_empty() || text.len() > 15 {
        return None;
    }
    let mut total = 0;
    let mut last = 0;
    for c in text.chars().rev() {
        let value = match c.to_ascii_uppercase() {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            'C' => 100,
            'D' => 500,
            'M' => 1000,
            _ => return None,
        };
        if value < last {
            total -= i64::from(value);
        } else {
            total += i64::from(value);
            last = value;
        }
    }
    let number = u32::try_from(total).ok()?;
    (to_roman(number) == text.to_ascii_uppercase()).then_some(number)
}

/// Roman numeral of 1 to 3999; empty for others.
#[must_use]
pub fn to_roman(number: u32) -> String {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = if number < 4000 { number } else { 0 };
    let mut out = String::new();
    for (value, digits) in STEPS {
        while rest >= value {
            out.push_str(digits);
            rest -= value;
        }
    }
    out
}

const ONES: [&str; 10] = [
    "không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín",
];

/// Cardinal of 0 to 99 in words: "hai mươi mốt".
#[must_use]
pub fn words(number: u32) -> Option<String> {
    let (tens, ones) = (number / 10, (number % 10) as usize);
    let last = match (tens, ones) {
        (2.., 1) => "mốt",
        (2.., 4) => "tư",
        (1.., 5) => "lăm",
        _ => ONES[ones],
    };
    match tens {
        0 => Some(last.to_owned()),
        1 if ones == 0 => Some("mười".to_owned()),
        1 => Some(format!("mười {last}")),
        2..=9 if ones == 0 => Some(format!("{} mươi", ONES[tens as usize])),
        2..=9 => Some(format!("{} mươi {last}", ONES[tens as usize])),
        _ => None,
    }
}

/// Value of a number in words, 0 to 99, spelling variants included ("bẩy", "nhất", "tư", "hai lăm").
#[must_use]
pub fn from_words(text: &str) -> Option<u32> {
    let lower = text.to_lowercase();
    let parts: Vec<&str> = lower.split_whitespace().collect();
    match parts.as_slice() {
        [one] => digit(one).or_else(|| (*one == "mười").then_some(10)),
        ["mười", ones] => Some(10 + digit(ones)?),
        [tens, "mươi"] => Some(digit(tens)? * 10),
        [tens, "mươi", ones] => Some(digit(tens)? * 10 + digit(ones)?),
        [tens, ones] if matches!(*ones, "lăm" | "mốt" | "tư") => Some(digit(tens)? * 10 + digit(ones)?),
        _ => None,
    }
    .filter(|value| *value < 100)
}

fn digit(word: &str) -> Option<u32> {
    let value = match word {
        "không" => 0,
        "một" | "mốt" | "nhất" => 1,
        "hai" | "nhì" => 2,
        "ba" => 3,
        "bốn" | "tư" => 4,
        "năm" | "lăm" | "nhăm" => 5,
        "sáu" => 6,
        "bảy" | "bẩy" => 7,
        "tám" => 8,
        "chín" => 9,
        _ => return None,
    };
    Some(value)
}

/// Value of an ordinal: `ordinal("thứ nhất") == Some(1)`, `ordinal("thứ mười hai") == Some(12)`.
#[must_use]
pub fn ordinal(text: &str) -> Option<u32> {
    let lower = text.trim().to_lowercase();
    from_words(lower.strip_prefix("thứ ")?).filter(|value| *value > 0)
}

/// Words of an ordinal as laws write it: "thứ nhất", "thứ tư", "thứ hai mươi mốt".
#[must_use]
pub fn to_ordinal(number: u32) -> Option<String> {
    match number {
        0 => None,
        1 => Some("thứ nhất".to_owned()),
        4 => Some("thứ tư".to_owned()),
        _ => words(number).map(|word| format!("thứ {word}")),
    }
}

/// Sort key of a printed number: ("7a") → (7, "a"); Roman numerals and ordinals by value.
#[must_use]
pub fn rank(number: &str) -> Option<(u32, String)> {
    let trimmed = number.trim();
    let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return Some((trimmed[..digits].parse().ok()?, trimmed[digits..].to_lowercase()));
    }
    roman(trimmed)
        .or_else(|| ordinal(trimmed))
        .map(|value| (value, String::new()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_round_trips() {
        for number in 1..4000 {
            assert_eq!(roman(&to_roman(number)), Some(number));
        }
        for wrong in ["", "IIII", "VX", "IC", "A", "1"] {
            assert_eq!(roman(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn ordinals_round_trip() {
        for number in 1..100 {
            let words = to_ordinal(number).unwrap_or_default();
            assert_eq!(ordinal(&words), Some(number), "{words}");
        }
        assert_eq!(ordinal("Thứ Nhất"), Some(1));
        assert_eq!(ordinal("thứ bẩy"), Some(7));
        assert_eq!(ordinal("nhất"), None);
    }

    #[test]
    fn ranks_order_inserted_numbers() {
        assert!(rank("7") < rank("7a"));
        assert!(rank("7a") < rank("8"));
        assert_eq!(rank("XII"), Some((12, String::new())));
        assert_eq!(rank("99999999999999"), None);
    }
}
