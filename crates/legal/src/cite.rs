//! Citing a provision as an official writes it.
//!
//! The smallest level comes first: "điểm đ khoản 2 Điều 7 Bộ luật Dân sự số 91/2015/QH13".
//! A law or an ordinance is named by kind, title and number; any other act by kind,
//! number, date and issuer (NĐ 78/2025/NĐ-CP on drafting; NĐ 30/2020/NĐ-CP, phụ lục I).

use std::collections::HashMap;

use jiff::civil::Date;

use crate::model::{ActKind, Part, PartKind, Provision, ProvisionKind};

/// What a citation needs to know of an act.
#[derive(Clone, Copy, Debug, Default)]
pub struct ActName<'a> {
    /// Kind, where known.
    pub kind: Option<ActKind>,
    /// Number in canonical spelling.
    pub number: Option<&'a str>,
    /// Title without the kind.
    pub title: Option<&'a str>,
    /// Date issued.
    pub issued: Option<Date>,
    /// First issuer.
    pub issuer: Option<&'a str>,
}

impl ActName<'_> {
    /// The act in a citation: "Bộ luật Dân sự số 91/2015/QH13",
    /// "Nghị định số 78/2025/NĐ-CP ngày 01 tháng 4 năm 2025 của Chính phủ".
    #[must_use]
    pub fn cited(&self) -> String {
        let mut words = vec![self.kind.map_or("Văn bản", ActKind::label).to_owned()];
        if self.is_law() {
            words.extend(self.title.map(str::to_owned));
            words.extend(self.number.map(|number| format!("số {number}")));
            return words.join(" ");
        }
        match self.number {
            Some(number) => words.push(format!("số {number}")),
            None => words.extend(self.title.map(str::to_owned)),
        }
        words.extend(self.issued.map(in_words));
        words.extend(self.issuer.map(|issuer| format!("của {issuer}")));
        words.join(" ")
    }

    /// The name a page carries: "Bộ luật Dân sự", "Nghị định 78/2025/NĐ-CP".
    #[must_use]
    pub fn short(&self) -> String {
        let kind = self.kind.map_or("Văn bản", ActKind::label);
        match (self.is_law(), self.title, self.number) {
            (true, Some(title), _) | (false, Some(title), None) => format!("{kind} {title}"),
            (_, _, Some(number)) => format!("{kind} {number}"),
            _ => kind.to_owned(),
        }
    }

    fn is_law(&self) -> bool {
        matches!(
            self.kind,
            Some(ActKind::HienPhap | ActKind::BoLuat | ActKind::Luat | ActKind::PhapLenh)
        )
    }
}

/// NĐ 30/2020: days below 10 and months 1, 2 are written with a leading zero.
fn in_words(date: Date) -> String {
    let month = if date.month() < 3 {
        format!("{:02}", date.month())
    } else {
        date.month().to_string()
    };
    format!("ngày {:02} tháng {month} năm {}", date.day(), date.year())
}

/// Cites the provisions of one text; built once, each citation costs its depth.
#[derive(Clone, Debug)]
pub struct Citer<'a> {
    act: ActName<'a>,
    parts: &'a [Part],
    by_id: HashMap<&'a str, &'a Provision>,
}

impl<'a> Citer<'a> {
    /// Indexes the provisions of `act`.
    #[must_use]
    pub fn new(act: ActName<'a>, parts: &'a [Part], provisions: &'a [Provision]) -> Self {
        let by_id = provisions
            .iter()
            .map(|provision| (provision.id.as_str(), provision))
            .collect();
        Self { act, parts, by_id }
    }

    /// "khoản 2 Điều 7": a provision within its part, smallest level first.
    ///
    /// Chapters and sections are named only when the provision is one of them:
    /// articles run on through chapters and need no more. `None` when `id` names no provision.
    #[must_use]
    pub fn within_act(&self, id: &str) -> Option<String> {
        let mut words = Vec::new();
        let mut next = Some(id);
        while let Some(id) = next {
            let provision = self.by_id.get(id)?;
            words.push(format!("{} {}", level(provision.kind), provision.number));
            next = match provision.kind {
                ProvisionKind::Article => None,
                _ => provision.parent.as_deref(),
            };
        }
        Some(words.join(" "))
    }

    /// The whole citation: "điểm đ khoản 2 Điều 7 Bộ luật Dân sự số 91/2015/QH13";
    /// in another part "Điều 3 Quy chế … ban hành kèm theo Quyết định số …".
    /// `id` may also be that of a part. `None` when it names nothing.
    #[must_use]
    pub fn cite(&self, id: &str) -> Option<String> {
        if let Some(part) = self.part(id) {
            return Some(in_part(&self.act, part));
        }
        let provision = self.by_id.get(id)?;
        let place = self.within_act(id)?;
        let whole = self
            .part(&provision.part)
            .map_or_else(|| self.act.cited(), |part| in_part(&self.act, part));
        Some(format!("{place} {whole}"))
    }

    fn part(&self, id: &str) -> Option<&'a Part> {
        self.parts.iter().find(|part| part.id == id)
    }
}

fn in_part(act: &ActName<'_>, part: &Part) -> String {
    match part.kind {
        PartKind::Main => act.cited(),
        PartKind::Attached | PartKind::Appendix => {
            format!("{} ban hành kèm theo {}", part.title, act.cited())
        }
    }
}

/// The Vietnamese word of a level as it stands in a citation.
#[must_use]
pub fn level(kind: ProvisionKind) -> &'static str {
    match kind {
        ProvisionKind::Part => "Phần",
        ProvisionKind::Chapter => "Chương",
        ProvisionKind::Section => "Mục",
        ProvisionKind::Subsection => "Tiểu mục",
        ProvisionKind::Article => "Điều",
        ProvisionKind::Clause => "khoản",
        ProvisionKind::Point => "điểm",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn provision(id: &str, kind: ProvisionKind, number: &str, parent: Option<&str>) -> Provision {
        Provision {
            id: id.into(),
            part: "main".into(),
            kind,
            number: number.into(),
            heading: None,
            parent: parent.map(Into::into),
            blocks: vec![],
            notes: vec![],
            heading_marks: vec![],
        }
    }

    fn code() -> ActName<'static> {
        ActName {
            kind: Some(ActKind::BoLuat),
            number: Some("91/2015/QH13"),
            title: Some("Dân sự"),
            issued: Some(date(2015, 11, 24)),
            issuer: Some("Quốc hội"),
        }
    }

    #[test]
    fn a_point_is_cited_smallest_first() {
        let provisions = [
            provision("chp_1", ProvisionKind::Chapter, "I", None),
            provision("art_7", ProvisionKind::Article, "7", Some("chp_1")),
            provision("art_7__clause_2", ProvisionKind::Clause, "2", Some("art_7")),
            provision(
                "art_7__clause_2__point_dd",
                ProvisionKind::Point,
                "đ",
                Some("art_7__clause_2"),
            ),
        ];
        let parts = [Part {
            id: "main".into(),
            ..Part::default()
        }];
        assert_eq!(
            Citer::new(code(), &parts, &provisions)
                .cite("art_7__clause_2__point_dd")
                .as_deref(),
            Some("điểm đ khoản 2 Điều 7 Bộ luật Dân sự số 91/2015/QH13")
        );
        assert_eq!(
            Citer::new(code(), &parts, &provisions).cite("chp_1").as_deref(),
            Some("Chương I Bộ luật Dân sự số 91/2015/QH13")
        );
        assert_eq!(Citer::new(code(), &parts, &provisions).cite("art_9"), None);
    }

    #[test]
    fn a_decree_is_named_with_date_and_issuer() {
        let decree = ActName {
            kind: Some(ActKind::NghiDinh),
            number: Some("78/2025/NĐ-CP"),
            title: Some("Quy định chi tiết …"),
            issued: Some(date(2025, 4, 1)),
            issuer: Some("Chính phủ"),
        };
        assert_eq!(
            decree.cited(),
            "Nghị định số 78/2025/NĐ-CP ngày 01 tháng 4 năm 2025 của Chính phủ"
        );
        assert_eq!(decree.short(), "Nghị định 78/2025/NĐ-CP");
    }

    #[test]
    fn an_attached_regulation_names_its_act() {
        let parts = [Part {
            id: "att_1".into(),
            kind: PartKind::Attached,
            title: "Quy chế làm việc".into(),
            ..Part::default()
        }];
        let mut article = provision("att_1__art_3", ProvisionKind::Article, "3", None);
        article.part = "att_1".into();
        assert_eq!(
            Citer::new(code(), &parts, &[article])
                .cite("att_1__art_3")
                .as_deref(),
            Some("Điều 3 Quy chế làm việc ban hành kèm theo Bộ luật Dân sự số 91/2015/QH13")
        );
    }
}
