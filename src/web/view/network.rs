//! The coordinator's first page: exact figures, and where the network does not move.

use serde::Serialize;

use crate::citizens::bring::Notice;
use crate::domain::locale::Lang;
use crate::network::overview::Overview;
use crate::network::point::Point;
use crate::network::programme::Programme;
use crate::network::totals::Filter;
use crate::web::templates::text;

use super::brought::NoticeLine;
use super::chrome::Chrome;
use super::desk::network_chrome;
use super::totals::{Board, Cells, grouped, month_label};

/// `network.html`
#[derive(Debug, Serialize)]
pub struct NetworkPage {
    chrome: Chrome,
    programmes: Vec<Choice>,
    provinces: Vec<Choice>,
    points: Vec<Choice>,
    from: String,
    to: String,
    filtered: bool,
    board: Option<Board>,
    online_new: String,
    online_known: String,
    unverified: String,
    behind: List,
    quiet: List,
    /// The points that follow people whom others registered.
    notices: Vec<NoticeLine>,
}

/// A list of points, and how many there are in all.
#[derive(Debug, Default, Serialize)]
struct List {
    rows: Vec<Cells>,
    count: usize,
}

#[derive(Debug, Serialize)]
struct Choice {
    value: String,
    label: String,
    selected: bool,
}

impl NetworkPage {
    /// A programme as it is, or as a part of it is; or a page that says there is none.
    #[must_use]
    pub fn new(
        seen: Option<(&Programme, Overview)>,
        all: &[Programme],
        points: &[Point],
        filter: &Filter,
        lang: Lang,
    ) -> Self {
        let mut provinces: Vec<&str> = points.iter().map(|one| one.province.as_str()).collect();
        provinces.sort_unstable();
        provinces.dedup();
        let written = |day: Option<time::Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let overview = seen.as_ref().map(|(_, overview)| overview);
        let figure = |of: fn(&Overview) -> u64| overview.map(of).unwrap_or(0);
        Self {
            chrome: network_chrome(text(lang, "room-network"), "/rete", lang),
            programmes: all
                .iter()
                .map(|one| Choice {
                    value: one.code.clone(),
                    label: one.name.clone(),
                    selected: seen.as_ref().is_some_and(|(shown, _)| shown.id == one.id),
                })
                .collect(),
            provinces: provinces
                .into_iter()
                .map(|one| Choice {
                    value: one.to_owned(),
                    label: one.to_owned(),
                    selected: filter.province.as_deref() == Some(one),
                })
                .collect(),
            points: points
                .iter()
                .map(|one| Choice {
                    value: one.code.clone(),
                    label: one.name.clone(),
                    selected: filter.point == Some(one.id),
                })
                .collect(),
            from: written(filter.from),
            to: written(filter.to),
            filtered: *filter != Filter::default(),
            online_new: grouped(lang, figure(|one| one.totals.citizens.by_kind.online)),
            online_known: grouped(lang, figure(|one| one.online_known)),
            unverified: grouped(lang, figure(|one| one.totals.citizens.eligible_unverified)),
            behind: overview.map_or_else(List::default, |one| behind(one, lang)),
            quiet: overview.map_or_else(List::default, |one| quiet(one, lang)),
            board: seen.map(|(programme, one)| Board::new(programme, &one.totals, lang)),
            notices: Vec::new(),
        }
    }

    /// With what the coordinators are asked.
    #[must_use]
    pub fn asked(mut self, notices: Vec<Notice>, lang: Lang) -> Self {
        self.notices = NoticeLine::lines(notices, lang);
        self
    }
}

fn behind(overview: &Overview, lang: Lang) -> List {
    let row = |one: &crate::network::overview::Behind| Cells {
        cells: vec![
            one.name.clone(),
            grouped(lang, one.citizens),
            grouped(lang, one.expected),
        ],
        href: Some(format!("/rete?punto={}", one.point)),
    };
    List {
        rows: overview.behind.iter().map(row).collect(),
        count: overview.behind_count,
    }
}

fn quiet(overview: &Overview, lang: Lang) -> List {
    let row = |one: &crate::network::overview::Quiet| Cells {
        cells: vec![
            one.name.clone(),
            match &one.last {
                Some(name) => month_label(lang, name),
                None => text(lang, "overview-never"),
            },
        ],
        href: Some(format!("/rete?punto={}", one.point)),
    };
    List {
        rows: overview.quiet.iter().map(row).collect(),
        count: overview.quiet_count,
    }
}
