//! A module as schema.org has it, for search engines: a course that is free and online.

use serde_json::{Value, json};

use crate::content::module::Module;
use crate::domain::locale::Lang;
use crate::web::templates::text;

/// The course of a module, without the name of who offers it.
#[must_use]
pub fn course(module: &Module, lang: Lang) -> Value {
    let edition = module.edition(lang);
    let time = format!("PT{}M", module.minutes);
    let teaches: Vec<_> = module.digcomp.iter().map(|one| one.title(lang)).collect();
    json!({
        "@context": "https://schema.org",
        "@type": "Course",
        "name": edition.title,
        "description": edition.summary,
        "inLanguage": edition.lang.code(),
        "educationalLevel": text(lang, &format!("level-{}", module.level)),
        "teaches": teaches,
        "isAccessibleForFree": true,
        "offers": { "@type": "Offer", "category": "Free", "price": 0, "priceCurrency": "EUR" },
        "hasCourseInstance": {
            "@type": "CourseInstance",
            "courseMode": "Online",
            "courseWorkload": time,
        },
    })
}
