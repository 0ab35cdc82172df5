//! `autonomia backup`: a copy of the database, while it is served or not.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use time::OffsetDateTime;

use super::database::block_on;
use super::{Outcome, Place};
use crate::db::copy::{beside, copy};
use crate::db::{self, Db, SchemaAge, files, installation};

/// Copy the database to a file: consistent, checked, and while it is served
///
/// PostgreSQL makes its own copies: for one, the command that does is printed, and exit 1 says that
/// no copy was made.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  autonomia backup /mnt/copies/autonomia-2026-11-21.db
  autonomia backup /mnt/copies/autonomia.db --with-keys")]
pub(super) struct Args {
    /// The copy; a file that is there is not overwritten
    file: PathBuf,
    /// Copy the key file too, to FILE.keys.toml; keep the two in different places
    #[arg(long)]
    with_keys: bool,
}

/// The keys that belong to a copy.
pub(super) fn keys_beside(file: &Path) -> PathBuf {
    beside(file, ".keys.toml")
}

pub(super) fn run(args: &Args, place: &Place, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let to = &args.file;
    let keys = keys_beside(to);
    ensure!(!to.exists(), "{} is there already", to.display());
    if args.with_keys {
        ensure!(!keys.exists(), "{} is there already", keys.display());
        ensure!(
            place.keys.keys.exists(),
            "there is no key file {} to copy",
            place.keys.keys.display()
        );
    }
    let copied = match files::sqlite_file(&place.database.database) {
        Some(_) => {
            sqlite(place, args.with_keys, to, out)?;
            Outcome::Yes
        }
        None => {
            let address = without_password(&place.database.database);
            let to = quoted(&to.display().to_string());
            writeln!(
                out,
                "No copy was made: PostgreSQL makes its own, also while it is used. Run:\n"
            )?;
            writeln!(
                out,
                "pg_dump --format=custom --no-owner --file={to} --dbname={}",
                quoted(&address)
            )?;
            writeln!(out, "\nThe password comes from PGPASSWORD or ~/.pgpass.")?;
            Outcome::No
        }
    };
    if args.with_keys {
        if files::sqlite_file(&place.database.database).is_none() {
            block_on(async {
                let db = place.database.open_as_it_is().await?;
                tell(&db, args.with_keys).await?;
                db.close().await.map_err(Into::into)
            })?;
        }
        copy_keys(&place.keys.keys, &keys)?;
        writeln!(
            out,
            "the keys: {}; whoever has both can read every record",
            keys.display()
        )?;
    } else {
        writeln!(
            out,
            "The keys are not in it, and without them no record of a person can be found or read: \
             keep a copy of {} elsewhere, or say --with-keys.",
            place.keys.keys.display()
        )?;
    }
    Ok(copied)
}

fn sqlite(place: &Place, with_keys: bool, to: &Path, out: &mut dyn Write) -> anyhow::Result<()> {
    let now = OffsetDateTime::now_utc();
    block_on(async {
        let db = place.database.open_as_it_is().await?;
        // A copy made before an update of the program is of the schema of then.
        let current = db::schema_age(&db).await? == SchemaAge::Current;
        if with_keys && current {
            // A pair that does not fit would be found out when it is needed.
            place.keys.of(&db).await?;
        }
        copy(&db, to).await?;
        if current && let Err(error) = installation::backed_up(&db, now).await {
            tracing::warn!(%error, "the copy is whole; the database has no room to say when it was made");
        }
        tell(&db, with_keys).await?;
        db.close().await?;
        Ok(())
    })?;
    let bytes = fs::metadata(to)?.len();
    writeln!(out, "{}: {bytes} bytes, whole", to.display())?;
    Ok(())
}

/// Leaves the trace of keys that are about to be copied. A copy made before an update of the program
/// is of a schema that has no place for it.
async fn tell(db: &Db, with_keys: bool) -> anyhow::Result<()> {
    if with_keys && db::schema_age(db).await? == SchemaAge::Current {
        installation::keys_copied(db, OffsetDateTime::now_utc()).await?;
    }
    Ok(())
}

/// Writes a file that only its owner reads, with what another one has.
pub(super) fn copy_keys(from: &Path, to: &Path) -> anyhow::Result<()> {
    let text = fs::read(from).with_context(|| format!("cannot read {}", from.display()))?;
    let write = || {
        let mut file = files::private_file(to)?;
        file.write_all(&text)?;
        file.sync_all()?;
        files::sync_folder_of(to)
    };
    write().with_context(|| format!("cannot write {}", to.display()))
}

/// An address of PostgreSQL that may be shown.
pub(super) fn without_password(address: &str) -> String {
    let (base, query) = match address.split_once('?') {
        Some((base, query)) => (base, Some(query)),
        None => (address, None),
    };
    let shown = match base.split_once("://") {
        Some((scheme, rest)) => {
            let end = rest.find('/').unwrap_or(rest.len());
            let (authority, path) = rest.split_at(end);
            match authority.rsplit_once('@') {
                Some((user, host)) => {
                    let user = user.split(':').next().unwrap_or(user);
                    format!("{scheme}://{user}@{host}{path}")
                }
                None => base.to_owned(),
            }
        }
        None => base.to_owned(),
    };
    let query: Vec<_> = query
        .into_iter()
        .flat_map(|query| query.split('&'))
        .filter(|pair| !pair.starts_with("password="))
        .collect();
    match query.is_empty() {
        true => shown,
        false => format!("{shown}?{}", query.join("&")),
    }
}

/// As a shell takes it.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_its_password() {
        for (address, shown) in [
            ("postgres://u:p@h:5432/d", "postgres://u@h:5432/d"),
            ("postgres://u:p%40x:y@h/d", "postgres://u@h/d"),
            ("postgres://h/d", "postgres://h/d"),
            (
                "postgresql://u@h/d?password=p&sslmode=require",
                "postgresql://u@h/d?sslmode=require",
            ),
        ] {
            assert_eq!(without_password(address), shown);
        }
        assert_eq!(quoted("a'b"), r"'a'\''b'");
    }
}
