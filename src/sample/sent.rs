//! What Facilita has of a sample: the files of everything but the last weeks, and its reports.

use time::{Duration, OffsetDateTime};

use crate::domain::calendar::rome_day;
use crate::domain::ids::AccountId;
use crate::network::facilita::FacilitaError;
use crate::network::facilita::batch::{self, Order};
use crate::network::facilita::report;

use super::rows::Network;

/// How long the last services have been waiting to be sent.
const WAITING: Duration = Duration::days(21);

/// What Facilita found at fault in the last file, in its words; in so many rows.
const REFUSED: [(&str, usize); 3] = [
    ("Codice fiscale non valido", 3),
    ("Servizio gia' presente per il cittadino", 2),
    ("La sede non e' presente su Facilita", 4),
];

/// Sends file after file and takes in the reports: the last one names some rows.
pub(super) async fn send(
    network: &Network<'_>,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), FacilitaError> {
    let (db, vault, now) = (network.db, network.vault, now - WAITING);
    let order = Order {
        programme: network.programme.clone(),
        from: network.programme.starts_on,
        to: rome_day(now),
        force: false,
    };
    loop {
        let made = batch::make(db, vault, &order, Some(by), now).await?;
        let Some(id) = made.batch else {
            return Ok(());
        };
        let last = made.waiting == 0;
        let report = if last {
            refusals(made.rows)
        } else {
            String::new()
        };
        report::receive(db, vault, id, &report, Some(by), now).await?;
        if last {
            return Ok(());
        }
    }
}

/// A report about a file of so many rows.
fn refusals(rows: usize) -> String {
    let notes = REFUSED
        .iter()
        .flat_map(|(note, times)| std::iter::repeat_n(*note, *times));
    let every = rows / notes.clone().count().max(1);
    let mut report = "numeroRiga,note\n".to_owned();
    for (nth, note) in (1..).zip(notes).take(rows) {
        report.push_str(&format!("{},{note}\n", (every * nth).max(nth)));
    }
    report
}
