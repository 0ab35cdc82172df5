//! A completion that a facilitator records for somebody: the citizen did the module in front of
//! them, on a tablet of the point, say. It counts like one done online, by the same rules, and says
//! everywhere who recorded it and why.

use time::OffsetDateTime;

use crate::accounts::session::learner_of_citizen_in;
use crate::content::Catalogue;
use crate::db::audit::{Act, Action, note};
use crate::db::{self, Db};
use crate::domain::field::FieldError;
use crate::domain::ids::{AccountId, CitizenId, ModuleId, PointId};
use crate::domain::locale::Lang;
use crate::domain::text::paragraphs;

use super::DeskError;
use super::completion::{CompletionBasis, ModuleFacts, NewCompletion, complete_in};
use super::group::people_of;

/// The longest reason, in characters.
pub const LONGEST_REASON: usize = 500;

/// Records that a citizen of these points has completed a module.
///
/// # Errors
/// [`DeskError::Invalid`] without a module of the catalogue or without a reason,
/// [`DeskError::NotFound`] for another point's citizen, [`DeskError::Completed`] where the module is
/// completed already.
pub async fn complete(
    db: &Db,
    catalogue: &Catalogue,
    points: &[PointId],
    (citizen, module): (CitizenId, &ModuleId),
    reason: &str,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), DeskError> {
    let reason = paragraphs(reason);
    let mut faults = Vec::new();
    let module = catalogue.module(module);
    if module.is_none() {
        faults.push(FieldError::new("module", "not-a-choice"));
    }
    match reason.chars().count() {
        0 => faults.push(FieldError::new("reason", "required")),
        length if length > LONGEST_REASON => faults.push(FieldError::new("reason", "too-long")),
        _ => {}
    }
    let Some(module) = module.filter(|_| faults.is_empty()) else {
        return Err(DeskError::Invalid(faults));
    };
    let facts = ModuleFacts::of(module, module.edition(Lang::default()));
    let rev = i32::try_from(module.rev).unwrap_or(i32::MAX);
    let (module, points) = (module.id.clone(), points.to_vec());
    db::write(db, async move |tx| {
        if people_of(tx, &points, &[citizen]).await? == 0 {
            return Err(DeskError::NotFound);
        }
        let done = NewCompletion {
            learner: learner_of_citizen_in(tx, citizen, now).await?,
            module: module.clone(),
            rev,
            facts,
            rule: CompletionBasis::Facilitator { by },
            reason: Some(reason),
        };
        if !complete_in(tx, done, now).await? {
            return Err(DeskError::Completed);
        }
        let act = Act {
            by: Some(by),
            action: Action::CompletionRecorded,
            subject: "citizen",
            id: citizen.0,
            detail: module.as_str(),
        };
        Ok(note(tx, act, now).await?)
    })
    .await
}
