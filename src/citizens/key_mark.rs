//! Whose keys a database was filled with. With other keys nobody in it is found again: the same
//! codice fiscale would be registered anew and counted twice. So a mark of the keys is kept in the
//! database, and a program with other keys does not touch it.

use sea_orm::ActiveValue::Set;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use thiserror::Error;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::db::entities::{accounts, cards, citizens, facilita_batches, installation as table};
use crate::db::{self, Db, installation, instant};
use crate::domain::codice_fiscale::CodiceFiscale;

use super::vault::{Purpose, Vault};

/// Rows of each table that are tried where there is no mark: one may be damaged.
const TRIED: u64 = 5;

/// How the keys stand to the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// Nothing in it is under any key.
    New,
    /// The mark is of these keys.
    Same,
    /// The mark is of these keys, and of another signing key.
    OtherSigning,
    /// There is no mark, and what is there opens with these keys: it is older than the mark.
    Unmarked,
}

/// Why keys are not used.
#[derive(Debug, Error)]
pub enum KeyError {
    /// They are not those the database was filled with.
    #[error(
        "these are not the keys this database was filled with ({0}): nobody in it would be found \
         again. Put its own key file back; nothing was changed"
    )]
    Other(&'static str),
    /// The database's.
    #[error(transparent)]
    Db(#[from] DbErr),
}

const DIGEST: KeyError = KeyError::Other("the digest key is another one");
const SEAL: KeyError = KeyError::Other("the seal key is another one");

/// Whether anything in the database is under a key: then keys are not made for it, they are its own.
///
/// # Errors
/// The database's.
pub async fn is_filled(db: &Db) -> Result<bool, DbErr> {
    let db = db.read();
    let marked = installation::read(db).await?;
    Ok(marked.is_some_and(|row| row.digest_mark.is_some()) || has_hidden_rows(db).await?)
}

async fn has_hidden_rows(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let citizen = citizens::Entity::find().filter(citizens::Column::CfDigest.is_not_null());
    let account = accounts::Entity::find().filter(accounts::Column::CfSealed.is_not_null());
    Ok(cards::Entity::find().limit(1).count(db).await? > 0
        || citizen.limit(1).count(db).await? > 0
        || account.limit(1).count(db).await? > 0
        || facilita_batches::Entity::find().limit(1).count(db).await? > 0)
}

/// How keys stand to the database; it writes nothing.
///
/// # Errors
/// [`KeyError::Other`] where they are not its own.
pub async fn fit(
    db: &impl ConnectionTrait,
    vault: &Vault,
    signing_mark: &[u8],
) -> Result<Fit, KeyError> {
    let row = installation::read(db).await?;
    let Some((row, digest, seal)) = row.and_then(|row| {
        let (digest, seal) = (row.digest_mark.clone()?, row.seal_mark.clone()?);
        Some((row, digest, seal))
    }) else {
        return unmarked(db, vault).await;
    };
    if vault.digest(Purpose::KeyMark, &row.id.to_string()) != digest {
        return Err(DIGEST);
    }
    if vault.open(Purpose::KeyMark, row.id, &seal).is_err() {
        return Err(SEAL);
    }
    Ok(match row.signing_mark.as_deref() == Some(signing_mark) {
        true => Fit::Same,
        false => Fit::OtherSigning,
    })
}

/// A database without a mark is asked whether what is in it opens.
async fn unmarked(db: &impl ConnectionTrait, vault: &Vault) -> Result<Fit, KeyError> {
    let people = citizens::Entity::find()
        .filter(citizens::Column::CfDigest.is_not_null())
        .order_by_asc(citizens::Column::Id)
        .limit(TRIED)
        .all(db)
        .await?;
    let cards = cards::Entity::find()
        .order_by_asc(cards::Column::Id)
        .limit(TRIED)
        .all(db)
        .await?;
    let digests = people
        .iter()
        .filter_map(|row| {
            let sealed = row.cf_sealed.as_ref()?;
            let text = vault.open(Purpose::CodiceFiscale, row.id.0, sealed).ok();
            let code = text.and_then(|text| CodiceFiscale::parse(&text).ok());
            Some((code.map(|code| vault.find_by(&code)), row.cf_digest.clone()))
        })
        .chain(cards.iter().map(|row| {
            let text = vault.open(Purpose::Card, row.id.0, &row.code_sealed).ok();
            let digest = text.map(|text| vault.digest(Purpose::Card, &text));
            (digest, Some(row.code_digest.clone()))
        }));
    // What opens and under which digest it should be found, beside the one it has.
    let tried: Vec<_> = digests.collect();
    if tried.iter().any(|(own, kept)| own.is_some() && own == kept) {
        return Ok(Fit::Unmarked);
    }
    match (
        tried.iter().any(|(own, _)| own.is_some()),
        has_hidden_rows(db).await?,
    ) {
        (true, _) => Err(DIGEST),
        (false, false) => Ok(Fit::New),
        (false, true) if tried.is_empty() => sealed_only(db, vault).await,
        (false, true) => Err(SEAL),
    }
}

/// Nobody is registered, but codes of the staff or files for Facilita are under seal.
async fn sealed_only(db: &impl ConnectionTrait, vault: &Vault) -> Result<Fit, KeyError> {
    let staff = accounts::Entity::find()
        .filter(accounts::Column::CfSealed.is_not_null())
        .limit(TRIED)
        .all(db)
        .await?;
    let opens = |(purpose, row, sealed): (Purpose, Uuid, &Vec<u8>)| {
        vault.open(purpose, row, sealed).is_ok()
    };
    let codes = staff.iter().filter_map(|row| {
        let sealed = row.cf_sealed.as_ref()?;
        Some((Purpose::CodiceFiscale, row.id.0, sealed))
    });
    let files = facilita_batches::Entity::find().limit(1).all(db).await?;
    let files = files
        .iter()
        .map(|row| (Purpose::FacilitaFile, row.id.0, &row.file_sealed));
    match codes.chain(files).any(opens) {
        true => Ok(Fit::Unmarked),
        false => Err(SEAL),
    }
}

/// [`fit`], and the mark is written where there is none, or where only the signing key is another:
/// that one loses nothing but the sessions under way.
///
/// # Errors
/// [`KeyError::Other`] where the keys are not the database's own; nothing is written then.
pub async fn claim(
    db: &Db,
    vault: &Vault,
    signing_mark: Vec<u8>,
    now: OffsetDateTime,
) -> Result<Fit, KeyError> {
    if fit(db.read(), vault, &signing_mark).await? == Fit::Same {
        return Ok(Fit::Same);
    }
    let vault = vault.clone();
    db::write(db, async move |tx| {
        // Again, where nobody else writes a mark: two programs may begin at once.
        let row = installation::row_in(tx).await?;
        held(tx, row.id).await?;
        let fit = fit(tx, &vault, &signing_mark).await?;
        if fit != Fit::Same {
            let id = row.id;
            let mut row = row.into_active_model();
            if fit != Fit::OtherSigning {
                row.digest_mark = Set(Some(vault.digest(Purpose::KeyMark, &id.to_string())));
                row.seal_mark = Set(Some(
                    vault
                        .seal(Purpose::KeyMark, id, &id.to_string())
                        .map_err(DbErr::from)?,
                ));
                row.marked_at = Set(Some(instant(now)));
            }
            row.signing_mark = Set(Some(signing_mark));
            row.update(tx).await?;
        }
        Ok(fit)
    })
    .await
}

/// Keeps the row from everybody else until the transaction ends.
async fn held(tx: &DatabaseTransaction, id: Uuid) -> Result<(), DbErr> {
    table::Entity::find()
        .filter(table::Column::Id.eq(id))
        .lock_exclusive()
        .one(tx)
        .await?;
    Ok(())
}
