//! Where people's words come in: what they looked for in the lessons and did not find, for those who
//! write lessons.
//!
//! Counted by week, without who asked, when or from where. What may be somebody's number, code or address
//! is not kept at all, and words are shown only once several searches had them: what one person typed once
//! may hold a name.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use time::{Date, Duration, OffsetDateTime};
use unicode_normalization::UnicodeNormalization as _;

use crate::db::entities::missed_searches::{ActiveModel, Column, Entity};
use crate::db::{self, Db};
use crate::domain::calendar::rome_day;
use crate::domain::locale::Lang;
use crate::domain::text::folded;

/// The longest text that is counted, in characters.
const LONGEST: usize = 80;

/// A text with more digits may hold somebody's number, and so may a number of four that is no year: a PIN.
const MOST_DIGITS: usize = 4;

/// A word of so many letters and digits may be a code: a card's, a plate, half a codice fiscale. Shorter
/// ones are names of things, such as `f24`, `wifi6` or `730`.
const CODE: usize = 6;

/// The letters that stand for digits in a codice fiscale of which another person's is the same.
const FOR_DIGITS: &str = "lmnpqrstuv";

/// The most rows: then those that the fewest searches had make room, so that whoever types nonsense
/// keeps nobody's words out.
pub const MOST: u64 = 5_000;

/// Words are shown from so many searches on.
pub const SHOWN_FROM: i64 = 3;

/// The most words that are shown.
const LISTED: usize = 200;

/// Words that were looked for, as they are counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Missed {
    /// The language of the page.
    pub lang: Lang,
    /// In lower case, without accents.
    words: String,
}

impl Missed {
    /// What is counted of a search; `None` for what may be somebody's, and for what says nothing.
    #[must_use]
    pub fn new(lang: Lang, text: &str) -> Option<Self> {
        // A full-width `＠` is an `@`, a circled or raised digit a digit.
        let plain: String = text.nfkc().collect();
        let words = folded(&plain.replace(|c: char| c.is_control(), " "));
        let digits = words.chars().filter(|c| c.is_numeric()).count();
        let fits = words.chars().count() <= LONGEST
            && words.chars().any(char::is_alphabetic)
            && !words.contains('@')
            && digits <= MOST_DIGITS
            && !words.split(' ').any(may_be_somebodys);
        fits.then_some(Self { lang, words })
    }
}

/// Whether a word may be a code, a number or an address of somebody.
fn may_be_somebodys(word: &str) -> bool {
    let signs: Vec<char> = word.chars().filter(|c| c.is_alphanumeric()).collect();
    let digits: String = signs.iter().filter(|c| c.is_numeric()).collect();
    let is_year = digits.starts_with("19") || digits.starts_with("20");
    let is_number = digits.chars().count() == 4 && !is_year;
    let is_mixed = !digits.is_empty() && signs.iter().any(|c| c.is_alphabetic());
    let is_code = is_mixed && signs.len() >= CODE;
    let is_address = ["chiocciola", "chiocciolina"].contains(&word);
    is_number || is_code || is_address || is_codice_fiscale(&signs)
}

/// Whether it has the shape of a codice fiscale, with letters where digits stood.
fn is_codice_fiscale(signs: &[char]) -> bool {
    let is_digit = |at: usize| FOR_DIGITS.contains(signs[at]) || signs[at].is_numeric();
    signs.len() == 16 && [6, 7, 9, 10, 12, 13, 14].into_iter().all(is_digit)
}

/// Words and how often they were looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The language of the page.
    pub lang: Lang,
    /// The words.
    pub words: String,
    /// Searches in all the time that is kept.
    pub times: i64,
    /// The Monday of the last week in which they were looked for.
    pub last: Date,
}

/// Adds what was looked for.
///
/// # Errors
/// The database's; then nothing was added.
pub async fn add(
    db: &Db,
    searches: HashMap<Missed, i32>,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    if searches.is_empty() {
        return Ok(());
    }
    let today = rome_day(now);
    let since_monday = i64::from(today.weekday().number_days_from_monday());
    let week = today - Duration::days(since_monday);
    db::write(db, async move |tx| {
        let mut rows = Entity::find().count(tx).await?;
        for (search, times) in searches.clone() {
            let lang = search.lang.code();
            let added = Entity::update_many()
                .col_expr(Column::Times, Expr::col(Column::Times).add(times))
                .filter(Column::Week.eq(week))
                .filter(Column::Lang.eq(lang))
                .filter(Column::Words.eq(search.words.as_str()))
                .exec(tx)
                .await?;
            if added.rows_affected == 0 {
                if rows >= MOST {
                    // Another node may have added some since they were counted.
                    rows = rows.saturating_sub(make_room(tx).await?);
                }
                let row = ActiveModel {
                    week: Set(week),
                    lang: Set(lang.to_owned()),
                    words: Set(search.words),
                    times: Set(times),
                };
                rows += u64::from(db::insert_new(tx, row).await?);
            }
        }
        Ok(())
    })
    .await
}

/// Forgets the half of the rows that the fewest searches had, the oldest first; says how many.
async fn make_room(tx: &impl ConnectionTrait) -> Result<u64, DbErr> {
    let first_kept = Entity::find()
        .order_by_asc(Column::Times)
        .order_by_asc(Column::Week)
        .order_by_asc(Column::Words)
        .offset(MOST / 2)
        .one(tx)
        .await?;
    let Some(kept) = first_kept else {
        return Ok(0);
    };
    let same_week = Column::Week.eq(kept.week).and(Column::Words.lt(kept.words));
    let before = Column::Week.lt(kept.week).or(same_week);
    let fewer = Column::Times.lt(kept.times);
    let gone = fewer.or(Column::Times.eq(kept.times).and(before));
    let gone = Entity::delete_many().filter(gone).exec(tx).await?;
    Ok(gone.rows_affected)
}

/// What was looked for several times, the most often first.
///
/// # Errors
/// The database's.
pub async fn counted(db: &Db) -> Result<Vec<Count>, DbErr> {
    let mut counts: HashMap<(String, String), (i64, Date)> = HashMap::new();
    for row in Entity::find().all(db.read()).await? {
        let count = counts.entry((row.lang, row.words)).or_insert((0, row.week));
        count.0 += i64::from(row.times);
        count.1 = Ord::max(count.1, row.week);
    }
    let lang = |code: &str| Lang::ALL.into_iter().find(|lang| lang.code() == code);
    let mut counted: Vec<Count> = counts
        .into_iter()
        .filter(|(_, (times, _))| *times >= SHOWN_FROM)
        .filter_map(|((code, words), (times, last))| {
            Some(Count {
                lang: lang(&code)?,
                words,
                times,
                last,
            })
        })
        .collect();
    counted.sort_by(|a, b| (b.times, &a.words).cmp(&(a.times, &b.words)));
    counted.truncate(LISTED);
    Ok(counted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_somebodys_is_not_counted() {
        for text in [
            "RSSMRA80A01H501U",
            "rssmra80a01h501u visita",
            "chiama 3331234567",
            "333 12 34 567",
            "4023 6009 1234 5678",
            "mario@example.org",
            "IT60X0542811101000000123456",
            "XMTW-NYLL-3",
            "xmtwnyll3",
            "rssmraulamnhrlmu",
            "rssmra80a",
            "ab123cd multa",
            "il mio pin è 4821",
            "mario.rossi＠example.org",
            "mario rossi chiocciola example punto org",
            "٣٣٣١٢٣٤٥٦٧ spid",
            "３３３１２３４５６７ spid",
            "①②③④⑤ spid",
            "",
            "  ",
            "12",
            "…",
        ] {
            assert_eq!(Missed::new(Lang::It, text), None, "{text}");
        }
        assert_eq!(Missed::new(Lang::It, &"parola ".repeat(20)), None);
    }

    #[test]
    fn numbers_that_are_names_of_things_are_counted() {
        for text in [
            "modello 730",
            "f24",
            "bonus 2026",
            "isee 2026 precompilato",
            "wifi6",
            "legge 104",
        ] {
            assert!(Missed::new(Lang::It, text).is_some(), "{text}");
        }
    }

    #[test]
    fn searches_that_differ_in_case_accents_and_spaces_are_one() {
        let one = Missed::new(Lang::It, " Perché  l'F24 ");
        assert_eq!(one, Missed::new(Lang::It, "perche l'f24"));
        assert!(one.is_some() && one != Missed::new(Lang::En, "perche l'f24"));
    }
}
