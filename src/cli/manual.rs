//! `autonomia manual`: the manual pages.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Context as _;
use clap_mangen::Man;

use super::Outcome;

/// Write the manual pages
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  autonomia manual | man -l -                              read the first page
  autonomia manual /usr/local/share/man/man1               install a page for each command")]
pub(super) struct Args {
    /// Where to write a page for each command; without it, the first page is printed
    dir: Option<PathBuf>,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let command = super::command();
    let Some(dir) = &args.dir else {
        let mut page = Vec::new();
        Man::new(command).render(&mut page)?;
        out.write_all(&page)?;
        return Ok(Outcome::Yes);
    };
    let shown = dir.display();
    fs::create_dir_all(dir).with_context(|| format!("cannot make the folder {shown}"))?;
    clap_mangen::generate_to(command, dir).with_context(|| format!("cannot write to {shown}"))?;
    Ok(Outcome::Yes)
}
