//! What follows a citizen and moves from one record to another: services attended, groups, things
//! given to learn, questions, consents. Of the card see `card.rs`.

use std::collections::{HashMap, HashSet};

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::db::entities::{
    assignments, attendances, consents, facilita_rows, group_members, help_requests,
};
use crate::db::{insert_new, instant};
use crate::domain::facilita::SendState;
use crate::domain::ids::{
    AssignmentId, BatchId, CardId, CitizenId, ConsentId, GroupId, HelpRequestId, ServiceId,
};

/// What moved, to be given back.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Carried {
    attended: Vec<ServiceId>,
    attended_both: Vec<Both>,
    /// Rows of files for Facilita, by file and number.
    sent: Vec<(BatchId, i32)>,
    groups: Vec<GroupId>,
    groups_both: Vec<Member>,
    assigned: Vec<AssignmentId>,
    /// The same module was assigned to both: the merged record's is put aside.
    assigned_both: Vec<AssignmentId>,
    asked: Vec<HelpRequestId>,
    consents: Vec<ConsentId>,
    /// The merged record's cards that stopped.
    pub(super) cards: Vec<CardId>,
    /// Those that are the kept record's since.
    #[serde(default)]
    pub(super) cards_moved: Vec<CardId>,
    /// The kept record's that stopped.
    #[serde(default)]
    pub(super) cards_stopped: Vec<CardId>,
}

/// A service that both attended: the kept record's attendance stands. Only the record with the
/// codice fiscale can have gone to Facilita; where that was the merged one, the attendance that
/// stands takes over how far it went.
#[derive(Debug, Serialize, Deserialize)]
struct Both {
    service: ServiceId,
    merged: String,
    kept: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Member {
    group: GroupId,
    #[serde(with = "time::serde::rfc3339")]
    added_at: OffsetDateTime,
}

/// Moves everything from one record to another. `code`: whether the codice fiscale moved too.
pub(super) async fn to(
    tx: &DatabaseTransaction,
    from: CitizenId,
    to: CitizenId,
    code: bool,
    now: OffsetDateTime,
) -> Result<Carried, DbErr> {
    let mut carried = Carried::default();
    attendances(tx, from, to, code, &mut carried).await?;
    groups(tx, from, to, &mut carried).await?;
    assignments(tx, from, to, now, &mut carried).await?;
    let asked = help_requests::Entity::find()
        .filter(help_requests::Column::CitizenId.eq(from))
        .all(tx)
        .await?;
    carried.asked = asked.into_iter().map(|row| row.id).collect();
    give_asked(tx, &carried.asked, to).await?;
    let agreed = consents::Entity::find()
        .filter(consents::Column::CitizenId.eq(from))
        .all(tx)
        .await?;
    carried.consents = agreed.into_iter().map(|row| row.id).collect();
    give_consents(tx, &carried.consents, to).await?;
    Ok(carried)
}

/// Gives everything back that is still there to be given.
pub(super) async fn back(
    tx: &DatabaseTransaction,
    carried: &Carried,
    kept: CitizenId,
    merged: CitizenId,
) -> Result<(), DbErr> {
    attend(tx, &carried.attended, kept, merged).await?;
    for both in &carried.attended_both {
        let state = |name: &str| SendState::from_name(name).unwrap_or(SendState::Ready);
        let row = attendances::ActiveModel {
            service_id: Set(both.service),
            citizen_id: Set(merged),
            new_citizen: Set(false),
            facilita: Set(state(&both.merged)),
        };
        insert_new(tx, row).await?;
        if let Some(name) = &both.kept {
            set_state(tx, both.service, kept, state(name)).await?;
        }
    }
    for (batch, number) in &carried.sent {
        rename(tx, *batch, *number, merged).await?;
    }
    // What was sent between the merge and now of services that go back.
    facilita_rows::Entity::update_many()
        .col_expr(facilita_rows::Column::CitizenId, Expr::value(merged))
        .filter(facilita_rows::Column::CitizenId.eq(kept))
        .filter(facilita_rows::Column::ServiceId.is_in(carried.attended.iter().copied()))
        .exec(tx)
        .await?;
    join(tx, &carried.groups, kept, merged).await?;
    for member in &carried.groups_both {
        let row = group_members::ActiveModel {
            group_id: Set(member.group),
            citizen_id: Set(merged),
            added_at: Set(member.added_at),
        };
        insert_new(tx, row).await?;
    }
    assign(tx, &carried.assigned, merged).await?;
    put_aside(tx, &carried.assigned_both, None).await?;
    give_asked(tx, &carried.asked, merged).await?;
    give_consents(tx, &carried.consents, merged).await
}

async fn attendances(
    tx: &DatabaseTransaction,
    from: CitizenId,
    to: CitizenId,
    code: bool,
    carried: &mut Carried,
) -> Result<(), DbErr> {
    let of = async |citizen: CitizenId| {
        attendances::Entity::find()
            .filter(attendances::Column::CitizenId.eq(citizen))
            .all(tx)
            .await
    };
    let own: HashMap<_, _> = of(to)
        .await?
        .into_iter()
        .map(|row| (row.service_id, row.facilita))
        .collect();
    let attended = of(from).await?;
    // Found by the services: of these there are few, and many rows.
    let sent = facilita_rows::Entity::find()
        .filter(facilita_rows::Column::ServiceId.is_in(attended.iter().map(|row| row.service_id)))
        .filter(facilita_rows::Column::CitizenId.eq(from))
        .all(tx)
        .await?;
    for row in attended {
        let Some(state) = own.get(&row.service_id) else {
            carried.attended.push(row.service_id);
            continue;
        };
        attendances::Entity::delete_by_id((row.service_id, from))
            .exec(tx)
            .await?;
        if code {
            set_state(tx, row.service_id, to, row.facilita).await?;
        }
        carried.attended_both.push(Both {
            service: row.service_id,
            merged: row.facilita.name().to_owned(),
            kept: code.then(|| state.name().to_owned()),
        });
    }
    attend(tx, &carried.attended, from, to).await?;
    for row in sent {
        rename(tx, row.batch_id, row.number, to).await?;
        carried.sent.push((row.batch_id, row.number));
    }
    Ok(())
}

/// Whom a service makes reached is settled afterwards.
async fn attend(
    tx: &DatabaseTransaction,
    services: &[ServiceId],
    from: CitizenId,
    to: CitizenId,
) -> Result<(), DbErr> {
    attendances::Entity::update_many()
        .col_expr(attendances::Column::CitizenId, Expr::value(to))
        .col_expr(attendances::Column::NewCitizen, Expr::value(false))
        .filter(attendances::Column::CitizenId.eq(from))
        .filter(attendances::Column::ServiceId.is_in(services.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}

async fn set_state(
    tx: &DatabaseTransaction,
    service: ServiceId,
    citizen: CitizenId,
    state: SendState,
) -> Result<(), DbErr> {
    attendances::Entity::update_many()
        .col_expr(attendances::Column::Facilita, Expr::value(state))
        .filter(attendances::Column::ServiceId.eq(service))
        .filter(attendances::Column::CitizenId.eq(citizen))
        .exec(tx)
        .await?;
    Ok(())
}

async fn rename(
    tx: &DatabaseTransaction,
    batch: BatchId,
    number: i32,
    to: CitizenId,
) -> Result<(), DbErr> {
    facilita_rows::Entity::update_many()
        .col_expr(facilita_rows::Column::CitizenId, Expr::value(to))
        .filter(facilita_rows::Column::BatchId.eq(batch))
        .filter(facilita_rows::Column::Number.eq(number))
        .exec(tx)
        .await?;
    Ok(())
}

async fn groups(
    tx: &DatabaseTransaction,
    from: CitizenId,
    to: CitizenId,
    carried: &mut Carried,
) -> Result<(), DbErr> {
    let of = async |citizen: CitizenId| {
        group_members::Entity::find()
            .filter(group_members::Column::CitizenId.eq(citizen))
            .all(tx)
            .await
    };
    let own: HashSet<_> = of(to).await?.into_iter().map(|row| row.group_id).collect();
    for row in of(from).await? {
        if own.contains(&row.group_id) {
            group_members::Entity::delete_by_id((row.group_id, from))
                .exec(tx)
                .await?;
            carried.groups_both.push(Member {
                group: row.group_id,
                added_at: row.added_at,
            });
        } else {
            carried.groups.push(row.group_id);
        }
    }
    join(tx, &carried.groups, from, to).await
}

async fn join(
    tx: &DatabaseTransaction,
    groups: &[GroupId],
    from: CitizenId,
    to: CitizenId,
) -> Result<(), DbErr> {
    group_members::Entity::update_many()
        .col_expr(group_members::Column::CitizenId, Expr::value(to))
        .filter(group_members::Column::CitizenId.eq(from))
        .filter(group_members::Column::GroupId.is_in(groups.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}

async fn assignments(
    tx: &DatabaseTransaction,
    from: CitizenId,
    to: CitizenId,
    now: OffsetDateTime,
    carried: &mut Carried,
) -> Result<(), DbErr> {
    let of = async |citizen: CitizenId| {
        assignments::Entity::find()
            .filter(assignments::Column::CitizenId.eq(citizen))
            .all(tx)
            .await
    };
    let open = |row: &assignments::Model| row.withdrawn_at.is_none();
    let own: HashSet<_> = of(to)
        .await?
        .into_iter()
        .filter(open)
        .map(|row| row.module)
        .collect();
    for row in of(from).await? {
        if open(&row) && own.contains(&row.module) {
            carried.assigned_both.push(row.id);
        } else {
            carried.assigned.push(row.id);
        }
    }
    put_aside(tx, &carried.assigned_both, Some(instant(now))).await?;
    assign(tx, &carried.assigned, to).await
}

async fn assign(
    tx: &DatabaseTransaction,
    ids: &[AssignmentId],
    to: CitizenId,
) -> Result<(), DbErr> {
    assignments::Entity::update_many()
        .col_expr(assignments::Column::CitizenId, Expr::value(to))
        .filter(assignments::Column::Id.is_in(ids.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}

async fn put_aside(
    tx: &DatabaseTransaction,
    ids: &[AssignmentId],
    at: Option<OffsetDateTime>,
) -> Result<(), DbErr> {
    assignments::Entity::update_many()
        .col_expr(assignments::Column::WithdrawnAt, Expr::value(at))
        .filter(assignments::Column::Id.is_in(ids.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}

async fn give_asked(
    tx: &DatabaseTransaction,
    ids: &[HelpRequestId],
    to: CitizenId,
) -> Result<(), DbErr> {
    help_requests::Entity::update_many()
        .col_expr(help_requests::Column::CitizenId, Expr::value(to))
        .filter(help_requests::Column::Id.is_in(ids.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}

async fn give_consents(
    tx: &DatabaseTransaction,
    ids: &[ConsentId],
    to: CitizenId,
) -> Result<(), DbErr> {
    consents::Entity::update_many()
        .col_expr(consents::Column::CitizenId, Expr::value(to))
        .filter(consents::Column::Id.is_in(ids.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}
