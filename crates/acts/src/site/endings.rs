//! What ends an act as a whole, in words: from which day, by which provision of which act.

use legal::consolidate::Change;
use web::Look;

use super::time::{Times, Way, said_by};
use super::words;
use crate::store::How;

/// One end of an act.
pub struct Ending {
    /// "Hết hiệu lực từ ngày 01/07/2026 theo".
    pub line: String,
    /// The provision that says so.
    pub way: Way,
    /// Its sentence.
    pub sentence: String,
    /// The rule by which it follows, where no act says it; else empty.
    pub rule: String,
}

/// Everything that ends the act as a whole, in the order of the days.
#[must_use]
pub fn endings(times: &Times, look: Look) -> Vec<Ending> {
    let each = times.changes.iter().filter_map(|row| {
        let How::Changed(change) = row.how else {
            return None;
        };
        let day = row.valid_from.filter(|_| row.provision.is_empty())?;
        let day = words::short_date(day);
        let line = match change {
            Change::Repealed => look.fill("Bị bãi bỏ từ ngày {} theo", &[&day]),
            Change::Suspended => look.fill("Ngưng hiệu lực từ ngày {} theo", &[&day]),
            Change::Resumed => look.fill("Có hiệu lực trở lại từ ngày {} theo", &[&day]),
            Change::Postponed => look.fill("Lùi thời điểm có hiệu lực đến ngày {} theo", &[&day]),
            Change::Extended => look.fill("Kéo dài thời hạn áp dụng, hết hiệu lực từ ngày {} theo", &[&day]),
            _ => look.fill("Hết hiệu lực từ ngày {} theo", &[&day]),
        };
        Some(Ending {
            line,
            way: said_by(row),
            sentence: row.sentence.clone(),
            rule: row
                .reason
                .map_or("", |reason| look.t(reason.sentence()))
                .to_owned(),
        })
    });
    each.collect()
}
