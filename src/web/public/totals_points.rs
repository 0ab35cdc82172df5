//! What everybody may see of each point, in pages.

use std::cmp::Ordering;

use serde::Serialize;

use crate::domain::locale::Lang;
use crate::network::programme::Programme;
use crate::network::public::Figure;
use crate::network::totals::OfPoint;
use crate::web::error::FieldFault;
use crate::web::learn::catalogue::SelectChoice;
use crate::web::parts::chrome::{Chrome, SiteSection};
use crate::web::parts::list::{
    ListAddress, ListColumn, ListPart, ListRow, ListView, ROWS, SORT, choice,
};
use crate::web::public::totals_page::figure;
use crate::web::templates::{Args, text, text_with};

/// A column to sort by.
#[derive(Debug, Clone, Copy)]
pub enum PointColumn {
    /// The point's name.
    Name,
    /// Its province.
    Province,
    /// Services given there.
    Services,
    /// Citizens reached there.
    Citizens,
}

impl PointColumn {
    /// Every one, with what addresses call it.
    pub const ALL: [(&'static str, Self); 4] = [
        ("nome", Self::Name),
        ("provincia", Self::Province),
        ("servizi", Self::Services),
        ("cittadini", Self::Citizens),
    ];

    /// The rows in order. A figure that is hidden is smaller than any that is shown, and those that
    /// are hidden are in the order of their codes: the order tells nothing of them.
    #[must_use]
    pub fn sort(rows: &[OfPoint<Figure>], by: Self, descending: bool) -> Vec<&OfPoint<Figure>> {
        let compare = |a: &OfPoint<Figure>, b: &OfPoint<Figure>| match by {
            Self::Name => a.name.cmp(&b.name),
            Self::Province => a.province.cmp(&b.province),
            Self::Services => a.services.cmp(&b.services),
            Self::Citizens => a.citizens.cmp(&b.citizens),
        };
        let turned = |order: Ordering| if descending { order.reverse() } else { order };
        let mut sorted: Vec<_> = rows.iter().collect();
        sorted.sort_by(|a, b| turned(compare(a, b)).then_with(|| a.point.cmp(&b.point)));
        sorted
    }
}

/// `totals_points.html`
#[derive(Debug, Serialize)]
pub struct PointTotalsPage {
    chrome: Chrome,
    name: String,
    programme: String,
    provinces: Vec<SelectChoice>,
    list: ListView,
}

impl PointTotalsPage {
    /// The points of a programme, sorted; of a province or of all.
    #[must_use]
    pub fn new(
        programme: &Programme,
        rows: Vec<&OfPoint<Figure>>,
        (province, sort, page): (Option<&str>, &str, usize),
        faults: &[FieldFault],
        lang: Lang,
    ) -> Self {
        let fields = [
            ("programma", programme.code.as_str()),
            ("provincia", province.unwrap_or_default()),
            (SORT, sort),
        ];
        let at = ListAddress::new("/rete/totali/punti", &fields);
        let mut names: Vec<&str> = rows.iter().map(|row| row.province.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let mut rows = rows;
        rows.retain(|row| faults.is_empty() && province.is_none_or(|name| row.province == name));
        let part = ListPart::of(rows.len(), page, ROWS);
        let many = Args::from([("count".into(), rows.len().into())]);
        let sorted = if sort.is_empty() { "-servizi" } else { sort };
        let here = format!("/rete/totali/punti?programma={}", programme.code);
        let title = text(lang, "totals-points-title");
        Self {
            chrome: Chrome::new(lang, title, SiteSection::Totals, &here)
                .described(text(lang, "totals-description"))
                .under(
                    format!("/rete/totali?programma={}", programme.code),
                    text(lang, "totals-title"),
                    lang,
                ),
            name: programme.name.clone(),
            programme: programme.code.clone(),
            provinces: names
                .iter()
                .map(|name| choice(name, name, province.unwrap_or_default()))
                .collect(),
            list: ListView::new(&at, columns(lang), sorted, faults, lang)
                .rows(
                    text_with(lang, "points-count", &many),
                    part.cut(&rows).map(|one| row(one, lang)).collect(),
                )
                .paged(&at, &part),
        }
    }
}

fn columns(lang: Lang) -> Vec<ListColumn> {
    let column = |label: &str, name, largest_first| ListColumn {
        label: text(lang, label),
        name: Some(name),
        largest_first,
    };
    vec![
        column("totals-point", "nome", false),
        column("totals-province", "provincia", false),
        column("totals-services", "servizi", true),
        column("totals-new-citizens", "cittadini", true),
    ]
}

fn row(one: &OfPoint<Figure>, lang: Lang) -> ListRow {
    ListRow {
        href: Some(format!("/punti/{}", one.point)),
        cells: vec![
            one.name.clone(),
            one.province.clone(),
            figure(lang, one.services),
            figure(lang, one.citizens),
        ],
    }
}
