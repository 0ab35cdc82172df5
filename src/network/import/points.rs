//! Points from a table.

use std::collections::HashSet;

use time::OffsetDateTime;

use crate::db::{self, Db, DbErr};
use crate::domain::field::FieldError;
use crate::domain::ids::AccountId;
use crate::domain::import::{Imported, Manner};
use crate::domain::progress;
use crate::network::directory::{PointDetails, PointError, Written, write_in};

use super::{Table, Undone, refuse, settled};

/// Adds the points of a table, or brings them up to date by their code. The columns are the fields
/// of [`PointDetails`]; an empty cell leaves what is there.
///
/// # Errors
/// The database's. Rows at fault are in the outcome.
pub async fn points(
    db: &Db,
    text: &str,
    manner: Manner,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<Imported, DbErr> {
    let table = match Table::read(text, &PointDetails::FIELDS, &["code"]) {
        Ok(table) => table,
        Err(refused) => {
            return Ok(Imported {
                refused,
                ..Imported::default()
            });
        }
    };
    let done = db::write(db, async move |tx| {
        let mut outcome = Imported {
            refused: table.refused.clone(),
            ..Imported::default()
        };
        let mut seen = HashSet::new();
        let _step = progress::begin("points", table.rows.len());
        for (line, row) in &table.rows {
            progress::advance(1);
            let cell = |column| table.cell(row, column).map(str::to_owned);
            let details = PointDetails {
                code: cell("code"),
                name: cell("name"),
                municipality: cell("municipality"),
                province: cell("province"),
                region: cell("region"),
                address: cell("address"),
                postcode: cell("postcode"),
                phone: cell("phone"),
                email: cell("email"),
                hours: cell("hours"),
                offers: cell("offers"),
                workstations: cell("workstations"),
                itinerant: cell("itinerant"),
                latitude: cell("latitude"),
                longitude: cell("longitude"),
                facilita_id: cell("facilita_id"),
                programme: cell("programme"),
                closed_on: cell("closed_on"),
            };
            if !seen.insert(details.code.clone()) && details.code.is_some() {
                let fault = FieldError::new("code", "code-twice");
                refuse(&mut outcome, *line, vec![fault]);
                continue;
            }
            match write_in(tx, &details, by, now).await {
                Ok(Written::Added) => outcome.added += 1,
                Ok(Written::Updated) => outcome.updated += 1,
                Ok(Written::Unchanged) => outcome.unchanged += 1,
                Err(PointError::Invalid(faults)) => refuse(&mut outcome, *line, faults),
                Err(PointError::NotFound) => {}
                Err(PointError::Db(error)) => return Err(Undone::Db(error)),
            }
        }
        settled(outcome, manner)
    });
    Undone::outcome(done.await)
}
