//! What a complaint is about, and so what an error leaves out of the catalogue.

use std::collections::BTreeSet;

/// What a complaint is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touches {
    /// The modules in these folders.
    Folders(BTreeSet<String>),
    /// No module, but what stands beside them (`paths.toml`).
    Beside,
    /// Every module (`ids.lock`): which one it is about cannot be told.
    Everything,
}

impl Touches {
    /// What a file is about, by its path alone.
    #[must_use]
    pub fn of_file(path: &str) -> Self {
        match path.split_once('/') {
            Some((folder, _)) => Self::Folders([folder.to_owned()].into()),
            None if path == "ids.lock" => Self::Everything,
            None => Self::Beside,
        }
    }

    /// Whether it is about no module in particular.
    #[must_use]
    pub const fn no_module(&self) -> bool {
        !matches!(self, Self::Folders(_))
    }

    /// Takes in what another complaint is about.
    pub fn take_in(&mut self, other: &Self) {
        match (&mut *self, other) {
            (Self::Folders(all), Self::Folders(more)) => all.extend(more.iter().cloned()),
            (Self::Beside, Self::Beside) => {}
            // A module more or less is known to be at fault, but not all that is.
            _ => *self = Self::Everything,
        }
    }
}
