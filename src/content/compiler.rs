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

use crate::domain::ids::ModuleId;
use crate::domain::progress;
use crate::domain::region::Region;

use super::assemble::Assembled;
pub use super::build::{Build, Changed, Section};
use super::catalogue::{Catalogue, LearningPath};
use super::compile_module::{CompiledModule, compile_module};
use super::diagnostic::{self, Diagnostic};
use super::left_out::{CourseFaults, LeftOut};
use super::links::{self, Addresses};
use super::message::say;
use super::module::Module;
use super::outline::Outline;
use super::paths::{self, Paths};
use super::regions::Regional;
use super::rules::{self, Course, unusable_file};
use super::source::{self, ModuleSource, Source, SourceFile, UnreadableFile};
use super::words;

/// Compiles a folder again and again, reading only what has changed.
#[derive(Debug)]
pub struct Compiler {
    root: PathBuf,
    /// Whose values stand in the text.
    region: Option<Region>,
    kept: KeptBuild,
}

impl Compiler {
    /// A compiler of a course folder. Nothing is read yet.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            region: None,
            kept: KeptBuild::default(),
        }
    }

    /// The same with the values of a region in the text.
    #[must_use]
    pub fn in_region(mut self, region: Option<Region>) -> Self {
        self.region = region;
        self
    }

    /// Reads what has changed since the last time and compiles it. A change is seen by a file's
    /// name, size and times.
    ///
    /// # Errors
    /// When the folder, or a file in it, cannot be read from the disk. What was kept stays.
    pub fn compile(&mut self, today: Date) -> io::Result<Build> {
        let beside = Source::read_root(&self.root)?;
        let (regions, complaints) = beside.read_regions(today);
        self.kept.stand_in(regions.of(self.region));
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
        Ok(self.kept.finish(&beside, complaints, today, &file))
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
            ..KeptModule::of(compile_module(&source, &self.kept.regional))
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

/// What is kept between two compilations.
#[derive(Debug, Default)]
pub(super) struct KeptBuild {
    /// What stood in the text of all of them.
    regional: Regional,
    /// By folder.
    modules: BTreeMap<String, KeptModule>,
    /// What the last catalogue had.
    served: BTreeMap<ModuleId, Arc<Module>>,
    /// The last catalogue that no error of the whole course stood against.
    good: Option<Arc<Catalogue>>,
}

/// What is kept of a folder.
#[derive(Debug)]
pub(super) struct KeptModule {
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
    pub(super) fn of(compiled: CompiledModule) -> Self {
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

impl KeptBuild {
    /// Folders that were compiled, and nothing served yet.
    pub(super) fn of(modules: BTreeMap<String, KeptModule>) -> Self {
        Self {
            modules,
            ..Self::default()
        }
    }

    /// Takes other values for the text: where they differ, every folder is read again.
    fn stand_in(&mut self, regional: Regional) {
        if self.regional != regional {
            self.regional = regional;
            for kept in self.modules.values_mut() {
                kept.print = None;
            }
        }
    }

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
    pub(super) fn finish(
        &mut self,
        beside: &Source,
        mut diagnostics: Vec<Diagnostic>,
        today: Date,
        file: &dyn Fn(&str) -> Option<Arc<SourceFile>>,
    ) -> Build {
        self.link();
        let Paths {
            paths,
            outlines: path_outlines,
            diagnostics: of_paths,
        } = beside.paths.as_ref().map(paths::parse).unwrap_or_default();
        diagnostics.extend(of_paths);
        let read = beside.words.as_ref().map(words::parse).unwrap_or_default();
        diagnostics.extend(read.diagnostics);
        for unreadable in &beside.unreadable {
            let message = say("unusable-file").with("reason", unreadable.reason.clone());
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
            words: &read.outline,
            lock: beside.lock.as_ref(),
            paths_read: !diagnostic::any_error(&diagnostics),
            today,
            file,
        }));
        let no_lock = |file: &UnreadableFile| file.file.path == "ids.lock";
        if beside.unreadable.iter().any(no_lock) {
            // It is there, and what is wrong with it was said.
            diagnostics.retain(|complaint| complaint.rule.code != "lock-out-of-date");
        }
        for kept in self.modules.values() {
            diagnostics.extend(kept.diagnostics.iter().cloned());
        }
        diagnostic::sort(&mut diagnostics);
        let faults = CourseFaults::of(&diagnostics);
        let mut build = Build {
            catalogue: Arc::default(),
            diagnostics,
            changed: Vec::new(),
            removed: Vec::new(),
            outlines,
            paths: path_outlines,
            left_out: LeftOut::default(),
            held: false,
            words: Arc::new(read.words),
        };
        match &self.good {
            Some(good) if faults.of_no_module() => {
                build.catalogue = Arc::clone(good);
                build.held = true;
            }
            _ => self.serve(&faults, paths, &mut build),
        }
        build
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
                assembled.module.pack();
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
    fn serve(&mut self, faults: &CourseFaults, paths: Vec<LearningPath>, build: &mut Build) {
        let before = std::mem::take(&mut self.served);
        let modules = self.modules.iter();
        let whole = modules.filter_map(|(folder, kept)| Some((&**folder, kept.module.as_ref()?)));
        build.left_out.modules = faults.modules(&whole.collect());
        for (folder, kept) in &mut self.modules {
            let Some(module) = &kept.module else {
                continue;
            };
            if build.left_out.modules.contains_key(folder) || self.served.contains_key(&module.id) {
                // Its text for search is gone once it was served: it is read again to come back.
                if kept.sections.is_none() {
                    kept.print = None;
                }
                continue;
            }
            let same = |other: &Arc<Module>| Arc::ptr_eq(other, module);
            if !before.get(&module.id).is_some_and(same) {
                build.changed.push(Changed {
                    module: Arc::clone(module),
                    sections: kept.sections.take().unwrap_or_default(),
                });
            }
            self.served.insert(module.id.clone(), Arc::clone(module));
        }
        let gone = before
            .into_keys()
            .filter(|id| !self.served.contains_key(id));
        build.removed = gone.collect();
        let (paths, out) = faults.paths(paths, &self.served);
        build.left_out.paths = out;
        let served = self.served.values().cloned().collect();
        build.catalogue = Arc::new(Catalogue::new(served, paths));
        if !faults.of_no_module() {
            self.good = Some(Arc::clone(&build.catalogue));
        }
    }
}
