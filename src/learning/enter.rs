//! Entering. What a guest learned before is asked about, in the transaction that opens the session
//! (see [`takeover`]).

use sea_orm::DbErr;
use thiserror::Error;
use time::OffsetDateTime;

use crate::accounts::card::{CardTry, Holder};
use crate::accounts::{
    Identified, Opened, Screen, SignInError, SigningKey, WayIn, card, session, trail,
};
use crate::citizens::Vault;
use crate::db::{self, Db};

use super::{LearningError, takeover};

/// What it takes to let somebody in.
#[derive(Clone, Copy)]
pub struct EnterDoor<'a> {
    /// The database.
    pub db: &'a Db,
    /// Finds cards.
    pub vault: &'a Vault,
    /// Signs tokens.
    pub key: &'a SigningKey,
}

/// Why somebody did not enter.
#[derive(Debug, Error)]
pub enum EnterError {
    /// They were not let in.
    #[error(transparent)]
    SignIn(#[from] SignInError),
    /// What was learned before could not be settled, so nothing was done.
    #[error(transparent)]
    Learning(#[from] LearningError),
    /// The database's.
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// Opens a session for the citizen of a card, and settles what a guest learned before.
///
/// # Errors
/// [`EnterError::SignIn`] where card or PIN are wrong, or the card is locked.
pub async fn with_card(
    door: EnterDoor<'_>,
    tried: CardTry<'_>,
    mut entry: WayIn,
    now: OffsetDateTime,
) -> Result<Opened, EnterError> {
    let Holder { citizen, card } = card::verify(door.db, door.vault, tried, now).await?;
    let key = door.key.clone();
    db::write(door.db, async move |tx| {
        // It may have been stopped since its PIN was compared.
        if !card::works_in(tx, card).await? {
            return Err(SignInError::Wrong.into());
        }
        entry.card = Some(card);
        let mut opened = session::open_for_citizen_in(tx, &key, citizen, &entry, now).await?;
        let (guest, replaces) = (entry.guest, entry.replaces);
        Box::pin(takeover::enter_in(
            tx,
            guest,
            replaces,
            &mut opened.viewer,
            now,
        ))
        .await?;
        Ok(opened)
    })
    .await
}

/// Opens a session for a member of the staff whose password was right, with a code of their second
/// factor if they have one, and settles what a guest learned before.
///
/// # Errors
/// [`EnterError::SignIn`] where the code is missing or wrong, where they may no longer enter, and
/// for a program where a second factor has to be set up first.
pub async fn with_password(
    door: EnterDoor<'_>,
    who: Identified,
    code: Option<&str>,
    entry: WayIn,
    now: OffsetDateTime,
) -> Result<Opened, EnterError> {
    let (key, vault) = (door.key.clone(), door.vault.clone());
    let (code, account) = (code.map(str::to_owned), who.account);
    let opened = db::write(door.db, async move |tx| {
        session::admit_in(tx, &vault, &who, code.as_deref(), now).await?;
        let mut opened = session::open_for_account_in(tx, &key, who.account, &entry, now).await?;
        if opened.viewer.limited && entry.screen == Screen::Program {
            return Err(SignInError::SetUp.into());
        }
        let (guest, replaces) = (entry.guest, entry.replaces);
        Box::pin(takeover::enter_in(
            tx,
            guest,
            replaces,
            &mut opened.viewer,
            now,
        ))
        .await?;
        Ok(opened)
    })
    .await;
    if matches!(opened, Err(EnterError::SignIn(SignInError::Code))) {
        trail::code_failed(door.db, account, now).await?;
    }
    opened
}
