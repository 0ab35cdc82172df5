//! What people report of a page that they cannot use, and who answered.
//!
//! The law on accessibility (4/2004, article 3-quater) wants a way to report; AgID's guidelines give
//! thirty days for the answer.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use thiserror::Error;
use time::{Duration, OffsetDateTime};

use crate::db::audit::{Act, Action, note};
use crate::db::entities::reports;
use crate::db::{self, Db, audit, instant, limit};
use crate::domain::field::FieldError;
use crate::domain::ids::{AccountId, ReportId};
use crate::domain::text;

/// The days within which an answer is due.
pub const DUE: Duration = Duration::days(30);

/// The longest report, in characters.
pub const LONGEST: usize = 2_000;

/// The most that are listed at once.
const MOST: u64 = 200;

/// The name of the bound of those that wait for an answer: beyond it somebody fills the disk.
const WAITING: &str = "reports-waiting";
/// The bound where the table has none.
const USUAL_WAITING: i64 = 2_000;

/// What somebody sends.
#[derive(Debug, Clone, Default)]
pub struct NewReport {
    /// The page, as they know it.
    pub page: String,
    /// What does not work for them.
    pub text: String,
    /// Where they want the answer; empty where they want none.
    pub email: String,
}

/// A report that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Permanent.
    pub id: ReportId,
    /// The page, as the sender knows it.
    pub page: String,
    /// What does not work.
    pub text: String,
    /// Where the answer goes.
    pub email: Option<String>,
    /// When it came.
    pub sent_at: OffsetDateTime,
}

/// Why nothing was sent or answered.
#[derive(Debug, Error)]
pub enum ReportError {
    /// Fields at fault, all of them.
    #[error("{} fields cannot be accepted", .0.len())]
    Invalid(Vec<FieldError>),
    /// So many wait that no more are taken.
    #[error("too many reports wait for an answer")]
    Full,
    /// No such report.
    #[error("no such report")]
    NotFound,
    /// The database's.
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// Keeps a report.
///
/// # Errors
/// [`ReportError::Invalid`]; [`ReportError::Full`] where too many wait.
pub async fn send(db: &Db, new: &NewReport, now: OffsetDateTime) -> Result<(), ReportError> {
    let email = text::line(&new.email);
    let mut faults = Vec::new();
    let told = text::paragraphs(&new.text);
    match told.chars().count() {
        0 => faults.push(FieldError::new("text", "report-empty")),
        length if length > LONGEST => faults.push(FieldError::new("text", "report-long")),
        _ => {}
    }
    if !email.is_empty() && text::email(&email).is_none() {
        faults.push(FieldError::new("email", "report-email"));
    }
    if !faults.is_empty() {
        return Err(ReportError::Invalid(faults));
    }
    let row = reports::ActiveModel {
        id: Set(ReportId::new()),
        page: Set(text::line(&new.page).chars().take(200).collect()),
        text: Set(told),
        email: Set((!email.is_empty()).then_some(email)),
        sent_at: Set(instant(now)),
        answered_at: Set(None),
        answered_by: Set(None),
    };
    db::write(db, async move |tx| {
        let most = limit::held(tx, WAITING, USUAL_WAITING).await?;
        let waiting = reports::Entity::find().filter(reports::Column::AnsweredAt.is_null());
        if i64::try_from(waiting.count(tx).await?).is_ok_and(|number| number >= most) {
            return Err(ReportError::Full);
        }
        reports::Entity::insert(row)
            .exec_without_returning(tx)
            .await?;
        Ok(())
    })
    .await
}

/// Those that wait for an answer, the oldest first.
///
/// # Errors
/// The database's.
pub async fn waiting(db: &Db) -> Result<Vec<Report>, DbErr> {
    let rows = reports::Entity::find()
        .filter(reports::Column::AnsweredAt.is_null())
        .order_by_asc(reports::Column::Id)
        .limit(MOST)
        .all(db.read())
        .await?;
    audit::list_seen(Action::ReportsListed, rows.len());
    let report = |row: reports::Model| Report {
        id: row.id,
        page: row.page,
        text: row.text,
        email: row.email,
        sent_at: row.sent_at,
    };
    Ok(rows.into_iter().map(report).collect())
}

/// Marks a report as answered, once.
///
/// # Errors
/// [`ReportError::NotFound`], also where it was answered before.
pub async fn answer(
    db: &Db,
    id: ReportId,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), ReportError> {
    db::write(db, async move |tx| {
        let done = reports::Entity::update_many()
            .col_expr(reports::Column::AnsweredAt, Expr::value(instant(now)))
            .col_expr(reports::Column::AnsweredBy, Expr::value(by))
            .filter(reports::Column::Id.eq(id))
            .filter(reports::Column::AnsweredAt.is_null())
            .exec(tx)
            .await?;
        if done.rows_affected == 0 {
            return Err(ReportError::NotFound);
        }
        let act = Act {
            by: Some(by),
            action: Action::ReportAnswered,
            subject: "report",
            id: id.0,
            detail: "",
        };
        Ok(note(tx, act, now).await?)
    })
    .await
}
