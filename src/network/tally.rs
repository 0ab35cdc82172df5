//! The sums kept beside the ledger: services and citizens reached, by programme, point, month and
//! kind. Every act on the ledger changes them in its own transaction.

use std::collections::BTreeMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait};
use time::Date;

use crate::db::entities::tallies;
use crate::domain::calendar::month;
use crate::domain::facilita::ServiceKind;
use crate::domain::ids::{PointId, ProgrammeId};

/// Where something is counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The programme.
    pub programme: ProgrammeId,
    /// The point.
    pub point: PointId,
    /// `YYYY-MM`.
    pub month: String,
    /// The kind of service.
    pub kind: ServiceKind,
}

impl Place {
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

/// What an act adds and takes away, gathered so that each sum is touched once and in one order:
/// two acts on the same sums then wait for each other, and never for good.
#[derive(Debug, Default)]
pub(super) struct Changes(BTreeMap<Place, (i64, i64)>);

impl Changes {
    pub(super) fn services(&mut self, place: Place, by: i64) {
        self.0.entry(place).or_default().0 += by;
    }

    pub(super) fn citizens(&mut self, place: Place, by: i64) {
        self.0.entry(place).or_default().1 += by;
    }

    /// Writes them.
    pub(super) async fn apply(self, tx: &DatabaseTransaction) -> Result<(), DbErr> {
        use tallies::Column;
        for (place, (services, citizens)) in self.0 {
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
        Ok(())
    }
}
