//! What differs by region: values in the text of the courses, neutral words where there are none.

use std::collections::BTreeMap;

use autonomia::content::{Build, Compiler, Source, compile_everywhere};
use autonomia::domain::locale::Lang;
use autonomia::domain::region::Region;

use crate::content::{Case, TODAY};

const COURSE: &str = r#"
=== prova/01-uno.md
## Prenotare {#prenotare}

Apri {{region.portale_nome}} e *telefona* al {{region.cup_tel}}, oppure [prenota {{region.app}} online]({{region.prenota_url}}).

Per il medico c'è [la pagina del medico]({{region.medico_url}}).
=== regions.toml
[neutral]
portale_nome = { it = "il portale della tua Regione", en = "your Region's portal" }
cup_tel = "numero del CUP"
app = "con l'app"

[puglia]
portale_nome = { value = "PugliaSalute <b>", verified = 2026-11-01, source = "https://www.sanita.puglia.it/" }
cup_tel = { value = "080 123_456_789", verified = 2026-11-01, source = "https://www.sanita.puglia.it/" }
prenota_url = { value = "https://prenota.example/?a=1&b=2", verified = 2026-11-01, source = "https://www.sanita.puglia.it/" }

[lazio]
cup_tel = { value = "06 99", verified = 2026-11-01, source = "https://www.salutelazio.it/" }
"#;

/// The course of a case in a folder, compiled for a region.
fn in_region(files: &BTreeMap<String, String>, region: Option<&str>) -> Build {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let region = region.map(|id| Region::from_id(id).unwrap());
    let mut compiler = Compiler::new(folder.path()).in_region(region);
    compiler.compile(TODAY).unwrap()
}

fn html(build: &Build) -> String {
    build.catalogue.modules()[0].original.lessons[0].html()
}

#[test]
fn a_text_has_its_regions_values_or_neutral_words_and_never_anothers() {
    let case = Case::parse(COURSE);
    let puglia = html(&in_region(&case.files, Some("puglia")));
    for part in [
        "Apri PugliaSalute &lt;b&gt; e <em>telefona</em> al 080 123_456_789, oppure",
        "href=\"https://prenota.example/?a=1&amp;b=2\"",
        ">prenota con l'app online</a>",
        "Per il medico c'è la pagina del medico.",
    ] {
        assert!(puglia.contains(part), "{part} in {puglia}");
    }
    let lazio = html(&in_region(&case.files, Some("lazio")));
    assert!(
        lazio.contains("Apri il portale della tua Regione"),
        "{lazio}"
    );
    assert!(
        lazio.contains("al 06 99, oppure prenota con l'app online."),
        "{lazio}"
    );
    for region in [None, Some("veneto")] {
        let neutral = html(&in_region(&case.files, region));
        assert!(neutral.contains("al numero del CUP, oppure"), "{neutral}");
        for other in ["Puglia", "080", "06 99", "href"] {
            assert!(!neutral.contains(other), "{other} in {neutral}");
        }
    }
}

#[test]
fn values_are_found_by_the_search_and_change_with_their_file() {
    let case = Case::parse(COURSE);
    let build = in_region(&case.files, Some("puglia"));
    let text = |build: &Build| -> String {
        let sections = build.changed.iter().flat_map(|changed| &changed.sections);
        sections.map(|section| section.text.as_str()).collect()
    };
    assert!(text(&build).contains("080 123_456_789"));

    let folder = tempfile::tempdir().unwrap();
    for (path, content) in &case.files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    let mut compiler = Compiler::new(folder.path()).in_region(Some(Region::PUGLIA));
    compiler.compile(TODAY).unwrap();
    let again = compiler.compile(TODAY).unwrap();
    assert!(again.changed.is_empty(), "nothing has changed");
    let regions = case.files["regions.toml"].replace("080 123", "081 123");
    std::fs::write(folder.path().join("regions.toml"), regions).unwrap();
    let changed = compiler.compile(TODAY).unwrap();
    assert!(text(&changed).contains("081 123_456_789"));
}

#[test]
fn a_course_is_checked_for_every_region_and_says_in_which_it_is_wrong() {
    let mut case = Case::parse(COURSE);
    let long = "una parola dopo l'altra ".repeat(10);
    let regions = case.files["regions.toml"].replace("\"06 99\"", &format!("\"{long}\""));
    case.files.insert("regions.toml".to_owned(), regions);
    let build = compile_everywhere(&Source::from_files(case.files), TODAY);
    let said: Vec<_> = build
        .diagnostics
        .iter()
        .filter(|complaint| complaint.rule.code == "long-sentence")
        .collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert_eq!(said[0].region.map(Region::name), Some("Lazio"));
    assert!(said[0].sentence(Lang::En).contains("Lazio"));
}
