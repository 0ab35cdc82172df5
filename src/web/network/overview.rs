//! The coordinator's first page: exact figures, and where the network does not move.

use serde::Serialize;

use crate::citizens::bring::Notice;
use crate::domain::locale::Lang;
use crate::network::overview::{Overview, RankedAlert};
use crate::network::point::Point;
use crate::network::programme::Programme;
use crate::network::standing::{Alert, PointStanding, missing};
use crate::network::totals::TotalsFilter;
use crate::web::desk::brought::NoticeLine;
use crate::web::desk::frame::network_chrome;
use crate::web::network::points_list::{last, reason};
use crate::web::parts::chrome::Chrome;
use crate::web::parts::list::{ListAddress, Queue};
use crate::web::public::totals_page::{Board, grouped};
use crate::web::templates::{Args, text, text_with};

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
    /// How far the network is from its target.
    target: Option<String>,
    /// What is true of nearly every point, said once.
    everywhere: Vec<AlertView>,
    /// What is to be looked at, the worst first.
    alerts: Vec<AlertView>,
    /// The points that follow people whom others registered.
    notices: Queue<NoticeLine>,
}

/// An alert: what it says, why it is one, the worst points, and where all of them are.
#[derive(Debug, Serialize)]
struct AlertView {
    id: &'static str,
    title: String,
    reason: String,
    points: Vec<NamedPoint>,
    href: String,
    /// How many there are beside those that are named.
    more: usize,
}

/// A point of an alert, with the figure that it is there for.
#[derive(Debug, Serialize)]
struct NamedPoint {
    href: String,
    name: String,
    figure: String,
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
        filter: &TotalsFilter,
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
            filtered: *filter != TotalsFilter::default(),
            online_new: grouped(lang, figure(|one| one.totals.citizens.by_kind.online)),
            online_known: grouped(lang, figure(|one| one.online_known)),
            unverified: grouped(lang, figure(|one| one.totals.citizens.eligible_unverified)),
            target: overview.and_then(|one| target(one, lang)),
            everywhere: alerts(overview, true, filter, lang),
            alerts: alerts(overview, false, filter, lang),
            board: seen.map(|(programme, one)| {
                let points = format!("/rete/punti?programma={}&ordina=-servizi", programme.code);
                Board::new(programme, &one.totals, points, lang)
            }),
            notices: Queue::default(),
        }
    }

    /// With what the coordinators are asked.
    #[must_use]
    pub fn asked(mut self, notices: Vec<Notice>, lang: Lang) -> Self {
        self.notices = NoticeLine::lines(notices, lang);
        self
    }
}

fn target(overview: &Overview, lang: Lang) -> Option<String> {
    let (reached, expected) = overview.target?;
    let args = Args::from([
        ("reached".into(), grouped(lang, reached).into()),
        ("expected".into(), grouped(lang, expected).into()),
        (
            "missing".into(),
            grouped(lang, expected.saturating_sub(reached)).into(),
        ),
    ]);
    let key = match reached < expected {
        true => "overview-network-behind",
        false => "overview-network-ahead",
    };
    Some(text_with(lang, key, &args))
}

/// The alerts that are true of nearly every point, or the others.
fn alerts(
    overview: Option<&Overview>,
    everywhere: bool,
    filter: &TotalsFilter,
    lang: Lang,
) -> Vec<AlertView> {
    let Some(overview) = overview else {
        return Vec::new();
    };
    let chosen = overview.alerts.iter();
    chosen
        .filter(|one| one.everywhere == everywhere)
        .map(|one| alert(overview, one, filter, lang))
        .collect()
}

fn alert(
    overview: &Overview,
    ranked: &RankedAlert,
    filter: &TotalsFilter,
    lang: Lang,
) -> AlertView {
    let name = ranked.alert.name();
    let all = ranked.count == overview.open;
    let key = match (all, ranked.everywhere) {
        (true, _) => format!("alert-all-{name}"),
        (false, true) => format!("alert-nearly-all-{name}"),
        (false, false) => format!("alert-{name}"),
    };
    let args = Args::from([
        ("count".into(), ranked.count.into()),
        ("open".into(), overview.open.into()),
    ]);
    let sort = match ranked.alert {
        Alert::Quiet => "ultimo",
        _ => "cittadini",
    };
    let fields = [
        ("provincia", filter.province.as_deref().unwrap_or_default()),
        ("stato", name),
    ];
    let figure = |one: &PointStanding| match ranked.alert {
        Alert::Quiet => last(one, lang),
        Alert::Low => {
            let args = Args::from([("count".into(), one.citizens.into())]);
            text_with(lang, "alert-citizens", &args)
        }
        Alert::Behind => {
            let part = overview.part.unwrap_or(0);
            let args = Args::from([
                ("count".into(), one.citizens.into()),
                ("part".into(), grouped(lang, part).into()),
            ]);
            text_with(lang, "alert-citizens-of", &args)
        }
        Alert::Incomplete => {
            let missing = missing(&one.point).into_iter();
            let words = missing.map(|field| text(lang, &format!("point-missing-{field}")));
            words.collect::<Vec<_>>().join(", ")
        }
    };
    AlertView {
        id: name,
        // What is true of all is a sentence of its own, above the list.
        title: text_with(lang, &key, &args) + if all && ranked.everywhere { "." } else { "" },
        reason: reason(ranked.alert, overview.middle, lang),
        points: ranked
            .points
            .iter()
            .map(|one| NamedPoint {
                href: format!("/rete?punto={}", one.point.code),
                name: one.point.name.clone(),
                figure: figure(one),
            })
            .collect(),
        href: ListAddress::new("/rete/punti", &fields).with("ordina", sort),
        more: ranked.count - ranked.points.len(),
    }
}
