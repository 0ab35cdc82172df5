//! Access cards: a code and a PIN that a facilitator prints for a citizen without e-mail or SPID.
//!
//! A card's code has nine letters and digits that cannot be taken for one another, the last of
//! them a check on the others. Five wrong PINs lock it for a quarter of an hour.

use std::fmt;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QuerySelect};
use time::{Duration, OffsetDateTime};

use crate::citizens::vault::{Purpose, Vault};
use crate::db::audit::{Act, note};
use crate::db::entities::{cards, citizens};
use crate::db::{self, Db, instant};
use crate::domain::ids::{AccountId, CardId, CitizenId};

use super::{SignInError, no_secret, password};

/// No letter or digit that looks or sounds like another; 23 of them, a prime, so that the check
/// character notices every wrong character and every two exchanged.
const LETTERS: &[u8; 23] = b"ACDEFHJKLMNPRTUWXY34679";
/// Tries before a lock.
const TRIES: i32 = 5;
/// How long a lock lasts.
const LOCK: Duration = Duration::minutes(15);

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
}

/// The card of a citizen that works, if there is one.
///
/// # Errors
/// The database's.
pub async fn in_use(db: &Db, citizen: CitizenId) -> Result<Option<InUse>, DbErr> {
    let row = cards::Entity::find()
        .filter(cards::Column::CitizenId.eq(citizen))
        .filter(cards::Column::RevokedAt.is_null())
        .one(db.read())
        .await?;
    Ok(row.map(|row| InUse {
        id: row.id,
        issued_at: row.issued_at,
    }))
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

/// Whether a text is the code of a card, whoever's: such a text has no place in an address.
#[must_use]
pub fn is_code(text: &str) -> bool {
    read_code(text).is_some()
}

/// Stops a citizen's card that was lost, without another in its place. Again, it changes nothing.
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
        let stopped = cards::Entity::update_many()
            .col_expr(cards::Column::RevokedAt, Expr::value(instant(now)))
            .filter(cards::Column::CitizenId.eq(citizen))
            .filter(cards::Column::RevokedAt.is_null())
            .exec(tx)
            .await?;
        if stopped.rows_affected == 0 {
            return Ok(());
        }
        let act = Act {
            by: Some(by),
            action: "card-revoked",
            subject: "citizen",
            id: citizen.0,
            detail: "",
        };
        note(tx, act, now).await
    })
    .await
}

/// Issues a card; the citizen's earlier one stops working in the same act.
///
/// # Errors
/// The database's; [`DbErr::RecordNotFound`] where there is no such citizen.
pub async fn issue(
    db: &Db,
    vault: &Vault,
    citizen: CitizenId,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<Issued, DbErr> {
    let (code, pin) = (new_code()?, new_pin()?);
    let pin_hash = password::hash_off(pin.clone()).await?;
    let id = CardId::new();
    let row = cards::ActiveModel {
        id: Set(id),
        citizen_id: Set(citizen),
        code_digest: Set(vault.digest(Purpose::Card, &code)),
        code_sealed: Set(vault.seal(Purpose::Card, id.0, &code)?),
        pin_hash: Set(pin_hash),
        issued_by: Set(by),
        issued_at: Set(instant(now)),
        revoked_at: Set(None),
        failures: Set(0),
        locked_until: Set(None),
    };
    db::write(db, async move |tx| {
        issue_in(tx, row, citizen, by, now).await
    })
    .await?;
    let code = written(&code);
    Ok(Issued { id, code, pin })
}

async fn issue_in(
    tx: &DatabaseTransaction,
    row: cards::ActiveModel,
    citizen: CitizenId,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    // Two facilitators at once: the second waits, and its card is the one that works.
    citizens::Entity::find_by_id(citizen)
        .lock(LockType::NoKeyUpdate)
        .one(tx)
        .await?
        .ok_or_else(|| DbErr::RecordNotFound("the citizen".to_owned()))?;
    cards::Entity::update_many()
        .col_expr(cards::Column::RevokedAt, Expr::value(instant(now)))
        .filter(cards::Column::CitizenId.eq(citizen))
        .filter(cards::Column::RevokedAt.is_null())
        .exec(tx)
        .await?;
    cards::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    let act = Act {
        by: Some(by),
        action: "card-issued",
        subject: "citizen",
        id: citizen.0,
        detail: "",
    };
    note(tx, act, now).await
}

/// The citizen of a card, where the PIN is right. A try is counted before it is judged, so that
/// many at once are no more than many in a row.
///
/// # Errors
/// [`SignInError::Wrong`] or [`SignInError::Locked`].
pub async fn verify(
    db: &Db,
    vault: &Vault,
    code: &str,
    pin: &str,
    now: OffsetDateTime,
) -> Result<CitizenId, SignInError> {
    let taken = match read_code(code) {
        Some(code) => {
            let digest = vault.digest(Purpose::Card, &code);
            db::write(db, async move |tx| take_a_try(tx, digest, now).await).await?
        }
        None => None,
    };
    let hash = taken.as_ref().map(|card| card.pin_hash.clone());
    let right = password::verify_off(pin.trim().to_owned(), hash).await?;
    let Some(card) = taken.filter(|_| right) else {
        return Err(SignInError::Wrong);
    };
    db::write(db, async move |tx| {
        let none: Option<OffsetDateTime> = None;
        cards::Entity::update_many()
            .col_expr(cards::Column::Failures, Expr::value(0))
            .col_expr(cards::Column::LockedUntil, Expr::value(none))
            .filter(cards::Column::Id.eq(card.id))
            .exec(tx)
            .await?;
        Ok::<_, SignInError>(card.citizen_id)
    })
    .await
}

/// Counts a try at a card that works; the last one allowed locks it, until a right PIN or the
/// lock's end.
async fn take_a_try(
    tx: &DatabaseTransaction,
    digest: Vec<u8>,
    now: OffsetDateTime,
) -> Result<Option<cards::Model>, SignInError> {
    let card = cards::Entity::find()
        .filter(cards::Column::CodeDigest.eq(digest))
        .filter(cards::Column::RevokedAt.is_null())
        .lock(LockType::NoKeyUpdate)
        .one(tx)
        .await?;
    let Some(card) = card else {
        return Ok(None);
    };
    let tries = match card.locked_until {
        Some(until) if until > now => return Err(SignInError::Locked { until }),
        Some(_) => 1,
        None => card.failures + 1,
    };
    let lock = (tries >= TRIES).then(|| instant(now + LOCK));
    cards::Entity::update_many()
        .col_expr(cards::Column::Failures, Expr::value(tries))
        .col_expr(cards::Column::LockedUntil, Expr::value(lock))
        .filter(cards::Column::Id.eq(card.id))
        .exec(tx)
        .await?;
    Ok(Some(card))
}

/// A code as somebody typed it, or `None` where it cannot be one.
fn read_code(text: &str) -> Option<String> {
    let code: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .flat_map(char::to_uppercase)
        .collect();
    let (last, first) = code.as_bytes().split_last()?;
    (first.len() == 8 && check(first) == Some(*last)).then_some(code)
}

/// The check character: a weighted sum modulo 23.
fn check(first: &[u8]) -> Option<u8> {
    let mut sum = 0;
    for (weight, b) in (2..).zip(first) {
        sum += weight * LETTERS.iter().position(|letter| letter == b)?;
    }
    LETTERS.get(sum % LETTERS.len()).copied()
}

/// `XXXX-XXXX-X`
fn written(code: &str) -> String {
    let (first, rest) = code.split_at_checked(4).unwrap_or((code, ""));
    let (second, check) = rest.split_at_checked(4).unwrap_or((rest, ""));
    format!("{first}-{second}-{check}")
}

fn new_code() -> Result<String, DbErr> {
    let mut code = random(8, LETTERS)?;
    let last = check(code.as_bytes()).ok_or_else(|| no_secret(()))?;
    code.push(char::from(last));
    Ok(code)
}

/// Five digits that are not all the same nor in a row.
fn new_pin() -> Result<String, DbErr> {
    loop {
        let pin = random(5, b"0123456789")?;
        let step = |pair: &[u8]| i16::from(pair[1]) - i16::from(pair[0]);
        let mut steps = pin.as_bytes().windows(2).map(step);
        let first = steps.next();
        let plain = first.is_some_and(|first| first.abs() <= 1 && steps.all(|s| s == first));
        if !plain {
            return Ok(pin);
        }
    }
}

/// Characters of an alphabet, each as likely as the others.
fn random(length: usize, alphabet: &[u8]) -> Result<String, DbErr> {
    let fair = 256 - 256 % alphabet.len();
    let mut text = String::with_capacity(length);
    while text.len() < length {
        let mut byte = [0_u8];
        aws_lc_rs::rand::fill(&mut byte).map_err(no_secret)?;
        let value = usize::from(byte[0]);
        if value < fair
            && let Some(letter) = alphabet.get(value % alphabet.len())
        {
            text.push(char::from(*letter));
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;

    #[test]
    fn a_typing_error_in_a_code_is_noticed() {
        for _ in 0..200 {
            let code = new_code().unwrap();
            let typed = format!(
                " {}-{} {}",
                &code[..4],
                &code[4..8],
                code[8..].to_lowercase()
            );
            assert_eq!(read_code(&typed).as_deref(), Some(code.as_str()));
            for at in 0..8 {
                let mut wrong = code.clone().into_bytes();
                wrong[at] = if wrong[at] == b'A' { b'C' } else { b'A' };
                assert_eq!(read_code(&String::from_utf8(wrong).unwrap()), None);
                let mut swapped = code.clone().into_bytes();
                swapped.swap(at, at + 1);
                if swapped != code.as_bytes() {
                    assert_eq!(read_code(&String::from_utf8(swapped).unwrap()), None);
                }
            }
        }
        assert_eq!(read_code(""), None);
        assert_eq!(read_code("ÀÀÀÀÀÀÀÀÀ"), None);
    }

    #[test]
    fn a_pin_is_not_one_that_anybody_would_try() {
        for _ in 0..2_000 {
            let pin = new_pin().unwrap();
            assert_eq!(pin.len(), 5);
            assert!(!["00000", "12345", "98765", "77777"].contains(&pin.as_str()));
        }
    }
}
