//! What `serve` tells whoever started it: what was published, where things are, what to do first.

use std::path::Path;

use crate::accounts::members;
use crate::content::message::say;
use crate::content::{Catalogue, report};
use crate::db::Db;
use crate::domain::locale::Lang;
use crate::domain::role::Role;
use crate::network::{point, programme};
use crate::web::publisher::FoundCourse;

use super::{Place, left_out};

/// What was new when the server started.
#[derive(Debug, Clone, Copy)]
pub(super) struct New {
    /// The database was made.
    pub(super) database: bool,
    /// The key file was made.
    pub(super) keys: bool,
}

/// What was published from a folder.
pub(super) fn published(
    catalogue: &Catalogue,
    found: &FoundCourse,
    folder: &Path,
    lang: Lang,
) -> String {
    let modules = catalogue.modules();
    let lessons: usize = modules.iter().map(|one| one.original.lessons.len()).sum();
    let folder = folder.display().to_string();
    let mut line = say("serve-published")
        .with("modules", say("count-modules").with("count", modules.len()))
        .with("lessons", say("count-lessons").with("count", lessons))
        .with("folder", folder.clone())
        .text(lang);
    let counted = report::counted(&found.complaints);
    if !counted.is_empty() {
        let found = say("serve-found").with("found", counted);
        line.push_str(&found.with("folder", folder).text(lang));
    }
    if let Some(without) = left_out::not_served(found) {
        line.push('\n');
        line.push_str(&without.text(lang));
    }
    line
}

/// Where the database and the keys are.
pub(super) fn places(place: &Place, new: New) -> String {
    let made = |new: bool, what: &'static str| if new { what } else { "" };
    format!(
        "database   {}{}\nkeys       {}{}",
        place.database.shown(),
        made(new.database, ", a new one"),
        place.keys.shown(),
        made(
            new.keys,
            ", a new one: keep a copy, without it no codice fiscale can be read again"
        )
    )
}

/// The first thing that is missing before the network can work, and how to add it.
pub(super) async fn first(db: &Db, place: &Place) -> anyhow::Result<Option<String>> {
    let staff = members::list(db).await?;
    let has = |role: Role| {
        let mut roles = staff
            .iter()
            .filter(|one| !one.disabled)
            .flat_map(|one| &one.roles);
        roles.any(|(grant, _)| grant.role == role)
    };
    let named = place.database.flag();
    let line = if staff.is_empty() {
        format!(
            "nobody can sign in yet: `autonomia user add --email NAME@EXAMPLE.ORG --role admin{named}`"
        )
    } else if programme::list(db.read()).await?.is_empty() {
        format!(
            "there is no programme yet: `autonomia programme add --code CODE --name NAME \
             --from DAY --to DAY{named}`, or /rete/programmi"
        )
    } else if point::list(db.read(), None).await?.is_empty() {
        format!("there is no point yet: `autonomia import points FILE.csv{named}`, or /rete/punti")
    } else if !has(Role::Facilitator) {
        format!(
            "nobody works at a point yet: `autonomia user add --email NAME@EXAMPLE.ORG \
             --role facilitator --point CODE{named}`"
        )
    } else {
        return Ok(None);
    };
    Ok(Some(line))
}
