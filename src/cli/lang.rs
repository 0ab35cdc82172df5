//! The language in which the commands about courses speak.

use crate::domain::locale::Lang;

/// `--lang`, taken by every command that shows complaints about courses.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(super) struct LangArgs {
    /// The language of complaints about courses: it or en; without it, the one of the locale
    /// (`LC_ALL`, `LC_MESSAGES`, `LANG`)
    #[arg(
        long,
        env = "AUTONOMIA_LANG",
        value_name = "LANG",
        value_parser = spoken,
        default_value = "",
        hide_default_value = true
    )]
    lang: Spoken,
}

/// A language that was asked for; none where the variable is set to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Spoken(Option<Lang>);

fn spoken(text: &str) -> Result<Spoken, String> {
    if text.is_empty() {
        return Ok(Spoken(None));
    }
    let known = Lang::ALL.into_iter().find(|lang| lang.code() == text);
    known
        .map(|lang| Spoken(Some(lang)))
        .ok_or_else(|| format!("write {}", Lang::ALL.map(Lang::code).join(" or ")))
}

impl LangArgs {
    /// The language asked for, or that of the locale.
    pub(super) fn lang(self) -> Lang {
        self.lang
            .0
            .unwrap_or_else(|| of_locale(|name| std::env::var(name).ok()))
    }
}

/// The language of the locale as POSIX has it: the first variable that is not empty decides, and
/// what it names may be a language that we do not speak.
fn of_locale(variable: impl Fn(&str) -> Option<String>) -> Lang {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(variable)
        .find(|value| !value.is_empty())
        .and_then(|value| Lang::from_code(value.split(['.', '@']).next().unwrap_or("")))
        .unwrap_or(Lang::En)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_decides() {
        let of = |set: &[(&str, &str)]| {
            of_locale(|name| {
                let found = set.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(of(&[]), Lang::En);
        assert_eq!(of(&[("LANG", "it_IT.UTF-8")]), Lang::It);
        assert_eq!(of(&[("LANG", "it")]), Lang::It);
        assert_eq!(of(&[("LANG", "de_DE.UTF-8")]), Lang::En);
        assert_eq!(
            of(&[("LANG", "it_IT.UTF-8"), ("LC_ALL", "C.UTF-8")]),
            Lang::En
        );
        assert_eq!(of(&[("LANG", "it_IT@euro"), ("LC_ALL", "")]), Lang::It);
        assert_eq!(of(&[("LC_MESSAGES", "it_CH"), ("LANG", "en_GB")]), Lang::It);
    }

    #[test]
    fn only_a_language_we_speak_can_be_asked_for() {
        assert_eq!(spoken("it"), Ok(Spoken(Some(Lang::It))));
        assert_eq!(spoken(""), Ok(Spoken(None)));
        assert_eq!(spoken("fr"), Err("write it or en".to_owned()));
    }
}
