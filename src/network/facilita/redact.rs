//! Files and reports without the people whose records were erased.
//!
//! A row keeps its number, its facilitator, its place and its service, so that a report can still
//! be read against it and somebody can find it in Facilita; every column about the person is empty.
//! The hash of what was sent stays with the file: these are no longer those bytes, and the
//! download's own hash says so.

use std::collections::{BTreeMap, HashSet};

use sea_orm::sea_query::{Expr, ExprTrait as _, LockType};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};
use time::{Date, OffsetDateTime};

use crate::citizens::erased::NamedBy;
use crate::citizens::vault::{Purpose, Vault};
use crate::db::audit::{Act, Action, note_to_each};
use crate::db::entities::{
    attendances, citizens, facilita_batches, facilita_rows, kept_attendances, points, services,
};
use crate::db::{self, Db, as_it_is};
use crate::domain::facilita::SendState;
use crate::domain::ids::{AccountId, BatchId, CitizenId, ServiceId};
use crate::network::programme::Programme;

use super::FacilitaError;
use super::row::{self, FacilitaRow, reference};

/// AN1 to AN17: what a row says of the person.
const PERSON: std::ops::Range<usize> = 4..18;
/// SE7, which somebody wrote.
const DETAIL: usize = 26;

/// Locks files in the order of their ids.
pub(in crate::network) async fn hold_in(
    tx: &DatabaseTransaction,
    files: &[BatchId],
) -> Result<(), DbErr> {
    facilita_batches::Entity::find()
        .select_only()
        .column(facilita_batches::Column::Id)
        .filter(facilita_batches::Column::Id.is_in(files.iter().copied()))
        .order_by_asc(facilita_batches::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .into_tuple::<BatchId>()
        .all(tx)
        .await?;
    Ok(())
}

/// Empties the rows of some people in a file that is held, and in its report.
pub(in crate::network) async fn file_in(
    tx: &DatabaseTransaction,
    vault: &Vault,
    id: BatchId,
    people: &[CitizenId],
    named: &NamedBy,
) -> Result<(), DbErr> {
    let theirs = facilita_rows::Entity::find()
        .filter(facilita_rows::Column::BatchId.eq(id))
        .filter(facilita_rows::Column::CitizenId.is_in(people.iter().copied()))
        .all(tx)
        .await?;
    let batch = facilita_batches::Entity::find_by_id(id).one(tx).await?;
    let (Some(batch), false) = (batch, theirs.is_empty()) else {
        return Ok(());
    };
    let mut notes = BTreeMap::new();
    for row in &theirs {
        let clean = |text: &Option<String>| {
            let text = text.as_deref()?;
            Some(named.without(text).unwrap_or_else(|| text.to_owned()))
        };
        let note = clean(&row.note);
        notes.insert(row.number, note.clone().unwrap_or_default());
        facilita_rows::Entity::update_many()
            .col_expr(facilita_rows::Column::Hash, Expr::value(""))
            .col_expr(facilita_rows::Column::Note, Expr::value(note))
            .col_expr(
                facilita_rows::Column::Reason,
                Expr::value(clean(&row.reason)),
            )
            .filter(facilita_rows::Column::BatchId.eq(id))
            .filter(facilita_rows::Column::Number.eq(row.number))
            .exec(tx)
            .await?;
    }
    let numbers: HashSet<i32> = notes.keys().copied().collect();
    let file = vault.open(Purpose::FacilitaFile, id.0, &batch.file_sealed)?;
    let file = without(&file, &numbers, named).map_err(broken)?;
    let file = vault.seal(Purpose::FacilitaFile, id.0, &file)?;
    let report = match &batch.report_sealed {
        Some(sealed) => {
            let text = vault.open(Purpose::FacilitaReport, id.0, sealed)?;
            let text = report_without(&text, &notes);
            Some(vault.seal(Purpose::FacilitaReport, id.0, &text)?)
        }
        None => None,
    };
    facilita_batches::Entity::update_many()
        .col_expr(facilita_batches::Column::FileSealed, Expr::value(file))
        .col_expr(facilita_batches::Column::ReportSealed, Expr::value(report))
        .filter(facilita_batches::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

fn broken(error: csv::Error) -> DbErr {
    DbErr::Custom(error.to_string())
}

/// The file with the rows of these numbers, counted from 1, emptied of the person.
fn without(file: &str, numbers: &HashSet<i32>, named: &NamedBy) -> Result<String, csv::Error> {
    let mut rows: Vec<FacilitaRow> = row::read(file)?;
    for (number, row) in (1..).zip(&mut rows) {
        if !numbers.contains(&number) {
            continue;
        }
        for field in &mut row.0[PERSON] {
            field.clear();
        }
        if let Some(clean) = named.without(&row.0[DETAIL]) {
            row.0[DETAIL] = clean;
        }
    }
    row::file(&rows)
}

/// A report repeats the rows it refuses: of these, only the number and the note are left.
fn report_without(text: &str, notes: &BTreeMap<i32, String>) -> String {
    let line = |line: &str| {
        let start = line.trim_start_matches(['\u{feff}', '"', ' ']);
        let digits: String = start.chars().take_while(char::is_ascii_digit).collect();
        let note = digits.parse().ok().and_then(|number| notes.get(&number));
        note.map_or_else(|| line.to_owned(), |note| format!("{digits},{note}"))
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// After a report was read: of people who were erased since the file was made nothing waits, and
/// nothing is kept of them in the report.
pub(super) async fn after_report_in(
    tx: &DatabaseTransaction,
    vault: &Vault,
    id: BatchId,
) -> Result<(), DbErr> {
    let erased: Vec<CitizenId> = facilita_rows::Entity::find()
        .select_only()
        .column(facilita_rows::Column::CitizenId)
        .join(JoinType::InnerJoin, row_citizen())
        .filter(facilita_rows::Column::BatchId.eq(id))
        .filter(citizens::Column::ErasedAt.is_not_null())
        .into_tuple()
        .all(tx)
        .await?;
    if erased.is_empty() {
        return Ok(());
    }
    attendances::Entity::update_many()
        .col_expr(
            attendances::Column::Facilita,
            Expr::value(SendState::Erased),
        )
        .filter(attendances::Column::CitizenId.is_in(erased.iter().copied()))
        .filter(attendances::Column::Facilita.eq(SendState::Rejected))
        .exec(tx)
        .await?;
    // Facilita's words may repeat a value of theirs, which nobody knows any more.
    facilita_rows::Entity::update_many()
        .col_expr(facilita_rows::Column::Note, Expr::value(None::<String>))
        .filter(facilita_rows::Column::BatchId.eq(id))
        .filter(facilita_rows::Column::CitizenId.is_in(erased.iter().copied()))
        .exec(tx)
        .await?;
    file_in(tx, vault, id, &erased, &NamedBy::default()).await
}

fn row_citizen() -> sea_orm::RelationDef {
    facilita_rows::Entity::belongs_to(citizens::Entity)
        .from(facilita_rows::Column::CitizenId)
        .to(citizens::Column::Id)
        .into()
}

/// A row that Facilita has, or will have, of somebody whose record was erased here: to be taken out
/// there by hand.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct ErasedThere {
    /// The service.
    pub service_id: ServiceId,
    /// The record that was erased.
    pub citizen_id: CitizenId,
    /// The file.
    pub batch_id: BatchId,
    /// When it was made.
    pub made_at: OffsetDateTime,
    /// The row's number in it.
    pub number: i32,
    /// The day of the service.
    pub day: Date,
    /// The code of the point.
    pub point: String,
}

impl ErasedThere {
    /// The reference of the service at the end of SE7.
    #[must_use]
    pub fn reference(&self) -> String {
        reference(self.service_id)
    }
}

/// The most that are listed at once.
const MOST: u64 = 50;

/// The first rows of a programme that somebody has to take out in Facilita, by hand.
///
/// # Errors
/// The database's.
pub async fn erased_there(
    db: &Db,
    programme: &Programme,
) -> Result<Vec<ErasedThere>, FacilitaError> {
    use facilita_rows::Column as R;
    let there = [SendState::Sent, SendState::Accepted];
    let kept = kept_attendances::Entity::find()
        .select_only()
        .column(kept_attendances::Column::CitizenId)
        .into_query();
    let found = attendances::Entity::find()
        .select_only()
        .columns([R::ServiceId, R::CitizenId])
        .columns([R::BatchId, R::Number])
        .column(facilita_batches::Column::MadeAt)
        .column(services::Column::Day)
        .column_as(points::Column::Code, "point")
        .join(JoinType::InnerJoin, super::sent::whose())
        .join(JoinType::InnerJoin, super::sent::attended())
        .join(
            JoinType::InnerJoin,
            services::Entity::belongs_to(points::Entity)
                .from(services::Column::PointId)
                .to(points::Column::Id)
                .into(),
        )
        .join(
            JoinType::InnerJoin,
            attendances::Entity::belongs_to(facilita_rows::Entity)
                .from((
                    attendances::Column::ServiceId,
                    attendances::Column::CitizenId,
                ))
                .to((R::ServiceId, R::CitizenId))
                .into(),
        )
        .join(
            JoinType::InnerJoin,
            facilita_rows::Entity::belongs_to(facilita_batches::Entity)
                .from(R::BatchId)
                .to(facilita_batches::Column::Id)
                .into(),
        )
        .filter(citizens::Column::ErasedAt.is_not_null())
        // Few were erased: said like this, a database begins with them, and not with all that was
        // sent.
        .filter(attendances::Column::CitizenId.in_subquery(kept))
        .filter(as_it_is((attendances::Entity, attendances::Column::Facilita)).is_in(there))
        .filter(R::State.is_in(there))
        .filter(as_it_is((services::Entity, services::Column::ProgrammeId)).eq(programme.id))
        .order_by_asc(R::BatchId)
        .order_by_asc(R::Number)
        .limit(MOST)
        .into_model()
        .all(db.read())
        .await?;
    Ok(found)
}

/// Somebody who was erased here is no longer in Facilita for a service. Again, it changes nothing.
///
/// # Errors
/// [`FacilitaError::NotFound`] for somebody who was not erased.
pub async fn taken_out(
    db: &Db,
    (service, citizen): (ServiceId, CitizenId),
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), FacilitaError> {
    db::write(db, async move |tx| {
        citizens::Entity::find_by_id(citizen)
            .lock(LockType::NoKeyUpdate)
            .one(tx)
            .await?
            .filter(|row| row.erased_at.is_some())
            .ok_or(FacilitaError::NotFound)?;
        let done = attendances::Entity::update_many()
            .col_expr(
                attendances::Column::Facilita,
                Expr::value(SendState::Erased),
            )
            .filter(attendances::Column::ServiceId.eq(service))
            .filter(attendances::Column::CitizenId.eq(citizen))
            .filter(attendances::Column::Facilita.ne(SendState::Erased))
            .exec(tx)
            .await?;
        if done.rows_affected == 0 {
            return Ok(());
        }
        let act = Act {
            by: Some(by),
            action: Action::FacilitaTakenAway,
            subject: "service",
            id: service.0,
            detail: "",
        };
        let people = [citizen];
        note_to_each(tx, act, Action::TakenOutOfFacilita, people, now).await?;
        Ok(())
    })
    .await
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;

    #[test]
    fn a_row_loses_the_person_and_keeps_its_place() {
        let one = FacilitaRow(std::array::from_fn(|at| format!("a{at}")));
        let two = FacilitaRow(std::array::from_fn(|at| format!("b{at}")));
        let file = row::file([&one, &two]).unwrap();
        let clean = without(&file, &HashSet::from([2]), &NamedBy::default()).unwrap();
        let rows = row::read(&clean).unwrap();
        assert_eq!(rows[0], one);
        assert_eq!(rows[1].0[1], "b1");
        assert!(rows[1].0[PERSON].iter().all(String::is_empty));
        assert_eq!(rows[1].0[DETAIL], "b26");
    }

    #[test]
    fn a_report_keeps_number_and_note() {
        let notes = BTreeMap::from([(12, "il codice non va".to_owned())]);
        let text = "numeroRiga,note,IDFacilitatore\n1,x,Rossi\n12,y,Verdi";
        assert_eq!(
            report_without(text, &notes),
            "numeroRiga,note,IDFacilitatore\n1,x,Rossi\n12,il codice non va"
        );
    }
}
