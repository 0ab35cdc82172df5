//! A certificate: that somebody did a module, for them to print and for anybody to check.
//!
//! Its serial is drawn by chance (80 bits): it tells nothing, leads to nobody, and cannot be guessed.
//! Whoever checks one reads what the paper in their hand says already, and of the name the
//! initials alone.

use aws_lc_rs::rand::{SecureRandom as _, SystemRandom};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter};
use time::OffsetDateTime;

use crate::db::audit::{Act, Action, note};
use crate::db::entities::{certificates, citizens, completions, learners};
use crate::db::{self, Db, instant};
use crate::domain::ids::{CitizenId, CompletionId, LearnerId, ModuleId};
use crate::domain::score::Percent;

use super::LearningError;
use super::completion::{CompletionProof, proof_of};

/// Letters and digits that cannot be taken for one another (Crockford's base 32).
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Of five bits each.
const LENGTH: usize = 16;

/// What a certificate says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// `XXXX-XXXX-XXXX-XXXX`.
    pub serial: String,
    /// Given name and family name, as the record has them now.
    pub name: String,
    /// The module.
    pub module: ModuleId,
    /// Its title, as it was learned.
    pub title: String,
    /// Its revision.
    pub rev: i32,
    /// Declared learning time, in minutes.
    pub minutes: u16,
    /// When it was done.
    pub completed_at: OffsetDateTime,
    /// Of the quiz.
    pub score: Option<Percent>,
    /// A facilitator saw it done.
    pub seen: bool,
}

/// What anybody may know of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckedCertificate {
    /// It is valid.
    Valid {
        /// The module's title.
        title: String,
        /// Its revision.
        rev: i32,
        /// When it was done.
        completed_at: OffsetDateTime,
        /// Of whose name.
        initials: String,
    },
    /// It was made, and holds no longer: the person's data were erased, or what they did was taken
    /// back.
    Withdrawn,
}

/// The certificate of something that a learner did, made at the first need.
///
/// # Errors
/// [`LearningError::NotFound`] for what is somebody else's, or nobody's.
pub async fn of_learner(
    db: &Db,
    (learner, citizen): (LearnerId, CitizenId),
    completion: CompletionId,
    now: OffsetDateTime,
) -> Result<Certificate, LearningError> {
    let row = completions::Entity::find_by_id(completion)
        .filter(completions::Column::LearnerId.eq(learner))
        .one(db.read())
        .await?
        .ok_or(LearningError::NotFound)?;
    let person = citizens::Entity::find_by_id(citizen)
        .one(db.read())
        .await?
        .filter(|person| person.erased_at.is_none())
        .ok_or(LearningError::NotFound)?;
    let serial = match serial_of(db.read(), completion).await? {
        Some(serial) => serial,
        None => {
            let new = new_serial()?;
            db::write(db, async move |tx| {
                make_in(tx, new, (citizen, completion), now).await
            })
            .await?
        }
    };
    let proof: CompletionProof = proof_of(&row)?;
    Ok(Certificate {
        serial: written(&serial),
        name: format!("{} {}", person.first_name, person.last_name),
        module: row.module,
        title: proof.title,
        rev: row.rev,
        minutes: proof.minutes,
        completed_at: row.completed_at,
        score: proof.score,
        seen: proof.rule == "facilitator",
    })
}

async fn serial_of(
    db: &impl sea_orm::ConnectionTrait,
    completion: CompletionId,
) -> Result<Option<String>, DbErr> {
    let row = certificates::Entity::find()
        .filter(certificates::Column::CompletionId.eq(completion))
        .one(db)
        .await?;
    Ok(row.map(|row| row.serial))
}

/// Certificates of these completions are no longer valid.
pub(super) async fn withdraw_in(
    tx: &DatabaseTransaction,
    done: &[CompletionId],
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    use certificates::Column;
    certificates::Entity::update_many()
        .col_expr(Column::CompletionId, Expr::value(None::<CompletionId>))
        .col_expr(Column::WithdrawnAt, Expr::value(instant(now)))
        .filter(Column::CompletionId.is_in(done.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}

async fn make_in(
    tx: &DatabaseTransaction,
    serial: String,
    (citizen, completion): (CitizenId, CompletionId),
    now: OffsetDateTime,
) -> Result<String, LearningError> {
    let row = certificates::ActiveModel {
        serial: Set(serial),
        completion_id: Set(Some(completion)),
        issued_at: Set(instant(now)),
        withdrawn_at: Set(None),
    };
    if db::insert_new(tx, row).await? {
        let act = Act {
            by: None,
            action: Action::CertificateMade,
            subject: "citizen",
            id: citizen.0,
            detail: "",
        };
        note(tx, act, now).await?;
    }
    let made = serial_of(tx, completion).await?;
    made.ok_or(LearningError::NotFound)
}

/// What a serial stands for; `None` for one that was never made.
///
/// # Errors
/// The database's, or a proof that cannot be read.
pub async fn check(db: &Db, serial: &str) -> Result<Option<CheckedCertificate>, LearningError> {
    let Some(serial) = plain(serial) else {
        return Ok(None);
    };
    let row = certificates::Entity::find_by_id(serial)
        .one(db.read())
        .await?;
    let Some(row) = row else { return Ok(None) };
    let Some(completion) = row.completion_id.filter(|_| row.withdrawn_at.is_none()) else {
        return Ok(Some(CheckedCertificate::Withdrawn));
    };
    let done = completions::Entity::find_by_id(completion)
        .one(db.read())
        .await?;
    let Some(done) = done else {
        return Ok(Some(CheckedCertificate::Withdrawn));
    };
    let learner = learners::Entity::find_by_id(done.learner_id)
        .one(db.read())
        .await?;
    let Some(citizen) = learner.and_then(|learner| learner.citizen_id) else {
        return Ok(Some(CheckedCertificate::Withdrawn));
    };
    let person = citizens::Entity::find_by_id(citizen).one(db.read()).await?;
    let Some(person) = person.filter(|person| person.erased_at.is_none()) else {
        return Ok(Some(CheckedCertificate::Withdrawn));
    };
    let proof = proof_of(&done)?;
    Ok(Some(CheckedCertificate::Valid {
        title: proof.title,
        rev: done.rev,
        completed_at: done.completed_at,
        initials: initials(&person.first_name, &person.last_name),
    }))
}

/// `M. R.`
fn initials(first: &str, last: &str) -> String {
    let letter = |name: &str| {
        let first = name.trim().chars().next()?;
        Some(format!("{}.", first.to_uppercase()))
    };
    let both: Vec<String> = [letter(first), letter(last)]
        .into_iter()
        .flatten()
        .collect();
    both.join(" ")
}

/// A serial as it is kept: whatever case, with or without hyphens.
fn plain(text: &str) -> Option<String> {
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .take(LENGTH + 1)
        .flat_map(char::to_uppercase)
        .map(|c| match c {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        })
        .collect();
    let fits = text.len() == LENGTH && text.bytes().all(|b| LETTERS.contains(&b));
    fits.then_some(text)
}

/// `XXXX-XXXX-XXXX-XXXX`
fn written(serial: &str) -> String {
    let groups = serial.as_bytes().chunks(4);
    let groups = groups.map(|group| String::from_utf8_lossy(group).into_owned());
    groups.collect::<Vec<_>>().join("-")
}

fn new_serial() -> Result<String, DbErr> {
    let mut bytes = [0; LENGTH];
    let drawn = SystemRandom::new().fill(&mut bytes);
    drawn.map_err(|_| DbErr::Custom("no random numbers".to_owned()))?;
    // Five bits of each byte: every letter is as likely.
    let letter = |byte: u8| char::from(LETTERS[usize::from(byte & 31)]);
    Ok(bytes.into_iter().map(letter).collect())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;

    #[test]
    fn a_serial_is_read_as_people_type_it() {
        let serial = new_serial().unwrap();
        assert_ne!(serial, new_serial().unwrap());
        assert_eq!(
            plain(&written(&serial).to_lowercase()),
            Some(serial.clone())
        );
        assert_eq!(
            plain("oil0 1111 2222 3333"),
            Some("0110111122223333".to_owned())
        );
        assert_eq!(plain(&serial[1..]), None);
        assert_eq!(plain(&format!("{serial}A")), None);
        assert_eq!(plain("UUUUUUUUUUUUUUUU"), None);
        assert_eq!(initials(" élia", "d'Àmico"), "É. D.");
    }
}
