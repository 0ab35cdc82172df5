//! Who is stuck, which questions many get wrong, and who asks the desk for help.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};

use crate::content::Catalogue;
use crate::content::module::Module;
use crate::domain::ids::HelpRequestId;
use crate::domain::locale::Lang;
use crate::learning::hard::Hard;
use crate::learning::help::{self, HelpAnswer, HelpPlace, LONGEST, WaitingQuestion};
use crate::learning::stuck::{self, Care, QUIET, Stuck, StuckAt};
use crate::web::desk::frame::chrome;
use crate::web::error::{Error, FieldFault};
use crate::web::extract::{Facilitator, Language};
use crate::web::learn::module_page::{ContentLink, module_link};
use crate::web::learn::question::plain;
use crate::web::parts::chrome::Chrome;
use crate::web::parts::list::ListPart;
use crate::web::parts::list_query::page_of_part;
use crate::web::parts::{see_other, show, show_as};
use crate::web::read::{Form, Query};
use crate::web::state::{App, State};
use crate::web::templates::{day, day_of, text, text_with};

/// Whether a question was dealt with just now, and the page of those who are stuck.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct StuckQuery {
    fatto: Option<String>,
    pagina: String,
}

/// What the desk answers; `at_desk` where it was dealt with in person.
#[derive(Deserialize)]
pub struct StuckAnswerForm {
    #[serde(default)]
    answer: String,
    at_desk: Option<String>,
}

/// `GET /punto/fermi`
pub async fn list(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    done: Query<StuckQuery>,
) -> Result<HttpResponse, Error> {
    let at = (done.fatto.is_some(), page_of_part(&done.pagina));
    let page = page(&app, &desk, at, lang).await?;
    show(&app, "stuck.html", lang, &page)
}

/// `POST /punto/fermi/{id}`
pub async fn answer(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    id: Path<HelpRequestId>,
    sent: Form<StuckAnswerForm>,
) -> Result<HttpResponse, Error> {
    let answer = match sent.at_desk {
        Some(_) => HelpAnswer::AtTheDesk,
        None => HelpAnswer::Written(sent.answer.clone()),
    };
    let done = help::answer(&app.db, &desk.points, *id, answer, desk.account, app.now()).await;
    match done.map_err(Error::from) {
        Ok(()) => Ok(see_other("/punto/fermi?fatto=1")),
        Err(Error::Invalid(faults)) => {
            let page = page(&app, &desk, (false, 1), lang).await?;
            let page = page.refused(*id, &sent.answer, &faults, lang);
            show_as(
                HttpResponse::UnprocessableEntity(),
                &app,
                "stuck.html",
                lang,
                &page,
            )
        }
        Err(error) => Err(error),
    }
}

async fn page(
    app: &State,
    desk: &Facilitator,
    (answered, page): (bool, usize),
    lang: Lang,
) -> Result<StuckPage, Error> {
    let catalogue = app.catalogue();
    let care = stuck::care(&app.db, &catalogue, &desk.points, (page, PEOPLE), app.now()).await?;
    Ok(StuckPage::new(&catalogue, care, (answered, page), lang))
}

/// People on a page, below the questions: each with where they stopped.
pub const PEOPLE: usize = 7;

/// `stuck.html`
#[derive(Debug, Serialize)]
pub struct StuckPage {
    chrome: Chrome,
    quiet: i64,
    help: Vec<HelpLine>,
    more_help: usize,
    people: Vec<Line>,
    page: usize,
    pages: usize,
    previous: Option<String>,
    next: Option<String>,
    hard: Vec<HardLine>,
    answered: bool,
    /// The fields at fault, for the summary.
    faults: Vec<Fault>,
    longest: usize,
}

#[derive(Debug, Serialize)]
struct HelpLine {
    id: String,
    name: String,
    person: String,
    place: ContentLink,
    module: ContentLink,
    asked: String,
    text: String,
    answer: String,
    error: String,
}

#[derive(Debug, Serialize)]
struct Fault {
    name: String,
    label: String,
    error: String,
}

#[derive(Debug, Serialize)]
struct Line {
    name: String,
    href: String,
    module: ContentLink,
    /// Where they stopped.
    at: ContentLink,
    begun: bool,
    since: String,
    days: i64,
    due: Option<String>,
    overdue: bool,
}

#[derive(Debug, Serialize)]
struct HardLine {
    question: String,
    /// The language of the question.
    lang: Lang,
    module: ContentLink,
    share: i64,
    wrong: i64,
    answers: i64,
}

impl StuckPage {
    /// The page of what waits, who stopped and what is hard.
    #[must_use]
    pub fn new(
        catalogue: &Catalogue,
        care: Care,
        (answered, page): (bool, usize),
        lang: Lang,
    ) -> Self {
        let part = ListPart::of(care.stuck.total, page, PEOPLE);
        let to = |page: usize| format!("/punto/fermi?pagina={page}#fermi");
        let asked = |one: WaitingQuestion| HelpLine::new(catalogue, one, lang);
        let line = |one: Stuck| Line::new(catalogue, one, lang);
        let question = |one: &Hard| HardLine::new(catalogue, one, lang);
        Self {
            chrome: chrome(text(lang, "stuck-title"), "/punto/fermi", lang),
            quiet: QUIET,
            help: care.waiting.into_iter().map(asked).collect(),
            more_help: care.more_waiting,
            people: care.stuck.people.into_iter().filter_map(line).collect(),
            page: part.page,
            pages: part.pages,
            previous: (part.page > 1).then(|| to(part.page - 1)),
            next: (part.page < part.pages).then(|| to(part.page + 1)),
            hard: care.hard.iter().filter_map(question).collect(),
            answered,
            faults: Vec::new(),
            longest: LONGEST,
        }
    }

    /// The page with an answer that could not be taken, and why.
    #[must_use]
    pub fn refused(
        mut self,
        id: HelpRequestId,
        answer: &str,
        faults: &[FieldFault],
        lang: Lang,
    ) -> Self {
        let id = id.to_string();
        for line in self.help.iter_mut().filter(|line| line.id == id) {
            answer.clone_into(&mut line.answer);
            let error = faults.first().map(|fault| text(lang, &fault.key));
            line.error = error.unwrap_or_default();
            self.faults.push(Fault {
                name: format!("answer-{id}"),
                label: text(lang, "help-answer"),
                error: line.error.clone(),
            });
        }
        self
    }
}

impl HelpLine {
    fn new(catalogue: &Catalogue, waiting: WaitingQuestion, lang: Lang) -> Self {
        let asked = waiting.asked;
        let (place, module) = place_links(catalogue, &asked.place, lang);
        Self {
            id: asked.id.to_string(),
            name: waiting.name,
            person: format!("/punto/cittadini/{}", waiting.citizen),
            place,
            module,
            asked: day_of(lang, asked.asked_at),
            text: asked.text,
            answer: String::new(),
            error: String::new(),
        }
    }
}

impl Line {
    fn new(catalogue: &Catalogue, stuck: Stuck, lang: Lang) -> Option<Self> {
        let module = catalogue.module(&stuck.module)?;
        Some(Self {
            name: format!("{} {}", stuck.last_name, stuck.first_name),
            href: format!("/punto/cittadini/{}/assegna", stuck.citizen),
            module: module_link(module, lang),
            at: stop(module, &stuck.at, lang),
            begun: stuck.begun,
            since: day(lang, stuck.since),
            days: stuck.days,
            due: stuck.due_on.map(|due| day(lang, due)),
            overdue: stuck.overdue,
        })
    }
}

impl HardLine {
    fn new(catalogue: &Catalogue, hard: &Hard, lang: Lang) -> Option<Self> {
        let module = catalogue.module(&hard.module)?;
        let edition = module.edition(lang);
        let quiz = edition.quiz.as_ref()?;
        let question = quiz.questions.iter().find(|one| one.id == hard.question)?;
        Some(Self {
            question: plain(&question.title_html),
            lang: edition.lang,
            module: module_link(module, lang),
            share: hard.share(),
            wrong: hard.wrong,
            answers: hard.answers,
        })
    }
}

/// The page where somebody stopped, and its name.
fn stop(module: &Module, at: &StuckAt, lang: Lang) -> ContentLink {
    let edition = module.edition(lang);
    let home = format!("/moduli/{}", module.id);
    let (href, title, lang) = match at {
        StuckAt::Lesson(id) => {
            let lesson = edition.lesson(id);
            let title = lesson.map_or_else(String::new, |lesson| lesson.title.clone());
            (format!("{home}/{id}"), title, edition.lang)
        }
        StuckAt::Question { number, of, .. } => {
            let place = [
                ("number".into(), (*number).into()),
                ("of".into(), (*of).into()),
            ];
            let title = text_with(lang, "quiz-question", &place.into());
            (format!("{home}/quiz"), title, lang)
        }
        StuckAt::Quiz => (format!("{home}/quiz"), text(lang, "quiz-title"), lang),
        StuckAt::Module => (home, edition.title.clone(), edition.lang),
    };
    ContentLink { href, title, lang }
}

/// The page where a question came up, and its module; what is no longer in the catalogue goes by
/// its id and leads to the catalogue.
#[must_use]
pub fn place_links(
    catalogue: &Catalogue,
    place: &HelpPlace,
    lang: Lang,
) -> (ContentLink, ContentLink) {
    let Some(module) = catalogue.module(&place.module) else {
        let gone = ContentLink {
            href: "/moduli".to_owned(),
            title: place.module.to_string(),
            lang,
        };
        return (gone.clone(), gone);
    };
    let edition = module.edition(lang);
    let lesson = place.lesson.as_ref().and_then(|id| edition.lesson(id));
    let quiz = edition.quiz.as_ref().zip(place.question.as_ref());
    let question = quiz.and_then(|(quiz, id)| quiz.questions.iter().find(|one| one.id == *id));
    let home = module_link(module, lang);
    let at = match (lesson, question) {
        (Some(lesson), _) => ContentLink {
            href: format!("{}/{}", home.href, lesson.id),
            title: lesson.title.clone(),
            lang: edition.lang,
        },
        (None, Some(question)) => ContentLink {
            href: format!("{}/quiz", home.href),
            title: plain(&question.title_html),
            lang: edition.lang,
        },
        (None, None) => home.clone(),
    };
    (at, home)
}
