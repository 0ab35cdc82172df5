//! The facilitators of a point, and how Facilita knows them.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};
use time::OffsetDateTime;

use crate::citizens::vault::{Purpose, Vault};
use crate::db::entities::{account_roles, accounts};
use crate::db::{self, Db, audit as trail, staff};
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::ids::{AccountId, PointId};
use crate::domain::role::Role;

use super::staff::{StaffError, audit};

/// A facilitator.
#[derive(Clone)]
pub struct FacilitatorAccount {
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

/// How Facilita knows a facilitator.
#[derive(Debug, Clone, Default)]
pub struct FacilitaName {
    /// Family name and given name, as Facilita has them.
    pub name: Option<String>,
    /// Facilita's own number, where the codice fiscale is not known.
    pub id: Option<String>,
    /// The codice fiscale: Facilita looks facilitators up by it.
    pub codice_fiscale: Option<CodiceFiscale>,
}

/// The facilitators of some points and what they are called, by name.
///
/// # Errors
/// The database's.
pub async fn named_at(db: &Db, points: &[PointId]) -> Result<Vec<(AccountId, String)>, DbErr> {
    let ids: Vec<AccountId> = account_roles::Entity::find()
        .select_only()
        .column(account_roles::Column::AccountId)
        .distinct()
        .filter(account_roles::Column::Role.eq(Role::Facilitator))
        .filter(account_roles::Column::PointId.is_in(points.iter().copied()))
        .into_tuple()
        .all(db.read())
        .await?;
    let mut named: Vec<_> = staff::names(db, ids).await?.into_iter().collect();
    named.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
    Ok(named)
}

/// The facilitators of a point, by name.
///
/// # Errors
/// The database's, or a codice fiscale that the key in use does not open.
pub async fn of_point(
    db: &Db,
    vault: &Vault,
    point: PointId,
) -> Result<Vec<FacilitatorAccount>, DbErr> {
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
        Ok(FacilitatorAccount {
            id: row.id,
            name: row.name,
            email: row.email,
            disabled: row.disabled_at.is_some(),
            facilita_name: row.facilita_name,
            facilita_id: row.facilita_id,
            codice_fiscale: code.transpose()?,
        })
    };
    trail::saw(
        trail::Action::StaffListed,
        "point",
        point.0,
        format!("{} found", rows.len()),
    );
    rows.into_iter().map(open).collect()
}

/// Keeps how Facilita knows somebody; what is `None` is cleared.
///
/// # Errors
/// [`StaffError::Unknown`].
pub async fn set_facilita(
    db: &Db,
    vault: &Vault,
    account: AccountId,
    known: FacilitaName,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(), StaffError> {
    let sealed = known
        .codice_fiscale
        .map(|code| vault.seal(Purpose::CodiceFiscale, account.0, code.as_str()))
        .transpose()
        .map_err(DbErr::from)?;
    db::write(db, async move |tx| {
        let set = accounts::Entity::update_many()
            .col_expr(accounts::Column::FacilitaName, Expr::value(known.name))
            .col_expr(accounts::Column::FacilitaId, Expr::value(known.id))
            .col_expr(accounts::Column::CfSealed, Expr::value(sealed))
            .filter(accounts::Column::Id.eq(account))
            .exec(tx)
            .await?;
        if set.rows_affected == 0 {
            return Err(StaffError::Unknown);
        }
        audit(tx, by, trail::Action::FacilitaNameSet, account, "", now).await?;
        Ok(())
    })
    .await
}
