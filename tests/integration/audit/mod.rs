//! The audit: what is written down, that it stays, and that whoever changes it is found out.

mod actions;
pub(crate) mod chain;
mod own;
mod pages;
mod seal;
mod silent;
mod trail;
mod twice;
mod walk;
pub(crate) mod writes;

use autonomia::citizens::Vault;
use autonomia::db::audit::verify::{Verified, verify};
use autonomia::db::entities::audit;
use autonomia::db::{self, Db};
use sea_orm::{Database, EntityTrait, QueryOrder};

use crate::database::TestDb;

/// The keys of every test's installation.
pub(crate) fn vault() -> Vault {
    Vault::new(&[1; 32], &[2; 32]).unwrap()
}

/// What a verification of the chain finds.
pub(crate) async fn verified(db: &Db) -> Verified {
    verify(db, None).await.unwrap()
}

/// Every row, in order.
pub(crate) async fn rows(db: &Db) -> Vec<audit::Model> {
    audit::Entity::find()
        .order_by_asc(audit::Column::Sequence)
        .all(db.read())
        .await
        .unwrap()
}

/// Statements as whoever owns the database runs them, one transaction.
pub(crate) async fn as_owner(test: &TestDb, statements: &[&str]) -> Result<(), db::DbErr> {
    use sea_orm::{ConnectionTrait, TransactionTrait};
    let connection = Database::connect(test.url()).await?;
    let transaction = connection.begin().await?;
    let mut result = Ok(());
    for statement in statements {
        if result.is_ok() {
            result = transaction.execute_unprepared(statement).await.map(drop);
        }
    }
    match result {
        Ok(()) => transaction.commit().await?,
        Err(_) => transaction.rollback().await?,
    }
    connection.close().await?;
    result
}
