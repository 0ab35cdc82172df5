//! None of the module's competences has a code in Facilita.
//!
//! The monitoring platform has a code for sixteen of DigComp's competences, and none for 4.3, 4.4,
//! 5.2, 5.3 and 5.4. A module with only these can be learned, but its completion cannot be reported, so
//! it does not count for the network.
//!
//! Wrong:
//!
//! ```toml
//! digcomp = ["4.3"]
//! ```
//!
//! Right, if the module teaches it too:
//!
//! ```toml
//! digcomp = ["4.3", "4.2"]
//! ```

use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::document::{Document, FileKind};
use crate::content::message::say;
use crate::domain::digcomp::Competence;

pub(super) static RULE: Rule = Rule {
    code: "competence-not-reportable",
    severity: Severity::Warning,
    page: include_str!("competence_not_reportable.rs"),
};

pub(super) fn check(document: &Document, out: &mut Vec<Diagnostic>) {
    let listed = &document.front.digcomp;
    let known: Option<Vec<Competence>> = listed
        .iter()
        .map(|code| Competence::from_code(&code.value))
        .collect();
    // An unknown code is complained about where it is read.
    let (Some(known), Some(first), Some(last)) = (known, listed.first(), listed.last()) else {
        return;
    };
    if document.kind != FileKind::Module || known.iter().any(|code| code.se5().is_some()) {
        return;
    }
    out.push(
        Diagnostic::new(
            &RULE,
            &document.file,
            first.span.start..last.span.end,
            say("competence-not-reportable"),
        )
        .with_help(say("competence-not-reportable-help")),
    );
}
