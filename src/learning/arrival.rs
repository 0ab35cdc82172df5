//! Somebody new at the desk: record, card, service and what to learn at home, in one act.
//!
//! All of it is written, or nothing: whoever is told that something is wrong has no half of a
//! record to look for.

use sea_orm::DbErr;
use thiserror::Error;
use time::OffsetDateTime;

use crate::accounts::card::{self, Blank, Issued, Printer};
use crate::accounts::instead::Instead;
use crate::citizens::consent::Agreed;
use crate::citizens::known::Registered;
use crate::citizens::register::register_agreed_in;
use crate::citizens::{Details, RecordError, Vault};
use crate::db::{self, Db};
use crate::domain::ids::{CitizenId, ModuleId, ServiceId};
use crate::network::service::{NewService, ServiceError, record_in};

use super::assignment::{NewAssignment, give};

/// What is done for somebody who is new.
#[derive(Debug)]
pub struct Arrival {
    /// Who they are.
    pub details: Details,
    /// What they were told and agreed to.
    pub agreed: Agreed,
    /// Whether they get a card.
    pub card: bool,
    /// The service that they were given, without them on its list.
    pub service: Option<NewService>,
    /// What they are given to learn.
    pub modules: Vec<ModuleId>,
}

/// What came of it.
#[derive(Debug)]
pub struct Arrived {
    /// Whose record it is.
    pub citizen: CitizenId,
    /// Their card.
    pub card: Option<Issued>,
    /// Their service.
    pub service: Option<ServiceId>,
    /// Another point registered them, and this one sees their name alone: the service is theirs,
    /// and they got no card and nothing to learn.
    pub brought: bool,
}

/// Why nothing was done.
#[derive(Debug, Error)]
pub enum ArrivalError {
    /// The record.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The service.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// The database's.
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// Registers somebody at the point of `desk`, and does the rest for them.
///
/// # Errors
/// Whatever is wrong with a part of it; then nothing is kept.
pub async fn welcome(
    db: &Db,
    vault: &Vault,
    arrival: Arrival,
    desk: Printer,
    now: OffsetDateTime,
) -> Result<Arrived, ArrivalError> {
    let blank = match arrival.card {
        true => Some(Blank::new(vault).await?),
        false => None,
    };
    let vault = vault.clone();
    db::write(db, async move |tx| {
        let (by, at) = (desk.account, (desk.point, desk.account));
        let details = &arrival.details;
        let done = register_agreed_in(tx, &vault, details, arrival.agreed, at, now).await?;
        let citizen = done.id();
        let service = match arrival.service {
            Some(mut new) => {
                new.citizens = vec![citizen];
                Some(record_in(tx, &new, by, now).await?.service)
            }
            None => None,
        };
        let brought = matches!(done, Registered::Brought(_));
        let mut issued = None;
        if !brought {
            if let Some(blank) = blank {
                let any = Instead::Any;
                issued = card::issue_in(tx, blank, citizen, any, &desk, now).await?;
            }
            let modules = arrival.modules.into_iter().map(|module| (module, None));
            let modules: Vec<_> = modules.collect();
            if !modules.is_empty() {
                let (to, new) = (vec![(Some(citizen), None)], NewAssignment::default());
                give::<DbErr>(tx, to, &modules, &new, by, now).await?;
            }
        }
        Ok(Arrived {
            citizen,
            card: issued,
            service,
            brought,
        })
    })
    .await
}
