//! Defaults, then the file, then the environment.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::Config;

const PREFIX: &str = "PHOLUAT_";
/// Variables of ours that are no settings.
const OTHERS: &[&str] = &["PHOLUAT_CONFIG", "PHOLUAT_TEST_PG", "PHOLUAT_SHARED"];

/// Why a configuration cannot be used. Each message is a whole sentence for the operator.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("Không đọc được tệp cấu hình {0}: {1}")]
    File(PathBuf, std::io::Error),
    /// The file is no TOML of ours.
    #[error("Tệp cấu hình {0} có lỗi: {1}")]
    Toml(PathBuf, Box<toml::de::Error>),
    /// A variable that names no setting, or not a value for it.
    #[error("Biến môi trường {0}: {1}")]
    Variable(String, String),
    /// Settings that make no sense.
    #[error("Cấu hình chưa dùng được:\n- {}", .0.join("\n- "))]
    Nonsense(Vec<String>),
}

/// Loads the configuration: `file` if given; else the one of `PHOLUAT_CONFIG`; else
/// `pholuat.toml` in the data folder if there is one. `data` stands over all.
///
/// # Errors
/// What cannot be read or makes no sense, in Vietnamese.
pub fn load(file: Option<&Path>, data: Option<&Path>) -> Result<Config, ConfigError> {
    let variables: BTreeMap<String, String> = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect();
    let named = file
        .map(Path::to_path_buf)
        .or_else(|| variables.get("PHOLUAT_CONFIG").map(PathBuf::from));
    let home = data
        .map(Path::to_path_buf)
        .or_else(|| variables.get("PHOLUAT_DATA").map(PathBuf::from))
        .unwrap_or_else(|| Config::default().data);
    let default = home.join("pholuat.toml");
    let file = named.or_else(|| default.exists().then_some(default));
    let (text, path) = match file {
        Some(path) => {
            let text = std::fs::read_to_string(&path).map_err(|e| ConfigError::File(path.clone(), e))?;
            (text, path)
        }
        None => (String::new(), PathBuf::new()),
    };
    layered(&text, &path, &variables, data)
}

fn layered(
    text: &str,
    path: &Path,
    variables: &BTreeMap<String, String>,
    data: Option<&Path>,
) -> Result<Config, ConfigError> {
    let broken = |error: toml::de::Error| ConfigError::Toml(path.to_owned(), Box::new(error));
    // First alone, so that an error names its line in the file.
    let _: Config = toml::from_str(text).map_err(broken)?;
    let mut table: Table = toml::from_str(text).map_err(broken)?;
    apply(&mut table, variables)?;
    let mut config: Config = table.try_into().map_err(broken)?;
    if let Some(data) = data {
        config.data = data.to_owned();
    }
    let problems = config.problems();
    if problems.is_empty() {
        Ok(config)
    } else {
        Err(ConfigError::Nonsense(problems))
    }
}

/// Every setting by the name of its variable: `server.listen` is `PHOLUAT_SERVER_LISTEN`.
fn settings() -> BTreeMap<String, (Vec<String>, Value)> {
    let mut all = BTreeMap::new();
    let defaults = Table::try_from(Config::default()).unwrap_or_default();
    for (name, value) in defaults {
        match value {
            Value::Table(section) => {
                for (key, value) in section {
                    all.insert(variable(&[&name, &key]), (vec![name.clone(), key], value));
                }
            }
            value => {
                all.insert(variable(&[&name]), (vec![name], value));
            }
        }
    }
    all
}

fn variable(path: &[&str]) -> String {
    format!("{PREFIX}{}", path.join("_").to_uppercase())
}

fn apply(table: &mut Table, variables: &BTreeMap<String, String>) -> Result<(), ConfigError> {
    let settings = settings();
    for (name, text) in variables.iter().filter(|(name, _)| name.starts_with(PREFIX)) {
        if OTHERS.contains(&name.as_str()) {
            continue;
        }
        let Some((path, default)) = settings.get(name) else {
            let why = "không phải là thiết lập nào; xem `pholuat config example`.";
            return Err(ConfigError::Variable(name.clone(), why.to_owned()));
        };
        set(table, path, value_of(name, text, default)?);
    }
    if let Some(url) = variables.get("DATABASE_URL") {
        set(table, &["database_url".to_owned()], Value::String(url.clone()));
    }
    Ok(())
}

fn value_of(name: &str, text: &str, default: &Value) -> Result<Value, ConfigError> {
    let number = || text.trim().parse::<i64>().map(Value::Integer);
    Ok(match default {
        Value::Integer(_) => number().map_err(|_| {
            ConfigError::Variable(name.to_owned(), format!("“{text}” không phải là số nguyên."))
        })?,
        Value::Array(_) => {
            let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
            Value::Array(parts.map(|part| Value::String(part.to_owned())).collect())
        }
        _ => Value::String(text.to_owned()),
    })
}

fn set(table: &mut Table, path: &[String], value: Value) {
    match path {
        [name] => {
            table.insert(name.clone(), value);
        }
        [section, key] => {
            let section = table.entry(section).or_insert_with(|| Value::Table(Table::new()));
            if let Some(section) = section.as_table_mut() {
                section.insert(key.clone(), value);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(text: &str, variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let variables = variables
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        layered(text, Path::new("x.toml"), &variables, None)
    }

    #[test]
    fn the_environment_stands_over_the_file() {
        let text = "[server]\nlisten = \"0.0.0.0:1\"\nburst = 5\n";
        let config = with(
            text,
            &[
                ("PHOLUAT_SERVER_LISTEN", "127.0.0.1:2"),
                ("PHOLUAT_SERVER_TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.1"),
                ("DATABASE_URL", "postgres://u@h/d"),
                ("PHOLUAT_TEST_PG", "x"),
            ],
        )
        .expect("config");
        assert_eq!(
            (config.server.listen.as_str(), config.server.burst),
            ("127.0.0.1:2", 5)
        );
        assert_eq!(config.server.trusted_proxies, ["10.0.0.0/8", "192.0.2.1"]);
        assert_eq!(config.database(), Some("postgres://u@h/d"));
    }

    #[test]
    fn typing_errors_are_refused_by_name() {
        let file = with("[server]\nlisen = \"x\"\n", &[])
            .expect_err("unknown key")
            .to_string();
        assert!(file.contains("lisen") && file.contains("x.toml"), "{file}");
        let unknown = with("", &[("PHOLUAT_SEVER_LISTEN", "x")])
            .expect_err("unknown variable")
            .to_string();
        assert!(unknown.contains("PHOLUAT_SEVER_LISTEN"), "{unknown}");
        let number = with("", &[("PHOLUAT_SERVER_BURST", "nhiều")])
            .expect_err("no number")
            .to_string();
        assert!(number.contains("số nguyên"), "{number}");
        assert!(matches!(
            with("[server]\nburst = 0\n", &[]),
            Err(ConfigError::Nonsense(_))
        ));
    }
}
