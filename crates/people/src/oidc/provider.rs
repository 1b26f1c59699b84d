//! The other house: what it says of itself, its keys, and the two requests that are made of it.

use std::time::{Duration, Instant};

use data_encoding::{BASE64, BASE64URL_NOPAD};
use reqwest::{Client, Response, Url};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use tokio::sync::Mutex;

use super::token::{self, Expected, Keys, TokenError};
use super::{Asked, OidcError, Person};

const CONNECT: Duration = Duration::from_secs(3);
/// Shorter than a request to us may take, so that the person reads our sentence.
const WHOLE: Duration = Duration::from_secs(4);
/// Bytes of an answer that are read at most.
const LARGEST: usize = 256 << 10;
/// What a house says of itself is asked again after an hour, its keys not more than once in this time.
const KNOWN_FOR: Duration = Duration::from_secs(3600);
const KEYS_EVERY: Duration = Duration::from_secs(30);
/// A house that did not answer is left alone for a while.
const REST: Duration = Duration::from_secs(5);

/// What the operator says of the other house.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Its name, an address: `https://sso.tinh.gov.vn/realms/can-bo`.
    pub issuer: String,
    /// Our name there.
    pub client_id: String,
    /// Our secret there; empty = PKCE alone.
    pub client_secret: String,
    /// Words of `amr` that count as a second proof.
    pub second_proof_amr: Vec<String>,
    /// Words of `acr` that count as a second proof; they are asked for.
    pub second_proof_acr: Vec<String>,
}

/// The other house, with what is known of it.
pub struct Provider {
    settings: Settings,
    client: Client,
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    known: Option<Known>,
    /// When it last did not answer.
    failed: Option<Instant>,
}

#[derive(Clone)]
struct Known {
    about: About,
    keys: Keys,
    /// When it was asked who it is, and when for its keys.
    asked: Instant,
    keys_asked: Instant,
}

/// What OpenID Connect Discovery 1.0 says, as far as it is used.
#[derive(Clone, Deserialize)]
struct About {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    end_session_endpoint: Option<String>,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Vec<String>,
}

#[derive(Deserialize)]
struct Redeemed {
    id_token: String,
}

impl Provider {
    /// A house; nothing is asked of it yet. Connections follow the operator's proxy variables and trust
    /// the certificates that the machine trusts.
    ///
    /// # Errors
    /// Where the machine has no certificates to trust.
    pub fn new(settings: Settings) -> Result<Self, reqwest::Error> {
        // Once a process; a second call is refused, rightly.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .connect_timeout(CONNECT)
            .timeout(WHOLE)
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self {
            settings,
            client,
            memory: Mutex::default(),
        })
    }

    /// Its name.
    pub(crate) fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// Where a person goes to sign in; `redirect` is where the answer is to come.
    pub(crate) async fn address(
        &self,
        redirect: &str,
        state: &str,
        asked: &Asked,
    ) -> Result<String, OidcError> {
        let about = self.known().await?.about;
        let mut address = self.endpoint(&about.authorization_endpoint)?;
        let challenge = BASE64URL_NOPAD.encode(&Sha256::digest(asked.verifier.as_bytes()));
        address
            .query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("redirect_uri", redirect)
            .append_pair("scope", "openid profile email")
            .append_pair("state", state)
            .append_pair("nonce", &asked.nonce)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256");
        if !self.settings.second_proof_acr.is_empty() {
            let values = self.settings.second_proof_acr.join(" ");
            address.query_pairs_mut().append_pair("acr_values", &values);
        }
        Ok(address.into())
    }

    /// Where a person ends the session there and comes back to `home`; `None` where it has no such place.
    pub(crate) async fn leaving(&self, home: &str) -> Option<String> {
        let about = self.known().await.ok()?.about;
        let mut address = self.endpoint(about.end_session_endpoint.as_deref()?).ok()?;
        address
            .query_pairs_mut()
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("post_logout_redirect_uri", home);
        Some(address.into())
    }

    /// Who stands behind a code. `now` in seconds.
    pub(crate) async fn redeem(
        &self,
        redirect: &str,
        code: &str,
        asked: &Asked,
        now: i64,
    ) -> Result<Person, OidcError> {
        let known = self.known().await?;
        let token = self
            .exchange(&known.about, redirect, code, &asked.verifier)
            .await?;
        let expected = Expected {
            issuer: &self.settings.issuer,
            client: &self.settings.client_id,
            nonce: &asked.nonce,
            now,
        };
        let read = match token::verify(&token, &known.keys, &expected) {
            // The house has changed its keys since we asked for them.
            Err(TokenError::UnknownKey) => {
                let keys = self.fresh_keys(&known).await?;
                token::verify(&token, &keys, &expected)
            }
            read => read,
        };
        let claims = read.map_err(|error| {
            tracing::warn!(%error, "an identity token is refused");
            OidcError::Answer
        })?;
        let of = |words: &[String], said: &str| words.iter().any(|word| word == said);
        let proved = claims
            .amr
            .iter()
            .any(|said| of(&self.settings.second_proof_amr, said))
            || claims
                .acr
                .as_deref()
                .is_some_and(|said| of(&self.settings.second_proof_acr, said));
        Ok(Person {
            name: claims.shown(),
            issuer: self.settings.issuer.clone(),
            subject: claims.sub,
            proved,
        })
    }

    async fn exchange(
        &self,
        about: &About,
        redirect: &str,
        code: &str,
        verifier: &str,
    ) -> Result<String, OidcError> {
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", redirect),
            ("code_verifier", verifier),
        ];
        let Settings {
            client_id,
            client_secret,
            ..
        } = &self.settings;
        let methods = &about.token_endpoint_auth_methods_supported;
        let posts = methods.iter().any(|method| method == "client_secret_post")
            && !methods.iter().any(|method| method == "client_secret_basic");
        let mut request = self.client.post(self.endpoint(&about.token_endpoint)?);
        if client_secret.is_empty() || posts {
            form.push(("client_id", client_id));
        }
        if posts && !client_secret.is_empty() {
            form.push(("client_secret", client_secret));
        } else if !client_secret.is_empty() {
            // RFC 6749, 2.3.1: both are form-encoded before they are joined.
            let pair = format!("{}:{}", encoded(client_id), encoded(client_secret));
            request = request.header(
                "authorization",
                format!("Basic {}", BASE64.encode(pair.as_bytes())),
            );
        }
        let body = form_of(&form);
        let request = request
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept", "application/json")
            .body(body);
        let answer = request.send().await.map_err(away)?;
        if answer.status().is_client_error() {
            tracing::warn!(status = %answer.status(), "the code is refused");
            return Err(OidcError::Answer);
        }
        Ok(json::<Redeemed>(answer).await?.id_token)
    }

    /// What is known of the house. While it does not answer, what was known holds on; where nothing was
    /// known, all who wait are told at once instead of each asking in vain.
    async fn known(&self) -> Result<Known, OidcError> {
        let mut memory = self.memory.lock().await;
        if let Some(known) = memory
            .known
            .as_ref()
            .filter(|known| known.asked.elapsed() < KNOWN_FOR)
        {
            return Ok(known.clone());
        }
        let rests = memory.failed.is_some_and(|failed| failed.elapsed() < REST);
        let asked = if rests {
            Err(OidcError::Away)
        } else {
            self.introduction().await
        };
        let error = match asked {
            Ok(known) => {
                memory.known = Some(known.clone());
                return Ok(known);
            }
            Err(error) => error,
        };
        if !rests {
            memory.failed = Some(Instant::now());
        }
        memory.known.clone().ok_or(error)
    }

    async fn introduction(&self) -> Result<Known, OidcError> {
        let place = format!(
            "{}/.well-known/openid-configuration",
            self.settings.issuer.trim_end_matches('/')
        );
        let about: About = self.get(&place).await?;
        if about.issuer != self.settings.issuer {
            tracing::error!(said = %about.issuer, set = %self.settings.issuer, "the issuer is not the one that is set");
            return Err(OidcError::Answer);
        }
        let keys = self.get(&about.jwks_uri).await?;
        let now = Instant::now();
        Ok(Known {
            about,
            keys,
            asked: now,
            keys_asked: now,
        })
    }

    /// The keys as they are now; not asked for more than once in a while, whatever tokens arrive.
    async fn fresh_keys(&self, seen: &Known) -> Result<Keys, OidcError> {
        let mut memory = self.memory.lock().await;
        let Some(known) = memory.known.as_mut() else {
            return Err(OidcError::Answer);
        };
        // The first time at once: what was kept may be as old as the hour.
        let fresh = known.keys_asked != known.asked && known.keys_asked.elapsed() < KEYS_EVERY;
        if known.keys_asked == seen.keys_asked && !fresh {
            known.keys = self.get(&known.about.jwks_uri).await?;
            known.keys_asked = Instant::now();
        }
        Ok(known.keys.clone())
    }

    async fn get<T: DeserializeOwned>(&self, place: &str) -> Result<T, OidcError> {
        let answer = self
            .client
            .get(self.endpoint(place)?)
            .send()
            .await
            .map_err(away)?;
        json(answer).await
    }

    /// An address of the house: over TLS, or on this machine where the house itself is.
    fn endpoint(&self, address: &str) -> Result<Url, OidcError> {
        let plain = self.settings.issuer.starts_with("http://");
        let url = Url::parse(address).map_err(|_| OidcError::Answer)?;
        let here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if url.scheme() == "https" || (url.scheme() == "http" && plain && here) {
            Ok(url)
        } else {
            tracing::error!(%address, "an address of the other house is not over TLS");
            Err(OidcError::Answer)
        }
    }
}

fn away(error: reqwest::Error) -> OidcError {
    tracing::warn!(error = %error.without_url(), "the other house does not answer");
    OidcError::Away
}

async fn json<T: DeserializeOwned>(mut answer: Response) -> Result<T, OidcError> {
    if !answer.status().is_success() {
        tracing::warn!(status = %answer.status(), "the other house answers with an error");
        return Err(OidcError::Away);
    }
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(away)? {
        if body.len() + piece.len() > LARGEST {
            return Err(OidcError::Answer);
        }
        body.extend_from_slice(&piece);
    }
    serde_json::from_slice(&body).map_err(|_| OidcError::Answer)
}

fn encoded(text: &str) -> String {
    form_of(&[("", text)]).trim_start_matches('=').to_owned()
}

fn form_of(pairs: &[(&str, &str)]) -> String {
    // A serializer of forms comes with addresses.
    let Ok(mut url) = Url::parse("form:") else {
        return String::new();
    };
    url.query_pairs_mut().extend_pairs(pairs);
    url.query().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider(issuer: &str) -> Provider {
        let settings = Settings {
            issuer: issuer.to_owned(),
            ..Settings::default()
        };
        Provider::new(settings).expect("a client")
    }

    #[test]
    fn only_addresses_over_tls_are_asked() {
        for (issuer, address, good) in [
            ("https://sso.vn", "https://sso.vn/token", true),
            ("https://sso.vn", "https://other.vn/token", true),
            ("https://sso.vn", "http://sso.vn/token", false),
            ("https://sso.vn", "http://localhost/token", false),
            ("http://localhost:1", "http://localhost:1/token", true),
            ("http://localhost:1", "http://10.0.0.1/token", false),
            ("https://sso.vn", "file:///etc/passwd", false),
            ("https://sso.vn", "/token", false),
        ] {
            assert_eq!(
                provider(issuer).endpoint(address).is_ok(),
                good,
                "{issuer} {address}"
            );
        }
    }

    #[test]
    fn forms_are_encoded() {
        assert_eq!(
            form_of(&[("a", "b c&d=e"), ("đ", "+")]),
            "a=b+c%26d%3De&%C4%91=%2B"
        );
        assert_eq!(encoded("=a:b"), "%3Da%3Ab");
    }
}
