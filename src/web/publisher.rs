//! From a course folder to what is [`Published`]: compile, index, render, and again as it changes.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use time::Date;

use crate::content::Diagnostic;
use crate::content::compiler::Compiler;
use crate::domain::progress;
use crate::search::Index;

use super::published::Published;
use super::templates::Templates;

/// Publishes a folder again and again; each time only what has changed is done.
pub struct Publisher {
    root: PathBuf,
    templates: Arc<Templates>,
    /// `None` after a failure: half of it may have been done, so all of it is done again.
    kept: Option<Kept>,
}

struct Kept {
    compiler: Compiler,
    index: Index,
    published: Option<Arc<Published>>,
}

impl Publisher {
    /// A publisher of a course folder. Nothing is read yet.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>, templates: Arc<Templates>) -> Self {
        Self {
            root: root.into(),
            templates,
            kept: None,
        }
    }

    /// Publishes the folder as it is now, with every complaint about it. A module with an error is
    /// left out.
    ///
    /// # Errors
    /// The folder cannot be read, or a template is wrong.
    pub fn publish(&mut self, today: Date) -> anyhow::Result<(Arc<Published>, Vec<Diagnostic>)> {
        let mut kept = match self.kept.take() {
            Some(kept) => kept,
            None => Kept {
                compiler: Compiler::new(&self.root),
                index: Index::new()?,
                published: None,
            },
        };
        let build = kept
            .compiler
            .compile(today)
            .with_context(|| format!("cannot read the courses in {}", self.root.display()))?;
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
        Ok((published, build.diagnostics))
    }
}
