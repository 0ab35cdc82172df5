//! The pages of a report: sending one, and those that wait.

use serde::Serialize;

use crate::domain::locale::Lang;
use crate::network::report::{DUE, LONGEST, NewReport, Report};
use crate::web::error::Field;
use crate::web::templates::{day_of, text};

use super::chrome::{Chrome, Section};
use super::desk::network_chrome;
use super::list::Queue;

/// Reports on a page.
const SHOWN: usize = 8;

/// `report.html`
#[derive(Debug, Serialize)]
pub struct ReportPage {
    chrome: Chrome,
    sent: bool,
    page: String,
    text: String,
    email: String,
    longest: usize,
    text_error: String,
    email_error: String,
    wrong: usize,
}

impl ReportPage {
    /// An empty form, or thanks where something was sent just now.
    #[must_use]
    pub fn new(page: &str, sent: bool, lang: Lang) -> Self {
        let title = text(lang, "report-title");
        Self {
            chrome: Chrome::new(lang, title, Section::Other, "/accessibilita/segnala").under(
                "/accessibilita",
                text(lang, "accessibilita-title"),
                lang,
            ),
            sent,
            page: page.to_owned(),
            text: String::new(),
            email: String::new(),
            longest: LONGEST,
            text_error: String::new(),
            email_error: String::new(),
            wrong: 0,
        }
    }

    /// The form with what was typed, and what is wrong with it.
    #[must_use]
    pub fn refused(new: NewReport, faults: &[Field], lang: Lang) -> Self {
        let error = |field: &str| {
            let fault = faults.iter().find(|fault| fault.field == field);
            fault.map_or(String::new(), |fault| text(lang, &fault.key))
        };
        Self {
            text_error: error("text"),
            email_error: error("email"),
            text: new.text,
            email: new.email,
            wrong: faults.len(),
            ..Self::new(&new.page, false, lang)
        }
    }
}

/// `reports.html`: those that wait for an answer.
#[derive(Debug, Serialize)]
pub struct ReportsPage {
    chrome: Chrome,
    reports: Queue<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    href: String,
    page: String,
    text: String,
    email: Option<String>,
    sent: String,
    due: String,
}

impl ReportsPage {
    /// The page of these reports.
    #[must_use]
    pub fn new(reports: Vec<Report>, lang: Lang) -> Self {
        let line = |report: Report| Line {
            href: format!("/rete/segnalazioni/{}", report.id),
            page: report.page,
            text: report.text,
            email: report.email,
            sent: day_of(lang, report.sent_at),
            due: day_of(lang, report.sent_at + DUE),
        };
        let title = text(lang, "reports-title");
        Self {
            chrome: network_chrome(title, "/rete/segnalazioni", lang),
            reports: Queue::new(reports.into_iter().map(line).collect(), SHOWN),
        }
    }
}
