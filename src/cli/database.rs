//! What the subcommands that use the database share.

use std::future::Future;

use anyhow::{Context as _, bail};

use crate::db::audit::{self, Context as Trail, Through};
use crate::db::files::sqlite_file;
use crate::db::{self, Db, SchemaAge};

const DEFAULT: &str = "sqlite:data/autonomia.db";

/// Where the database is.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct DatabaseArgs {
    /// `sqlite:` and a file, or `postgres://…`
    #[arg(
        long,
        global = true,
        env = "AUTONOMIA_DATABASE",
        default_value = DEFAULT,
        hide_env_values = true,
        value_name = "URL",
        help_heading = "Installation"
    )]
    pub(super) database: String,
    /// Whether it was said on the command line.
    #[arg(skip)]
    pub(super) named: bool,
}

impl DatabaseArgs {
    /// An environment name without a value says nothing.
    pub(super) fn drop_empty(&mut self) {
        if self.database.is_empty() {
            DEFAULT.clone_into(&mut self.database);
        }
    }

    /// Connects, makes a database that is missing, and brings the schema up to date. Tells whether
    /// it is new.
    ///
    /// Only for `serve`, `demo`, `migrate`, `simulate` and `restore`: everywhere else a path that
    /// names nothing is a mistake.
    pub(super) async fn open_new(&self) -> anyhow::Result<(Db, bool)> {
        let db = self.connect().await?;
        let new = self.age(&db).await? == SchemaAge::New;
        self.migrate(&db).await?;
        Ok((db, new))
    }

    /// Connects to a database that is there, and brings the schema up to date.
    pub(super) async fn open_existing(&self) -> anyhow::Result<Db> {
        let db = self.open_as_it_is().await?;
        if let SchemaAge::Older(_) = self.age(&db).await? {
            self.migrate(&db).await?;
        }
        Ok(db)
    }

    /// Connects to a database that is there, for a command that only reads: nothing is changed, not
    /// even the schema.
    pub(super) async fn open_to_read(&self) -> anyhow::Result<Db> {
        self.must_exist()?;
        let db = db::connect_to_read(&self.database).await;
        let db = db.with_context(|| self.silent())?;
        match self.age(&db).await? {
            SchemaAge::New => Err(self.nothing()),
            SchemaAge::Older(steps) => Err(self.behind(steps)),
            SchemaAge::Current | SchemaAge::Newer(_) => Ok(db),
        }
    }

    /// Connects to a database that is there, for a command that shows people: nothing is changed,
    /// not even the schema, but closing it writes the trace of what was read, and before that
    /// nothing is shown.
    pub(super) async fn open_to_look(&self) -> anyhow::Result<Db> {
        let db = self.open_as_it_is().await?;
        match self.age(&db).await? {
            SchemaAge::Older(steps) => Err(self.behind(steps)),
            _ => Ok(db),
        }
    }

    /// Connects to a database that is there, of whatever schema this program knows: a copy is made
    /// before an update, too.
    pub(super) async fn open_as_it_is(&self) -> anyhow::Result<Db> {
        self.must_exist()?;
        let db = self.connect().await?;
        match self.age(&db).await? {
            SchemaAge::New => Err(self.nothing()),
            _ => Ok(db),
        }
    }

    /// Connects.
    pub(super) async fn connect(&self) -> anyhow::Result<Db> {
        let db = db::connect(&self.database).await;
        db.with_context(|| self.silent())
    }

    /// Where it is, without the password.
    pub(super) fn shown(&self) -> String {
        if let Some(file) = sqlite_file(&self.database) {
            return file.display().to_string();
        }
        let url = &self.database;
        let Some((scheme, rest)) = url.split_once("://") else {
            return url.clone();
        };
        let place = rest.split('?').next().unwrap_or(rest);
        match place.rsplit_once('@') {
            Some((who, place)) => {
                let user = who.split(':').next().unwrap_or(who);
                format!("{scheme}://{user}@{place}")
            }
            None => format!("{scheme}://{place}"),
        }
    }

    /// How a command names the same database.
    pub(super) fn flag(&self) -> String {
        match self.database.as_str() {
            DEFAULT => String::new(),
            url if url.starts_with("sqlite:") => format!(" --database {url}"),
            // Its password is not for the screen.
            _ => " --database URL".to_owned(),
        }
    }

    /// How old the schema is; one that this program does not know is refused.
    async fn age(&self, db: &Db) -> anyhow::Result<SchemaAge> {
        let age = db::schema_age(db).await.with_context(|| self.silent())?;
        if let SchemaAge::Newer(step) = &age {
            bail!(
                "the database at {} was written by a newer autonomia (it has the step {step}): \
                 update the program",
                self.shown()
            );
        }
        Ok(age)
    }

    async fn migrate(&self, db: &Db) -> anyhow::Result<()> {
        db::migrate(db)
            .await
            .context("the schema could not be brought up to date")
    }

    fn must_exist(&self) -> anyhow::Result<()> {
        match sqlite_file(&self.database) {
            // An address without a file is told apart when it is opened.
            Some(file) if !file.as_os_str().is_empty() && !file.exists() => Err(self.nothing()),
            _ => Ok(()),
        }
    }

    fn nothing(&self) -> anyhow::Error {
        anyhow::anyhow!(
            "there is no database at {}: `autonomia migrate` makes a new one, \
             --database or AUTONOMIA_DATABASE names another",
            self.shown()
        )
    }

    fn behind(&self, steps: usize) -> anyhow::Error {
        anyhow::anyhow!(
            "the database at {} is {steps} steps of the schema behind this program: \
             run `autonomia migrate`",
            self.shown()
        )
    }

    fn silent(&self) -> String {
        format!("the database at {} cannot be opened", self.shown())
    }
}

/// Runs a command that waits for the database. What it reads of people is written down before the
/// database is closed.
pub(super) fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(audit::within(Trail::new(Through::Shell), work))
}

#[cfg(test)]
mod tests {
    use super::DatabaseArgs;

    #[test]
    fn a_database_is_shown_without_its_password() {
        let shown = |url: &str| {
            DatabaseArgs {
                database: url.to_owned(),
                named: true,
            }
            .shown()
        };
        let url = "postgres://autonomia:p@ss:word@db.example.org:5432/rete?sslmode=require";
        assert_eq!(shown(url), "postgres://autonomia@db.example.org:5432/rete");
        assert_eq!(shown("postgres://db/rete"), "postgres://db/rete");
        assert_eq!(shown("sqlite:data/a.db?mode=ro"), "data/a.db");
    }
}
