//! `autonomia restore`: a copy takes the database's place.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use time::OffsetDateTime;
use time::macros::format_description;

use super::backup::{copy_keys, keys_beside, quoted, without_password};
use super::database::block_on;
use super::{Outcome, Place};
use crate::citizens::key_mark;
use crate::db::copy::{beside, check_whole};
use crate::db::{self, SchemaAge, files, installation};

/// Put a copy in the database's place, after checking it; what was there is moved aside
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  autonomia restore /mnt/copies/autonomia-2026-11-21.db
  autonomia restore /mnt/copies/autonomia.db --with-keys --database sqlite:data/autonomia.db")]
pub(super) struct Args {
    /// The copy, made by `autonomia backup`
    file: PathBuf,
    /// Also where a database is there already: it is kept beside, under another name
    #[arg(long)]
    force: bool,
    /// Take the keys from FILE.keys.toml
    #[arg(long)]
    with_keys: bool,
}

pub(super) fn run(args: &Args, place: &Place, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let from = &args.file;
    ensure!(from.is_file(), "there is no file {}", from.display());
    let Some(to) = files::sqlite_file(&place.database.database) else {
        let address = without_password(&place.database.database);
        writeln!(
            out,
            "Nothing was restored. Into an empty database of PostgreSQL, with the program \
             stopped:\n"
        )?;
        writeln!(
            out,
            "pg_restore --no-owner --exit-on-error --dbname={} {}",
            quoted(&address),
            quoted(&from.display().to_string())
        )?;
        writeln!(
            out,
            "\nThe password comes from PGPASSWORD or ~/.pgpass. Put the key file back, too: {}",
            place.keys.keys.display()
        )?;
        return Ok(Outcome::No);
    };
    let there = fs::metadata(&to).is_ok_and(|about| about.len() > 0);
    ensure!(
        args.force || !there,
        "there is a database at {}: --force keeps it beside, under another name",
        to.display()
    );
    files::make_folder_of(&to)
        .with_context(|| format!("cannot make the folder of {}", to.display()))?;
    let coming = beside(&to, ".restoring");
    let done = block_on(async {
        let Some(_alone) = db::alone(&place.database.database).await? else {
            bail!(
                "autonomia serves the database {}: stop it first",
                to.display()
            );
        };
        forget(&coming)?;
        bring(from, &coming)?;
        check(args, place, &coming).await?;
        exchange(args, place, (&coming, &to), out)
    });
    if done.is_err() {
        forget(&coming)?;
    }
    done?;
    writeln!(out, "{} is restored from {}", to.display(), from.display())?;
    Ok(Outcome::Yes)
}

/// Copies the file beside the database, for its owner alone. What SQLite kept beside it of a raw
/// copy belongs to it.
fn bring(from: &Path, coming: &Path) -> anyhow::Result<()> {
    let [of, to] = [from, coming].map(files::with_companions);
    for (of, to) in of.iter().zip(&to).take(2) {
        if !of.exists() {
            continue;
        }
        let copy = || {
            let mut target = files::private_file(to)?;
            io::copy(&mut fs::File::open(of)?, &mut target)?;
            target.sync_all()
        };
        copy().with_context(|| format!("cannot copy {} to {}", of.display(), to.display()))?;
    }
    Ok(())
}

/// Whether it is a whole database of this program or an earlier one, and the keys are its own.
async fn check(args: &Args, place: &Place, coming: &Path) -> anyhow::Result<()> {
    let shown = args.file.display();
    let mut header = [0_u8; 16];
    let sqlite = io::Read::read_exact(&mut fs::File::open(coming)?, &mut header)
        .is_ok_and(|()| header == *b"SQLite format 3\0");
    ensure!(sqlite, "{shown} is not a database of SQLite");
    let url = format!("sqlite:{}", coming.display());
    let db = db::connect(&url)
        .await
        .with_context(|| format!("{shown} cannot be read"))?;
    let checked = async {
        check_whole(&db).await.with_context(|| shown.to_string())?;
        ensure!(
            db::schema_age(&db).await? != SchemaAge::New,
            "{shown} is not a database of autonomia"
        );
        db::migrate(&db).await.with_context(|| shown.to_string())?;
        let file = match args.with_keys {
            true => keys_beside(&args.file),
            false => place.keys.keys.clone(),
        };
        let keys = place.keys.at(&file).read()?;
        match keys {
            Some(keys) => {
                let mark = keys.signing.mark();
                key_mark::fit(db.read(), &keys.vault, &mark)
                    .await
                    .with_context(|| format!("the keys of {}", file.display()))?;
            }
            None => ensure!(
                !args.with_keys && !key_mark::is_filled(&db).await?,
                "the keys of this copy are missing: put them at {}, or say --with-keys where they \
                 are at {}",
                place.keys.keys.display(),
                keys_beside(&args.file).display()
            ),
        }
        installation::restored(&db, OffsetDateTime::now_utc()).await?;
        anyhow::Ok(())
    }
    .await;
    db.close().await?;
    checked
}

/// What was there moves aside, and the copy takes its place.
fn exchange(
    args: &Args,
    place: &Place,
    (coming, to): (&Path, &Path),
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let stamp = OffsetDateTime::now_utc().format(format_description!(
        "[year][month][day]-[hour][minute][second]"
    ))?;
    let ending = format!(".before-{stamp}");
    let aside = |path: &Path| -> anyhow::Result<()> {
        if path.exists() {
            let away = beside(path, &ending);
            fs::rename(path, &away)
                .with_context(|| format!("cannot move {} away", path.display()))?;
        }
        Ok(())
    };
    if args.with_keys {
        let (keys, own) = (keys_beside(&args.file), &place.keys.keys);
        let same = own.exists() && fs::read(own)? == fs::read(&keys)?;
        if !same {
            ensure!(
                args.force || !own.exists(),
                "there are other keys at {}: --force keeps them beside, under another name",
                own.display()
            );
            aside(own)?;
            files::make_folder_of(own)
                .with_context(|| format!("cannot make the folder of {}", own.display()))?;
            copy_keys(&keys, own)?;
            writeln!(out, "the keys are at {}", own.display())?;
        }
    }
    let there = to.exists();
    // What is beside a database belongs to it: SQLite would read it into the other one.
    for (path, end) in files::with_companions(to).iter().zip(["", "-wal", "-shm"]) {
        if path.exists() {
            let away = beside(to, &format!("{ending}{end}"));
            fs::rename(path, &away)
                .with_context(|| format!("cannot move {} away", path.display()))?;
        }
    }
    if there {
        writeln!(out, "what was there is {}", beside(to, &ending).display())?;
    }
    fs::rename(coming, to)
        .and_then(|()| files::sync_folder_of(to))
        .with_context(|| format!("cannot put the copy at {}", to.display()))
}

/// Nothing is left of a copy that did not take its place.
fn forget(coming: &Path) -> anyhow::Result<()> {
    for path in files::with_companions(coming) {
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("cannot remove {}", path.display()));
            }
            _ => {}
        }
    }
    Ok(())
}
