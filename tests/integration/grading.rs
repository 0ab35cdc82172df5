//! Questions as a course compiles them: what is shown before grading, and what earns the points.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use autonomia::content::grade::GivenError;
use autonomia::content::question::{Given, Kind, Question};
use autonomia::content::source::Source;
use autonomia::domain::locale::Lang;
use proptest::prelude::*;

use crate::content::{Case, TODAY};

const LESSON: &str = r#"=== prova/01-uno.md
Leggi con calma.

## Che cosa serve? {#uno .q .one points=2}

> [!TIP]
> Suggerimento uno.

- [x] `a` Il documento
  > Giudizio alfa.
- [ ] `b` La patente
  > Giudizio beta.

> [!NOTE]
> Spiegazione uno.

## Che cosa porti? {#tanti .q .many}

- [x] `a` Il documento
  > Giudizio gamma.
- [ ] `b` La patente
- [x] `c` Il telefono
  > Giudizio delta.

## In che ordine? {#ordine .q .order}

1. `a` Scegli
2. `b` Chiedi
3. `c` Attendi
4. `d` Entra

## Che cosa va con che cosa? {#abbina .q .match}

| Cosa | Uso |
|---|---|
| `s` Chiave | entrare |
| `p` Carta | pagare |
|  | `m` curarsi |

## Quanto costa? {#numero .q .number}

= 3 ± 0,5
= 10..12

## Come si chiama? {#parola .q .text}

= OTP
=~ codice temporaneo
"#;

fn questions() -> BTreeMap<String, Arc<Question>> {
    let build = Case::parse(&format!("\n{LESSON}")).compile();
    let module = Arc::clone(&build.catalogue.modules()[0]);
    let lesson = &module.original.lessons[0];
    lesson
        .questions()
        .map(|question| (question.id.to_string(), Arc::clone(question)))
        .collect()
}

fn text(text: &str) -> Given {
    Given::Text(text.to_owned())
}

fn keys(keys: &[&str]) -> Given {
    Given::Keys(keys.iter().map(|key| (*key).to_owned()).collect())
}

/// The right answer, as someone gives it who sees the question in the order of this seed.
fn right(question: &Question, seed: u64) -> Given {
    let shown = question.shown(seed);
    let key_of = |html: &str, list: &[autonomia::content::question::Labelled]| {
        let found = list.iter().find(|label| label.html == html);
        found.unwrap().key.clone()
    };
    match &question.kind {
        Kind::One { right, .. } => Given::Text(right.clone()),
        Kind::Many { right, .. } => Given::Keys(right.iter().cloned().collect()),
        Kind::Order { steps } => {
            let keys = steps.iter().map(|step| key_of(&step.html, &shown.options));
            Given::Keys(keys.collect())
        }
        Kind::Match { left, right } => {
            let pairs = left.iter().map(|cell| {
                let answer = right.iter().find(|other| other.key == cell.key).unwrap();
                (cell.key.clone(), key_of(&answer.html, &shown.right_options))
            });
            Given::Pairs(pairs.collect())
        }
        Kind::Number { accepted } => Given::Text(accepted[0].min.to_string().replace('.', ",")),
        Kind::Text { accepted } => Given::Text(accepted[0].text.to_uppercase()),
    }
}

#[test]
fn chosen_options_earn_all_points_or_none_and_bring_their_feedback() {
    let questions = questions();
    let one = &questions["uno"];
    let grade = one.grade(&text("a"), 0).unwrap();
    assert!(grade.correct);
    assert_eq!((grade.points, grade.max_points), (2, 2));
    assert_eq!(grade.feedback_html.unwrap().trim(), "<p>Giudizio alfa.</p>");
    assert_eq!(
        grade.explanation_html.unwrap().trim(),
        "<p>Spiegazione uno.</p>"
    );
    let grade = one.grade(&text("b"), 0).unwrap();
    assert_eq!((grade.correct, grade.points), (false, 0));
    let many = &questions["tanti"];
    assert!(many.grade(&keys(&["c", "a", "a"]), 0).unwrap().correct);
    for wrong in [&["a"][..], &["a", "b", "c"], &["b"]] {
        assert!(!many.grade(&keys(wrong), 0).unwrap().correct, "{wrong:?}");
    }
    let feedback = many
        .grade(&keys(&["c", "b", "a"]), 0)
        .unwrap()
        .feedback_html;
    let feedback = feedback.unwrap();
    assert!(feedback.find("gamma").unwrap() < feedback.find("delta").unwrap());
}

#[test]
fn numbers_and_words_are_read_generously() {
    let questions = questions();
    let correct = |id: &str, given: &str| questions[id].grade(&text(given), 0).unwrap().correct;
    for given in ["2,5", "3", "3.50", " 11 ", "12", "+10"] {
        assert!(correct("numero", given), "{given}");
    }
    for given in ["2,5 €", "3 minuti", "€ 3", "n. 3", "12%"] {
        assert!(correct("numero", given), "{given}");
    }
    for given in ["2,4", "9", "-3", "1000"] {
        assert!(!correct("numero", given), "{given}");
    }
    for given in ["otp", "O.T.P.", "Codice  Temporanéo", "codice temporaneoo"] {
        assert!(correct("parola", given), "{given}");
    }
    for given in ["opt", "ot", "codici temporanei"] {
        assert!(!correct("parola", given), "{given}");
    }
}

#[test]
fn thousands_and_articles_are_read_as_italians_write_them() {
    let lesson = "=== prova/01-uno.md\nLeggi con calma.\n\n\
                  ## Quanti euro? {#quanti .q .number}\n\n= 1000..2000\n= 65,50\n\n\
                  ## Quale codice? {#quale .q .text}\n\n= OTP\n\n\
                  ## Dove scrivi? {#dove .q .text}\n\n= email\n=~ la posta elettronica\n";
    let build = Case::parse(&format!("\n{lesson}")).compile();
    let module = Arc::clone(&build.catalogue.modules()[0]);
    let questions: Vec<_> = module.original.lessons[0].questions().cloned().collect();
    let correct = |at: usize, given: &str| questions[at].grade(&text(given), 0).unwrap().correct;
    for given in [
        "1.000",
        "1.500",
        "1.500,50",
        "1 000",
        "1'000",
        "1.200 €",
        "65,50 €",
        "€ 65,50",
    ] {
        assert!(correct(0, given), "{given}");
    }
    assert!(!correct(0, "1,5") && !correct(0, "2.001"));
    for given in ["circa 1000", "1000 o 2000", "10:30"] {
        let refused = questions[0].grade(&text(given), 0).unwrap_err();
        assert_eq!(refused, GivenError::NotANumber, "{given}");
    }
    for given in [
        "l'OTP",
        "l‘OTP",
        "l`OTP",
        "lʼotp",
        "\"l'OTP\"",
        "un OTP",
        "the OTP",
    ] {
        assert!(correct(1, given), "{given}");
    }
    for given in [
        "e-mail",
        "E‑mail",
        "l'e-mail",
        "posta elettronica",
        "la posta eletronica",
    ] {
        assert!(correct(2, given), "{given}");
    }
    for given in ["posta", "opt", "mail"] {
        assert!(!correct(1, given) && !correct(2, given), "{given}");
    }
}

#[test]
fn an_answer_that_does_not_fit_is_refused_and_not_graded() {
    let questions = questions();
    let refused = |id: &str, given: Given| questions[id].grade(&given, 7).unwrap_err();
    assert_eq!(refused("uno", text("z")), GivenError::UnknownOption);
    assert_eq!(refused("uno", text("")), GivenError::Empty);
    assert_eq!(refused("uno", keys(&["a"])), GivenError::WrongShape);
    assert_eq!(refused("tanti", keys(&[])), GivenError::Empty);
    assert_eq!(
        refused("tanti", keys(&["a", "z"])),
        GivenError::UnknownOption
    );
    assert_eq!(
        refused("ordine", keys(&["s1", "s2"])),
        GivenError::Incomplete
    );
    let twice = keys(&["s1", "s1", "s2", "s3"]);
    assert_eq!(refused("ordine", twice), GivenError::Incomplete);
    let authors = keys(&["a", "b", "c", "d"]);
    assert_eq!(refused("ordine", authors), GivenError::UnknownOption);
    let pair = |left: &str, right: &str| Given::Pairs([(left.to_owned(), right.to_owned())].into());
    assert_eq!(refused("abbina", pair("s", "r1")), GivenError::Incomplete);
    assert_eq!(
        refused("abbina", pair("z", "r1")),
        GivenError::UnknownOption
    );
    assert_eq!(refused("numero", text("tre")), GivenError::NotANumber);
    assert_eq!(refused("parola", text("?!")), GivenError::Empty);
    assert_eq!(
        refused("parola", text(&"x".repeat(2000))),
        GivenError::TooLong
    );
}

#[test]
fn a_typing_mistake_mended_changes_only_the_text_hash() {
    let of = |lesson: &str| {
        let build = Case::parse(&format!("\n{lesson}")).compile();
        let module = &build.catalogue.modules()[0];
        module.original.lessons[0]
            .questions()
            .next()
            .cloned()
            .unwrap()
    };
    let before = of(LESSON);
    let mended = of(&LESSON.replace("Giudizio alfa", "Giudizio bello"));
    assert_eq!(mended.key_hash, before.key_hash);
    assert_ne!(mended.text_hash, before.text_hash);
    for change in [
        ("points=2", "points=3"),
        ("`b` La", "`z` La"),
        (
            "- [x] `a` Il documento\n  > Giudizio alfa.\n- [ ]",
            "- [ ] `a` Il documento\n  > Giudizio alfa.\n- [x]",
        ),
    ] {
        let changed = of(&LESSON.replacen(change.0, change.1, 1));
        assert_ne!(changed.key_hash, before.key_hash, "{change:?}");
    }
}

#[test]
fn a_translation_keeps_the_key_hashes_of_the_original() {
    let english = LESSON
        .replace("01-uno.md", "01-uno.en.md")
        .replace("= OTP", "= code");
    let quiz = "=== prova/90-quiz.en.md\n## What colour is the sky? {#prova-cielo .q .one}\n\n\
                - [x] `a` Blue\n- [ ] `b` Green\n";
    let head = "=== prova/module.en.md\nYou learn one thing at a time.\n";
    let case = Case::parse(&format!("\n{LESSON}\n{english}\n{quiz}\n{head}"));
    let build = autonomia::content::compile(&Source::from_files(case.files), TODAY);
    let shown = autonomia::content::report::human(&build.diagnostics, Lang::En, false);
    assert_eq!(build.catalogue.modules().len(), 1, "{shown}");
    let module = &build.catalogue.modules()[0];
    let translation = module.translations.values().next().unwrap();
    let pairs = module.original.lessons[0]
        .questions()
        .zip(translation.lessons[0].questions());
    for (original, translated) in pairs {
        assert_eq!(original.key_hash, translated.key_hash, "{}", original.id);
    }
    assert_eq!(module.original.quiz.as_ref().unwrap().points(), 1);
}

proptest! {
    #[test]
    fn the_right_answer_earns_the_points_whatever_the_order(seed: u64) {
        for question in questions().values() {
            let grade = question.grade(&right(question, seed), seed).unwrap();
            prop_assert!(grade.correct, "{}", question.id);
            prop_assert_eq!(grade.points, question.points);
        }
    }

    #[test]
    fn what_is_shown_tells_nothing_of_the_key(seed: u64) {
        let questions = questions();
        for question in questions.values() {
            let shown = format!("{:?}", question.shown(seed));
            prop_assert!(!shown.contains("Giudizio") && !shown.contains("Spiegazione"));
        }
        let steps = questions["ordine"].shown(seed).options;
        let keys: Vec<&str> = steps.iter().map(|step| step.key.as_str()).collect();
        prop_assert_eq!(keys, ["s1", "s2", "s3", "s4"]);
        let labels: Vec<&str> = steps.iter().map(|step| step.html.as_str()).collect();
        prop_assert_ne!(&labels, &["Scegli", "Chiedi", "Attendi", "Entra"]);
        let rights = questions["abbina"].shown(seed).right_options;
        let labels: BTreeSet<&str> = rights.iter().map(|label| label.html.as_str()).collect();
        prop_assert_eq!(labels, BTreeSet::from(["entrare", "pagare", "curarsi"]));
        prop_assert!(rights.iter().all(|label| label.key.starts_with('r')));
    }

    #[test]
    fn no_answer_makes_grading_panic(seed: u64, words in "\\PC{0,40}", list in prop::collection::vec("[a-z0-9]{0,3}", 0..6)) {
        let pairs = list.iter().cloned().zip(list.iter().rev().cloned()).collect();
        for given in [Given::Text(words), Given::Keys(list.clone()), Given::Pairs(pairs)] {
            for question in questions().values() {
                let _ = question.grade(&given, seed);
            }
        }
    }
}
