//! What hides codici fiscali and card codes: a keyed digest to find them, a seal to read them back.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::hmac;
use sea_orm::DbErr;
use thiserror::Error;
use uuid::Uuid;

use crate::db::audit::seal::Sealer;
use crate::domain::codice_fiscale::CodiceFiscale;

/// The form of sealed values; a later one can change the algorithm.
const FORM: u8 = 1;

/// The two keys, ready for use; cloning is cheap.
#[derive(Clone)]
pub struct Vault(Arc<Keys>);

struct Keys {
    digest: hmac::Key,
    seal: RandomizedNonceKey,
}

/// A value that cannot be sealed, or not opened with this key: the wrong key file, or a damaged
/// database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a sealed value does not open with the seal key in use")]
pub struct Sealed;

impl From<Sealed> for DbErr {
    fn from(error: Sealed) -> Self {
        Self::Custom(error.to_string())
    }
}

/// What a value is, so that one cannot stand for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A codice fiscale.
    CodiceFiscale,
    /// The hashes by which auditors ask for somebody whose record is erased.
    AuditHashes,
    /// The code of an access card.
    Card,
    /// The net of an address.
    Address,
    /// A file for Facilita.
    FacilitaFile,
    /// What Facilita reported of a file.
    FacilitaReport,
    /// The mark that tells an installation's keys from others.
    KeyMark,
    /// The secret of a second factor.
    SecondFactor,
    /// A code that stands for a second factor once.
    RecoveryCode,
    /// Where an account was entered from.
    Place,
    /// The end of the audit, and its checkpoints.
    Audit,
}

impl Purpose {
    const fn name(self) -> &'static str {
        match self {
            Self::CodiceFiscale => "codice-fiscale",
            Self::AuditHashes => "audit-hashes",
            Self::Card => "card",
            Self::Address => "address",
            Self::FacilitaFile => "facilita-file",
            Self::FacilitaReport => "facilita-report",
            Self::KeyMark => "key-mark",
            Self::SecondFactor => "second-factor",
            Self::RecoveryCode => "recovery-code",
            Self::Place => "place",
            Self::Audit => "audit",
        }
    }
}

impl Vault {
    /// A vault of two keys. Losing the first makes people unfindable, losing the second makes
    /// their codes unreadable.
    ///
    /// # Errors
    /// When the library refuses the seal key.
    pub fn new(digest: &[u8; 32], seal: &[u8; 32]) -> Result<Self, Sealed> {
        let digest = hmac::Key::new(hmac::HMAC_SHA256, digest);
        let seal = RandomizedNonceKey::new(&AES_256_GCM, seal).map_err(|_| Sealed)?;
        Ok(Self(Arc::new(Keys { digest, seal })))
    }

    /// The digest that finds a codice fiscale: of its canonical form, so that every form under
    /// omocodia finds the same person.
    #[must_use]
    pub fn find_by(&self, code: &CodiceFiscale) -> Vec<u8> {
        self.digest(Purpose::CodiceFiscale, code.canonical().as_str())
    }

    /// The digest of a text; without the key, nobody can make it from a guess.
    #[must_use]
    pub fn digest(&self, purpose: Purpose, text: &str) -> Vec<u8> {
        self.sign(purpose, text.as_bytes())
    }

    /// What seals the audit: nobody who has the database alone can do it.
    #[must_use]
    pub fn audit_sealer(&self) -> Sealer {
        let vault = self.clone();
        Sealer::new(move |bytes| vault.sign(Purpose::Audit, bytes))
    }

    fn sign(&self, purpose: Purpose, bytes: &[u8]) -> Vec<u8> {
        let mut context = hmac::Context::with_key(&self.0.digest);
        context.update(purpose.name().as_bytes());
        context.update(&[0]);
        context.update(bytes);
        context.sign().as_ref().to_vec()
    }

    /// Seals a text for one row of a table; it does not open for another row.
    ///
    /// # Errors
    /// When the library refuses.
    pub fn seal(&self, purpose: Purpose, row: Uuid, text: &str) -> Result<Vec<u8>, Sealed> {
        let mut hidden = text.as_bytes().to_vec();
        let nonce = self
            .0
            .seal
            .seal_in_place_append_tag(about(purpose, row), &mut hidden)
            .map_err(|_| Sealed)?;
        let mut sealed = vec![FORM];
        sealed.extend_from_slice(nonce.as_ref());
        sealed.append(&mut hidden);
        Ok(sealed)
    }

    /// Opens what [`seal`](Self::seal) sealed for the same row.
    ///
    /// # Errors
    /// When it was sealed with another key, for another row, or is damaged.
    pub fn open(&self, purpose: Purpose, row: Uuid, sealed: &[u8]) -> Result<String, Sealed> {
        let (form, rest) = sealed.split_first().ok_or(Sealed)?;
        let (nonce, hidden) = rest.split_at_checked(NONCE_LEN).ok_or(Sealed)?;
        if *form != FORM {
            return Err(Sealed);
        }
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| Sealed)?;
        let mut hidden = hidden.to_vec();
        let text = self
            .0
            .seal
            .open_in_place(nonce, about(purpose, row), &mut hidden)
            .map_err(|_| Sealed)?;
        String::from_utf8(text.to_vec()).map_err(|_| Sealed)
    }
}

fn about(purpose: Purpose, row: Uuid) -> Aad<String> {
    Aad::from(format!("{}:{row}", purpose.name()))
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault")
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;

    #[test]
    fn a_sealed_value_opens_only_for_its_row_and_with_its_key() {
        let vault = Vault::new(&[1; 32], &[2; 32]).unwrap();
        let row = Uuid::now_v7();
        let sealed = vault
            .seal(Purpose::CodiceFiscale, row, "RSSMRA85M01H501Q")
            .unwrap();
        let again = vault
            .seal(Purpose::CodiceFiscale, row, "RSSMRA85M01H501Q")
            .unwrap();
        assert_ne!(sealed, again, "equal codes must not look equal");
        assert!(!sealed.windows(3).any(|part| part == b"RSS"));
        let open = |vault: &Vault, row| vault.open(Purpose::CodiceFiscale, row, &sealed);
        assert_eq!(open(&vault, row).unwrap(), "RSSMRA85M01H501Q");
        assert_eq!(open(&vault, Uuid::now_v7()), Err(Sealed));
        assert_eq!(vault.open(Purpose::Card, row, &sealed), Err(Sealed));
        assert_eq!(
            open(&Vault::new(&[1; 32], &[3; 32]).unwrap(), row),
            Err(Sealed)
        );
        assert_eq!(vault.open(Purpose::Card, row, &[]), Err(Sealed));
    }

    #[test]
    fn every_form_of_a_code_is_found_by_one_digest() {
        let vault = Vault::new(&[1; 32], &[2; 32]).unwrap();
        let plain = CodiceFiscale::parse("RSSMRA85M01H501Q").unwrap();
        let form = CodiceFiscale::invented("RSSMRA85M01H50M").unwrap();
        assert_eq!(vault.find_by(&plain), vault.find_by(&form));
        let other = Vault::new(&[9; 32], &[2; 32]).unwrap();
        assert_ne!(vault.find_by(&plain), other.find_by(&plain));
    }
}
