//! Who keeps the accounts of the staff.

use actix_web::{FromRequest, HttpRequest, dev};

use crate::accounts::staff::{self, Member};
use crate::domain::ids::AccountId;
use crate::domain::role::Role;
use crate::web::error::Error;
use crate::web::state::State;
use crate::web::view::chrome::Room;

use super::{Found, state, with_role};

/// An administrator, who keeps every account, or a coordinator, who keeps those of facilitators.
#[derive(Debug, Clone, Copy)]
pub struct Steward {
    /// Who acts.
    pub account: AccountId,
    /// Whether they keep every account.
    pub everybody: bool,
    /// Whether they showed a short time ago who they are.
    pub proven: bool,
}

impl FromRequest for Steward {
    type Error = Error;
    type Future = Found<Self>;

    fn from_request(request: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let (found, everybody) = match with_role(&request, Role::Admin).await {
                Ok(found) => (found, true),
                Err(_) => (with_role(&request, Role::Coordinator).await?, false),
            };
            let (account, viewer) = found;
            Ok(Self {
                account,
                everybody,
                proven: viewer.has_proof(state(&request)?.now()),
            })
        })
    }
}

impl Steward {
    /// Whether an account is theirs to keep. A coordinator's own is not.
    #[must_use]
    pub fn keeps(&self, member: &Member) -> bool {
        self.everybody || member.is_facilitator()
    }

    /// Where they work: the register of what was done is the administrator's.
    #[must_use]
    pub const fn room(&self) -> Room {
        match self.everybody {
            true => Room::Administration,
            false => Room::Accounts,
        }
    }

    /// An account of theirs; any other is as if it were not there.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn member(&self, app: &State, account: AccountId) -> Result<Member, Error> {
        let all = staff::list(&app.db).await?;
        all.into_iter()
            .find(|member| member.id == account && self.keeps(member))
            .ok_or(Error::NotFound)
    }
}
