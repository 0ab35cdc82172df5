//! What the desk opens on: who was here today, who asks, what is due, the groups. Short lists, each
//! read along an index whatever the size of the network.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use futures_util::future::try_join5;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};
use time::{Date, Duration};

use crate::citizens::correction;
use crate::citizens::find::{FoundCitizen, these};
use crate::db::Db;
use crate::db::entities::{assignments, attendances, citizens, groups, learners, services};
use crate::domain::ids::{CitizenId, GroupId, ModuleId, PointId, ServiceId};

use super::group::{self, Listed};
use super::help::{self, WaitingQuestion};
use super::trace::not_completed;

/// Lines of each list.
pub const LINES: usize = 5;

/// What is due so many days from now is said; so is what was due so many days ago. What is older is
/// with those who are stuck.
const AHEAD: Duration = Duration::days(7);
const BEHIND: Duration = Duration::days(30);

/// The most people of a day, and the most that is due, that are counted.
const COUNTED: u64 = 200;

/// What happens at some points today.
#[derive(Debug, Clone, Default)]
pub struct Today {
    /// Who was here: the last ones first, with what they came for.
    pub here: Vec<(FoundCitizen, ServiceId, String)>,
    /// How many were here.
    pub all_here: usize,
    /// Who asks for help and what it is about: who has waited for longest first.
    pub asks: Vec<(FoundCitizen, ModuleId)>,
    /// How many ask.
    pub all_ask: usize,
    /// Who has something to do by a day.
    pub due: Vec<Due>,
    /// How much is due.
    pub all_due: usize,
    /// How many ask to have their record corrected.
    pub corrections: u64,
    /// The groups, the newest first: those that meet now.
    pub groups: Vec<Listed>,
    /// How many there are.
    pub all_groups: usize,
}

/// Something to do by a day.
#[derive(Debug, Clone)]
pub struct Due {
    /// Who has to.
    pub who: ActSubject,
    /// What.
    pub module: ModuleId,
    /// The last day.
    pub due_on: Date,
    /// It has passed.
    pub late: bool,
}

/// Somebody, or a group.
#[derive(Debug, Clone)]
pub enum ActSubject {
    /// One person.
    Person(FoundCitizen),
    /// A group, and its name.
    Group(GroupId, String),
}

/// What happens at some points today.
///
/// # Errors
/// The database's.
pub async fn of_points(db: &Db, points: &[PointId], today: Date) -> Result<Today, DbErr> {
    let (mut here, mut asks, mut due, mut groups, corrections) = try_join5(
        came(db, points, today),
        help::waiting(db, points),
        due_at(db, points, today),
        group::of_points(db, points),
        correction::count_waiting(db, points),
    )
    .await?;
    let (all_here, all_ask) = (here.len(), asks.len());
    let (all_due, all_groups) = (due.len(), groups.len());
    here.truncate(LINES);
    asks.truncate(LINES);
    due.truncate(LINES);
    // Ids grow with time.
    groups.sort_unstable_by_key(|one| Reverse(one.group.id));
    groups.truncate(LINES);
    let people: BTreeSet<CitizenId> = here
        .iter()
        .map(|one| one.0)
        .chain(asks.iter().map(|one| one.citizen))
        .chain(due.iter().filter_map(|one| one.0.as_ref().ok().copied()))
        .collect();
    let people: Vec<_> = people.into_iter().collect();
    let found = these(db, &people, Some(points)).await?;
    let found: HashMap<CitizenId, FoundCitizen> =
        found.into_iter().map(|one| (one.id, one)).collect();
    let named = |who: CitizenId| found.get(&who).cloned();
    let came = |(who, service, title)| Some((named(who)?, service, title));
    let asking = |one: WaitingQuestion| Some((named(one.citizen)?, one.asked.place.module));
    let due_line = |(who, module, due_on): Given| {
        let who = match who {
            Ok(who) => ActSubject::Person(named(who)?),
            Err((id, name)) => ActSubject::Group(id, name),
        };
        Some(Due {
            who,
            module,
            due_on,
            late: due_on < today,
        })
    };
    Ok(Today {
        here: here.into_iter().filter_map(came).collect(),
        all_here,
        asks: asks.into_iter().filter_map(asking).collect(),
        all_ask,
        due: due.into_iter().filter_map(due_line).collect(),
        all_due,
        corrections,
        groups,
        all_groups,
    })
}

/// Everybody once, the last one first.
async fn came(
    db: &Db,
    points: &[PointId],
    today: Date,
) -> Result<Vec<(CitizenId, ServiceId, String)>, DbErr> {
    let rows: Vec<(CitizenId, ServiceId, String)> = services::Entity::find()
        .select_only()
        .column(attendances::Column::CitizenId)
        .columns([services::Column::Id, services::Column::Title])
        .join(
            JoinType::InnerJoin,
            services::Entity::belongs_to(attendances::Entity)
                .from(services::Column::Id)
                .to(attendances::Column::ServiceId)
                .into(),
        )
        .filter(services::Column::PointId.is_in(points.iter().copied()))
        .filter(services::Column::Day.eq(today))
        .filter(services::Column::VoidedAt.is_null())
        .filter(services::in_person())
        .order_by_desc(services::Column::Id)
        .limit(COUNTED)
        .into_tuple()
        .all(db.read())
        .await?;
    let mut seen = BTreeSet::new();
    let first = rows.into_iter().filter(|(who, _, _)| seen.insert(*who));
    Ok(first.collect())
}

/// Something given: to one person, or to a group.
type Given = (Result<CitizenId, (GroupId, String)>, ModuleId, Date);

/// What is due, the earliest first.
async fn due_at(db: &Db, points: &[PointId], today: Date) -> Result<Vec<Given>, DbErr> {
    let open = || {
        assignments::Entity::find()
            .select_only()
            .filter(assignments::Column::WithdrawnAt.is_null())
            .filter(assignments::Column::DueOn.gte(today - BEHIND))
            .filter(assignments::Column::DueOn.lte(today + AHEAD))
            .order_by_asc(assignments::Column::DueOn)
            .limit(COUNTED)
    };
    let column = |column| Expr::col((assignments::Entity, column));
    let alone: Vec<(CitizenId, ModuleId, Date)> = open()
        .column(citizens::Column::Id)
        .columns([assignments::Column::Module, assignments::Column::DueOn])
        .join(
            JoinType::InnerJoin,
            assignments::Entity::belongs_to(citizens::Entity)
                .from(assignments::Column::CitizenId)
                .to(citizens::Column::Id)
                .into(),
        )
        .join(
            JoinType::LeftJoin,
            citizens::Entity::belongs_to(learners::Entity)
                .from(citizens::Column::Id)
                .to(learners::Column::CitizenId)
                .into(),
        )
        .filter(citizens::Column::PointId.is_in(points.iter().copied()))
        .filter(citizens::Column::MergedInto.is_null())
        .filter(not_completed(
            Expr::col((learners::Entity, learners::Column::Id)),
            column(assignments::Column::Module),
        ))
        .into_tuple()
        .all(db.read())
        .await?;
    let together: Vec<(GroupId, String, ModuleId, Date)> = open()
        .columns([groups::Column::Id, groups::Column::Name])
        .columns([assignments::Column::Module, assignments::Column::DueOn])
        .join(
            JoinType::InnerJoin,
            assignments::Entity::belongs_to(groups::Entity)
                .from(assignments::Column::GroupId)
                .to(groups::Column::Id)
                .into(),
        )
        .filter(groups::Column::PointId.is_in(points.iter().copied()))
        .filter(groups::Column::ClosedAt.is_null())
        .into_tuple()
        .all(db.read())
        .await?;
    let alone = alone
        .into_iter()
        .map(|(who, what, day)| (Ok(who), what, day));
    let mut all: Vec<Given> = alone.collect();
    let group = |(id, name, what, day)| (Err((id, name)), what, day);
    all.extend(together.into_iter().map(group));
    all.sort_by_key(|one| one.2);
    Ok(all)
}
