//! Modules require each other in a circle.
//!
//! `requires` names what should be learned before. If A comes before B and B before A, nobody can
//! begin.
//!
//! Wrong, in `spid/module.md` and in `cie/module.md`:
//!
//! ```toml
//! requires = ["cie"]
//! requires = ["spid"]
//! ```
//!
//! Right:
//!
//! ```toml
//! requires = []
//! requires = ["spid"]
//! ```

use std::collections::{HashMap, HashSet};

use super::Course;
use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::outline::Outline;

pub(super) static RULE: Rule = Rule {
    code: "requires-cycle",
    severity: Severity::Error,
    page: include_str!("requires_cycle.rs"),
};

/// Each is looked for through the course, so that a course made only of circles takes its time.
const MOST_LOOKED_AT: usize = 500;

pub(super) fn check(course: &Course<'_>, out: &mut Vec<Diagnostic>) {
    let mut open: HashMap<&str, &Outline> = course
        .outlines
        .iter()
        .filter_map(|outline| Some((outline.id.as_ref()?.value.as_str(), outline.as_ref())))
        .collect();
    // What can be learned first, then what can be learned after that, and so on, is in no circle.
    loop {
        let before = open.len();
        let waiting: HashSet<&str> = open.keys().copied().collect();
        let waits = |outline: &Outline| {
            let mut requires = outline.requires.iter();
            requires.any(|id| waiting.contains(id.value.as_str()))
        };
        open.retain(|_, outline| waits(outline));
        if open.len() == before {
            break;
        }
    }
    let edges = course.outlines.iter().flat_map(|outline| {
        let own = outline.id.as_ref().map_or("", |id| id.value.as_str());
        outline.requires.iter().map(move |next| (own, next))
    });
    for (own, next) in edges
        .filter(|(own, _)| open.contains_key(own))
        .take(MOST_LOOKED_AT)
    {
        if leads_to(&open, &next.value, own) {
            let message = if own == next.value {
                format!("`{own}` requires itself")
            } else {
                format!(
                    "`{own}` requires `{0}`, and `{0}` in turn `{own}`",
                    next.value
                )
            };
            out.extend(course.complain(&RULE, &next.file, next.span.clone(), message));
        }
    }
}

fn leads_to(modules: &HashMap<&str, &Outline>, from: &str, to: &str) -> bool {
    let mut seen = HashSet::new();
    let mut work = vec![from];
    while let Some(id) = work.pop() {
        if id == to {
            return true;
        }
        if let Some(outline) = modules.get(id)
            && seen.insert(id)
        {
            work.extend(outline.requires.iter().map(|next| next.value.as_str()));
        }
    }
    false
}
