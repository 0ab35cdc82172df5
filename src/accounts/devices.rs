//! Tablets and computers of a point: many people use them one after the other, so nobody there is
//! asked whether what a guest did is theirs, and nothing of one guest is left for the next.
//!
//! A device is one because somebody of the staff says so, never by itself: a member of the staff
//! also enters at home, or on the telephone of somebody they help, where a mark that nobody asked
//! for would throw away what a family learns. A device that should be marked and is not asks, with
//! No first, and gives nothing unasked.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use time::OffsetDateTime;

use crate::db::audit::{Act, Action, note};
use crate::db::entities::{point_devices, points, sessions};
use crate::db::{self, Db, instant};
use crate::domain::ids::{AccountId, PointDeviceId, PointId, SessionId};

use super::no_secret;

/// A device of a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointDevice {
    /// Permanent.
    pub id: PointDeviceId,
    /// Whose it is.
    pub point: PointId,
    /// The point's name.
    pub point_name: String,
    /// A coarse word for it; empty where nothing is known.
    pub device: String,
    /// Since when.
    pub since: OffsetDateTime,
}

/// Marks the browser of a session as a point's, and answers with what it keeps: long, and random. A
/// question that the session still asks is over: on such a device it is never asked.
///
/// # Errors
/// The database's.
pub async fn mark(
    db: &Db,
    (point, session): (PointId, SessionId),
    device: String,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<String, DbErr> {
    let mut secret = [0; 32];
    rand::fill(&mut secret).map_err(no_secret)?;
    let token = URL_SAFE_NO_PAD.encode(secret);
    let token_digest = digest_of(&token);
    db::write(db, async move |tx| {
        let id = PointDeviceId::new();
        let row = point_devices::ActiveModel {
            id: Set(id),
            point_id: Set(point),
            token_digest: Set(token_digest),
            device: Set(device),
            marked_by: Set(by),
            marked_at: Set(instant(now)),
            ended_at: Set(None),
            ended_by: Set(None),
        };
        point_devices::Entity::insert(row)
            .exec_without_returning(tx)
            .await?;
        sessions::Entity::update_many()
            .col_expr(sessions::Column::GuestId, Expr::value(None::<uuid::Uuid>))
            .filter(sessions::Column::Id.eq(session))
            .exec(tx)
            .await?;
        note(tx, act(Action::DeviceMarked, point, by), now).await
    })
    .await?;
    Ok(token)
}

/// Takes the mark back; again, it changes nothing.
///
/// # Errors
/// The database's.
pub async fn free(
    db: &Db,
    device: PointDeviceId,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    db::write(db, async move |tx| {
        let Some(row) = point_devices::Entity::find_by_id(device).one(tx).await? else {
            return Ok(());
        };
        let ended = point_devices::Entity::update_many()
            .col_expr(point_devices::Column::EndedAt, Expr::value(instant(now)))
            .col_expr(point_devices::Column::EndedBy, Expr::value(by))
            .filter(point_devices::Column::Id.eq(device))
            .filter(point_devices::Column::EndedAt.is_null())
            .exec(tx)
            .await?;
        match ended.rows_affected {
            0 => Ok(()),
            _ => note(tx, act(Action::DeviceFreed, row.point_id, by), now).await,
        }
    })
    .await
}

/// The device of what a browser keeps, while it is one.
///
/// # Errors
/// The database's.
pub async fn of_token(db: &Db, token: &str) -> Result<Option<PointDevice>, DbErr> {
    let row = point_devices::Entity::find()
        .filter(point_devices::Column::TokenDigest.eq(digest_of(token)))
        .filter(point_devices::Column::EndedAt.is_null())
        .one(db.read())
        .await?;
    Ok(named(db, row.into_iter().collect()).await?.pop())
}

/// The devices of some points, of all of them where `None`; the newest first.
///
/// # Errors
/// The database's.
pub async fn of_points(db: &Db, of: Option<&[PointId]>) -> Result<Vec<PointDevice>, DbErr> {
    let mut query = point_devices::Entity::find().filter(point_devices::Column::EndedAt.is_null());
    if let Some(of) = of {
        query = query.filter(point_devices::Column::PointId.is_in(of.iter().copied()));
    }
    let rows = query
        .order_by_desc(point_devices::Column::Id)
        .all(db.read())
        .await?;
    named(db, rows).await
}

async fn named(db: &Db, rows: Vec<point_devices::Model>) -> Result<Vec<PointDevice>, DbErr> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let places = points::Entity::find()
        .filter(points::Column::Id.is_in(rows.iter().map(|row| row.point_id)))
        .all(db.read())
        .await?;
    let name = |id| places.iter().find(|point| point.id == id);
    let device = |row: point_devices::Model| PointDevice {
        id: row.id,
        point: row.point_id,
        point_name: name(row.point_id).map_or(String::new(), |point| point.name.clone()),
        device: row.device,
        since: row.marked_at,
    };
    Ok(rows.into_iter().map(device).collect())
}

fn digest_of(token: &str) -> Vec<u8> {
    digest(&SHA256, token.as_bytes()).as_ref().to_vec()
}

fn act(action: Action, point: PointId, by: AccountId) -> Act<'static> {
    Act {
        by: Some(by),
        action,
        subject: "point",
        id: point.0,
        detail: "",
    }
}
