//! How the installation does, as far as the program knows: for administrators.

use time::OffsetDateTime;

use crate::accounts::rules::{self, DoorRules};
use crate::accounts::stewardship::Stewardship;
use crate::db::{self, Ailment, installation};

use super::error::Error;
use super::extract::Steward;
use super::state::State;

/// What an administrator is told of the installation.
#[derive(Debug)]
pub struct Condition {
    /// What is wrong with the database; nothing where it is well.
    pub ailments: Vec<Ailment>,
    /// Whether PostgreSQL keeps the data: of its copies nobody tells the program.
    pub on_server: bool,
    /// When `autonomia backup` last made a copy.
    pub copied_at: Option<OffsetDateTime>,
    /// When old data were last cleared.
    pub tidied_at: Option<OffsetDateTime>,
    /// What the doors demand.
    pub doors: DoorRules,
    /// How many courses are published.
    pub courses: usize,
}

impl Condition {
    /// For an administrator; a coordinator runs no machine.
    pub(super) async fn for_steward(app: &State, who: Steward) -> Result<Option<Self>, Error> {
        if who.stewardship != Stewardship::Installation {
            return Ok(None);
        }
        Ok(Some(Self {
            ailments: app.db.health().await,
            on_server: !app.db.url().starts_with("sqlite"),
            copied_at: db::last_backup(&app.db).await?,
            tidied_at: installation::last_tidy(&app.db).await?,
            doors: rules::read(app.db.read()).await?,
            courses: app.catalogue().modules().len(),
        }))
    }
}
