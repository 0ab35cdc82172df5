//! From a course folder to a [`Build`]: all of the compiler in order, keeping what has not changed.
//!
//! A folder is one unit: its files are read, parsed, checked and put together on one thread, and
//! only the result is kept, with an outline for the checks across modules. Nothing is kept of the
//! sources but the files that are complained about.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;
use time::Date;

use crate::domain::ids::{LessonId, ModuleId};
use crate::domain::locale::Lang;
use crate::domain::progress;

use super::assemble::Assembled;
use super::catalogue::Catalogue;
use super::compile_module::{CompiledModule, compile_module};
use super::diagnostic::{self, Diagnostic, Severity};
use super::links::{self, Addresses};
use super::module::Module;
use super::outline::{Outline, PathOutline};
use super::paths::{self, Paths};
use super::rules::{self, Course, unusable_file};
use super::source::{self, ModuleSource, Source, SourceFile};

/// What a compilation gives.
#[derive(Debug)]
pub struct Build {
    /// The sound modules.
    pub catalogue: Arc<Catalogue>,
    /// Every complaint, in the order of files and lines. An error leaves its module out.
    pub diagnostics: Vec<Diagnostic>,
    /// The modules that are new or differ from the previous build.
    pub changed: Vec<Changed>,
    /// The modules of the previous build that are no longer in the catalogue.
    pub removed: Vec<ModuleId>,
    /// Every module folder, those with errors too, as `ids.lock` and other modules see it.
    pub outlines: Vec<Arc<Outline>>,
    /// The paths of `paths.toml`, as `ids.lock` sees them.
    pub paths: Vec<PathOutline>,
}

/// A module that is new or differs from the previous build.
#[derive(Debug, Clone)]
pub struct Changed {
    /// The module, as in the catalogue.
    pub module: Arc<Module>,
    /// Its text, for the search index, in every language.
    pub sections: Vec<Section>,
}

/// The text under one heading, plain. Questions are no part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The language of the text.
    pub lang: Lang,
    /// The lesson; `None` for the module's introduction.
    pub lesson: Option<LessonId>,
    /// The heading's id; `None` before the first heading.
    pub anchor: Option<String>,
    /// The heading's words; the page's title before the first heading.
    pub heading: String,
    /// The paragraphs, a line each.
    pub text: String,
}

/// Compiles a folder again and again, reading only what has changed.
#[derive(Debug)]
pub struct Compiler {
    root: PathBuf,
    kept: Kept,
}

impl Compiler {
    /// A compiler of a course folder. Nothing is read yet.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            kept: Kept::default(),
        }
    }

    /// Reads what has changed since the last time and compiles it. A change is seen by a file's
    /// name, size and times.
    ///
    /// # Errors
    /// When the folder, or a file in it, cannot be read from the disk. What was kept stays.
    pub fn compile(&mut self, today: Date) -> io::Result<Build> {
        let beside = Source::read_root(&self.root)?;
        let folders = source::module_folders(&self.root)?;
        let step = progress::begin("compiling the courses", folders.len());
        let read = folders
            .par_iter()
            .map(|folder| {
                let read = self.read_changed(folder);
                progress::advance(1);
                read
            })
            .collect::<io::Result<Vec<Option<(String, KeptModule)>>>>()?;
        drop(step);
        let present: BTreeSet<String> = folders.into_iter().collect();
        self.kept
            .modules
            .retain(|folder, _| present.contains(folder));
        self.kept.modules.extend(read.into_iter().flatten());
        for folder in self.kept.led_astray() {
            let again = self.read(&folder, self.fingerprint(&folder)?)?;
            self.kept.modules.insert(folder, again);
        }
        let root = &self.root;
        let file = |path: &str| {
            let text = std::fs::read_to_string(root.join(path)).ok()?;
            Some(SourceFile::new(path, &text))
        };
        Ok(self.kept.finish(&beside, today, &file))
    }

    fn read_changed(&self, folder: &str) -> io::Result<Option<(String, KeptModule)>> {
        // Taken before reading: a change made meanwhile is seen the next time.
        let print = self.fingerprint(folder)?;
        let before = self.kept.modules.get(folder);
        if before.is_some_and(|before| before.print == Some(print)) {
            return Ok(None);
        }
        Ok(Some((folder.to_owned(), self.read(folder, print)?)))
    }

    fn read(&self, folder: &str, print: u64) -> io::Result<KeptModule> {
        let source = ModuleSource::read(&self.root, folder)?;
        Ok(KeptModule {
            print: Some(print),
            ..KeptModule::of(compile_module(&source))
        })
    }

    fn fingerprint(&self, folder: &str) -> io::Result<u64> {
        let mut hasher = DefaultHasher::new();
        for (name, meta) in source::listing(&self.root, folder)? {
            name.hash(&mut hasher);
            meta.len().hash(&mut hasher);
            meta.modified().ok().hash(&mut hasher);
            #[cfg(unix)]
            {
                use std::os::unix::fs::MetadataExt;
                (meta.ino(), meta.ctime(), meta.ctime_nsec()).hash(&mut hasher);
            }
        }
        Ok(hasher.finish())
    }
}

/// Compiles a course in memory; nothing is kept.
#[must_use]
pub fn compile(source: &Source, today: Date) -> Build {
    let modules = source
        .modules
        .par_iter()
        .map(|module| {
            let kept = KeptModule::of(compile_module(module));
            (module.folder.clone(), kept)
        })
        .collect();
    let mut kept = Kept {
        modules,
        ..Kept::default()
    };
    let file = |path: &str| {
        let mut files = source.modules.iter().flat_map(|module| &module.files);
        let mut files = files.by_ref().chain(&source.paths).chain(&source.lock);
        files.find(|file| file.path == path).cloned()
    };
    kept.finish(source, today, &file)
}

/// What is kept between two compilations.
#[derive(Debug, Default)]
struct Kept {
    /// By folder.
    modules: BTreeMap<String, KeptModule>,
    /// What the last catalogue had.
    served: BTreeMap<ModuleId, Arc<Module>>,
}

/// What is kept of a folder.
#[derive(Debug)]
struct KeptModule {
    /// Of the files it was made from; `None` to read them again in any case.
    print: Option<u64>,
    outline: Arc<Outline>,
    addresses: Option<Addresses>,
    diagnostics: Vec<Diagnostic>,
    /// The links to other folders and where they led.
    outward: BTreeMap<String, Option<String>>,
    /// Not linked to the other folders yet.
    fresh: Option<Assembled>,
    module: Option<Arc<Module>>,
    /// The text for search, until the module is in a catalogue.
    sections: Option<Vec<Section>>,
}

impl KeptModule {
    fn of(compiled: CompiledModule) -> Self {
        Self {
            print: None,
            outline: compiled.outline,
            addresses: compiled.addresses,
            diagnostics: compiled.diagnostics,
            outward: compiled
                .outward
                .into_iter()
                .map(|open| (open, None))
                .collect(),
            fresh: compiled.assembled,
            module: None,
            sections: None,
        }
    }
}

type Addressbook<'a> = BTreeMap<&'a str, &'a Addresses>;

fn addressbook(modules: &BTreeMap<String, KeptModule>) -> Addressbook<'_> {
    let known = modules
        .iter()
        .filter_map(|(folder, kept)| Some((folder.as_str(), kept.addresses.as_ref()?)));
    known.collect()
}

impl Kept {
    /// Folders whose pages link to pages of other folders that have moved.
    fn led_astray(&self) -> Vec<String> {
        let course = addressbook(&self.modules);
        let moved = |kept: &KeptModule| {
            kept.fresh.is_none()
                && kept
                    .outward
                    .iter()
                    .any(|(open, led)| links::outward(open, &course) != *led)
        };
        let astray = self.modules.iter().filter(|(_, kept)| moved(kept));
        astray.map(|(folder, _)| folder.clone()).collect()
    }

    /// Links what is fresh, checks across modules and makes the catalogue.
    fn finish(
        &mut self,
        beside: &Source,
        today: Date,
        file: &dyn Fn(&str) -> Option<Arc<SourceFile>>,
    ) -> Build {
        self.link();
        let Paths {
            paths,
            outlines: path_outlines,
            mut diagnostics,
        } = beside.paths.as_ref().map(paths::parse).unwrap_or_default();
        for unreadable in &beside.unreadable {
            let message = format!("the file cannot be used: {}", unreadable.reason);
            diagnostics.push(Diagnostic::new(
                &unusable_file::RULE,
                &unreadable.file,
                0..0,
                message,
            ));
        }
        let outlines: Vec<Arc<Outline>> = self
            .modules
            .values()
            .map(|kept| Arc::clone(&kept.outline))
            .collect();
        diagnostics.extend(rules::check_course(&Course {
            outlines: &outlines,
            paths: &path_outlines,
            lock: beside.lock.as_ref(),
            today,
            file,
        }));
        for kept in self.modules.values() {
            diagnostics.extend(kept.diagnostics.iter().cloned());
        }
        diagnostic::sort(&mut diagnostics);
        let faulty: BTreeSet<&str> = diagnostics
            .iter()
            .filter(|complaint| complaint.severity == Severity::Error)
            .filter_map(|complaint| complaint.file.path.split_once('/'))
            .map(|(folder, _)| folder)
            .collect();
        let (changed, removed) = self.serve(&faulty);
        let modules = self.served.values().cloned().collect();
        Build {
            catalogue: Arc::new(Catalogue::new(modules, paths)),
            diagnostics,
            changed,
            removed,
            outlines,
            paths: path_outlines,
        }
    }

    /// Gives fresh modules the addresses of the other folders' pages.
    fn link(&mut self) {
        let fresh: Vec<(String, Assembled)> = self
            .modules
            .iter_mut()
            .filter_map(|(folder, kept)| Some((folder.clone(), kept.fresh.take()?)))
            .collect();
        let mut linked = Vec::with_capacity(fresh.len());
        let course = addressbook(&self.modules);
        for (folder, mut assembled) in fresh {
            let mut led = BTreeMap::new();
            if let Some(kept) = self.modules.get(&folder)
                && !kept.outward.is_empty()
            {
                let targets = kept.outward.keys();
                led.extend(targets.map(|open| (open.clone(), links::outward(open, &course))));
                links::resolve_outward(&course, &mut assembled.module);
            }
            linked.push((folder, assembled, led));
        }
        for (folder, assembled, led) in linked {
            if let Some(kept) = self.modules.get_mut(&folder) {
                kept.outward = led;
                kept.module = Some(Arc::new(assembled.module));
                kept.sections = Some(assembled.sections);
            }
        }
    }

    /// Decides what is in the catalogue, and how it differs from the one before.
    fn serve(&mut self, faulty: &BTreeSet<&str>) -> (Vec<Changed>, Vec<ModuleId>) {
        let before = std::mem::take(&mut self.served);
        let mut changed = Vec::new();
        for (folder, kept) in &mut self.modules {
            let Some(module) = &kept.module else {
                continue;
            };
            if faulty.contains(folder.as_str()) || self.served.contains_key(&module.id) {
                // Its text for search is gone once it was served: it is read again to come back.
                if kept.sections.is_none() {
                    kept.print = None;
                }
                continue;
            }
            let same = |other: &Arc<Module>| Arc::ptr_eq(other, module);
            if !before.get(&module.id).is_some_and(same) {
                changed.push(Changed {
                    module: Arc::clone(module),
                    sections: kept.sections.take().unwrap_or_default(),
                });
            }
            self.served.insert(module.id.clone(), Arc::clone(module));
        }
        let gone = before
            .into_keys()
            .filter(|id| !self.served.contains_key(id));
        (changed, gone.collect())
    }
}
