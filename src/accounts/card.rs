//! Access cards: a code and a PIN that a facilitator prints for a citizen without e-mail or SPID.
//!
//! What is printed on it is [`code`](super::code)'s, how often its PIN may be tried is
//! [`tries`]'.

use std::fmt;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QuerySelect, Select,
};
use time::OffsetDateTime;

use crate::citizens::vault::{Purpose, Vault};
use crate::db::audit::{Act, Action, note};
use crate::db::entities::{cards, citizens};
use crate::db::{self, Db, instant};
use crate::domain::ids::{AccountId, CardId, CitizenId, PointId};

use super::code::{plain, read_code, written};
use super::instead::Instead;
use super::tries::{self, TryOrigin};
use super::{SignInError, password, session};

pub use super::blank::Blank;
pub use super::code::is_code;

/// A new card, to be printed: neither code nor PIN is shown again.
pub struct Issued {
    /// The card.
    pub id: CardId,
    /// `XXXX-XXXX-X`.
    pub code: String,
    /// Five digits.
    pub pin: String,
}

impl fmt::Debug for Issued {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Issued({})", self.id)
    }
}

/// The code of a card that works, as it is printed, and whose it is; `None` for one that was
/// revoked or never was. The PIN is nowhere to be read.
///
/// # Errors
/// The database's, or a code that the key in use does not open.
pub async fn printed(
    db: &Db,
    vault: &Vault,
    card: CardId,
) -> Result<Option<(CitizenId, String)>, DbErr> {
    let row = cards::Entity::find_by_id(card).one(db.read()).await?;
    let Some(row) = row.filter(|row| row.revoked_at.is_none()) else {
        return Ok(None);
    };
    let code = vault.open(Purpose::Card, row.id.0, &row.code_sealed)?;
    Ok(Some((row.citizen_id, written(&code))))
}

/// A citizen's card that works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InUse {
    /// The card.
    pub id: CardId,
    /// Since when.
    pub issued_at: OffsetDateTime,
    /// So many wrong PINs were tried that it waits for the desk where it is not usual.
    pub asks_the_desk: bool,
}

/// The card of a citizen that works, if there is one.
///
/// # Errors
/// The database's.
pub async fn in_use(db: &Db, citizen: CitizenId) -> Result<Option<InUse>, DbErr> {
    let row = of_citizen(citizen).one(db.read()).await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(InUse {
        id: row.id,
        issued_at: row.issued_at,
        asks_the_desk: tries::asks_the_desk(db.read(), &row.code_digest).await?,
    }))
}

/// Lets a citizen's card be tried again everywhere: the desk has spoken with its owner. Again, it
/// changes nothing.
///
/// # Errors
/// The database's.
pub async fn reopen(
    db: &Db,
    citizen: CitizenId,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    db::write(db, async move |tx| {
        let row = of_citizen(citizen).one(tx).await?;
        let Some(row) = row else { return Ok(()) };
        tries::clear(tx, &row.code_digest).await?;
        remember(tx, Action::CardReopened, citizen, Some(by), now).await
    })
    .await
}

/// The cards of a citizen that work: one at most.
pub(super) fn of_citizen(citizen: CitizenId) -> Select<cards::Entity> {
    cards::Entity::find()
        .filter(cards::Column::CitizenId.eq(citizen))
        .filter(cards::Column::RevokedAt.is_null())
}

/// Whose card has a code, as somebody typed it, while it works: for a facilitator who has the card
/// in hand. It opens nothing.
///
/// # Errors
/// The database's.
pub async fn holder(db: &Db, vault: &Vault, code: &str) -> Result<Option<CitizenId>, DbErr> {
    let Some(code) = read_code(code) else {
        return Ok(None);
    };
    let row = cards::Entity::find()
        .filter(cards::Column::CodeDigest.eq(vault.digest(Purpose::Card, &code)))
        .filter(cards::Column::RevokedAt.is_null())
        .one(db.read())
        .await?;
    Ok(row.map(|row| row.citizen_id))
}

/// Stops a citizen's card that was lost, without another in its place, and ends the sessions it
/// opened. Again, it changes nothing.
///
/// # Errors
/// The database's.
pub async fn revoke(
    db: &Db,
    citizen: CitizenId,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    db::write(db, async move |tx| {
        let cards = of_citizen(citizen).all(tx).await?;
        if stop_in(tx, cards, now).await? == 0 {
            return Ok(());
        }
        remember(tx, Action::CardRevoked, citizen, Some(by), now).await
    })
    .await
}

/// Stops cards, and ends their sessions; tells how many worked until now.
///
/// # Errors
/// The database's.
pub async fn stop_in(
    tx: &DatabaseTransaction,
    cards: Vec<cards::Model>,
    now: OffsetDateTime,
) -> Result<u64, DbErr> {
    let ids: Vec<CardId> = cards.into_iter().map(|card| card.id).collect();
    let stopped = cards::Entity::update_many()
        .col_expr(cards::Column::RevokedAt, Expr::value(instant(now)))
        .filter(cards::Column::Id.is_in(ids.iter().copied()))
        .filter(cards::Column::RevokedAt.is_null())
        .exec(tx)
        .await?;
    session::close_of_cards_in(tx, &ids, now).await?;
    Ok(stopped.rows_affected)
}

async fn remember(
    tx: &DatabaseTransaction,
    action: Action,
    citizen: CitizenId,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let act = Act {
        by,
        action,
        subject: "citizen",
        id: citizen.0,
        detail: "",
    };
    note(tx, act, now).await
}

/// Who prints a card, at which point, and where: the address of the point is a usual one from the
/// first day.
#[derive(Debug, Clone)]
pub struct Printer {
    /// The facilitator.
    pub account: AccountId,
    /// Their point.
    pub point: PointId,
    /// Where the desk is; `None` for a card that is not printed there.
    pub place: Option<TryOrigin>,
}

/// Issues a card; the citizen's earlier one stops working in the same act.
///
/// # Errors
/// The database's; [`DbErr::RecordNotFound`] where there is no such citizen.
pub async fn issue(
    db: &Db,
    vault: &Vault,
    citizen: CitizenId,
    printer: Printer,
    now: OffsetDateTime,
) -> Result<Issued, DbErr> {
    let issued = issue_instead(db, vault, citizen, printer, Instead::Any, now).await?;
    issued.ok_or_else(|| DbErr::RecordNotFound("the citizen".to_owned()))
}

/// [`issue`] in the place of one card alone; `None` where another card works.
///
/// # Errors
/// As there.
pub async fn issue_instead(
    db: &Db,
    vault: &Vault,
    citizen: CitizenId,
    printer: Printer,
    instead: Instead,
    now: OffsetDateTime,
) -> Result<Option<Issued>, DbErr> {
    let blank = Blank::new(vault).await?;
    db::write(db, async move |tx| {
        issue_in(tx, blank, citizen, instead, &printer, now).await
    })
    .await
}

/// [`issue_instead`] in a transaction.
///
/// # Errors
/// As there.
pub async fn issue_in(
    tx: &DatabaseTransaction,
    blank: Blank,
    citizen: CitizenId,
    instead: Instead,
    printer: &Printer,
    now: OffsetDateTime,
) -> Result<Option<Issued>, DbErr> {
    // Two facilitators at once: the second waits, and sees the first one's card.
    // Whoever was erased or made one with another record meanwhile gets none.
    citizens::Entity::find_by_id(citizen)
        .filter(citizens::Column::ErasedAt.is_null())
        .filter(citizens::Column::MergedInto.is_null())
        .lock(LockType::NoKeyUpdate)
        .one(tx)
        .await?
        .ok_or_else(|| DbErr::RecordNotFound("the citizen".to_owned()))?;
    let earlier = of_citizen(citizen).all(tx).await?;
    let why = match instead {
        Instead::Any => "",
        Instead::Of(known) => {
            if earlier.first().map(|card| card.id) != known.map(|(card, _)| card) {
                return Ok(None);
            }
            known.map_or("", |(_, why)| why.name())
        }
    };
    stop_in(tx, earlier, now).await?;
    let row = cards::ActiveModel {
        id: Set(blank.id),
        citizen_id: Set(citizen),
        code_digest: Set(blank.code_digest.clone()),
        code_sealed: Set(blank.code_sealed),
        pin_hash: Set(blank.pin_hash),
        issued_by: Set(printer.account),
        issued_at: Set(instant(now)),
        revoked_at: Set(None),
        point_id: Set(Some(printer.point)),
    };
    cards::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    let act = Act {
        by: Some(printer.account),
        action: Action::CardIssued,
        subject: "citizen",
        id: citizen.0,
        detail: why,
    };
    note(tx, act, now).await?;
    if let Some(place) = &printer.place {
        tries::welcome(tx, &blank.code_digest, place, now).await?;
    }
    Ok(Some(Issued {
        id: blank.id,
        code: written(&blank.code),
        pin: blank.pin,
    }))
}

/// What somebody typed at the door, and where.
#[derive(Clone, Copy)]
pub struct CardTry<'a> {
    /// The code of the card; spaces, hyphens and case do not matter.
    pub code: &'a str,
    /// The PIN.
    pub pin: &'a str,
    /// Where.
    pub place: &'a TryOrigin,
}

/// Whose card was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    /// The citizen.
    pub citizen: CitizenId,
    /// Their card.
    pub card: CardId,
}

/// The holder of a card, where the PIN is right.
///
/// Whatever is wrong, the answer and the time it takes are the same: a code that no card has is
/// counted and compared like any other, and so is one that may not be tried now.
///
/// # Errors
/// [`SignInError::Wrong`] or [`SignInError::Locked`].
pub async fn verify(
    db: &Db,
    vault: &Vault,
    tried: CardTry<'_>,
    now: OffsetDateTime,
) -> Result<Holder, SignInError> {
    let code = vault.digest(Purpose::Card, &plain(tried.code));
    compare(db, code, (tried.pin, tried.place), now).await
}

pub(super) async fn compare(
    db: &Db,
    code: Vec<u8>,
    (pin, place): (&str, &TryOrigin),
    now: OffsetDateTime,
) -> Result<Holder, SignInError> {
    let taken = {
        let (code, place) = (code.clone(), place.clone());
        db::write(db, async move |tx| {
            let card = cards::Entity::find()
                .filter(cards::Column::CodeDigest.eq(code.clone()))
                .filter(cards::Column::RevokedAt.is_null())
                .one(tx)
                .await?;
            let turn = tries::take(tx, &code, &place, now).await?;
            Ok::<_, SignInError>((turn, card))
        })
        .await
    };
    let (turn, card) = match taken {
        Ok((turn, card)) => (Ok(turn), card),
        Err(SignInError::Locked { wait }) => (Err(wait), None),
        Err(error) => return Err(error),
    };
    let hash = card.as_ref().map(|card| card.pin_hash.clone());
    let known = card.as_ref().map(|card| card.citizen_id.0);
    let right = password::verify_off(pin.trim().to_owned(), hash).await?;
    if turn.is_err() || card.is_none() || !right {
        super::trail::failed(db, "citizen", known, now).await?;
    }
    let turn = turn.map_err(|wait| SignInError::Locked { wait })?;
    let Some(card) = card.filter(|_| right) else {
        return Err(match turn.wait_elsewhere {
            Some(wait) => SignInError::Locked { wait },
            None => SignInError::Wrong,
        });
    };
    let place = place.clone();
    db::write(db, async move |tx| {
        tries::right(tx, &code, &place, turn, now).await?;
        Ok::<_, SignInError>(Holder {
            citizen: card.citizen_id,
            card: card.id,
        })
    })
    .await
}

/// Whether a card works; it goes on working until the transaction ends.
///
/// # Errors
/// The database's.
pub async fn works_in(tx: &DatabaseTransaction, card: CardId) -> Result<bool, DbErr> {
    let row = cards::Entity::find_by_id(card)
        .lock(LockType::Share)
        .one(tx)
        .await?;
    Ok(row.is_some_and(|row| row.revoked_at.is_none()))
}
