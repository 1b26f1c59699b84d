//! What the API answers.

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use web::Site;

use crate::model::{Event, Kind, Pass, State, Unit, UnitId};
use crate::store::{Recorded, Successor, Via};

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ListBody {
    /// Day of the structure.
    on: Date,
    total: u64,
    page: u32,
    pages: u64,
    units: Vec<UnitLine>,
}

impl ListBody {
    pub fn new(on: Date, total: u64, page: u32, per_page: u32, units: Vec<UnitLine>) -> Self {
        let pages = total.div_ceil(u64::from(per_page)).max(1);
        Self {
            on,
            total,
            page,
            pages,
            units,
        }
    }
}

/// A unit in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct UnitLine {
    slug: String,
    url: String,
    name: String,
    short_name: String,
    name_en: Option<String>,
    kind: String,
    code: Option<String>,
}

impl UnitLine {
    pub fn new(site: &Site, slug: &str, state: &State) -> Self {
        Self {
            url: url(site, slug),
            slug: slug.to_owned(),
            name: state.name.full.clone(),
            short_name: state.name.short.clone(),
            name_en: state.name.english.clone(),
            kind: state.kind.clone(),
            code: state.code.clone(),
        }
    }
}

fn url(site: &Site, slug: &str) -> String {
    format!("{}/don-vi/{slug}", site.base_url())
}

/// What a unit was during one stretch of its life.
#[derive(Debug, Serialize, ToSchema)]
struct StateBody {
    /// First day; null = since before our records.
    from: Option<Date>,
    /// First day after it; null = until further notice.
    until: Option<Date>,
    name: String,
    name_en: Option<String>,
    kind: String,
    code: Option<String>,
    /// Address word of the unit above.
    parent: Option<String>,
}

/// A unit that stands for another on a day.
#[derive(Debug, Serialize, ToSchema)]
struct SuccessorBody {
    slug: String,
    name: String,
    /// `itself`, `succession`, or `above` where it ended without an heir.
    via: &'static str,
    /// How much went to it, exact; null = not stated by any source.
    part: Option<PartBody>,
    /// Whether it is the principal one.
    main: bool,
}

/// An exact fraction.
#[derive(Debug, Serialize, ToSchema)]
struct PartBody {
    numerator: u64,
    denominator: u64,
}

/// Something that happened to the unit.
#[derive(Debug, Serialize, ToSchema)]
struct SuccessionBody {
    /// First day of the new order.
    on: Date,
    event: Event,
    passes: Vec<PassBody>,
    basis: BasisBody,
}

/// Who passed to whom.
#[derive(Debug, Serialize, ToSchema)]
struct PassBody {
    from: Option<String>,
    to: Option<String>,
    /// In thousandths; null = not stated by any source.
    share: Option<u16>,
    main: bool,
}

/// The act behind it.
#[derive(Debug, Serialize, ToSchema)]
struct BasisBody {
    text: String,
    number: Option<String>,
    /// Its address word among acts, where it may stand there.
    act: Option<String>,
}

/// A unit with its life.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct UnitBody {
    slug: String,
    url: String,
    /// Its name on the day asked for, else its last one.
    name: String,
    /// Day asked for.
    on: Date,
    /// Whether it exists on that day.
    active: bool,
    states: Vec<StateBody>,
    /// Who stands for it on that day.
    current: Vec<SuccessorBody>,
    successions: Vec<SuccessionBody>,
}

impl UnitBody {
    pub fn new(
        site: &Site,
        unit: &Unit,
        on: Date,
        told: &[Recorded],
        current: &[Successor],
        named: &[Unit],
    ) -> Self {
        let slug = |id: UnitId| {
            named
                .iter()
                .find(|unit| unit.id == id)
                .map(|unit| unit.slug.clone())
        };
        let states = unit.life.pieces().map(|(span, state)| StateBody {
            from: span.from(),
            until: span.until(),
            name: state.name.full.clone(),
            name_en: state.name.english.clone(),
            kind: state.kind.clone(),
            code: state.code.clone(),
            parent: state.parent.and_then(slug),
        });
        let pass = |pass: &Pass| PassBody {
            from: slug(pass.from),
            to: pass.to.and_then(slug),
            share: pass.share.map(|share| share.get()),
            main: pass.main,
        };
        let succession = |one: &Recorded| SuccessionBody {
            on: one.on,
            event: one.event,
            passes: one.passes.iter().map(pass).collect(),
            basis: BasisBody {
                text: one.basis.text.clone(),
                number: one.basis.number.clone(),
                act: one.basis.act.clone(),
            },
        };
        Self {
            slug: unit.slug.clone(),
            url: url(site, &unit.slug),
            name: unit.near(on).name.full.clone(),
            on,
            active: unit.is_alive(on),
            states: states.collect(),
            current: current.iter().map(SuccessorBody::from).collect(),
            successions: told.iter().map(succession).collect(),
        }
    }
}

impl From<&Successor> for SuccessorBody {
    fn from(one: &Successor) -> Self {
        let part = one.part.map(crate::heirs::Fraction::terms);
        Self {
            slug: one.slug.clone(),
            name: one.name.clone(),
            via: match one.via {
                Via::Itself => "itself",
                Via::Succession => "succession",
                Via::Above => "above",
            },
            part: part.map(|(numerator, denominator)| PartBody {
                numerator,
                denominator,
            }),
            main: one.main,
        }
    }
}

/// A kind of unit.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct KindBody {
    code: String,
    label: String,
    label_en: String,
    /// 0 country, 1 province, 2 district, 3 commune, 4 below.
    level: u8,
}

impl From<Kind> for KindBody {
    fn from(kind: Kind) -> Self {
        Self {
            code: kind.code,
            label: kind.label,
            label_en: kind.label_en,
            level: kind.level,
        }
    }
}

/// A refusal (RFC 9457), as the kernel writes it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ProblemBody {
    /// Short name.
    title: String,
    /// HTTP status.
    status: u16,
    /// A sentence on this case.
    detail: String,
    /// Names the request in our logs.
    request_id: String,
}
