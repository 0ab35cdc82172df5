//! Facilita's report of refused rows, read back.
//!
//! The report has a header, and for each row `numeroRiga`, `note` and then the columns of the row,
//! written without quotation: a note with a comma looks like more columns, never like fewer. What is
//! sure is the number at the beginning of a line; the note ends where the facilitator of that row of
//! our file begins, or where the columns counted from the end do. Lines may end either way,
//! semicolons may stand for commas.
//!
//! A row that the report does not name is taken for accepted, so that a part of a report would lose
//! refusals: one without its header, without a row, or with a line that has not all of its columns
//! is refused. One that ends where a line does cannot be told from a whole one: so whoever brings it
//! says how many rows Facilita refused. That it refused nothing is said in so many words
//! ([`ReportAnswer::NoneRefused`]).

use std::collections::BTreeMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait as _, LockType, OnConflict};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use time::OffsetDateTime;

use crate::citizens::vault::{Purpose, Vault};
use crate::db::audit::{Act, Action, note};
use crate::db::entities::{attendances, facilita_batches, facilita_rows};
use crate::db::{self, Db, instant};
use crate::domain::facilita::SendState;
use crate::domain::field::FieldError;
use crate::domain::ids::{AccountId, BatchId, CitizenId, ServiceId};
use crate::domain::sheet::{self, SheetError};

use super::FacilitaError;
use super::batch::file;
use super::redact::after_report_in;
pub use super::refusals::header;
use super::refusals::parse;
use super::row::{read, sha256};
use super::sent::{hold, row_of, rows_after, services_in};

/// What is kept instead of a report where there is none.
const NONE_REFUSED: &str = "Facilita non ha scartato nessuna riga.\n";
/// Rows in one statement that writes them.
const ROWS: usize = 1_000;

/// What came back for a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportAnswer<'a> {
    /// The bytes of the report, as somebody's program saved them, and how many rows Facilita says
    /// that it refused, where somebody tells: a report that was cut where a line ends has fewer.
    Report(&'a [u8], Option<usize>),
    /// Somebody says that there is none, since Facilita refused no row.
    NoneRefused,
}

/// What a report says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// How many rows Facilita took.
    pub accepted: usize,
    /// The others, in their order.
    pub rejected: Vec<RefusedRow>,
}

/// A row that Facilita refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedRow {
    /// Its number in the file, the first after the header being 1.
    pub row: u32,
    /// Of this service.
    pub service: ServiceId,
    /// Who attended.
    pub citizen: CitizenId,
    /// Facilita's words.
    pub note: String,
}

/// Takes in what came back for a file: the rows that the report names are rejected, the others
/// accepted. The same answer again changes nothing; another one takes the place of the first, but
/// what has been sent anew since then stays as it is.
///
/// # Errors
/// [`FacilitaError::NotFound`]; [`FacilitaError::CalledBack`] for a file that was never sent;
/// [`FacilitaError::Invalid`] where the report is empty or a part of one;
/// [`FacilitaError::Unreadable`] where a line cannot be understood or is of another file. Nothing
/// is changed then: a refusal that was overlooked would be lost.
pub async fn receive(
    db: &Db,
    vault: &Vault,
    id: BatchId,
    answer: ReportAnswer<'_>,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<Outcome, FacilitaError> {
    let text = match answer {
        ReportAnswer::Report(bytes, _) => text_of(bytes)?,
        ReportAnswer::NoneRefused => NONE_REFUSED.to_owned(),
    };
    let sha256 = sha256(text.as_bytes());
    let batch = super::batch::by_id(db, id).await?;
    let batch = batch.ok_or(FacilitaError::NotFound)?;
    if batch.called_back_at.is_some() {
        return Err(FacilitaError::CalledBack);
    }
    if batch.report_sha256.as_deref() == Some(&sha256) {
        return outcome(db, id).await;
    }
    let (file, _) = file(db, vault, id).await?;
    let sent = read(&file).map_err(|error| DbErr::Custom(error.to_string()))?;
    let rows = rows_of(db, id).await?;
    let services: Vec<_> = rows.iter().map(|row| row.service_id).collect();
    let notes = match answer {
        ReportAnswer::Report(_, told) => {
            let notes = parse(&text, &sent, &services)?;
            if told.is_some_and(|told| told != notes.len()) {
                let fault = FieldError::new("refused", "facilita-report-count");
                return Err(FacilitaError::Invalid(vec![fault]));
            }
            notes
        }
        ReportAnswer::NoneRefused => BTreeMap::new(),
    };
    let keys = vault.clone();
    let sealed = vault.seal(Purpose::FacilitaReport, id.0, &text);
    let sealed = sealed.map_err(DbErr::from)?;
    let refused: Vec<_> = rows
        .into_iter()
        .filter_map(|row| {
            let note = notes.get(&u32::try_from(row.number).ok()?)?.clone();
            Some(facilita_rows::ActiveModel {
                state: Set(SendState::Rejected),
                note: Set(Some(note)),
                reason: Set(None),
                ..row.into()
            })
        })
        .collect();
    let detail = match answer {
        ReportAnswer::Report(..) => "",
        ReportAnswer::NoneRefused => "no row refused",
    };
    db::write(db, async move |tx| {
        if !standing(tx, id).await? {
            return Err(FacilitaError::CalledBack);
        }
        keep(tx, id, &refused).await?;
        let update = facilita_batches::ActiveModel {
            rejected: Set(i32::try_from(refused.len()).ok()),
            reported_at: Set(Some(instant(now))),
            reported_by: Set(by),
            report_sha256: Set(Some(sha256)),
            report_sealed: Set(Some(sealed)),
            ..Default::default()
        };
        facilita_batches::Entity::update_many()
            .set(update)
            .filter(facilita_batches::Column::Id.eq(id))
            .exec(tx)
            .await?;
        let act = Act {
            by,
            action: Action::FacilitaReportRead,
            subject: "facilita_batch",
            id: id.0,
            detail,
        };
        note(tx, act, now).await?;
        after_report_in(tx, &keys, id).await?;
        Ok::<_, FacilitaError>(())
    })
    .await?;
    outcome(db, id).await
}

fn text_of(report: &[u8]) -> Result<String, FacilitaError> {
    let read = sheet::text(report).map(|(text, _)| text);
    read.map_err(|error| {
        let line = match error {
            SheetError::Encoding { line } => usize::try_from(line).unwrap_or(1),
            _ => 1,
        };
        FacilitaError::Unreadable(vec![(line, error.key())])
    })
}

/// Takes hold of a file; whether it was not called back.
async fn standing(tx: &DatabaseTransaction, id: BatchId) -> Result<bool, DbErr> {
    let batch = facilita_batches::Entity::find_by_id(id).select_only();
    let called_back: Option<Option<OffsetDateTime>> = batch
        .column(facilita_batches::Column::CalledBackAt)
        .lock(LockType::NoKeyUpdate)
        .into_tuple()
        .one(tx)
        .await?;
    Ok(called_back.flatten().is_none())
}

/// Writes down what became of every row, and of its attendance unless it was sent again.
async fn keep(
    tx: &DatabaseTransaction,
    id: BatchId,
    refused: &[facilita_rows::ActiveModel],
) -> Result<(), DbErr> {
    use facilita_rows::Column as R;
    facilita_rows::Entity::update_many()
        .col_expr(R::State, Expr::value(SendState::Accepted))
        .col_expr(R::Note, Expr::value(None::<String>))
        .col_expr(R::Reason, Expr::value(None::<String>))
        .filter(R::BatchId.eq(id))
        .exec(tx)
        .await?;
    for some in refused.chunks(ROWS) {
        let known = OnConflict::columns([R::BatchId, R::Number])
            .update_columns([R::State, R::Note, R::Reason])
            .to_owned();
        facilita_rows::Entity::insert_many(some.iter().cloned())
            .on_conflict(known)
            .exec_without_returning(tx)
            .await?;
    }
    hold(tx, id).await?;
    for state in [SendState::Accepted, SendState::Rejected] {
        let with_state = row_of(id).and_where(R::State.eq(state)).take();
        attendances::Entity::update_many()
            .col_expr(attendances::Column::Facilita, Expr::value(state))
            .filter(attendances::Column::Facilita.ne(SendState::Ready))
            .filter(attendances::Column::ServiceId.in_subquery(services_in(id)))
            .filter(Expr::exists(with_state))
            .filter(Expr::exists(rows_after(id)).not())
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// What is kept of a file's report.
///
/// # Errors
/// The database's.
pub async fn outcome(db: &Db, id: BatchId) -> Result<Outcome, FacilitaError> {
    let rows = rows_of(db, id).await?;
    let all = rows.len();
    let refused = |row: facilita_rows::Model| RefusedRow {
        row: u32::try_from(row.number).unwrap_or(0),
        service: row.service_id,
        citizen: row.citizen_id,
        note: row.note.unwrap_or_default(),
    };
    let rejected: Vec<_> = rows
        .into_iter()
        .filter(|row| row.state == SendState::Rejected)
        .map(refused)
        .collect();
    Ok(Outcome {
        accepted: all - rejected.len(),
        rejected,
    })
}

async fn rows_of(db: &Db, id: BatchId) -> Result<Vec<facilita_rows::Model>, DbErr> {
    facilita_rows::Entity::find()
        .filter(facilita_rows::Column::BatchId.eq(id))
        .order_by_asc(facilita_rows::Column::Number)
        .all(db.read())
        .await
}
