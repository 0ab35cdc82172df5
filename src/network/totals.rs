//! The network's totals, read from the tallies. Nothing in them tells of a single person; what of
//! them everybody may see is [`super::public`]'s to say.
//!
//! Tallies are by month. Where a filter cuts a month, that month's days are counted from the
//! ledger, and the whole months between from the tallies.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use futures_util::future::try_join4;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, DbErr, QueryFilter, QuerySelect};
use serde::Serialize;
use time::{Date, OffsetDateTime};
use utoipa::ToSchema;

use crate::db::Db;
use crate::db::entities::{citizens, completions, learners, points};
use crate::domain::calendar::rome_day;
use crate::domain::facilita::{AgeBand, Gender, ServiceKind};
use crate::domain::ids::PointId;

use super::counting::{NotCounted, completed};
use super::point::{self, Point};
use super::programme::{self, Programme, ProgrammeTarget, TargetKind};
use super::sums::{self, Sum, Sums};

/// Which part of the totals.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TotalsFilter {
    /// From this day on.
    pub from: Option<Date>,
    /// Up to this day, included.
    pub to: Option<Date>,
    /// Of one point only.
    pub point: Option<PointId>,
    /// Of the points of one province only.
    pub province: Option<String>,
}

/// The figures of a programme. One that is hidden, since it tells of few people, is null, and
/// `hidden` beside it is true.
// `N` is what a figure is: a number, or, where it may be hidden, a number or none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Totals<N = u64> {
    /// The programme's code.
    pub programme: String,
    /// When they were read.
    #[serde(with = "time::serde::rfc3339")]
    pub as_of: OffsetDateTime,
    /// People.
    pub citizens: Citizens<N>,
    /// What was done.
    pub services: Services<N>,
    /// Provinces with something to show, by name.
    pub by_province: Vec<OfProvince<N>>,
    /// Points with something to show, by code.
    pub by_point: Vec<OfPoint<N>>,
    /// Months with something to show, in order.
    pub by_month: Vec<OfMonth<N>>,
    /// Every step of the targets, by kind and day; none for a part of the programme.
    pub targets: Vec<ProgrammeTarget>,
}

/// People reached and to be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Citizens<N = u64> {
    /// Each counted once.
    pub reached: N,
    /// The target in force; none for a programme without one, and for a part of it.
    pub target: Option<u64>,
    /// People who completed a module and only lack a verified codice fiscale. Not filtered by day.
    pub eligible_unverified: N,
    /// By the kind of service that reached them.
    pub by_kind: ByKind<N>,
    /// By age on the day they were reached.
    pub by_age: Vec<OfAge<N>>,
    /// By gender.
    pub by_gender: Vec<OfGender<N>>,
    /// Whether a figure above is hidden.
    #[serde(skip_serializing_if = "is_false")]
    pub hidden: bool,
}

/// Services given and to be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Services<N = u64> {
    /// All of them.
    pub total: N,
    /// The target in force, as above.
    pub target: Option<u64>,
    /// By kind.
    pub by_kind: ByKind<N>,
    /// Whether a figure above is hidden.
    #[serde(skip_serializing_if = "is_false")]
    pub hidden: bool,
}

/// Figures by kind of service.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ByKind<N = u64> {
    /// A: individual facilitation.
    pub individual: N,
    /// B: group facilitation.
    pub group: N,
    /// C: classroom training.
    pub classroom: N,
    /// D: online training.
    pub online: N,
    /// E: other.
    pub other: N,
}

impl<N: Copy> ByKind<N> {
    /// Made of a figure for each kind.
    pub fn each(mut figure: impl FnMut(ServiceKind) -> N) -> Self {
        Self {
            individual: figure(ServiceKind::Individual),
            group: figure(ServiceKind::Group),
            classroom: figure(ServiceKind::Classroom),
            online: figure(ServiceKind::Online),
            other: figure(ServiceKind::Other),
        }
    }

    /// The figure of a kind.
    #[must_use]
    pub const fn of(&self, kind: ServiceKind) -> N {
        match kind {
            ServiceKind::Individual => self.individual,
            ServiceKind::Group => self.group,
            ServiceKind::Classroom => self.classroom,
            ServiceKind::Online => self.online,
            ServiceKind::Other => self.other,
        }
    }
}

/// A province's part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OfProvince<N = u64> {
    /// Its full name.
    pub province: String,
    /// Citizens reached there.
    pub citizens: N,
    /// Services given there.
    pub services: N,
    /// Whether a figure is hidden.
    #[serde(skip_serializing_if = "is_false")]
    pub hidden: bool,
}

/// A point's part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OfPoint<N = u64> {
    /// The point's code.
    pub point: String,
    /// Its name.
    pub name: String,
    /// Its province.
    pub province: String,
    /// Citizens reached there.
    pub citizens: N,
    /// Services given there.
    pub services: N,
    /// Whether a figure is hidden.
    #[serde(skip_serializing_if = "is_false")]
    pub hidden: bool,
}

/// A month's part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OfMonth<N = u64> {
    /// `YYYY-MM`.
    pub month: String,
    /// Citizens reached in it.
    pub citizens: N,
    /// Services given in it.
    pub services: N,
    /// Whether a figure is hidden.
    #[serde(skip_serializing_if = "is_false")]
    pub hidden: bool,
}

/// The citizens of an age.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OfAge<N = u64> {
    /// Facilita's band.
    pub age: AgeBand,
    /// Citizens reached at that age.
    pub citizens: N,
}

/// The citizens of a gender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OfGender<N = u64> {
    /// Facilita's code.
    pub gender: Gender,
    /// Citizens reached.
    pub citizens: N,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
pub(super) const fn is_false(hidden: &bool) -> bool {
    !*hidden
}

impl AddAssign for Sum {
    fn add_assign(&mut self, other: Self) {
        self.citizens += other.citizens;
        self.services += other.services;
    }
}

/// The exact totals of a programme, or of a part of it.
///
/// # Errors
/// The database's.
pub async fn of(
    db: &Db,
    programme: &Programme,
    filter: TotalsFilter,
    now: OffsetDateTime,
) -> Result<Totals, DbErr> {
    let whole = filter.point.is_none() && filter.province.is_none();
    let targets = async {
        match whole {
            true => programme::targets(db.read(), programme.id).await,
            false => Ok(Vec::new()),
        }
    };
    // Side by side: whoever waits, waits for the longest only.
    let (sums, targets, points, unverified) = try_join4(
        sums::of(db, programme.id, &filter),
        targets,
        point::list(db.read(), Some(programme.id)),
        eligible_unverified(db, programme, &filter),
    )
    .await?;
    let target = |kind| programme::in_force(&targets, kind, rome_day(now)).map(|t| t.value);
    let mut all = Sum::default();
    for sum in sums.by_point.values() {
        all += *sum;
    }
    let of_kind = |kind| sums.by_kind.get(&kind).copied().unwrap_or_default();
    let by_point = by_point(&points, &sums);
    Ok(Totals {
        programme: programme.code.clone(),
        as_of: now,
        citizens: Citizens {
            reached: all.citizens,
            target: target(TargetKind::Citizens),
            eligible_unverified: unverified,
            by_kind: ByKind::each(|kind| of_kind(kind).citizens),
            by_age: by_age(&sums),
            by_gender: by_gender(&sums),
            hidden: false,
        },
        services: Services {
            total: all.services,
            target: target(TargetKind::Services),
            by_kind: ByKind::each(|kind| of_kind(kind).services),
            hidden: false,
        },
        by_province: by_province(&by_point),
        by_point,
        by_month: by_month(sums.by_month),
        targets,
    })
}

fn by_point(points: &[Point], sums: &Sums) -> Vec<OfPoint> {
    let line = |point: &Point| {
        let sum = sums.by_point.get(&point.id);
        let sum = sum.filter(|sum| **sum != Sum::default())?;
        Some(OfPoint {
            point: point.code.clone(),
            name: point.name.clone(),
            province: point.province.clone(),
            citizens: sum.citizens,
            services: sum.services,
            hidden: false,
        })
    };
    let mut lines: Vec<_> = points.iter().filter_map(line).collect();
    lines.sort_by(|a, b| a.point.cmp(&b.point));
    lines
}

fn by_province(points: &[OfPoint]) -> Vec<OfProvince> {
    let mut all: BTreeMap<&str, Sum> = BTreeMap::new();
    for point in points {
        *all.entry(&point.province).or_default() += Sum {
            citizens: point.citizens,
            services: point.services,
        };
    }
    all.into_iter()
        .map(|(province, sum)| OfProvince {
            province: province.to_owned(),
            citizens: sum.citizens,
            services: sum.services,
            hidden: false,
        })
        .collect()
}

fn by_month(months: BTreeMap<String, Sum>) -> Vec<OfMonth> {
    months
        .into_iter()
        .filter(|(_, sum)| *sum != Sum::default())
        .map(|(month, sum)| OfMonth {
            month,
            citizens: sum.citizens,
            services: sum.services,
            hidden: false,
        })
        .collect()
}

/// Every band, the youngest first.
fn by_age(sums: &Sums) -> Vec<OfAge> {
    let mut bands = AgeBand::ALL.to_vec();
    bands.rotate_right(1);
    let of_band = |age: AgeBand| sums.by_people.iter().filter(move |((a, _), _)| *a == age);
    bands
        .into_iter()
        .map(|age| OfAge {
            age,
            citizens: of_band(age).map(|(_, n)| n).sum(),
        })
        .collect()
}

fn by_gender(sums: &Sums) -> Vec<OfGender> {
    let of_one = |one: Gender| sums.by_people.iter().filter(move |((_, g), _)| *g == one);
    Gender::ALL
        .iter()
        .map(|gender| OfGender {
            gender: *gender,
            citizens: of_one(*gender).map(|(_, n)| n).sum(),
        })
        .collect()
}

async fn eligible_unverified(
    db: &Db,
    programme: &Programme,
    filter: &TotalsFilter,
) -> Result<u64, DbErr> {
    let mut query = completed(programme.id)
        .column_as(
            Expr::col(learners::Column::CitizenId.as_column_ref()).count_distinct(),
            "n",
        )
        .filter(completions::Column::NotCounted.eq(NotCounted::NoCodiceFiscale.key()))
        .filter(citizens::Column::MergedInto.is_null())
        .filter(citizens::Column::ErasedAt.is_null());
    if let Some(point) = filter.point {
        query = query.filter(points::Column::Id.eq(point));
    }
    if let Some(province) = &filter.province {
        query = query.filter(points::Column::Province.eq(province));
    }
    let count: Option<i64> = query.into_tuple().one(db.read()).await?;
    Ok(count
        .and_then(|count| u64::try_from(count).ok())
        .unwrap_or(0))
}
