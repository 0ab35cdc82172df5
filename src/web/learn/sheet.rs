//! Pages for the printer: the steps of a module, the whole of it, and the QR that leads back.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Path;
use qrcode::QrCode;
use qrcode::render::svg;
use serde::{Deserialize, Serialize};

use crate::content::lesson::Lesson;
use crate::content::module::Module;
use crate::content::paper;
use crate::domain::ids::ModuleId;
use crate::domain::locale::Lang;
use crate::network::point::{self, Point};
use crate::web::error::Error;
use crate::web::extract::Language;
use crate::web::parts::chrome::{Chrome, SiteSection};
use crate::web::parts::show;
use crate::web::parts::typed;
use crate::web::read::Query;
use crate::web::state::App;
use crate::web::templates::{day, text};

/// For whom.
#[derive(Debug, Deserialize)]
pub struct SheetQuery {
    /// The code of the point whose group gets it.
    punto: Option<String>,
}

/// `GET /moduli/{module}/scheda`: the steps; with `?punto=` a hand-out for a group of that point.
pub async fn steps(
    app: App,
    Language(lang): Language,
    module: Path<ModuleId>,
    asked: Query<SheetQuery>,
) -> Result<HttpResponse, Error> {
    let catalogue = app.catalogue();
    let module = catalogue.module(&module).ok_or(Error::NotFound)?;
    let point = match &asked.punto {
        Some(code) => Some(
            point::by_code(app.db.read(), code)
                .await?
                .ok_or(Error::NotFound)?,
        ),
        None => None,
    };
    let page = SheetPage::steps(module, app.address(), point.as_ref(), lang);
    show(&app, "sheet.html", lang, &page)
}

/// `GET /moduli/{module}/stampa`
pub async fn whole(
    app: App,
    Language(lang): Language,
    module: Path<ModuleId>,
) -> Result<HttpResponse, Error> {
    let catalogue = app.catalogue();
    let module = catalogue.module(&module).ok_or(Error::NotFound)?;
    let page = SheetPage::whole(module, app.address(), lang);
    show(&app, "whole.html", lang, &page)
}

/// `GET /moduli/{module}/scheda/qr.svg`: leads to the module, where the site knows its address.
pub async fn qr(app: App, module: Path<ModuleId>) -> Result<HttpResponse, Error> {
    let catalogue = app.catalogue();
    let module = catalogue.module(&module).ok_or(Error::NotFound)?;
    let site = app.address().ok_or(Error::NotFound)?;
    let drawing = drawn(&format!("{site}/moduli/{}", module.id))?;
    Ok(HttpResponse::Ok()
        .content_type("image/svg+xml")
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .body(drawing))
}

/// A QR as an SVG.
pub(crate) fn drawn(address: &str) -> Result<String, Error> {
    let code = QrCode::new(address).map_err(Error::internal)?;
    let mut svg = code.render::<svg::Color<'_>>();
    Ok(svg.min_dimensions(240, 240).build())
}

/// `sheet.html` and `whole.html`
#[derive(Debug, Serialize)]
pub struct SheetPage {
    chrome: Chrome,
    href: String,
    title: String,
    summary: String,
    content_lang: Lang,
    /// The module's address without `https://`, for those who type it; `None` where the site does
    /// not know its own.
    address: Option<String>,
    intro_html: String,
    lessons: Vec<LessonOnPaper>,
    verified: String,
    sources: Vec<String>,
    /// Where a group meets; `None` for a sheet that anybody prints.
    point: Option<PointOnPaper>,
}

#[derive(Debug, Serialize)]
struct LessonOnPaper {
    title: String,
    minutes: u16,
    steps: Vec<StepsOnPaper>,
    text_html: String,
}

#[derive(Debug, Serialize)]
struct StepsOnPaper {
    heading_html: Option<String>,
    list_html: String,
}

#[derive(Debug, Serialize)]
struct PointOnPaper {
    name: String,
    place: String,
}

impl SheetPage {
    /// The steps of every lesson that has some.
    #[must_use]
    pub fn steps(module: &Module, site: Option<&str>, point: Option<&Point>, lang: Lang) -> Self {
        Self {
            point: point.map(PointOnPaper::new),
            ..Self::new(module, site, "scheda", "sheet-of", lang, |lesson| {
                LessonOnPaper {
                    title: lesson.title.clone(),
                    minutes: lesson.minutes,
                    steps: paper::steps(lesson)
                        .into_iter()
                        .map(StepsOnPaper::from)
                        .collect(),
                    text_html: String::new(),
                }
            })
        }
    }

    /// Every lesson with all its text.
    #[must_use]
    pub fn whole(module: &Module, site: Option<&str>, lang: Lang) -> Self {
        Self::new(module, site, "stampa", "whole-of", lang, |lesson| {
            LessonOnPaper {
                title: lesson.title.clone(),
                minutes: lesson.minutes,
                steps: Vec::new(),
                text_html: paper::whole(lesson),
            }
        })
    }

    fn new(
        module: &Module,
        site: Option<&str>,
        last: &str,
        kind: &str,
        lang: Lang,
        lesson: impl Fn(&Lesson) -> LessonOnPaper,
    ) -> Self {
        let edition = module.edition(lang);
        let href = format!("/moduli/{}", module.id);
        let title = format!("{}: {}", text(lang, kind), edition.title);
        Self {
            chrome: Chrome::new(lang, title, SiteSection::Modules, &format!("{href}/{last}"))
                .under("/moduli", text(lang, "nav-modules"), lang)
                .under(&href, &edition.title, edition.lang),
            title: edition.title.clone(),
            summary: edition.summary.clone(),
            content_lang: edition.lang,
            address: site.map(|site| format!("{}{href}", typed(site))),
            intro_html: edition.intro_html.clone(),
            lessons: edition.lessons.iter().map(lesson).collect(),
            verified: day(lang, edition.verified),
            sources: module.sources.clone(),
            point: None,
            href,
        }
    }
}

impl From<paper::Steps> for StepsOnPaper {
    fn from(steps: paper::Steps) -> Self {
        Self {
            heading_html: steps.heading_html,
            list_html: steps.list_html,
        }
    }
}

impl PointOnPaper {
    fn new(point: &Point) -> Self {
        let address = point
            .address
            .as_deref()
            .map(|address| format!("{address}, "));
        Self {
            name: point.name.clone(),
            place: address.unwrap_or_default() + &point.municipality,
        }
    }
}
