//! Reading proofs: those of a service, of a citizen, of chosen attendances, of a whole programme.

use std::collections::HashMap;

use sea_orm::sea_query::Condition;
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde::Deserialize;
use time::{Date, OffsetDateTime};

use crate::db::entities::{
    attendances, citizens, completions, facilita_batches, facilita_rows, kept_attendances,
    kept_digests, points, services,
};
use crate::db::{Db, audit, staff};
use crate::domain::facilita::{PublicDomain, SendState, ServiceKind};
use crate::domain::ids::{
    AccountId, BatchId, CitizenId, CompletionId, PointId, ProgrammeId, ServiceId,
};
use crate::network::programme::Programme;

use super::{CompletedModule, PlaceOf, Proof, RuleMet, SealedCode, SentRow};
use crate::network::ledger::{CountedAs, Counting};
use crate::network::programme;

/// Attendances read at once.
const AT_ONCE: u64 = 500;

/// An attendance with what its service and its citizen say of it.
#[derive(Debug, FromQueryResult)]
struct Attendance {
    service_id: ServiceId,
    citizen_id: CitizenId,
    new_citizen: bool,
    facilita: SendState,
    programme_id: ProgrammeId,
    point_id: PointId,
    account_id: AccountId,
    kind: ServiceKind,
    day: Date,
    minutes: i32,
    competences: String,
    domains: String,
    title: String,
    completion_id: Option<CompletionId>,
    recorded_at: OffsetDateTime,
    recorded_by: Option<AccountId>,
    voided_at: Option<OffsetDateTime>,
    voided_by: Option<AccountId>,
    void_reason: Option<String>,
    first_name: String,
    last_name: String,
    cf_sealed: Option<Vec<u8>>,
    cf_verified_at: Option<OffsetDateTime>,
    birth_date: Option<Date>,
    erased_at: Option<OffsetDateTime>,
    registered_by: AccountId,
}

/// Everybody at a service, by name; voided or not.
///
/// # Errors
/// The database's.
pub async fn of_service(db: &Db, service: ServiceId) -> Result<Vec<Proof>, DbErr> {
    let found = read(db, attendances::Column::ServiceId.eq(service), None).await?;
    audit::saw(audit::Action::ServiceRead, "service", service.0, "evidence");
    proofs(db, found).await
}

/// All services of somebody, the first one first; voided ones too.
///
/// # Errors
/// The database's.
pub async fn of_citizen(db: &Db, citizen: CitizenId) -> Result<Vec<Proof>, DbErr> {
    let found = read(db, attendances::Column::CitizenId.eq(citizen), None).await?;
    audit::saw(audit::Action::RecordRead, "citizen", citizen.0, "evidence");
    proofs(db, found).await
}

/// Chosen attendances, in the order asked for. The caller says that they were read.
///
/// # Errors
/// The database's.
pub async fn of_pairs(db: &Db, pairs: &[(ServiceId, CitizenId)]) -> Result<Vec<Proof>, DbErr> {
    let mut all = Vec::with_capacity(pairs.len());
    for some in pairs.chunks(AT_ONCE as usize) {
        let filter = Condition::all()
            .add(attendances::Column::ServiceId.is_in(some.iter().map(|(service, _)| *service)))
            .add(attendances::Column::CitizenId.is_in(some.iter().map(|(_, citizen)| *citizen)));
        let found = proofs(db, read(db, filter, None).await?).await?;
        let mut found: HashMap<_, _> = found
            .into_iter()
            .map(|proof| ((proof.service, proof.citizen), proof))
            .collect();
        all.extend(some.iter().filter_map(|pair| found.remove(pair)));
    }
    Ok(all)
}

/// Shows everything of a programme that counts, some at a time, in the order of services' ids. The
/// caller says that it was read.
///
/// # Errors
/// The database's, and those of `take`.
pub async fn of_programme<E: From<DbErr>>(
    db: &Db,
    programme: &Programme,
    mut take: impl FnMut(Vec<Proof>) -> Result<(), E>,
) -> Result<(), E> {
    use attendances::Column as A;
    let mut after: Option<(ServiceId, CitizenId)> = None;
    loop {
        let mut filter = Condition::all()
            .add(services::Column::ProgrammeId.eq(programme.id))
            .add(services::Column::VoidedAt.is_null());
        if let Some((service, citizen)) = after {
            // The first half is the index's to find, the second tells one service's people apart.
            let later = Condition::any()
                .add(A::ServiceId.gt(service))
                .add(A::CitizenId.gt(citizen));
            filter = filter.add(A::ServiceId.gte(service)).add(later);
        }
        let found = read(db, filter, Some(AT_ONCE)).await?;
        let Some(last) = found.last() else { break };
        after = Some((last.service_id, last.citizen_id));
        take(proofs(db, found).await?)?;
    }
    Ok(())
}

async fn read(
    db: &Db,
    filter: impl sea_orm::sea_query::IntoCondition,
    limit: Option<u64>,
) -> Result<Vec<Attendance>, DbErr> {
    use attendances::Column as A;
    use citizens::Column as C;
    use services::Column as S;
    let query = attendances::Entity::find()
        .select_only()
        .columns([A::ServiceId, A::CitizenId, A::NewCitizen, A::Facilita])
        .columns([S::ProgrammeId, S::PointId, S::AccountId, S::Kind, S::Day])
        .columns([S::Minutes, S::Competences, S::Domains, S::Title])
        .columns([S::CompletionId, S::RecordedAt, S::RecordedBy])
        .columns([S::VoidedAt, S::VoidedBy, S::VoidReason])
        .columns([C::FirstName, C::LastName, C::CfSealed, C::CfVerifiedAt])
        .columns([C::RegisteredBy, C::BirthDate, C::ErasedAt])
        .join(
            JoinType::InnerJoin,
            attendances::Entity::belongs_to(services::Entity)
                .from(A::ServiceId)
                .to(S::Id)
                .into(),
        )
        .join(
            JoinType::InnerJoin,
            attendances::Entity::belongs_to(citizens::Entity)
                .from(A::CitizenId)
                .to(C::Id)
                .into(),
        )
        .filter(filter);
    let query = match limit {
        Some(most) => query
            .order_by_asc(A::ServiceId)
            .order_by_asc(A::CitizenId)
            .limit(most),
        None => query
            .order_by_asc(S::Day)
            .order_by_asc(A::ServiceId)
            .order_by_asc(C::LastFirst)
            .order_by_asc(A::CitizenId),
    };
    query.into_model().all(db.read()).await
}

/// What other tables say of them, a query for each.
async fn proofs(db: &Db, found: Vec<Attendance>) -> Result<Vec<Proof>, DbErr> {
    let accounts = found.iter().flat_map(|one| {
        let acted = [one.recorded_by, one.voided_by].into_iter().flatten();
        acted.chain([one.account_id, one.registered_by])
    });
    let names = staff::names(db, accounts.collect::<std::collections::BTreeSet<_>>()).await?;
    let name = |id: AccountId| names.get(&id).cloned().unwrap_or_default();
    let places = places(db, &found).await?;
    let programmes = programmes_of(db, &found).await?;
    let learned = learned(db, &found).await?;
    let mut sent = sent(db, &found).await?;
    let (kept, hashes) = kept(db, &found).await?;
    let codes = |text: &str| -> Vec<String> { text.split(':').map(str::to_owned).collect() };
    let proof = |one: Attendance| {
        Some(Proof {
            sent: sent
                .remove(&(one.service_id, one.citizen_id))
                .unwrap_or_default(),
            place: places.get(&one.point_id)?.clone(),
            programme: programmes.get(&one.programme_id)?.clone(),
            counted: CountedAs::of(
                programmes.get(&one.programme_id),
                Counting {
                    voided: one.voided_at.is_some(),
                    new_citizen: one.new_citizen,
                    born: one.birth_date,
                    verified: one.cf_verified_at,
                    day: one.day,
                    kept: kept.get(&(one.service_id, one.citizen_id)).copied(),
                },
            ),
            code: match (
                one.cf_sealed,
                hashes.get(&(one.programme_id, one.citizen_id)),
            ) {
                (Some(sealed), _) => SealedCode::Sealed(sealed),
                (None, Some(hashes)) => SealedCode::Hashes(hashes.clone()),
                (None, None) => SealedCode::None,
            },
            erased: one.erased_at,
            learned: one.completion_id.and_then(|id| learned.get(&id).cloned()),
            service: one.service_id,
            citizen: one.citizen_id,
            name: format!("{} {}", one.last_name, one.first_name)
                .trim()
                .to_owned(),
            day: one.day,
            minutes: one.minutes,
            kind: one.kind,
            competences: codes(&one.competences)
                .iter()
                .filter_map(|code| code.parse().ok())
                .collect(),
            domains: codes(&one.domains)
                .iter()
                .filter_map(|code| PublicDomain::from_code(code))
                .collect(),
            title: one.title,
            facilitator: name(one.account_id),
            recorded: (one.recorded_at, one.recorded_by.map(name)),
            identity: (one.cf_verified_at, name(one.registered_by)),
            facilita: one.facilita,
            voided: one.voided_at.map(|at| {
                let why = one.void_reason.unwrap_or_default();
                (at, one.voided_by.map(name), why)
            }),
        })
    };
    Ok(found.into_iter().filter_map(proof).collect())
}

async fn places(db: &Db, found: &[Attendance]) -> Result<HashMap<PointId, PlaceOf>, DbErr> {
    let rows = points::Entity::find()
        .filter(points::Column::Id.is_in(found.iter().map(|one| one.point_id)))
        .all(db.read())
        .await?;
    let place = |row: points::Model| PlaceOf {
        code: row.code,
        name: row.name,
        municipality: row.municipality,
        province: row.province,
        region: row.region,
    };
    Ok(rows.into_iter().map(|row| (row.id, place(row))).collect())
}

async fn programmes_of(
    db: &Db,
    found: &[Attendance],
) -> Result<HashMap<ProgrammeId, Programme>, DbErr> {
    let all = programme::list(db.read()).await?.into_iter();
    let wanted = all.filter(|programme| {
        let mut ids = found.iter().map(|one| one.programme_id);
        ids.any(|id| id == programme.id)
    });
    Ok(wanted.map(|programme| (programme.id, programme)).collect())
}

/// Of records that are erased: which of these services could count them, and their hashes.
async fn kept(
    db: &Db,
    found: &[Attendance],
) -> Result<
    (
        HashMap<(ServiceId, CitizenId), bool>,
        HashMap<(ProgrammeId, CitizenId), Vec<u8>>,
    ),
    DbErr,
> {
    let erased: Vec<&Attendance> = found.iter().filter(|one| one.erased_at.is_some()).collect();
    if erased.is_empty() {
        return Ok(Default::default());
    }
    let people = || erased.iter().map(|one| one.citizen_id);
    let counts = kept_attendances::Entity::find()
        .filter(kept_attendances::Column::CitizenId.is_in(people()))
        .all(db.read())
        .await?;
    let hashes = kept_digests::Entity::find()
        .filter(kept_digests::Column::CitizenId.is_in(people()))
        .all(db.read())
        .await?;
    let counts = counts.into_iter();
    let hashes = hashes.into_iter();
    Ok((
        counts
            .map(|row| ((row.service_id, row.citizen_id), row.counts))
            .collect(),
        hashes
            .map(|row| ((row.programme_id, row.citizen_id), row.hashes_sealed))
            .collect(),
    ))
}

/// As `learning::completion` keeps it: only what a proof tells of the rule.
#[derive(Debug, Deserialize)]
struct Kept {
    rule: KeptRule,
}

#[derive(Debug, Deserialize)]
struct KeptRule {
    kind: String,
    score: Option<u8>,
    pass: Option<u8>,
}

fn rule(evidence: &str) -> RuleMet {
    let Ok(Kept { rule }) = serde_json::from_str(evidence) else {
        return RuleMet::Unknown;
    };
    match (rule.kind.as_str(), rule.score, rule.pass) {
        ("quiz", Some(score), Some(pass)) => RuleMet::Quiz { score, pass },
        ("lessons", ..) => RuleMet::Lessons,
        ("facilitator", ..) => RuleMet::Facilitator,
        _ => RuleMet::Unknown,
    }
}

async fn learned(
    db: &Db,
    found: &[Attendance],
) -> Result<HashMap<CompletionId, CompletedModule>, DbErr> {
    let rows = completions::Entity::find()
        .filter(completions::Column::Id.is_in(found.iter().filter_map(|one| one.completion_id)))
        .all(db.read())
        .await?;
    let learned = |row: completions::Model| CompletedModule {
        rule: rule(&row.evidence),
        module: row.module,
        rev: row.rev,
        at: row.completed_at,
        reason: row.reason,
    };
    Ok(rows.into_iter().map(|row| (row.id, learned(row))).collect())
}

type Rows = HashMap<(ServiceId, CitizenId), Vec<SentRow>>;

async fn sent(db: &Db, found: &[Attendance]) -> Result<Rows, DbErr> {
    use facilita_rows::Column as R;
    type Row = (
        ServiceId,
        CitizenId,
        BatchId,
        i32,
        SendState,
        Option<String>,
        OffsetDateTime,
    );
    let rows: Vec<Row> = facilita_rows::Entity::find()
        .select_only()
        .columns([R::ServiceId, R::CitizenId, R::BatchId, R::Number])
        .columns([R::State, R::Note])
        .column(facilita_batches::Column::MadeAt)
        .join(
            JoinType::InnerJoin,
            facilita_rows::Entity::belongs_to(facilita_batches::Entity)
                .from(R::BatchId)
                .to(facilita_batches::Column::Id)
                .into(),
        )
        .filter(R::ServiceId.is_in(found.iter().map(|one| one.service_id)))
        .order_by_asc(facilita_batches::Column::MadeAt)
        .order_by_asc(R::BatchId)
        .order_by_asc(R::Number)
        .into_tuple()
        .all(db.read())
        .await?;
    let mut all = Rows::new();
    for (service, citizen, batch, number, state, note, made_at) in rows {
        all.entry((service, citizen)).or_default().push(SentRow {
            batch,
            made_at,
            number,
            state,
            note,
        });
    }
    Ok(all)
}
