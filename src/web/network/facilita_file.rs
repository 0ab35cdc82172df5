//! The page of one file for Facilita: the download, the report, the refused rows.

use std::collections::HashMap;

use serde::Serialize;

use crate::domain::facilita::SendState;
use crate::domain::ids::{CitizenId, ServiceId};
use crate::domain::locale::Lang;
use crate::network::facilita::batch::Batch;
use crate::network::facilita::check::Reason;
use crate::network::facilita::lines::FileLine;
use crate::network::facilita::note::NoteKind;
use crate::network::programme::Programme;
use crate::web::desk::erasing::named;
use crate::web::desk::frame::network_chrome;
use crate::web::error::FieldFault;
use crate::web::network::facilita_page::mend_href;
use crate::web::parts::chrome::Chrome;
use crate::web::templates::{day, day_of, number, text};

/// Where the refused attendances of a programme are now: mended, or with what is still wrong.
/// One that is not among them has been sent again, or its service is void.
pub type Now = HashMap<(ServiceId, CitizenId), Result<(), Vec<Reason>>>;

/// `facilita_file.html`
#[derive(Debug, Serialize)]
pub struct FilePage {
    chrome: Chrome,
    href: String,
    programme: String,
    made: String,
    from: String,
    to: String,
    rows: String,
    sha256: String,
    file: String,
    /// Rows that say nothing of their person any more.
    emptied: u64,
    reported: Option<Reported>,
    /// The day on which it was called back.
    called_back: Option<String>,
    report_error: String,
    count_error: String,
    /// The lines that cannot be understood.
    wrong_lines: Vec<WrongLine>,
    reason_error: Option<String>,
    refused: Vec<RefusedRow>,
    refused_page: u64,
    refused_pages: u64,
    refused_previous: Option<String>,
    refused_next: Option<String>,
    lines: Vec<LineRow>,
    page: u64,
    pages: u64,
    previous: Option<String>,
    next: Option<String>,
}

#[derive(Debug, Serialize)]
struct Reported {
    day: String,
    accepted: String,
    rejected: i32,
    sha256: String,
    file: String,
}

#[derive(Debug, Serialize)]
struct WrongLine {
    line: String,
    text: String,
}

/// A refused row: what Facilita says, what to do, and how far it is.
#[derive(Debug, Serialize)]
struct RefusedRow {
    number: i32,
    who: String,
    title: String,
    day: String,
    note: String,
    repair: String,
    href: Option<String>,
    /// `open`, `mended`, `held`, `settled` or `void`.
    state: &'static str,
    /// What still holds it back.
    held: Vec<String>,
    action: String,
}

#[derive(Debug, Serialize)]
struct LineRow {
    /// Nothing to open: the refused ones, above, lead to where they are mended.
    href: Option<String>,
    cells: Vec<String>,
}

impl FilePage {
    /// The page of a file; so many of its rows were emptied since it was sent.
    #[must_use]
    pub fn new(batch: &Batch, programme: &Programme, emptied: u64, lang: Lang) -> Self {
        let href = format!("/rete/facilita/{}", batch.id);
        let api = format!("/api/v1/facilita/batches/{}", batch.id);
        let made = day_of(lang, batch.made_at);
        let title = text(lang, "facilita-file-title");
        let chrome = network_chrome(title, &href, lang).under(
            format!("/rete/facilita?programma={}", programme.code),
            text(lang, "facilita-title"),
            lang,
        );
        let reported = batch.rejected.zip(batch.reported_at);
        Self {
            chrome,
            programme: programme.name.clone(),
            made,
            from: day(lang, batch.from_day),
            to: day(lang, batch.to_day),
            rows: number(lang, batch.rows.into()),
            sha256: batch.sha256.clone(),
            file: format!("{api}.csv"),
            emptied,
            reported: reported.map(|(rejected, at)| Reported {
                day: day_of(lang, at),
                accepted: number(lang, (batch.rows - rejected).into()),
                rejected,
                sha256: batch.report_sha256.clone().unwrap_or_default(),
                file: format!("{api}/rejects"),
            }),
            called_back: batch.called_back_at.map(|at| day_of(lang, at)),
            report_error: String::new(),
            count_error: String::new(),
            wrong_lines: Vec::new(),
            reason_error: None,
            refused: Vec::new(),
            refused_page: 1,
            refused_pages: 1,
            refused_previous: None,
            refused_next: None,
            lines: Vec::new(),
            page: 1,
            pages: 1,
            previous: None,
            next: None,
            href,
        }
    }

    /// A page of the refused rows, with how far each of them is now; beside a page of all rows.
    #[must_use]
    pub fn with_refused(
        mut self,
        (lines, pages): (Vec<FileLine>, u64),
        (page, beside): (u64, u64),
        now: &Now,
        programme: &Programme,
        lang: Lang,
    ) -> Self {
        let row = |line: FileLine| {
            let note = line.note.unwrap_or_default();
            let kind = NoteKind::of(&note);
            let pair = (line.service_id, line.citizen_id);
            let words = |reason: &Reason| text(lang, &format!("facilita-held-{}", reason.key()));
            let (state, held) = match now.get(&pair) {
                None if line.voided_at.is_some() => ("void", Vec::new()),
                None => ("settled", Vec::new()),
                Some(Ok(())) => ("mended", Vec::new()),
                Some(Err(reasons)) if *reasons == [Reason::Unchanged] => ("open", Vec::new()),
                Some(Err(reasons)) => ("held", reasons.iter().map(words).collect()),
            };
            RefusedRow {
                number: line.number,
                who: named(&line.last_name, &line.first_name, lang),
                title: line.title,
                day: day(lang, line.day),
                repair: text(lang, &format!("facilita-repair-{}", kind.key())),
                href: mend_href(kind.mend(&note), pair, &line.point, &programme.code),
                note,
                state,
                held,
                action: format!("{}/{}", self.href, line.number),
            }
        };
        self.refused = lines.into_iter().map(row).collect();
        let at = |page: u64| format!("{}?rifiutate={page}&pagina={beside}#rifiutate", self.href);
        self.refused_previous = (page > 1).then(|| at(page - 1));
        self.refused_next = (page < pages).then(|| at(page + 1));
        (self.refused_page, self.refused_pages) = (page, pages);
        self
    }

    /// A page of all rows, counted from 1, beside a page of the refused ones.
    #[must_use]
    pub fn with_lines(
        mut self,
        (lines, pages): (Vec<FileLine>, u64),
        (page, beside): (u64, u64),
        lang: Lang,
    ) -> Self {
        let at = |page: u64| format!("{}?pagina={page}&rifiutate={beside}#righe", self.href);
        self.previous = (page > 1).then(|| at(page - 1));
        self.next = (page < pages).then(|| at(page + 1));
        (self.page, self.pages) = (page, pages);
        let row = |line: FileLine| LineRow {
            href: None,
            cells: vec![
                line.number.to_string(),
                named(&line.last_name, &line.first_name, lang),
                line.title,
                day(lang, line.day),
                state_text(line.state, lang),
            ],
        };
        self.lines = lines.into_iter().map(row).collect();
        self
    }

    /// The form again, with what is wrong with the report.
    #[must_use]
    pub fn refused_report(mut self, faults: &[FieldFault], lang: Lang) -> Self {
        for fault in faults {
            let words = text(lang, &fault.key);
            match fault.field.strip_prefix("line-") {
                Some(line) => self.wrong_lines.push(WrongLine {
                    line: line.to_owned(),
                    text: words,
                }),
                None if fault.field == "refused" => self.count_error = words,
                None if fault.field == "reason" => self.reason_error = Some(words),
                None => self.report_error = words,
            }
        }
        if !self.wrong_lines.is_empty() {
            self.report_error = text(lang, "facilita-report-wrong");
        }
        self
    }
}

fn state_text(state: SendState, lang: Lang) -> String {
    text(lang, &format!("facilita-state-{}", state.name()))
}
