//! Going on: the one place where somebody left off, or was asked to begin.

use std::collections::BTreeMap;

use time::Date;

use crate::content::Catalogue;
use crate::db::Db;
use crate::domain::ids::{CitizenId, LearnerId, ModuleId};
use crate::domain::locale::Lang;

use super::LearningError;
use super::assignment::{self, Assigned};
use super::progress::{self, ModuleProgress, Next};

/// Where somebody goes on: in what is assigned and not done, in the order of
/// [`assignment::of_citizen`]; else in what they touched last and have not done. `None` where
/// nothing is under way.
///
/// # Errors
/// The database's.
pub async fn resume(
    db: &Db,
    catalogue: &Catalogue,
    learner: LearnerId,
    citizen: Option<CitizenId>,
    today: Date,
) -> Result<Option<(ModuleId, Next)>, LearningError> {
    let progress = progress::of_learner(db, learner).await?;
    let assigned = match citizen {
        Some(citizen) => assignment::of_citizen(db, citizen, today).await?,
        None => Vec::new(),
    };
    Ok(next_of(catalogue, &progress, &assigned))
}

/// The same of what was read already: somebody's progress, and what they were given.
#[must_use]
pub fn next_of(
    catalogue: &Catalogue,
    progress: &BTreeMap<ModuleId, ModuleProgress>,
    assigned: &[Assigned],
) -> Option<(ModuleId, Next)> {
    let done = |module: &ModuleId| {
        progress
            .get(module)
            .is_some_and(|progress| progress.completion.is_some())
    };
    let untouched = ModuleProgress::default();
    for one in assigned.iter().filter(|one| !done(&one.module)) {
        if let Some(module) = catalogue.module(&one.module) {
            let progress = progress.get(&one.module).unwrap_or(&untouched);
            let next = progress.next(module.edition(Lang::default()), one.lesson.as_ref());
            return Some((one.module.clone(), next));
        }
    }
    let under_way = progress
        .iter()
        .filter(|(module, _)| !done(module))
        .filter_map(|(id, progress)| Some((progress, catalogue.module(id)?)))
        .max_by_key(|(progress, _)| progress.touched_at);
    under_way.map(|(progress, module)| {
        let next = progress.next(module.edition(Lang::default()), None);
        (module.id.clone(), next)
    })
}
