//! Whose records, and which services, somebody who keeps them may see: a facilitator those of their
//! points, a coordinator all.

use crate::accounts::card::Printer;
use crate::citizens::follow::{self, Access};
use crate::citizens::{Citizen, erased, find};
use crate::db::audit;
use crate::domain::ids::{CitizenId, PointId, ServiceId};
use crate::network::ledger;
use crate::network::service::Reach;

use super::error::Error;
use super::extract::{Facilitator, Keeper};
use super::state::State;
use super::throttle::Address;

impl Keeper {
    /// Whether a point is theirs to see and to write in.
    #[must_use]
    pub fn has(&self, point: PointId) -> bool {
        self.points
            .as_ref()
            .is_none_or(|points| points.contains(&point))
    }

    /// Whom they may put on a list: the people whom their points follow.
    #[must_use]
    pub fn reach(&self) -> Reach {
        Reach {
            points: self.points.clone(),
        }
    }

    /// Somebody whom their points follow, as they may see them.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn person(
        &self,
        app: &State,
        citizen: CitizenId,
    ) -> Result<find::FoundCitizen, Error> {
        let points = self.points.as_deref();
        let Some(found) = find::one(&app.db, citizen, points).await? else {
            return Err(absent(app, citizen, points).await?);
        };
        audit::saw(
            audit::Action::RecordRead,
            "citizen",
            citizen.0,
            "name and learning",
        );
        Ok(found)
    }

    /// A service of their points; any other is as if it were not there.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn service(&self, app: &State, service: ServiceId) -> Result<ServiceId, Error> {
        let point = ledger::point_of(&app.db, service).await?;
        match point {
            Some(point) if self.has(point) => Ok(service),
            _ => Err(Error::NotFound),
        }
    }

    /// A record that their points see; anybody else's is as if it were not there.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Forbidden`] for somebody whom they follow and whose record
    /// they do not see yet.
    pub async fn record(&self, app: &State, citizen: CitizenId) -> Result<Citizen, Error> {
        record(app, citizen, self.points.as_deref()).await
    }
}

impl Facilitator {
    /// The keeper of their points' records.
    #[must_use]
    pub fn keeper(&self) -> Keeper {
        Keeper {
            account: self.account,
            points: Some(self.points.clone()),
        }
    }

    /// As [`Keeper::record`].
    ///
    /// # Errors
    /// As there.
    pub async fn record(&self, app: &State, citizen: CitizenId) -> Result<Citizen, Error> {
        record(app, citizen, Some(&self.points)).await
    }

    /// The point of theirs that follows somebody, and what it sees of them.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn follows(
        &self,
        app: &State,
        citizen: CitizenId,
    ) -> Result<(PointId, Access), Error> {
        let whose = follow::whose(app.db.read(), citizen, &self.points).await?;
        whose.ok_or(Error::NotFound)
    }
}

async fn record(
    app: &State,
    citizen: CitizenId,
    points: Option<&[PointId]>,
) -> Result<Citizen, Error> {
    let Some(record) = find::read(&app.db, &app.vault, citizen).await? else {
        return Err(absent(app, citizen, points).await?);
    };
    let access = match points {
        None => Some(Access::Whole),
        Some(points) => follow::access(app.db.read(), citizen, points).await?,
    };
    match access {
        Some(Access::Whole) => {
            audit::at(record.point);
            audit::saw(audit::Action::RecordRead, "citizen", citizen.0, "");
            Ok(record)
        }
        Some(Access::Least) => Err(Error::Forbidden),
        None => Err(Error::NotFound),
    }
}

impl Facilitator {
    /// What a card says of who printed it, for somebody whose record they see.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Forbidden`].
    pub async fn printer(
        &self,
        app: &State,
        citizen: CitizenId,
        at: Address,
    ) -> Result<Printer, Error> {
        match self.follows(app, citizen).await? {
            (point, Access::Whole) => Ok(Printer {
                account: self.account,
                point,
                place: Some(at.place(&app.vault)),
            }),
            (_, Access::Least) => Err(Error::Forbidden),
        }
    }
}

/// Why a record is not there: it was erased, for who had it; for anybody else it never was.
async fn absent(
    app: &State,
    citizen: CitizenId,
    points: Option<&[PointId]>,
) -> Result<Error, Error> {
    let erased = erased::erased(&app.db, citizen).await?;
    let theirs = |home: &PointId| points.is_none_or(|points| points.contains(home));
    Ok(match erased {
        Some((_, home)) if theirs(&home) => Error::Gone,
        _ => Error::NotFound,
    })
}
