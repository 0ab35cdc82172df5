//! The open data as it is sent: made once a day for each programme, since making it reads the whole
//! ledger.

use std::collections::HashMap;

use actix_web::web::Bytes;
use time::{Date, OffsetDateTime};
use tokio::sync::Mutex;

use crate::db::{Db, DbErr};
use crate::domain::calendar::rome_day;
use crate::domain::ids::ProgrammeId;
use crate::network::open_data;
use crate::network::programme::Programme;

/// The files of today.
#[derive(Debug, Default)]
pub struct OpenData(Mutex<HashMap<ProgrammeId, (Date, Bytes)>>);

impl OpenData {
    /// Today's file of a programme. Who asks for it first waits until it is made, and so does
    /// whoever asks meanwhile.
    ///
    /// # Errors
    /// The database's.
    pub async fn of(
        &self,
        db: &Db,
        programme: &Programme,
        now: OffsetDateTime,
    ) -> Result<Bytes, DbErr> {
        let mut files = self.0.lock().await;
        let today = rome_day(now);
        if let Some((day, file)) = files.get(&programme.id)
            && *day == today
        {
            return Ok(file.clone());
        }
        let file = Bytes::from(open_data::csv(db, programme, now).await?);
        files.insert(programme.id, (today, file.clone()));
        Ok(file)
    }
}
