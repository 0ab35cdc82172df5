//! `autonomia check`: every mistake of a course folder.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use time::OffsetDateTime;

use super::Outcome;
use crate::content::compiler::{Build, compile};
use crate::content::source::Source;
use crate::content::{diagnostic, report};
use crate::domain::calendar::rome_day;

/// Find every mistake of a course folder
///
/// Exit code 0: no errors (warnings may be there); 1: errors; 2: the folder could not be read.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  autonomia check content
  autonomia check content --format github")]
pub(super) struct Args {
    /// The course folder
    #[arg(default_value = "content")]
    dir: PathBuf,
    /// How to show what was found
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// With the source line and the fix
    Human,
    /// One array of objects
    Json,
    /// Commands that GitHub shows beside the changed lines
    Github,
}

pub(super) fn run(args: &Args, colour: bool, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let build = read(&args.dir)?;
    let text = match args.format {
        Format::Human => report::human(&build.diagnostics, colour),
        Format::Json => report::json(&build.diagnostics)? + "\n",
        Format::Github => report::github(&build.diagnostics, &args.dir.to_string_lossy()),
    };
    out.write_all(text.as_bytes())?;
    Ok(if diagnostic::any_error(&build.diagnostics) {
        Outcome::No
    } else {
        Outcome::Yes
    })
}

/// Compiles a folder that must be a course.
pub(super) fn read(dir: &Path) -> anyhow::Result<Build> {
    must_be_folder(dir)?;
    let source =
        Source::read(dir).with_context(|| format!("cannot read the folder `{}`", dir.display()))?;
    ensure!(!source.modules.is_empty(), no_course(dir));
    Ok(compile(&source, rome_day(OffsetDateTime::now_utc())))
}

/// Says of a path that it is not a folder, or not even there.
pub(super) fn must_be_folder(dir: &Path) -> anyhow::Result<()> {
    let shown = dir.display();
    ensure!(dir.exists(), "there is no folder `{shown}`");
    ensure!(dir.is_dir(), "`{shown}` is a file: name the course folder");
    Ok(())
}

/// What is wrong with a folder that has no course in it.
pub(super) fn no_course(dir: &Path) -> String {
    format!(
        "`{}` is not a course folder: no folder in it has a Markdown file",
        dir.display()
    )
}
