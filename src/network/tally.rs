//! The sums kept beside the ledger: services and citizens reached, by programme, point, month and
//! kind; and the citizens reached by point, age and gender. Every act on the ledger changes them in
//! its own transaction.

use std::collections::BTreeMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait};
use time::Date;

use crate::db::entities::{people_tallies, tallies};
use crate::domain::calendar::month;
use crate::domain::facilita::{AgeBand, Gender, ServiceKind};
use crate::domain::ids::{PointId, ProgrammeId};

/// Where something is counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TallyPlace {
    /// The programme.
    pub programme: ProgrammeId,
    /// The point.
    pub point: PointId,
    /// `YYYY-MM`.
    pub month: String,
    /// The kind of service.
    pub kind: ServiceKind,
}

impl TallyPlace {
    /// The place of a service or of a citizen reached by it.
    #[must_use]
    pub fn new(programme: ProgrammeId, point: PointId, day: Date, kind: ServiceKind) -> Self {
        Self {
            programme,
            point,
            month: month(day),
            kind,
        }
    }
}

/// Whom a citizen reached is counted among.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct People {
    /// The programme.
    pub programme: ProgrammeId,
    /// The point that reached them.
    pub point: PointId,
    /// Their age on the day they were reached.
    pub age: AgeBand,
    /// As the record has it now; [`Gender::Undisclosed`] where it is not known.
    pub gender: Gender,
}

/// What an act adds and takes away, gathered so that each sum is touched once and in one order:
/// two acts on the same sums then wait for each other, and never for good.
#[derive(Debug, Default)]
pub(super) struct Changes {
    places: BTreeMap<TallyPlace, (i64, i64)>,
    people: BTreeMap<People, i64>,
}

impl Changes {
    pub(super) fn services(&mut self, place: TallyPlace, by: i64) {
        self.places.entry(place).or_default().0 += by;
    }

    pub(super) fn citizens(&mut self, place: TallyPlace, by: i64) {
        self.places.entry(place).or_default().1 += by;
    }

    pub(super) fn people(&mut self, people: People, by: i64) {
        *self.people.entry(people).or_default() += by;
    }

    /// Writes them.
    pub(super) async fn apply(self, tx: &DatabaseTransaction) -> Result<(), DbErr> {
        use tallies::Column;
        for (place, (services, citizens)) in self.places {
            if (services, citizens) == (0, 0) {
                continue;
            }
            let row = tallies::ActiveModel {
                programme_id: Set(place.programme),
                point_id: Set(place.point),
                month: Set(place.month),
                kind: Set(place.kind),
                services: Set(services),
                citizens: Set(citizens),
            };
            let key = [
                Column::ProgrammeId,
                Column::PointId,
                Column::Month,
                Column::Kind,
            ];
            let sum = |column: Column, by: i64| Expr::col(column.as_column_ref()).add(by);
            let or_add = OnConflict::columns(key)
                .value(Column::Services, sum(Column::Services, services))
                .value(Column::Citizens, sum(Column::Citizens, citizens))
                .to_owned();
            tallies::Entity::insert(row)
                .on_conflict(or_add)
                .exec_without_returning(tx)
                .await?;
        }
        for (people, by) in self.people {
            if by != 0 {
                apply_people(tx, people, by).await?;
            }
        }
        Ok(())
    }
}

async fn apply_people(tx: &DatabaseTransaction, people: People, by: i64) -> Result<(), DbErr> {
    use people_tallies::Column;
    let row = people_tallies::ActiveModel {
        programme_id: Set(people.programme),
        point_id: Set(people.point),
        age_band: Set(people.age),
        gender: Set(people.gender),
        citizens: Set(by),
    };
    let key = [
        Column::ProgrammeId,
        Column::PointId,
        Column::AgeBand,
        Column::Gender,
    ];
    let sum = Expr::col(Column::Citizens.as_column_ref()).add(by);
    let or_add = OnConflict::columns(key)
        .value(Column::Citizens, sum)
        .to_owned();
    people_tallies::Entity::insert(row)
        .on_conflict(or_add)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}
