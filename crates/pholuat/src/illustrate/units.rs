//! The units of the invented province.

use std::collections::HashMap;

use anyhow::Context;
use audit::{Actor, Entry};
use policy::UnitId;
use serde::Deserialize;
use units::model::{Contact, Name, State};
use units::{reorganise, store};
use web::Site;

const TEXT: &str = include_str!("../../illustration/units.toml");

#[derive(Deserialize)]
struct File {
    unit: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    code: String,
    above: Option<String>,
    kind: String,
    full: String,
    short: String,
    english: String,
    #[serde(default)]
    functions: String,
    #[serde(default)]
    functions_en: String,
}

impl Row {
    fn slug(&self) -> String {
        format!("minh-hoa-{}", self.code)
    }

    /// Nothing here may be taken for a real address or number.
    fn contact(&self) -> Contact {
        Contact {
            functions: self.functions.clone(),
            functions_en: self.functions_en.clone(),
            address: format!("Trụ sở minh họa, {} (không có địa chỉ thật)", self.full),
            address_en: format!("Illustrated office, {} (no real address)", self.english),
            phone: String::new(),
            email: format!("{}@minh-hoa.example", self.code),
            responsible: "Cán bộ minh họa".to_owned(),
            responsible_en: "Illustrated officer".to_owned(),
        }
    }
}

/// Units by the word that posts use.
pub struct Units(HashMap<String, UnitId>);

impl Units {
    pub fn of(&self, code: &str) -> anyhow::Result<UnitId> {
        self.0
            .get(code)
            .copied()
            .with_context(|| format!("đơn vị “{code}”"))
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }
}

/// Makes the units that are missing, all in one transaction with the mark of the illustration.
pub async fn load(site: &Site, illustrated: bool) -> anyhow::Result<Units> {
    let file: File = toml::from_str(TEXT)?;
    let mut there: HashMap<String, UnitId> = HashMap::new();
    for row in &file.unit {
        if let Some(store::Place::Here(unit)) = store::unit_at(site.db(), &row.slug()).await? {
            there.insert(row.slug(), unit.id);
        }
    }
    let mut tx = site.db().begin().await?;
    store::kinds_ensure(&mut tx).await?;
    let mut known: HashMap<String, UnitId> = HashMap::new();
    for row in &file.unit {
        let parent = match &row.above {
            Some(code) => Some(*known.get(code).with_context(|| format!("đơn vị “{code}”"))?),
            None => None,
        };
        let slug = row.slug();
        let id = match there.get(&slug) {
            Some(id) => *id,
            None => {
                let state = State {
                    name: Name {
                        full: row.full.clone(),
                        short: row.short.clone(),
                        english: Some(row.english.clone()),
                    },
                    kind: row.kind.clone(),
                    parent,
                    code: None,
                };
                let id = reorganise::create(&mut tx, Some(&slug), None, state).await?;
                store::contact_put(&mut tx, id, &slug, site.today(), row.contact()).await?;
                let entry = Entry::new(Actor::Operator, "unit.create", format!("unit:{}", id.get()));
                audit::append(&mut tx, &entry.unit(id)).await?;
                id
            }
        };
        known.insert(row.code.clone(), id);
    }
    if !illustrated {
        portal::store::illustrate(&mut tx).await?;
        let entry = Entry::new(Actor::Operator, "portal.illustrate", "portal");
        audit::append(&mut tx, &entry).await?;
    }
    tx.commit().await?;
    Ok(Units(known))
}
