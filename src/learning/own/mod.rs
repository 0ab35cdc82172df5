//! Everything that is kept of a person, for that person: to read, and to take away (GDPR, articles
//! 15 and 20). Reading one's own data leaves no row in the audit.
//!
//! What is not here, and why: the keyed digests that find a code or tell an address, which say
//! nothing to anybody; the seals and hashes of what is told in the clear here. A test goes through
//! every column of the schema and knows where each is.

mod desk;
mod doors;
mod learned;
mod sent;

use sea_orm::{DbErr, EntityTrait};
use serde::Serialize;
use time::{Date, OffsetDateTime};
use utoipa::ToSchema;

use crate::citizens::erased::with_merged;
use crate::citizens::find::opened_in;
use crate::citizens::vault::Vault;
use crate::db::Db;
use crate::db::entities::{citizens, points};
use crate::domain::facilita::{Citizenship, Education, Gender, Occupation};
use crate::domain::ids::CitizenId;

pub use desk::{
    OwnAssignment, OwnConsent, OwnCorrection, OwnGroup, OwnLook, OwnPoint, OwnQuestion, OwnReport,
};
pub use doors::{OwnCard, OwnSession, OwnTries};
pub use learned::{
    OwnAnswer, OwnAttempt, OwnCertificate, OwnCompletion, OwnLesson, OwnModule, OwnTakeover,
};
pub use sent::{OwnAttendance, OwnSent};

/// Everything that is kept of whoever asks.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnData {
    /// When this was put together.
    #[serde(with = "time::serde::rfc3339")]
    pub made_at: OffsetDateTime,
    /// The record; first the one in use, then those that were made one with it.
    pub records: Vec<OwnRecord>,
    /// What was learned, module by module.
    pub modules: Vec<OwnModule>,
    /// What they took over of what a guest had done on a device.
    pub takeovers: Vec<OwnTakeover>,
    /// The services of the network that they attended or that they learned, the newest first: which
    /// counted, and where they were sent.
    pub services: Vec<OwnAttendance>,
    /// The certificates that were made.
    pub certificates: Vec<OwnCertificate>,
    /// The points that follow them.
    pub points: Vec<OwnPoint>,
    /// What they were told and agreed to.
    pub consents: Vec<OwnConsent>,
    /// What was given to them to learn, by name or through a group.
    pub assignments: Vec<OwnAssignment>,
    /// Their groups.
    pub groups: Vec<OwnGroup>,
    /// What they asked the desk.
    pub questions: Vec<OwnQuestion>,
    /// What they asked to have corrected.
    pub corrections: Vec<OwnCorrection>,
    /// What they reported about a page under the e-mail of the record.
    pub reports: Vec<OwnReport>,
    /// Their cards.
    pub cards: Vec<OwnCard>,
    /// Their sessions, the newest first.
    pub sessions: Vec<OwnSession>,
    /// PINs that were tried at their cards.
    pub tries: Vec<OwnTries>,
    /// Who looked at the record or changed it, the newest first.
    pub looks: Vec<OwnLook>,
}

/// A record.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnRecord {
    /// As it was written.
    #[schema(example = "NVNPRV66D52A662N")]
    pub codice_fiscale: Option<String>,
    /// Since when it is verified.
    #[serde(with = "time::serde::rfc3339::option")]
    pub verified_at: Option<OffsetDateTime>,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Day of birth.
    pub birth_date: Option<Date>,
    /// AN7, in the words of Facilita.
    #[serde(serialize_with = "Gender::in_words")]
    #[schema(value_type = Option<String>, example = "Femmina")]
    pub gender: Option<Gender>,
    /// AN9, in the words of Facilita.
    #[serde(serialize_with = "Education::in_words")]
    #[schema(value_type = Option<String>, example = "Licenza media")]
    pub education: Option<Education>,
    /// AN10, in the words of Facilita.
    #[serde(serialize_with = "Occupation::in_words")]
    #[schema(value_type = Option<String>, example = "Dipendente")]
    pub occupation: Option<Occupation>,
    /// AN11, in the words of Facilita.
    #[serde(serialize_with = "Citizenship::in_words")]
    #[schema(value_type = Option<String>, example = "Italiana")]
    pub citizenship: Option<Citizenship>,
    /// Of domicile.
    pub province: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// The point that registered it.
    pub point: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub registered_at: OffsetDateTime,
    /// When it last changed.
    #[serde(with = "time::serde::rfc3339")]
    pub updated_at: OffsetDateTime,
    /// It was made one with the record in use.
    pub merged: bool,
}

/// Everything that is kept of a citizen.
///
/// # Errors
/// The database's, or a seal that does not open.
pub async fn of_citizen(
    db: &Db,
    vault: &Vault,
    citizen: CitizenId,
    now: OffsetDateTime,
) -> Result<OwnData, DbErr> {
    let ids = with_merged(db.read(), citizen).await?;
    let mut records = Vec::new();
    let mut emails = Vec::new();
    for id in &ids {
        let row = citizens::Entity::find_by_id(*id).one(db.read()).await?;
        let row = row.ok_or_else(|| DbErr::RecordNotFound("the citizen".to_owned()))?;
        emails.extend(row.email.clone());
        records.push(record(db, vault, row).await?);
    }
    let learners = learned::learners(db, &ids).await?;
    let mut looks = Vec::new();
    let mut before = None;
    loop {
        let page = desk::looks(db, citizen, before).await?;
        looks.extend(page.rows.into_iter().map(OwnLook::from));
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    Ok(OwnData {
        made_at: now,
        records,
        modules: learned::modules(db, &learners).await?,
        takeovers: learned::takeovers(db, &learners).await?,
        services: sent::services(db, &ids).await?,
        certificates: learned::certificates(db, &learners).await?,
        points: desk::points(db, citizen).await?,
        consents: desk::consents(db, &ids).await?,
        assignments: desk::assignments(db, &ids).await?,
        groups: desk::groups(db, &ids).await?,
        questions: desk::questions(db, &ids).await?,
        corrections: desk::corrections(db, citizen).await?,
        reports: desk::reports(db, &emails).await?,
        cards: doors::cards(db, &ids).await?,
        sessions: doors::sessions(db, &learners).await?,
        tries: doors::tries(db, &ids).await?,
        looks,
    })
}

async fn record(db: &Db, vault: &Vault, row: citizens::Model) -> Result<OwnRecord, DbErr> {
    let point = points::Entity::find_by_id(row.point_id)
        .one(db.read())
        .await?;
    Ok(OwnRecord {
        codice_fiscale: opened_in(vault, &row)?,
        verified_at: row.cf_verified_at,
        first_name: row.first_name,
        last_name: row.last_name,
        birth_date: row.birth_date,
        gender: row.gender,
        education: row.education,
        occupation: row.occupation,
        citizenship: row.citizenship,
        province: row.province,
        email: row.email,
        phone: row.phone,
        point: point.map_or_else(String::new, |point| point.name),
        registered_at: row.created_at,
        updated_at: row.updated_at,
        merged: row.merged_into.is_some(),
    })
}
