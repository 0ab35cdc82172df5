//! The open data as they are sent: made once a day for each programme, since making them reads the
//! whole ledger.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::web::Bytes;
use time::{Date, OffsetDateTime};
use tokio::sync::Mutex;

use crate::db::{Db, DbErr};
use crate::domain::calendar::rome_day;
use crate::domain::ids::ProgrammeId;
use crate::network::open_data::{self, OpenFile};
use crate::network::programme::Programme;

/// A day's file of a programme.
#[derive(Debug)]
pub struct PublishedFile {
    /// When it was made.
    pub day: Date,
    /// The table.
    pub csv: Bytes,
    /// What it came to; its bytes are [`csv`](Self::csv).
    pub file: OpenFile,
}

/// The files of today.
#[derive(Debug, Default)]
pub struct OpenData(Mutex<HashMap<ProgrammeId, Arc<PublishedFile>>>);

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
    ) -> Result<Arc<PublishedFile>, DbErr> {
        let mut files = self.0.lock().await;
        let today = rome_day(now);
        if let Some(known) = files.get(&programme.id)
            && known.day == today
        {
            return Ok(known.clone());
        }
        let mut file = open_data::make(db, programme, now).await?;
        let made = Arc::new(PublishedFile {
            day: today,
            csv: Bytes::from(std::mem::take(&mut file.csv)),
            file,
        });
        files.insert(programme.id, made.clone());
        Ok(made)
    }
}
