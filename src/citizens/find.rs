//! Looking for a person, and reading the record. A record that was merged into another is nowhere to
//! be found: [`kept_instead`] says which one stands for it.

use sea_orm::sea_query::ExprTrait;
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use time::{Date, OffsetDateTime};

use crate::db::entities::citizens;
use crate::db::{Db, audit};
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::ids::{CitizenId, PointId};

use super::follow::{SeenCitizen, as_seen, brought_to, followed_by};
use super::near::near;
use super::record::{Citizen, folded};
use super::vault::{Purpose, Sealed, Vault};

/// People on a page of a list.
const PAGE: usize = 20;

/// A person found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundCitizen {
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
    /// The point that registered the citizen.
    pub point: PointId,
    /// Since when, where only the name as it was written there is shown.
    pub least_since: Option<OffsetDateTime>,
}

/// A page of a list of people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CitizensPage {
    /// At most 20.
    pub people: Vec<FoundCitizen>,
    /// Whom the next page comes after; `None` on the last one.
    pub next: Option<CitizenId>,
}

/// The first page of [`page`].
///
/// # Errors
/// The database's.
pub async fn find(
    db: &Db,
    vault: &Vault,
    q: &str,
    points: Option<&[PointId]>,
) -> Result<Vec<FoundCitizen>, DbErr> {
    Ok(page(db, vault, q, points, None).await?.people)
}

/// People whose name begins with `q`, whatever case and accents: first those whose family name
/// does, then those whose given name does; everybody by family name where `q` is empty. Where nobody's
/// does, those whose name is nearly `q` ([`super::near`]), on one page. Or the one
/// whose codice fiscale `q` is. `points` limits where to look; `None` looks everywhere. `after` is
/// the last one of the page before.
///
/// # Errors
/// The database's.
pub async fn page(
    db: &Db,
    vault: &Vault,
    q: &str,
    points: Option<&[PointId]>,
    after: Option<CitizenId>,
) -> Result<CitizensPage, DbErr> {
    if let Ok(code) = CodiceFiscale::parse(q) {
        let digest = vault.find_by(&code);
        let query = theirs(points).filter(citizens::Column::CfDigest.eq(digest));
        let rows = query.all(db.read()).await?;
        let people = shown(db, rows, points).await?;
        audit::list_seen(audit::Action::PeopleSearched, people.len());
        return Ok(CitizensPage { people, next: None });
    }
    let begin = folded(q);
    if begin.is_empty() && !q.trim().is_empty() {
        // Signs alone are nobody's name.
        audit::list_seen(audit::Action::PeopleSearched, 0);
        return Ok(CitizensPage::default());
    }
    let from = match after {
        Some(id) => {
            let row = citizens::Entity::find_by_id(id).all(db.read()).await?;
            let seen = as_seen(db.read(), row, points).await?;
            seen.into_iter().next().map(|seen| seen.row)
        }
        None => None,
    };
    let brought = match points {
        Some(points) => brought_to(db, points).await?,
        None => Vec::new(),
    };
    let wanted = |from| Wanted {
        begin: &begin,
        points,
        brought: &brought,
        from,
    };
    let of_family = |row: &citizens::Model| row.last_first.starts_with(&begin);
    // Two searches, each along an index of its own: one with an "or" would read every name.
    let mut people = Vec::new();
    if from.as_ref().is_none_or(of_family) {
        let from = from.as_ref().map(|row| (row.last_first.as_str(), row.id));
        people = named(db, citizens::Column::LastFirst, &wanted(from)).await?;
    }
    if people.len() <= PAGE && !begin.is_empty() {
        let from = from.as_ref().filter(|row| !of_family(row));
        let from = from.map(|row| (row.first_last.as_str(), row.id));
        people.extend(named(db, citizens::Column::FirstLast, &wanted(from)).await?);
    }
    if people.is_empty() && from.is_none() && !begin.is_empty() {
        people = near(db, &begin, points, &brought).await?;
    }
    let more = people.len() > PAGE;
    people.truncate(PAGE);
    let next = people.last().filter(|_| more).map(|seen| seen.row.id);
    let action = match begin.is_empty() {
        true => audit::Action::PeopleListed,
        false => audit::Action::PeopleSearched,
    };
    audit::list_seen(action, people.len());
    Ok(CitizensPage {
        people: people.into_iter().map(FoundCitizen::from).collect(),
        next,
    })
}

/// One person, where they are of these points.
///
/// # Errors
/// The database's.
pub async fn one(
    db: &Db,
    citizen: CitizenId,
    points: Option<&[PointId]>,
) -> Result<Option<FoundCitizen>, DbErr> {
    let query = theirs(points).filter(citizens::Column::Id.eq(citizen));
    let rows = query.all(db.read()).await?;
    Ok(shown(db, rows, points).await?.into_iter().next())
}

/// Those of some people who are of these points.
///
/// # Errors
/// The database's.
pub async fn these(
    db: &Db,
    people: &[CitizenId],
    points: Option<&[PointId]>,
) -> Result<Vec<FoundCitizen>, DbErr> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let ids = people.iter().copied();
    let query = theirs(points).filter(citizens::Column::Id.is_in(ids));
    let people = shown(db, query.all(db.read()).await?, points).await?;
    audit::list_seen(audit::Action::PeopleListed, people.len());
    Ok(people)
}

/// The people of these points alone, with the whole record, who have the same name and were born on
/// the same day, or on a day that is not known of one of them.
///
/// # Errors
/// The database's.
pub async fn namesakes(
    db: &Db,
    (last_name, first_name): (&str, &str),
    born: Option<Date>,
    points: &[PointId],
) -> Result<Vec<FoundCitizen>, DbErr> {
    let name = folded(&format!("{last_name} {first_name}"));
    let query = theirs(Some(points)).filter(citizens::Column::LastFirst.eq(name));
    let rows = query.limit(20).all(db.read()).await?;
    let mut people = shown(db, rows, Some(points)).await?;
    people.retain(|one| {
        let other = matches!((one.birth_date, born), (Some(one), Some(other)) if one != other);
        one.least_since.is_none() && !other
    });
    if !people.is_empty() {
        audit::list_seen(audit::Action::PeopleSearched, people.len());
    }
    Ok(people)
}

/// The record that stands for one that was merged; `None` for a record that stands for itself.
///
/// # Errors
/// The database's.
pub async fn kept_instead(db: &Db, citizen: CitizenId) -> Result<Option<CitizenId>, DbErr> {
    let mut kept = None;
    let mut at = citizen;
    while let Some(row) = citizens::Entity::find_by_id(at).one(db.read()).await?
        && let Some(next) = row.merged_into
    {
        kept = Some(next);
        at = next;
    }
    Ok(kept)
}

/// The records that stand for themselves: neither merged into another nor erased.
pub(crate) fn standing() -> Select<citizens::Entity> {
    citizens::Entity::find()
        .filter(citizens::Column::MergedInto.is_null())
        .filter(citizens::Column::ErasedAt.is_null())
}

/// The records of people whom these points follow: one statement, so that somebody of other points
/// takes as long as nobody.
pub(super) fn theirs(points: Option<&[PointId]>) -> Select<citizens::Entity> {
    match points {
        Some(points) => standing().filter(followed_by(points)),
        None => standing(),
    }
}

/// Rows as these points may see them; who is not theirs is left out.
///
/// # Errors
/// The database's.
pub(crate) async fn shown(
    db: &Db,
    rows: Vec<citizens::Model>,
    points: Option<&[PointId]>,
) -> Result<Vec<FoundCitizen>, DbErr> {
    let seen = as_seen(db.read(), rows, points).await?;
    Ok(seen.into_iter().map(FoundCitizen::from).collect())
}

/// Whom a list is of.
struct Wanted<'a> {
    begin: &'a str,
    points: Option<&'a [PointId]>,
    /// Those who came from elsewhere: they are in no stretch of an index.
    brought: &'a [SeenCitizen],
    from: Option<(&'a str, CitizenId)>,
}

/// One more than a page of the people whose `column` begins with a text, in its order, after one
/// of them. Each point has a stretch of the index to itself, so each is asked alone.
async fn named(
    db: &Db,
    column: citizens::Column,
    wanted: &Wanted<'_>,
) -> Result<Vec<SeenCitizen>, DbErr> {
    use citizens::Column;
    let (begin, after) = (wanted.begin, wanted.from);
    let end = format!("{begin}\u{10ffff}");
    let mut query = standing()
        .filter(column.gte(after.map_or(begin, |(name, _)| name)))
        .filter(column.lt(end.as_str()));
    if let Some((name, id)) = after {
        let same = column.eq(name).and(Column::Id.gt(id));
        query = query.filter(Condition::any().add(column.gt(name)).add(same));
    }
    if matches!(column, Column::FirstLast) {
        // Whoever has the beginning in the family name too was found by it.
        let other = Condition::any()
            .add(Column::LastFirst.lt(begin))
            .add(Column::LastFirst.gte(end));
        query = query.filter(other);
    }
    let most = u64::try_from(PAGE + 1).unwrap_or(u64::MAX);
    let query = query
        .order_by_asc(column)
        .order_by_asc(Column::Id)
        .limit(most);
    let Some(points) = wanted.points else {
        let rows = query.all(db.read()).await?;
        return as_seen(db.read(), rows, None).await;
    };
    let mut rows = Vec::new();
    for point in points {
        let here = query.clone().filter(Column::PointId.eq(*point));
        rows.extend(here.all(db.read()).await?);
    }
    let mut people = as_seen(db.read(), rows, Some(points)).await?;
    let key = |seen: &SeenCitizen| match column {
        Column::FirstLast => (seen.row.first_last.clone(), seen.row.id),
        _ => (seen.row.last_first.clone(), seen.row.id),
    };
    let in_list = |seen: &&SeenCitizen| {
        let (name, id) = key(seen);
        let twice = matches!(column, Column::FirstLast) && seen.row.last_first.starts_with(begin);
        let later = after.is_none_or(|(after, last)| (name.as_str(), id) > (after, last));
        name.starts_with(begin) && later && !twice
    };
    people.extend(wanted.brought.iter().filter(in_list).cloned());
    people.sort_by_key(key);
    people.truncate(PAGE + 1);
    Ok(people)
}

impl From<SeenCitizen> for FoundCitizen {
    fn from(seen: SeenCitizen) -> Self {
        let row = seen.row;
        Self {
            least_since: seen.since,
            id: row.id,
            first_name: row.first_name,
            last_name: row.last_name,
            birth_date: row.birth_date,
            verified: row.cf_verified_at.is_some(),
            point: row.point_id,
        }
    }
}

/// A citizen's record; `None` for nobody, and for a record that was merged into another.
///
/// # Errors
/// The database's, or a codice fiscale that the key in use does not open.
pub async fn read(db: &Db, vault: &Vault, citizen: CitizenId) -> Result<Option<Citizen>, DbErr> {
    let query = standing().filter(citizens::Column::Id.eq(citizen));
    let Some(row) = query.one(db.read()).await? else {
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

/// The codice fiscale of a row, for the person themselves.
///
/// # Errors
/// Where the key in use does not open it.
pub(crate) fn opened_in(vault: &Vault, row: &citizens::Model) -> Result<Option<String>, Sealed> {
    Ok(opened(vault, row)?.map(|code| code.as_str().to_owned()))
}
