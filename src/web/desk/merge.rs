//! Two records of one person: finding the other, comparing, making them one, undoing it.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};

use crate::accounts::card::{self, InUse};
use crate::citizens::Citizen;
use crate::citizens::find::FoundCitizen;
use crate::content::Catalogue;
use crate::domain::calendar::rome_day;
use crate::domain::ids::{CitizenId, MergeId, ModuleId};
use crate::domain::locale::Lang;
use crate::learning::merge::{self, Cards};
use crate::learning::progress::{self, ModuleProgress};
use crate::network::attendance;
use crate::web::desk::citizen::address;
use crate::web::desk::frame::chrome;
use crate::web::desk::point::found;
use crate::web::desk::point_page::PersonLine;
use crate::web::error::Error;
use crate::web::extract::{Keeper, Language};
use crate::web::parts::chrome::Chrome;
use crate::web::parts::{see_other, show};
use crate::web::read::{Form, Query};
use crate::web::searches::{Searched, Searcher};
use crate::web::state::{App, State};
use crate::web::templates::{Args, day, text, text_with};

/// Whom to find.
#[derive(Deserialize)]
pub struct MergeSearchForm {
    q: String,
}

/// `GET /punto/cittadini/{id}/unisci`: whoever has the same name is shown at once.
pub async fn other(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    searcher: Searcher,
    id: Path<CitizenId>,
    asked: Query<Searched>,
) -> Result<HttpResponse, Error> {
    let record = keeper.record(&app, *id).await?;
    let words = searcher.words(asked.ricerca);
    let same = || format!("{} {}", record.last_name, record.first_name).into();
    let q = words.clone().unwrap_or_else(same);
    let mut found = found(&app, &keeper, &q, None).await?.people;
    found.retain(|found| found.id != record.id && found.least_since.is_none());
    let page = OtherPage::new(&record, words.as_deref(), &found, lang);
    show(&app, "merge_search.html", lang, &page)
}

/// `POST /punto/cittadini/{id}/unisci`
pub async fn search(
    app: App,
    keeper: Keeper,
    searcher: Searcher,
    id: Path<CitizenId>,
    wanted: Form<MergeSearchForm>,
) -> Result<HttpResponse, Error> {
    let record = keeper.record(&app, *id).await?;
    Ok(searcher.lead(&format!("{}/unisci", address(record.id)), &wanted.q))
}

/// Whether somebody has chosen which record stays.
#[derive(Deserialize)]
pub struct MergeForm {
    scelta: Option<String>,
}

/// Which card goes on, where both have one.
#[derive(Deserialize)]
pub struct Confirmed {
    #[serde(default)]
    tessera: String,
}

/// `GET /punto/cittadini/{id}/unisci/{other}`: the fuller record is the one that stays, unless
/// somebody has chosen (`?scelta=`).
pub async fn compare(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    ids: Path<(CitizenId, CitizenId)>,
    chosen: Query<MergeForm>,
) -> Result<HttpResponse, Error> {
    let (kept, merged) = *ids;
    let kept = keeper.record(&app, kept).await?;
    let merged = keeper.record(&app, merged).await?;
    let (own, swapped) = (keeper.has(merged.point), keeper.has(kept.point));
    let has = [has(&app, kept.id).await?, has(&app, merged.id).await?];
    let page = ComparePage::new((&kept, swapped), (&merged, own), lang);
    if chosen.scelta.is_none()
        && let Some(fuller) = page.fuller(&kept, &merged)
    {
        return Ok(see_other(fuller));
    }
    let page = page.with(&app.catalogue(), &has, lang);
    show(&app, "merge_compare.html", lang, &page)
}

async fn has(app: &State, citizen: CitizenId) -> Result<Has, Error> {
    Ok(Has {
        card: card::in_use(&app.db, citizen).await?,
        services: attendance::services(&app.db, citizen).await?,
        progress: progress::of_citizen(&app.db, citizen).await?,
    })
}

/// `POST /punto/cittadini/{id}/unisci/{other}`
pub async fn confirm(
    app: App,
    keeper: Keeper,
    ids: Path<(CitizenId, CitizenId)>,
    confirmed: Form<Confirmed>,
) -> Result<HttpResponse, Error> {
    let (kept, merged) = *ids;
    let kept = keeper.record(&app, kept).await?.id;
    let merged = keeper.record(&app, merged).await?.id;
    let cards = match confirmed.tessera.as_str() {
        "altra" => Cards::OfMerged,
        _ => Cards::OfKept,
    };
    let (both, by) = ((kept, merged), keeper.account);
    merge::merge_with(&app.db, &app.vault, both, cards, by, app.now()).await?;
    Ok(see_other(&address(kept)))
}

/// `POST /punto/cittadini/{id}/unioni/{merge}/annulla`
pub async fn undo(
    app: App,
    keeper: Keeper,
    ids: Path<(CitizenId, MergeId)>,
) -> Result<HttpResponse, Error> {
    let (kept, id) = *ids;
    let kept = keeper.record(&app, kept).await?.id;
    let merge = merge::by_id(&app.db, id).await?;
    merge
        .filter(|merge| merge.kept == kept)
        .ok_or(Error::NotFound)?;
    merge::undo(&app.db, &app.vault, id, keeper.account, app.now()).await?;
    Ok(see_other(&format!("{}?fatto=divise", address(kept))))
}

/// `merge_search.html`: finding the other record.
#[derive(Debug, Serialize)]
pub struct OtherPage {
    chrome: Chrome,
    name: String,
    href: String,
    /// What was looked for; nothing yet where only those of the same name are shown.
    query: Option<String>,
    people: Vec<PersonLine>,
}

impl OtherPage {
    /// The records found, without the one that is to be merged with.
    #[must_use]
    pub fn new(record: &Citizen, query: Option<&str>, found: &[FoundCitizen], lang: Lang) -> Self {
        let back = format!("/punto/cittadini/{}", record.id);
        let href = format!("{back}/unisci");
        let line = |person: &FoundCitizen| {
            PersonLine::leading(format!("{href}/{}", person.id), person, lang)
        };
        Self {
            chrome: chrome(text(lang, "merge-title"), &href, lang).under(
                &back,
                text(lang, "citizen-record"),
                lang,
            ),
            name: format!("{} {}", record.first_name, record.last_name),
            query: query.map(str::to_owned),
            people: found.iter().map(line).collect(),
            href,
        }
    }
}

/// `merge_compare.html`: what each record says.
#[derive(Debug, Serialize)]
pub struct ComparePage {
    chrome: Chrome,
    /// The addresses of the two records.
    kept: String,
    merged: String,
    /// Where the merge is confirmed, and where the other one is kept instead.
    action: String,
    swapped: String,
    heads: [String; 3],
    rows: Vec<Row>,
    /// Why it cannot be done; empty where it can.
    refused: String,
    /// What is wrong can be corrected in the records.
    two_people: bool,
    /// It can be done with the other record kept.
    may_swap: bool,
    /// Both have a card: one of them stops.
    two_cards: bool,
    /// A card goes to the record that stays.
    one_card: bool,
}

/// What a record has besides what it says.
#[derive(Debug)]
pub struct Has {
    /// Its card.
    pub card: Option<InUse>,
    /// How many services that stand.
    pub services: u64,
    /// What was learned.
    pub progress: BTreeMap<ModuleId, ModuleProgress>,
}

#[derive(Debug, Serialize)]
struct Row {
    /// Its first cell leads nowhere.
    href: Option<String>,
    cells: [String; 3],
}

impl ComparePage {
    /// Two records, and whether whoever looks answers for each.
    #[must_use]
    pub fn new(
        (kept, kept_own): (&Citizen, bool),
        (merged, merged_own): (&Citizen, bool),
        lang: Lang,
    ) -> Self {
        let address = |citizen: &Citizen| format!("/punto/cittadini/{}", citizen.id);
        let action = format!("{}/unisci/{}", address(kept), merged.id);
        let both = [kept, merged];
        let row = |label: &str, say: &dyn Fn(&Citizen) -> Option<String>| {
            let [one, other] = both.map(|record| say(record).unwrap_or_else(|| "-".to_owned()));
            Row {
                href: None,
                cells: [text(lang, label), one, other],
            }
        };
        let refused = hindered((kept, kept_own), (merged, merged_own));
        let rows = vec![
            row("field-last_name", &|one| Some(one.last_name.clone())),
            row("field-first_name", &|one| Some(one.first_name.clone())),
            row("field-codice_fiscale", &|one| {
                one.codice_fiscale
                    .as_ref()
                    .map(|code| code.as_str().to_owned())
            }),
            row("field-birth_date", &|one| {
                one.birth_date.map(|born| day(lang, born))
            }),
            row("field-gender", &|one| {
                one.gender.map(|code| code.label(lang).to_owned())
            }),
            row("field-education", &|one| {
                one.education.map(|code| code.label(lang).to_owned())
            }),
            row("field-occupation", &|one| {
                one.occupation.map(|code| code.label(lang).to_owned())
            }),
            row("field-citizenship", &|one| {
                one.citizenship.map(|code| code.label(lang).to_owned())
            }),
            row("field-province", &|one| one.province.clone()),
            row("field-email", &|one| one.email.clone()),
            row("field-phone", &|one| one.phone.clone()),
        ];
        Self {
            chrome: chrome(text(lang, "merge-title"), &action, lang).under(
                address(kept),
                text(lang, "citizen-record"),
                lang,
            ),
            kept: address(kept),
            merged: address(merged),
            swapped: format!("{}/unisci/{}?scelta=1", address(merged), kept.id),
            action,
            heads: [
                text(lang, "merge-what"),
                text(lang, "merge-kept"),
                text(lang, "merge-other"),
            ],
            rows,
            refused: refused.map_or_else(String::new, |key| text(lang, key)),
            two_people: two_people(kept, merged),
            may_swap: hindered((merged, merged_own), (kept, kept_own)).is_none(),
            two_cards: false,
            one_card: false,
        }
    }

    /// Where the fuller record stays, if it is the other one and may.
    #[must_use]
    pub fn fuller(&self, kept: &Citizen, merged: &Citizen) -> Option<&str> {
        let other = self.may_swap && says(merged) > says(kept);
        other.then_some(self.swapped.as_str())
    }

    /// With what each record has.
    #[must_use]
    pub fn with(mut self, catalogue: &Catalogue, has: &[Has; 2], lang: Lang) -> Self {
        let row = |label: &str, say: &dyn Fn(&Has) -> Option<String>| {
            let cells = has
                .each_ref()
                .map(|one| say(one).unwrap_or_else(|| "-".to_owned()));
            let [one, other] = cells;
            Row {
                href: None,
                cells: [text(lang, label), one, other],
            }
        };
        let learned = |one: &Has| {
            let done = catalogue.modules().iter().filter(|module| {
                let found = one.progress.get(&module.id);
                found.is_some_and(|found| found.completion.is_some())
            });
            let titles: Vec<_> = done
                .map(|module| module.edition(lang).title.clone())
                .collect();
            (!titles.is_empty()).then(|| titles.join(", "))
        };
        self.rows.extend([
            row("citizen-card-title", &|one| {
                let since = one.card.map(|card| day(lang, rome_day(card.issued_at)));
                since.map(|since| text_with(lang, "merge-card-since", &args("day", since)))
            }),
            row("room-services", &|one| {
                (one.services > 0).then(|| one.services.to_string())
            }),
            row("merge-learned", &learned),
        ]);
        let [kept, merged] = has.each_ref().map(|one| one.card.is_some());
        (self.two_cards, self.one_card) = (kept && merged, merged && !kept);
        self
    }
}

/// How much a record says; the codice fiscale before everything else.
fn says(record: &Citizen) -> (bool, usize) {
    let texts = [&record.province, &record.email, &record.phone];
    let texts = texts.iter().filter(|text| text.is_some()).count();
    let facts = [
        record.birth_date.is_some(),
        record.gender.is_some(),
        record.education.is_some(),
        record.occupation.is_some(),
        record.citizenship.is_some(),
    ];
    let facts = facts.iter().filter(|known| **known).count();
    (record.codice_fiscale.is_some(), texts + facts)
}

fn args(name: &'static str, value: String) -> Args {
    Args::from([(name.into(), value.into())])
}

/// What the merge itself would refuse.
fn hindered(
    (kept, kept_own): (&Citizen, bool),
    (merged, merged_own): (&Citizen, bool),
) -> Option<&'static str> {
    let lends = kept.codice_fiscale.is_none() && merged.codice_fiscale.is_some();
    match () {
        () if two_people(kept, merged) => Some("merge-two-people"),
        () if !merged_own => Some("merge-keep-theirs"),
        () if lends && !kept_own => Some("merge-code-theirs"),
        () => None,
    }
}

fn two_people(one: &Citizen, other: &Citizen) -> bool {
    let codes = [one, other].map(|record| {
        let code = record.codice_fiscale.as_ref();
        code.map(|code| code.canonical().as_str().to_owned())
    });
    let births = [one.birth_date, other.birth_date];
    let differ = |pair: [Option<&String>; 2]| matches!(pair, [Some(a), Some(b)] if a != b);
    differ([codes[0].as_ref(), codes[1].as_ref()]) || matches!(births, [Some(a), Some(b)] if a != b)
}
