//! Passwords: what is accepted, and how they are kept (Argon2id).

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

/// Fewest letters (NIST SP 800-63B-4 asks for 8 beside a second proof, 15 without one).
pub const FEWEST: usize = 12;
/// Most letters: more costs time and protects nobody better.
pub const MOST: usize = 256;
/// Words that guessers of this country and this trade try first, besides the lists of zxcvbn.
const LOCAL_WORDS: &[&str] = &[
    "matkhau",
    "phapluat",
    "pholuat",
    "tuphap",
    "sotuphap",
    "vietnam",
    "chinhphu",
    "canbo",
    "congchuc",
    "ubnd",
    "hanoi",
    "saigon",
    "anhyeuem",
    "emyeuanh",
    "giadinh",
    "matkhaumoi",
    "quantri",
    "chuyenvien",
    "hoabinh",
];
/// Each computation takes 19 MiB and tens of milliseconds: never more at once than cores.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// Why a password is not accepted. The text is a sentence for the person who chose it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weak {
    /// Too short.
    #[error("Mật khẩu cần ít nhất 12 ký tự. Nên dùng một câu ngắn dễ nhớ, có dấu cách.")]
    Short,
    /// Too long.
    #[error("Mật khẩu dài quá 256 ký tự. Xin chọn mật khẩu ngắn hơn.")]
    Long,
    /// Known from leaks, or guessed quickly.
    #[error(
        "Mật khẩu này nằm trong danh sách đã bị lộ hoặc quá dễ đoán. Xin chọn một câu khác, ghép vài từ không liên quan với nhau."
    )]
    Guessable,
}

/// Whether a password is good enough; `about` is what a guesser knows of the person (name, e-mail).
///
/// # Errors
/// Why not.
pub fn check(password: &str, about: &[&str]) -> Result<(), Weak> {
    let letters = password.chars().count();
    if letters < FEWEST {
        return Err(Weak::Short);
    }
    if letters > MOST {
        return Err(Weak::Long);
    }
    // Guessers fold marks away; zxcvbn looks at the first hundred letters only, which is enough.
    let folded = viet::fold(password);
    let known: Vec<String> = about.iter().map(|word| viet::fold(word)).collect();
    let joined: Vec<String> = known
        .iter()
        .map(|word| word.split_whitespace().collect())
        .collect();
    let parts = known
        .iter()
        .flat_map(|word| word.split(|c: char| !c.is_alphanumeric()));
    let inputs: Vec<&str> = parts
        .chain(joined.iter().map(String::as_str))
        .filter(|part| part.len() > 2)
        .chain(LOCAL_WORDS.iter().copied())
        .collect();
    let shortened: String = folded.chars().filter(|c| !c.is_whitespace()).take(100).collect();
    let score = zxcvbn::zxcvbn(&shortened, &inputs).score();
    if score < zxcvbn::Score::Three {
        return Err(Weak::Guessable);
    }
    Ok(())
}

/// Argon2id with 19 MiB, two passes, one lane (OWASP Password Storage, first choice).
fn argon2() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The PHC string to keep; `None` where this machine gives no random bytes or no memory.
pub async fn hash(password: String) -> Option<String> {
    computed(move || {
        let hash = argon2().hash_password(password.as_bytes());
        hash.ok().map(|hash| hash.to_string())
    })
    .await
    .flatten()
}

/// Whether the password belongs to the hash. Without an account (`None`) or a password the same time is spent,
/// so that nobody learns which addresses have accounts.
pub async fn verify(password: String, kept: Option<String>) -> bool {
    computed(move || {
        let kept = kept.as_deref().and_then(|kept| PasswordHash::new(kept).ok());
        match kept {
            Some(hash) => argon2().verify_password(password.as_bytes(), &hash).is_ok(),
            None => argon2().hash_password(password.as_bytes()).is_err(),
        }
    })
    .await
    .unwrap_or(false)
}

async fn computed<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let _place = AT_ONCE.acquire().await.ok()?;
    tokio::task::spawn_blocking(work).await.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_guessed_first_is_refused() {
        let about = ["Nguyễn Thị Thu Hà", "thuha@sotuphap.example.vn"];
        for (password, verdict) in [
            ("ngắn quá", Err(Weak::Short)),
            ("matkhau12345", Err(Weak::Guessable)),
            ("mật khẩu 12345", Err(Weak::Guessable)),
            ("password123456", Err(Weak::Guessable)),
            ("sotuphap2026", Err(Weak::Guessable)),
            ("nguyenthithuha", Err(Weak::Guessable)),
            ("aaaaaaaaaaaaaaaa", Err(Weak::Guessable)),
            ("thuyền giấy vượt bảy con mưa", Ok(())),
            ("Trâu-đen-leo-cột-điện-7", Ok(())),
        ] {
            assert_eq!(check(password, &about), verdict, "{password}");
        }
        assert_eq!(check(&"đ".repeat(257), &[]), Err(Weak::Long));
    }

    #[tokio::test]
    async fn a_hash_knows_its_password() {
        let hash = hash("thuyền giấy vượt bảy con mưa".into()).await.expect("a hash");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(verify("thuyền giấy vượt bảy con mưa".into(), Some(hash.clone())).await);
        assert!(!verify("thuyền giấy vượt bảy con mua".into(), Some(hash)).await);
        assert!(!verify("gì cũng sai".into(), None).await);
        assert!(!verify("gì cũng sai".into(), Some("không phải mã băm".into())).await);
    }
}
