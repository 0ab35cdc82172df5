//! What the subcommands that use the database share.

use std::future::Future;

use anyhow::Context as _;

use crate::db::{self, Db};

/// Where the database is.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct DatabaseArgs {
    /// `sqlite:` and a file, or `postgres://…`
    #[arg(
        long,
        env = "AUTONOMIA_DATABASE",
        default_value = "sqlite:data/autonomia.db",
        hide_env_values = true
    )]
    pub(super) database: String,
}

impl DatabaseArgs {
    /// Connects and brings the schema up to date.
    pub(super) async fn open(&self) -> anyhow::Result<Db> {
        let db = self.connect().await?;
        db::migrate(&db)
            .await
            .context("the schema could not be brought up to date")?;
        Ok(db)
    }

    /// Connects.
    pub(super) async fn connect(&self) -> anyhow::Result<Db> {
        db::connect(&self.database)
            .await
            .context("the database does not answer")
    }
}

/// Runs a command that waits for the database.
pub(super) fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(work)
}
