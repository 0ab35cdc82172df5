//! Passwords and PINs, hashed with argon2id (19 MiB, two passes).
//!
//! Hashing is slow on purpose: the `_off` forms run it on a thread for blocking work. At most
//! [`AT_ONCE`] run together, so that a crowd at the door does not eat the memory.

use std::sync::OnceLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use sea_orm::DbErr;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::no_secret;

/// Hashes computed at one time, 19 MiB each.
const AT_ONCE: usize = 4;
static DOOR: Semaphore = Semaphore::const_new(AT_ONCE);

/// The hash to keep, with its salt and its parameters.
///
/// # Errors
/// When the system has no randomness.
pub fn hash(secret: &str) -> Result<String, DbErr> {
    let hash = Argon2::default()
        .hash_password(secret.as_bytes())
        .map_err(no_secret)?;
    Ok(hash.to_string())
}

/// Whether a secret is the one of a hash. Without a hash it takes as long, and says no: an unknown
/// e-mail must not answer sooner than a wrong password.
#[must_use]
pub fn verify(secret: &str, hash: Option<&str>) -> bool {
    static NOBODY: OnceLock<Option<String>> = OnceLock::new();
    let nobody = || {
        NOBODY
            .get_or_init(|| self::hash("nobody's").ok())
            .as_deref()
    };
    let Some(against) = hash.or_else(nobody) else {
        return false;
    };
    let matches = PasswordHash::new(against).is_ok_and(|parsed| {
        Argon2::default()
            .verify_password(secret.as_bytes(), &parsed)
            .is_ok()
    });
    matches && hash.is_some()
}

/// [`hash`] away from the threads that answer requests.
///
/// # Errors
/// As there.
pub async fn hash_off(secret: String) -> Result<String, DbErr> {
    let _turn = DOOR.acquire().await.map_err(no_secret)?;
    spawn_blocking(move || hash(&secret))
        .await
        .map_err(no_secret)?
}

/// [`verify`] away from the threads that answer requests.
///
/// # Errors
/// When the thread could not run.
pub async fn verify_off(secret: String, hash: Option<String>) -> Result<bool, DbErr> {
    let _turn = DOOR.acquire().await.map_err(no_secret)?;
    spawn_blocking(move || verify(&secret, hash.as_deref()))
        .await
        .map_err(no_secret)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;

    #[test]
    fn a_secret_is_verified_against_its_hash_only() {
        let hash = hash("una frase lunga").unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(verify("una frase lunga", Some(&hash)));
        assert!(!verify("una frase corta", Some(&hash)));
        assert!(!verify("nobody's", None));
        assert!(!verify("una frase lunga", Some("damaged")));
    }
}
