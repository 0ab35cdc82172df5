//! `autonomia explain`: the manual page of a diagnostic.

use std::io::Write;

use anyhow::bail;

use super::Outcome;
use super::lang::LangArgs;
use crate::content::message::say;
use crate::content::rules;
use crate::domain::locale::Lang;

/// Explain a complaint of `check`: what is wrong, why it matters, how to mend it
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  autonomia explain
  autonomia explain long-sentence
  autonomia explain long-sentence --lang it")]
pub(super) struct Args {
    /// The code in brackets, such as `table-without-header`; without it, all codes are listed
    code: Option<String>,
    #[command(flatten)]
    lang: LangArgs,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    explain(args.code.as_deref(), args.lang.lang(), out)
}

fn explain(code: Option<&str>, lang: Lang, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let Some(code) = code else {
        list(lang, out)?;
        return Ok(Outcome::Yes);
    };
    let Some(rule) = rules::find(code) else {
        let message = match nearest(code) {
            Some(known) => say("explain-near").with("known", known),
            None => say("explain-unknown"),
        };
        bail!(message.with("code", code).text(lang))
    };
    writeln!(out, "{} ({})\n", rule.code, rule.severity.word().text(lang))?;
    write!(out, "{}", rule.manual(lang))?;
    Ok(Outcome::Yes)
}

fn list(lang: Lang, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut all: Vec<_> = rules::ALL.to_vec();
    all.sort_by_key(|rule| rule.code);
    let width = all.iter().map(|rule| rule.code.len()).max().unwrap_or(0);
    for rule in all {
        writeln!(
            out,
            "{:width$}  {:7}  {}",
            rule.code,
            rule.severity.word().text(lang),
            rule.summary(lang)
        )?;
    }
    Ok(())
}

fn nearest(code: &str) -> Option<&'static str> {
    rules::ALL
        .iter()
        .map(|rule| (strsim::damerau_levenshtein(code, rule.code), rule.code))
        .min()
        .filter(|(distance, known)| *distance <= known.len() / 3)
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn explained(code: Option<&str>) -> anyhow::Result<String> {
        let mut out = Vec::new();
        explain(code, Lang::En, &mut out)?;
        Ok(String::from_utf8(out)?)
    }

    #[test]
    fn a_code_is_explained_with_an_example() -> anyhow::Result<()> {
        let page = explained(Some("table-without-header"))?;
        assert!(page.starts_with("table-without-header (error)\n\nA table whose header"));
        assert!(page.contains("```markdown"));
        assert!(!page.contains("use crate"));
        Ok(())
    }

    #[test]
    fn every_code_is_listed_without_a_code() -> anyhow::Result<()> {
        assert_eq!(explained(None)?.lines().count(), rules::ALL.len());
        Ok(())
    }

    #[test]
    fn a_mistyped_code_suggests_the_nearest() {
        let error = explained(Some("table-without-heder"));
        assert!(error.is_err_and(|error| error.to_string().contains("`table-without-header`")));
    }
}
