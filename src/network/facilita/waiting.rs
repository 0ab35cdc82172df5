//! What waits to be sent: read in one statement, oldest first, and made rows or held back.

use std::collections::{HashMap, HashSet};

use futures_util::TryStreamExt as _;
use sea_orm::sea_query::ExprTrait as _;
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait as _, SelectModel, Selector,
};
use time::Date;

use crate::citizens::vault::{Purpose, Sealed, Vault};
use crate::db::entities::{accounts, attendances, citizens, facilita_rows, services};
use crate::db::{Db, as_it_is};
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::facilita::{Citizenship, Education, Occupation, SendState, ServiceKind};
use crate::domain::ids::{AccountId, BatchId, CitizenId, PointId, ServiceId};
use crate::network::point::{self, Point};
use crate::network::programme::Programme;

use super::check::{Case, FacilitaLimits, Reason, row};
use super::row::FacilitaRow;

/// What has to go to Facilita, if it may.
pub(super) const WAITING: [SendState; 3] =
    [SendState::Ready, SendState::Rejected, SendState::Corrected];
/// An attendance, and its row or why there is none.
#[derive(Debug, Clone)]
pub(super) struct Judged {
    pub(super) service: ServiceId,
    pub(super) citizen: CitizenId,
    /// Facilita refused it once.
    pub(super) refused: bool,
    pub(super) row: Result<FacilitaRow, Vec<Reason>>,
}

/// An attendance with everything a row says of it.
#[derive(Debug, FromQueryResult)]
struct Attendance {
    service_id: ServiceId,
    account_id: AccountId,
    point_id: PointId,
    kind: ServiceKind,
    day: Date,
    minutes: i32,
    competences: String,
    domains: String,
    title: String,
    citizen_id: CitizenId,
    facilita: SendState,
    cf_sealed: Option<Vec<u8>>,
    first_name: String,
    last_name: String,
    birth_date: Option<Date>,
    education: Option<Education>,
    occupation: Option<Occupation>,
    citizenship: Option<Citizenship>,
    province: Option<String>,
}

/// A facilitator, as Facilita knows them.
pub(super) struct FacilitaFacilitator {
    pub(super) id: Option<String>,
    pub(super) name: Option<String>,
}

/// What is known of all that waits.
pub(super) struct WaitingFacts {
    pub(super) facilitators: HashMap<AccountId, FacilitaFacilitator>,
    pub(super) points: HashMap<PointId, Point>,
    /// The hash of the row that was last sent of what was refused.
    refused: HashMap<(ServiceId, CitizenId), String>,
    limits: FacilitaLimits,
}

/// Which attendances to judge.
pub(super) struct AttendanceFilter<'a> {
    /// In one of these states.
    pub(super) states: &'a [SendState],
    /// The first and the last day; all of them where `None`.
    pub(super) span: Option<(Date, Date)>,
    /// What is asked of their people, where that makes them few: a database begins with those.
    pub(super) people: Option<Condition>,
    /// What else is asked of attendances, services and citizens.
    pub(super) only: Condition,
}

impl<'a> AttendanceFilter<'a> {
    /// All that are in one of these states.
    pub(super) fn of(states: &'a [SendState]) -> Self {
        Self {
            states,
            span: None,
            people: None,
            only: Condition::all(),
        }
    }
}

/// Shows the attendances of a programme that are wanted, in the order of the files: by day, then as
/// their services were recorded, all of a service together; until `take` has seen enough.
pub(super) async fn judge(
    db: &Db,
    vault: &Vault,
    programme: &Programme,
    wanted: AttendanceFilter<'_>,
    today: Date,
    take: impl FnMut(&[Judged]) -> bool,
) -> Result<(), DbErr> {
    let known = WaitingFacts::of(db, vault, programme, wanted.states, today).await?;
    known.judge(db, vault, programme, wanted, take).await
}

fn attended(
    programme: &Programme,
    AttendanceFilter {
        states,
        span,
        people,
        only,
    }: AttendanceFilter<'_>,
) -> Selector<SelectModel<Attendance>> {
    use attendances::Column as A;
    use citizens::Column as C;
    use services::Column as S;
    let mut query = attendances::Entity::find()
        .select_only()
        .columns([A::ServiceId, A::CitizenId, A::Facilita])
        .columns([S::AccountId, S::PointId, S::Kind, S::Day, S::Minutes])
        .columns([S::Competences, S::Domains, S::Title])
        .columns([C::CfSealed, C::FirstName, C::LastName, C::BirthDate])
        .columns([C::Education, C::Occupation, C::Citizenship, C::Province])
        .join(JoinType::InnerJoin, super::sent::attended())
        .join(JoinType::InnerJoin, super::sent::whose())
        .filter(match people {
            None => A::Facilita.is_in(states.iter().copied()),
            Some(_) => as_it_is((attendances::Entity, A::Facilita)).is_in(states.iter().copied()),
        })
        // Of a programme's services few wait: said like this, no database begins with all of them.
        .filter(as_it_is((services::Entity, S::ProgrammeId)).eq(programme.id))
        .filter(S::VoidedAt.is_null())
        .filter(only);
    if let Some(people) = people {
        let ids = citizens::Entity::find()
            .select_only()
            .column(C::Id)
            .filter(people)
            .into_query();
        query = query.filter(A::CitizenId.in_subquery(ids));
    }
    if let Some((from, to)) = span {
        query = query.filter(S::Day.between(from, to));
    }
    query
        .order_by_asc(S::Day)
        .order_by_asc(A::ServiceId)
        .order_by_asc(A::CitizenId)
        .into_model()
}

impl WaitingFacts {
    pub(super) async fn of(
        db: &Db,
        vault: &Vault,
        programme: &Programme,
        states: &[SendState],
        today: Date,
    ) -> Result<Self, DbErr> {
        let points = point::list(db.read(), Some(programme.id)).await?;
        let refused = match states.contains(&SendState::Rejected) {
            true => last_sent(db).await?,
            false => HashMap::new(),
        };
        Ok(Self {
            facilitators: facilitators(db, vault).await?,
            points: points.into_iter().map(|point| (point.id, point)).collect(),
            refused,
            limits: FacilitaLimits {
                starts_on: programme.starts_on,
                ends_on: programme.ends_on,
                until: programme.facilita_until,
                minors_from: programme.minors_from,
                today,
            },
        })
    }

    /// [`judge`], by what is known already.
    pub(super) async fn judge(
        &self,
        db: &Db,
        vault: &Vault,
        programme: &Programme,
        wanted: AttendanceFilter<'_>,
        mut take: impl FnMut(&[Judged]) -> bool,
    ) -> Result<(), DbErr> {
        let mut found = attended(programme, wanted).stream(db.read()).await?;
        let mut service: Vec<Judged> = Vec::new();
        let mut codes = HashSet::new();
        while let Some(one) = found.try_next().await? {
            if service
                .last()
                .is_some_and(|last| last.service != one.service_id)
            {
                if !take(&service) {
                    return Ok(());
                }
                service.clear();
                codes.clear();
            }
            service.push(self.judged(vault, &one, &mut codes)?);
        }
        if !service.is_empty() {
            take(&service);
        }
        Ok(())
    }

    /// Judges an attendance; `codes` are those of the same service.
    fn judged(
        &self,
        vault: &Vault,
        one: &Attendance,
        codes: &mut HashSet<String>,
    ) -> Result<Judged, DbErr> {
        let (service, citizen) = (one.service_id, one.citizen_id);
        let code = opened(vault, citizen.0, one.cf_sealed.as_deref())?;
        let mut row = row(&self.case(one, code.as_ref()), &self.limits);
        if let Some(code) = &code
            && !codes.insert(code.as_str().to_owned())
        {
            row = Err(vec![Reason::Twice]);
        }
        let same = |row: &FacilitaRow| self.refused.get(&(service, citizen)) == Some(&row.hash());
        if one.facilita == SendState::Rejected && row.as_ref().is_ok_and(same) {
            row = Err(vec![Reason::Unchanged]);
        }
        Ok(Judged {
            service,
            citizen,
            refused: one.facilita != SendState::Ready,
            row,
        })
    }

    fn case<'a>(&'a self, one: &'a Attendance, code: Option<&'a CodiceFiscale>) -> Case<'a> {
        let point = self.points.get(&one.point_id);
        let facilitator = self.facilitators.get(&one.account_id);
        Case {
            service: one.service_id,
            day: one.day,
            minutes: one.minutes,
            kind: one.kind,
            competences: &one.competences,
            domains: &one.domains,
            title: &one.title,
            facilitator_id: facilitator.and_then(|known| known.id.as_deref()),
            facilitator_name: facilitator.and_then(|known| known.name.as_deref()),
            point_id: point.and_then(|point| point.facilita_id.as_deref()),
            point_name: point.map_or("", |point| point.name.as_str()),
            first_name: &one.first_name,
            last_name: &one.last_name,
            codice_fiscale: code,
            birth_date: one.birth_date,
            education: one.education,
            occupation: one.occupation,
            citizenship: one.citizenship,
            province: one.province.as_deref(),
        }
    }
}

/// The hash of the row that was last sent of each attendance that Facilita refused.
async fn last_sent(db: &Db) -> Result<HashMap<(ServiceId, CitizenId), String>, DbErr> {
    use facilita_rows::Column as R;
    let mut sent: Vec<(BatchId, ServiceId, CitizenId, String)> = attendances::Entity::find()
        .select_only()
        .column(R::BatchId)
        .columns([R::ServiceId, R::CitizenId])
        .column(R::Hash)
        .join(
            JoinType::InnerJoin,
            attendances::Entity::belongs_to(facilita_rows::Entity)
                .from((
                    attendances::Column::ServiceId,
                    attendances::Column::CitizenId,
                ))
                .to((R::ServiceId, R::CitizenId))
                .into(),
        )
        .filter(attendances::Column::Facilita.eq(SendState::Rejected))
        .filter(super::sent::was_sent())
        .into_tuple()
        .all(db.read())
        .await?;
    sent.sort_unstable_by_key(|(batch, ..)| *batch);
    let last = sent.into_iter();
    Ok(last
        .map(|(_, service, citizen, hash)| ((service, citizen), hash))
        .collect())
}

async fn facilitators(
    db: &Db,
    vault: &Vault,
) -> Result<HashMap<AccountId, FacilitaFacilitator>, DbErr> {
    let rows = accounts::Entity::find().all(db.read()).await?;
    let mut all = HashMap::new();
    for row in rows {
        let code = opened(vault, row.id.0, row.cf_sealed.as_deref())?;
        let code = code.map(|code| code.as_str().to_owned());
        let known = FacilitaFacilitator {
            id: code.or(row.facilita_id),
            name: row.facilita_name,
        };
        all.insert(row.id, known);
    }
    Ok(all)
}

fn opened(
    vault: &Vault,
    row: uuid::Uuid,
    sealed: Option<&[u8]>,
) -> Result<Option<CodiceFiscale>, DbErr> {
    let Some(sealed) = sealed else {
        return Ok(None);
    };
    let text = vault.open(Purpose::CodiceFiscale, row, sealed)?;
    Ok(Some(CodiceFiscale::parse(&text).map_err(|_| Sealed)?))
}
