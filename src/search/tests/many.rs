//! Many sections, and many changes.

use super::*;

#[test]
fn in_a_large_catalogue_a_common_word_is_found_where_it_is_a_name_or_else_in_the_text() {
    let of_module = |nth: usize| {
        let lessons: Vec<_> = (0..50)
            .map(|one| (format!("passo-{one}"), format!("Passo {nth}-{one}")))
            .collect();
        let mut lessons: Vec<(&str, &str)> = lessons
            .iter()
            .map(|(id, title)| (id.as_str(), title.as_str()))
            .collect();
        if nth == 0 {
            lessons.push(("la-carta", "La carta"));
        }
        let text = |lesson| match lesson {
            "la-carta" => "Eccola.",
            _ => "Apri la carta.",
        };
        let sections = lessons
            .iter()
            .map(|(lesson, title)| section(Lang::It, lesson, title, text(lesson)));
        Changed {
            module: Arc::new(module(&format!("modulo-{nth}"), "Tanti passi", &lessons)),
            sections: sections.collect(),
        }
    };
    let mut index = Index::new(&Words::default()).unwrap();
    let search = index.apply((0..201).map(of_module).collect(), &[]).unwrap();
    assert!(search.sections() > 10_000);
    let title = |text: &str| {
        search.search(&SearchQuery::new(text)).unwrap().hits[0]
            .title
            .clone()
    };
    assert_eq!(title("carta"), "La carta");
    assert_eq!(title("la carta del passo 77-7"), "Passo 77-7");
    assert_eq!(title("tanti passo 77-7"), "Passo 77-7");
    // No name has them: one is in every text, one in every module's title.
    assert!(title("apri").starts_with("Passo"));
    assert!(!title("tanti").is_empty());
}

#[test]
fn many_small_changes_leave_few_segments_and_every_section() {
    let mut index = Index::new(&Words::default()).unwrap();
    for nth in 0..30 {
        let mut module = spid();
        Arc::make_mut(&mut module.module).id = ModuleId::parse(&format!("m-{nth}")).unwrap();
        let search = index.apply(vec![module], &[]).unwrap();
        assert_eq!(search.sections(), (nth + 1) * 11);
        assert!(search.searcher.segment_readers().len() <= 8);
    }
}
