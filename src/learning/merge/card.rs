//! The card in a merge: one goes on working, for the record that stays.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter};
use time::OffsetDateTime;

use crate::accounts::card::stop_in;
use crate::accounts::session::close_of_cards_in;
use crate::db::entities::cards;
use crate::domain::ids::{CardId, CitizenId};

use super::Cards;
use super::carry::Carried;

/// One card goes on working, for the record that stays: the only one, or the one that was chosen.
/// Whoever is in with a card enters again.
pub(super) async fn to(
    tx: &DatabaseTransaction,
    (kept, merged): (CitizenId, CitizenId),
    chosen: Cards,
    now: OffsetDateTime,
    carried: &mut Carried,
) -> Result<(), DbErr> {
    let (own, theirs) = (working(tx, kept).await?, working(tx, merged).await?);
    let moves = own.is_empty() || (chosen == Cards::OfMerged && !theirs.is_empty());
    let (stops, ids) = match moves {
        true => (own, &mut carried.cards_stopped),
        false => (theirs.clone(), &mut carried.cards),
    };
    *ids = stops.iter().map(|card| card.id).collect();
    stop_in(tx, stops, now).await?;
    if moves {
        carried.cards_moved = theirs.iter().map(|card| card.id).collect();
        give_cards(tx, &carried.cards_moved, kept, now).await?;
    }
    Ok(())
}

/// Gives the cards back. One that was replaced meanwhile stays stopped.
pub(super) async fn back(
    tx: &DatabaseTransaction,
    carried: &Carried,
    (kept, merged): (CitizenId, CitizenId),
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    give_cards(tx, &carried.cards_moved, merged, now).await?;
    for (citizen, stopped) in [(kept, &carried.cards_stopped), (merged, &carried.cards)] {
        if working(tx, citizen).await?.is_empty() {
            start(tx, stopped).await?;
        }
    }
    Ok(())
}

async fn working(tx: &DatabaseTransaction, citizen: CitizenId) -> Result<Vec<cards::Model>, DbErr> {
    cards::Entity::find()
        .filter(cards::Column::CitizenId.eq(citizen))
        .filter(cards::Column::RevokedAt.is_null())
        .all(tx)
        .await
}

async fn give_cards(
    tx: &DatabaseTransaction,
    ids: &[CardId],
    to: CitizenId,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    cards::Entity::update_many()
        .col_expr(cards::Column::CitizenId, Expr::value(to))
        .filter(cards::Column::Id.is_in(ids.iter().copied()))
        .exec(tx)
        .await?;
    close_of_cards_in(tx, ids, now).await
}

async fn start(tx: &DatabaseTransaction, ids: &[CardId]) -> Result<(), DbErr> {
    cards::Entity::update_many()
        .col_expr(
            cards::Column::RevokedAt,
            Expr::value(None::<OffsetDateTime>),
        )
        .filter(cards::Column::Id.is_in(ids.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}
