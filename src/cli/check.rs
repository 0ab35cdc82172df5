//! `autonomia check`: every mistake of a course folder.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use time::{Date, OffsetDateTime};

use super::Outcome;
use super::lang::LangArgs;
use crate::content::message::say;
use crate::content::source::Source;
use crate::content::{Build, compile, compile_everywhere, diagnostic, report};
use crate::domain::calendar::rome_day;
use crate::domain::locale::Lang;

/// Find every mistake of a course folder
///
/// The course is looked at without a region and with the values of each.
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
    #[command(flatten)]
    lang: LangArgs,
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
    let lang = args.lang.lang();
    let found = compile_everywhere(&source(&args.dir, lang)?, today()).diagnostics;
    let text = match args.format {
        Format::Human => report::human(&found, lang, colour),
        Format::Json => report::json(&found, lang)? + "\n",
        Format::Github => report::github(&found, lang, &args.dir.to_string_lossy()),
    };
    out.write_all(text.as_bytes())?;
    Ok(if diagnostic::any_error(&found) {
        Outcome::No
    } else {
        Outcome::Yes
    })
}

/// Compiles a folder that must be a course.
pub(super) fn read(dir: &Path, lang: Lang) -> anyhow::Result<Build> {
    Ok(compile(&source(dir, lang)?, today()))
}

fn source(dir: &Path, lang: Lang) -> anyhow::Result<Source> {
    must_be_folder(dir, lang)?;
    let source = Source::read(dir).with_context(|| about("course-unreadable", dir, lang))?;
    ensure!(!source.modules.is_empty(), no_course(dir, lang));
    Ok(source)
}

fn today() -> Date {
    rome_day(OffsetDateTime::now_utc())
}

/// Says of a path that it is not a folder, or not even there.
pub(super) fn must_be_folder(dir: &Path, lang: Lang) -> anyhow::Result<()> {
    ensure!(dir.exists(), about("course-no-folder", dir, lang));
    ensure!(dir.is_dir(), about("course-file", dir, lang));
    Ok(())
}

/// What is wrong with a folder that has no course in it.
pub(super) fn no_course(dir: &Path, lang: Lang) -> String {
    about("course-empty", dir, lang)
}

/// A sentence about a folder.
pub(super) fn about(key: &'static str, dir: &Path, lang: Lang) -> String {
    let folder = dir.display().to_string();
    say(key).with("folder", folder).text(lang)
}
