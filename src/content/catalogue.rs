//! The result of compiling a course folder: immutable, shared, swapped in whole.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::ids::{ModuleId, PathId};
use crate::domain::locale::Lang;

use super::module::Module;

/// Everything that can be learned.
#[derive(Debug, Default)]
pub struct Catalogue {
    modules: Vec<Arc<Module>>,
    by_id: HashMap<ModuleId, usize>,
    paths: Vec<LearningPath>,
}

/// A need ("Prenotare una visita") and the modules that meet it, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LearningPath {
    /// Permanent.
    pub id: PathId,
    /// Title by language; Italian always there.
    pub title: HashMap<Lang, String>,
    /// One line by language; Italian always there.
    pub summary: HashMap<Lang, String>,
    /// Modules of this catalogue, in order.
    pub modules: Vec<ModuleId>,
}

impl Catalogue {
    /// A catalogue of these modules and paths. Modules are kept in the order of their titles'
    /// folders; a path keeps only the modules that are there.
    #[must_use]
    pub fn new(mut modules: Vec<Arc<Module>>, mut paths: Vec<LearningPath>) -> Self {
        modules.sort_by(|a, b| a.folder.cmp(&b.folder));
        let by_id: HashMap<_, _> = modules
            .iter()
            .enumerate()
            .map(|(at, module)| (module.id.clone(), at))
            .collect();
        for path in &mut paths {
            path.modules.retain(|id| by_id.contains_key(id));
        }
        paths.retain(|path| !path.modules.is_empty());
        Self {
            modules,
            by_id,
            paths,
        }
    }

    /// Every module, in the order of their folders.
    #[must_use]
    pub fn modules(&self) -> &[Arc<Module>] {
        &self.modules
    }

    /// A module by its id.
    #[must_use]
    pub fn module(&self, id: &ModuleId) -> Option<&Arc<Module>> {
        self.by_id.get(id).and_then(|at| self.modules.get(*at))
    }

    /// The learning paths, in the editors' order.
    #[must_use]
    pub fn paths(&self) -> &[LearningPath] {
        &self.paths
    }

    /// A learning path by its id.
    #[must_use]
    pub fn path(&self, id: &PathId) -> Option<&LearningPath> {
        self.paths.iter().find(|path| path.id == *id)
    }
}

impl LearningPath {
    /// The title in a language, or in Italian.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &str {
        in_lang(&self.title, lang)
    }

    /// The summary in a language, or in Italian.
    #[must_use]
    pub fn summary(&self, lang: Lang) -> &str {
        in_lang(&self.summary, lang)
    }
}

fn in_lang(texts: &HashMap<Lang, String>, lang: Lang) -> &str {
    texts
        .get(&lang)
        .or_else(|| texts.get(&Lang::It))
        .map_or("", String::as_str)
}
