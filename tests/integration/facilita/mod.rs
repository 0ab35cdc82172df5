//! Facilita: the file, what is held back, the report of refused rows, and what goes again.

mod reader;
pub(crate) mod demo;
mod file;
mod reports;
mod called_back;
mod cut_off;
pub(crate) mod standing;
mod pages;
mod desk;
mod volume;
mod commands;

use autonomia::accounts::facilitators::{self, FacilitaName};
use autonomia::citizens::Details;
use autonomia::citizens::register::correct_in;
use autonomia::db;
use autonomia::db::entities::{attendances, facilita_rows, points, programmes};
use autonomia::domain::codice_fiscale::CodiceFiscale;
use autonomia::domain::facilita::SendState;
use autonomia::domain::ids::{BatchId, CitizenId, ServiceId};
use autonomia::network::facilita::FacilitaError;
use autonomia::network::facilita::batch::{self, Made, Order};
use autonomia::network::facilita::report::{self, Outcome, ReportAnswer};
use autonomia::network::facilita::state::{self, Counts};
use autonomia::network::programme;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use time::Date;
use time::macros::date;

use crate::ground::{Ground, NOW, person};
use reader::Line;
pub(crate) use reader::brief;

pub(super) async fn known() -> Ground {
    let mut ground = Ground::new().await;
    let name = FacilitaName {
        name: Some("Bianchi Maria, \"Mimma\"".to_owned()),
        id: None,
        codice_fiscale: Some(CodiceFiscale::parse("RSSMRA85M01H501Q").unwrap()),
    };
    let (by, vault) = (ground.facilitator, ground.vault.clone());
    facilitators::set_facilita(&ground.db, &vault, by, name, None, NOW)
        .await
        .unwrap();
    db::write(&ground.db, async |tx| {
        points::Entity::update_many()
            .col_expr(points::Column::FacilitaId, Expr::value("4711"))
            .exec(tx)
            .await?;
        Ok::<_, DbErr>(())
    })
    .await
    .unwrap();
    ground.programme = programme::by_code(ground.db.read(), "prova")
        .await
        .unwrap()
        .unwrap();
    ground
}

impl Ground {
    /// Somebody of whom Facilita has all it wants to know.
    pub(super) async fn whole(&self, birth: Date, number: u32) -> CitizenId {
        self.register(whole(birth, number)).await.unwrap()
    }

    pub(super) async fn set(&self, column: programmes::Column, value: Option<Date>) -> Order {
        let id = self.programme.id;
        db::write(&self.db, async move |tx| {
            programmes::Entity::update_many()
                .col_expr(column, Expr::value(value))
                .filter(programmes::Column::Id.eq(id))
                .exec(tx)
                .await?;
            Ok::<_, DbErr>(())
        })
        .await
        .unwrap();
        let programme = programme::by_code(self.db.read(), "prova").await.unwrap();
        Order {
            programme: programme.unwrap(),
            ..self.order()
        }
    }

    pub(super) fn order(&self) -> Order {
        Order {
            programme: self.programme.clone(),
            from: date!(2026 - 01 - 01),
            to: date!(2026 - 12 - 31),
            force: false,
        }
    }

    pub(super) async fn make(&self) -> Made {
        self.make_of(&self.order()).await
    }

    pub(super) async fn make_of(&self, order: &Order) -> Made {
        let by = Some(self.facilitator);
        batch::make(&self.db, &self.vault, order, by, NOW)
            .await
            .unwrap()
    }

    pub(super) async fn file(&self, made: &Made) -> String {
        let id = made.batch.unwrap();
        batch::file(&self.db, &self.vault, id).await.unwrap().0
    }

    /// The rows of a file, all of which Facilita takes.
    pub(super) async fn rows(&self, made: &Made) -> Vec<Line> {
        let rows = reader::read(&self.file(made).await, (2026, 11, 21), false);
        rows.into_iter().map(Result::unwrap).collect()
    }

    pub(super) async fn receive(
        &self,
        id: BatchId,
        report: impl AsRef<[u8]>,
    ) -> Result<Outcome, FacilitaError> {
        let (report, by) = (
            ReportAnswer::Report(report.as_ref(), None),
            Some(self.facilitator),
        );
        report::receive(&self.db, &self.vault, id, report, by, NOW).await
    }

    /// Somebody says that Facilita refused no row.
    pub(super) async fn all_taken(&self, id: BatchId) -> Result<Outcome, FacilitaError> {
        let by = Some(self.facilitator);
        report::receive(
            &self.db,
            &self.vault,
            id,
            ReportAnswer::NoneRefused,
            by,
            NOW,
        )
        .await
    }

    pub(super) async fn counts(&self) -> [u64; 5] {
        let Counts {
            ready,
            held,
            sent,
            accepted,
            rejected,
            corrected,
            ..
        } = state::counts(&self.db, &self.vault, &self.programme, NOW)
            .await
            .unwrap();
        [ready + held, sent, accepted, rejected, corrected]
    }

    /// Never sent: what can be, and what stands still.
    pub(super) async fn never_sent(&self) -> (u64, u64) {
        let counts = state::counts(&self.db, &self.vault, &self.programme, NOW).await;
        let counts = counts.unwrap();
        (counts.ready, counts.held)
    }

    pub(super) async fn state(&self, service: ServiceId) -> SendState {
        let rows = attendances::Entity::find()
            .filter(attendances::Column::ServiceId.eq(service))
            .all(self.db.read())
            .await
            .unwrap();
        rows[0].facilita
    }

    pub(super) async fn correct(&self, who: CitizenId, changes: Details) {
        let (vault, by) = (self.vault.clone(), self.facilitator);
        db::write(&self.db, async move |tx| {
            correct_in(tx, &vault, who, &changes, by, NOW).await
        })
        .await
        .unwrap();
    }
}

pub(super) fn whole(birth: Date, number: u32) -> Details {
    Details {
        education: Some("C".to_owned()),
        occupation: Some("G".to_owned()),
        citizenship: Some("A".to_owned()),
        province: Some("Barletta-Andria-Trani".to_owned()),
        ..person(birth, number)
    }
}

pub(super) fn reasons(made: &Made) -> Vec<Vec<&'static str>> {
    let held = made.held_back.iter();
    held.map(|held| held.reasons.iter().map(|reason| reason.key()).collect())
        .collect()
}

pub(super) const BORN: Date = date!(1960 - 05 - 01);

/// The services of a file by row.
pub(super) async fn services_of(ground: &Ground, made: &Made) -> Vec<ServiceId> {
    let rows = facilita_rows::Entity::find()
        .filter(facilita_rows::Column::BatchId.eq(made.batch.unwrap()))
        .order_by_asc(facilita_rows::Column::Number)
        .all(ground.db.read())
        .await
        .unwrap();
    let numbers: Vec<_> = rows.iter().map(|row| row.number).collect();
    let expected: Vec<_> = (1..).take(rows.len()).collect();
    assert_eq!(numbers, expected);
    rows.iter().map(|row| row.service_id).collect()
}
