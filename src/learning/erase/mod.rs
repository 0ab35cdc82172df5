//! Erasing somebody (GDPR, article 17): everything that names them or tells what they did alone goes;
//! what the programme must keep for its audit stays without a name.
//!
//! | stays | why |
//! |---|---|
//! | services and attendances, and the completions that became services with their proof | the totals are defended with them; texts that others wrote lose the person's names |
//! | gender, education, occupation, and the age band at each service | totals and open data are made of them |
//! | that the notice was given, and its version | the body has to be able to show it |
//! | a keyed digest of the codice fiscale, until the programme's time is over | whoever comes again counts once (`network::persons`) |
//! | the empty record | services refer to its id; who has an old link reads that it was erased |
//!
//! The audit holds ids and is never changed.

mod learned;

use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::sea_query::{Expr, ExprTrait as _, Func};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
};
use thiserror::Error;
use time::OffsetDateTime;

use crate::citizens::erased::{NamedBy, empty_in, held_in, with_merged};
use crate::citizens::follow::answers_for;
use crate::citizens::vault::Vault;
use crate::db::audit::{Act, Action, note};
use crate::db::entities::{
    assignments, card_tries, cards, citizen_points, citizens, consents, corrections, group_members,
    groups, help_requests, merges, reports, sessions,
};
use crate::db::{self, Db};
use crate::domain::consent::ConsentKind;
use crate::domain::ids::{AccountId, CitizenId, ProgrammeId};
use crate::network::erasure;

/// Who asks for it, and why it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// The person, by themselves.
    Own,
    /// The person asked at the desk.
    AskedAtDesk,
    /// The person asked in writing.
    AskedInWriting,
    /// The record should not have been made.
    Mistake,
    /// Every programme's time is over.
    Retention,
}

impl Ground {
    /// What somebody who works here may choose from.
    pub const OF_STAFF: [Self; 3] = [Self::AskedAtDesk, Self::AskedInWriting, Self::Mistake];

    /// As forms and the audit have it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::AskedAtDesk => "asked-at-desk",
            Self::AskedInWriting => "asked-in-writing",
            Self::Mistake => "mistake",
            Self::Retention => "retention",
        }
    }

    /// The ground that somebody who works here chose.
    #[must_use]
    pub fn of_staff(name: &str) -> Option<Self> {
        Self::OF_STAFF.into_iter().find(|one| one.name() == name)
    }
}

/// Why nobody was erased.
#[derive(Debug, Error)]
pub enum EraseError {
    /// Nobody with this id.
    #[error("not found")]
    NotFound,
    /// Only the point that registered them, a coordinator or the person may.
    #[error("another point's to erase")]
    Theirs,
    /// The database's, or a seal that does not open.
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// Erases a person, with every record that was made one with theirs. Again, it changes nothing.
///
/// # Errors
/// [`EraseError`]; nothing is changed then.
pub async fn erase(
    db: &Db,
    vault: &Vault,
    citizen: CitizenId,
    (ground, by): (Ground, Option<AccountId>),
    now: OffsetDateTime,
) -> Result<(), EraseError> {
    let vault = vault.clone();
    db::write(db, async move |tx| {
        erase_in(tx, &vault, citizen, (ground, by), |_| true, now).await
    })
    .await
}

/// [`erase`] in a transaction. `keep_digest`: whether a programme still has to know whom it reached.
pub(super) async fn erase_in(
    tx: &DatabaseTransaction,
    vault: &Vault,
    citizen: CitizenId,
    (ground, by): (Ground, Option<AccountId>),
    keep_digest: impl Fn(ProgrammeId) -> bool,
    now: OffsetDateTime,
) -> Result<(), EraseError> {
    // Files before people, as whoever reads a report locks them.
    let ids = with_merged(tx, citizen).await?;
    erasure::files_in(tx, &ids).await?;
    let people = held_in(tx, citizen).await?;
    let own = people.iter().find(|row| row.id == citizen);
    let own = own.ok_or(EraseError::NotFound)?;
    if own.erased_at.is_some() {
        return Ok(());
    }
    if own.merged_into.is_some() {
        return Err(EraseError::NotFound);
    }
    if let Some(account) = by
        && !answers_for(tx, account, own.point_id).await?
    {
        return Err(EraseError::Theirs);
    }
    let ids: Vec<CitizenId> = people.iter().map(|row| row.id).collect();
    let mut named = NamedBy::of(vault, &people).map_err(DbErr::from)?;
    for link in citizen_points::Entity::find()
        .filter(citizen_points::Column::CitizenId.is_in(ids.iter().copied()))
        .all(tx)
        .await?
    {
        named.add(&link.first_name);
        named.add(&link.last_name);
    }
    cards_in(tx, &ids).await?;
    learned::forget_in(tx, &ids, &named, now).await?;
    desk_in(tx, &ids, &named).await?;
    said_in(tx, &people).await?;
    erasure::forget_in(tx, vault, &people, &named, keep_digest).await?;
    for row in &people {
        empty_in(tx, row, now).await?;
    }
    let act = Act {
        by,
        action: Action::CitizenErased,
        subject: "citizen",
        id: citizen.0,
        detail: ground.name(),
    };
    Ok(note(tx, act, now).await?)
}

/// Cards, and the wrong PINs that were tried at them.
async fn cards_in(tx: &DatabaseTransaction, ids: &[CitizenId]) -> Result<(), DbErr> {
    let theirs = cards::Column::CitizenId.is_in(ids.iter().copied());
    let rows = cards::Entity::find().filter(theirs.clone()).all(tx).await?;
    card_tries::Entity::delete_many()
        .filter(
            card_tries::Column::CodeDigest.is_in(rows.iter().map(|row| row.code_digest.clone())),
        )
        .exec(tx)
        .await?;
    sessions::Entity::delete_many()
        .filter(sessions::Column::CardId.is_in(rows.iter().map(|row| row.id)))
        .exec(tx)
        .await?;
    cards::Entity::delete_many().filter(theirs).exec(tx).await?;
    Ok(())
}

/// What the desk gave them and wrote of them, and the points that followed them.
async fn desk_in(
    tx: &DatabaseTransaction,
    ids: &[CitizenId],
    named: &NamedBy,
) -> Result<(), DbErr> {
    for member in group_members::Entity::find()
        .filter(group_members::Column::CitizenId.is_in(ids.iter().copied()))
        .all(tx)
        .await?
    {
        rename_group(tx, &member, named).await?;
    }
    macro_rules! gone {
        ($($table:ident)*) => {$(
            $table::Entity::delete_many()
                .filter($table::Column::CitizenId.is_in(ids.iter().copied()))
                .exec(tx)
                .await?;
        )*};
    }
    gone!(group_members assignments help_requests corrections citizen_points);
    let merged = Condition::any()
        .add(merges::Column::KeptId.is_in(ids.iter().copied()))
        .add(merges::Column::MergedId.is_in(ids.iter().copied()));
    merges::Entity::delete_many()
        .filter(merged)
        .exec(tx)
        .await?;
    Ok(())
}

/// A group they were in, and what it was given, may be named after them.
async fn rename_group(
    tx: &DatabaseTransaction,
    member: &group_members::Model,
    named: &NamedBy,
) -> Result<(), DbErr> {
    let group = groups::Entity::find_by_id(member.group_id).one(tx).await?;
    if let Some(group) = group
        && let Some(name) = named.without(&group.name)
    {
        let change = groups::ActiveModel {
            id: Unchanged(group.id),
            name: Set(name),
            ..Default::default()
        };
        change.update(tx).await?;
    }
    for given in assignments::Entity::find()
        .filter(assignments::Column::GroupId.eq(member.group_id))
        .all(tx)
        .await?
    {
        if let Some(note) = named.without(&given.note) {
            let change = assignments::ActiveModel {
                id: Unchanged(given.id),
                note: Set(note),
                ..Default::default()
            };
            change.update(tx).await?;
        }
    }
    Ok(())
}

/// What they agreed to; that they were told how data are used is kept. And what they reported under
/// their e-mail.
async fn said_in(tx: &DatabaseTransaction, people: &[citizens::Model]) -> Result<(), DbErr> {
    consents::Entity::delete_many()
        .filter(consents::Column::CitizenId.is_in(people.iter().map(|row| row.id)))
        .filter(consents::Column::Kind.ne(ConsentKind::Notice))
        .exec(tx)
        .await?;
    let emails = people.iter().filter_map(|row| row.email.as_deref());
    let emails: Vec<String> = emails.map(str::to_lowercase).collect();
    reports::Entity::delete_many()
        .filter(Expr::expr(Func::lower(Expr::col(reports::Column::Email))).is_in(emails))
        .exec(tx)
        .await?;
    Ok(())
}
