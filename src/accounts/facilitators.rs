//! The facilitators of a point, and how Facilita knows them.

use sea_orm::{ColumnTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};

use crate::citizens::vault::{Purpose, Vault};
use crate::db::Db;
use crate::db::entities::{account_roles, accounts};
use crate::domain::ids::{AccountId, PointId};
use crate::domain::role::Role;

/// A facilitator.
#[derive(Clone)]
pub struct Facilitator {
    /// The account.
    pub id: AccountId,
    /// What others call them.
    pub name: String,
    /// What they sign in with.
    pub email: String,
    /// Whether they may no longer enter.
    pub disabled: bool,
    /// "Cognome Nome", as Facilita has it.
    pub facilita_name: Option<String>,
    /// Facilita's own number.
    pub facilita_id: Option<String>,
    /// The codice fiscale that Facilita looks them up by.
    pub codice_fiscale: Option<String>,
}

/// The facilitators of a point, by name.
///
/// # Errors
/// The database's, or a codice fiscale that the key in use does not open.
pub async fn of_point(db: &Db, vault: &Vault, point: PointId) -> Result<Vec<Facilitator>, DbErr> {
    let rows = accounts::Entity::find()
        .join(
            JoinType::InnerJoin,
            accounts::Entity::belongs_to(account_roles::Entity)
                .from(accounts::Column::Id)
                .to(account_roles::Column::AccountId)
                .into(),
        )
        .filter(account_roles::Column::Role.eq(Role::Facilitator))
        .filter(account_roles::Column::PointId.eq(point))
        .order_by_asc(accounts::Column::Name)
        .order_by_asc(accounts::Column::Id)
        .all(db.read())
        .await?;
    let open = |row: accounts::Model| {
        let code = row.cf_sealed.as_deref();
        let code = code.map(|sealed| vault.open(Purpose::CodiceFiscale, row.id.0, sealed));
        Ok(Facilitator {
            id: row.id,
            name: row.name,
            email: row.email,
            disabled: row.disabled_at.is_some(),
            facilita_name: row.facilita_name,
            facilita_id: row.facilita_id,
            codice_fiscale: code.transpose()?,
        })
    };
    rows.into_iter().map(open).collect()
}
