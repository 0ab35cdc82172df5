//! What the address of a list asks for. Whatever is not understood is told by its name, and then
//! the list is empty: with a filter left out it would show what nobody asked for.

use actix_web::{HttpResponse, HttpResponseBuilder};
use time::Date;
use time::macros::format_description;

use crate::web::error::FieldFault;
use crate::web::parts::list::SORT;

/// Reads the fields of an address, one after another.
#[derive(Debug, Default)]
pub(crate) struct ListQuery {
    faults: Vec<FieldFault>,
}

/// By which column a list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sorted<C> {
    pub(crate) by: C,
    pub(crate) descending: bool,
}

impl ListQuery {
    /// A field's value; `None` where the field is empty, or cannot be read, which is kept.
    pub(crate) fn read<T>(
        &mut self,
        field: &'static str,
        written: &str,
        key: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let written = written.trim();
        if written.is_empty() {
            return None;
        }
        let value = read(written);
        if value.is_none() {
            self.refuse(field, key);
        }
        value
    }

    /// Keeps that a field cannot be used.
    pub(crate) fn refuse(&mut self, field: &'static str, key: &'static str) {
        self.faults.push(FieldFault {
            field: field.into(),
            key: key.into(),
        });
    }

    /// A day, `YYYY-MM-DD`.
    pub(crate) fn day(&mut self, field: &'static str, written: &str) -> Option<Date> {
        let form = format_description!("[year]-[month]-[day]");
        self.read(field, written, "totals-not-a-day", |text| {
            Date::parse(text, form).ok()
        })
    }

    /// The number of a page, counted from 1.
    pub(crate) fn page(&mut self, written: &str) -> usize {
        let page = self.read("pagina", written, "list-not-a-page", |text| {
            text.parse().ok().filter(|page| *page > 0)
        });
        page.unwrap_or(1)
    }

    /// What to sort by: one of the columns, which have names in the address.
    pub(crate) fn sorted<C: Copy>(
        &mut self,
        written: &str,
        columns: &[(&'static str, C)],
        usual: Sorted<C>,
    ) -> Sorted<C> {
        let read = self.read(SORT, written, "list-not-a-column", |text| {
            let (name, descending) = match text.strip_prefix('-') {
                Some(name) => (name, true),
                None => (text, false),
            };
            let (_, by) = columns.iter().find(|(column, _)| *column == name)?;
            Some(Sorted {
                by: *by,
                descending,
            })
        });
        read.unwrap_or(usual)
    }

    /// What could not be read.
    pub(crate) fn faults(self) -> Vec<FieldFault> {
        self.faults
    }
}

/// The page of what is a part of a page, such as somebody's sessions. What is no number is the first
/// one: nothing is left out by that, and the rest of the page is there.
pub(crate) fn page_of_part(written: &str) -> usize {
    written.trim().parse().unwrap_or(1)
}

/// 200, or 422 where something was not understood.
pub(crate) fn status(faults: &[FieldFault]) -> HttpResponseBuilder {
    match faults.is_empty() {
        true => HttpResponse::Ok(),
        false => HttpResponse::UnprocessableEntity(),
    }
}
