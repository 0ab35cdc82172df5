//! The same section in another language: who reads Italian pages is shown Italian titles, in whatever
//! language what they typed was found.

use tantivy::DocAddress;
use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;

use super::schema::Stored;
use super::{Search, SearchError, names};
use crate::domain::locale::Lang;

/// The section of the page's edition in a language, or the beginning of that page; none where it is not
/// translated.
pub(super) fn in_language(
    search: &Search,
    section: &Stored,
    lang: Lang,
) -> Result<Option<Stored>, SearchError> {
    let page = names::group(&section.module, section.lesson.as_ref());
    let same = names::place(lang, section.anchor.as_deref());
    let module = search.shared.fields.module_term(&section.module);
    let of_module = TermQuery::new(module, IndexRecordOption::Basic);
    let all = search.searcher.search(&of_module, &DocSetCollector)?;
    // A page's sections were added in their order.
    let mut beginning: Option<DocAddress> = None;
    for address in all {
        let fast = search
            .searcher
            .segment_reader(address.segment_ord)
            .fast_fields();
        let is_of_page = fast.u64("group")?.first(address.doc_id) == Some(page);
        let Some(place) = fast.u64("place")?.first(address.doc_id) else {
            continue;
        };
        if is_of_page && place == same {
            return search.stored(address);
        }
        if is_of_page && names::placed(place).0 == lang {
            beginning = Some(beginning.map_or(address, |other| other.min(address)));
        }
    }
    match beginning {
        Some(address) => search.stored(address),
        None => Ok(None),
    }
}
