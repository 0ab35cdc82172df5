//! Assignments: what the desk gives somebody, or a group, to learn.
//!
//! They are stored as they were given: one for a group holds for whoever is in it, so that who
//! joins later has it too, and who leaves has it no more. A module has one open assignment for a
//! person and one for a group: given again, the day, the note and the first lesson change.

use std::collections::BTreeMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, DbErr, EntityTrait, JoinType, QueryFilter,
    QueryOrder, QuerySelect,
};
use time::{Date, OffsetDateTime};

use crate::content::Catalogue;
use crate::db::audit::{Act, Action, note, note_to_each};
use crate::db::entities::{assignments, group_members, groups};
use crate::db::{self, Db, instant};
use crate::domain::calendar::rome_day;
use crate::domain::field::FieldError;
use crate::domain::ids::{
    AccountId, AssignmentId, CitizenId, GroupId, LessonId, ModuleId, PathId, PointId,
};
use crate::domain::text::paragraphs;

use super::DeskError;
use super::group::{self, people_of};

/// The longest note, in characters.
pub const LONGEST_NOTE: usize = 500;

/// The most modules, and the most people, of one act.
const MOST: usize = 60;

/// What is given.
#[derive(Debug, Clone, Default)]
pub struct NewAssignment {
    /// Modules, one by one.
    pub modules: Vec<ModuleId>,
    /// A learning path: all its modules.
    pub path: Option<PathId>,
    /// The lesson to begin with, and the module it is in, which is given too.
    pub start: Option<(ModuleId, LessonId)>,
    /// The last day to do it.
    pub due_on: Option<Date>,
    /// What the facilitator says to the citizen.
    pub note: String,
}

/// To whom.
#[derive(Debug, Clone)]
pub enum To {
    /// To each of them.
    Citizens(Vec<CitizenId>),
    /// To whoever is in it.
    Group(GroupId),
}

/// An open assignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assigned {
    /// The assignment.
    pub id: AssignmentId,
    /// The group it was given to; `None` where it was given to the citizen.
    pub group: Option<GroupId>,
    /// What.
    pub module: ModuleId,
    /// The lesson to begin with.
    pub lesson: Option<LessonId>,
    /// The last day to do it.
    pub due_on: Option<Date>,
    /// What the facilitator says to the citizen; empty for nothing.
    pub note: String,
    /// When it was given, or given again.
    pub assigned_at: OffsetDateTime,
}

/// Assigns modules, a path, or both. Again, it changes the day, the note and the first lesson of
/// what is open already.
///
/// # Errors
/// [`DeskError::Invalid`] with the fields at fault; [`DeskError::NotFound`] for people and groups
/// that are not of these points.
pub async fn assign(
    db: &Db,
    catalogue: &Catalogue,
    points: &[PointId],
    to: To,
    new: NewAssignment,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<Vec<AssignmentId>, DeskError> {
    let modules = chosen(catalogue, &new);
    let faults = faults(catalogue, &modules, &to, &new, rome_day(now));
    if !faults.is_empty() {
        return Err(DeskError::Invalid(faults));
    }
    let points = points.to_vec();
    db::write(db, async move |tx| {
        let targets = targets(tx, &points, to).await?;
        give(tx, targets, &modules, &new, by, now).await
    })
    .await
}

/// Gives modules of the catalogue to people who may be given something.
pub(super) async fn give<E: From<DbErr>>(
    tx: &DatabaseTransaction,
    to: Vec<Target>,
    modules: &[(ModuleId, Option<PathId>)],
    new: &NewAssignment,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<Vec<AssignmentId>, E> {
    let mut given = Vec::with_capacity(to.len() * modules.len());
    for (citizen, group) in to {
        for (module, path) in modules {
            let start = new.start.as_ref().filter(|(of, _)| of == module);
            let row = assignments::Model {
                id: AssignmentId::new(),
                citizen_id: citizen,
                group_id: group,
                module: module.clone(),
                lesson: start.map(|(_, lesson)| lesson.clone()),
                path: path.clone(),
                due_on: new.due_on,
                note: paragraphs(&new.note),
                assigned_by: by,
                assigned_at: instant(now),
                withdrawn_at: None,
            };
            given.push(keep(tx, row).await?);
        }
        remember(tx, Action::Assigned, citizen, group, by, now).await?;
    }
    Ok(given)
}

/// Takes an assignment back. Again, it changes nothing.
///
/// # Errors
/// [`DeskError::NotFound`] for one of other points' people or groups.
pub async fn withdraw(
    db: &Db,
    points: &[PointId],
    assignment: AssignmentId,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), DeskError> {
    let points = points.to_vec();
    db::write(db, async move |tx| {
        let row = assignments::Entity::find_by_id(assignment)
            .one(tx)
            .await?
            .ok_or(DeskError::NotFound)?;
        let to = match (row.citizen_id, row.group_id) {
            (Some(citizen), _) => To::Citizens(vec![citizen]),
            (None, Some(group)) => To::Group(group),
            (None, None) => return Err(DeskError::NotFound),
        };
        targets(tx, &points, to).await?;
        let done = assignments::Entity::update_many()
            .col_expr(assignments::Column::WithdrawnAt, Expr::value(instant(now)))
            .filter(assignments::Column::Id.eq(assignment))
            .filter(assignments::Column::WithdrawnAt.is_null())
            .exec(tx)
            .await?;
        if done.rows_affected > 0 {
            remember(
                tx,
                Action::Unassigned,
                row.citizen_id,
                row.group_id,
                by,
                now,
            )
            .await?;
        }
        Ok(())
    })
    .await
}

/// What a citizen has been given, alone and in groups, in the order in which to do it: of what is
/// given, what is due today or was due before comes first, then what was given last. A module that
/// was given twice is there once, as it was given last.
///
/// # Errors
/// The database's.
pub async fn of_citizen(db: &Db, citizen: CitizenId, today: Date) -> Result<Vec<Assigned>, DbErr> {
    let groups: Vec<GroupId> = groups::Entity::find()
        .select_only()
        .column(groups::Column::Id)
        .join(
            JoinType::InnerJoin,
            groups::Entity::belongs_to(group_members::Entity)
                .from(groups::Column::Id)
                .to(group_members::Column::GroupId)
                .into(),
        )
        .filter(group_members::Column::CitizenId.eq(citizen))
        .filter(groups::Column::ClosedAt.is_null())
        .into_tuple()
        .all(db.read())
        .await?;
    let mut rows = open(db, assignments::Column::CitizenId.eq(citizen)).await?;
    if !groups.is_empty() {
        rows.extend(open(db, assignments::Column::GroupId.is_in(groups)).await?);
    }
    let mut last: BTreeMap<ModuleId, Assigned> = BTreeMap::new();
    rows.sort_by_key(|one| (one.assigned_at, one.id));
    for one in rows {
        last.insert(one.module.clone(), one);
    }
    let mut all: Vec<Assigned> = last.into_values().collect();
    all.sort_by_key(|one| {
        let due = one.due_on.filter(|due| *due <= today);
        let given = std::cmp::Reverse((one.assigned_at, one.id));
        (due.is_none(), due, given)
    });
    Ok(all)
}

/// What a group has been given, in the order in which it was given.
///
/// # Errors
/// The database's.
pub async fn of_group(db: &Db, group: GroupId) -> Result<Vec<Assigned>, DbErr> {
    open(db, assignments::Column::GroupId.eq(group)).await
}

async fn open(db: &Db, whose: Expr) -> Result<Vec<Assigned>, DbErr> {
    let rows = assignments::Entity::find()
        .filter(whose)
        .filter(assignments::Column::WithdrawnAt.is_null())
        .order_by_asc(assignments::Column::Id)
        .all(db.read())
        .await?;
    Ok(rows.into_iter().map(Assigned::from).collect())
}

/// The modules that are given, each once, with the path that brings them.
fn chosen(catalogue: &Catalogue, new: &NewAssignment) -> Vec<(ModuleId, Option<PathId>)> {
    let path = new.path.as_ref().and_then(|path| catalogue.path(path));
    let alone = new.modules.iter().chain(new.start.iter().map(|(of, _)| of));
    let alone = alone.map(|module| (module.clone(), None));
    let in_path = path.into_iter().flat_map(|path| {
        let with = |module: &ModuleId| (module.clone(), Some(path.id.clone()));
        path.modules.iter().map(with)
    });
    let mut all: Vec<(ModuleId, Option<PathId>)> = Vec::new();
    for one in in_path.chain(alone) {
        if all.iter().all(|(module, _)| *module != one.0) {
            all.push(one);
        }
    }
    all
}

fn faults(
    catalogue: &Catalogue,
    modules: &[(ModuleId, Option<PathId>)],
    to: &To,
    new: &NewAssignment,
    today: Date,
) -> Vec<FieldError> {
    let mut faults = Vec::new();
    let unknown = |module: &ModuleId| catalogue.module(module).is_none();
    if new
        .path
        .as_ref()
        .is_some_and(|path| catalogue.path(path).is_none())
    {
        faults.push(FieldError::new("path", "assign-unknown-path"));
    } else if modules.is_empty() {
        faults.push(FieldError::new("modules", "assign-nothing"));
    } else if modules.len() > MOST || modules.iter().any(|(module, _)| unknown(module)) {
        faults.push(FieldError::new("modules", "assign-unknown-module"));
    }
    if let Some((module, lesson)) = &new.start {
        let module = catalogue.module(module);
        if module.is_some_and(|module| module.original.lesson(lesson).is_none()) {
            faults.push(FieldError::new("lesson", "assign-unknown-lesson"));
        }
    }
    if new.due_on.is_some_and(|due| due < today) {
        faults.push(FieldError::new("due_on", "assign-due-past"));
    }
    if paragraphs(&new.note).chars().count() > LONGEST_NOTE {
        faults.push(FieldError::new("note", "too-long"));
    }
    if let To::Citizens(people) = to
        && (people.is_empty() || people.len() > MOST)
    {
        faults.push(FieldError::new("citizens", "assign-nobody"));
    }
    faults
}

type Target = (Option<CitizenId>, Option<GroupId>);

/// To whom, after making sure that they are of these points; in one order, so that two acts at
/// once wait for each other and never for good.
async fn targets(
    tx: &DatabaseTransaction,
    points: &[PointId],
    to: To,
) -> Result<Vec<Target>, DeskError> {
    match to {
        To::Group(group) => {
            group::locked(tx, points, group).await?;
            Ok(vec![(None, Some(group))])
        }
        To::Citizens(mut people) => {
            people.sort();
            people.dedup();
            if people_of(tx, points, &people).await? != people.len() {
                return Err(DeskError::NotFound);
            }
            Ok(people.into_iter().map(|one| (Some(one), None)).collect())
        }
    }
}

/// Puts an assignment in, or changes the one that is open.
async fn keep(tx: &DatabaseTransaction, row: assignments::Model) -> Result<AssignmentId, DbErr> {
    let id = row.id;
    let same = Condition::all()
        .add(assignments::Column::Module.eq(row.module.clone()))
        .add(assignments::Column::WithdrawnAt.is_null())
        .add(match row.citizen_id {
            Some(citizen) => assignments::Column::CitizenId.eq(citizen),
            None => assignments::Column::GroupId.eq(row.group_id),
        });
    if db::insert_new(tx, assignments::ActiveModel::from(row.clone())).await? {
        return Ok(id);
    }
    let changes = assignments::ActiveModel {
        lesson: Set(row.lesson),
        path: Set(row.path),
        due_on: Set(row.due_on),
        note: Set(row.note),
        assigned_by: Set(row.assigned_by),
        assigned_at: Set(row.assigned_at),
        ..Default::default()
    };
    assignments::Entity::update_many()
        .set(changes)
        .filter(same.clone())
        .exec(tx)
        .await?;
    let there = assignments::Entity::find().filter(same).one(tx).await?;
    there
        .map(|row| row.id)
        .ok_or_else(|| DbErr::RecordNotFound("the open assignment".to_owned()))
}

async fn remember(
    tx: &DatabaseTransaction,
    action: Action,
    citizen: Option<CitizenId>,
    group: Option<GroupId>,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let act = |subject, id| Act {
        by: Some(by),
        action,
        subject,
        id,
        detail: "",
    };
    if let Some(citizen) = citizen {
        note(tx, act("citizen", citizen.0), now).await?;
    }
    if let Some(group) = group {
        let people = group::ids(tx, group).await?;
        note_to_each(tx, act("group", group.0), action, people, now).await?;
    }
    Ok(())
}

impl From<assignments::Model> for Assigned {
    fn from(row: assignments::Model) -> Self {
        Self {
            id: row.id,
            group: row.group_id,
            module: row.module,
            lesson: row.lesson,
            due_on: row.due_on,
            note: row.note,
            assigned_at: row.assigned_at,
        }
    }
}
