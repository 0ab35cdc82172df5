//! Whether the triggers that keep the audit as it is are there; migration 12 makes them.

use std::collections::HashSet;

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

use crate::db::Db;

/// The triggers of SQLite.
const SQLITE: &[&str] = &[
    "audit_no_update",
    "audit_no_delete",
    "audit_no_replace",
    "audit_checkpoints_no_update",
    "audit_checkpoints_no_delete",
    "audit_checkpoints_no_replace",
    "audit_head_no_delete",
];

/// Those of PostgreSQL, which may also be switched off.
const POSTGRES: &[&str] = &["audit_kept", "audit_checkpoints_kept", "audit_head_kept"];

/// The triggers that are not there, or not at work.
pub(super) async fn missing(db: &Db) -> Result<Vec<String>, DbErr> {
    let backend = db.read().get_database_backend();
    let (wanted, sql) = match backend {
        DbBackend::Sqlite => (
            SQLITE,
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%'",
        ),
        _ => (
            POSTGRES,
            "SELECT t.tgname AS name FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid \
             JOIN pg_namespace n ON n.oid = c.relnamespace \
             WHERE n.nspname = current_schema() AND t.tgenabled IN ('O', 'A')",
        ),
    };
    let rows = db
        .read()
        .query_all_raw(Statement::from_string(backend, sql));
    let names = rows.await?;
    let names: Result<HashSet<String>, DbErr> =
        names.iter().map(|row| row.try_get("", "name")).collect();
    let names = names?;
    let missing = wanted.iter().filter(|name| !names.contains(**name));
    Ok(missing.map(|name| (*name).to_owned()).collect())
}
