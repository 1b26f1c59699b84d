//! Codes of an authenticator app (TOTP, RFC 6238: SHA-1, six digits, thirty seconds).

use totp_rs::{Builder, Secret, Totp};

/// A new secret, as base 32 text.
#[must_use]
pub fn fresh_secret() -> String {
    Secret::generate().to_base32()
}

/// The app's view of a secret; `None` where the text is no secret.
fn totp(secret: &str, account: &str, issuer: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret).ok()?;
    // A colon divides issuer and account in the address.
    let issuer = issuer.replace(':', " ");
    let built = Builder::new()
        .with_secret(secret)
        .with_skew(1)
        .with_account_name(account.replace(':', " "))
        .with_issuer(Some(issuer))
        .build();
    built.ok()
}

/// The address that an app reads from the picture.
#[must_use]
pub fn address(secret: &str, account: &str, issuer: &str) -> Option<String> {
    totp(secret, account, issuer)?.to_url().ok()
}

/// The step of time to which a code belongs, if it is right now (give or take half a minute) and
/// later than the last step that was used: a code is good once.
#[must_use]
pub fn step(secret: &str, code: &str, now_seconds: i64, last: i64) -> Option<i64> {
    let code: String = code.chars().filter(char::is_ascii_digit).collect();
    if code.len() != 6 {
        return None;
    }
    let now = u64::try_from(now_seconds).ok()?;
    let step = totp(secret, "x", "x")?.check(&code, now)?;
    i64::try_from(step).ok().filter(|step| *step > last)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    /// RFC 6238, appendix B, cut to six digits.
    #[test]
    fn codes_of_the_standard() {
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            let step = step(SECRET, code, seconds, 0);
            assert_eq!(step, Some(seconds / 30), "{seconds}");
        }
    }

    #[test]
    fn a_code_is_good_once_and_for_a_short_time() {
        assert_eq!(step(SECRET, "287 082", 59, 0), Some(1));
        assert_eq!(step(SECRET, "287082", 59, 1), None);
        assert_eq!(step(SECRET, "287082", 89, 0), Some(1));
        assert_eq!(step(SECRET, "287082", 120, 0), None);
        for wrong in ["", "28708", "2870822", "đđđđđđ"] {
            assert_eq!(step(SECRET, wrong, 59, 0), None);
        }
        assert_eq!(step("không phải mã", "287082", 59, 0), None);
    }

    #[test]
    fn the_address_names_portal_and_person() {
        let address = address(&fresh_secret(), "ha@stp.example.vn", "Phổ Luật: tỉnh").expect("an address");
        assert!(address.starts_with("otpauth://totp/"), "{address}");
        assert!(address.contains("ha%40stp.example.vn"), "{address}");
    }
}
