//! The three files of a folder, known by what is in them and not by their names.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::ImportError;

/// Longest file after decompression, in bytes.
const LONGEST: u64 = 64 << 20;

/// What the folder holds.
#[derive(Debug)]
pub struct Files {
    /// Units before 1 July 2025.
    pub before: Before,
    /// Which old unit became which new one.
    pub map: Map,
    /// Units now.
    pub now: Vec<Province>,
}

/// Units of the old structure by key: province, district, commune.
#[derive(Debug, Deserialize)]
pub struct Before {
    #[serde(rename = "DICT_PROVINCE")]
    pub provinces: BTreeMap<String, OldProvince>,
    #[serde(rename = "DICT_PROVINCE_DISTRICT")]
    pub districts: BTreeMap<String, BTreeMap<String, OldDistrict>>,
    #[serde(rename = "DICT_PROVINCE_DISTRICT_WARD_NO_ACCENTED")]
    pub communes: Communes,
    /// Communes whose names differ in marks alone.
    #[serde(rename = "DICT_PROVINCE_DISTRICT_WARD_ACCENTED", default)]
    pub communes_marked: Communes,
}

/// Communes by province, district and key.
pub type Communes = BTreeMap<String, BTreeMap<String, BTreeMap<String, OldCommune>>>;

#[derive(Debug, Deserialize)]
pub struct OldProvince {
    pub province: String,
    #[serde(rename = "provinceCode")]
    pub code: String,
}

#[derive(Debug, Deserialize)]
pub struct OldDistrict {
    pub district: String,
    #[serde(rename = "districtCode")]
    pub code: String,
}

/// A commune; without a name where a district has none (islands).
#[derive(Debug, Deserialize)]
pub struct OldCommune {
    pub ward: Option<String>,
    #[serde(rename = "wardCode")]
    pub code: Option<String>,
}

/// The map from old to new. Communes of the old structure are `province_district_commune`.
#[derive(Debug, Deserialize)]
pub struct Map {
    /// New province ← old provinces.
    #[serde(rename = "DICT_PROVINCE")]
    pub provinces: BTreeMap<String, Vec<String>>,
    /// New province, new commune ← old communes that went in wholly.
    #[serde(rename = "DICT_PROVINCE_WARD_NO_DIVIDED")]
    pub whole: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// New province, old commune → new communes among which it was shared out.
    #[serde(rename = "DICT_PROVINCE_WARD_DIVIDED", default)]
    pub divided: BTreeMap<String, BTreeMap<String, Vec<Part>>>,
}

#[derive(Debug, Deserialize)]
pub struct Part {
    #[serde(rename = "newWardKey")]
    pub to: String,
    #[serde(rename = "isDefaultNewWard", default)]
    pub main: bool,
}

/// A province of the present structure.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Province {
    pub code: String,
    pub full_name: String,
    #[serde(default)]
    pub full_name_en: Option<String>,
    #[serde(default)]
    pub wards: Vec<Commune>,
}

/// A commune of the present structure.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Commune {
    pub code: String,
    pub full_name: String,
    #[serde(default)]
    pub full_name_en: Option<String>,
}

/// Reads every JSON file of a folder and takes the three that are about units.
///
/// # Errors
/// A folder or file that cannot be read; one of the three missing or of another shape.
pub fn read_folder(folder: &Path) -> Result<Files, ImportError> {
    let shown = folder.display().to_string();
    let unreadable = |error| ImportError::Unreadable(shown.clone(), error);
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        paths.push(entry.map_err(unreadable)?.path());
    }
    paths.sort();
    let (mut before, mut map, mut now) = (None, None, None);
    for path in paths {
        let name = path.display().to_string();
        if !(name.ends_with(".json") || name.ends_with(".json.zst")) || !path.is_file() {
            continue;
        }
        let text = read(&path, &name)?;
        let shape = |error: serde_json::Error| ImportError::Shape(name.clone(), error.to_string());
        let value: Value = serde_json::from_str(&without_nan(&text)).map_err(shape)?;
        if value.get("DICT_PROVINCE_DISTRICT").is_some() {
            before = Some(serde_json::from_value(value).map_err(shape)?);
        } else if value.get("DICT_PROVINCE_WARD_NO_DIVIDED").is_some() {
            map = Some(serde_json::from_value(value).map_err(shape)?);
        } else if value.get(0).is_some_and(|first| first.get("Wards").is_some()) {
            now = Some(serde_json::from_value(value).map_err(shape)?);
        }
    }
    let missing = |what| ImportError::Missing(shown.clone(), what);
    Ok(Files {
        before: before.ok_or_else(|| missing("đơn vị trước 01/7/2025"))?,
        map: map.ok_or_else(|| missing("bảng chuyển đổi cũ – mới"))?,
        now: now.ok_or_else(|| missing("đơn vị hiện nay"))?,
    })
}

fn read(path: &Path, name: &str) -> Result<String, ImportError> {
    let unreadable = |error| ImportError::Unreadable(name.to_owned(), error);
    let file = File::open(path).map_err(unreadable)?;
    let mut text = String::new();
    let read = match name.ends_with(".zst") {
        true => {
            let decoder = zstd::Decoder::new(file).map_err(unreadable)?;
            decoder.take(LONGEST + 1).read_to_string(&mut text)
        }
        false => file.take(LONGEST + 1).read_to_string(&mut text),
    };
    match read.map_err(unreadable)? as u64 {
        length if length > LONGEST => Err(ImportError::TooLarge(name.to_owned(), LONGEST >> 20)),
        _ => Ok(text),
    }
}

/// The word `NaN` outside strings, which some programs write for "nothing", becomes `null`.
fn without_nan(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut in_string, mut escaped) = (false, false);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if !in_string && rest.starts_with("NaN") {
            out.push_str("null");
            rest = &rest[3..];
            continue;
        }
        match c {
            _ if escaped => escaped = false,
            '\\' if in_string => escaped = true,
            '"' => in_string = !in_string,
            _ => {}
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nan_is_nothing_outside_strings_only() {
        let text = r#"{"NaN": NaN, "a\"NaN": [NaN, "NaN"]}"#;
        assert_eq!(without_nan(text), r#"{"NaN": null, "a\"NaN": [null, "NaN"]}"#);
    }

    #[test]
    fn a_folder_without_the_files_is_told_so() {
        let folder = tempfile::tempdir().expect("a folder");
        let told = |folder: &Path| read_folder(folder).err().map(|error| error.to_string());
        assert!(told(folder.path()).is_some_and(|why| why.contains("trước 01/7/2025")));
        let file = folder.path().join("a.json");
        std::fs::write(&file, "{\"DICT_PROVINCE_DISTRICT\": 1}").expect("written");
        assert!(told(folder.path()).is_some_and(|why| why.contains("không đúng dạng")));
        std::fs::write(&file, "{").expect("written");
        assert!(told(folder.path()).is_some_and(|why| why.contains("a.json không đúng dạng")));
        std::fs::write(folder.path().join("a.json"), b"\xff\xfe").expect("written");
        assert!(told(folder.path()).is_some_and(|why| why.contains("không đọc được")));
        assert!(told(&folder.path().join("none")).is_some_and(|why| why.contains("không đọc được")));
    }
}
