//! What of the totals everybody may see: the figures of [`Totals`] without those that would tell of
//! few people ([`super::hidden`]), and no figure that is not in those tables.

use thiserror::Error;
use time::{Date, OffsetDateTime};

use crate::db::{Db, DbErr};
use crate::domain::calendar::month;

use super::programme::Programme;
use super::span::MonthSpan;
use super::totals::{self, ByKind, Citizens, OfMonth, OfPoint, Services, Totals, TotalsFilter};

pub use super::shown::{Figure, shown};

/// Why somebody who does not work for the network does not get a part of the totals.
#[derive(Debug, Error)]
pub enum Withheld {
    /// A part of a month.
    #[error("only whole months")]
    PartOfMonth,
    /// Months some of which are hidden: with the others they would be known.
    #[error("hidden months")]
    HiddenMonths,
    /// Months of one point.
    #[error("a point's months")]
    PointMonths,
}

/// The first and the last day, and the code of a point.
pub type PublicFilter<'a> = (Option<Date>, Option<Date>, Option<&'a str>);

/// The part that somebody asks for. Every figure is one of the tables that everybody may see, or
/// what they add up to: so whoever asks for many parts learns nothing that they do not say.
///
/// # Errors
/// [`Withheld`].
pub fn part_of(
    whole: Totals<Figure>,
    (from, to, point): PublicFilter<'_>,
) -> Result<Totals<Figure>, Withheld> {
    match (from.or(to), point) {
        (None, None) => Ok(whole),
        (None, Some(code)) => Ok(of_point(whole, code)),
        (Some(_), Some(_)) => Err(Withheld::PointMonths),
        (Some(_), None) => {
            let span = MonthSpan::of(from, to);
            if !span.days.is_empty() {
                return Err(Withheld::PartOfMonth);
            }
            of_months(whole, from, to)
        }
    }
}

/// The totals of a programme that everybody may see.
///
/// # Errors
/// The database's.
pub async fn of(
    db: &Db,
    programme: &Programme,
    now: OffsetDateTime,
) -> Result<Totals<Figure>, DbErr> {
    let exact = totals::of(db, programme, TotalsFilter::default(), now).await?;
    Ok(shown(exact))
}

/// A point's row of the table by point, and nothing else of it: its months and kinds would be
/// tables that nothing was hidden of.
fn of_point(whole: Totals<Figure>, code: &str) -> Totals<Figure> {
    let by_point: Vec<_> = whole
        .by_point
        .into_iter()
        .filter(|point| point.point == code)
        .collect();
    let figure = |of: fn(&OfPoint<Figure>) -> Figure| by_point.first().and_then(of);
    let (reached, total) = (
        figure(|point| point.citizens),
        figure(|point| point.services),
    );
    alone(
        whole.programme,
        whole.as_of,
        reached,
        total,
        by_point,
        Vec::new(),
    )
}

/// Whole months: those shown add up, and so do all that are hidden together, by what the others
/// leave of the total.
fn of_months(
    whole: Totals<Figure>,
    from: Option<Date>,
    to: Option<Date>,
) -> Result<Totals<Figure>, Withheld> {
    let (first, last) = (from.map(month), to.map(month));
    let (within, without): (Vec<_>, Vec<_>) = whole.by_month.into_iter().partition(|row| {
        first.as_ref().is_none_or(|first| row.month >= *first)
            && last.as_ref().is_none_or(|last| row.month <= *last)
    });
    let sum = |total: Figure, of: fn(&OfMonth<Figure>) -> Figure| {
        let all = |rows: &[OfMonth<Figure>]| rows.iter().map(of).sum::<Figure>();
        match (all(&within), all(&without), total) {
            (Some(sum), None, Some(_)) => Ok(sum),
            // Of a table that is hidden whole there are no rows, and nothing would add up.
            (Some(sum), Some(others), Some(total)) if sum + others == total => Ok(sum),
            (None, Some(others), Some(total)) => Ok(total - others),
            _ => Err(Withheld::HiddenMonths),
        }
    };
    let reached = sum(whole.citizens.reached, |row| row.citizens)?;
    let total = sum(whole.services.total, |row| row.services)?;
    let (reached, total) = (Some(reached), Some(total));
    Ok(alone(
        whole.programme,
        whole.as_of,
        reached,
        total,
        Vec::new(),
        within,
    ))
}

/// Two figures with nothing beside them.
fn alone(
    programme: String,
    as_of: OffsetDateTime,
    reached: Figure,
    total: Figure,
    by_point: Vec<OfPoint<Figure>>,
    by_month: Vec<OfMonth<Figure>>,
) -> Totals<Figure> {
    Totals {
        programme,
        as_of,
        citizens: Citizens {
            reached,
            target: None,
            eligible_unverified: None,
            by_kind: ByKind::default(),
            by_age: Vec::new(),
            by_gender: Vec::new(),
            hidden: true,
        },
        services: Services {
            total,
            target: None,
            by_kind: ByKind::default(),
            hidden: true,
        },
        by_province: Vec::new(),
        by_point,
        by_month,
        targets: Vec::new(),
    }
}
