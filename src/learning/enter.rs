//! Entering with what was learned before entering: a guest's progress moves to the person they
//! turn out to be, in the transaction that opens the session.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter,
};
use thiserror::Error;
use time::OffsetDateTime;

use crate::accounts::card::{Holder, Tried};
use crate::accounts::{
    Entry, Identified, Opened, Screen, SignInError, SigningKey, card, session, trail,
};
use crate::citizens::Vault;
use crate::db::entities::{attempts, completions, learners, lesson_reads};
use crate::db::{self, Db};
use crate::domain::ids::LearnerId;

use super::LearningError;
use super::attempt::open_one;
use super::completion::{count_pending_in, of_module_in};
use super::finish::close_in;

/// What it takes to let somebody in.
#[derive(Clone, Copy)]
pub struct Door<'a> {
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
    /// Their progress could not be moved along, so nothing was done.
    #[error(transparent)]
    Learning(#[from] LearningError),
    /// The database's.
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// Opens a session for the citizen of a card; a guest's progress moves along.
///
/// # Errors
/// [`EnterError::SignIn`] where card or PIN are wrong, or the card is locked.
pub async fn with_card(
    door: Door<'_>,
    tried: Tried<'_>,
    mut entry: Entry,
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
        let opened = session::open_for_citizen_in(tx, &key, citizen, &entry, now).await?;
        adopt_in(tx, entry.guest, opened.viewer.learner, now).await?;
        Ok(opened)
    })
    .await
}

/// Opens a session for a member of the staff whose password was right, with a code of their second
/// factor if they have one; a guest's progress moves along.
///
/// # Errors
/// [`EnterError::SignIn`] where the code is missing or wrong, where they may no longer enter, and
/// for a program where a second factor has to be set up first.
pub async fn with_password(
    door: Door<'_>,
    who: Identified,
    code: Option<&str>,
    entry: Entry,
    now: OffsetDateTime,
) -> Result<Opened, EnterError> {
    let (key, vault) = (door.key.clone(), door.vault.clone());
    let (code, account) = (code.map(str::to_owned), who.account);
    let opened = db::write(door.db, async move |tx| {
        session::admit_in(tx, &vault, &who, code.as_deref(), now).await?;
        let opened = session::open_for_account_in(tx, &key, who.account, &entry, now).await?;
        if opened.viewer.limited && entry.screen == Screen::Program {
            return Err(SignInError::SetUp.into());
        }
        adopt_in(tx, entry.guest, opened.viewer.learner, now).await?;
        Ok(opened)
    })
    .await;
    if matches!(opened, Err(EnterError::SignIn(SignInError::Code))) {
        trail::code_failed(door.db, account, now).await?;
    }
    opened
}

/// Moves everything a guest learned to a person's learner, and counts what can be counted now.
///
/// What the person already had stands: a lesson read, a completion. Where both have an attempt
/// under way at the same quiz, the person's older one is closed as it stands and the guest's, the
/// one in their hands, goes on. Again, it changes nothing; somebody who is not a guest is left
/// alone.
async fn adopt_in(
    tx: &DatabaseTransaction,
    guest: Option<LearnerId>,
    person: LearnerId,
    now: OffsetDateTime,
) -> Result<(), LearningError> {
    let Some(guest) = guest else { return Ok(()) };
    let Some(row) = learners::Entity::find_by_id(guest).one(tx).await? else {
        return Ok(());
    };
    let nobody = row.citizen_id.is_none() && row.account_id.is_none() && row.moved_to.is_none();
    if !nobody || guest == person {
        return Ok(());
    }
    move_reads(tx, guest, person).await?;
    move_attempts(tx, guest, person, now).await?;
    move_completions(tx, guest, person).await?;
    let mut row = row.into_active_model();
    row.moved_to = Set(Some(person));
    row.update(tx).await?;
    count_pending_in(tx, person, now).await
}

async fn move_reads(
    tx: &DatabaseTransaction,
    guest: LearnerId,
    person: LearnerId,
) -> Result<(), LearningError> {
    let reads = lesson_reads::Entity::find()
        .filter(lesson_reads::Column::LearnerId.eq(guest))
        .all(tx)
        .await?;
    for read in reads {
        let mut read = read.into_active_model().reset_all();
        read.learner_id = Set(person);
        db::insert_new(tx, read).await?;
    }
    lesson_reads::Entity::delete_many()
        .filter(lesson_reads::Column::LearnerId.eq(guest))
        .exec(tx)
        .await?;
    Ok(())
}

async fn move_attempts(
    tx: &DatabaseTransaction,
    guest: LearnerId,
    person: LearnerId,
    now: OffsetDateTime,
) -> Result<(), LearningError> {
    let under_way = attempts::Entity::find()
        .filter(attempts::Column::LearnerId.eq(guest))
        .filter(attempts::Column::FinishedAt.is_null())
        .all(tx)
        .await?;
    for attempt in under_way {
        if let Some(older) = open_one(tx, person, &attempt.module).await? {
            close_in(tx, older, now).await?;
        }
    }
    attempts::Entity::update_many()
        .col_expr(attempts::Column::LearnerId, Expr::value(person))
        .filter(attempts::Column::LearnerId.eq(guest))
        .exec(tx)
        .await?;
    Ok(())
}

async fn move_completions(
    tx: &DatabaseTransaction,
    guest: LearnerId,
    person: LearnerId,
) -> Result<(), LearningError> {
    let done = completions::Entity::find()
        .filter(completions::Column::LearnerId.eq(guest))
        .all(tx)
        .await?;
    for completion in done {
        if of_module_in(tx, person, &completion.module)
            .await?
            .is_none()
        {
            let mut row = completion.into_active_model();
            row.learner_id = Set(person);
            row.update(tx).await?;
        }
    }
    Ok(())
}
