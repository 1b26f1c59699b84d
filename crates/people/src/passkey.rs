//! Passkeys (WebAuthn): what the portal asks of a browser, and how it judges the answer.
//!
//! A key is never used without its owner proving to the device who he is (user verification), so
//! that one key is both proofs at once: something held, and a finger, a face or a code besides.

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use web::Site;
use webauthn_rs::prelude::{
    AuthenticationResult, DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Uuid, WebauthnError,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use crate::model::{Account, Key};

/// How long a question may wait for its answer, in microseconds.
pub(crate) const PATIENCE: i64 = 300_000_000;

/// A question for a browser.
#[derive(Clone, Debug, Serialize)]
pub struct Challenge {
    /// Names the question when the answer comes.
    pub token: String,
    /// Options of `navigator.credentials`, bytes as base64url.
    pub options: serde_json::Value,
}

/// What waits for an answer.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Waiting {
    /// A new key of an account.
    New {
        /// Whose.
        account: i64,
        /// What the library keeps.
        state: Box<PasskeyRegistration>,
    },
    /// A proof by a key.
    Proof {
        /// What the library keeps.
        state: Box<DiscoverableAuthentication>,
    },
}

/// A key that a browser has made.
pub(crate) struct Made {
    /// Its name in browsers.
    pub credential: String,
    /// The public key with what belongs to it, as JSON.
    pub key: String,
}

/// The portal as browsers know it. `None` where they allow no keys: its address is no name, or
/// neither TLS nor this machine.
pub(crate) fn party(site: &Site) -> Option<Webauthn> {
    let origin = Url::parse(site.base_url()).ok()?;
    let host = origin.domain()?;
    let allowed = site.is_https() || host == "localhost";
    let builder = WebauthnBuilder::new(host, &origin).ok().filter(|_| allowed)?;
    builder.rp_name(site.name()).build().ok()
}

/// Name of a key in browsers, as text.
pub(crate) fn name_of(credential: &[u8]) -> String {
    BASE64URL_NOPAD.encode(credential)
}

fn id_of(key: &Key) -> Option<Vec<u8>> {
    BASE64URL_NOPAD.decode(key.credential.as_bytes()).ok()
}

/// What a key on a device says of its owner: the number of the account and nothing else.
fn handle(account: &Account) -> Uuid {
    Uuid::from_u64_pair(0, account.id.0.unsigned_abs())
}

/// Asks for a new key; `known` are not made twice.
pub(crate) fn ask_new(
    party: &Webauthn,
    account: &Account,
    known: &[Key],
) -> Result<(serde_json::Value, Waiting), WebauthnError> {
    let known: Vec<_> = known.iter().filter_map(id_of).collect();
    let (asked, state) = party.start_passkey_registration(
        handle(account),
        account.email.as_str(),
        &account.name,
        Some(known),
    )?;
    let mut options = json(&asked)?;
    // A key that the device can find by itself signs in without an address being typed.
    options["publicKey"]["authenticatorSelection"]["residentKey"] = "preferred".into();
    let state = Box::new(state);
    let account = account.id.0;
    Ok((options, Waiting::New { account, state }))
}

/// Reads the new key out of an answer.
pub(crate) fn made(
    party: &Webauthn,
    state: &PasskeyRegistration,
    answer: &str,
) -> Result<Made, WebauthnError> {
    let answer: RegisterPublicKeyCredential = read(answer)?;
    let key = party.finish_passkey_registration(&answer, state)?;
    Ok(Made {
        credential: name_of(key.cred_id()),
        key: text(&key)?,
    })
}

/// Asks for a proof: by one of `known`, or, where there are none, by any key that the device has.
pub(crate) fn ask_proof(
    party: &Webauthn,
    known: &[Key],
) -> Result<(serde_json::Value, Waiting), WebauthnError> {
    let (asked, state) = party.start_discoverable_authentication()?;
    let mut options = json(&asked)?;
    let allowed = known
        .iter()
        .map(|key| serde_json::json!({ "type": "public-key", "id": key.credential }));
    options["publicKey"]["allowCredentials"] = allowed.collect();
    let state = Box::new(state);
    Ok((options, Waiting::Proof { state }))
}

/// The answer to a question for proof, and the key it names.
pub(crate) fn answered(answer: &str) -> Result<(PublicKeyCredential, String), WebauthnError> {
    let answer: PublicKeyCredential = read(answer)?;
    let credential = name_of(answer.get_credential_id());
    Ok((answer, credential))
}

/// Whether an answer is right; the key with its counters moved on, where they moved.
pub(crate) fn proved(
    party: &Webauthn,
    state: DiscoverableAuthentication,
    answer: &PublicKeyCredential,
    key: &Key,
) -> Result<String, WebauthnError> {
    let mut kept: Passkey = read(&key.key)?;
    let result: AuthenticationResult = party.finish_discoverable_authentication_v2(answer, state, &kept)?;
    if !result.user_verified() {
        return Err(WebauthnError::UserNotVerified);
    }
    kept.update_credential(&result);
    text(&kept)
}

fn json<T: Serialize>(value: &T) -> Result<serde_json::Value, WebauthnError> {
    serde_json::to_value(value).map_err(WebauthnError::ParseJSONFailure)
}

fn text<T: Serialize>(value: &T) -> Result<String, WebauthnError> {
    serde_json::to_string(value).map_err(WebauthnError::ParseJSONFailure)
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, WebauthnError> {
    serde_json::from_str(text).map_err(WebauthnError::ParseJSONFailure)
}
