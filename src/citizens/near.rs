//! People whose name is nearly what was typed: "dangelo" for D'Angelo, one letter for two, one typing
//! error. Looked for only where nobody has the very beginning.
//!
//! Along an index of their own, which has the keys of names and nothing else to be read: first the
//! names that begin alike, then those with the same three first letters, then with the same first one,
//! which people seldom mistype. Of those only keys are compared, and only the few that fit are read.

use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use crate::db::Db;
use crate::db::entities::citizens::{self, Column};
use crate::domain::ids::{CitizenId, PointId};

use super::find::theirs;
use super::follow::{SeenCitizen, as_seen};

/// The most people that are nearly meant.
const MOST: usize = 20;

/// Shorter names have too many neighbours for a typing error.
const SHORTEST: usize = 4;

/// How many keys are compared at most: everybody of one letter in a network of 300,000.
const COMPARED: u64 = 40_000;

/// A [`folded`](super::record::folded) name without spaces and without a letter twice in a row.
#[must_use]
pub(crate) fn name_key(folded: &str) -> String {
    let mut key = String::with_capacity(folded.len());
    for letter in folded.chars().filter(|c| *c != ' ') {
        if !letter.is_ascii_lowercase() || !key.ends_with(letter) {
            key.push(letter);
        }
    }
    key
}

/// Those of these points whose name is nearly `begin`, which is folded, or begins nearly so.
pub(super) async fn near(
    db: &Db,
    begin: &str,
    points: Option<&[PointId]>,
    brought: &[SeenCitizen],
) -> Result<Vec<SeenCitizen>, DbErr> {
    let wanted = keys(begin);
    let mut found = Vec::new();
    for (letters, errors) in [(usize::MAX, 0), (3, 1), (1, 1)] {
        for key in &wanted {
            if errors > 0 && key.chars().count() < SHORTEST {
                continue;
            }
            let prefix: String = key.chars().take(letters).collect();
            for (id, name) in compared(db, &prefix, points).await? {
                if begins_nearly(&name, key, errors) && !found.contains(&id) {
                    found.push(id);
                }
            }
        }
        let is_near = |seen: &&SeenCitizen| {
            let name = name_key(&seen.row.last_first);
            wanted.iter().any(|key| begins_nearly(&name, key, errors))
        };
        let from_elsewhere: Vec<SeenCitizen> = brought.iter().filter(is_near).cloned().collect();
        if !found.is_empty() || !from_elsewhere.is_empty() {
            found.truncate(MOST);
            return read(db, found, from_elsewhere, points).await;
        }
    }
    Ok(Vec::new())
}

/// What was typed as keys: family name first, or last.
fn keys(begin: &str) -> Vec<String> {
    let mut keys = vec![name_key(begin)];
    if let Some((given, family)) = begin.rsplit_once(' ') {
        keys.push(name_key(&format!("{family} {given}")));
    }
    keys
}

/// The keys of names that begin with some letters.
async fn compared(
    db: &Db,
    prefix: &str,
    points: Option<&[PointId]>,
) -> Result<Vec<(CitizenId, String)>, DbErr> {
    let Some(points) = points else {
        return statement(prefix, None).into_tuple().all(db.read()).await;
    };
    let mut rows = Vec::new();
    for point in points {
        let here = statement(prefix, Some(*point)).into_tuple();
        rows.extend(here.all(db.read()).await?);
    }
    Ok(rows)
}

/// Reads nothing but an index.
fn statement(prefix: &str, point: Option<PointId>) -> Select<citizens::Entity> {
    let query = citizens::Entity::find()
        .select_only()
        .columns([Column::Id, Column::NameKey])
        .filter(Column::NameKey.gte(prefix))
        .filter(Column::NameKey.lt(format!("{prefix}\u{10ffff}")));
    let query = match point {
        Some(point) => query.filter(Column::PointId.eq(point)),
        None => query,
    };
    query.order_by_asc(Column::NameKey).limit(COMPARED)
}

async fn read(
    db: &Db,
    found: Vec<CitizenId>,
    from_elsewhere: Vec<SeenCitizen>,
    points: Option<&[PointId]>,
) -> Result<Vec<SeenCitizen>, DbErr> {
    let rows = theirs(points).filter(Column::Id.is_in(found));
    let mut people = as_seen(db.read(), rows.all(db.read()).await?, points).await?;
    for seen in from_elsewhere {
        if people.iter().all(|one| one.row.id != seen.row.id) {
            people.push(seen);
        }
    }
    people.sort_by(|a, b| (&a.row.last_first, a.row.id).cmp(&(&b.row.last_first, b.row.id)));
    people.truncate(MOST);
    Ok(people)
}

/// Whether a name begins with a key, give or take so many typing errors.
fn begins_nearly(name: &str, key: &str, errors: usize) -> bool {
    if errors == 0 {
        return name.starts_with(key);
    }
    let letters: Vec<char> = name.chars().collect();
    let length = key.chars().count();
    let lengths = length.saturating_sub(errors)..=length + errors;
    lengths.into_iter().any(|length| {
        let begin: Option<String> = letters.get(..length).map(|begin| begin.iter().collect());
        begin.is_some_and(|begin| strsim::osa_distance(&begin, key) <= errors)
    })
}

#[cfg(test)]
mod tests {
    use sea_orm::{DbBackend, QueryTrait};

    use super::*;

    #[test]
    fn a_key_has_no_apostrophes_spaces_and_double_letters() {
        for (folded, key) in [
            ("d angelo maria", "dangelomaria"),
            ("rossi anna", "rosiana"),
            ("dell acqua", "delacqua"),
            ("", ""),
        ] {
            assert_eq!(name_key(folded), key);
        }
    }

    #[test]
    fn one_typing_error_is_passed_over_and_two_are_not() {
        for (typed, errors, fits) in [
            ("dangelo", 0, true),
            ("dangleo", 0, false),
            ("dangleo", 1, true),
            ("dagelo", 1, true),
            ("danngelo", 1, true),
            ("dengelu", 1, false),
        ] {
            assert_eq!(
                begins_nearly("dangelomaria", typed, errors),
                fits,
                "{typed}"
            );
        }
    }

    #[test]
    fn nothing_in_what_is_typed_is_a_wildcard() {
        let sql = statement("a%_", None).build(DbBackend::Sqlite).to_string();
        assert!(!sql.to_uppercase().contains("LIKE"), "{sql}");
    }
}
