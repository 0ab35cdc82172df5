//! `autonomia lock`: brings `ids.lock` up to date.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Context as _;

use super::{Outcome, check};
use crate::content::diagnostic::Severity;
use crate::content::lock::{self, Lock, Refused};
use crate::content::report;

/// Bring `ids.lock` up to date, before publishing
///
/// It refuses while the course has errors, and it never hides an id that is gone.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  autonomia lock content
  autonomia lock content --retire spid/spid-scopo")]
pub(super) struct Args {
    /// The course folder
    #[arg(default_value = "content")]
    dir: PathBuf,
    /// An id that was taken out on purpose, such as `spid/spid-scopo`; may be given more than once
    ///
    /// A module's id stands for all that was in it.
    #[arg(long, value_name = "ID")]
    retire: Vec<String>,
}

/// The complaint that `--retire` answers.
const ANSWERED: &str = "id-removed";

pub(super) fn run(args: &Args, colour: bool, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let build = check::read(&args.dir)?;
    let mut errors = build.diagnostics;
    errors.retain(|it| it.severity == Severity::Error && it.rule.code != ANSWERED);
    if !errors.is_empty() {
        out.write_all(report::human(&errors, colour).as_bytes())?;
        writeln!(out, "ids.lock is as it was: mend the errors first")?;
        return Ok(Outcome::No);
    }
    let path = args.dir.join("ids.lock");
    let before = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error).context("cannot read ids.lock"),
    };
    let (old, _) = Lock::parse(&before);
    let outlines = build.outlines.iter().map(AsRef::as_ref);
    let paths = build.paths.iter().map(|path| path.id.value.as_str());
    let sources = Lock::of(outlines, paths);
    let new = match lock::updated(&old, &sources, &args.retire) {
        Ok(new) => new,
        Err(refused) => {
            writeln!(out, "ids.lock is as it was: {refused}")?;
            if let Refused::Removed(ids) = refused {
                writeln!(out, "give them back their ids, or, if it was on purpose:")?;
                for id in ids {
                    writeln!(out, "    autonomia lock --retire {}", id.name)?;
                }
            }
            return Ok(Outcome::No);
        }
    };
    let text = new.to_string();
    if text == before {
        writeln!(out, "ids.lock is up to date ({} ids)", new.ids.len())?;
        return Ok(Outcome::Yes);
    }
    // Written beside and moved, so that a full disk or a kill leaves the old one.
    let beside = args.dir.join(".ids.lock.new");
    fs::write(&beside, &text).with_context(|| format!("cannot write {}", beside.display()))?;
    fs::rename(&beside, &path).with_context(|| format!("cannot write {}", path.display()))?;
    let retired = new.ids.values().filter(|entry| entry.retired).count();
    writeln!(
        out,
        "ids.lock written: {} ids, {} of them new, {retired} retired",
        new.ids.len(),
        new.ids.len() - old.ids.len(),
    )?;
    Ok(Outcome::Yes)
}
