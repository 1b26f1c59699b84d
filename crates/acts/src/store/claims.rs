//! What sources say of an original, over time: each source has one latest word about each thing.

use legal::model::Claim;

/// What was kept, with what is said now. What one source says now of one thing replaces what it
/// said before, unless that was said on a later day; what other sources said stays. So it does
/// not matter whether a file comes with its list or, another time, without it.
pub(super) fn united(kept: &[Claim], now: &[Claim]) -> Vec<Claim> {
    let latest = |claims: &[Claim], about: &Claim| {
        let seen = claims.iter().filter(|one| same(one, about)).map(|one| one.seen);
        seen.max()
    };
    let mut united: Vec<Claim> = kept
        .iter()
        .filter(|one| latest(now, one).is_none_or(|seen| latest(kept, one) > Some(seen)))
        .cloned()
        .collect();
    let fresh = now
        .iter()
        .filter(|one| !united.iter().any(|kept| same(kept, one)));
    let fresh: Vec<Claim> = fresh.cloned().collect();
    // The same words again stay in the order they had.
    if fresh.iter().all(|one| kept.contains(one)) && united.len() + fresh.len() == kept.len() {
        return kept.to_vec();
    }
    united.extend(fresh);
    united
}

fn same(one: &Claim, other: &Claim) -> bool {
    one.field == other.field && one.source == other.source
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn claim(field: &str, value: &str, source: &str, day: Option<i8>) -> Claim {
        Claim {
            field: field.into(),
            value: value.into(),
            source: source.into(),
            seen: day.map(|day| date(2026, 4, day)),
        }
    }

    #[test]
    fn the_latest_word_of_each_source_stands() {
        let page = claim("status", "còn hiệu lực", "trang", None);
        let list = claim("status", "còn hiệu lực", "danh sách", Some(7));
        let later = claim("status", "hết hiệu lực", "danh sách", Some(9));
        let both = vec![page.clone(), list.clone()];
        assert_eq!(united(&[], &both), both);
        assert_eq!(
            united(&both, std::slice::from_ref(&page)),
            both,
            "without its list"
        );
        assert_eq!(
            united(&both, &[list.clone(), page.clone()]),
            both,
            "in another order"
        );
        let newer = united(&both, &[page.clone(), later.clone()]);
        assert_eq!(newer.len(), 2);
        assert!(newer.contains(&later) && newer.contains(&page));
        assert_eq!(united(&newer, &[page.clone(), list]), newer, "an older list");
        let without_day = claim("status", "khác", "trang", None);
        assert!(united(&both, std::slice::from_ref(&without_day)).contains(&without_day));
    }

    #[test]
    fn several_things_that_one_source_says_stay_together() {
        let signers = [
            claim("signer", "A", "trang", None),
            claim("signer", "B", "trang", None),
        ];
        assert_eq!(united(&[], &signers), signers);
        assert_eq!(united(&signers, &signers), signers);
    }
}
