//! The ground the tests of the records stand on: a programme, two points, a facilitator, people.

use autonomia::accounts::card::Printer;
use autonomia::accounts::staff::{self, NewStaff};
use autonomia::citizens::register::register;
use autonomia::citizens::{Details, RecordError, Vault};
use autonomia::db;
use autonomia::domain::age::AgeRange;
use autonomia::domain::codice_fiscale::CodiceFiscale;
use autonomia::domain::facilita::{PublicDomain, ServiceKind};
use autonomia::domain::ids::{AccountId, CitizenId, PointId, ProgrammeId, ServiceId};
use autonomia::domain::role::Role;
use autonomia::network::point::{self, Point};
use autonomia::network::programme::{
    self, CompletionRule, LessonsRule, Programme, ProgrammeTarget, TargetKind,
};
use autonomia::network::service::{NewService, Recorded, ServiceError, record_in, void_in};
use autonomia::network::totals::{self, Totals, TotalsFilter};
use autonomia::network::verify::verify;
use sea_orm::DbErr;
use time::macros::{date, datetime};
use time::{Date, OffsetDateTime};

use crate::database::TestDb;

pub(crate) const NOW: OffsetDateTime = datetime!(2026-11-21 12:00 UTC);
pub(crate) const TODAY: Date = date!(2026 - 11 - 21);

pub(crate) struct Ground {
    pub(crate) db: TestDb,
    pub(crate) vault: Vault,
    pub(crate) programme: Programme,
    pub(crate) points: [PointId; 2],
    pub(crate) facilitator: AccountId,
}

impl Ground {
    /// A programme for people of 18 to 74, that looks back.
    pub(crate) async fn new() -> Self {
        let rule = CompletionRule {
            lessons: LessonsRule::None,
            retroactive: true,
        };
        Self::with_rule(rule).await
    }

    pub(crate) async fn with_rule(rule: CompletionRule) -> Self {
        let db = TestDb::new().await;
        let programme = Programme {
            id: ProgrammeId::new(),
            code: "prova".to_owned(),
            name: "Programma di prova".to_owned(),
            starts_on: date!(2026 - 01 - 01),
            ends_on: date!(2026 - 12 - 31),
            ages: AgeRange { min: 18, max: 74 },
            rule,
            facilita_body: None,
            facilita_project: None,
            facilita_until: None,
            minors_from: None,
        };
        let points = ["BA-1", "BA-2"].map(|code| {
            let place = ["Bari", "Bari", "Puglia"];
            Point::new(programme.id, code, &format!("Punto {code}"), place)
        });
        let ids = [points[0].id, points[1].id];
        let row = programme.clone();
        db::write(&db, async move |tx| {
            let kind = TargetKind::Citizens;
            let target = ProgrammeTarget {
                kind,
                due_on: date!(2026 - 12 - 31),
                value: 100,
            };
            programme::create_in(tx, &row, &[target]).await?;
            for point in &points {
                point::create_in(tx, point, NOW).await?;
            }
            Ok::<_, DbErr>(())
        })
        .await
        .unwrap();
        let new = NewStaff {
            email: "facilitatrice@example.org".to_owned(),
            name: "Facilitatrice".to_owned(),
            role: Role::Facilitator,
            point: Some(ids[0]),
        };
        let (facilitator, _) = staff::add(&db, new, None, NOW).await.unwrap();
        let vault = Vault::new(&[1; 32], &[2; 32]).unwrap();
        Self {
            db,
            vault,
            programme,
            points: ids,
            facilitator,
        }
    }

    /// Registers a person born on a day, at the first point.
    pub(crate) async fn citizen(&self, birth: Date, number: u32) -> CitizenId {
        self.register(person(birth, number)).await.unwrap()
    }

    pub(crate) async fn register(&self, details: Details) -> Result<CitizenId, RecordError> {
        register(
            &self.db,
            &self.vault,
            details,
            self.points[0],
            self.facilitator,
            NOW,
        )
        .await
    }

    /// The facilitator, at the first point, with a card to print.
    pub(crate) fn printer(&self) -> Printer {
        Printer {
            account: self.facilitator,
            point: self.points[0],
            place: None,
        }
    }

    /// An individual or group service of today at the first point.
    pub(crate) fn service(&self, title: &str, citizens: &[CitizenId]) -> NewService {
        NewService {
            kind: match citizens.len() {
                0 | 1 => ServiceKind::Individual,
                _ => ServiceKind::Group,
            },
            point: self.points[0],
            facilitator: self.facilitator,
            day: TODAY,
            minutes: 30,
            competences: vec![9, 6, 9],
            domains: vec![PublicDomain::AppIo],
            title: title.to_owned(),
            citizens: citizens.to_vec(),
        }
    }

    pub(crate) async fn record(&self, new: NewService) -> Result<Recorded, ServiceError> {
        let by = self.facilitator;
        db::write(&self.db, async move |tx| record_in(tx, &new, by, NOW).await).await
    }

    pub(crate) async fn void(&self, service: ServiceId) -> Result<(), ServiceError> {
        let by = self.facilitator;
        db::write(&self.db, async move |tx| {
            void_in(tx, service, "doppione", Some(by), NOW).await
        })
        .await
    }

    /// The totals, after making sure that the ledger bears them out.
    pub(crate) async fn totals(&self) -> Totals {
        assert_eq!(verify(&self.db).await.unwrap(), []);
        self.totals_of(TotalsFilter::default()).await
    }

    pub(crate) async fn totals_of(&self, filter: TotalsFilter) -> Totals {
        totals::of(&self.db, &self.programme, filter, NOW)
            .await
            .unwrap()
    }

    /// Citizens reached, services.
    pub(crate) async fn sums(&self) -> (u64, u64) {
        let totals = self.totals().await;
        (totals.citizens.reached, totals.services.total)
    }
}

/// Somebody invented, born on a day; another number is somebody else.
pub(crate) fn person(birth: Date, number: u32) -> Details {
    let month = char::from(b"ABCDEHLMPRST"[usize::from(u8::from(birth.month()) - 1)]);
    let (year, day) = (birth.year() % 100, birth.day());
    let stem = format!("PRVNVS{year:02}{month}{day:02}Y{number:03}");
    Details {
        codice_fiscale: Some(CodiceFiscale::invented(&stem).unwrap().as_str().to_owned()),
        first_name: Some("Nives".to_owned()),
        last_name: Some(format!(
            "Prova {}",
            "ABCDEFGHIJ".chars().nth(number as usize % 10).unwrap()
        )),
        // Of a child and of a person of a hundred years the code does not say which.
        birth_date: (!(1927..2008).contains(&birth.year())).then(|| birth.to_string()),
        ..Details::default()
    }
}
