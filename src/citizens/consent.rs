//! What a person was told, and what they agreed to: the notice on how data are used, and whether
//! the point may write or call. Every act is kept with the version of the text, the day and the
//! name of who recorded it.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use time::{Date, OffsetDateTime};

use crate::db::audit::{Act, Action, note};
use crate::db::entities::{citizens, consents};
use crate::db::{self, Db, instant};
use crate::domain::calendar::rome_day;
use crate::domain::consent::ConsentKind;
use crate::domain::ids::{AccountId, CitizenId, ConsentId};

/// What somebody says at the desk when they are registered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Agreed {
    /// They were given the notice.
    pub notice: bool,
    /// They may be written to and called.
    pub contact: bool,
}

/// A notice or a consent that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Which text: the day it was written.
    pub version: String,
    /// The day it was given.
    pub day: Date,
}

/// What stands for a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Consents {
    /// The notice was given.
    pub notice: Option<Consent>,
    /// They may be written to and called. Without it, e-mail and telephone are not used.
    pub contact: Option<Consent>,
}

/// What a person was told and agreed to, as far as it stands.
///
/// # Errors
/// The database's.
pub async fn of_citizen<C: ConnectionTrait>(db: &C, citizen: CitizenId) -> Result<Consents, DbErr> {
    let rows = consents::Entity::find()
        .filter(consents::Column::CitizenId.eq(citizen))
        .order_by_asc(consents::Column::Id)
        .all(db)
        .await?;
    // Records that were merged may bring a consent that is older than a withdrawal.
    let standing = |kind: ConsentKind| {
        let of_kind = || rows.iter().filter(move |row| row.kind == kind);
        let withdrawn = of_kind().filter_map(|row| row.withdrawn_at).max();
        of_kind()
            .rfind(|row| row.withdrawn_at.is_none() && Some(row.recorded_at) >= withdrawn)
            .map(|row| Consent {
                version: row.version.clone(),
                day: row.day,
            })
    };
    Ok(Consents {
        notice: standing(ConsentKind::Notice),
        contact: standing(ConsentKind::Contact),
    })
}

/// Records what somebody says, as of today. What stands already for the text in force is not
/// recorded again.
///
/// # Errors
/// The database's.
pub async fn record_in(
    tx: &DatabaseTransaction,
    citizen: CitizenId,
    agreed: Agreed,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let there = of_citizen(tx, citizen).await?;
    for (kind, said, stands) in [
        (ConsentKind::Notice, agreed.notice, there.notice),
        (ConsentKind::Contact, agreed.contact, there.contact),
    ] {
        if !said || stands.is_some_and(|consent| consent.version == kind.version()) {
            continue;
        }
        let row = consents::ActiveModel {
            id: Set(ConsentId::new()),
            citizen_id: Set(citizen),
            kind: Set(kind),
            version: Set(kind.version().to_owned()),
            day: Set(rome_day(now)),
            recorded_by: Set(by),
            recorded_at: Set(instant(now)),
            withdrawn_at: Set(None),
            own: Set(false),
        };
        consents::Entity::insert(row)
            .exec_without_returning(tx)
            .await?;
        audit(tx, citizen, Action::ConsentRecorded, kind, Some(by), now).await?;
    }
    Ok(())
}

/// [`record_in`] in a transaction of its own.
///
/// # Errors
/// The database's.
pub async fn record(
    db: &Db,
    citizen: CitizenId,
    agreed: Agreed,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    db::write(db, async move |tx| {
        record_in(tx, citizen, agreed, by, now).await
    })
    .await
}

/// The person says themselves that they may be written to and called. Again, it changes nothing.
///
/// # Errors
/// The database's.
pub async fn give_contact(db: &Db, citizen: CitizenId, now: OffsetDateTime) -> Result<(), DbErr> {
    let kind = ConsentKind::Contact;
    db::write(db, async move |tx| {
        let person = citizens::Entity::find_by_id(citizen)
            .lock(LockType::NoKeyUpdate)
            .one(tx)
            .await?
            .filter(|row| row.erased_at.is_none())
            .ok_or_else(|| DbErr::RecordNotFound("the citizen".to_owned()))?;
        let there = of_citizen(tx, citizen).await?.contact;
        if there.is_some_and(|consent| consent.version == kind.version()) {
            return Ok(());
        }
        let row = consents::ActiveModel {
            id: Set(ConsentId::new()),
            citizen_id: Set(citizen),
            kind: Set(kind),
            version: Set(kind.version().to_owned()),
            day: Set(rome_day(now)),
            // Nobody recorded it for them: who keeps the record.
            recorded_by: Set(person.registered_by),
            recorded_at: Set(instant(now)),
            withdrawn_at: Set(None),
            own: Set(true),
        };
        consents::Entity::insert(row)
            .exec_without_returning(tx)
            .await?;
        audit(tx, citizen, Action::ConsentRecorded, kind, None, now).await
    })
    .await
}

/// From now on the point may no longer write or call; `by` is none where the person says so
/// themselves. Again, it changes nothing.
///
/// # Errors
/// The database's.
pub async fn withdraw_contact(
    db: &Db,
    citizen: CitizenId,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    db::write(db, async move |tx| {
        let withdrawn = consents::Entity::update_many()
            .col_expr(consents::Column::WithdrawnAt, Expr::value(instant(now)))
            .filter(consents::Column::CitizenId.eq(citizen))
            .filter(consents::Column::Kind.eq(ConsentKind::Contact))
            .filter(consents::Column::WithdrawnAt.is_null())
            .exec(tx)
            .await?;
        if withdrawn.rows_affected == 0 {
            return Ok(());
        }
        let kind = ConsentKind::Contact;
        audit(tx, citizen, Action::ConsentWithdrawn, kind, by, now).await
    })
    .await
}

async fn audit(
    tx: &DatabaseTransaction,
    citizen: CitizenId,
    action: Action,
    kind: ConsentKind,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let act = Act {
        by,
        action,
        subject: "citizen",
        id: citizen.0,
        detail: kind.name(),
    };
    note(tx, act, now).await
}
