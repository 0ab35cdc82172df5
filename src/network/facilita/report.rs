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
//! is refused. (One that ends where a line does cannot be told from a whole one.) That Facilita refused nothing is said in so many words ([`Answer::NoneRefused`]).

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
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::facilita::SendState;
use crate::domain::field::FieldError;
use crate::domain::ids::{AccountId, BatchId, CitizenId, ServiceId};

use super::FacilitaError;
use super::batch::file;
use super::row::{HEADER, Row, read, reference, sha256};
use super::sent::{hold, row_of, rows_after, services_in};

/// The columns of the report after the note.
const AFTER_NOTE: usize = 29;
/// Those after SE7: ES1 to ES6.
const AFTER_DETAIL: usize = 6;
/// The first columns of the report.
const FIRST: [&str; 2] = ["numeroRiga", "note"];
/// The columns of our file that it leaves out: name, surname, e-mail, telephone.
const LEFT_OUT: [&str; 4] = ["AN1", "AN2", "AN14", "AN17"];
/// What is kept instead of a report where there is none.
const NONE_REFUSED: &str = "Facilita non ha scartato nessuna riga.\n";
/// The most characters of a note that are kept.
const LONGEST_NOTE: usize = 500;
/// Rows in one statement that writes them.
const ROWS: usize = 1_000;

/// What came back for a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer<'a> {
    /// The report, as it was given.
    Report(&'a str),
    /// Somebody says that there is none, since Facilita refused no row.
    NoneRefused,
}

/// What a report says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// How many rows Facilita took.
    pub accepted: usize,
    /// The others, in their order.
    pub rejected: Vec<Refused>,
}

/// A row that Facilita refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Its number in the file, the first after the header being 1.
    pub row: u32,
    /// Of this service.
    pub service: ServiceId,
    /// Who attended.
    pub citizen: CitizenId,
    /// Facilita's words.
    pub note: String,
}

/// The header of a report, without the end of its line.
#[must_use]
pub fn header() -> String {
    let columns = HEADER.iter().filter(|column| !LEFT_OUT.contains(column));
    let columns: Vec<_> = FIRST.iter().chain(columns).copied().collect();
    columns.join(",")
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
    answer: Answer<'_>,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<Outcome, FacilitaError> {
    let text = match answer {
        Answer::Report(text) => text,
        Answer::NoneRefused => NONE_REFUSED,
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
        Answer::Report(text) => parse(text, &sent, &services)?,
        Answer::NoneRefused => BTreeMap::new(),
    };
    let sealed = vault.seal(Purpose::FacilitaReport, id.0, text);
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
        Answer::Report(_) => "",
        Answer::NoneRefused => "no row refused",
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
        Ok::<_, FacilitaError>(())
    })
    .await?;
    outcome(db, id).await
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
    let refused = |row: facilita_rows::Model| Refused {
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

/// The notes of a report by row number.
fn parse(
    text: &str,
    sent: &[Row],
    services: &[ServiceId],
) -> Result<BTreeMap<u32, String>, FacilitaError> {
    let fault = |key| Err(FacilitaError::Invalid(vec![FieldError::new("report", key)]));
    let text = text.trim_start_matches('\u{feff}');
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines = (1..).zip(text.lines().map(str::trim));
    let mut lines = lines.filter(|(_, line)| !line.is_empty());
    let Some((_, header)) = lines.next() else {
        return fault("facilita-report-empty");
    };
    let Some(separator) = separator(header) else {
        return fault("facilita-report-no-header");
    };
    let mut notes: BTreeMap<u32, String> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (number, line) in lines {
        match refusal(line, separator, sent, services) {
            Ok((row, note)) => {
                let kept = notes.entry(row).or_default();
                if !kept.contains(&note) {
                    let joint = if kept.is_empty() { "" } else { " - " };
                    *kept = format!("{kept}{joint}{note}");
                }
            }
            Err(key) => wrong.push((number, key)),
        }
    }
    match (wrong.is_empty(), notes.is_empty()) {
        (false, _) => Err(FacilitaError::Unreadable(wrong)),
        (true, true) => fault("facilita-report-no-rows"),
        (true, false) => Ok(notes),
    }
}

/// What stands between the columns of a header that has all of them.
fn separator(header: &str) -> Option<char> {
    [',', ';', '\t'].into_iter().find(|separator| {
        let columns = header.split(*separator).map(|name| name.trim_matches(['"', ' ']));
        let columns: Vec<_> = columns.collect();
        let first = columns.iter().zip(FIRST);
        columns.len() >= FIRST.len() + AFTER_NOTE
            && first.into_iter().all(|(name, known)| name.eq_ignore_ascii_case(known))
    })
}

/// The row of a line and its note, or the key of what is wrong with the line.
fn refusal(
    line: &str,
    separator: char,
    sent: &[Row],
    services: &[ServiceId],
) -> Result<(u32, String), &'static str> {
    let line = line.trim_start_matches('"');
    let digits = line
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(line.len());
    let (number, rest) = line.split_at(digits);
    let row: u32 = number.parse().map_err(|_| "facilita-line-unreadable")?;
    let rest = rest.trim_start_matches('"').trim_start();
    let Some(rest) = rest.strip_prefix(separator) else {
        return Err(match rest.is_empty() {
            true => "facilita-line-cut-off",
            false => "facilita-line-unreadable",
        });
    };
    let at = usize::try_from(row).unwrap_or(0).wrapping_sub(1);
    let (Some(sent), Some(service)) = (sent.get(at), services.get(at)) else {
        return Err("facilita-line-out-of-range");
    };
    if of_another(line, *service) {
        return Err("facilita-line-other-file");
    }
    if !is_whole(line, separator, *service) {
        return Err("facilita-line-cut-off");
    }
    Ok((row, note_of(rest, separator, sent)))
}

/// Whether a line has all of its columns. Commas in names and notes look like more of them: what
/// comes after the reference to the service, at the end of SE7, has none.
fn is_whole(line: &str, separator: char, service: ServiceId) -> bool {
    let separators = |text: &str| text.matches(separator).count();
    let end = format!("[{}]", reference(service));
    let after = line.rsplit_once(&end).map(|(_, after)| separators(after));
    separators(line) > AFTER_NOTE && after.is_none_or(|after| after >= AFTER_DETAIL)
}

/// Whether a line tells of a service, and not of this one.
fn of_another(line: &str, service: ServiceId) -> bool {
    let own = reference(service);
    let references = line.split('[').skip(1).filter_map(|part| {
        let (inside, _) = part.split_once(']')?;
        let digits = inside.len() == own.len() && inside.bytes().all(|b| b.is_ascii_hexdigit());
        digits.then_some(inside)
    });
    references.last().is_some_and(|found| found != own)
}

/// The note: what stands before the columns of the row.
fn note_of(rest: &str, separator: char, sent: &Row) -> String {
    let quoted = rest.strip_prefix('"').and_then(|rest| {
        let end = rest.replace("\"\"", "\u{1}\u{1}").find('"')?;
        rest.get(..end).map(|note| note.replace("\"\"", "\""))
    });
    let note = quoted.unwrap_or_else(|| {
        let facilitator = sent
            .0
            .iter()
            .take(2)
            .filter_map(|field| rest.find(&format!("{separator}{field}{separator}")));
        let fields: Vec<_> = rest.split(separator).collect();
        let end = match (facilitator.min(), fields.len().checked_sub(AFTER_NOTE)) {
            (Some(end), _) => end,
            (None, Some(columns @ 1..)) => {
                fields
                    .iter()
                    .take(columns)
                    .map(|f| f.len() + 1)
                    .sum::<usize>()
                    - 1
            }
            (None, _) => rest.len(),
        };
        rest.get(..end).unwrap_or(rest).to_owned()
    });
    let note = note.trim_matches(|c: char| c == separator || c.is_whitespace());
    masked(note).chars().take(LONGEST_NOTE).collect()
}

/// A note without codici fiscali: it is kept in the open.
fn masked(note: &str) -> String {
    let words = note.split_inclusive(|c: char| !c.is_alphanumeric());
    words
        .map(|word| {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            match CodiceFiscale::parse(bare) {
                Ok(_) => word.replace(bare, "****"),
                Err(_) => word.to_owned(),
            }
        })
        .collect()
}
