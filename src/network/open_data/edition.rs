//! Editions: what was published stands still.
//!
//! Were the file made anew each day, today's less yesterday's would be the rows that were recorded
//! between the two, and a correction would show whose gender or age changed. So a quarter of a year
//! is published once, when it is over: what was recorded in it, made alike among itself. What is
//! written down, voided, corrected, merged or erased later changes nothing of it, and is of the
//! edition in which it is recorded. Two files differ by whole editions, each of which hides
//! everybody by itself.

use std::collections::BTreeMap;

use sea_orm::{ActiveModelTrait, ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use time::{Date, OffsetDateTime};

use crate::db::entities::open_data_editions;
use crate::db::{self, Db, insert_new, instant};
use crate::domain::calendar::{end_of_last_quarter, rome_day};
use crate::domain::ids::ProgrammeId;
use crate::domain::table::{self, TableReader};

use super::{COLUMNS, EqualColumns, custom};

/// In which days the services of an edition were recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Period {
    /// The last day of each edition before, and when it was made.
    before: Vec<(Date, OffsetDateTime)>,
    /// The last day.
    to: Date,
}

impl Period {
    /// Whether what was recorded then is of it.
    pub(super) fn has(&self, recorded: OffsetDateTime) -> bool {
        self.edition_of(recorded).is_none() && rome_day(recorded) <= self.to
    }

    /// Whether a service is in an edition before: it was recorded by its last day, and still stood
    /// when it was made, which may be weeks later.
    pub(super) fn was_published(
        &self,
        recorded: OffsetDateTime,
        voided: Option<OffsetDateTime>,
    ) -> bool {
        self.edition_of(recorded)
            .is_some_and(|made| voided.is_none_or(|voided| voided > made))
    }

    /// When the edition before was made that what was recorded then is of.
    fn edition_of(&self, recorded: OffsetDateTime) -> Option<OffsetDateTime> {
        let day = rome_day(recorded);
        let edition = self.before.iter().find(|(last, _)| day <= *last);
        edition.map(|(_, made)| *made)
    }
}

/// All that was published of a programme.
#[derive(Debug, Default)]
pub(super) struct PublishedEditions {
    /// Equal rows, and how many they are.
    pub(super) rows: BTreeMap<EqualColumns, usize>,
    pub(super) left_out: usize,
    pub(super) to: Option<Date>,
    /// The last day of each edition, and when it was made.
    editions: Vec<(Date, OffsetDateTime)>,
}

impl PublishedEditions {
    pub(super) async fn read(db: &Db, programme: ProgrammeId) -> Result<Self, DbErr> {
        use open_data_editions::Column;
        let rows = open_data_editions::Entity::find()
            .filter(Column::ProgrammeId.eq(programme))
            .order_by_asc(Column::Number)
            .all(db.read());
        let mut all = Self::default();
        for edition in rows.await? {
            all.left_out += usize::try_from(edition.left_out).unwrap_or(0);
            all.to = Some(edition.to_day);
            all.editions.push((edition.to_day, edition.made_at));
            all.add(&edition.rows).map_err(custom)?;
        }
        Ok(all)
    }

    /// The edition that is due: of what was recorded since, up to the last quarter that is over.
    pub(super) fn due(&self, now: OffsetDateTime) -> Option<Period> {
        let to = end_of_last_quarter(rome_day(now));
        self.to.is_none_or(|last| last < to).then_some(Period {
            before: self.editions.clone(),
            to,
        })
    }

    fn add(&mut self, csv: &str) -> Result<(), csv::Error> {
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let header = reader.headers()?.clone();
        // By name: a column of a later version stands empty in what was published before.
        let place = COLUMNS.map(|(name, _)| header.iter().position(|one| one == name));
        for record in reader.records() {
            let record = record?;
            let equal = record.get(0).and_then(|n| n.parse().ok()).unwrap_or(0);
            let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default();
            let columns = place.map(|at| cell(at).to_owned());
            *self.rows.entry(columns).or_default() += equal;
        }
        Ok(())
    }
}

/// Publishes an edition, unless another one was published meanwhile: that one stands.
pub(super) async fn publish(
    db: &Db,
    programme: ProgrammeId,
    period: &Period,
    (rows, left_out): (&BTreeMap<EqualColumns, usize>, usize),
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let names = COLUMNS.map(|(name, _)| name.to_owned());
    let head = std::iter::once("RIGHE".to_owned()).chain(names);
    let line = |(columns, equal): (&EqualColumns, &usize)| {
        let line = std::iter::once(equal.to_string()).chain(columns.iter().cloned());
        line.collect::<Vec<_>>()
    };
    let lines = std::iter::once(head.collect()).chain(rows.iter().map(line));
    let text = table::csv(TableReader::Program, lines).map_err(custom)?;
    let row = open_data_editions::Model {
        programme_id: programme,
        number: i32::try_from(period.before.len() + 1).map_err(custom)?,
        to_day: period.to,
        made_at: instant(now),
        left_out: i32::try_from(left_out).unwrap_or(i32::MAX),
        rows: String::from_utf8(text).map_err(custom)?,
    };
    let row = open_data_editions::ActiveModel::from(row);
    db::write(db, async move |tx| insert_new(tx, row.reset_all()).await).await?;
    Ok(())
}
