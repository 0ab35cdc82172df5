//! What `serve` tells whoever started it: what was published, where things are, what to do first.

use std::fmt::Write as _;
use std::path::Path;

use crate::accounts::members;
use crate::content::{Catalogue, Diagnostic, Severity};
use crate::db::Db;
use crate::domain::role::Role;
use crate::network::{point, programme};

use super::Place;

/// What was new when the server started.
#[derive(Debug, Clone, Copy)]
pub(super) struct New {
    /// The database was made.
    pub(super) database: bool,
    /// The key file was made.
    pub(super) keys: bool,
}

/// What was published from a folder.
pub(super) fn published(catalogue: &Catalogue, complaints: &[Diagnostic], folder: &Path) -> String {
    let lessons: usize = catalogue
        .modules()
        .iter()
        .map(|one| one.original.lessons.len())
        .sum();
    let of = |severity| {
        let found = complaints.iter().filter(|one| one.severity == severity);
        found.count()
    };
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let shown = folder.display();
    let mut line = format!(
        "published  {}, {} from {shown}",
        counted(catalogue.modules().len(), "module"),
        counted(lessons, "lesson")
    );
    let found = [(errors, "mistake"), (warnings, "warning")];
    let found: Vec<_> = found.into_iter().filter(|(n, _)| *n > 0).collect();
    for (number, (count, name)) in found.iter().enumerate() {
        let mark = if number == 0 { "; " } else { ", " };
        // A text grows without failing.
        let _ = write!(line, "{mark}{}", counted(*count, name));
    }
    if errors > 0 {
        line.push_str(", and the modules they are in left out");
    }
    if !found.is_empty() {
        let _ = write!(line, ": see `autonomia check {shown}`");
    }
    line
}

fn counted(count: usize, name: &str) -> String {
    match count {
        1 => format!("1 {name}"),
        _ => format!("{count} {name}s"),
    }
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
