//! From a course folder to what is [`Published`]: compile, index, render, and again as it changes.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use time::Date;

use crate::content::Diagnostic;
use crate::content::compiler::{Build, Compiler};
use crate::content::left_out::LeftOut;
use crate::domain::progress;
use crate::domain::region::Region;
use crate::search::Index;

use super::published::Published;
use super::templates::Templates;

/// Publishes a folder again and again; each time only what has changed is done.
pub struct Publisher {
    root: PathBuf,
    region: Option<Region>,
    templates: Arc<Templates>,
    /// `None` after a failure: half of it may have been done, so all of it is done again.
    kept: Option<Kept>,
}

struct Kept {
    compiler: Compiler,
    index: Index,
    published: Option<Arc<Published>>,
}

/// What was found in a folder that was published.
#[derive(Debug)]
pub struct FoundCourse {
    /// Every complaint.
    pub complaints: Vec<Diagnostic>,
    /// What they leave out.
    pub left_out: LeftOut,
    /// One is about no module, so that what was published stays.
    pub held: bool,
}

impl Publisher {
    /// A publisher of a course folder. Nothing is read yet.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>, templates: Arc<Templates>) -> Self {
        Self {
            root: root.into(),
            region: None,
            templates,
            kept: None,
        }
    }

    /// The same with the values of a region in the courses.
    #[must_use]
    pub fn in_region(mut self, region: Option<Region>) -> Self {
        self.region = region;
        self
    }

    /// Publishes the folder as it is now, and tells what was found. A module with an error is left
    /// out.
    ///
    /// # Errors
    /// The folder cannot be read, or a template is wrong.
    pub fn publish(&mut self, today: Date) -> anyhow::Result<(Arc<Published>, FoundCourse)> {
        let (mut kept, mut build) = match self.kept.take() {
            // What could not be read is read again, and what was good is good until then.
            Some(mut kept) => match self.compile(&mut kept.compiler, today) {
                Ok(build) => (kept, build),
                Err(error) => {
                    self.kept = Some(kept);
                    return Err(error);
                }
            },
            None => self.anew(today)?,
        };
        // An index is of the words it was made with: with others, all of it is made again. What is
        // held stays as it is, its words too.
        if !build.held && kept.index.words() != build.words.as_ref() {
            match self.anew(today) {
                Ok((again, of_all)) => {
                    let published = kept.published.take();
                    (kept, build) = (Kept { published, ..again }, of_all);
                }
                Err(error) => {
                    self.kept = Some(kept);
                    return Err(error);
                }
            }
        }
        let changed: HashSet<_> = build
            .changed
            .iter()
            .map(|changed| changed.module.id.clone())
            .chain(build.removed.iter().cloned())
            .collect();
        let step = progress::begin("indexing for the search", 0);
        let search = kept.index.apply(build.changed, &build.removed)?;
        drop(step);
        let published = Arc::new(Published::new(
            build.catalogue,
            search,
            Arc::clone(&self.templates),
            kept.published.as_deref(),
            &changed,
        )?);
        kept.published = Some(Arc::clone(&published));
        self.kept = Some(kept);
        let found = FoundCourse {
            complaints: build.diagnostics,
            left_out: build.left_out,
            held: build.held,
        };
        Ok((published, found))
    }

    fn anew(&self, today: Date) -> anyhow::Result<(Kept, Build)> {
        let mut compiler = Compiler::new(&self.root).in_region(self.region);
        let build = self.compile(&mut compiler, today)?;
        let kept = Kept {
            compiler,
            index: Index::new(&build.words)?,
            published: None,
        };
        Ok((kept, build))
    }

    fn compile(&self, compiler: &mut Compiler, today: Date) -> anyhow::Result<Build> {
        let build = compiler.compile(today);
        build.with_context(|| format!("cannot read the courses in {}", self.root.display()))
    }
}
