//! Who keeps the accounts of the staff.

use actix_web::{FromRequest, HttpRequest, dev};

use crate::accounts::members::{self, StaffMember};
use crate::accounts::stewardship::Stewardship;
use crate::domain::ids::{AccountId, SessionId};
use crate::domain::role::Role;
use crate::web::error::Error;
use crate::web::parts::chrome::Room;
use crate::web::state::State;

use super::{Found, state, with_role};

/// An administrator or a coordinator, with the accounts that are theirs to keep.
#[derive(Debug, Clone, Copy)]
pub struct Steward {
    /// Who acts.
    pub account: AccountId,
    /// In which session.
    pub session: SessionId,
    /// Whose accounts they keep.
    pub stewardship: Stewardship,
    /// Whether they showed a short time ago who they are.
    pub proven: bool,
}

impl FromRequest for Steward {
    type Error = Error;
    type Future = Found<Self>;

    fn from_request(request: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let (account, viewer) = match with_role(&request, Role::Admin).await {
                Ok(found) => found,
                Err(_) => with_role(&request, Role::Coordinator).await?,
            };
            let roles = viewer.grants.iter().map(|grant| grant.role);
            Ok(Self {
                account,
                session: viewer.session,
                stewardship: Stewardship::of(roles).ok_or(Error::Forbidden)?,
                proven: viewer.has_proof(state(&request)?.now()),
            })
        })
    }
}

impl Steward {
    /// Where they work: the register of what was done is the administrator's.
    #[must_use]
    pub const fn room(&self) -> Room {
        match self.stewardship {
            Stewardship::Installation => Room::Administration,
            Stewardship::Network => Room::Accounts,
        }
    }

    /// An account of theirs; any other is as if it were not there.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn member(&self, app: &State, account: AccountId) -> Result<StaffMember, Error> {
        let found = members::one(&app.db, account).await?;
        found
            .filter(|member| member.is_kept_by(self.stewardship, self.account))
            .ok_or(Error::NotFound)
    }
}
