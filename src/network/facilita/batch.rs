//! Files: made, kept under seal with their hash, and always the same bytes.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult,
    JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use time::{Date, OffsetDateTime};

use crate::citizens::vault::{Purpose, Vault};
use crate::db::audit::{Act, Action, note_to_each};
use crate::db::entities::{attendances, facilita_batches, facilita_rows, programmes, services};
use crate::db::{self, Db, audit, instant};
use crate::domain::calendar::rome_day;
use crate::domain::facilita::SendState;
use crate::domain::ids::{AccountId, BatchId, CitizenId, ProgrammeId, ServiceId};
use crate::domain::progress;
use crate::network::programme::Programme;

use super::check::Reason;
use super::row::{self, FacilitaRow};
use super::sent::{attended, hold, row_of, services_in};
use super::waiting::{AttendanceFilter, Judged, WAITING, judge};
use super::{FacilitaError, MOST_ROWS};

/// Rows in one statement that writes them.
const ROWS: usize = 1_000;

/// An attendance that does not go, with every reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldAttendance {
    /// The service.
    pub service: ServiceId,
    /// Who attended.
    pub citizen: CitizenId,
    /// Facilita refused it, and it was not mended: it is not one of those that were never sent.
    pub refused: bool,
    /// Why not.
    pub reasons: Vec<Reason>,
}

/// What a file holds, or would hold.
#[derive(Debug, Clone)]
pub struct Made {
    /// The file; `None` where nothing could go, and for a trial.
    pub batch: Option<BatchId>,
    /// Its rows.
    pub rows: usize,
    /// What was looked at and does not go.
    pub held_back: Vec<HeldAttendance>,
    /// Attendances that wait for the next file, since this one is full.
    pub waiting: u64,
}

/// A file, without its content.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Batch {
    /// The file.
    pub id: BatchId,
    /// Whose services it holds.
    pub programme_id: ProgrammeId,
    /// The days that were asked for.
    pub from_day: Date,
    /// The last of them.
    pub to_day: Date,
    /// How many rows it has.
    pub rows: i32,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// When it was made.
    pub made_at: OffsetDateTime,
    /// Rows that Facilita refused; `None` before its report.
    pub rejected: Option<i32>,
    /// When the report was read.
    pub reported_at: Option<OffsetDateTime>,
    /// SHA-256 of the report.
    pub report_sha256: Option<String>,
    /// When it was called back: it was never sent.
    pub called_back_at: Option<OffsetDateTime>,
}

impl Batch {
    /// Whether it waits for its report.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.rejected.is_none() && self.called_back_at.is_none()
    }
}

/// What a file is to hold.
#[derive(Debug, Clone)]
pub struct Order {
    /// Whose services.
    pub programme: Programme,
    /// From this day on.
    pub from: Date,
    /// Up to this one, included.
    pub to: Date,
    /// Also while an earlier file waits for its report.
    pub force: bool,
}

struct Draft {
    rows: Vec<(ServiceId, CitizenId, FacilitaRow)>,
    held: Vec<HeldAttendance>,
    waiting: u64,
}

/// What [`make`] would do now.
///
/// # Errors
/// The database's.
pub async fn preview(
    db: &Db,
    vault: &Vault,
    order: &Order,
    now: OffsetDateTime,
) -> Result<Made, FacilitaError> {
    let draft = draft(db, vault, order, rome_day(now)).await?;
    Ok(Made {
        batch: None,
        rows: draft.rows.len(),
        held_back: draft.held,
        waiting: draft.waiting,
    })
}

/// Makes a file of what waits in some days, oldest first, and keeps it; its attendances are sent.
/// All rows of a service are in one file; what does not fit waits for the next.
///
/// Facilita takes one file at a time of a body and project, so there is none while the last one
/// waits for its report, unless the order insists.
///
/// # Errors
/// [`FacilitaError::Open`], or [`FacilitaError::Changed`] where somebody else was quicker.
pub async fn make(
    db: &Db,
    vault: &Vault,
    order: &Order,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<Made, FacilitaError> {
    none_open(db.read(), order).await?;
    let _step = progress::begin("rows for Facilita", 0);
    let draft = draft(db, vault, order, rome_day(now)).await?;
    let (held_back, waiting, count) = (draft.held, draft.waiting, draft.rows.len());
    let mut made = Made {
        batch: None,
        rows: count,
        held_back,
        waiting,
    };
    if count == 0 {
        return Ok(made);
    }
    let id = BatchId::new();
    let file = row::file(draft.rows.iter().map(|(_, _, row)| row))
        .map_err(|error| DbErr::Custom(error.to_string()))?;
    let batch = facilita_batches::ActiveModel {
        id: Set(id),
        programme_id: Set(order.programme.id),
        from_day: Set(order.from),
        to_day: Set(order.to),
        rows: Set(i32::try_from(count).unwrap_or(i32::MAX)),
        sha256: Set(row::sha256(file.as_bytes())),
        file_sealed: Set(vault
            .seal(Purpose::FacilitaFile, id.0, &file)
            .map_err(DbErr::from)?),
        made_by: Set(by),
        made_at: Set(instant(now)),
        rejected: Set(None),
        reported_at: Set(None),
        reported_by: Set(None),
        report_sha256: Set(None),
        report_sealed: Set(None),
        called_back_at: Set(None),
        called_back_by: Set(None),
    };
    let mut rows: Vec<_> = (1..)
        .zip(draft.rows)
        .map(
            |(number, (service, citizen, row))| facilita_rows::ActiveModel {
                batch_id: Set(id),
                number: Set(number),
                service_id: Set(service),
                citizen_id: Set(citizen),
                hash: Set(row.hash()),
                state: Set(SendState::Sent),
                note: Set(None),
                reason: Set(None),
            },
        )
        .collect();
    // What refers to people takes hold of them: always in the order of their ids.
    rows.sort_by_key(|row| row.citizen_id.as_ref().to_owned());
    let order = order.clone();
    db::write(db, async move |tx| {
        let programme = programmes::Entity::find_by_id(order.programme.id);
        programme.lock(LockType::NoKeyUpdate).one(tx).await?;
        none_open(tx, &order).await?;
        facilita_batches::Entity::insert(batch)
            .exec_without_returning(tx)
            .await?;
        for some in rows.chunks(ROWS) {
            facilita_rows::Entity::insert_many(some.iter().cloned())
                .exec_without_returning(tx)
                .await?;
        }
        send(tx, id, count).await?;
        let act = Act {
            by,
            action: Action::FacilitaBatchMade,
            subject: "facilita_batch",
            id: id.0,
            detail: "",
        };
        // In the order of their ids, and each once.
        rows.dedup_by_key(|row| row.citizen_id.as_ref().to_owned());
        let people = rows.iter().map(|row| *row.citizen_id.as_ref());
        note_to_each(tx, act, Action::SentToFacilita, people, now).await?;
        Ok::<_, FacilitaError>(())
    })
    .await?;
    made.batch = Some(id);
    Ok(made)
}

/// Marks the attendances of a file as sent. A service voided, or an attendance sent, since the
/// file was drafted undoes it all.
async fn send(tx: &DatabaseTransaction, id: BatchId, count: usize) -> Result<(), FacilitaError> {
    hold(tx, id).await?;
    let voided = services::Entity::find()
        .filter(services::Column::Id.in_subquery(services_in(id)))
        .filter(services::Column::VoidedAt.is_not_null())
        .count(tx)
        .await?;
    let sent = attendances::Entity::update_many()
        .col_expr(attendances::Column::Facilita, Expr::value(SendState::Sent))
        .filter(attendances::Column::Facilita.is_in(WAITING))
        .filter(attendances::Column::ServiceId.in_subquery(services_in(id)))
        .filter(Expr::exists(row_of(id)))
        .exec(tx)
        .await?;
    if voided > 0 || usize::try_from(sent.rows_affected) != Ok(count) {
        return Err(FacilitaError::Changed);
    }
    Ok(())
}

async fn none_open<C: ConnectionTrait>(db: &C, order: &Order) -> Result<(), FacilitaError> {
    if order.force {
        return Ok(());
    }
    let open: Option<BatchId> = facilita_batches::Entity::find()
        .select_only()
        .column(facilita_batches::Column::Id)
        .filter(facilita_batches::Column::ProgrammeId.eq(order.programme.id))
        .filter(facilita_batches::Column::Rejected.is_null())
        .filter(facilita_batches::Column::CalledBackAt.is_null())
        .order_by_desc(facilita_batches::Column::Id)
        .into_tuple()
        .one(db)
        .await?;
    open.map_or(Ok(()), |id| Err(FacilitaError::Open(id)))
}

async fn draft(db: &Db, vault: &Vault, order: &Order, today: Date) -> Result<Draft, FacilitaError> {
    let mut draft = Draft {
        rows: Vec::new(),
        held: Vec::new(),
        waiting: 0,
    };
    let mut full = false;
    let wanted = AttendanceFilter {
        span: Some((order.from, order.to)),
        ..AttendanceFilter::of(&WAITING)
    };
    judge(db, vault, &order.programme, wanted, today, |service| {
        full = !draft.take(service);
        !full
    })
    .await?;
    if full {
        let looked_at = u64::try_from(draft.rows.len() + draft.held.len());
        let all = count(db, order).await?;
        draft.waiting = all.saturating_sub(looked_at.unwrap_or(all));
    }
    Ok(draft)
}

impl Draft {
    /// Takes a service in, if there is room for all of its rows.
    fn take(&mut self, service: &[Judged]) -> bool {
        let rows = service.iter().filter(|one| one.row.is_ok()).count();
        if self.rows.len() + rows > MOST_ROWS {
            return false;
        }
        for one in service {
            match &one.row {
                Ok(row) => self.rows.push((one.service, one.citizen, row.clone())),
                Err(reasons) => self.held.push(HeldAttendance {
                    service: one.service,
                    citizen: one.citizen,
                    refused: one.refused,
                    reasons: reasons.clone(),
                }),
            }
        }
        true
    }
}

/// How many attendances wait in the days of an order.
async fn count(db: &Db, order: &Order) -> Result<u64, DbErr> {
    attendances::Entity::find()
        .join(JoinType::InnerJoin, attended())
        .filter(attendances::Column::Facilita.is_in(WAITING))
        .filter(services::Column::ProgrammeId.eq(order.programme.id))
        .filter(services::Column::Day.between(order.from, order.to))
        .filter(services::Column::VoidedAt.is_null())
        .count(db.read())
        .await
}

/// A programme's files, the last first.
///
/// # Errors
/// The database's.
pub async fn list(db: &Db, programme: ProgrammeId) -> Result<Vec<Batch>, DbErr> {
    light(facilita_batches::Entity::find())
        .filter(facilita_batches::Column::ProgrammeId.eq(programme))
        .order_by_desc(facilita_batches::Column::Id)
        .into_model()
        .all(db.read())
        .await
}

/// A file, without its content; `None` for one that does not exist.
///
/// # Errors
/// The database's.
pub async fn by_id(db: &Db, id: BatchId) -> Result<Option<Batch>, DbErr> {
    light(facilita_batches::Entity::find_by_id(id))
        .into_model()
        .one(db.read())
        .await
}

fn light(
    query: sea_orm::Select<facilita_batches::Entity>,
) -> sea_orm::Select<facilita_batches::Entity> {
    use facilita_batches::Column as C;
    query
        .select_only()
        .columns([C::Id, C::ProgrammeId, C::FromDay, C::ToDay, C::Rows])
        .columns([C::Sha256, C::MadeAt, C::Rejected, C::ReportedAt])
        .columns([C::ReportSha256, C::CalledBackAt])
}

/// The bytes of a file, and their SHA-256: another than [`Batch::sha256`] once somebody's record was
/// erased ([`super::redact`]).
///
/// # Errors
/// [`FacilitaError::NotFound`].
pub async fn file(db: &Db, vault: &Vault, id: BatchId) -> Result<(String, String), FacilitaError> {
    let found = facilita_batches::Entity::find_by_id(id)
        .one(db.read())
        .await?
        .ok_or(FacilitaError::NotFound)?;
    let file = vault.open(Purpose::FacilitaFile, id.0, &found.file_sealed);
    audit::saw(Action::FacilitaFileExported, "facilita_batch", id.0, "");
    let file = file.map_err(DbErr::from)?;
    let sha256 = row::sha256(file.as_bytes());
    Ok((file, sha256))
}

/// The report that was read for a file, as it was given, and its SHA-256.
///
/// # Errors
/// [`FacilitaError::NotFound`], also before there is one.
pub async fn report(
    db: &Db,
    vault: &Vault,
    id: BatchId,
) -> Result<(String, String), FacilitaError> {
    let found = facilita_batches::Entity::find_by_id(id)
        .one(db.read())
        .await?;
    let sealed = found.and_then(|found| found.report_sealed.zip(found.report_sha256));
    let (sealed, sha256) = sealed.ok_or(FacilitaError::NotFound)?;
    let text = vault.open(Purpose::FacilitaReport, id.0, &sealed);
    audit::saw(Action::FacilitaReportExported, "facilita_batch", id.0, "");
    Ok((text.map_err(DbErr::from)?, sha256))
}
