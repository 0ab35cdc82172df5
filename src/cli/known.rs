//! Codes as people type them: found, or refused with those that come near.

use anyhow::{Context as _, anyhow};
use time::Date;

use crate::db::Db;
use crate::network::point::{self, Point};
use crate::network::programme::{self, Programme};

/// The programme of a code.
pub(super) async fn programme(db: &Db, code: &str) -> anyhow::Result<Programme> {
    if let Some(found) = programme::by_code(db.read(), code).await? {
        return Ok(found);
    }
    let all = programme::list(db.read()).await?;
    let codes: Vec<_> = all.iter().map(|one| one.code.as_str()).collect();
    Err(match codes.is_empty() {
        true => anyhow!(
            "no programme has the code {code}: there is none yet, \
             `autonomia programme add` makes one"
        ),
        false => anyhow!(
            "no programme has the code {code}: there is {}",
            codes.join(", ")
        ),
    })
}

/// The point of a code.
pub(super) async fn point(db: &Db, code: &str) -> anyhow::Result<Point> {
    if let Some(found) = point::by_code(db.read(), code).await? {
        return Ok(found);
    }
    let all = point::list(db.read(), None).await?;
    let near = near(code, all.iter().map(|one| one.code.as_str()));
    Err(match (near.is_empty(), all.is_empty()) {
        (_, true) => anyhow!(
            "no point has the code {code}: there is none yet, \
             `autonomia import points` takes them in"
        ),
        (true, _) => anyhow!("no point has the code {code}; /rete/punti lists them"),
        (false, _) => anyhow!(
            "no point has the code {code}; did you mean {}?",
            near.join(", ")
        ),
    })
}

/// A day of the command line.
pub(super) fn day(text: &str) -> Result<Date, String> {
    let form = time::macros::format_description!("[year]-[month]-[day]");
    Date::parse(text, form).map_err(|_| "a day is written YYYY-MM-DD".to_owned())
}

/// Refuses days that are in the wrong order.
pub(super) fn in_order(from: Option<Date>, to: Option<Date>) -> anyhow::Result<()> {
    match from.zip(to) {
        Some((from, to)) if from > to => Err(anyhow!(
            "--from {from} is after --to {to}: write the first day first"
        )),
        _ => Ok(()),
    }
}

/// Refuses a file that could not be written, before the work it is to hold is done.
pub(super) fn can_be_written(file: &std::path::Path) -> anyhow::Result<()> {
    let shown = file.display();
    if file.is_dir() {
        return Err(anyhow!("{shown} is a folder: name a file"));
    }
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => Err(anyhow!(
            "{shown} cannot be written: there is no folder {}",
            folder.display()
        )),
        _ => Ok(()),
    }
}

/// Writes a file that was made.
pub(super) fn written(file: &std::path::Path, bytes: &[u8]) -> anyhow::Result<()> {
    std::fs::write(file, bytes).with_context(|| format!("{} cannot be written", file.display()))
}

/// Writes a file with data of people, which only its owner reads.
pub(super) fn written_for_owner(file: &std::path::Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut to = options.open(file)?;
    #[cfg(unix)]
    if to.metadata()?.is_file() {
        use std::os::unix::fs::PermissionsExt as _;
        // One that was there already had others' permissions.
        to.set_permissions(std::fs::Permissions::from_mode(0o600))?;
    }
    to.write_all(bytes)
}

/// The three codes nearest to one that is not there; codes that begin the same come first.
fn near<'a>(code: &str, known: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = code.to_lowercase();
    let mut near: Vec<_> = known
        .filter_map(|one| {
            let lower = one.to_lowercase();
            let distance = match lower.starts_with(&wanted) && !wanted.is_empty() {
                true => 0,
                false => strsim::damerau_levenshtein(&wanted, &lower),
            };
            (distance <= one.chars().count() / 3).then_some((distance, one))
        })
        .collect();
    near.sort_unstable();
    near.into_iter().map(|(_, one)| one).take(3).collect()
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn a_mistyped_code_finds_the_nearest_ones() {
        let codes = ["BA-001", "BA-002", "LE-010"];
        let near = |code| near(code, codes.into_iter());
        assert_eq!(near("ba-01"), ["BA-001", "BA-002"]);
        assert_eq!(near("LE010"), ["LE-010"]);
        assert_eq!(near("BA"), ["BA-001", "BA-002"]);
        assert!(near("XYZ").is_empty());
    }
}
