//! Signing in at another house (OpenID Connect).

use std::path::PathBuf;

use anyhow::Context;
use serde::{Deserialize, Serialize};

/// Signing in at another house; without an issuer there is none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OidcConfig {
    /// Address of the house, exactly as its own description has it.
    pub issuer: String,
    /// Our name there.
    pub client_id: String,
    /// Our secret there.
    pub client_secret: String,
    /// A file with the secret, instead.
    pub client_secret_file: PathBuf,
    /// Words of the button.
    pub label: String,
    /// Words of `amr` that count as a second proof.
    pub second_proof_amr: Vec<String>,
    /// Words of `acr` that count as a second proof.
    pub second_proof_acr: Vec<String>,
}

impl Default for OidcConfig {
    fn default() -> Self {
        Self {
            issuer: String::new(),
            client_id: String::new(),
            client_secret: String::new(),
            client_secret_file: PathBuf::new(),
            label: "Đăng nhập tập trung".to_owned(),
            second_proof_amr: Vec::new(),
            second_proof_acr: Vec::new(),
        }
    }
}

impl OidcConfig {
    /// The secret, from wherever it is kept.
    pub fn secret(&self) -> anyhow::Result<String> {
        if self.client_secret_file.as_os_str().is_empty() {
            return Ok(self.client_secret.clone());
        }
        let read = std::fs::read_to_string(&self.client_secret_file);
        let secret = read.context("không đọc được oidc.client_secret_file")?;
        Ok(secret.trim().to_owned())
    }

    pub(super) fn problems(&self) -> Vec<String> {
        if self.issuer.is_empty() {
            return Vec::new();
        }
        let here = ["http://localhost:", "http://127.0.0.1:"];
        let safe =
            self.issuer.starts_with("https://") || here.iter().any(|here| self.issuer.starts_with(here));
        let two = !self.client_secret.is_empty() && !self.client_secret_file.as_os_str().is_empty();
        let wrong = [
            (
                !safe,
                "oidc.issuer: phải là địa chỉ https://, đúng như trong tài liệu của hệ thống đăng nhập tập trung.",
            ),
            (
                self.client_id.trim().is_empty(),
                "oidc.client_id: chưa nêu tên của cổng ở hệ thống đăng nhập tập trung.",
            ),
            (
                self.label.trim().is_empty(),
                "oidc.label: chưa nêu chữ trên nút đăng nhập.",
            ),
            (
                two,
                "oidc: chỉ nêu một trong hai, client_secret hoặc client_secret_file.",
            ),
        ];
        let found = wrong.into_iter().filter(|(wrong, _)| *wrong);
        found.map(|(_, why)| why.to_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_make_no_sense_are_named() {
        let good = OidcConfig {
            issuer: "https://sso.tinh.gov.vn".into(),
            client_id: "cong".into(),
            ..OidcConfig::default()
        };
        assert_eq!(
            (good.problems(), OidcConfig::default().problems()),
            (Vec::new(), Vec::new())
        );
        for (bad, name) in [
            (
                OidcConfig {
                    issuer: "http://sso.tinh.gov.vn".into(),
                    ..good.clone()
                },
                "issuer",
            ),
            (
                OidcConfig {
                    client_id: " ".into(),
                    ..good.clone()
                },
                "client_id",
            ),
            (
                OidcConfig {
                    label: String::new(),
                    ..good.clone()
                },
                "label",
            ),
            (
                OidcConfig {
                    client_secret: "a".into(),
                    client_secret_file: "b".into(),
                    ..good.clone()
                },
                "client_secret",
            ),
        ] {
            assert!(bad.problems().join(" ").contains(name), "{name}");
        }
    }

    #[test]
    fn the_secret_may_stand_in_a_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("secret");
        std::fs::write(&file, "s3cret\n").expect("written");
        let set = OidcConfig {
            client_secret_file: file,
            ..OidcConfig::default()
        };
        assert_eq!(set.secret().expect("read"), "s3cret");
        let gone = OidcConfig {
            client_secret_file: folder.path().join("none"),
            ..OidcConfig::default()
        };
        assert!(gone.secret().is_err());
    }
}
