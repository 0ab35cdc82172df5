//! Where a link of a lesson leads, as written: no file is looked at here.

use crate::domain::locale::Lang;

/// The target of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget<'a> {
    /// `https://…`
    Secure,
    /// Any other scheme, `http://` and `mailto:` included, or an address that leaves the folder.
    Refused,
    /// A file of the course and perhaps a heading in it.
    File {
        /// Path from the course folder.
        path: String,
        /// Without `#`.
        anchor: Option<&'a str>,
    },
}

/// Reads a link target found in the file at `from` (a path from the course folder).
#[must_use]
pub fn target<'a>(from: &str, target: &'a str) -> LinkTarget<'a> {
    if has_prefix(target, "https://") {
        return LinkTarget::Secure;
    }
    let (path, anchor) = match target.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (target, None),
    };
    if path.is_empty() {
        let path = from.to_owned();
        return LinkTarget::File { path, anchor };
    }
    if path.starts_with('/') || path.contains([':', '\\', '?']) {
        return LinkTarget::Refused;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                if parts.pop().is_none() {
                    return LinkTarget::Refused;
                }
            }
            _ => parts.push(part),
        }
    }
    let path = parts.join("/");
    LinkTarget::File { path, anchor }
}

fn has_prefix(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// The same file in another language: `spid/02-scegliere.md` → `spid/02-scegliere.en.md`.
///
/// A translation may link to the original's file name and mean its own.
#[must_use]
pub fn in_lang(path: &str, lang: Lang) -> Option<String> {
    let stem = path.strip_suffix(".md")?;
    let translated = Lang::ALL
        .into_iter()
        .skip(1)
        .any(|other| stem.ends_with(&format!(".{other}")));
    (lang != Lang::It && !translated).then(|| format!("{stem}.{lang}.md"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(from: &str, link: &str) -> Option<(String, Option<String>)> {
        match target(from, link) {
            LinkTarget::File { path, anchor } => Some((path, anchor.map(str::to_owned))),
            LinkTarget::Secure | LinkTarget::Refused => None,
        }
    }

    #[test]
    fn a_relative_path_is_followed_from_the_file_it_stands_in() {
        let from = "spid/01-a.md";
        let some =
            |path: &str, anchor: Option<&str>| Some((path.to_owned(), anchor.map(str::to_owned)));
        assert_eq!(file(from, "02-b.md#x"), some("spid/02-b.md", Some("x")));
        assert_eq!(file(from, "#x"), some("spid/01-a.md", Some("x")));
        assert_eq!(file(from, "./module.md"), some("spid/module.md", None));
        assert_eq!(file(from, "../cup/01-c.md"), some("cup/01-c.md", None));
        assert_eq!(file(from, "../../etc/passwd"), None);
    }

    #[test]
    fn only_https_is_secure() {
        assert_eq!(target("a/b.md", "HTTPS://inps.it/"), LinkTarget::Secure);
        for bad in [
            "http://a.it",
            "mailto:a@b.it",
            "javascript:x",
            "//a.it",
            "/x",
            "?q",
            "a\\b",
        ] {
            assert_eq!(target("a/b.md", bad), LinkTarget::Refused, "{bad}");
        }
    }

    #[test]
    fn a_translation_finds_its_own_file() {
        let own = in_lang("spid/02-b.md", Lang::En);
        assert_eq!(own.as_deref(), Some("spid/02-b.en.md"));
        assert_eq!(in_lang("spid/02-b.en.md", Lang::En), None);
        assert_eq!(in_lang("spid/02-b.md", Lang::It), None);
    }
}
