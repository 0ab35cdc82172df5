//! A new card before it is somebody's.

use sea_orm::DbErr;

use crate::citizens::vault::{Purpose, Vault};
use crate::domain::ids::CardId;

use super::code::{new_code, new_pin};
use super::password;

/// A card that is nobody's yet. Its PIN takes long to hash: that is done before the transaction.
#[derive(Clone)]
pub struct Blank {
    pub(super) id: CardId,
    pub(super) code: String,
    pub(super) pin: String,
    pub(super) pin_hash: String,
    pub(super) code_digest: Vec<u8>,
    pub(super) code_sealed: Vec<u8>,
}

impl Blank {
    /// A new one.
    ///
    /// # Errors
    /// [`DbErr::Custom`] where the system has no random numbers.
    pub async fn new(vault: &Vault) -> Result<Self, DbErr> {
        let (code, pin) = (new_code()?, new_pin()?);
        let pin_hash = password::hash_off(pin.clone()).await?;
        let id = CardId::new();
        Ok(Self {
            id,
            pin,
            pin_hash,
            code_digest: vault.digest(Purpose::Card, &code),
            code_sealed: vault.seal(Purpose::Card, id.0, &code)?,
            code,
        })
    }
}
