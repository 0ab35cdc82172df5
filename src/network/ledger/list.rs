//! Pages of the ledger: filtered, sorted, and read along an index, whatever the filter.

use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func, Order, Query, SelectStatement, UnionType};
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
};
use time::Date;

use crate::db::Db;
use crate::db::entities::services;
use crate::domain::facilita::ServiceKind;
use crate::domain::ids::{AccountId, PointId, ProgrammeId, ServiceId};

use super::{Entry, entries};

/// Entries on a page.
const PAGE: usize = 18;

/// More points than these are not asked for one by one.
const MANY: usize = 12;

/// By what entries are sorted. Each has an index for every filter that leaves many entries; what
/// has none is offered where few are left.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum EntryOrder {
    /// By day.
    #[default]
    Day,
    /// By length, then by day: only of the points or of the facilitator that were chosen.
    Minutes,
}

/// Where a page begins: beside this entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// Its length.
    pub minutes: i32,
    /// Its day.
    pub day: Date,
    /// Which.
    pub id: ServiceId,
}

/// Which entries.
#[derive(Debug, Clone, Default)]
pub struct EntryFilter {
    /// Of one programme.
    pub programme: Option<ProgrammeId>,
    /// Of these points.
    pub points: Option<Vec<PointId>>,
    /// Of one kind.
    pub kind: Option<ServiceKind>,
    /// Given by one person.
    pub facilitator: Option<AccountId>,
    /// Only those that were voided, or only those that were not.
    pub voided: Option<bool>,
    /// From this day on.
    pub from: Option<Date>,
    /// Up to this day.
    pub to: Option<Date>,
    /// By what.
    pub order: EntryOrder,
    /// From the smallest on; from the largest where it is false.
    pub ascending: bool,
    /// Those that come after this one, or right before it where `back` is true.
    pub beside: Option<Cursor>,
    /// See `beside`.
    pub back: bool,
}

/// A page of entries.
#[derive(Debug, Clone, Default)]
pub struct EntriesPage {
    /// At most 20.
    pub entries: Vec<Entry>,
    /// The first one, where there are more before it.
    pub previous: Option<Cursor>,
    /// The last one, where there are more after it.
    pub next: Option<Cursor>,
}

/// A page of the ledger.
///
/// # Errors
/// The database's.
pub async fn list(db: &Db, wanted: &EntryFilter) -> Result<EntriesPage, DbErr> {
    // A page back is read from its end.
    let ascending = wanted.ascending != wanted.back;
    let query = match wanted.points.as_deref() {
        Some([]) => return Ok(EntriesPage::default()),
        Some([point]) => sorted(narrowed(wanted, Some(*point)), wanted.order, ascending),
        // Whoever gave them, or that they were voided, leaves few of them; and many points have a
        // good part of all that a programme has.
        Some(points)
            if wanted.facilitator.is_some()
                || (wanted.voided == Some(true) && wanted.programme.is_some())
                || (points.len() > MANY && wanted.programme.is_some()) =>
        {
            let of_points = column(services::Column::PointId, true).is_in(points.iter().copied());
            sorted(narrowed(wanted, None), wanted.order, ascending).filter(of_points)
        }
        Some(points) => {
            let found = point_by_point(wanted, points, ascending);
            let these = services::Entity::find().filter(services::Column::Id.in_subquery(found));
            sorted(these, wanted.order, ascending)
        }
        None => sorted(narrowed(wanted, None), wanted.order, ascending),
    };
    let mut rows = query.all(db.read()).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    if wanted.back {
        rows.reverse();
    }
    let cursor = |row: &services::Model| Cursor {
        minutes: row.minutes,
        day: row.day,
        id: row.id,
    };
    // On the side that one came from there is the entry that was left.
    let came = wanted.beside.is_some();
    let (before, after) = match wanted.back {
        true => (more, came),
        false => (came, more),
    };
    Ok(EntriesPage {
        previous: rows.first().filter(|_| before).map(cursor),
        next: rows.last().filter(|_| after).map(cursor),
        entries: entries(db, rows).await?,
    })
}

/// What is wanted, in no order.
fn narrowed(wanted: &EntryFilter, point: Option<PointId>) -> Select<services::Entity> {
    use services::Column;
    let mut query = services::Entity::find();
    let (of_one, void) = (wanted.facilitator.is_some(), wanted.voided == Some(true));
    // Of a point's entries all are of its programme.
    if let Some(programme) = wanted.programme.filter(|_| point.is_none()) {
        query = query.filter(column(Column::ProgrammeId, of_one).eq(programme));
    }
    if let Some(point) = point {
        query = query.filter(Column::PointId.eq(point));
    }
    if let Some(kind) = wanted.kind {
        query = query.filter(column(Column::Kind, of_one || void).eq(kind));
    }
    if let Some(account) = wanted.facilitator {
        query = query.filter(Column::AccountId.eq(account));
    }
    match wanted.voided {
        Some(true) => query = query.filter(Column::VoidedAt.is_not_null()),
        Some(false) => query = query.filter(Column::VoidedAt.is_null()),
        None => {}
    }
    if let Some(from) = wanted.from {
        query = query.filter(Column::Day.gte(from));
    }
    if let Some(to) = wanted.to {
        query = query.filter(Column::Day.lte(to));
    }
    match wanted.beside {
        Some(cursor) => query.filter(beyond(
            cursor,
            wanted.order,
            wanted.ascending != wanted.back,
        )),
        None => query,
    }
}

/// A column; not for an index to look up where another one leaves fewer entries: that of whoever
/// gave them, or the one of those that were voided.
fn column(column: services::Column, beside_index: bool) -> Expr {
    let plain = Expr::col(column.as_column_ref());
    match beside_index {
        // `COALESCE(x, x)` is x, and no database looks it up in an index of x.
        true => Func::coalesce([plain.clone(), plain]).into(),
        false => plain,
    }
}

/// Beyond an entry, in an order: the first part of each condition is the index's to find, the
/// others tell apart what is equal in it.
fn beyond(cursor: Cursor, order: EntryOrder, ascending: bool) -> Condition {
    use services::Column;
    let strictly = |one: Expr, other: Expr| match ascending {
        true => one.gt(other),
        false => one.lt(other),
    };
    let at_least = |one: Expr, other: Expr| match ascending {
        true => one.gte(other),
        false => one.lte(other),
    };
    let column = |one: Column| column(one, false);
    let id = strictly(column(Column::Id), Expr::val(cursor.id));
    let day = Condition::all()
        .add(at_least(column(Column::Day), Expr::val(cursor.day)))
        .add(
            Condition::any()
                .add(strictly(column(Column::Day), Expr::val(cursor.day)))
                .add(id),
        );
    match order {
        EntryOrder::Day => day,
        EntryOrder::Minutes => Condition::all()
            .add(at_least(column(Column::Minutes), Expr::val(cursor.minutes)))
            .add(
                Condition::any()
                    .add(strictly(column(Column::Minutes), Expr::val(cursor.minutes)))
                    .add(day),
            ),
    }
}

/// A page's rows in order, and one more where there is one.
fn sorted(
    query: Select<services::Entity>,
    order: EntryOrder,
    ascending: bool,
) -> Select<services::Entity> {
    let way = || if ascending { Order::Asc } else { Order::Desc };
    let query = match order {
        EntryOrder::Day => query,
        EntryOrder::Minutes => query.order_by(services::Column::Minutes, way()),
    };
    query
        .order_by(services::Column::Day, way())
        .order_by(services::Column::Id, way())
        .limit(u64::try_from(PAGE + 1).unwrap_or(u64::MAX))
}

/// The ids of each point's first entries, each point along its index and few of them: asked for
/// together, every service of theirs would be sorted.
fn point_by_point(wanted: &EntryFilter, points: &[PointId], ascending: bool) -> SelectStatement {
    let of_point = |point: &PointId| {
        let first = sorted(narrowed(wanted, Some(*point)), wanted.order, ascending)
            .select_only()
            .column(services::Column::Id)
            .into_query();
        // SQLite takes an order and a limit only in a query of its own.
        Query::select()
            .column(Alias::new("id"))
            .from_subquery(first, Alias::new("of_point"))
            .take()
    };
    let mut each = points.iter().map(of_point);
    let mut all = each.next().unwrap_or_default();
    all.unions(each.map(|one| (UnionType::All, one))).take()
}
