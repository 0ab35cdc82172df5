//! What stands still on its way to Facilita: how many services a record that lacks something holds
//! up, and files that were called back before they were sent.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{integer_null, timestamp_with_time_zone_null, uuid_null};

use crate::parts::{add, index, remove};

const HELD: &str = "citizens_held";

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // None: the record lacks nothing.
        add(manager, "citizens", integer_null("held")).await?;
        manager
            .get_connection()
            .execute_unprepared(
                "UPDATE citizens SET held = (SELECT COUNT(*) FROM attendances a \
                 JOIN services s ON s.id = a.service_id WHERE a.citizen_id = citizens.id \
                 AND a.facilita = 'ready' AND s.voided_at IS NULL) \
                 WHERE merged_into IS NULL AND (cf_sealed IS NULL OR education IS NULL \
                 OR occupation IS NULL OR citizenship IS NULL OR COALESCE(province, '') = '')",
            )
            .await?;
        let held = index("citizens", &["point_id", "held"])
            .name(HELD)
            .and_where(Expr::col("held").is_not_null())
            .take();
        manager.create_index(held).await?;
        // Few are so young or so old that Facilita reads another age.
        manager
            .create_index(index("citizens", &["birth_date"]))
            .await?;
        let at = timestamp_with_time_zone_null("called_back_at");
        add(manager, "facilita_batches", at).await?;
        add(manager, "facilita_batches", uuid_null("called_back_by")).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = ["called_back_by", "called_back_at"];
        remove(manager, "facilita_batches", &columns).await?;
        for name in ["citizens_birth_date", HELD] {
            manager
                .drop_index(Index::drop().name(name).table("citizens").to_owned())
                .await?;
        }
        remove(manager, "citizens", &["held"]).await
    }
}
