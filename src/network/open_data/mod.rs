//! The open data: a row for each person at each service, in the columns of Facilita's public files,
//! about nobody in particular.
//!
//! - Nothing ties the rows of a person, or of a service: there are no numbers of either, and the
//!   order is that of what the rows say.
//! - A title that a facilitator wrote may name somebody: only those of the courses are published,
//!   and of other services what they were about.
//! - What was published stands still: a quarter of a year at a time ([`edition`]).
//! - What the public totals hide is blank here ([`known`]).
//! - Then rows are made alike ([`super::anonymous`]): of those that look alike, and of all that have
//!   any values of any columns, nobody has more than one in five.

mod edition;
mod known;
mod ledger;

use std::collections::{BTreeMap, HashMap};

use sea_orm::DbErr;
use time::{Date, OffsetDateTime};

use crate::db::Db;
use crate::domain::ids::CitizenId;
use crate::domain::table::{self, TableReader};

use super::anonymous::{self, Level, RowGroup};
use super::point::Point;
use super::programme::Programme;
use super::public;
use edition::{Period, PublishedEditions};
use known::TextNumbers;
use ledger::Ledger;

/// A column: its name, and which level of what is known of a row fills it; none fills those that say
/// the same in every row.
pub type OpenDataColumn = (&'static str, Option<Level>);

/// The columns: those that Facilita's public files have, by its names and in its order, without the
/// numbers of people and services; then what stands where the month or the competence does not.
pub const COLUMNS: [OpenDataColumn; 21] = [
    ("FASCIA_DI_ETA", Some(Level::Age)),
    ("GENERE", Some(Level::Gender)),
    ("OCCUPAZIONE", Some(Level::Occupation)),
    ("TITOLO_DI_STUDIO", Some(Level::Education)),
    ("NOME_SERVIZIO", Some(Level::Title)),
    ("DATA_FRUIZIONE_SERVIZIO", Some(Level::Month)),
    ("AMBITO_SERVIZI_PUBBLICI_DIGITALI", Some(Level::Domains)),
    ("TIPOLOGIA_SERVIZIO", Some(Level::Kind)),
    ("COMPETENZE_TRATTATE", Some(Level::Competences)),
    ("SEDE_ID", Some(Level::Point)),
    ("NOME_SEDE", Some(Level::Point)),
    ("REGIONE", Some(Level::Region)),
    ("PROVINCIA", Some(Level::Province)),
    ("COMUNE", Some(Level::Municipality)),
    ("CAP", Some(Level::Point)),
    ("INTERVENTO", None),
    ("ID_PROGRAMMA", None),
    ("ID_PROGETTO", None),
    ("ANNO", Some(Level::Year)),
    ("TRIMESTRE", Some(Level::Quarter)),
    ("AREE_DI_COMPETENZA", Some(Level::Areas)),
];

/// What a row says, in the order of [`COLUMNS`].
type EqualColumns = [String; COLUMNS.len()];

/// What Facilita calls the measure's networks.
const NETWORK: &str = "RFD";

/// The licence of the file.
pub const LICENCE: &str = "CC BY 4.0";

/// A file, and what it came to.
#[derive(Debug, Clone)]
pub struct OpenFile {
    /// CSV.
    pub csv: Vec<u8>,
    /// The last day of which it has what was recorded; `None` while nothing was published.
    pub to: Option<Date>,
    /// Rows in it.
    pub rows: usize,
    /// Rows that were left out, since a few people have too many of all.
    pub left_out: usize,
    /// The fewest rows that are equal.
    pub smallest: usize,
    /// In how many rows each column stands, in the order of [`COLUMNS`].
    pub stands: [usize; COLUMNS.len()],
}

/// Equal rows, and whose they are: for whoever judges the file, never for the file.
#[derive(Debug, Clone)]
pub struct EqualRows {
    /// In the order of [`COLUMNS`].
    pub columns: [String; COLUMNS.len()],
    /// Whose each of them is.
    pub whose: Vec<CitizenId>,
}

/// The file of a programme: all editions that were published. One that is due is published first,
/// where its rows can be hidden among themselves; otherwise they are of the next one.
///
/// # Errors
/// The database's.
pub async fn make(db: &Db, programme: &Programme, now: OffsetDateTime) -> Result<OpenFile, DbErr> {
    let mut published = PublishedEditions::read(db, programme.id).await?;
    if let Some(period) = published.due(now) {
        let made = Made::new(db, programme, &period, now).await?;
        let rows = made.rows();
        if !rows.is_empty() {
            let all = (&rows, made.left_out());
            edition::publish(db, programme.id, &period, all, now).await?;
            published = PublishedEditions::read(db, programme.id).await?;
        }
    }
    let written = tokio::task::spawn_blocking(move || file(&published));
    written.await.map_err(custom)?.map_err(custom)
}

/// As [`make`], the file alone.
///
/// # Errors
/// As there.
pub async fn csv(db: &Db, programme: &Programme, now: OffsetDateTime) -> Result<Vec<u8>, DbErr> {
    Ok(make(db, programme, now).await?.csv)
}

/// The rows of the edition that is due with whose they are; none where none is due.
///
/// # Errors
/// The database's.
pub async fn whose(
    db: &Db,
    programme: &Programme,
    now: OffsetDateTime,
) -> Result<Vec<EqualRows>, DbErr> {
    let Some(period) = PublishedEditions::read(db, programme.id).await?.due(now) else {
        return Ok(Vec::new());
    };
    let made = Made::new(db, programme, &period, now).await?;
    let owner = |row: &usize| made.ledger.people[made.ledger.rows[*row].0].id;
    let equal = |group: &RowGroup| EqualRows {
        columns: made.columns(group).map(str::to_owned),
        whose: group.rows.iter().map(owner).collect(),
    };
    Ok(made.groups.iter().map(equal).collect())
}

fn custom(error: impl std::fmt::Display) -> DbErr {
    DbErr::Custom(error.to_string())
}

/// An edition before it is published.
struct Made {
    programme: Programme,
    ledger: Ledger,
    words: TextNumbers,
    groups: Vec<RowGroup>,
    /// By code.
    points: HashMap<String, Point>,
}

impl Made {
    async fn new(
        db: &Db,
        programme: &Programme,
        period: &Period,
        now: OffsetDateTime,
    ) -> Result<Self, DbErr> {
        let shown = public::of(db, programme, now).await?;
        let ledger = Ledger::read(db, programme, period).await?;
        let programme = programme.clone();
        let made = tokio::task::spawn_blocking(move || {
            let mut words = TextNumbers::default();
            let groups = anonymous::alike(&known::rows(&ledger, &shown, &mut words));
            let points = ledger.points.values();
            Self {
                points: points.map(|one| (one.code.clone(), one.clone())).collect(),
                programme,
                ledger,
                words,
                groups,
            }
        });
        made.await.map_err(custom)
    }

    fn columns(&self, group: &RowGroup) -> [&str; COLUMNS.len()] {
        let point = self
            .points
            .get(self.words.text(group.said[Level::Point.at()]));
        COLUMNS.map(|(name, level)| match (name, level) {
            ("NOME_SEDE", _) => point.map_or("", |point| &point.name),
            ("CAP", _) => point.and_then(|one| one.postcode.as_deref()).unwrap_or(""),
            (_, Some(level)) => self.words.text(group.said[level.at()]),
            ("INTERVENTO", None) => NETWORK,
            ("ID_PROGRAMMA", None) => &self.programme.code,
            (_, None) => self.programme.facilita_project.as_deref().unwrap_or(""),
        })
    }

    /// Equal rows, and how many they are.
    fn rows(&self) -> BTreeMap<EqualColumns, usize> {
        let mut rows = BTreeMap::new();
        for group in &self.groups {
            let columns = self.columns(group).map(str::to_owned);
            *rows.entry(columns).or_default() += group.rows.len();
        }
        rows
    }

    fn left_out(&self) -> usize {
        let told = self.groups.iter().map(|group| group.rows.len());
        self.ledger.rows.len() - told.sum::<usize>()
    }
}

fn file(published: &PublishedEditions) -> Result<OpenFile, csv::Error> {
    let mut stands = [0; COLUMNS.len()];
    for (columns, rows) in &published.rows {
        for (stands, column) in stands.iter_mut().zip(columns) {
            *stands += if column.is_empty() { 0 } else { *rows };
        }
    }
    let each = published.rows.iter();
    let each = each.flat_map(|(columns, rows)| std::iter::repeat_n(columns, *rows));
    let each = each.map(|columns| columns.each_ref().map(String::as_str));
    let head = std::iter::once(COLUMNS.map(|(name, _)| name));
    Ok(OpenFile {
        csv: table::csv(TableReader::Program, head.chain(each))?,
        to: published.to,
        rows: published.rows.values().sum(),
        left_out: published.left_out,
        smallest: published.rows.values().copied().min().unwrap_or(0),
        stands,
    })
}
