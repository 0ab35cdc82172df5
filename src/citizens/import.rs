//! Many records from a table: what it says, row by row, against what is on record. Nothing is
//! written here: [`plan`] tells what would be, and `learning::import` does it.
//!
//! `domain::sheet` reads the table, with the columns of [`COLUMNS`]. A row is the person of its
//! codice fiscale, and one whose code cannot be read is nobody's: it is refused. A row without a
//! code is somebody new; it never changes a record, since a name is not a person. Where the point
//! has somebody of that name, and the births do not tell them apart, the row is held back unless it
//! says nothing new or answers in the column `new_person`.
//! Somebody whom other points have registered is somebody new here, and looking at the file says no
//! more of them; taken in, they are brought along (`bring`).
//! An empty cell leaves what is on record as it is.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, DbErr, QueryFilter};
use thiserror::Error;
use time::{Date, OffsetDateTime};

use crate::db::entities::citizens;
use crate::db::{Db, audit};
use crate::domain::calendar::rome_day;
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::field::FieldError;
use crate::domain::ids::{CitizenId, PointId};
use crate::domain::import::{Imported, RowFault};
use crate::domain::sheet::{self, SheetError, SheetRow};

use super::columns::{COLUMNS, NEW_PERSON};
use super::find::{opened, standing};
use super::follow::{Access, as_seen, followed_by};
use super::record::{CheckedDetails, Details, folded};
use super::vault::Vault;

/// The most bytes a file may have.
pub const LARGEST: usize = 2 * 1024 * 1024;

/// Values in one statement.
const AT_ONCE: usize = 500;

/// Why there is no plan.
#[derive(Debug, Error)]
pub enum PlanError {
    /// The file cannot be read.
    #[error(transparent)]
    Unreadable(#[from] SheetError),
    /// The database's.
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// What is to be done for a row.
#[derive(Debug, Clone)]
pub enum ImportStep {
    /// Somebody who is new to the point, and the line.
    Add(u64, Details),
    /// A record that says something else.
    Change(CitizenId, Details),
}

/// What a file would do.
#[derive(Debug, Default)]
pub struct Plan {
    /// The rows that write something, in the file's order.
    pub steps: Vec<ImportStep>,
    /// All rows, counted; nothing is kept yet.
    pub outcome: Imported,
}

/// A row as it was read.
struct Row {
    sheet: SheetRow,
    details: Details,
    code: Option<CodiceFiscale>,
    name: String,
    birth: Option<Date>,
}

/// What is on record and may be meant by a row.
struct Known {
    by_code: HashMap<Vec<u8>, citizens::Model>,
    by_name: HashMap<String, Vec<citizens::Model>>,
    /// What the point sees of those of `by_code`; nothing of whoever is not here.
    access: HashMap<CitizenId, Access>,
}

/// What a file would do to the records of a point.
///
/// # Errors
/// [`PlanError::Unreadable`], or the database's. Rows that are refused are in the plan.
pub async fn plan(
    db: &Db,
    vault: &Vault,
    file: &[u8],
    point: PointId,
    now: OffsetDateTime,
) -> Result<Plan, PlanError> {
    let today = rome_day(now);
    if file.len() > LARGEST {
        return Err(SheetError::TooLarge.into());
    }
    let sheet = sheet::read(file, &COLUMNS, &[])?;
    let mut plan = Plan::default();
    plan.outcome.refused = sheet.refused;
    plan.outcome.told = sheet.told;
    let rows: Vec<Row> = sheet.rows.into_iter().map(Row::from).collect();
    let known = known(db, vault, &rows, point).await?;
    let found = known.by_code.len() + known.by_name.len();
    audit::saw(
        audit::Action::ImportLookedUp,
        "point",
        point.0,
        format!("{} rows, {found} found", rows.len()),
    );
    let mut seen = HashSet::new();
    for row in rows {
        let who = match &row.code {
            Some(code) => vault.find_by(code),
            None => format!("{} {:?}", row.name, row.birth).into_bytes(),
        };
        let faults = match seen.insert(who) {
            true => decide(&mut plan, &known, vault, &row, today)?,
            false => vec![row.sheet.fault("codice_fiscale", "import-twice")],
        };
        plan.outcome.refused.extend(faults);
    }
    plan.outcome.sort();
    Ok(plan)
}

/// Puts a row into the plan, or says all that is wrong with it.
fn decide(
    plan: &mut Plan,
    known: &Known,
    vault: &Vault,
    row: &Row,
    today: Date,
) -> Result<Vec<RowFault>, DbErr> {
    let there = match &row.code {
        Some(code) => known.by_code.get(&vault.find_by(code)),
        None => None,
    };
    let Some(there) = there else {
        let mut faults = row.faults(row.details.faults(today));
        // Of a row that cannot be read nothing more is known.
        if !faults.is_empty() {
            return Ok(faults);
        }
        match known.same_name(row, vault, today)? {
            NameHeld::ByNobody => {
                plan.outcome.added += 1;
                plan.steps
                    .push(ImportStep::Add(row.sheet.line, row.details.clone()));
            }
            NameHeld::AndNothingNew => plan.outcome.unchanged += 1,
            NameHeld::BySomebody(key) => faults.push(row.sheet.fault("last_name", key)),
        }
        return Ok(faults);
    };
    if known.access.get(&there.id) == Some(&Access::Least) && row.sheet.faults.is_empty() {
        plan.outcome.unchanged += 1;
        return Ok(Vec::new());
    }
    let changes = Details {
        codice_fiscale: None,
        ..row.details.clone()
    };
    let code = opened(vault, there)?;
    let on_record = code.as_ref().map(|code| (code, there.birth_date));
    let checked = changes.check_change(there, on_record, today);
    match checked {
        Ok(_) if !row.sheet.faults.is_empty() => return Ok(row.sheet.faults.clone()),
        Ok((checked, _)) if differs(&checked, there) => {
            plan.outcome.updated += 1;
            plan.steps.push(ImportStep::Change(there.id, changes));
        }
        Ok(_) => plan.outcome.unchanged += 1,
        Err(faults) => return Ok(row.faults(faults)),
    }
    Ok(Vec::new())
}

/// Who has the name of a row without a codice fiscale.
enum NameHeld {
    ByNobody,
    /// Somebody of whom the row says what is on record.
    AndNothingNew,
    /// Who may be meant, or not: the key of what is said.
    BySomebody(&'static str),
}

impl Known {
    /// The people whom a row without a codice fiscale may mean.
    fn same_name(&self, row: &Row, vault: &Vault, today: Date) -> Result<NameHeld, DbErr> {
        let all = self.by_name.get(&row.name).map_or(&[][..], Vec::as_slice);
        let apart = |there: &citizens::Model| {
            let births = there.birth_date.zip(row.birth);
            births.is_some_and(|(there, said)| there != said)
        };
        let mut meant = all.iter().filter(|there| !apart(there)).peekable();
        if row.code.is_some() || meant.peek().is_none() {
            return Ok(NameHeld::ByNobody);
        }
        let said = Details {
            first_name: None,
            last_name: None,
            ..row.details.clone()
        };
        let mut number = 0;
        for there in meant {
            number += 1;
            let code = opened(vault, there)?;
            let on_record = code.as_ref().map(|code| (code, there.birth_date));
            let checked = said.check_change(there, on_record, today);
            if checked.is_ok_and(|(checked, _)| !differs(&checked, there)) {
                return Ok(NameHeld::AndNothingNew);
            }
        }
        Ok(match (row.sheet.get(NEW_PERSON), number) {
            (Some("yes"), _) => NameHeld::ByNobody,
            (_, 1) => NameHeld::BySomebody("import-perhaps-known"),
            _ => NameHeld::BySomebody("import-namesakes"),
        })
    }
}

impl Row {
    /// What cannot be read in the row, and what is wrong with what can.
    fn faults(&self, faults: Vec<FieldError>) -> Vec<RowFault> {
        let mut all = self.sheet.faults.clone();
        let told = |field: &str| self.sheet.faults.iter().any(|fault| fault.field == field);
        let others = faults.into_iter().filter(|fault| !told(fault.field));
        all.extend(others.map(|fault| match fault.key {
            "name-differs" => self.sheet.fault("codice_fiscale", "import-name-differs"),
            "name-differs-swapped" => self.sheet.fault("codice_fiscale", fault.key),
            key => self.sheet.fault(fault.field, key),
        }));
        all
    }
}

impl From<SheetRow> for Row {
    fn from(sheet: SheetRow) -> Self {
        let mut details = Details::default();
        for column in &COLUMNS {
            if let Some(field) = details.field_mut(column.name) {
                *field = sheet.get(column.name).map(str::to_owned);
            }
        }
        details.name_differs = sheet.get(super::name_question::FIELD) == Some("yes");
        let text = |name| sheet.get(name).unwrap_or_default();
        let form = time::macros::format_description!("[year]-[month]-[day]");
        Self {
            code: CodiceFiscale::parse(text("codice_fiscale")).ok(),
            name: folded(&format!("{} {}", text("last_name"), text("first_name"))),
            birth: Date::parse(text("birth_date"), form).ok(),
            details,
            sheet,
        }
    }
}

async fn known(db: &Db, vault: &Vault, rows: &[Row], point: PointId) -> Result<Known, DbErr> {
    let codes: Vec<_> = rows
        .iter()
        .filter_map(|row| row.code.as_ref().map(|code| vault.find_by(code)))
        .collect();
    let without = rows.iter().filter(|row| row.code.is_none());
    let names: Vec<_> = without.map(|row| row.name.clone()).collect();
    let mut known = Known {
        by_code: HashMap::new(),
        by_name: HashMap::new(),
        access: HashMap::new(),
    };
    for some in codes.chunks(AT_ONCE) {
        // Whoever is not here is not read: it takes as long as for somebody whom nobody knows.
        let query = standing()
            .filter(followed_by(&[point]))
            .filter(citizens::Column::CfDigest.is_in(some.to_vec()));
        let rows = query.all(db.read()).await?;
        let seen = as_seen(db.read(), rows.clone(), Some(&[point])).await?;
        let access = seen.into_iter().map(|seen| (seen.row.id, seen.access));
        known.access.extend(access);
        for row in rows {
            known
                .by_code
                .insert(row.cf_digest.clone().unwrap_or_default(), row);
        }
    }
    for some in names.chunks(AT_ONCE) {
        let query = standing()
            .filter(citizens::Column::PointId.eq(point))
            .filter(citizens::Column::LastFirst.is_in(some.to_vec()));
        for row in query.all(db.read()).await? {
            let same = known.by_name.entry(row.last_first.clone()).or_default();
            if !same.iter().any(|there| there.id == row.id) {
                same.push(row);
            }
        }
    }
    Ok(known)
}

/// Whether a row says something that is not on record.
fn differs(checked: &CheckedDetails, row: &citizens::Model) -> bool {
    fn other<T: PartialEq>(said: &Option<Option<T>>, there: &Option<T>) -> bool {
        said.as_ref().is_some_and(|said| said != there)
    }
    let renamed = |said: &Option<String>, there: &str| said.as_deref().is_some_and(|s| s != there);
    renamed(&checked.first_name, &row.first_name)
        || renamed(&checked.last_name, &row.last_name)
        || other(&checked.birth_date, &row.birth_date)
        || other(&checked.gender, &row.gender)
        || other(&checked.education, &row.education)
        || other(&checked.occupation, &row.occupation)
        || other(&checked.citizenship, &row.citizenship)
        || other(&checked.province, &row.province)
        || other(&checked.email, &row.email)
        || other(&checked.phone, &row.phone)
}
