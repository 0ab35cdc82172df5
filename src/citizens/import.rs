//! Many records from a CSV file: what the file says, row by row, against what is on record. Nothing
//! is written here: [`plan`] tells what would be, and `learning::import` does it.
//!
//! The first line names the columns, as [`COLUMNS`] has them, in any order; commas, semicolons or
//! tabulators stand between them. A row is the person of its codice fiscale; without one, the
//! person of the point with the same name (and birth date, where the row has it), or somebody new.
//! Somebody whom other points have registered is somebody new here, and looking at the file says no
//! more of them; taken in, they are brought along (`bring`).
//! An empty cell leaves what is on record as it is.

use std::collections::{HashMap, HashSet};

use csv::{ReaderBuilder, StringRecord, Trim};
use sea_orm::{ColumnTrait, DbErr, QueryFilter};
use thiserror::Error;
use time::{Date, OffsetDateTime};

use crate::db::entities::citizens;
use crate::db::{Db, audit};
use crate::domain::calendar::rome_day;
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::ids::{CitizenId, PointId};
use crate::domain::import::{Imported, RowFault};

use super::find::{opened, standing};
use super::follow::{Access, as_seen, followed_by};
use super::record::{Checked, Details, folded};
use super::vault::Vault;

/// The columns a file may have, in the order of the form.
pub const COLUMNS: [&str; 11] = [
    "codice_fiscale",
    "last_name",
    "first_name",
    "birth_date",
    "gender",
    "education",
    "occupation",
    "citizenship",
    "province",
    "email",
    "phone",
];

/// The most bytes a file may have.
pub const LARGEST: usize = 2 * 1024 * 1024;

/// Values in one statement.
const AT_ONCE: usize = 500;

/// Why a file cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unreadable {
    /// There is not even a header.
    #[error("the file is empty")]
    Empty,
    /// Another alphabet, such as Windows-1252 or UTF-16.
    #[error(
        "line {line} is not UTF-8: the file was saved with another encoding, perhaps Windows-1252; \
         save it as \"CSV UTF-8\""
    )]
    Encoding {
        /// The first line that is not.
        line: usize,
    },
    /// A column that means nothing here.
    #[error("there is no column \"{0}\": the first line names them, {list}", list = COLUMNS.join(", "))]
    Column(String),
    /// The same column twice.
    #[error("the column \"{0}\" is there twice")]
    Twice(String),
    /// More than 2 MB.
    #[error("the file is larger than 2 MB: split it")]
    TooLarge,
}

impl Unreadable {
    /// The key of what a person reads.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Empty => "import-empty",
            Self::Encoding { .. } => "import-encoding",
            Self::Column(_) => "import-column",
            Self::Twice(_) => "import-column-twice",
            Self::TooLarge => "import-too-large",
        }
    }
}

/// Why there is no plan.
#[derive(Debug, Error)]
pub enum PlanError {
    /// The file cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The database's.
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// What is to be done for a row.
#[derive(Debug, Clone)]
pub enum Step {
    /// Somebody who is new to the point, and the line.
    Add(u64, Details),
    /// A record that says something else.
    Change(CitizenId, Details),
}

/// What a file would do.
#[derive(Debug, Default)]
pub struct Plan {
    /// The rows that write something, in the file's order.
    pub steps: Vec<Step>,
    /// All rows, counted; nothing is kept yet.
    pub outcome: Imported,
}

/// A row as it was read.
struct Row {
    line: u64,
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
    let mut plan = Plan::default();
    let rows = read(file, &mut plan.outcome.refused)?;
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
        let fault = if seen.insert(who) {
            decide(&mut plan, &known, vault, &row, today)?
        } else {
            vec![("codice_fiscale", "import-twice")]
        };
        let faults = fault.into_iter().map(|(field, key)| RowFault {
            line: row.line,
            field: field.to_owned(),
            key,
        });
        plan.outcome.refused.extend(faults);
    }
    plan.outcome.refused.sort_by_key(|fault| fault.line);
    Ok(plan)
}

/// What is wrong with a row: field and key.
type Faults = Vec<(&'static str, &'static str)>;

fn decide(
    plan: &mut Plan,
    known: &Known,
    vault: &Vault,
    row: &Row,
    today: Date,
) -> Result<Faults, DbErr> {
    let there = match &row.code {
        Some(code) => known.by_code.get(&vault.find_by(code)),
        None => match known.named(row).as_slice() {
            [] => None,
            [one] => Some(*one),
            _ => return Ok(vec![("last_name", "import-namesakes")]),
        },
    };
    let faults = |all: Vec<crate::domain::field::FieldError>| {
        Ok(all.into_iter().map(|one| (one.field, one.key)).collect())
    };
    let Some(there) = there else {
        let mut new = row.details.clone();
        new.first_name.get_or_insert_default();
        new.last_name.get_or_insert_default();
        return match new.check(None, today) {
            Ok(_) => {
                plan.outcome.added += 1;
                plan.steps.push(Step::Add(row.line, new));
                Ok(Vec::new())
            }
            Err(all) => faults(all),
        };
    };
    if known.access.get(&there.id) == Some(&Access::Least) {
        plan.outcome.unchanged += 1;
        return Ok(Vec::new());
    }
    let changes = Details {
        codice_fiscale: None,
        ..row.details.clone()
    };
    let code = opened(vault, there)?;
    let on_record = code.as_ref().map(|code| (code, there.birth_date));
    match changes.check(on_record, today) {
        Ok(checked) if differs(&checked, there) => {
            plan.outcome.updated += 1;
            plan.steps.push(Step::Change(there.id, changes));
            Ok(Vec::new())
        }
        Ok(_) => {
            plan.outcome.unchanged += 1;
            Ok(Vec::new())
        }
        Err(all) => faults(all),
    }
}

impl Known {
    /// The people a row without a codice fiscale may mean.
    fn named(&self, row: &Row) -> Vec<&citizens::Model> {
        let all = self.by_name.get(&row.name).map_or(&[][..], Vec::as_slice);
        let born = |there: &&citizens::Model| row.birth.is_none() || there.birth_date == row.birth;
        all.iter().filter(born).collect()
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
            known.access.insert(row.id, Access::Whole);
            let same = known.by_name.entry(row.last_first.clone()).or_default();
            if !same.iter().any(|there| there.id == row.id) {
                same.push(row);
            }
        }
    }
    Ok(known)
}

/// The rows of a file; those without the header's number of cells are refused here.
fn read(file: &[u8], refused: &mut Vec<RowFault>) -> Result<Vec<Row>, Unreadable> {
    if file.len() > LARGEST {
        return Err(Unreadable::TooLarge);
    }
    let file = file.strip_prefix("\u{feff}".as_bytes()).unwrap_or(file);
    let text = std::str::from_utf8(file).map_err(|error| Unreadable::Encoding {
        line: 1 + file[..error.valid_up_to()]
            .iter()
            .filter(|b| **b == b'\n')
            .count(),
    })?;
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(text))
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let columns = columns(reader.headers().unwrap_or(&StringRecord::new()))?;
    let mut rows = Vec::new();
    let (mut line, mut counted) = (1, 0);
    for record in reader.records().map_while(Result::ok) {
        // The reader leaves the second half of a line's end, and empty lines, to the next record.
        let begin = record.position().map_or(0, csv::Position::byte);
        let begin = usize::try_from(begin).unwrap_or(text.len());
        let rest = text.get(begin..).unwrap_or_default();
        let begin = text.len() - rest.trim_start_matches(['\r', '\n']).len();
        let passed = text.get(counted..begin).unwrap_or_default();
        line += passed.bytes().map(|b| u64::from(b == b'\n')).sum::<u64>();
        counted = begin;
        if record.iter().all(str::is_empty) {
            continue;
        }
        if record.len() != columns.len() {
            refused.push(RowFault {
                line,
                field: String::new(),
                key: "import-cells",
            });
            continue;
        }
        rows.push(row(&columns, &record, line));
    }
    Ok(rows)
}

fn columns(header: &StringRecord) -> Result<Vec<&'static str>, Unreadable> {
    let mut columns = Vec::new();
    for name in header {
        let known = COLUMNS
            .into_iter()
            .find(|column| name.eq_ignore_ascii_case(column))
            .ok_or_else(|| Unreadable::Column(name.chars().take(40).collect()))?;
        if columns.contains(&known) {
            return Err(Unreadable::Twice(known.to_owned()));
        }
        columns.push(known);
    }
    if columns.is_empty() {
        return Err(Unreadable::Empty);
    }
    Ok(columns)
}

fn row(columns: &[&'static str], record: &StringRecord, line: u64) -> Row {
    let mut details = Details::default();
    for (column, cell) in columns.iter().zip(record) {
        if let Some(field) = details.field_mut(column).filter(|_| !cell.is_empty()) {
            *field = Some(cell.to_owned());
        }
    }
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    let form = time::macros::format_description!("[year]-[month]-[day]");
    Row {
        line,
        code: CodiceFiscale::parse(&text(&details.codice_fiscale)).ok(),
        name: folded(&format!(
            "{} {}",
            text(&details.last_name),
            text(&details.first_name)
        )),
        birth: Date::parse(&text(&details.birth_date), form).ok(),
        details,
    }
}

/// What stands between the names of the columns.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let most = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|mark| (first.bytes().filter(|b| b == mark).count(), *mark == b','));
    most.unwrap_or(b',')
}

/// Whether a row says something that is not on record.
fn differs(checked: &Checked, row: &citizens::Model) -> bool {
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
