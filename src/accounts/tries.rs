//! How often a card's PIN may be tried: by card and address, and by address whatever the card.
//!
//! A card has a count for each address it was opened from in the last months, its usual ones, and
//! one count for all other addresses together: a thousand of them get no more tries than one, and
//! what they use up does not keep its owner out of the usual ones. After five wrong PINs a count
//! waits, longer after each further one; after thirty it stays shut until the desk opens it.
//! A right PIN ends the wait. At a usual address it clears the count; elsewhere it takes only five
//! away, or whoever guesses would begin anew with each day the owner enters.
//!
//! An address has so many wrong PINs a day for all cards together, and more for the cards that are
//! usual there. That is the whole address and not its net: a provider gives one net to hundreds of
//! people, and one of them would keep the others out. What is usual for a card is the net, since
//! a provider also gives the same person another address each day.
//!
//! Codes that no card has are counted in the same way, so that the answers tell nothing. Addresses
//! and nets are kept as keyed digests.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QuerySelect};
use time::{Duration, OffsetDateTime};

use crate::citizens::vault::{Purpose, Vault};
use crate::db::entities::{address_tries, card_tries};
use crate::db::{insert_new, instant};
use crate::domain::calendar::rome_day;

use super::SignInError;

/// Wrong PINs at a count before the first wait.
pub const FREE: i32 = 5;
/// Wrong PINs at a count after which the desk is asked.
pub const DESK: i32 = 30;
/// Wrong PINs in a day from one address, at cards that were never opened there: a class of thirty
/// people who each type theirs wrong once, twice over.
pub const NEW_A_DAY: i32 = 60;
/// The same, at cards that are usual there.
pub const USUAL_A_DAY: i32 = 200;
/// How long an address stays usual for a card that is not opened there.
pub const USUAL: Duration = Duration::days(180);
/// The place of the count of all addresses that are not usual.
pub const ELSEWHERE: &[u8] = &[];

/// Where a try comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TryOrigin {
    /// What may be usual for a card.
    net: Vec<u8>,
    /// What has so many tries a day.
    address: Vec<u8>,
    /// A program on this machine, or a proxy that does not say for whom it asks: that is not one
    /// address, and has no bound of its own.
    local: bool,
}

impl TryOrigin {
    /// The place of an address and its net, as texts.
    #[must_use]
    pub fn of(vault: &Vault, net: &str, address: &str, local: bool) -> Self {
        Self {
            net: vault.digest(Purpose::Address, net),
            address: vault.digest(Purpose::Address, address),
            local,
        }
    }
}

/// A try that may be judged. It is counted already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TryTurn {
    usual: bool,
    /// How long an address would wait where the card was never opened: what a wrong PIN is told, or
    /// the answer would say that the card is known here.
    pub(super) wait_elsewhere: Option<Duration>,
}

/// Counts a try before it is judged, so that many at once are no more than many in a row.
///
/// # Errors
/// [`SignInError::Locked`] where it may not be judged; then it is not counted either.
pub async fn take(
    tx: &DatabaseTransaction,
    code: &[u8],
    place: &TryOrigin,
    now: OffsetDateTime,
) -> Result<TryTurn, SignInError> {
    let today = rome_day(now);
    let usual = spot(code, &place.net).one(tx).await?;
    let usual = usual
        .and_then(|row| row.right_on)
        .is_some_and(|day| today - day <= USUAL);
    let at = if usual { &place.net } else { ELSEWHERE };
    let row = locked(tx, code, at, now).await?;
    if let Some(wait) = shut(&row, now) {
        return Err(SignInError::Locked { wait });
    }
    let wait_elsewhere = match usual {
        true => elsewhere(tx, code, place, now).await?,
        false => None,
    };
    if !place.local {
        spend(tx, place, usual, now).await?;
    }
    let failures = row.failures + 1;
    let wait = wait(failures);
    let change = card_tries::ActiveModel {
        failures: Set(failures),
        locked_until: Set((wait > Duration::ZERO).then(|| instant(now + wait))),
        tried_on: Set(today),
        ..Default::default()
    };
    update(tx, code, at, change).await?;
    Ok(TryTurn {
        usual,
        wait_elsewhere,
    })
}

/// The PIN was right: the try does not count, and the address is a usual one from now on.
///
/// # Errors
/// The database's.
pub async fn right(
    tx: &DatabaseTransaction,
    code: &[u8],
    place: &TryOrigin,
    turn: TryTurn,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    if !turn.usual {
        let row = locked(tx, code, ELSEWHERE, now).await?;
        let change = card_tries::ActiveModel {
            failures: Set((row.failures - 1 - FREE).max(0)),
            locked_until: Set(None),
            ..Default::default()
        };
        update(tx, code, ELSEWHERE, change).await?;
    }
    welcome(tx, code, place, now).await?;
    if !place.local {
        give_back(tx, place, turn.usual, now).await?;
    }
    Ok(())
}

/// Makes a net a usual one for a card.
///
/// # Errors
/// The database's.
pub async fn welcome(
    tx: &DatabaseTransaction,
    code: &[u8],
    place: &TryOrigin,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    locked(tx, code, &place.net, now).await?;
    let today = rome_day(now);
    let change = card_tries::ActiveModel {
        failures: Set(0),
        locked_until: Set(None),
        tried_on: Set(today),
        right_on: Set(Some(today)),
        ..Default::default()
    };
    update(tx, code, &place.net, change).await
}

/// Whether a card waits for the desk somewhere.
///
/// # Errors
/// The database's.
pub async fn asks_the_desk(db: &impl sea_orm::ConnectionTrait, code: &[u8]) -> Result<bool, DbErr> {
    let row = card_tries::Entity::find()
        .filter(card_tries::Column::CodeDigest.eq(code.to_vec()))
        .filter(card_tries::Column::Failures.gte(DESK))
        .one(db)
        .await?;
    Ok(row.is_some())
}

/// Clears a card's counts: the desk has spoken with its owner.
///
/// # Errors
/// The database's.
pub async fn clear(tx: &DatabaseTransaction, code: &[u8]) -> Result<(), DbErr> {
    let change = card_tries::ActiveModel {
        failures: Set(0),
        locked_until: Set(None),
        ..Default::default()
    };
    card_tries::Entity::update_many()
        .set(change)
        .filter(card_tries::Column::CodeDigest.eq(code.to_vec()))
        .exec(tx)
        .await?;
    Ok(())
}

/// How long a count waits after so many wrong PINs.
fn wait(failures: i32) -> Duration {
    match failures {
        ..FREE => Duration::ZERO,
        FREE => Duration::minutes(15),
        6 => Duration::hours(1),
        7 => Duration::hours(6),
        _ => Duration::DAY,
    }
}

/// How long a count is shut; what waits for the desk says a day.
fn shut(row: &card_tries::Model, now: OffsetDateTime) -> Option<Duration> {
    let left = row.locked_until.map(|until| until - now);
    match left.filter(|left| left.is_positive()) {
        _ if row.failures >= DESK => Some(Duration::DAY),
        left => left,
    }
}

/// What somebody at the same address is told of a card that was never opened there.
async fn elsewhere(
    tx: &DatabaseTransaction,
    code: &[u8],
    place: &TryOrigin,
    now: OffsetDateTime,
) -> Result<Option<Duration>, DbErr> {
    let row = spot(code, ELSEWHERE).one(tx).await?;
    if let Some(wait) = row.and_then(|row| shut(&row, now)) {
        return Ok(Some(wait));
    }
    let key = (place.address.clone(), false);
    let row = address_tries::Entity::find_by_id(key).one(tx).await?;
    Ok(row.and_then(|row| busy(row.busy_until, false, now)))
}

fn spot(code: &[u8], place: &[u8]) -> sea_orm::Select<card_tries::Entity> {
    card_tries::Entity::find_by_id((code.to_vec(), place.to_vec()))
}

/// A count, made at the first need and kept from every other change until the transaction ends.
async fn locked(
    tx: &DatabaseTransaction,
    code: &[u8],
    place: &[u8],
    now: OffsetDateTime,
) -> Result<card_tries::Model, DbErr> {
    let row = card_tries::ActiveModel {
        code_digest: Set(code.to_vec()),
        place: Set(place.to_vec()),
        failures: Set(0),
        locked_until: Set(None),
        tried_on: Set(rome_day(now)),
        right_on: Set(None),
    };
    insert_new(tx, row).await?;
    spot(code, place)
        .lock(LockType::Update)
        .one(tx)
        .await?
        .ok_or_else(|| DbErr::RecordNotFound("the count of tries".to_owned()))
}

async fn update(
    tx: &DatabaseTransaction,
    code: &[u8],
    place: &[u8],
    change: card_tries::ActiveModel,
) -> Result<(), DbErr> {
    card_tries::Entity::update_many()
        .set(change)
        .filter(card_tries::Column::CodeDigest.eq(code.to_vec()))
        .filter(card_tries::Column::Place.eq(place.to_vec()))
        .exec(tx)
        .await?;
    Ok(())
}

/// How long one wrong PIN keeps an address busy: a day has room for so many.
fn cost(usual: bool) -> Duration {
    Duration::DAY / if usual { USUAL_A_DAY } else { NEW_A_DAY }
}

/// How long until an address has room for one more.
fn busy(until: OffsetDateTime, usual: bool, now: OffsetDateTime) -> Option<Duration> {
    let over = until + cost(usual) - (now + Duration::DAY);
    over.is_positive().then_some(over)
}

/// Takes room for a wrong PIN from an address.
async fn spend(
    tx: &DatabaseTransaction,
    place: &TryOrigin,
    usual: bool,
    now: OffsetDateTime,
) -> Result<(), SignInError> {
    let row = address_tries::ActiveModel {
        place: Set(place.address.clone()),
        usual: Set(usual),
        busy_until: Set(instant(now)),
        tried_on: Set(rome_day(now)),
    };
    insert_new(tx, row).await?;
    let until = busy_until(tx, place, usual).await?.max(now);
    if let Some(wait) = busy(until, usual, now) {
        return Err(SignInError::Locked { wait });
    }
    set_busy(tx, place, usual, until + cost(usual), now).await?;
    Ok(())
}

async fn give_back(
    tx: &DatabaseTransaction,
    place: &TryOrigin,
    usual: bool,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let until = busy_until(tx, place, usual).await?;
    set_busy(tx, place, usual, until - cost(usual), now).await
}

async fn busy_until(
    tx: &DatabaseTransaction,
    place: &TryOrigin,
    usual: bool,
) -> Result<OffsetDateTime, DbErr> {
    address_tries::Entity::find_by_id((place.address.clone(), usual))
        .lock(LockType::Update)
        .one(tx)
        .await?
        .map(|row| row.busy_until)
        .ok_or_else(|| DbErr::RecordNotFound("the address's tries".to_owned()))
}

async fn set_busy(
    tx: &DatabaseTransaction,
    place: &TryOrigin,
    usual: bool,
    until: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let change = address_tries::ActiveModel {
        busy_until: Set(instant(until)),
        tried_on: Set(rome_day(now)),
        ..Default::default()
    };
    address_tries::Entity::update_many()
        .set(change)
        .filter(address_tries::Column::Place.eq(place.address.clone()))
        .filter(address_tries::Column::Usual.eq(usual))
        .exec(tx)
        .await?;
    Ok(())
}
