//! Where a point is and what it offers; what Facilita knows of programmes and facilitators.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    binary_null, boolean, date_null, double_null, small_integer_null, text_null,
};

use crate::parts::{add, index, remove};

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["postcode", "phone", "email", "hours", "offers"] {
            add(manager, "points", text_null(name)).await?;
        }
        add(manager, "points", small_integer_null("workstations")).await?;
        add(
            manager,
            "points",
            boolean("itinerant").default(false).take(),
        )
        .await?;
        for name in ["latitude", "longitude"] {
            add(manager, "points", double_null(name)).await?;
        }
        add(manager, "points", date_null("closed_on")).await?;
        for name in ["facilita_name", "facilita_id"] {
            add(manager, "accounts", text_null(name)).await?;
        }
        add(manager, "accounts", binary_null("cf_sealed")).await?;
        for name in ["facilita_until", "minors_from"] {
            add(manager, "programmes", date_null(name)).await?;
        }
        // The lists of services of one kind.
        for of in ["programme_id", "point_id"] {
            let columns = [of, "kind", "day"];
            manager.create_index(index("services", &columns)).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for of in ["programme_id", "point_id"] {
            let name = format!("services_{of}_kind_day");
            manager
                .drop_index(Index::drop().name(name).table("services").to_owned())
                .await?;
        }
        remove(manager, "programmes", &["minors_from", "facilita_until"]).await?;
        let of_accounts = ["cf_sealed", "facilita_id", "facilita_name"];
        remove(manager, "accounts", &of_accounts).await?;
        let of_points = [
            "closed_on",
            "longitude",
            "latitude",
            "itinerant",
            "workstations",
            "offers",
            "hours",
            "email",
            "phone",
            "postcode",
        ];
        remove(manager, "points", &of_points).await
    }
}
