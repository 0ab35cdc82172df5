//! What opened for somebody: cards, sessions, and PINs that were tried.

use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;
use time::{Date, OffsetDateTime};
use utoipa::ToSchema;

use crate::db::Db;
use crate::db::entities::{card_tries, cards, sessions};
use crate::domain::ids::{CitizenId, LearnerId};

use super::desk::name;

/// A card.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnCard {
    /// Where it was printed.
    pub point: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub issued_at: OffsetDateTime,
    /// When it stopped.
    #[serde(with = "time::serde::rfc3339::option")]
    pub stopped_at: Option<OffsetDateTime>,
}

/// A session.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnSession {
    /// System and browser, as far as they were known.
    pub device: Option<String>,
    /// When it began.
    #[serde(with = "time::serde::rfc3339")]
    pub began_at: OffsetDateTime,
    /// When it was last used.
    #[serde(with = "time::serde::rfc3339::option")]
    pub seen_at: Option<OffsetDateTime>,
    /// When it ends at the latest.
    #[serde(with = "time::serde::rfc3339")]
    pub ends_at: OffsetDateTime,
    /// When it was closed.
    #[serde(with = "time::serde::rfc3339::option")]
    pub closed_at: Option<OffsetDateTime>,
}

/// PINs that were tried at a card from one net; which one, nobody can read any more.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnTries {
    /// Wrong ones since the last right one.
    pub wrong: i32,
    /// The last day somebody tried.
    pub tried_on: Date,
    /// The last day the PIN was right.
    pub right_on: Option<Date>,
}

async fn cards_of(db: &Db, people: &[CitizenId]) -> Result<Vec<cards::Model>, DbErr> {
    cards::Entity::find()
        .filter(cards::Column::CitizenId.is_in(people.iter().copied()))
        .order_by_desc(cards::Column::Id)
        .all(db.read())
        .await
}

pub(super) async fn cards(db: &Db, people: &[CitizenId]) -> Result<Vec<OwnCard>, DbErr> {
    let mut all = Vec::new();
    for card in cards_of(db, people).await? {
        all.push(OwnCard {
            point: name(db, card.point_id).await?,
            issued_at: card.issued_at,
            stopped_at: card.revoked_at,
        });
    }
    Ok(all)
}

pub(super) async fn tries(db: &Db, people: &[CitizenId]) -> Result<Vec<OwnTries>, DbErr> {
    let codes = cards_of(db, people).await?;
    let codes = codes.into_iter().map(|card| card.code_digest);
    let rows = card_tries::Entity::find()
        .filter(card_tries::Column::CodeDigest.is_in(codes))
        .order_by_desc(card_tries::Column::TriedOn)
        .all(db.read())
        .await?;
    let own = |row: card_tries::Model| OwnTries {
        wrong: row.failures,
        tried_on: row.tried_on,
        right_on: row.right_on,
    };
    Ok(rows.into_iter().map(own).collect())
}

pub(super) async fn sessions(db: &Db, learners: &[LearnerId]) -> Result<Vec<OwnSession>, DbErr> {
    let rows = sessions::Entity::find()
        .filter(sessions::Column::LearnerId.is_in(learners.iter().copied()))
        .order_by_desc(sessions::Column::Id)
        .all(db.read())
        .await?;
    let own = |row: sessions::Model| OwnSession {
        device: row.device,
        began_at: row.created_at,
        seen_at: row.last_seen_at,
        ends_at: row.expires_at,
        closed_at: row.closed_at,
    };
    Ok(rows.into_iter().map(own).collect())
}
