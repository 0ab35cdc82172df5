//! Which module somebody with a need is given to learn at home.

use crate::content::Catalogue;
use crate::content::module::Module;
use crate::network::need::Need;
use crate::search::{Search, SearchError, SearchQuery};

/// The module for a need: of those that teach some of its competences, the one that a search for it
/// finds first. `None` where the courses have none.
///
/// # Errors
/// The index's.
pub fn for_need<'c>(
    need: &Need,
    catalogue: &'c Catalogue,
    search: &Search,
) -> Result<Option<&'c Module>, SearchError> {
    let teaches = |module: &Module| {
        let mut codes = module.digcomp.iter().filter_map(|one| one.se5());
        codes.any(|code| need.competences.contains(&code))
    };
    let found = search.search(&SearchQuery::new(need.title))?;
    let modules = found.hits.iter().map(|hit| &hit.module);
    let modules = modules.chain(&found.near);
    let mut modules = modules.filter_map(|id| catalogue.module(id).map(AsRef::as_ref));
    Ok(modules.find(|module| teaches(module)))
}
