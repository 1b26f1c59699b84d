//! Whether an act holds today, in words: from its own dates, and from what a source says.

use jiff::civil::Date;
use legal::validity::{Status, next_change};
use web::Look;

use super::words;
use crate::model::Act;

/// The first thing a page says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Word for style classes and icons.
    pub slug: &'static str,
    /// "Còn hiệu lực", untranslated.
    pub label: &'static str,
    /// "từ ngày 01 tháng 01 năm 2017"; empty where no date is known.
    pub since: String,
    /// Where that comes from; empty where the text itself says all.
    pub note: String,
}

/// The state on `today` in the reader's language, with since when and how we know.
#[must_use]
pub fn standing(act: &Act, today: Date, look: Look) -> Standing {
    let status = act.status_on(today);
    let day = match status {
        Status::Expired => act.ends.filter(|day| *day <= today),
        Status::Suspended => act.halt_on(today).map(|halt| halt.from),
        _ => act.in_force,
    };
    let since = day.map_or_else(String::new, |day| since_words(status, day, look));
    Standing {
        slug: status.slug(),
        label: status.label(),
        since,
        note: note(act, status, today, look),
    }
}

fn since_words(status: Status, day: Date, look: Look) -> String {
    let date = words::long_date(day, look);
    match status {
        Status::NotYet => look.fill("sẽ có hiệu lực từ {}", &[&date]),
        Status::PartlyExpired | Status::PartlySuspended => look.fill("có hiệu lực từ {}", &[&date]),
        _ => look.fill("từ {}", &[&date]),
    }
}

fn note(act: &Act, status: Status, today: Date, look: Look) -> String {
    if let Some(day) = act.ended.filter(|day| Some(*day) != act.ends) {
        return disputed(act, day, look);
    }
    if status == Status::PartlyExpired && act.partly.is_some_and(|day| day <= today) {
        return look
            .t("Có quy định đã hết hiệu lực hoặc bị bãi bỏ, ghi tại từng điều, khoản.")
            .to_owned();
    }
    if let Some(words) = of_time(act, status, today, look) {
        return words;
    }
    let by_dates = act.dated_status_on(today) == status;
    if let (false, Some(said)) = (by_dates, &act.claimed_status) {
        return look.fill("Theo ghi nhận của nguồn cung cấp văn bản: “{}”.", &[said]);
    }
    match status {
        Status::InForce if act.in_force_claimed || !(act.has_text || act.has_english) => look
            .t("Ngày có hiệu lực do nguồn cung cấp văn bản ghi; chưa ghi nhận văn bản thay thế.")
            .to_owned(),
        Status::InForce => look
            .t("Theo ngày ghi trong văn bản; chưa ghi nhận văn bản thay thế.")
            .to_owned(),
        Status::Unknown => look
            .t("Văn bản không ghi rõ ngày có hiệu lực và chưa có nguồn xác nhận.")
            .to_owned(),
        Status::Expired if act.expires.is_none() && act.ended.is_some() => look
            .t("Theo văn bản khác đã làm văn bản này hết hiệu lực, nêu dưới đây.")
            .to_owned(),
        Status::Expired if act.expires.is_some() => look
            .t("Ngày hết hiệu lực do nguồn cung cấp văn bản ghi.")
            .to_owned(),
        _ => String::new(),
    }
}

/// What other acts changed of the time for which it holds.
fn of_time(act: &Act, status: Status, today: Date, look: Look) -> Option<String> {
    let until = act.halt_on(today).and_then(|halt| halt.until?.yesterday().ok());
    match (status, until, act.planned) {
        (Status::Suspended, Some(last), _) => Some(look.fill(
            "Ngưng hiệu lực đến hết ngày {} theo văn bản nêu dưới đây.",
            &[&words::short_date(last)],
        )),
        (Status::Suspended, None, _) if act.halt_on(today).is_some() => Some(
            look.t("Chưa xác định ngày có hiệu lực trở lại, theo văn bản nêu dưới đây.")
                .to_owned(),
        ),
        (Status::PartlySuspended, ..) if act.dated_status_on(today) == status => Some(
            look.t("Có quy định đang ngưng hiệu lực, ghi tại từng điều, khoản.")
                .to_owned(),
        ),
        (Status::NotYet | Status::InForce, _, Some(planned)) => Some(look.fill(
            "Văn bản ghi có hiệu lực từ ngày {}; thời điểm có hiệu lực đã được lùi theo văn bản nêu dưới đây.",
            &[&words::short_date(planned)],
        )),
        _ => None,
    }
}

/// What a source says, against what other acts say.
fn disputed(act: &Act, day: Date, look: Look) -> String {
    let ours = words::short_date(day);
    match (&act.claimed_status, act.expires) {
        (_, Some(said)) => look.fill(
            "Nguồn cung cấp văn bản ghi hết hiệu lực từ ngày {}; văn bản nêu dưới đây quy định từ ngày {}. Đang chờ cán bộ xem xét.",
            &[&words::short_date(said), &ours],
        ),
        (Some(said), None) => look.fill(
            "Nguồn cung cấp văn bản ghi “{}”; văn bản nêu dưới đây quy định hết hiệu lực từ ngày {}. Đang chờ cán bộ xem xét.",
            &[said, &ours],
        ),
        (None, None) => String::new(),
    }
}

/// Whether the state will change by the calendar alone.
#[must_use]
pub fn changes_by_date(act: &Act, today: Date) -> bool {
    let halts = act.halts.iter().flat_map(|halt| [Some(halt.from), halt.until]);
    let later = |day: Option<Date>| day.is_some_and(|day| day > today);
    next_change(act.in_force, act.ends, today).is_some() || halts.chain([act.partly]).any(later)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::model::ActId;
    use jiff::civil::date;
    use legal::model::ActKind;
    use web::Lang;

    pub(crate) fn code() -> Act {
        Act {
            id: ActId(1),
            slug: "91-2015-qh13".into(),
            kind: ActKind::BoLuat,
            number: Some("91/2015/QH13".into()),
            title: "Dân sự".into(),
            issuers: vec!["Quốc hội".into()],
            signers: vec![],
            place: None,
            issued: Some(date(2015, 11, 24)),
            in_force: Some(date(2017, 1, 1)),
            planned: None,
            in_force_claimed: false,
            expires: None,
            ended: None,
            ends: None,
            partly: None,
            halts: Vec::new(),
            claimed_status: None,
            field: None,
            has_text: true,
            has_english: false,
            translation_only: false,
            confidence: None,
            created: 0,
            updated: 0,
        }
    }

    #[test]
    fn a_source_can_say_that_an_act_has_expired_but_not_revive_it() {
        let today = date(2026, 11, 23);
        let mut act = code();
        assert_eq!(act.status_on(today), Status::InForce);
        act.claimed_status = Some("Hết hiệu lực một phần".into());
        assert_eq!(act.status_on(today), Status::PartlyExpired);
        act.claimed_status = Some("Hết hiệu lực toàn bộ".into());
        assert_eq!(act.status_on(today), Status::Expired);
        act.claimed_status = Some("Còn hiệu lực".into());
        act.ends = Some(date(2020, 1, 1));
        assert_eq!(act.status_on(today), Status::Expired);
    }

    #[test]
    fn the_first_line_says_since_when() {
        let words = standing(&code(), date(2026, 11, 23), Look::plain(Lang::Vi));
        assert_eq!(words.label, "Còn hiệu lực");
        assert_eq!(words.since, "từ ngày 01 tháng 01 năm 2017");
        assert!(words.note.contains("chưa ghi nhận văn bản thay thế"));
        let before = standing(&code(), date(2016, 1, 1), Look::plain(Lang::Vi));
        assert_eq!(before.since, "sẽ có hiệu lực từ ngày 01 tháng 01 năm 2017");
    }
}
