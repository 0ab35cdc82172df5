//! The question: who was here before somebody entered is over, and whoever entered is asked whether
//! that was them.

use sea_orm::sea_query::{Expr, IntoCondition};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait,
    PaginatorTrait, QueryFilter, QuerySelect,
};
use time::OffsetDateTime;

use crate::accounts::{Guest, Opened, Screen, SigningKey, Then, Viewer, session};
use crate::db::entities::{answers, attempts, learners, lesson_reads, sessions};
use crate::db::{self, Db, instant};
use crate::domain::ids::{AttemptId, LearnerId, SessionId};

use super::{Answer, adopt_in};
use crate::learning::LearningError;

/// Settles who was here before somebody entered, in the transaction that opened their session. Their
/// session is over either way; where something is to be asked, the viewer says so.
pub(in crate::learning) async fn enter_in(
    tx: &DatabaseTransaction,
    guest: Option<Guest>,
    replaces: Option<SessionId>,
    viewer: &mut Viewer,
    now: OffsetDateTime,
) -> Result<(), LearningError> {
    match guest {
        Some(Guest {
            learner,
            session,
            then,
        }) => {
            let ended = end_in(tx, learner, now).await?;
            match then {
                Then::Leave => {}
                Then::Take => {
                    Box::pin(adopt_in(tx, learner, viewer.learner, Answer::Token, now)).await?;
                }
                Then::Ask if ended => ask_in(tx, learner, viewer).await?,
                // The form was sent twice, or a session ended before there was an answer: this one
                // asks what that one would have.
                Then::Ask => {
                    let before = Condition::any()
                        .add(sessions::Column::GuestId.eq(learner))
                        .add_option(session.map(|id| sessions::Column::Id.eq(id)));
                    ask_again_in(tx, before, session, viewer).await?;
                }
            }
        }
        None => {
            if let Some(replaces) = replaces {
                let before = sessions::Column::Id.eq(replaces);
                ask_again_in(tx, before, Some(replaces), viewer).await?;
            }
        }
    }
    Ok(())
}

/// Ends a guest's session; of two who enter at once, one ended it. That of a device of a point is
/// nobody's to ask about.
async fn end_in(
    tx: &DatabaseTransaction,
    guest: LearnerId,
    now: OffsetDateTime,
) -> Result<bool, DbErr> {
    let open = |idle: bool| {
        let idle = match idle {
            true => sessions::Column::IdleMinutes.is_not_null(),
            false => sessions::Column::IdleMinutes.is_null(),
        };
        sessions::Entity::update_many()
            .col_expr(sessions::Column::ClosedAt, Expr::value(instant(now)))
            .filter(sessions::Column::LearnerId.eq(guest))
            .filter(sessions::Column::AccountId.is_null())
            .filter(sessions::Column::ClosedAt.is_null())
            .filter(idle)
    };
    if !is_nobody(tx, guest).await? {
        return Ok(false);
    }
    open(true).exec(tx).await?;
    Ok(open(false).exec(tx).await?.rows_affected > 0)
}

async fn is_nobody(db: &impl ConnectionTrait, guest: LearnerId) -> Result<bool, DbErr> {
    let row = learners::Entity::find_by_id(guest).one(db).await?;
    Ok(row.is_some_and(|row| nobody(&row)))
}

pub(super) fn nobody(row: &learners::Model) -> bool {
    row.citizen_id.is_none() && row.account_id.is_none() && row.moved_to.is_none()
}

/// Asks about a guest who did something.
async fn ask_in(
    tx: &DatabaseTransaction,
    guest: LearnerId,
    viewer: &mut Viewer,
) -> Result<(), DbErr> {
    if did_nothing(tx, guest).await? {
        return Ok(());
    }
    set_question(tx, viewer.session, Some(guest)).await?;
    viewer.asked = Some(guest);
    Ok(())
}

/// The question that another session of the same person left open goes on in this one. One that
/// somebody else left open in this browser, whose session was `here`, is over.
async fn ask_again_in(
    tx: &DatabaseTransaction,
    which: impl IntoCondition,
    here: Option<SessionId>,
    viewer: &mut Viewer,
) -> Result<(), DbErr> {
    let left = sessions::Entity::find()
        .filter(which.into_condition())
        .filter(sessions::Column::Id.ne(viewer.session))
        .filter(sessions::Column::GuestId.is_not_null())
        .all(tx)
        .await?;
    for session in left {
        let same = session.learner_id == viewer.learner;
        if same || here == Some(session.id) {
            set_question(tx, session.id, None).await?;
        }
        if let Some(guest) = session.guest_id.filter(|_| same) {
            ask_in(tx, guest, viewer).await?;
        }
    }
    Ok(())
}

async fn set_question(
    tx: &DatabaseTransaction,
    session: SessionId,
    guest: Option<LearnerId>,
) -> Result<(), DbErr> {
    sessions::Entity::update_many()
        .col_expr(sessions::Column::GuestId, Expr::value(guest))
        .filter(sessions::Column::Id.eq(session))
        .exec(tx)
        .await?;
    Ok(())
}

/// Whether a guest read no lesson and answered no question.
async fn did_nothing(db: &impl ConnectionTrait, guest: LearnerId) -> Result<bool, DbErr> {
    let reads = lesson_reads::Entity::find().filter(lesson_reads::Column::LearnerId.eq(guest));
    if reads.count(db).await? > 0 {
        return Ok(false);
    }
    let begun: Vec<AttemptId> = attempts::Entity::find()
        .select_only()
        .column(attempts::Column::Id)
        .filter(attempts::Column::LearnerId.eq(guest))
        .into_tuple()
        .all(db)
        .await?;
    let given = answers::Entity::find().filter(answers::Column::AttemptId.is_in(begun));
    Ok(given.count(db).await? == 0)
}

/// Answers the question of a session, once: again, or without a question, it changes nothing. After a
/// no the guest has a session again, for the same browser: it is nobody else's.
///
/// # Errors
/// The database's.
pub async fn answer(
    db: &Db,
    key: &SigningKey,
    session: SessionId,
    yes: bool,
    now: OffsetDateTime,
) -> Result<Option<Opened>, LearningError> {
    let key = key.clone();
    db::write(db, async move |tx| {
        let row = sessions::Entity::find_by_id(session)
            .lock_exclusive()
            .one(tx)
            .await?;
        let asked = row.and_then(|row| Some((row.learner_id, row.guest_id?)));
        let Some((person, guest)) = asked else {
            return Ok(None);
        };
        set_question(tx, session, None).await?;
        if yes {
            Box::pin(adopt_in(tx, guest, person, Answer::Yes, now)).await?;
            return Ok(None);
        }
        let row = learners::Entity::find_by_id(guest).one(tx).await?;
        let Some(row) = row.filter(nobody) else {
            return Ok(None);
        };
        let opened = session::open_guest_in(tx, &key, &row, Screen::Own, now).await?;
        Ok(Some(opened))
    })
    .await
}
