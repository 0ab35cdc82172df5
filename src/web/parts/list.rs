//! A list in pages. Its heads sort it, a form filters it, links go on; all of it is in the address,
//! so that going back, loading again and a link that is shared show the same.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::domain::locale::Lang;
use crate::web::error::FieldFault;
use crate::web::learn::catalogue::SelectChoice;
use crate::web::templates::text;

/// Rows on a page.
pub const ROWS: usize = 20;

/// The field of an address that says how a list is sorted: a column's name, with a `-` before it
/// from the largest on.
pub const SORT: &str = "ordina";

/// Fields that say which part of a list is shown, and not what is in it.
const PLACES: [&str; 4] = [SORT, "pagina", "dopo", "prima"];

/// What a list is asked for: its address without a query, and every field of it.
#[derive(Debug, Clone)]
pub struct ListAddress {
    path: &'static str,
    fields: Vec<(&'static str, String)>,
}

impl ListAddress {
    /// The address of a list. A field that is empty is not asked for.
    #[must_use]
    pub fn new(path: &'static str, fields: &[(&'static str, &str)]) -> Self {
        let given = fields.iter().filter(|(_, value)| !value.is_empty());
        Self {
            path,
            fields: given
                .map(|(name, value)| (*name, (*value).to_owned()))
                .collect(),
        }
    }

    /// Whether something is left out of the list.
    #[must_use]
    pub fn filtered(&self) -> bool {
        self.fields.iter().any(|(name, _)| !PLACES.contains(name))
    }

    /// The same with another value of a field, and from the first page on.
    #[must_use]
    pub fn with(&self, field: &'static str, value: &str) -> String {
        let place = |name: &str| PLACES.contains(&name) && (name != SORT || field == SORT);
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, kept) in &self.fields {
            if *name != field && !place(name) {
                query.append_pair(name, kept);
            }
        }
        if !value.is_empty() {
            query.append_pair(field, value);
        }
        match query.finish() {
            query if query.is_empty() => self.path.to_owned(),
            query => format!("{}?{query}", self.path),
        }
    }

    /// What the list is sorted by, for the form to send again.
    fn sort(&self) -> String {
        let sort = self.fields.iter().find(|(name, _)| *name == SORT);
        sort.map_or_else(String::new, |(_, value)| value.clone())
    }
}

/// A column of a list.
#[derive(Debug, Clone)]
pub struct ListColumn {
    /// The words above it.
    pub label: String,
    /// What an address calls it; `None` where it does not sort.
    pub name: Option<&'static str>,
    /// Whether it is sorted from the largest on at first: days and figures are.
    pub largest_first: bool,
}

/// The words above a column, and where they lead.
#[derive(Debug, Serialize)]
struct Head {
    label: String,
    href: Option<String>,
    /// `ascending` or `descending`, where the list is sorted by it.
    sort: Option<&'static str>,
}

/// A row: its first cell leads to what it is about.
#[derive(Debug, Serialize)]
pub struct ListRow {
    /// Where the first cell leads.
    pub href: Option<String>,
    /// A text for each column.
    pub cells: Vec<String>,
}

/// What of an address was not understood.
#[derive(Debug, Serialize)]
struct Fault {
    label: String,
    error: String,
}

/// What of an address was not understood: at the top of the page, and beside its fields.
#[derive(Debug, Serialize)]
pub struct ListFaults {
    faults: Vec<Fault>,
    /// What is wrong with a field of the form, by its name.
    errors: BTreeMap<String, String>,
}

impl ListFaults {
    /// In words.
    #[must_use]
    pub fn new(faults: &[FieldFault], lang: Lang) -> Self {
        let fault = |one: &FieldFault| Fault {
            label: text(lang, &format!("list-field-{}", one.field)),
            error: text(lang, &one.key),
        };
        Self {
            faults: faults.iter().map(fault).collect(),
            errors: faults
                .iter()
                .map(|one| (one.field.to_string(), text(lang, &one.key)))
                .collect(),
        }
    }
}

/// What `partials/list.html` shows.
#[derive(Debug, Serialize)]
pub struct ListView {
    path: &'static str,
    caption: String,
    heads: Vec<Head>,
    rows: Vec<ListRow>,
    sort: String,
    filtered: bool,
    #[serde(flatten)]
    faults: ListFaults,
    previous: Option<String>,
    next: Option<String>,
    page: usize,
    pages: usize,
}

impl ListView {
    /// A list without rows. `sorted` is what it is sorted by, as an address says it.
    #[must_use]
    pub fn new(
        address: &ListAddress,
        columns: Vec<ListColumn>,
        sorted: &str,
        faults: &[FieldFault],
        lang: Lang,
    ) -> Self {
        Self {
            path: address.path,
            caption: String::new(),
            heads: columns
                .into_iter()
                .map(|column| head(column, address, sorted))
                .collect(),
            rows: Vec::new(),
            sort: address.sort(),
            filtered: address.filtered(),
            faults: ListFaults::new(faults, lang),
            previous: None,
            next: None,
            page: 1,
            pages: 1,
        }
    }

    /// With the rows of this page, and words that say what they are.
    #[must_use]
    pub fn rows(mut self, caption: String, rows: Vec<ListRow>) -> Self {
        self.caption = caption;
        self.rows = rows;
        self
    }

    /// With the addresses of the pages before and after, where they have no number.
    #[must_use]
    pub fn between(mut self, previous: Option<String>, next: Option<String>) -> Self {
        (self.previous, self.next) = (previous, next);
        self
    }

    /// With the number of this page and those beside it.
    #[must_use]
    pub fn paged(mut self, address: &ListAddress, part: &ListPart) -> Self {
        let at = |page: usize| match page {
            1 => address.with("pagina", ""),
            page => address.with("pagina", &page.to_string()),
        };
        (self.page, self.pages) = (part.page, part.pages);
        self.previous = (part.page > 1).then(|| at(part.page - 1));
        self.next = (part.page < part.pages).then(|| at(part.page + 1));
        self
    }
}

/// What waits for an answer. A page shows the first: the rest moves up as they are answered, so that
/// nobody turns pages in what is to be emptied.
#[derive(Debug, Serialize)]
pub struct Queue<T> {
    first: Vec<T>,
    /// How many there are behind them.
    more: usize,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self::new(Vec::new(), 0)
    }
}

impl<T> Queue<T> {
    /// So many of all.
    #[must_use]
    pub fn new(mut all: Vec<T>, shown: usize) -> Self {
        let more = all.len().saturating_sub(shown);
        all.truncate(shown);
        Self { first: all, more }
    }

    /// Those that are shown.
    pub fn shown(&mut self) -> impl Iterator<Item = &mut T> {
        self.first.iter_mut()
    }
}

/// A page of what is in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListPart {
    /// Counted from 1.
    pub page: usize,
    /// How many there are, at least one.
    pub pages: usize,
    /// Rows on each.
    each: usize,
}

/// What `partials/pager.html` shows: a page's number, and the addresses of those beside it.
#[derive(Debug, Default, Serialize)]
pub struct Pager {
    page: usize,
    pages: usize,
    previous: Option<String>,
    next: Option<String>,
}

impl ListPart {
    /// The page asked for of this many rows, so many on each; the last one where there are not so
    /// many.
    #[must_use]
    pub fn of(rows: usize, page: usize, each: usize) -> Self {
        let pages = rows.div_ceil(each).max(1);
        Self {
            page: page.clamp(1, pages),
            pages,
            each,
        }
    }

    /// The way to the pages beside it; `at` is the address of a page.
    #[must_use]
    pub fn pager(&self, at: impl Fn(usize) -> String) -> Pager {
        Pager {
            page: self.page,
            pages: self.pages,
            previous: (self.page > 1).then(|| at(self.page - 1)),
            next: (self.page < self.pages).then(|| at(self.page + 1)),
        }
    }

    /// Its rows.
    pub fn cut<'r, T>(&self, rows: &'r [T]) -> impl Iterator<Item = &'r T> {
        rows.iter()
            .skip((self.page - 1) * self.each)
            .take(self.each)
    }
}

fn head(column: ListColumn, address: &ListAddress, sorted: &str) -> Head {
    let Some(name) = column.name else {
        return Head {
            label: column.label,
            href: None,
            sort: None,
        };
    };
    let (by, descending) = match sorted.strip_prefix('-') {
        Some(by) => (by, true),
        None => (sorted, false),
    };
    let here = by == name;
    // Once more turns the list round.
    let largest_first = if here {
        !descending
    } else {
        column.largest_first
    };
    let value = match largest_first {
        true => format!("-{name}"),
        false => name.to_owned(),
    };
    Head {
        label: column.label,
        href: Some(address.with(SORT, &value)),
        sort: here.then_some(if descending {
            "descending"
        } else {
            "ascending"
        }),
    }
}

/// A choice of a filter.
#[must_use]
pub fn choice(value: &str, label: &str, chosen: &str) -> SelectChoice {
    SelectChoice {
        value: value.to_owned(),
        label: label.to_owned(),
        selected: value == chosen,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_the_filters_and_goes_back_to_the_first_page() {
        let fields = [
            ("provincia", "Reggio Emilia"),
            (SORT, "-giorno"),
            ("pagina", "3"),
            ("tipo", ""),
        ];
        let address = ListAddress::new("/rete/punti", &fields);
        assert_eq!(
            address.with(SORT, "nome"),
            "/rete/punti?provincia=Reggio+Emilia&ordina=nome"
        );
        assert_eq!(
            address.with("pagina", "2"),
            "/rete/punti?provincia=Reggio+Emilia&ordina=-giorno&pagina=2"
        );
        assert!(address.filtered());
        assert!(!ListAddress::new("/rete/punti", &[(SORT, "nome")]).filtered());
    }

    #[test]
    fn a_page_past_the_last_is_the_last() {
        let of = |rows| {
            (
                ListPart::of(rows, 7, ROWS).page,
                ListPart::of(rows, 7, ROWS).pages,
            )
        };
        assert_eq!((of(0), of(41)), ((1, 1), (3, 3)));
        let rows: Vec<usize> = (0..41).collect();
        assert_eq!(
            ListPart::of(41, 3, ROWS).cut(&rows).collect::<Vec<_>>(),
            [&40]
        );
        // Each list has as many rows on a page as it says.
        assert_eq!(
            ListPart::of(41, 5, 10).cut(&rows).collect::<Vec<_>>(),
            [&40]
        );
    }
}
