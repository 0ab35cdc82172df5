//! Wrong PINs that no longer matter.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QuerySelect};
use time::{Date, Duration, OffsetDateTime, Time};

use crate::accounts::tries::{ELSEWHERE, USUAL};
use crate::db::Db;
use crate::db::entities::{address_tries, card_tries, cards};

use super::{PAGE, Sweep, Swept, TidyKind, Times, add, clear_rows};

/// Counts of codes. What keeps a card shut stays as long as the card works.
pub(super) async fn of_cards(
    db: &Db,
    sweep: Sweep,
    times: &Times,
    swept: &mut Swept,
) -> Result<(), DbErr> {
    use card_tries::Column;
    let mut after = None;
    loop {
        let mut pages = card_tries::Entity::find().cursor_by((Column::CodeDigest, Column::Place));
        if let Some(after) = after.take() {
            pages.after(after);
        }
        let page = pages.first(PAGE).all(db.read()).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = Some((last.code_digest.clone(), last.place.clone()));
        let working = working(db, &page).await?;
        let is_over = |row: &&card_tries::Model| {
            let works = working.contains(&row.code_digest);
            ended(row, works).is_some_and(|at| times.is_over(TidyKind::CardTry, at))
        };
        let old: Vec<_> = page.iter().filter(is_over).cloned().collect();
        let those = |some: &[card_tries::Model]| {
            some.iter().fold(Condition::any(), |any, row| {
                // Whoever tries it just now changes the day.
                let one = Condition::all()
                    .add(Column::CodeDigest.eq(row.code_digest.clone()))
                    .add(Column::Place.eq(row.place.clone()))
                    .add(Column::TriedOn.eq(row.tried_on));
                any.add(one)
            })
        };
        let rows = clear_rows::<card_tries::Entity, _>(db, sweep, &old, those).await?;
        add(swept, "card_tries", rows);
    }
}

/// The codes of some counts that open something.
async fn working(db: &Db, page: &[card_tries::Model]) -> Result<HashSet<Vec<u8>>, DbErr> {
    let codes = page.iter().map(|row| row.code_digest.clone());
    let found: Vec<Vec<u8>> = cards::Entity::find()
        .select_only()
        .column(cards::Column::CodeDigest)
        .filter(cards::Column::CodeDigest.is_in(codes))
        .filter(cards::Column::RevokedAt.is_null())
        .into_tuple()
        .all(db.read())
        .await?;
    Ok(found.into_iter().collect())
}

/// From when a count decides nothing; `None` for one that does.
fn ended(row: &card_tries::Model, works: bool) -> Option<OffsetDateTime> {
    let nothing_counted = row.failures == 0 && row.locked_until.is_none();
    let day = match (works, row.place == ELSEWHERE) {
        (false, _) => row.tried_on,
        (true, true) => nothing_counted.then_some(row.tried_on)?,
        (true, false) => row.right_on.map_or(row.tried_on, |day| day + USUAL),
    };
    Some(end_of(day))
}

fn end_of(day: Date) -> OffsetDateTime {
    day.with_time(Time::MIDNIGHT).assume_utc() + Duration::DAY
}

/// Counts of addresses that may try again as often as if they had never been there.
pub(super) async fn of_addresses(
    db: &Db,
    sweep: Sweep,
    times: &Times,
    swept: &mut Swept,
) -> Result<(), DbErr> {
    use address_tries::Column;
    let mut after = None;
    loop {
        let mut pages = address_tries::Entity::find().cursor_by((Column::Place, Column::Usual));
        if let Some(after) = after.take() {
            pages.after(after);
        }
        let page = pages.first(PAGE).all(db.read()).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = Some((last.place.clone(), last.usual));
        let is_over =
            |row: &&address_tries::Model| times.is_over(TidyKind::AddressTry, row.busy_until);
        let old: Vec<_> = page.iter().filter(is_over).cloned().collect();
        let those = |some: &[address_tries::Model]| {
            some.iter().fold(Condition::any(), |any, row| {
                let one = Condition::all()
                    .add(Column::Place.eq(row.place.clone()))
                    .add(Column::Usual.eq(row.usual))
                    .add(Column::TriedOn.eq(row.tried_on));
                any.add(one)
            })
        };
        let rows = clear_rows::<address_tries::Entity, _>(db, sweep, &old, those).await?;
        add(swept, "address_tries", rows);
    }
}
