//! A course folder, read into memory.
//!
//! Only what a course is made of is read: `paths.toml`, `words.toml`, `regions.toml`, `ids.lock`, and of
//! every module folder its `.md` files, `asks.toml` and `images/`. Symbolic links are not followed. A file that cannot
//! be used (too large, not UTF-8) becomes an [`UnreadableFile`], which the compiler complains about; only a
//! failing disk is an error.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;

use super::message::{Message, say};

/// The largest Markdown file, `paths.toml`, `regions.toml` or `words.toml`, in bytes.
pub const MAX_TEXT: u64 = 1_000_000;

/// The largest `ids.lock`, in bytes: about a hundred for each id ever published.
pub const MAX_LOCK: u64 = 64_000_000;

/// What stands beside the modules' folders.
const BESIDE: [&str; 4] = ["paths.toml", "words.toml", "regions.toml", "ids.lock"];

/// What stands in a module's folder beside its texts.
const ASKS: &str = "asks.toml";

/// The largest image, in bytes.
pub const MAX_IMAGE: u64 = 200_000;

/// A file of a course folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path from the course folder, with `/`: `spid/01-che-cosa-e.md`.
    pub path: String,
    /// The text, without a byte-order mark.
    pub text: Arc<str>,
}

/// A place in a file, in bytes of its text.
pub type Span = Range<usize>;

/// A course folder.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// The modules, in the order of their folders' names.
    pub modules: Vec<ModuleSource>,
    /// `paths.toml`
    pub paths: Option<Arc<SourceFile>>,
    /// `words.toml`
    pub words: Option<Arc<SourceFile>>,
    /// `ids.lock`
    pub lock: Option<Arc<SourceFile>>,
    /// `regions.toml`
    pub regions: Option<Arc<SourceFile>>,
    /// Those of the files above that could not be used.
    pub unreadable: Vec<UnreadableFile>,
}

/// A module's folder.
#[derive(Debug, Clone, Default)]
pub struct ModuleSource {
    /// The folder's name.
    pub folder: String,
    /// Its `.md` files, in the order of their names.
    pub files: Vec<Arc<SourceFile>>,
    /// `asks.toml`
    pub asks: Option<Arc<SourceFile>>,
    /// The files of `images/`, by name.
    pub images: BTreeMap<String, Bytes>,
    /// Files that could not be used.
    pub unreadable: Vec<UnreadableFile>,
    /// Files that are not read, and whose names are nearly those of texts: empty, for a complaint.
    pub overlooked: Vec<Arc<SourceFile>>,
}

/// A file that could not be used.
#[derive(Debug, Clone)]
pub struct UnreadableFile {
    /// Its path, with an empty text.
    pub file: Arc<SourceFile>,
    /// Why.
    pub reason: Message,
    /// Whether it is an image.
    pub image: bool,
}

impl SourceFile {
    /// A file of this path and text.
    #[must_use]
    pub fn new(path: impl Into<String>, text: &str) -> Arc<Self> {
        Arc::new(Self {
            path: path.into(),
            text: text.strip_prefix('\u{feff}').unwrap_or(text).into(),
        })
    }

    /// The text at a place; empty where the place is not one of this text.
    #[must_use]
    pub fn at(&self, span: &Span) -> &str {
        self.text.get(span.clone()).unwrap_or("")
    }
}

impl Source {
    /// A course in memory: paths from the course folder, with `/`, and contents. What a course is
    /// not made of is passed over, as [`Source::read`] does.
    pub fn from_files<P: Into<String>, B: Into<Bytes>>(
        files: impl IntoIterator<Item = (P, B)>,
    ) -> Self {
        let mut source = Self::default();
        let mut modules: BTreeMap<String, ModuleSource> = BTreeMap::new();
        let mut files: Vec<(String, Bytes)> = files
            .into_iter()
            .map(|(path, bytes)| (path.into(), bytes.into()))
            .collect();
        files.sort_by(|a, b| a.0.cmp(&b.0));
        for (path, bytes) in files {
            match path.split_once('/') {
                None if BESIDE.contains(&path.as_str()) => {
                    source.add_root(path, Ok(bytes));
                }
                Some((folder, name)) if !folder.starts_with('.') && folder != ".." => {
                    let module = modules.entry(folder.to_owned()).or_default();
                    module.add(path.clone(), name, Ok(bytes));
                }
                _ => {}
            }
        }
        source.modules = modules
            .into_iter()
            .map(|(folder, module)| ModuleSource { folder, ..module })
            .filter(ModuleSource::is_module)
            .collect();
        source
    }

    /// Reads a course folder.
    ///
    /// # Errors
    /// When the folder, or a file in it, cannot be read from the disk.
    pub fn read(root: &Path) -> io::Result<Self> {
        let mut source = Self::read_root(root)?;
        for folder in module_folders(root)? {
            let module = ModuleSource::read(root, &folder)?;
            if module.is_module() {
                source.modules.push(module);
            }
        }
        Ok(source)
    }

    /// Reads only the files that stand beside the modules' folders.
    pub(super) fn read_root(root: &Path) -> io::Result<Self> {
        let mut source = Self::default();
        for name in BESIDE {
            if let Some(size) = file_size(&root.join(name))? {
                let content = load(&root.join(name), size, largest(name))?;
                source.add_root(name.to_owned(), content);
            }
        }
        Ok(source)
    }

    fn add_root(&mut self, path: String, content: Result<Bytes, Message>) {
        match content.and_then(|bytes| text(&path, &bytes)) {
            Ok(file) => match file.path.as_str() {
                "paths.toml" => self.paths = Some(file),
                "words.toml" => self.words = Some(file),
                "regions.toml" => self.regions = Some(file),
                _ => self.lock = Some(file),
            },
            Err(why) => self.unreadable.push(UnreadableFile::new(path, why, false)),
        }
    }
}

impl ModuleSource {
    /// Reads one module's folder.
    pub(super) fn read(root: &Path, folder: &str) -> io::Result<Self> {
        let mut module = Self {
            folder: folder.to_owned(),
            ..Self::default()
        };
        for (name, size) in module_files(root, folder)? {
            if is_overlooked(&name) {
                module.overlook(format!("{folder}/{name}"));
                continue;
            }
            let limit = if is_text_name(&name) {
                MAX_TEXT
            } else {
                MAX_IMAGE
            };
            let content = load(&root.join(folder).join(&name), size, limit)?;
            module.add(format!("{folder}/{name}"), &name, content);
        }
        Ok(module)
    }

    fn is_module(&self) -> bool {
        !self.files.is_empty() || !self.unreadable.is_empty()
    }

    /// Takes in a file by its name in the folder: `01-a.md` or `images/a.svg`.
    fn add(&mut self, path: String, name: &str, content: Result<Bytes, Message>) {
        if let Some(image) = image_name(name) {
            match content.and_then(|bytes| within(bytes, MAX_IMAGE)) {
                Ok(bytes) => {
                    self.images.insert(image.to_owned(), bytes);
                }
                Err(why) => self.unreadable.push(UnreadableFile::new(path, why, true)),
            }
        } else if is_text_name(name) {
            match content.and_then(|bytes| text(&path, &bytes)) {
                Ok(file) if name == ASKS => self.asks = Some(file),
                Ok(file) => self.files.push(file),
                Err(why) => self.unreadable.push(UnreadableFile::new(path, why, false)),
            }
        } else if is_overlooked(name) {
            self.overlook(path);
        }
    }

    fn overlook(&mut self, path: String) {
        self.overlooked.push(SourceFile::new(path, ""));
    }
}

impl UnreadableFile {
    fn new(path: String, reason: Message, image: bool) -> Self {
        Self {
            file: SourceFile::new(path, ""),
            reason,
            image,
        }
    }
}

/// Tells whether any folder of a course folder has something of a module in it.
///
/// # Errors
/// When a folder cannot be read.
pub fn has_modules(root: &Path) -> io::Result<bool> {
    for folder in module_folders(root)? {
        let listed = listing(root, &folder)?;
        if listed.iter().any(|(name, _)| name.ends_with(".md")) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The folders that may be modules, in the order of their names.
pub(super) fn module_folders(root: &Path) -> io::Result<Vec<String>> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(root)? {
        let entry = entry?;
        if let Ok(name) = entry.file_name().into_string()
            && entry.file_type()?.is_dir()
            && !name.starts_with('.')
        {
            folders.push(name);
        }
    }
    folders.sort();
    Ok(folders)
}

/// The files of a module's folder that are read, with their sizes, in the order of their names.
fn module_files(root: &Path, folder: &str) -> io::Result<Vec<(String, u64)>> {
    Ok(listing(root, folder)?
        .into_iter()
        .map(|(name, meta)| (name, meta.len()))
        .collect())
}

/// The files of a module's folder that are read, in the order of their names.
pub(super) fn listing(root: &Path, folder: &str) -> io::Result<Vec<(String, fs::Metadata)>> {
    let mut files = Vec::new();
    for (prefix, path) in [
        ("", root.join(folder)),
        ("images/", root.join(folder).join("images")),
    ] {
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if !prefix.is_empty() && is_absent(&error) => continue,
            Err(error) => return Err(error),
        };
        for entry in entries {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let name = format!("{prefix}{name}");
            let known = is_text_name(&name) || image_name(&name).is_some();
            let overlooked = is_overlooked(&name);
            if !(known && entry.file_type()?.is_file() || overlooked) {
                continue;
            }
            match entry.metadata() {
                Ok(meta) => files.push((name, meta)),
                // Removed since the folder was listed.
                Err(error) if is_absent(&error) => {}
                Err(error) => return Err(error),
            }
        }
    }
    files.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(files)
}

fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

fn is_text_name(name: &str) -> bool {
    name == ASKS || (name.ends_with(".md") && !name.contains('/') && !name.starts_with('.'))
}

/// Whether a name is that of a text which would not be read: another ending, another case.
fn is_overlooked(name: &str) -> bool {
    const TEXTS: [&str; 8] = [
        "md", "markdown", "mdown", "txt", "toml", "doc", "docx", "odt",
    ];
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    let is_text = ending.is_some_and(|ending| TEXTS.contains(&ending.as_str()));
    is_text && !is_text_name(name) && !name.contains('/') && !name.starts_with('.')
}

/// `a.svg` of `images/a.svg`; hidden files are not images.
fn image_name(name: &str) -> Option<&str> {
    name.strip_prefix("images/")
        .filter(|image| !image.starts_with('.') && !image.contains('/'))
}

fn file_size(path: &Path) -> io::Result<Option<u64>> {
    match fs::symlink_metadata(path) {
        Ok(meta) => Ok(meta.is_file().then_some(meta.len())),
        Err(error) if is_absent(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The bytes of a file, or why they are not read.
///
/// # Errors
/// The disk's, with the file's name: whoever reads it has to find the file.
fn load(path: &Path, size: u64, limit: u64) -> io::Result<Result<Bytes, Message>> {
    if size > limit {
        return Ok(Err(too_large(size, limit)));
    }
    let named =
        |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    Ok(within(fs::read(path).map_err(named)?.into(), limit))
}

fn within(bytes: Bytes, limit: u64) -> Result<Bytes, Message> {
    let size = bytes.len() as u64;
    if size > limit {
        return Err(too_large(size, limit));
    }
    Ok(bytes)
}

/// The largest text file of this path, in bytes.
fn largest(path: &str) -> u64 {
    if path == "ids.lock" {
        MAX_LOCK
    } else {
        MAX_TEXT
    }
}

fn too_large(size: u64, limit: u64) -> Message {
    say("file-too-large")
        .with("size", size.div_ceil(1000))
        .with("limit", limit / 1000)
}

fn text(path: &str, bytes: &Bytes) -> Result<Arc<SourceFile>, Message> {
    within(bytes.clone(), largest(path))?;
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(SourceFile::new(path, text)),
        Err(error) => Err(say("file-not-utf8").with("byte", (error.valid_up_to() + 1).to_string())),
    }
}
