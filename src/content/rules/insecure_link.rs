//! A link leads to something else than a file of the course or an `https://` address.
//!
//! `http://` can be read and changed on the way: in a course about safety it would be a bad
//! example. `mailto:`, `tel:` and the like open programs that a borrowed phone may not have.
//! Addresses that begin with `/` would break when the site moves; a lesson is linked by its file.
//!
//! Wrong:
//!
//! ```markdown
//! [Il sito dell'INPS](http://www.inps.it/)
//! [Scegliere il gestore](/moduli/spid/scegliere)
//! ```
//!
//! Right:
//!
//! ```markdown
//! [Il sito dell'INPS](https://www.inps.it/)
//! [Scegliere il gestore](02-scegliere.md)
//! ```

use super::short;
use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::document::Document;
use crate::content::link::{self, LinkTarget};
use crate::content::message::say;

pub(in crate::content) static RULE: Rule = Rule {
    code: "insecure-link",
    severity: Severity::Error,
    page: include_str!("insecure_link.rs"),
};

pub(super) fn check(document: &Document, out: &mut Vec<Diagnostic>) {
    for link in &document.links {
        if link::target(&document.file.path, &link.target) != LinkTarget::Refused {
            continue;
        }
        let message = say("insecure-link").with("target", short(&link.target));
        let help = match link.target.strip_prefix("http://") {
            Some(rest) => say("insecure-link-https-help").with("rest", short(rest)),
            None => say("insecure-link-help"),
        };
        out.push(
            Diagnostic::new(&RULE, &document.file, link.span.clone(), message).with_help(help),
        );
    }
}
