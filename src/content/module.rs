//! A module: what is the same in every language, and an edition for each language.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use time::Date;

use crate::domain::digcomp::Competence;
use crate::domain::facilita::PublicDomain;
use crate::domain::ids::{LessonId, ModuleId, QuestionId};
use crate::domain::locale::Lang;
use crate::domain::score::Percent;

use super::html::Packer;
use super::lesson::{Lesson, Quiz};

/// A module of the catalogue.
#[derive(Debug, Clone)]
pub struct Module {
    /// Permanent: the key of everything learned in it.
    pub id: ModuleId,
    /// The folder it was read from, without the course folder.
    pub folder: String,
    /// The editors' revision number; never goes down.
    pub rev: u32,
    /// DigComp level, 1 to 8.
    pub level: u8,
    /// DigComp competences, at least one.
    pub digcomp: Vec<Competence>,
    /// Domains of the public digital service (Facilita SE6).
    pub domains: Vec<PublicDomain>,
    /// Declared learning time: the duration of the service that is reported.
    pub minutes: u16,
    /// The share of the quiz's points that completes the module.
    pub pass: Percent,
    /// Modules to do first.
    pub requires: Vec<ModuleId>,
    /// Where the facts come from, `https://` addresses.
    pub sources: Vec<String>,
    /// How a changed key of a question is to be treated.
    pub changes: BTreeMap<QuestionId, KeyChange>,
    /// The original, in Italian.
    pub original: Edition,
    /// The other languages.
    pub translations: BTreeMap<Lang, Edition>,
    /// The images by file name, served as `/moduli/{module}/immagini/{file}?v={hash}`.
    pub images: BTreeMap<String, Image>,
}

/// An image of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The file.
    pub bytes: Bytes,
    /// `image/png`, `image/jpeg`, `image/webp` or `image/svg+xml`.
    pub media_type: &'static str,
    /// Of the bytes: the version in the image's address.
    pub hash: String,
    /// Width in CSS pixels.
    pub width: u32,
    /// Height in CSS pixels.
    pub height: u32,
}

/// A module in one language.
#[derive(Debug, Clone)]
pub struct Edition {
    /// Its language.
    pub lang: Lang,
    /// The title, plain text.
    pub title: String,
    /// At most 160 characters, plain text.
    pub summary: String,
    /// Words people search it by.
    pub keywords: Vec<String>,
    /// The day a person last checked the facts.
    pub verified: Date,
    /// The introduction, rendered.
    pub intro_html: String,
    /// In the order of their file numbers; the same ids in every edition.
    pub lessons: Vec<Lesson>,
    /// The graded quiz; the same questions and keys in every edition.
    pub quiz: Option<Quiz>,
}

/// What happens to marks given under an older key of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyChange {
    /// Those who answered keep the better mark.
    Credit,
    /// Earlier answers are graded again, never lower.
    Regrade,
    /// The question is asked again.
    AskAgain,
    /// Nothing.
    None,
}

impl KeyChange {
    /// The change of a word of the front matter.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "credit" => Some(Self::Credit),
            "regrade" => Some(Self::Regrade),
            "ask-again" => Some(Self::AskAgain),
            "none" => Some(Self::None),
            _ => None,
        }
    }
}

impl Module {
    /// The edition in a language, or the original where there is no translation.
    #[must_use]
    pub fn edition(&self, lang: Lang) -> &Edition {
        self.translations.get(&lang).unwrap_or(&self.original)
    }

    /// The languages it can be read in, the original first.
    pub fn langs(&self) -> impl Iterator<Item = Lang> {
        std::iter::once(self.original.lang).chain(self.translations.keys().copied())
    }
}

impl Module {
    /// Keeps the texts of its lessons compressed.
    pub(super) fn pack(&mut self) {
        let mut packer = Packer::new();
        let editions = std::iter::once(&mut self.original).chain(self.translations.values_mut());
        for lesson in editions.flat_map(|edition| &mut edition.lessons) {
            lesson.pack(&mut packer);
        }
    }
}

impl Edition {
    /// A lesson by its id.
    #[must_use]
    pub fn lesson(&self, id: &LessonId) -> Option<&Lesson> {
        self.lessons.iter().find(|lesson| lesson.id == *id)
    }
}
