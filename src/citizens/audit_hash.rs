//! The hash by which auditors ask for somebody: the SHA-256 of the codice fiscale, as Facilita keeps
//! it. It is made from the sealed code whenever somebody asks, and kept, sealed, only of a record
//! that is erased.

use aws_lc_rs::digest::{SHA256, digest};

use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::ids::CitizenId;

use super::vault::{Purpose, Sealed, Vault};

/// The SHA-256 of a codice fiscale in capital letters.
pub type Hash = [u8; 32];

/// The SHA-256 of a code, as Facilita makes it.
#[must_use]
pub fn made(code: &str) -> Hash {
    let mut hash = [0; 32];
    let made = digest(&SHA256, code.to_ascii_uppercase().as_bytes());
    for (byte, made) in hash.iter_mut().zip(made.as_ref()) {
        *byte = *made;
    }
    hash
}

/// The hash of a code as it is written, and of its plain form where that is another.
///
/// # Errors
/// Where it does not open.
pub fn of_sealed(vault: &Vault, id: CitizenId, sealed: &[u8]) -> Result<[Option<Hash>; 2], Sealed> {
    let code = vault.open(Purpose::CodiceFiscale, id.0, sealed)?;
    let plain = CodiceFiscale::parse(&code)
        .ok()
        .map(|code| code.canonical());
    let plain = plain.filter(|plain| plain.as_str() != code);
    Ok([Some(made(&code)), plain.map(|plain| made(plain.as_str()))])
}

/// What is kept of a sealed code when its record is erased: its hashes, sealed.
///
/// # Errors
/// Where it does not open.
pub fn keep_hashes(vault: &Vault, id: CitizenId, sealed: &[u8]) -> Result<Vec<u8>, Sealed> {
    let hashes = of_sealed(vault, id, sealed)?;
    let hashes: Vec<_> = hashes.iter().flatten().map(hexadecimal).collect();
    vault.seal(Purpose::AuditHashes, id.0, &hashes.join(" "))
}

/// The hashes that [`keep_hashes`] sealed, that of the code as it was written first.
///
/// # Errors
/// Where they do not open.
pub fn kept_hashes(vault: &Vault, id: CitizenId, sealed: &[u8]) -> Result<Vec<Hash>, Sealed> {
    let text = vault.open(Purpose::AuditHashes, id.0, sealed)?;
    let hashes = text.split(' ');
    Ok(hashes.filter_map(|one| parse(one.as_bytes())).collect())
}

/// The hash that 64 hexadecimal digits are.
#[must_use]
pub fn parse(text: &[u8]) -> Option<Hash> {
    let digit = |byte: u8| {
        char::from(byte)
            .to_digit(16)
            .and_then(|d| u8::try_from(d).ok())
    };
    let (pairs, rest) = text.as_chunks::<2>();
    if !rest.is_empty() || pairs.len() != 32 {
        return None;
    }
    let mut hash = [0; 32];
    for (byte, [high, low]) in hash.iter_mut().zip(pairs) {
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(hash)
}

/// In hexadecimal, as Facilita writes it.
#[must_use]
pub fn hexadecimal(hash: &Hash) -> String {
    hash.iter().map(|byte| format!("{byte:02X}")).collect()
}
