//! Looking for a person, and reading the record.

use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::Date;

use crate::db::Db;
use crate::db::entities::citizens;
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::ids::{CitizenId, PointId};

use super::record::{Citizen, folded};
use super::vault::{Purpose, Sealed, Vault};

/// The most people a search answers with: more are not read, the query is made longer.
const MOST: u64 = 50;

/// A person found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The citizen.
    pub id: CitizenId,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Tells people of one name apart.
    pub birth_date: Option<Date>,
    /// Whether there is a verified codice fiscale.
    pub verified: bool,
    /// The point that follows the citizen.
    pub point: PointId,
}

/// People whose name begins with `q`, family name or given name first, whatever case and accents;
/// or the one whose codice fiscale `q` is. `points` limits where to look; `None` looks everywhere.
///
/// # Errors
/// The database's.
pub async fn find(
    db: &Db,
    vault: &Vault,
    q: &str,
    points: Option<&[PointId]>,
) -> Result<Vec<Found>, DbErr> {
    let mut query = citizens::Entity::find();
    if let Ok(code) = CodiceFiscale::parse(q) {
        query = query.filter(citizens::Column::CfDigest.eq(vault.find_by(&code)));
    } else {
        let begin = folded(q);
        let end = format!("{begin}\u{10ffff}");
        let between = |column: citizens::Column| {
            Condition::all()
                .add(column.gte(begin.as_str()))
                .add(column.lt(end.as_str()))
        };
        let either = Condition::any()
            .add(between(citizens::Column::LastFirst))
            .add(between(citizens::Column::FirstLast));
        query = query.filter(either);
    }
    if let Some(points) = points {
        query = query.filter(citizens::Column::PointId.is_in(points.iter().copied()));
    }
    let rows = query
        .order_by_asc(citizens::Column::LastFirst)
        .order_by_asc(citizens::Column::Id)
        .limit(MOST)
        .all(db.read())
        .await?;
    let found = rows.into_iter().map(|row| Found {
        id: row.id,
        first_name: row.first_name,
        last_name: row.last_name,
        birth_date: row.birth_date,
        verified: row.cf_verified_at.is_some(),
        point: row.point_id,
    });
    Ok(found.collect())
}

/// A citizen's record; `None` for nobody.
///
/// # Errors
/// The database's, or a codice fiscale that the key in use does not open.
pub async fn read(db: &Db, vault: &Vault, citizen: CitizenId) -> Result<Option<Citizen>, DbErr> {
    let Some(row) = citizens::Entity::find_by_id(citizen).one(db.read()).await? else {
        return Ok(None);
    };
    Ok(Some(Citizen {
        codice_fiscale: opened(vault, &row)?,
        id: row.id,
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
        point: row.point_id,
        registered_by: row.registered_by,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }))
}

/// The codice fiscale of a row.
pub(super) fn opened(
    vault: &Vault,
    row: &citizens::Model,
) -> Result<Option<CodiceFiscale>, Sealed> {
    let Some(sealed) = &row.cf_sealed else {
        return Ok(None);
    };
    let text = vault.open(Purpose::CodiceFiscale, row.id.0, sealed)?;
    CodiceFiscale::parse(&text).map(Some).map_err(|_| Sealed)
}
