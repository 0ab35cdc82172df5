//! People are found however their name is written: "dangelo" for D'Angelo, one letter of two alike.

use sea_orm_migration::prelude::*;

use crate::parts::{add, index, remove, sort_key};

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

const INDEXES: [&[&str]; 2] = [&["name_key", "id"], &["point_id", "name_key", "id"]];

#[async_trait::async_trait]
impl MigrationTrait for Step {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut column = sort_key(manager, "name_key");
        add(manager, "citizens", column.default("").take()).await?;
        // Of a folded name: no spaces, and no letter twice in a row.
        let mut name_key = "REPLACE(last_first, ' ', '')".to_owned();
        for letter in ('a'..='z').chain('a'..='z') {
            name_key = format!("REPLACE({name_key}, '{letter}{letter}', '{letter}')");
        }
        let fill = format!("UPDATE citizens SET name_key = {name_key}");
        manager.get_connection().execute_unprepared(&fill).await?;
        for columns in INDEXES {
            manager.create_index(index("citizens", columns)).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for columns in INDEXES {
            let name = format!("citizens_{}", columns.join("_"));
            let index = Index::drop().name(name).table("citizens").to_owned();
            manager.drop_index(index).await?;
        }
        remove(manager, "citizens", &["name_key"]).await
    }
}
