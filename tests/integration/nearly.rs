//! Names as people write them: at the desk, and on the page of the points.

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::json;

use crate::app::TestApp;
use crate::desk_people::desk;

const DESK: &str = "sportello@example.org";
const OTHER_DESK: &str = "altro-sportello@example.org";

async fn registered(app: &TestApp, names: &[(&str, &str)]) {
    let desk = app.facilitator().await;
    for (last_name, first_name) in names {
        let record = json!({
            "first_name": first_name,
            "last_name": last_name,
            "notice": true,
            "point": app.point(),
        });
        let made = desk.post("/citizens", record).await;
        assert_eq!(made.status, 201, "{}", made.text);
    }
}

#[actix_web::test]
async fn the_desk_finds_a_name_however_it_is_written() {
    let app = TestApp::new().await;
    registered(
        &app,
        &[
            ("D'Angelo", "Zoe"),
            ("Niccolò Rizzo", "Anna"),
            ("Dell’Acqua", "Ugo"),
        ],
    )
    .await;
    let (own, other) = (desk(&app, DESK).await, desk(&app, OTHER_DESK).await);
    for (typed, found) in [
        ("dangelo", "Angelo Zoe"),
        ("d'angelo", "Angelo Zoe"),
        ("DANGELO zoe", "Angelo Zoe"),
        ("zoe dangelo", "Angelo Zoe"),
        ("dangleo", "Angelo Zoe"),
        ("danggelo", "Angelo Zoe"),
        ("nicolo", "Rizzo Anna"),
        ("niccolo", "Rizzo Anna"),
        ("dellacqua", "Acqua Ugo"),
        ("delacqua", "Acqua Ugo"),
    ] {
        let page = own.post("/punto/cerca", &[("q", typed)]).await;
        assert!(page.says(found), "{typed}");
        // Nearly is not elsewhere.
        let page = other.post("/punto/cerca", &[("q", typed)]).await;
        assert!(!page.says(found), "{typed} at another point");
    }
    for nobody in ["%", "_", "%angelo", "d%angelo", "' OR 1=1", "bianchi"] {
        let page = own.post("/punto/cerca", &[("q", nobody)]).await;
        for name in ["Angelo Zoe", "Rizzo Anna", "Acqua Ugo"] {
            let meant = nobody.contains("angelo") && name.starts_with("Angelo");
            assert!(meant || !page.says(name), "{nobody} finds {name}");
        }
    }
}

#[actix_web::test]
async fn names_that_are_nearly_meant_are_looked_for_along_an_index_alone() {
    let app = TestApp::new().await;
    if app.db.read().get_database_backend() != DbBackend::Sqlite {
        return;
    }
    for point in ["", "point_id = x'00' AND "] {
        let sql = format!(
            "EXPLAIN QUERY PLAN SELECT id, name_key FROM citizens WHERE {point}name_key >= 'dan' \
             AND name_key < 'dao' ORDER BY name_key LIMIT 40000"
        );
        let plan = Statement::from_string(DbBackend::Sqlite, sql);
        let rows = app.db.read().query_all_raw(plan).await.unwrap();
        let plan: Vec<String> = rows
            .iter()
            .map(|row| row.try_get("", "detail").unwrap())
            .collect();
        let plan = plan.join("; ");
        assert!(plan.contains("USING COVERING INDEX citizens_"), "{plan}");
        assert!(
            !plan.contains("SCAN") && !plan.contains("TEMP B-TREE"),
            "{plan}"
        );
    }
}

#[actix_web::test]
async fn the_points_page_finds_a_place_however_it_is_written() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    for typed in ["bari", "BARI", "barri"] {
        let page = visitor.get(&format!("/punti?dove={typed}")).await;
        assert!(page.text.contains("/punti/bari-centro"), "{typed}");
    }
    for typed in ["%25", "_"] {
        let page = visitor.get(&format!("/punti?dove={typed}")).await;
        assert!(page.text.contains("notice-info"), "{typed} is no wildcard");
    }
}
