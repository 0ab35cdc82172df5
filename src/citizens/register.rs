//! Writing a record: registering a person, correcting what is known of one.
//!
//! What ends in `_in` happens in a transaction in which the caller does more, such as counting what
//! the citizen had already learned.

use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, ActiveValue, DatabaseTransaction, DbErr, EntityTrait, QuerySelect,
    TransactionTrait,
};
use thiserror::Error;
use time::OffsetDateTime;

use crate::db::audit::{Act, Action, note};
use crate::db::entities::citizens;
use crate::db::{self, Db, insert_new, instant};
use crate::domain::calendar::rome_day;
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::field::FieldError;
use crate::domain::ids::{AccountId, CitizenId, PointId};

use super::consent::{self, Agreed};
use super::follow;
use super::known::{Bound, Corrected, KnownCode, Registered, Writing, bring_in, known_as, who_has};
use super::name_question::NameAnswer;
use super::near::name_key;
use super::record::{CheckedDetails, Details, FieldValue, folded};
use super::vault::{Purpose, Vault};

/// Why a record was not written.
#[derive(Debug, Error)]
pub enum RecordError {
    /// The codice fiscale is already on record.
    #[error("this person is already on record")]
    Exists(CitizenId),
    /// Fields at fault, all of them.
    #[error("{} fields cannot be accepted", .0.len())]
    Invalid(Vec<FieldError>),
    /// No such citizen.
    #[error("no such citizen")]
    NotFound,
    /// The database's.
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// Registers a person at a point. A codice fiscale given here is verified: a facilitator read it
/// from the health card. Somebody whom another point has registered is followed by this one too,
/// and the answer is the same.
///
/// # Errors
/// [`RecordError::Exists`] for somebody of the facilitator's own points, or
/// [`RecordError::Invalid`].
pub async fn register(
    db: &Db,
    vault: &Vault,
    details: Details,
    point: PointId,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<CitizenId, RecordError> {
    let vault = vault.clone();
    db::write(db, async move |tx| {
        let done = register_in(tx, &vault, &details, point, (by, Bound::Day), now).await?;
        Ok(done.id())
    })
    .await
}

/// [`register`], with what the person was told and agreed to; what is said of somebody known
/// elsewhere is not written into a record that the point does not see.
///
/// # Errors
/// As there.
pub async fn register_agreed(
    db: &Db,
    vault: &Vault,
    details: Details,
    agreed: Agreed,
    point: PointId,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<CitizenId, RecordError> {
    let vault = vault.clone();
    db::write(db, async move |tx| {
        let done = register_agreed_in(tx, &vault, &details, agreed, (point, by), now).await?;
        Ok(done.id())
    })
    .await
}

/// [`register_agreed`] in a transaction.
///
/// # Errors
/// As there.
pub async fn register_agreed_in(
    tx: &DatabaseTransaction,
    vault: &Vault,
    details: &Details,
    agreed: Agreed,
    (point, by): (PointId, AccountId),
    now: OffsetDateTime,
) -> Result<Registered, RecordError> {
    let done = register_in(tx, vault, details, point, (by, Bound::Day), now).await?;
    if let Registered::New(citizen) = done {
        consent::record_in(tx, citizen, agreed, by, now).await?;
    }
    Ok(done)
}

/// [`register`] in a transaction.
///
/// # Errors
/// As there.
pub async fn register_in(
    tx: &DatabaseTransaction,
    vault: &Vault,
    details: &Details,
    point: PointId,
    (by, bound): (AccountId, Bound),
    now: OffsetDateTime,
) -> Result<Registered, RecordError> {
    let (checked, answer) = details
        .check_new(rome_day(now))
        .map_err(RecordError::Invalid)?;
    let id = CitizenId::new();
    let code = checked.codice_fiscale.clone().flatten();
    let digest = code.as_ref().map(|code| vault.find_by(code));
    let writing = Writing::New(point);
    if let Some(digest) = &digest
        && let KnownCode::Elsewhere(there) = known_as(tx, digest, writing, (by, bound), now).await?
    {
        bring_in(tx, there, point, &checked, by, now).await?;
        return Ok(Registered::Brought(there));
    }
    let mut row = citizens::ActiveModel {
        id: Set(id),
        cf_digest: Set(None),
        cf_sealed: Set(None),
        cf_verified_at: Set(None),
        point_id: Set(point),
        registered_by: Set(by),
        created_at: Set(instant(now)),
        birth_date: Set(None),
        gender: Set(None),
        education: Set(None),
        occupation: Set(None),
        citizenship: Set(None),
        province: Set(None),
        email: Set(None),
        phone: Set(None),
        merged_into: Set(None),
        held: Set((!checked.lacking().is_empty()).then_some(0)),
        erased_at: Set(None),
        ..Default::default()
    };
    fill(&mut row, &checked, vault, id, now)?;
    names(&mut row, &checked, "", "");
    answer.fill(&mut row, by, now);
    if !insert_new(tx, row).await? {
        // Somebody registered the same person a moment ago.
        let digest = digest.ok_or(RecordError::NotFound)?;
        return match known_as(tx, &digest, writing, (by, bound), now).await? {
            KnownCode::Elsewhere(there) => {
                bring_in(tx, there, point, &checked, by, now).await?;
                Ok(Registered::Brought(there))
            }
            KnownCode::Nowhere => Err(RecordError::NotFound),
        };
    }
    let detail = match (&code, answer) {
        (Some(_), NameAnswer::Yes) => "with codice fiscale of another name",
        (Some(_), _) => "with codice fiscale",
        (None, _) => "without codice fiscale",
    };
    audit(tx, by, Action::CitizenRegistered, id, detail, now).await?;
    Ok(Registered::New(id))
}

/// Corrects a record: fields that are not mentioned stay. It is always part of more:
/// [`crate::learning::registration::correct`] counts what was learned before. The codice fiscale is
/// changed and cleared only by who answers for the person ([`follow::answers_for`]): what has
/// another code, or none, is somebody else to register.
///
/// # Errors
/// [`RecordError::NotFound`], [`RecordError::Invalid`], or [`RecordError::Exists`] where the new
/// codice fiscale is another citizen's of the same points.
pub async fn correct_in(
    tx: &DatabaseTransaction,
    vault: &Vault,
    citizen: CitizenId,
    changes: &Details,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<Corrected, RecordError> {
    let row = citizens::Entity::find_by_id(citizen)
        .lock(LockType::NoKeyUpdate)
        .one(tx)
        .await?
        .filter(|row| row.merged_into.is_none() && row.erased_at.is_none())
        .ok_or(RecordError::NotFound)?;
    let known = super::find::opened(vault, &row).map_err(DbErr::from)?;
    let on_record = known.as_ref().map(|code| (code, row.birth_date));
    let mut changes = changes.clone();
    if !follow::answers_for(tx, by, row.point_id).await? {
        // A form sends it back as it was.
        let same = match changes.codice_fiscale.take().as_deref().map(str::trim) {
            None => true,
            Some("") => known.is_none(),
            Some(text) => CodiceFiscale::parse(text)
                .is_ok_and(|code| row.cf_digest.as_ref() == Some(&vault.find_by(&code))),
        };
        if !same {
            let fault = FieldError::new("codice_fiscale", "code-of-their-point");
            return Err(RecordError::Invalid(vec![fault]));
        }
    }
    let (checked, answer) = changes
        .check_change(&row, on_record, rome_day(now))
        .map_err(RecordError::Invalid)?;
    let code = checked.codice_fiscale.as_ref().and_then(Option::as_ref);
    let digest = code.map(|code| vault.find_by(code));
    let names_of = |checked: &CheckedDetails| CheckedDetails {
        first_name: checked.first_name.clone().or(Some(row.first_name.clone())),
        last_name: checked.last_name.clone().or(Some(row.last_name.clone())),
        ..CheckedDetails::default()
    };
    let (writing, home) = (Writing::Correction, row.point_id);
    let new = digest
        .as_ref()
        .filter(|new| row.cf_digest.as_ref() != Some(new));
    if let Some(new) = new
        && let KnownCode::Elsewhere(there) =
            known_as(tx, new, writing, (by, Bound::Day), now).await?
    {
        bring_in(tx, there, home, &names_of(&checked), by, now).await?;
        return Ok(Corrected::Brought(there));
    }
    let mut change = citizens::ActiveModel {
        id: ActiveValue::Unchanged(citizen),
        ..Default::default()
    };
    let same = checked.codice_fiscale.as_ref() == Some(&known);
    fill(&mut change, &checked, vault, citizen, now)?;
    if same && row.cf_verified_at.is_some() {
        change.cf_verified_at = NotSet;
    }
    names(&mut change, &checked, &row.first_name, &row.last_name);
    answer.fill(&mut change, by, now);
    let attempt = tx.begin().await?;
    match change.update(&attempt).await {
        Ok(_) => attempt.commit().await?,
        Err(error) => {
            attempt.rollback().await?;
            // Somebody registered the same codice fiscale a moment ago.
            let Some(digest) = digest else {
                return Err(error.into());
            };
            return match who_has(tx, &digest, writing, by).await? {
                KnownCode::Elsewhere(there) => {
                    bring_in(tx, there, home, &names_of(&checked), by, now).await?;
                    Ok(Corrected::Brought(there))
                }
                KnownCode::Nowhere => Err(error.into()),
            };
        }
    }
    audit(
        tx,
        by,
        Action::CitizenCorrected,
        citizen,
        &changes.mentioned(),
        now,
    )
    .await?;
    Ok(Corrected::Done)
}

/// Puts what was mentioned into the row.
fn fill(
    row: &mut citizens::ActiveModel,
    checked: &CheckedDetails,
    vault: &Vault,
    id: CitizenId,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    if let Some(code) = &checked.codice_fiscale {
        let code: Option<&CodiceFiscale> = code.as_ref();
        let seal = |code: &CodiceFiscale| vault.seal(Purpose::CodiceFiscale, id.0, code.as_str());
        row.cf_digest = Set(code.map(|code| vault.find_by(code)));
        row.cf_sealed = Set(code.map(seal).transpose()?);
        row.cf_verified_at = Set(code.map(|_| instant(now)));
    }
    put(&mut row.birth_date, &checked.birth_date);
    put(&mut row.gender, &checked.gender);
    put(&mut row.education, &checked.education);
    put(&mut row.occupation, &checked.occupation);
    put(&mut row.citizenship, &checked.citizenship);
    put(&mut row.province, &checked.province);
    put(&mut row.email, &checked.email);
    put(&mut row.phone, &checked.phone);
    row.updated_at = Set(instant(now));
    Ok(())
}

fn put<T>(column: &mut ActiveValue<Option<T>>, field: &FieldValue<T>)
where
    T: Clone,
    Option<T>: Into<sea_orm::Value>,
{
    if let Some(value) = field {
        *column = Set(value.clone());
    }
}

fn names(row: &mut citizens::ActiveModel, checked: &CheckedDetails, first: &str, last: &str) {
    if checked.first_name.is_none() && checked.last_name.is_none() {
        return;
    }
    let first = checked.first_name.as_deref().unwrap_or(first);
    let last = checked.last_name.as_deref().unwrap_or(last);
    let last_first = folded(&format!("{last} {first}"));
    row.name_key = Set(name_key(&last_first));
    row.last_first = Set(last_first);
    row.first_last = Set(folded(&format!("{first} {last}")));
    row.first_name = Set(first.to_owned());
    row.last_name = Set(last.to_owned());
}

async fn audit(
    tx: &DatabaseTransaction,
    by: AccountId,
    action: Action,
    citizen: CitizenId,
    detail: &str,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let act = Act {
        by: Some(by),
        action,
        subject: "citizen",
        id: citizen.0,
        detail,
    };
    note(tx, act, now).await
}
