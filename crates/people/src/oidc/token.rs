//! Identity tokens: signed JSON (RFC 7515) with what OpenID Connect Core 1.0 §3.1.3.7 asks of it.

use data_encoding::BASE64URL_NOPAD;
use ring::signature::{self as sign, RsaPublicKeyComponents, UnparsedPublicKey};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Seconds by which the clocks of two houses may differ.
const SKEW: i64 = 60;
/// Longer subjects and names are refused and cut (Core 1.0 §2: at most 255 signs).
const LONGEST: usize = 255;

/// The public keys of a house (RFC 7517).
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Keys {
    keys: Vec<Key>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Key {
    kty: String,
    kid: Option<String>,
    alg: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    crv: String,
    n: String,
    e: String,
    x: String,
    y: String,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    crit: Option<serde_json::Value>,
}

/// What a token has to say.
pub(super) struct Expected<'a> {
    /// Who made it.
    pub issuer: &'a str,
    /// For whom.
    pub client: &'a str,
    /// In answer to what.
    pub nonce: &'a str,
    /// In seconds.
    pub now: i64,
}

/// What a good token says of a person.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Claims {
    iss: String,
    /// The person.
    pub sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: i64,
    iat: i64,
    nonce: Option<String>,
    /// How the person proved who he is, in words.
    #[serde(default)]
    pub amr: Vec<String>,
    /// The same as one level.
    pub acr: Option<String>,
    name: Option<String>,
    email: Option<String>,
    preferred_username: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// Why a token is refused.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum TokenError {
    /// Not three parts of base64url with JSON.
    #[error("it cannot be read")]
    Shape,
    /// None, one with a shared secret, or one that this program does not have.
    #[error("its algorithm is not taken")]
    Algorithm,
    /// No key of the house fits.
    #[error("no key of the house fits")]
    UnknownKey,
    /// The signature is another one's.
    #[error("its signature is wrong")]
    Signature,
    /// One of its words is not what was asked for.
    #[error("{0} is not as expected")]
    Claim(&'static str),
}

impl Claims {
    /// What people know the person by: the address, the user name or the name; the subject in the end.
    pub fn shown(&self) -> String {
        let known = [&self.email, &self.preferred_username, &self.name];
        let known = known.into_iter().flatten().find(|text| !text.trim().is_empty());
        let plain = viet::nfc(known.unwrap_or(&self.sub));
        let plain = plain.chars().filter(|letter| !letter.is_control());
        plain.take(LONGEST).collect::<String>().trim().to_owned()
    }
}

/// Reads a token that one of `keys` has signed.
pub(super) fn verify(token: &str, keys: &Keys, expected: &Expected<'_>) -> Result<Claims, TokenError> {
    let (signed, signature) = token.rsplit_once('.').ok_or(TokenError::Shape)?;
    let (header, claims) = signed.split_once('.').ok_or(TokenError::Shape)?;
    let header: Header = part(header)?;
    if header.crit.is_some() {
        return Err(TokenError::Algorithm);
    }
    let kind = kind_of(&header.alg).ok_or(TokenError::Algorithm)?;
    let signature = bytes(signature)?;
    let fitting: Vec<&Key> = keys.keys.iter().filter(|key| key.fits(&header, kind)).collect();
    if fitting.is_empty() {
        return Err(TokenError::UnknownKey);
    }
    let right = |key: &&Key| key.verify(&header.alg, signed.as_bytes(), &signature);
    if !fitting.iter().any(right) {
        // A house that does not name its keys may have changed them.
        let named = header.kid.is_some();
        return Err(if named {
            TokenError::Signature
        } else {
            TokenError::UnknownKey
        });
    }
    let claims: Claims = part(claims)?;
    claims.check(expected)?;
    Ok(claims)
}

impl Claims {
    fn check(&self, expected: &Expected<'_>) -> Result<(), TokenError> {
        let Expected {
            issuer,
            client,
            nonce,
            now,
        } = *expected;
        let (ours, many) = match &self.aud {
            Audience::One(aud) => (aud == client, false),
            Audience::Many(all) => (all.iter().any(|aud| aud == client), all.len() > 1),
        };
        let party = self.azp.as_deref().map_or(!many, |azp| azp == client);
        for (holds, name) in [
            (self.iss == issuer, "iss"),
            (ours, "aud"),
            (party, "azp"),
            (self.exp > now - SKEW, "exp"),
            (self.iat <= now + SKEW, "iat"),
            (self.nonce.as_deref() == Some(nonce), "nonce"),
            (!self.sub.is_empty() && self.sub.len() <= LONGEST, "sub"),
        ] {
            if !holds {
                return Err(TokenError::Claim(name));
            }
        }
        Ok(())
    }
}

fn bytes(text: &str) -> Result<Vec<u8>, TokenError> {
    BASE64URL_NOPAD
        .decode(text.as_bytes())
        .map_err(|_| TokenError::Shape)
}

fn part<T: DeserializeOwned>(text: &str) -> Result<T, TokenError> {
    serde_json::from_slice(&bytes(text)?).map_err(|_| TokenError::Shape)
}

/// Type and curve of the keys of an algorithm. Nothing with a shared secret, and never `none`.
fn kind_of(algorithm: &str) -> Option<(&'static str, &'static str)> {
    Some(match algorithm {
        "RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" => ("RSA", ""),
        "ES256" => ("EC", "P-256"),
        "ES384" => ("EC", "P-384"),
        "EdDSA" => ("OKP", "Ed25519"),
        _ => return None,
    })
}

impl Key {
    fn fits(&self, header: &Header, (kty, crv): (&str, &str)) -> bool {
        self.kty == kty
            && (crv.is_empty() || self.crv == crv)
            && self.purpose.as_deref().is_none_or(|purpose| purpose == "sig")
            && self.alg.as_ref().is_none_or(|alg| *alg == header.alg)
            && (header.kid.is_none() || self.kid == header.kid)
    }

    fn verify(&self, algorithm: &str, signed: &[u8], signature: &[u8]) -> bool {
        let rsa = |parameters: &sign::RsaParameters| {
            let (Ok(n), Ok(e)) = (bytes(&self.n), bytes(&self.e)) else {
                return false;
            };
            let key = RsaPublicKeyComponents { n: &n, e: &e };
            key.verify(parameters, signed, signature).is_ok()
        };
        let point = |parameters: &'static sign::EcdsaVerificationAlgorithm| {
            let (Ok(x), Ok(y)) = (bytes(&self.x), bytes(&self.y)) else {
                return false;
            };
            let point = [&[4], &x[..], &y[..]].concat();
            UnparsedPublicKey::new(parameters, point)
                .verify(signed, signature)
                .is_ok()
        };
        match algorithm {
            "RS256" => rsa(&sign::RSA_PKCS1_2048_8192_SHA256),
            "RS384" => rsa(&sign::RSA_PKCS1_2048_8192_SHA384),
            "RS512" => rsa(&sign::RSA_PKCS1_2048_8192_SHA512),
            "PS256" => rsa(&sign::RSA_PSS_2048_8192_SHA256),
            "PS384" => rsa(&sign::RSA_PSS_2048_8192_SHA384),
            "PS512" => rsa(&sign::RSA_PSS_2048_8192_SHA512),
            "ES256" => point(&sign::ECDSA_P256_SHA256_FIXED),
            "ES384" => point(&sign::ECDSA_P384_SHA384_FIXED),
            "EdDSA" => bytes(&self.x).is_ok_and(|x| {
                UnparsedPublicKey::new(&sign::ED25519, x)
                    .verify(signed, signature)
                    .is_ok()
            }),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
    use serde_json::{Value, json};

    use super::*;

    const NOW: i64 = 1_795_651_200;
    const EXPECTED: Expected<'static> = Expected {
        issuer: "https://sso.example.vn",
        client: "cong",
        nonce: "n-1",
        now: NOW,
    };

    struct House {
        pair: EcdsaKeyPair,
        random: SystemRandom,
    }

    impl House {
        fn new() -> Self {
            let random = SystemRandom::new();
            let made =
                EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).expect("a key");
            let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, made.as_ref(), &random);
            let pair = pair.expect("a pair");
            Self { pair, random }
        }

        fn keys(&self, kid: &str) -> Keys {
            let point = self.pair.public_key().as_ref();
            let (x, y) = (
                BASE64URL_NOPAD.encode(&point[1..33]),
                BASE64URL_NOPAD.encode(&point[33..]),
            );
            let keys = json!({ "keys": [{ "kty": "EC", "crv": "P-256", "kid": kid, "x": x, "y": y }] });
            serde_json::from_value(keys).expect("keys")
        }

        fn sign(&self, header: &Value, claims: &Value) -> String {
            let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
            let signed = format!("{}.{}", part(header), part(claims));
            let signature = self.pair.sign(&self.random, signed.as_bytes()).expect("signed");
            format!("{signed}.{}", BASE64URL_NOPAD.encode(signature.as_ref()))
        }
    }

    fn claims() -> Value {
        json!({
            "iss": EXPECTED.issuer, "sub": "u-7", "aud": "cong", "exp": NOW + 300, "iat": NOW,
            "nonce": "n-1", "amr": ["pwd", "otp"], "acr": "2", "email": "ha@stp.example.vn",
        })
    }

    #[test]
    fn what_the_house_has_signed_is_read() {
        let house = House::new();
        let token = house.sign(&json!({ "alg": "ES256", "kid": "a" }), &claims());
        let read = verify(&token, &house.keys("a"), &EXPECTED).expect("good");
        assert_eq!(
            (read.sub.as_str(), read.shown().as_str()),
            ("u-7", "ha@stp.example.vn")
        );
        assert_eq!(read.amr, ["pwd", "otp"]);
    }

    #[test]
    fn each_word_must_be_as_asked() {
        let house = House::new();
        for (name, value) in [
            ("iss", json!("https://evil.example")),
            ("aud", json!("other")),
            ("aud", json!(["other"])),
            ("azp", json!("other")),
            ("exp", json!(NOW - 61)),
            ("iat", json!(NOW + 61)),
            ("nonce", json!("n-2")),
            ("nonce", Value::Null),
            ("sub", json!("")),
            ("sub", json!("x".repeat(256))),
        ] {
            let mut claims = claims();
            claims[name] = value;
            let token = house.sign(&json!({ "alg": "ES256", "kid": "a" }), &claims);
            let refused = verify(&token, &house.keys("a"), &EXPECTED).expect_err("refused");
            assert_eq!(refused, TokenError::Claim(name), "{claims}");
        }
        // Several audiences need a party, which is us.
        let mut shared = claims();
        shared["aud"] = json!(["cong", "other"]);
        let sign = |claims: &Value| house.sign(&json!({ "alg": "ES256", "kid": "a" }), claims);
        let refused = verify(&sign(&shared), &house.keys("a"), &EXPECTED).expect_err("refused");
        assert_eq!(refused, TokenError::Claim("azp"));
        shared["azp"] = json!("cong");
        assert!(verify(&sign(&shared), &house.keys("a"), &EXPECTED).is_ok());
    }

    #[test]
    fn other_signatures_and_algorithms_are_refused() {
        let (house, other) = (House::new(), House::new());
        let keys = house.keys("a");
        let refused = |token: &str| verify(token, &keys, &EXPECTED).expect_err("refused");
        let es = json!({ "alg": "ES256", "kid": "a" });
        assert_eq!(refused(&other.sign(&es, &claims())), TokenError::Signature);
        assert_eq!(
            refused(&house.sign(&json!({ "alg": "ES256", "kid": "b" }), &claims())),
            TokenError::UnknownKey
        );
        assert_eq!(
            refused(&other.sign(&json!({ "alg": "ES256" }), &claims())),
            TokenError::UnknownKey,
            "a house without names for its keys may have changed them"
        );
        for alg in ["none", "None", "HS256", "RS1", ""] {
            let token = house.sign(&json!({ "alg": alg, "kid": "a" }), &claims());
            assert_eq!(refused(&token), TokenError::Algorithm, "{alg}");
        }
        // A key of one type signs nothing of another.
        assert_eq!(
            refused(&house.sign(&json!({ "alg": "RS256", "kid": "a" }), &claims())),
            TokenError::UnknownKey
        );
        let critical = json!({ "alg": "ES256", "kid": "a", "crit": ["x"] });
        assert_eq!(refused(&house.sign(&critical, &claims())), TokenError::Algorithm);
        let good = house.sign(&es, &claims());
        let (signed, _) = good.rsplit_once('.').expect("three parts");
        assert_eq!(refused(&format!("{signed}.")), TokenError::Signature);
        for nonsense in ["", ".", "..", "a.b.c", signed, "đ.đ.đ"] {
            assert!(verify(nonsense, &keys, &EXPECTED).is_err(), "{nonsense}");
        }
    }
}
