//! Which act a mention means, of those that are here. What the text leaves open stays open,
//! but for laws named without a year: there the version of the time is taken, and said to be so.

use jiff::civil::Date;

use super::mention::Mention;

/// An act that may be meant.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) id: i64,
    pub(super) number_key: String,
    pub(super) name: Option<String>,
    /// Slugs.
    pub(super) issuers: Vec<String>,
    pub(super) issued: Option<Date>,
}

/// The act that speaks.
#[derive(Clone, Debug, Default)]
pub(super) struct Citing {
    /// Slugs.
    pub(super) issuers: Vec<String>,
    pub(super) issued: Option<Date>,
}

/// What was chosen for a mention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) target: Option<i64>,
    /// False where the text leaves the version open.
    pub(super) sure: bool,
}

const NONE: Choice = Choice {
    target: None,
    sure: true,
};

/// One choice a mention, all of one act. What is told fully goes first: a bare name in the same
/// text means the act that was named fully. `held` are choices made before from more of the text.
pub(super) fn choose(
    mentions: &[Mention],
    held: &[Choice],
    citing: &Citing,
    candidates: &[Candidate],
) -> Vec<Choice> {
    let full: Vec<Choice> = mentions
        .iter()
        .map(|one| {
            if one.is_bare() {
                NONE
            } else {
                by_words(one, citing, candidates)
            }
        })
        .collect();
    let named: Vec<i64> = full.iter().filter_map(|choice| choice.target).collect();
    let places = mentions.iter().enumerate();
    places
        .map(|(at, one)| match held.get(at) {
            _ if !one.is_bare() => full[at],
            Some(held) if held.target.is_some() && held.sure => *held,
            _ => bound(one, &named, candidates)
                .or_else(|| of_its_time(one, citing, candidates))
                .unwrap_or(NONE),
        })
        .collect()
}

/// The only candidate that the words fit.
fn by_words(one: &Mention, citing: &Citing, candidates: &[Candidate]) -> Choice {
    let fitting: Vec<&Candidate> = candidates.iter().filter(|c| fits(one, citing, c)).collect();
    let by_issuer = |c: &&&Candidate| {
        one.issuer
            .as_ref()
            .is_some_and(|issuer| c.issuers.contains(issuer))
    };
    let target = only(fitting.iter().copied()).or_else(|| only(fitting.iter().filter(by_issuer).copied()));
    Choice {
        target: target.map(|c| c.id),
        sure: true,
    }
}

fn only<'c>(mut found: impl Iterator<Item = &'c Candidate>) -> Option<&'c Candidate> {
    found.next().filter(|_| found.next().is_none())
}

/// The act named fully elsewhere in the text.
fn bound(one: &Mention, named: &[i64], candidates: &[Candidate]) -> Option<Choice> {
    let same = candidates
        .iter()
        .filter(|c| named.contains(&c.id) && answers_to(one, c));
    only(same).map(|c| Choice {
        target: Some(c.id),
        sure: true,
    })
}

/// The latest law of a name when the text was written.
fn of_its_time(one: &Mention, citing: &Citing, candidates: &[Candidate]) -> Option<Choice> {
    let written = citing.issued.filter(|_| one.by_name)?;
    let earlier = candidates
        .iter()
        .filter(|c| answers_to(one, c) && c.issued.is_some_and(|day| day <= written));
    earlier.max_by_key(|c| (c.issued, c.id)).map(|c| Choice {
        target: Some(c.id),
        sure: false,
    })
}

fn answers_to(one: &Mention, candidate: &Candidate) -> bool {
    if one.by_name {
        candidate.name.as_ref() == Some(&one.lookup)
    } else {
        candidate.number_key == one.lookup
    }
}

fn fits(one: &Mention, citing: &Citing, candidate: &Candidate) -> bool {
    let same_day = match (one.issued, candidate.issued) {
        (Some(said), Some(known)) => said == known,
        (Some(_), None) => !one.by_name,
        (None, _) => true,
    };
    let same_year = one
        .year
        .is_none_or(|year| candidate.issued.is_some_and(|day| day.year() == year));
    answers_to(one, candidate)
        && same_day
        && same_year
        && (!one.is_local() || same_place(one, citing, candidate))
}

/// Provinces number alike: the issuer said must be that of the candidate; where none is said, or
/// only "tỉnh", the place is that of the act that speaks.
fn same_place(one: &Mention, citing: &Citing, candidate: &Candidate) -> bool {
    let said = one.issuer.as_deref().map(place).filter(|place| !place.is_empty());
    let places: Vec<&str> = match said {
        Some(said) => vec![said],
        None => citing.issuers.iter().map(|issuer| place(issuer)).collect(),
    };
    let own = |issuer: &String| {
        let place = place(issuer);
        !place.is_empty() && places.contains(&place)
    };
    candidate.issuers.iter().any(own)
}

/// "uy-ban-nhan-dan-tinh-nghe-an" → "nghe-an".
fn place(issuer: &str) -> &str {
    let bodies = [
        "uy-ban-nhan-dan",
        "hoi-dong-nhan-dan",
        "uy-ban-hanh-chinh",
        "chu-tich-uy-ban-nhan-dan",
    ];
    let rest = bodies.iter().find_map(|body| issuer.strip_prefix(body));
    let rest = rest.unwrap_or("").trim_start_matches('-');
    let levels = [
        "tinh",
        "thanh-pho",
        "quan",
        "huyen",
        "thi-xa",
        "xa",
        "phuong",
        "dac-khu",
    ];
    if levels.contains(&rest) {
        return "";
    }
    let level = levels
        .iter()
        .find_map(|level| rest.strip_prefix(level)?.strip_prefix('-'));
    level.unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn number(lookup: &str, issuer: Option<&str>, issued: Option<Date>) -> Mention {
        Mention {
            lookup: lookup.into(),
            by_name: false,
            label: String::new(),
            issuer: issuer.map(Into::into),
            issued,
            year: None,
        }
    }

    fn name(year: Option<i16>) -> Mention {
        Mention {
            by_name: true,
            year,
            ..number("luat-dat-dai", None, None)
        }
    }

    fn act(id: i64, number_key: &str, name: Option<&str>, issuer: &str, issued: Option<Date>) -> Candidate {
        Candidate {
            id,
            number_key: number_key.into(),
            name: name.map(Into::into),
            issuers: vec![issuer.into()],
            issued,
        }
    }

    fn lands() -> [Candidate; 2] {
        let law = Some("luat-dat-dai");
        [
            act(1, "13-2003-qh11", law, "quoc-hoi", Some(date(2003, 11, 26))),
            act(2, "45-2013-qh13", law, "quoc-hoi", Some(date(2013, 11, 29))),
        ]
    }

    fn targets(mentions: &[Mention], citing: &Citing, candidates: &[Candidate]) -> Vec<(Option<i64>, bool)> {
        let chosen = choose(mentions, &[], citing, candidates);
        chosen.into_iter().map(|one| (one.target, one.sure)).collect()
    }

    #[test]
    fn a_year_or_a_date_decides_between_laws_of_one_name() {
        let found = targets(
            &[name(Some(2013)), name(Some(2024))],
            &Citing::default(),
            &lands(),
        );
        assert_eq!(found, [(Some(2), true), (None, true)]);
    }

    #[test]
    fn a_bare_name_means_the_law_named_fully_in_the_same_text() {
        let mentions = [number("13-2003-qh11", None, None), name(None)];
        let late = Citing {
            issued: Some(date(2020, 1, 1)),
            ..Citing::default()
        };
        assert_eq!(
            targets(&mentions, &late, &lands()),
            [(Some(1), true), (Some(1), true)]
        );
        assert_eq!(targets(&mentions[1..], &late, &lands()), [(Some(2), false)]);
        assert_eq!(
            targets(&mentions[1..], &Citing::default(), &lands()),
            [(None, true)]
        );
    }

    #[test]
    fn a_number_without_year_needs_its_date() {
        let day = date(2019, 5, 1);
        let known = [act(7, "471-qd-ttg", None, "thu-tuong-chinh-phu", Some(day))];
        let mentions = [
            number("471-qd-ttg", None, None),
            number("471-qd-ttg", None, Some(day)),
        ];
        assert_eq!(
            targets(&mentions[..1], &Citing::default(), &known),
            [(None, true)]
        );
        assert_eq!(
            targets(&mentions, &Citing::default(), &known),
            [(Some(7), true), (Some(7), true)]
        );
        let other = [number("471-qd-ttg", None, Some(date(2020, 5, 1)))];
        assert_eq!(targets(&other, &Citing::default(), &known), [(None, true)]);
    }

    #[test]
    fn an_act_of_a_province_is_that_of_the_province_that_speaks_or_is_named() {
        let known = [
            act(1, "10-2025-qd-ubnd", None, "uy-ban-nhan-dan-tinh-nghe-an", None),
            act(2, "10-2025-qd-ubnd", None, "uy-ban-nhan-dan-thanh-pho-hue", None),
        ];
        let hue = Citing {
            issuers: vec!["hoi-dong-nhan-dan-thanh-pho-hue".into()],
            issued: None,
        };
        let bare = [number("10-2025-qd-ubnd", Some("uy-ban-nhan-dan-tinh"), None)];
        assert_eq!(targets(&bare, &hue, &known), [(Some(2), true)]);
        let said = [number(
            "10-2025-qd-ubnd",
            Some("uy-ban-nhan-dan-tinh-nghe-an"),
            None,
        )];
        assert_eq!(targets(&said, &hue, &known), [(Some(1), true)]);
        assert_eq!(targets(&bare, &Citing::default(), &known), [(None, true)]);
    }
}
