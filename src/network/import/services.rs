//! Services from a table: a row for each citizen who attended. Rows that say the same of different
//! citizens are one service, unless it is individual help, which is one person's.

use std::collections::{BTreeMap, HashMap};

use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, JoinType, QueryFilter, QuerySelect};
use time::macros::format_description;
use time::{Date, OffsetDateTime};

use crate::citizens::Vault;
use crate::db::entities::{account_roles, accounts, citizens};
use crate::db::{self, Db, DbErr};
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::facilita::{PublicDomain, ServiceKind};
use crate::domain::field::FieldError;
use crate::domain::ids::{AccountId, CitizenId, PointId};
use crate::domain::import::{Imported, Manner};
use crate::domain::progress;
use crate::domain::role::Role;
use crate::domain::sheet::{self, SheetColumn, SheetRow, code, coded, day, minutes, plain};
use crate::network::point;
use crate::network::service::{NewService, Reach, ServiceError, alike, record_within};

use super::{Undone, column, refuse, settled, unreadable};

/// The columns, all of them needed. `kind` is `individual`, `group`, `classroom`, `online` or
/// `other`, or Facilita's word for it; `facilitator` an e-mail address; `competences` are SE5 codes
/// and `domains` SE6 letters or their meanings, joined by colons, semicolons or commas.
const COLUMNS: [SheetColumn; 9] = [
    column("point", &["punto", "codicepunto"], false, code),
    column(
        "facilitator",
        &["facilitatore", "facilitatrice", "emailfacilitatore"],
        true,
        plain,
    ),
    column("date", &["data", "giorno", "datadelservizio"], false, day),
    column(
        "kind",
        &["tipo", "tipologia", "tipodiservizio"],
        false,
        kind,
    ),
    column(
        "minutes",
        &["minuti", "durata", "durataminuti"],
        false,
        minutes,
    ),
    column("competences", &["competenze"], false, plain),
    column("domains", &["ambiti", "domini"], false, plain),
    column("title", &["titolo", "descrizione"], true, plain),
    column(
        "codice_fiscale",
        &["cf", "codfiscale", "codfisc", "taxcode", "fiscalcode"],
        true,
        code,
    ),
];

fn kind(text: &str) -> Result<String, &'static str> {
    if let Some(kind) = ServiceKind::from_name(&text.to_lowercase()) {
        return Ok(kind.name().to_owned());
    }
    let words = [
        ("individuale", "A"),
        ("gruppo", "B"),
        ("digruppo", "B"),
        ("aula", "C"),
        ("inpresenza", "C"),
        ("online", "D"),
        ("adistanza", "D"),
        ("altro", "E"),
    ];
    let (all, label) = (ServiceKind::ALL, ServiceKind::label);
    let letter = coded(text, all, ServiceKind::code, label, &words);
    let kind = letter
        .ok()
        .and_then(|letter| ServiceKind::from_code(&letter));
    kind.map(|kind| kind.name().to_owned())
        .ok_or("unknown-kind")
}

fn domain(text: &str) -> Option<PublicDomain> {
    let (all, label) = (PublicDomain::ALL, PublicDomain::label);
    let letter = coded(text, all, PublicDomain::code, label, &[]);
    PublicDomain::from_code(&letter.ok()?)
}

/// A service of the table: its lines, and each citizen's.
struct Draft<'r> {
    new: NewService,
    rows: Vec<&'r SheetRow>,
}

/// Records the services of a table; those that are in the ledger already are left alone, voided and
/// corrected ones too. One that is there with some of the same people and others is refused.
/// `by` records; where nobody does, each service's facilitator.
///
/// # Errors
/// The database's. Rows at fault are in the outcome; one refuses the whole of its service.
pub async fn services(
    db: &Db,
    vault: &Vault,
    file: &[u8],
    manner: Manner,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<Imported, DbErr> {
    let needed = COLUMNS.map(|column| column.name);
    let sheet = match sheet::read(file, &COLUMNS, &needed) {
        Ok(sheet) => sheet,
        Err(why) => return Ok(unreadable(&why)),
    };
    let vault = vault.clone();
    let done = db::write(db, async move |tx| {
        let mut outcome = Imported {
            refused: sheet.refused.clone(),
            told: sheet.told.clone(),
            ..Imported::default()
        };
        let drafts = drafts(tx, &vault, &sheet.rows, &mut outcome).await?;
        let _step = progress::begin("services", drafts.len());
        for draft in drafts {
            progress::advance(1);
            let by = by.unwrap_or(draft.new.facilitator);
            let Some(first) = draft.rows.first() else {
                continue;
            };
            // What somebody voided or corrected since stays so.
            let there = alike(tx, &draft.new).await?;
            if there.iter().any(|one| one.is_of(&draft.new)) {
                outcome.unchanged += draft.rows.len();
                continue;
            }
            if there
                .iter()
                .any(|one| one.stands && one.has_any_of(&draft.new))
            {
                let fault = FieldError::new("codice_fiscale", "service-there-with-others");
                refuse(&mut outcome, first, vec![fault]);
                continue;
            }
            match record_within(tx, &draft.new, Some(&Reach::default()), by, now).await {
                Ok((_, true)) => outcome.added += draft.rows.len(),
                Ok((_, false)) => outcome.unchanged += draft.rows.len(),
                Err(ServiceError::Invalid(faults)) => refuse(&mut outcome, first, faults),
                Err(ServiceError::NotFound) => {}
                Err(ServiceError::Db(error)) => return Err(Undone::Db(error)),
            }
        }
        settled(outcome, manner)
    });
    Undone::outcome(done.await)
}

/// The services of the table, in its order, without those that have a row at fault.
async fn drafts<'r>(
    tx: &DatabaseTransaction,
    vault: &Vault,
    rows: &'r [SheetRow],
    outcome: &mut Imported,
) -> Result<Vec<Draft<'r>>, DbErr> {
    let points: HashMap<String, PointId> = point::list(tx, None)
        .await?
        .into_iter()
        .map(|point| (point.code.to_lowercase(), point.id))
        .collect();
    let staff = facilitators(tx).await?;
    let people = people(tx, vault, rows).await?;
    let mut services: BTreeMap<usize, (Draft<'r>, bool)> = BTreeMap::new();
    let mut places: HashMap<Vec<String>, usize> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        let cell = |column| row.get(column).unwrap_or_default();
        let faults = &mut Vec::new();
        let mut need = |found: bool, field, key| {
            if !found {
                faults.push(FieldError { field, key });
            }
        };
        let point = points.get(&cell("point").to_lowercase()).copied();
        need(point.is_some(), "point", "unknown-point");
        let email = cell("facilitator").to_lowercase();
        let facilitator = point.and_then(|point| staff.get(&(email, point)).copied());
        need(
            facilitator.is_some() || point.is_none(),
            "facilitator",
            "facilitator-not-here",
        );
        let day = Date::parse(cell("date"), format_description!("[year]-[month]-[day]")).ok();
        need(day.is_some(), "date", "not-a-date");
        let kind = ServiceKind::from_name(cell("kind"));
        need(kind.is_some(), "kind", "unknown-kind");
        let minutes = cell("minutes").parse().ok();
        need(minutes.is_some(), "minutes", "not-a-duration");
        let competences: Option<Vec<u8>> = list(cell("competences"), |code| code.parse().ok());
        need(competences.is_some(), "competences", "not-a-choice");
        let domains = list(cell("domains"), domain);
        need(domains.is_some(), "domains", "not-a-choice");
        let code = CodiceFiscale::parse(cell("codice_fiscale"));
        let citizen = match &code {
            Ok(code) => people.get(&vault.find_by(code)).copied(),
            Err(error) => {
                faults.push(FieldError {
                    field: "codice_fiscale",
                    key: error.key(),
                });
                None
            }
        };
        if code.is_ok() && citizen.is_none() {
            faults.push(FieldError::new("codice_fiscale", "unknown-citizen"));
        }
        let sound = faults.is_empty() && row.faults.is_empty();
        refuse(outcome, row, std::mem::take(faults));
        let key = match kind {
            Some(ServiceKind::Individual) => vec![at.to_string()],
            _ => COLUMNS[..8]
                .iter()
                .map(|column| cell(column.name).to_lowercase())
                .collect(),
        };
        let place = *places.entry(key).or_insert(at);
        if let Some((draft, fine)) = services.get_mut(&place) {
            draft.rows.push(row);
            draft.new.citizens.extend(citizen);
            *fine &= sound;
            continue;
        }
        let (Some(point), Some(facilitator), Some(day), Some(kind)) =
            (point, facilitator, day, kind)
        else {
            continue;
        };
        let new = NewService {
            kind,
            point,
            facilitator,
            day,
            minutes: minutes.unwrap_or(0),
            competences: competences.unwrap_or_default(),
            domains: domains.unwrap_or_default(),
            title: cell("title").to_owned(),
            citizens: citizen.into_iter().collect(),
        };
        let rows = vec![row];
        services.insert(place, (Draft { new, rows }, sound));
    }
    let sound = services.into_values().filter(|(_, fine)| *fine);
    Ok(sound.map(|(draft, _)| draft).collect())
}

/// Codes joined by colons, semicolons or commas; `None` where one means nothing.
fn list<T>(cell: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    let codes = cell.split([':', ';', ',']).map(str::trim);
    codes.filter(|code| !code.is_empty()).map(read).collect()
}

/// Who gives services, by e-mail address and point.
async fn facilitators(
    tx: &DatabaseTransaction,
) -> Result<HashMap<(String, PointId), AccountId>, DbErr> {
    let rows: Vec<(String, Option<PointId>, AccountId)> = account_roles::Entity::find()
        .select_only()
        .column(accounts::Column::Email)
        .column(account_roles::Column::PointId)
        .column(account_roles::Column::AccountId)
        .join(
            JoinType::InnerJoin,
            account_roles::Entity::belongs_to(accounts::Entity)
                .from(account_roles::Column::AccountId)
                .to(accounts::Column::Id)
                .into(),
        )
        .filter(account_roles::Column::Role.eq(Role::Facilitator))
        .into_tuple()
        .all(tx)
        .await?;
    let known = |(email, point, account): (String, Option<PointId>, AccountId)| {
        point.map(|point| ((email, point), account))
    };
    Ok(rows.into_iter().filter_map(known).collect())
}

/// The citizens of the table, by the digest of their codice fiscale.
async fn people(
    tx: &DatabaseTransaction,
    vault: &Vault,
    rows: &[SheetRow],
) -> Result<HashMap<Vec<u8>, CitizenId>, DbErr> {
    let digests: Vec<_> = rows
        .iter()
        .filter_map(|row| row.get("codice_fiscale"))
        .filter_map(|code| CodiceFiscale::parse(code).ok())
        .map(|code| vault.find_by(&code))
        .collect();
    let mut people = HashMap::new();
    // As many as a statement takes on both databases.
    for some in digests.chunks(500) {
        let rows: Vec<(Option<Vec<u8>>, CitizenId)> = citizens::Entity::find()
            .select_only()
            .columns([citizens::Column::CfDigest, citizens::Column::Id])
            .filter(citizens::Column::CfDigest.is_in(some.iter().cloned()))
            .filter(citizens::Column::MergedInto.is_null())
            .filter(citizens::Column::ErasedAt.is_null())
            .into_tuple()
            .all(tx)
            .await?;
        people.extend(rows.into_iter().filter_map(|(code, id)| Some((code?, id))));
    }
    Ok(people)
}
