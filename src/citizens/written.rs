//! How many codici fiscali new to their points somebody writes in a day: each one asks "is this
//! person known?", and so many questions are answered.
//!
//! Counted are the person of another point who is brought by a registration, and every code that a
//! correction writes, whoever has it: it leaves nothing behind, so that one record would do to ask
//! as often as one likes. A registration of a code that nobody has is not counted, as it leaves a
//! record; it is refused like the others once the day is over.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, QuerySelect,
};
use time::OffsetDateTime;

use crate::db::entities::codes_written;
use crate::db::{insert_new, limit};
use crate::domain::calendar::rome_day;
use crate::domain::ids::AccountId;

/// The name of the bound in the table of bounds.
const A_DAY: &str = "brought-a-day";
/// The bound where the table has none.
const USUAL: i64 = 20;

/// Whether the day has room for one more, which is taken where it `counts`. The count stays this
/// transaction's until it ends: of many requests at once, each sees what the others took.
pub(super) async fn room_in(
    tx: &DatabaseTransaction,
    by: AccountId,
    counts: bool,
    now: OffsetDateTime,
) -> Result<bool, DbErr> {
    let today = rome_day(now);
    let new = codes_written::ActiveModel {
        account_id: Set(by),
        written_on: Set(today),
        number: Set(0),
    };
    insert_new(tx, new).await?;
    let row = codes_written::Entity::find_by_id(by)
        .lock(LockType::NoKeyUpdate)
        .one(tx)
        .await?
        .ok_or_else(|| DbErr::RecordNotFound("the count of codes".to_owned()))?;
    let number = match row.written_on == today {
        true => row.number,
        false => 0,
    };
    if i64::from(number) >= limit::of(tx, A_DAY, USUAL).await? {
        return Ok(false);
    }
    if counts {
        let mut row = row.into_active_model();
        row.written_on = Set(today);
        row.number = Set(number + 1);
        row.update(tx).await?;
    }
    Ok(true)
}
