//! What errors leave out of the catalogue.
//!
//! A module with an error is left out, and with it every module that requires it and every path
//! that names it: nobody could go that way to its end. An error that is about no module keeps the
//! last good catalogue as it is. Where there is none yet, all that the error may be about is left
//! out: the paths for what stands beside the modules, every module for `ids.lock`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::domain::ids::{ModuleId, PathId};

use super::catalogue::LearningPath;
use super::diagnostic::{Diagnostic, Severity};
use super::module::Module;
use super::touches::Touches;

/// What is in the course folder and not in the catalogue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// The folders of modules, and for one without an error of its own the module that it requires
    /// and that is left out.
    pub modules: BTreeMap<String, Option<ModuleId>>,
    /// Paths.
    pub paths: Vec<PathId>,
}

/// What the errors of a course are about.
#[derive(Debug, Default)]
pub(super) struct CourseFaults {
    folders: BTreeSet<String>,
    /// An error is about no module.
    beside: bool,
    /// It is about the paths.
    paths: bool,
    everything: bool,
}

impl CourseFaults {
    pub(super) fn of(complaints: &[Diagnostic]) -> Self {
        let mut faults = Self::default();
        for complaint in complaints {
            if complaint.severity != Severity::Error {
                continue;
            }
            match &complaint.touches {
                Touches::Folders(folders) => faults.folders.extend(folders.iter().cloned()),
                Touches::Beside => {
                    faults.beside = true;
                    // An id of the lock that is about no module is a path's.
                    let file = complaint.file.path.as_str();
                    faults.paths |= matches!(file, "paths.toml" | "ids.lock");
                }
                Touches::Everything => faults.everything = true,
            }
        }
        faults
    }

    /// Whether an error is about no module.
    pub(super) fn of_no_module(&self) -> bool {
        self.beside || self.everything
    }

    /// The modules that are left out, of those that could be put together, by folder.
    pub(super) fn modules(
        &self,
        modules: &BTreeMap<&str, &Arc<Module>>,
    ) -> BTreeMap<String, Option<ModuleId>> {
        let mut out: BTreeMap<String, Option<ModuleId>> = BTreeMap::new();
        let mut lost: Vec<&ModuleId> = Vec::new();
        let sound = |folder: &str| !self.everything && !self.folders.contains(folder);
        let known: BTreeSet<&ModuleId> = modules
            .iter()
            .filter(|(folder, _)| sound(folder))
            .map(|(_, module)| &module.id)
            .collect();
        let mut requiring: BTreeMap<&ModuleId, Vec<(&str, &Arc<Module>)>> = BTreeMap::new();
        for (folder, module) in modules {
            for id in &module.requires {
                requiring.entry(id).or_default().push((folder, module));
            }
            if !sound(folder) {
                out.insert((*folder).to_owned(), None);
                lost.push(&module.id);
            }
        }
        lost.extend(requiring.keys().filter(|id| !known.contains(*id)));
        while let Some(id) = lost.pop() {
            for (folder, module) in requiring.remove(id).unwrap_or_default() {
                if !out.contains_key(folder) {
                    out.insert(folder.to_owned(), Some(id.clone()));
                    lost.push(&module.id);
                }
            }
        }
        out.extend(self.folders.iter().map(|folder| (folder.clone(), None)));
        out
    }

    /// Parts the paths that are whole from those that are not.
    pub(super) fn paths(
        &self,
        paths: Vec<LearningPath>,
        served: &BTreeMap<ModuleId, Arc<Module>>,
    ) -> (Vec<LearningPath>, Vec<PathId>) {
        let whole = |path: &LearningPath| {
            !self.paths && !self.everything && path.modules.iter().all(|id| served.contains_key(id))
        };
        let (whole, out): (Vec<_>, Vec<_>) = paths.into_iter().partition(whole);
        (whole, out.into_iter().map(|path| path.id).collect())
    }
}
