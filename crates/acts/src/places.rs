//! Ids of provisions in words and as addresses, without the text that they belong to.

use legal::address::path_of_id;

/// Page of a provision; what stands before the first one is read on the page of the act.
pub fn address(path: &str, id: &str) -> String {
    match path_of_id(id) {
        Some(below) => format!("{path}/{below}"),
        None => path.to_owned(),
    }
}

/// "khoản 2 Điều 7", "Điều 3 Phụ lục 1" from an id; the opening of an act is its legal bases.
pub fn place(id: &str) -> String {
    let words: Vec<String> = id.split("__").filter_map(step).collect();
    if words.is_empty() {
        return "phần mở đầu".to_owned();
    }
    words.into_iter().rev().collect::<Vec<_>>().join(" ")
}

fn step(segment: &str) -> Option<String> {
    let (prefix, number) = segment.split_once('_')?;
    let word = match prefix {
        "art" => "Điều",
        "clause" => "khoản",
        "point" => "điểm",
        "app" => "Phụ lục",
        "att" => "văn bản kèm theo",
        "part" => "Phần",
        "chp" => "Chương",
        "sec" => "Mục",
        "subsec" => "Tiểu mục",
        _ => return None,
    };
    Some(format!("{word} {}", number.replace("dd", "đ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_named_smallest_first() {
        assert_eq!(place("art_7__clause_2__point_dd"), "điểm đ khoản 2 Điều 7");
        assert_eq!(place("att_1__art_3"), "Điều 3 văn bản kèm theo 1");
        assert_eq!(place("main"), "phần mở đầu");
        assert_eq!(address("/van-ban/a", "main"), "/van-ban/a");
        assert_eq!(address("/van-ban/a", "art_7"), "/van-ban/a/dieu-7");
    }
}
