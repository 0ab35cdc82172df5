//! `autonomia lock`: brings `ids.lock` up to date.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::lang::LangArgs;
use super::{Outcome, check};
use crate::content::diagnostic::Severity;
use crate::content::lock::{self, Lock, LockRefusal};
use crate::content::message::say;
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
    #[command(flatten)]
    lang: LangArgs,
}

/// The complaint that `--retire` answers.
const ANSWERED: &str = "id-removed";

pub(super) fn run(args: &Args, colour: bool, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let lang = args.lang.lang();
    let build = check::read(&args.dir, lang)?;
    let mut errors = build.diagnostics;
    errors.retain(|it| it.severity == Severity::Error && it.rule.code != ANSWERED);
    if !errors.is_empty() {
        out.write_all(report::human(&errors, lang, colour).as_bytes())?;
        writeln!(out, "{}", say("lockfile-errors").text(lang))?;
        return Ok(Outcome::No);
    }
    let path = args.dir.join("ids.lock");
    let before = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => {
            return Err(error).context(say("lockfile-unreadable").text(lang));
        }
    };
    let (old, _) = Lock::parse(&before);
    let outlines = build.outlines.iter().map(AsRef::as_ref);
    let paths = build.paths.iter().map(|path| path.id.value.as_str());
    let sources = Lock::of(outlines, paths);
    let new = match lock::updated(&old, &sources, &args.retire) {
        Ok(new) => new,
        Err(refused) => {
            let why = say("lockfile-refused").with("why", refused.message());
            writeln!(out, "{}", why.text(lang))?;
            if let LockRefusal::Removed(ids) = refused {
                writeln!(out, "{}", say("lockfile-on-purpose").text(lang))?;
                for id in ids {
                    writeln!(out, "    autonomia lock --retire {}", id.name)?;
                }
            }
            return Ok(Outcome::No);
        }
    };
    let text = new.to_string();
    if text == before {
        let sound = say("lockfile-sound").with("count", new.ids.len());
        writeln!(out, "{}", sound.text(lang))?;
        return Ok(Outcome::Yes);
    }
    // Written beside and moved, so that a full disk or a kill leaves the old one.
    let beside = args.dir.join(".ids.lock.new");
    let unwritten = |file: &Path| {
        let file = file.display().to_string();
        say("lockfile-unwritten").with("file", file).text(lang)
    };
    fs::write(&beside, &text).with_context(|| unwritten(&beside))?;
    fs::rename(&beside, &path).with_context(|| unwritten(&path))?;
    let retired = new.ids.values().filter(|entry| entry.retired).count();
    let written = say("lockfile-written")
        .with("count", new.ids.len())
        .with("new", new.ids.len() - old.ids.len())
        .with("retired", retired);
    writeln!(out, "{}", written.text(lang))?;
    Ok(Outcome::Yes)
}
