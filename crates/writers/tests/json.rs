//! JSON: everything comes back, and every field is described.

mod common;

use legal::model::{ActText, Part, Provision};
use proptest::prelude::*;
use serde_json::Value;
use writers::{ExportAct, json};

fn written(act: &ExportAct) -> Value {
    serde_json::from_slice(&json::write(act).expect("written")).expect("JSON")
}

/// The model read back from the file.
fn back(value: &Value) -> (Vec<Part>, Vec<Provision>) {
    let parts = serde_json::from_value(value["parts"].clone()).expect("parts");
    let provisions = value["provisions"].as_array().expect("a list").iter().map(|one| {
        let mut one = one.clone();
        one["blocks"].as_array().expect("blocks");
        one["heading_marks"] = serde_json::json!([]);
        serde_json::from_value(one).expect("a provision")
    });
    (parts, provisions.collect())
}

fn assert_comes_back(act: &ExportAct) {
    let (parts, provisions) = back(&written(act));
    let ActText {
        parts: own_parts,
        provisions: own_provisions,
        ..
    } = &act.text;
    assert_eq!(&parts, own_parts);
    assert_eq!(&provisions, own_provisions);
}

#[test]
fn a_rich_act_comes_back() {
    assert_comes_back(&common::rich());
    assert_comes_back(&common::bare());
}

#[test]
fn every_field_is_described() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/act-json.md");
    let description = std::fs::read_to_string(path).expect("docs/act-json.md");
    let mut names = Vec::new();
    collect(&written(&common::rich()), &mut names);
    for name in names {
        assert!(description.contains(&name), "{name} is not described");
    }
}

fn collect(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, names)),
        Value::Object(fields) => {
            for (name, value) in fields {
                names.push(name.clone());
                collect(value, names);
            }
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_act_comes_back(act in common::any_act()) {
        assert_comes_back(&act);
    }
}
