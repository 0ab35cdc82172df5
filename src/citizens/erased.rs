//! A record that was erased: what becomes of its row, and of words in which others named the person.
//! What else follows somebody and goes with them is `learning::erase`'s.

use std::ops::Range;

use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr,
    EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use time::OffsetDateTime;

use crate::db::Db;
use crate::db::entities::citizens;
use crate::db::instant;
use crate::domain::ids::{CitizenId, PointId};

use super::find::opened;
use super::record::folded;
use super::vault::{Sealed, Vault};

/// What a word is replaced with that named somebody.
const GONE: &str = "[…]";

/// The shortest number that is taken out of texts.
const SHORTEST_PHONE: usize = 6;

/// The shortest name that is taken out of texts: shorter ones are words of every sentence.
const SHORTEST: usize = 3;

/// A record and those that were made one with it, locked in the order of their ids.
///
/// # Errors
/// The database's.
pub async fn held_in(
    tx: &DatabaseTransaction,
    citizen: CitizenId,
) -> Result<Vec<citizens::Model>, DbErr> {
    let mut known = 0;
    loop {
        let ids = with_merged(tx, citizen).await?;
        let rows = citizens::Entity::find()
            .filter(citizens::Column::Id.is_in(ids.iter().copied()))
            .order_by_asc(citizens::Column::Id)
            .lock(LockType::NoKeyUpdate)
            .all(tx)
            .await?;
        // Somebody may have merged another record until the lock was there.
        if ids.len() == known || with_merged(tx, citizen).await?.len() == ids.len() {
            return Ok(rows);
        }
        known = ids.len();
    }
}

/// A record's id, and those of the records that were merged into it, however far back.
///
/// # Errors
/// The database's.
pub async fn with_merged(
    db: &impl ConnectionTrait,
    citizen: CitizenId,
) -> Result<Vec<CitizenId>, DbErr> {
    let mut ids = vec![citizen];
    let mut at = 0;
    while at < ids.len() {
        let merged: Vec<CitizenId> = citizens::Entity::find()
            .select_only()
            .column(citizens::Column::Id)
            .filter(citizens::Column::MergedInto.eq(ids[at]))
            .into_tuple()
            .all(db)
            .await?;
        ids.extend(merged);
        at += 1;
    }
    Ok(ids)
}

/// Empties a row. What the totals and the open data are made of stays: gender, education and
/// occupation; the age of each service is kept by the caller.
///
/// # Errors
/// The database's.
pub async fn empty_in(
    tx: &DatabaseTransaction,
    row: &citizens::Model,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let change = citizens::ActiveModel {
        id: Unchanged(row.id),
        cf_digest: Set(None),
        cf_sealed: Set(None),
        cf_verified_at: Set(None),
        first_name: Set(String::new()),
        last_name: Set(String::new()),
        last_first: Set(String::new()),
        first_last: Set(String::new()),
        name_key: Set(String::new()),
        birth_date: Set(None),
        citizenship: Set(None),
        province: Set(None),
        email: Set(None),
        phone: Set(None),
        updated_at: Set(instant(now)),
        erased_at: Set(Some(instant(now))),
        held: Set(None),
        name_differs_at: Set(None),
        name_differs_by: Set(None),
        ..Default::default()
    };
    change.update(tx).await?;
    Ok(())
}

/// Whether a record was erased, and the point that registered it.
///
/// # Errors
/// The database's.
pub async fn erased(
    db: &Db,
    citizen: CitizenId,
) -> Result<Option<(OffsetDateTime, PointId)>, DbErr> {
    let row = citizens::Entity::find()
        .filter(
            Condition::all()
                .add(citizens::Column::Id.eq(citizen))
                .add(citizens::Column::ErasedAt.is_not_null()),
        )
        .one(db.read())
        .await?;
    Ok(row.and_then(|row| Some((row.erased_at?, row.point_id))))
}

/// What names somebody, to be taken out of texts that others wrote.
#[derive(Clone, Default)]
pub struct NamedBy {
    /// Words, folded.
    words: Vec<String>,
    /// In lower case.
    emails: Vec<String>,
    /// Digits alone, without the country's.
    phones: Vec<String>,
}

impl std::fmt::Debug for NamedBy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NamedBy(****)")
    }
}

impl NamedBy {
    /// What names the person of these records.
    ///
    /// # Errors
    /// Where a codice fiscale does not open.
    pub fn of(vault: &Vault, rows: &[citizens::Model]) -> Result<Self, Sealed> {
        let mut named = Self::default();
        for row in rows {
            named.add(&row.first_name);
            named.add(&row.last_name);
            if let Some(code) = opened(vault, row)? {
                named.add(code.as_str());
            }
            let email = row.email.as_ref().map(|email| email.to_lowercase());
            named.emails.extend(email);
            let phone = row.phone.as_deref().map(national);
            named
                .phones
                .extend(phone.filter(|digits| digits.len() >= SHORTEST_PHONE));
        }
        Ok(named)
    }

    /// Another name of theirs, as somebody wrote it.
    pub fn add(&mut self, name: &str) {
        let folded = folded(name);
        let words = folded.split(' ').filter(|word| word.len() >= SHORTEST);
        self.words.extend(words.map(str::to_owned));
    }

    /// The text without what names them; `None` where nothing does.
    #[must_use]
    pub fn without(&self, text: &str) -> Option<String> {
        let mut left = text.to_owned();
        for email in &self.emails {
            without_spans(&mut left, |text| email_in(text, email));
        }
        for phone in &self.phones {
            without_spans(&mut left, |text| phone_in(text, phone));
        }
        let mut clean = String::with_capacity(left.len());
        let mut word = String::new();
        for c in left.chars().chain(std::iter::once('\n')) {
            if c.is_alphanumeric() {
                word.push(c);
                continue;
            }
            match !word.is_empty() && self.words.contains(&folded(&word)) {
                true => clean.push_str(GONE),
                false => clean.push_str(&word),
            }
            word.clear();
            clean.push(c);
        }
        clean.pop();
        (clean != text).then_some(clean)
    }
}

/// Replaces whatever is found, until nothing more is.
fn without_spans(text: &mut String, find: impl Fn(&str) -> Option<Range<usize>>) {
    while let Some(span) = find(text) {
        text.replace_range(span, GONE);
    }
}

/// Where an e-mail address stands in a text, in capitals or not.
fn email_in(text: &str, email: &str) -> Option<Range<usize>> {
    text.char_indices().find_map(|(start, _)| {
        // A capital can become two letters, so that the text is read letter by letter.
        let mut left = email;
        let mut end = start;
        for c in text[start..].chars() {
            let mut small = c.to_lowercase();
            left = small.try_fold(left, |left, c| left.strip_prefix(c))?;
            end += c.len_utf8();
            if left.is_empty() {
                return Some(start..end);
            }
        }
        None
    })
}

/// Where a number stands in a text, whatever stands between its digits and with the country's before
/// it or not.
fn phone_in(text: &str, phone: &str) -> Option<Range<usize>> {
    let digits: Vec<_> = text
        .char_indices()
        .filter(|(_, c)| c.is_ascii_digit())
        .collect();
    digits.windows(phone.len()).find_map(|window| {
        let same = window.iter().map(|(_, c)| *c).eq(phone.chars());
        let (start, end) = (window.first()?.0, window.last()?.0 + 1);
        // Whatever somebody puts between digits is neither a letter nor as long as a word.
        let between = |c: char| c.is_ascii_digit() || !c.is_alphanumeric();
        if !same || !text[start..end].chars().all(between) {
            return None;
        }
        let before = text[..start].trim_end_matches(|c: char| !c.is_alphanumeric() && c != '+');
        let country = ["+39", "0039"]
            .into_iter()
            .find(|one| before.ends_with(one));
        let start = country.map_or(start, |country| before.len() - country.len());
        Some(start..end)
    })
}

/// The digits of a number without those of the country.
fn national(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let plus = phone.find('+') < phone.find(|c: char| c.is_ascii_digit()) && phone.contains('+');
    let rest = digits.strip_prefix("00").unwrap_or(&digits);
    // A mobile number has ten digits; with those of the country before it, twelve.
    let abroad = plus || digits.starts_with("00") || digits.len() > 11;
    match rest.strip_prefix("39") {
        Some(rest) if abroad => rest.to_owned(),
        _ => digits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_loses_the_names_and_nothing_else() {
        let mut named = NamedBy::default();
        named.add("D'Àngelo Zoé");
        named.add("XXBBBB60D12A662X");
        named.emails.push("zoe@example.org".to_owned());
        named.phones.push(national("+39 080 5551234"));
        let says = |text| named.without(text);
        assert_eq!(says("Corso di SPID"), None);
        assert_eq!(
            says("Aiuto a ZOÈ D'Angelo, SPID (xxbbbb60d12a662x)").as_deref(),
            Some("Aiuto a […] D'[…], SPID ([…])")
        );
        assert_eq!(
            says("scrivi a Zoe@Example.org").as_deref(),
            Some("scrivi a […]")
        );
        // A capital that becomes two letters moves nothing.
        assert_eq!(
            says("İİ zoe@example.org, non altri").as_deref(),
            Some("İİ […], non altri")
        );
        for number in [
            "0805551234",
            "080 555.12-34",
            "+39 0805551234",
            "0039 080/5551234",
        ] {
            let said = named.without(&format!("Telefono {number}: 12 volte"));
            assert_eq!(said.as_deref(), Some("Telefono […]: 12 volte"), "{number}");
        }
        for kept in ["(+39) 080 5551234", "39 080 555 1234", "0039080/5551234"] {
            assert_eq!(national(kept), "0805551234", "{kept}");
        }
        for number in ["080–555–1234", "080_555_1234", "(+39) 080\u{202f}5551234"] {
            let said = named.without(&format!("Chiama {number} per SPID"));
            assert!(said.is_some_and(|said| !said.contains("555")), "{number}");
        }
        assert_eq!(says("Il 08 e altri 05551234"), None);
    }
}
