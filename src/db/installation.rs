//! What the database knows of the installation it belongs to: one row, made when it is first needed.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait};
use time::OffsetDateTime;
use uuid::Uuid;

use super::audit::{Act, Action, note};
use super::entities::installation::{ActiveModel, Column, Entity, Model};
use super::{Db, insert_new, instant, write};

/// The installation's row; `None` before it was made.
///
/// # Errors
/// The database's.
pub async fn read(db: &impl ConnectionTrait) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(1_i16).one(db).await
}

/// The installation's row, made with a new id where there is none.
///
/// # Errors
/// The database's.
pub async fn row_in(tx: &DatabaseTransaction) -> Result<Model, DbErr> {
    let row = ActiveModel {
        one: Set(1),
        id: Set(Uuid::new_v4()),
        digest_mark: Set(None),
        seal_mark: Set(None),
        signing_mark: Set(None),
        marked_at: Set(None),
        backed_up_at: Set(None),
        tidied_at: Set(None),
    };
    insert_new(tx, row).await?;
    read(tx)
        .await?
        .ok_or_else(|| DbErr::RecordNotFound("the installation".to_owned()))
}

/// When the database was last copied by `autonomia backup`; `None` where it never was, and on
/// PostgreSQL, whose copies are made by its own tools.
///
/// # Errors
/// The database's.
pub async fn last_backup(db: &Db) -> Result<Option<OffsetDateTime>, DbErr> {
    Ok(read(db.read()).await?.and_then(|row| row.backed_up_at))
}

/// When the database was last cleared of what nobody needs.
///
/// # Errors
/// The database's.
pub async fn last_tidy(db: &Db) -> Result<Option<OffsetDateTime>, DbErr> {
    Ok(read(db.read()).await?.and_then(|row| row.tidied_at))
}

/// Remembers that a copy was made.
///
/// # Errors
/// The database's.
pub async fn backed_up(db: &Db, now: OffsetDateTime) -> Result<(), DbErr> {
    happened(db, Column::BackedUpAt, Action::DatabaseCopied, now).await
}

/// Remembers that the database was cleared.
///
/// # Errors
/// The database's.
pub async fn tidied(db: &Db, now: OffsetDateTime) -> Result<(), DbErr> {
    happened(db, Column::TidiedAt, Action::DatabaseCleared, now).await
}

/// Writes down in the audit that the keys are about to be copied.
///
/// # Errors
/// The database's.
pub async fn keys_copied(db: &Db, now: OffsetDateTime) -> Result<(), DbErr> {
    told(db, Action::KeysCopied, now).await
}

/// Writes down in the audit of a copy that it is about to take the database's place.
///
/// # Errors
/// The database's.
pub async fn restored(db: &Db, now: OffsetDateTime) -> Result<(), DbErr> {
    told(db, Action::DatabaseRestored, now).await
}

async fn told(db: &Db, action: Action, now: OffsetDateTime) -> Result<(), DbErr> {
    write(db, async move |tx| {
        let id = row_in(tx).await?.id;
        note(tx, act(action, id), now).await
    })
    .await
}

fn act(action: Action, id: Uuid) -> Act<'static> {
    Act {
        by: None,
        action,
        subject: "installation",
        id,
        detail: "",
    }
}

async fn happened(db: &Db, what: Column, action: Action, now: OffsetDateTime) -> Result<(), DbErr> {
    write(db, async move |tx| {
        let id = row_in(tx).await?.id;
        note(tx, act(action, id), now).await?;
        Entity::update_many()
            .col_expr(what, Expr::value(instant(now)))
            .exec(tx)
            .await?;
        Ok(())
    })
    .await
}
