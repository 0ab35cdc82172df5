//! What Facilita has of a sample: the files of every month that has ended, and its reports.

use time::{Date, Duration, OffsetDateTime};

use crate::domain::ids::{AccountId, BatchId};
use crate::network::facilita::FacilitaError;
use crate::network::facilita::batch::{self, Order};
use crate::network::facilita::report::{self, ReportAnswer};

use super::rows::{Network, at};

/// How long after a month its services are sent.
const AFTER: Duration = Duration::days(3);

/// What Facilita found at fault in the last file, in its words; in so many rows.
const REFUSED: [(&str, usize); 3] = [
    ("Codice fiscale non valido", 3),
    ("Servizio gia' presente per il cittadino", 2),
    ("La sede non e' presente su Facilita", 4),
];

/// Sends the services of every month that has ended, and takes in the reports: the last one names
/// some rows.
pub(super) async fn send(
    network: &Network<'_>,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), FacilitaError> {
    let mut month = network
        .programme
        .starts_on
        .replace_day(1)
        .unwrap_or(Date::MIN);
    let mut last = None;
    loop {
        let next = (month + Duration::days(31))
            .replace_day(1)
            .unwrap_or(Date::MAX);
        let sent_at = at(next + AFTER);
        if sent_at > now {
            break;
        }
        let span = (month, next - Duration::DAY);
        last = send_month(network, span, by, sent_at).await?.or(last);
        month = next;
    }
    if let Some((id, rows)) = last {
        let (report, by) = (refusals(rows), Some(by));
        report::receive(
            network.db,
            network.vault,
            id,
            ReportAnswer::Report(report.as_bytes(), None),
            by,
            now,
        )
        .await?;
    }
    Ok(())
}

/// Sends a month in as many files as it takes, all accepted; the last of them, and its rows.
async fn send_month(
    network: &Network<'_>,
    (from, to): (Date, Date),
    by: AccountId,
    now: OffsetDateTime,
) -> Result<Option<(BatchId, usize)>, FacilitaError> {
    let order = Order {
        programme: network.programme.clone(),
        from,
        to,
        force: false,
    };
    let mut last = None;
    loop {
        let made = batch::make(network.db, network.vault, &order, Some(by), now).await?;
        let Some(id) = made.batch else {
            return Ok(last);
        };
        report::receive(
            network.db,
            network.vault,
            id,
            ReportAnswer::NoneRefused,
            Some(by),
            now,
        )
        .await?;
        last = Some((id, made.rows));
        if made.waiting == 0 {
            return Ok(last);
        }
    }
}

/// A report about a file of so many rows.
fn refusals(rows: usize) -> String {
    let notes = REFUSED
        .iter()
        .flat_map(|(note, times)| std::iter::repeat_n(*note, *times));
    let every = rows / notes.clone().count().max(1);
    let header = report::header();
    let columns = ",".repeat(header.matches(',').count() - 1);
    let mut report = format!("{header}\n");
    for (nth, note) in (1..).zip(notes).take(rows) {
        report.push_str(&format!("{},{note}{columns}\n", (every * nth).max(nth)));
    }
    report
}
