//! Points from a table.

use std::collections::HashSet;

use time::OffsetDateTime;

use crate::db::{self, Db, DbErr};
use crate::domain::field::FieldError;
use crate::domain::ids::AccountId;
use crate::domain::import::{Imported, Manner};
use crate::domain::progress;
use crate::domain::sheet::{self, SheetColumn, code, day, plain, yes_or_no};
use crate::network::directory::{self, PointDetails, PointError, PointWrite, write_in};

use super::{Undone, column, refuse, settled, unreadable};

/// The columns of a table of points: the fields of [`PointDetails`].
const COLUMNS: [SheetColumn; 18] = [
    column("code", &["codice", "codicepunto", "punto"], false, code),
    column(
        "name",
        &["nome", "denominazione", "nomepunto"],
        false,
        plain,
    ),
    column("municipality", &["comune", "citta"], false, plain),
    column("province", &["provincia", "prov"], false, plain),
    column("region", &["regione"], false, plain),
    column("address", &["indirizzo", "via"], false, plain),
    column("postcode", &["cap", "codicepostale"], false, plain),
    column("phone", &["telefono", "tel"], false, plain),
    column("email", &["mail", "postaelettronica"], false, plain),
    column(
        "hours",
        &["orari", "orario", "orariodiapertura"],
        false,
        plain,
    ),
    column(
        "offers",
        &["servizi", "offerta", "serviziofferti"],
        false,
        plain,
    ),
    column("workstations", &["postazioni", "computer"], false, plain),
    column("itinerant", &["itinerante"], false, yes_or_no),
    column("latitude", &["latitudine", "lat"], false, plain),
    column(
        "longitude",
        &["longitudine", "lon", "lng", "long"],
        false,
        plain,
    ),
    column(
        "facilita_id",
        &["idfacilita", "numerofacilita"],
        false,
        plain,
    ),
    column("programme", &["programma", "codiceprogramma"], false, plain),
    column(
        "closed_on",
        &["chiusodal", "chiusoil", "datachiusura"],
        false,
        day,
    ),
];

/// Adds the points of a table, or brings them up to date by their code, whatever its case. The columns
/// are the fields of [`PointDetails`]; an empty cell leaves what is there.
///
/// # Errors
/// The database's. Rows at fault are in the outcome.
pub async fn points(
    db: &Db,
    file: &[u8],
    manner: Manner,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<Imported, DbErr> {
    let sheet = match sheet::read(file, &COLUMNS, &["code"]) {
        Ok(sheet) => sheet,
        Err(why) => return Ok(unreadable(&why)),
    };
    let done = db::write(db, async move |tx| {
        let mut outcome = Imported {
            refused: sheet.refused.clone(),
            told: sheet.told.clone(),
            ..Imported::default()
        };
        let mut seen = HashSet::new();
        let _step = progress::begin("points", sheet.rows.len());
        for row in &sheet.rows {
            progress::advance(1);
            let cell = |column| row.get(column).map(str::to_owned);
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
            let code = details.code.as_deref().map(str::to_lowercase);
            if code.is_some() && !seen.insert(code) {
                let fault = FieldError::new("code", "code-twice");
                refuse(&mut outcome, row, vec![fault]);
                continue;
            }
            if !row.faults.is_empty() {
                // What else is wrong with it is told at once.
                let others = match directory::check_in(tx, &details).await {
                    Err(PointError::Invalid(others)) => others,
                    Err(PointError::Db(error)) => return Err(Undone::Db(error)),
                    _ => Vec::new(),
                };
                refuse(&mut outcome, row, others);
                continue;
            }
            match write_in(tx, &details, by, now).await {
                Ok(PointWrite::Added) => outcome.added += 1,
                Ok(PointWrite::Updated) => outcome.updated += 1,
                Ok(PointWrite::Unchanged) => outcome.unchanged += 1,
                Err(PointError::Invalid(faults)) => refuse(&mut outcome, row, faults),
                Err(PointError::NotFound) => {}
                Err(PointError::Db(error)) => return Err(Undone::Db(error)),
            }
        }
        settled(outcome, manner)
    });
    Undone::outcome(done.await)
}
