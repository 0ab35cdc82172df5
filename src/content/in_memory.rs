//! Compiling a course that is in memory, once: nothing is kept for another time.

use rayon::prelude::*;
use time::Date;

use super::compile_module::compile_module;
use super::compiler::{Build, KeptBuild, KeptModule};
use super::diagnostic::{self, Diagnostic};
use super::regional;
use super::regions::{Regional, Regions};
use super::source::Source;
use crate::domain::region::Region;

/// Compiles a course in memory, without a region; nothing is kept.
#[must_use]
pub fn compile(source: &Source, today: Date) -> Build {
    let (regions, complaints) = source.read_regions(today);
    compile_with(source, regions.of(None), complaints, today)
}

/// Compiles a course without a region, and adds what is wrong only with the values of one.
#[must_use]
pub fn compile_everywhere(source: &Source, today: Date) -> Build {
    let (regions, complaints) = source.read_regions(today);
    let mut build = compile_with(source, regions.of(None), complaints, today);
    let regional = source.modules.iter().filter(|module| {
        let mut files = module.files.iter();
        files.any(|file| regional::is_regional(&file.text))
    });
    for module in regional {
        for region in Region::all() {
            let compiled = compile_module(module, &regions.of(Some(region)));
            let own = compiled.diagnostics.into_iter().filter(|complaint| {
                let same =
                    |other: &Diagnostic| diagnostic::key(other) == diagnostic::key(complaint);
                !build.diagnostics.iter().any(same)
            });
            let own: Vec<_> = own.map(|complaint| complaint.only_in(region)).collect();
            build.diagnostics.extend(own);
        }
    }
    diagnostic::sort(&mut build.diagnostics);
    build
}

fn compile_with(
    source: &Source,
    regional: Regional,
    complaints: Vec<Diagnostic>,
    today: Date,
) -> Build {
    let modules = source
        .modules
        .par_iter()
        .map(|module| {
            let kept = KeptModule::of(compile_module(module, &regional));
            (module.folder.clone(), kept)
        })
        .collect();
    let mut kept = KeptBuild::of(modules);
    let file = |path: &str| {
        let mut files = source.modules.iter().flat_map(|module| &module.files);
        let beside = [&source.paths, &source.words, &source.lock];
        let mut files = files.by_ref().chain(beside.into_iter().flatten());
        files.find(|file| file.path == path).cloned()
    };
    kept.finish(source, complaints, today, &file)
}

impl Source {
    /// What `regions.toml` says, and what is wrong with it.
    pub(super) fn read_regions(&self, today: Date) -> (Regions, Vec<Diagnostic>) {
        let file = self.regions.as_ref();
        file.map(|file| Regions::parse(file, today))
            .unwrap_or_default()
    }
}
