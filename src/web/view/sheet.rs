//! Paper: the sheet of steps of a module, for one person or a group, and a whole module.

use serde::Serialize;

use crate::content::lesson::Lesson;
use crate::content::module::Module;
use crate::content::paper;
use crate::domain::locale::Lang;
use crate::network::point::Point;
use crate::web::templates::{day, text};

use super::chrome::{Chrome, Section};
use super::typed;

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
            chrome: Chrome::new(lang, title, Section::Modules, &format!("{href}/{last}"))
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
