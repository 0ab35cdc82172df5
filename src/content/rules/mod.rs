//! The rules of the course format: their codes, their manual pages, and the checks that see more
//! than one place of one file.
//!
//! A rule is a file. Its head is the manual page that `autonomia explain` prints: what is wrong,
//! why it matters, an example wrong and right. Complaints of the first group come from the parser,
//! which has the place in its hands; the second group looks at what is left of the text as text,
//! the third at documents and at the course, each with its `check` beside its page. The first line
//! of a file's head is the rule in one line.
//!
//! To add a rule: the file, a line in [`ALL`], a case in `tests/content/CODE.md`.

// What the parser complains about.
pub(super) mod unusable_file;
pub(super) mod file_name;
pub(super) mod incomplete_module;
pub(super) mod front_matter_missing;
pub(super) mod toml_syntax;
pub(super) mod unknown_key;
pub(super) mod missing_key;
pub(super) mod invalid_value;
pub(super) mod invalid_id;
pub(super) mod raw_html;
pub(super) mod first_level_heading;
pub(super) mod unknown_attribute;
pub(super) mod unknown_alert;
pub(super) mod task_list_outside_question;
pub(super) mod image_missing;
pub(super) mod image_unusable;
pub(super) mod question_kind;
pub(super) mod question_without_id;
pub(super) mod question_points;
pub(super) mod question_without_options;
pub(super) mod question_without_right_answer;
pub(super) mod question_with_several_right_answers;
pub(super) mod question_content;
pub(super) mod question_misplaced;
pub(super) mod quiz_text;
pub(super) mod option_key;
pub(super) mod option_empty;
pub(super) mod option_marker;
pub(super) mod feedback_outside_option;
pub(super) mod alert_misplaced;
pub(super) mod order_list;
pub(super) mod match_table;
pub(super) mod number_answer;
pub(super) mod text_answer;
pub(super) mod practice_not_supported;
pub(super) mod options_alike;
pub(super) mod unknown_region_key;
pub(super) mod region_misplaced;
pub(super) mod region_without_neutral;
pub(super) mod region_value_old;

// What of the text would vanish, or be shown as its source.
mod code_unclear;
mod definition_unused;
mod emphasis_unclear;
mod heading_unclear;
mod link_not_read;
mod list_unclear;
mod other_dialect;
mod quote_goes_on;
mod reference_undefined;
mod stray_mark;
mod table_not_read;
mod table_row;
mod dialects;

// What is checked once a module is parsed, and across modules.
mod acronym_not_spelled_out;
mod broken_link;
mod competence_not_reportable;
mod duplicate_id;
mod hard_to_read;
mod heading_level_skipped;
mod id_removed;
mod id_returns;
mod image_without_alternative;
pub(super) mod insecure_link;
mod key_changed;
mod lock_out_of_date;
mod lock_unreadable;
mod long_sentence;
mod requires_cycle;
mod rev_went_down;
mod table_without_header;
mod translation_differs;
mod unknown_module;
mod unknown_question;
mod vague_link_text;
mod verified_long_ago;
mod word_leads_in_a_circle;
pub(super) mod word_leads_nowhere;
mod word_in_two_groups;
mod locked;

use std::collections::HashMap;
use std::sync::Arc;

use time::Date;

use super::diagnostic::{Diagnostic, Rule, Severity};
use super::document::Document;
use super::markdown::Shown;
use super::message::Message;
use super::outline::{Outline, PathOutline};
use super::source::{SourceFile, Span};
use super::words::WordsOutline;
use crate::domain::locale::Lang;

/// Every rule, by code.
pub static ALL: &[&Rule] = &[
    // What the parser complains about.
    &unusable_file::RULE,
    &file_name::RULE,
    &incomplete_module::RULE,
    &front_matter_missing::RULE,
    &toml_syntax::RULE,
    &unknown_key::RULE,
    &missing_key::RULE,
    &invalid_value::RULE,
    &invalid_id::RULE,
    &raw_html::RULE,
    &first_level_heading::RULE,
    &unknown_attribute::RULE,
    &unknown_alert::RULE,
    &task_list_outside_question::RULE,
    &image_missing::RULE,
    &image_unusable::RULE,
    &question_kind::RULE,
    &question_without_id::RULE,
    &question_points::RULE,
    &question_without_options::RULE,
    &question_without_right_answer::RULE,
    &question_with_several_right_answers::RULE,
    &question_content::RULE,
    &question_misplaced::RULE,
    &quiz_text::RULE,
    &option_key::RULE,
    &option_empty::RULE,
    &option_marker::RULE,
    &feedback_outside_option::RULE,
    &alert_misplaced::RULE,
    &order_list::RULE,
    &match_table::RULE,
    &number_answer::RULE,
    &text_answer::RULE,
    &practice_not_supported::RULE,
    &options_alike::RULE,
    &unknown_region_key::RULE,
    &region_misplaced::RULE,
    &region_without_neutral::RULE,
    &region_value_old::RULE,
    // What of the text would vanish, or be shown as its source.
    &code_unclear::RULE,
    &definition_unused::RULE,
    &emphasis_unclear::RULE,
    &heading_unclear::RULE,
    &link_not_read::RULE,
    &list_unclear::RULE,
    &other_dialect::RULE,
    &quote_goes_on::RULE,
    &reference_undefined::RULE,
    &stray_mark::RULE,
    &table_not_read::RULE,
    &table_row::RULE,
    // What is checked once a module is parsed, and across modules.
    &acronym_not_spelled_out::RULE,
    &broken_link::RULE,
    &competence_not_reportable::RULE,
    &duplicate_id::RULE,
    &hard_to_read::RULE,
    &heading_level_skipped::RULE,
    &id_removed::RULE,
    &id_returns::RULE,
    &image_without_alternative::RULE,
    &insecure_link::RULE,
    &key_changed::RULE,
    &lock_out_of_date::RULE,
    &lock_unreadable::RULE,
    &long_sentence::RULE,
    &requires_cycle::RULE,
    &rev_went_down::RULE,
    &table_without_header::RULE,
    &translation_differs::RULE,
    &unknown_module::RULE,
    &unknown_question::RULE,
    &vague_link_text::RULE,
    &verified_long_ago::RULE,
    &word_in_two_groups::RULE,
    &word_leads_in_a_circle::RULE,
    &word_leads_nowhere::RULE,
];

/// What the checks across modules look at.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "it holds a function")]
pub struct Course<'a> {
    /// Every module folder, those with errors included, in the order of their folders.
    pub outlines: &'a [Arc<Outline>],
    /// The learning paths.
    pub paths: &'a [PathOutline],
    /// What `words.toml` says, with its places.
    pub words: &'a WordsOutline,
    /// `ids.lock`, if there is one.
    pub lock: Option<&'a Arc<SourceFile>>,
    /// Whether `paths.toml` could be read: ids that are not in it may only be unreadable.
    pub paths_read: bool,
    /// Today, in Rome.
    pub today: Date,
    /// A file of the course by its path: asked only for files that are complained about.
    pub file: &'a dyn Fn(&str) -> Option<Arc<SourceFile>>,
}

/// The rule of a code.
#[must_use]
pub fn find(code: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.code == code)
}

/// Everything that can be seen in one module: all its documents, in every language, in the order
/// of their paths. Its answer depends on nothing else, so it may be kept as long as the documents
/// stay the same.
#[must_use]
pub fn check_module(documents: &[Document]) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    for document in documents {
        competence_not_reportable::check(document, &mut out);
        hard_to_read::check(document, &mut out);
        heading_level_skipped::check(document, &mut out);
        image_without_alternative::check(document, &mut out);
        insecure_link::check(document, &mut out);
        invalid_id::check(document, &mut out);
        long_sentence::check(document, &mut out);
        table_without_header::check(document, &mut out);
        vague_link_text::check(document, &mut out);
    }
    broken_link::check(documents, &mut out);
    let original = of_lang(documents, Lang::It);
    unknown_question::check(&original, &mut out);
    for lang in Lang::ALL {
        let edition = of_lang(documents, lang);
        acronym_not_spelled_out::check(&edition, &mut out);
        duplicate_id::check(&edition, &mut out);
        if lang != Lang::It {
            translation_differs::check(&original, lang, &edition, &mut out);
        }
    }
    not_too_many(&mut out);
    out
}

/// What of a file's text would vanish, or be shown as its source.
pub(super) fn check_text(shown: &Shown<'_>) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    other_dialect::check(shown, &mut out);
    let foreign: Vec<Span> = out.iter().map(|complaint| complaint.span.clone()).collect();
    code_unclear::check(shown, &mut out);
    definition_unused::check(shown, &mut out);
    emphasis_unclear::check(shown, &mut out);
    heading_unclear::check(shown, &mut out);
    link_not_read::check(shown, &mut out);
    list_unclear::check(shown, &mut out);
    quote_goes_on::check(shown, &mut out);
    reference_undefined::check(shown, &mut out);
    stray_mark::check(shown, &mut out);
    table_not_read::check(shown, &mut out);
    table_row::check(shown, &mut out);
    // What is of another dialect is no second mistake.
    out.retain(|complaint| {
        let echo = |span: &Span| complaint.span.start < span.end && span.start < complaint.span.end;
        complaint.rule.code == other_dialect::RULE.code || !foreign.iter().any(echo)
    });
    not_too_many(&mut out);
    out
}

/// The most complaints of one rule about one file: what follows is an echo.
const MOST: usize = 100;

/// Drops the echoes. What the dropped ones are about goes to the last one that is kept: an error
/// that is not shown leaves its module out all the same.
fn not_too_many(complaints: &mut Vec<Diagnostic>) {
    let mut counts: HashMap<(&str, Severity, String), (usize, usize)> = HashMap::new();
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(complaints.len());
    for complaint in complaints.drain(..) {
        let path = complaint.file.path.clone();
        let about = (complaint.rule.code, complaint.severity, path);
        let (count, last) = counts.entry(about).or_default();
        *count += 1;
        if *count <= MOST {
            *last = kept.len();
            kept.push(complaint);
        } else if let Some(last) = kept.get_mut(*last)
            && last.touches != complaint.touches
        {
            last.touches.take_in(&complaint.touches);
        }
    }
    *complaints = kept;
}

fn of_lang(documents: &[Document], lang: Lang) -> Vec<&Document> {
    let all = documents.iter();
    all.filter(|document| document.lang == lang).collect()
}

/// Everything that can be seen only across modules, or against `ids.lock` and the day.
#[must_use]
pub fn check_course(course: &Course<'_>) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    broken_link::check_course(course, &mut out);
    duplicate_id::check_course(course, &mut out);
    locked::check(course, &mut out);
    requires_cycle::check(course, &mut out);
    unknown_module::check(course, &mut out);
    verified_long_ago::check(course, &mut out);
    word_in_two_groups::check(course, &mut out);
    word_leads_in_a_circle::check(course, &mut out);
    word_leads_nowhere::check(course, &mut out);
    not_too_many(&mut out);
    out
}

/// What an author wrote, short enough for a message.
fn short(text: &str) -> String {
    let mut shown: String = text.chars().take(80).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

/// The known name that is likely meant.
fn nearest<'a>(wanted: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // Longer than any name may be: nothing is near, and comparing would take its time.
    if wanted.len() > 200 {
        return None;
    }
    let most = (wanted.chars().count() / 3).clamp(1, 3);
    known
        .map(|name| (strsim::damerau_levenshtein(wanted, name), name))
        .min()
        .filter(|(distance, _)| *distance <= most)
        .map(|(_, name)| name)
}

impl Course<'_> {
    /// Complains at a place of a file that is known by its path alone.
    fn complain(
        &self,
        rule: &'static Rule,
        file: &str,
        span: Span,
        message: Message,
    ) -> Option<Diagnostic> {
        let file = (self.file)(file)?;
        Some(Diagnostic::new(rule, &file, span, message))
    }
}
