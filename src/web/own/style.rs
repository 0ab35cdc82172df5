//! `/io.css`: what every page shows to whoever has entered, and to nobody else.
//!
//! Pages that are the same for everybody hold the links to all rooms, the way out and an empty place
//! for a name, hidden. This style sheet of one person shows what is theirs. It is asked for by
//! browsers in which somebody entered (`main.js`, by the cookie that tells when the session ends),
//! and by those without scripts, and is never kept.

use std::fmt::Write as _;

use actix_web::HttpResponse;
use actix_web::http::header;

use crate::accounts::{Viewer, called};
use crate::web::error::Error;
use crate::web::extract::Anyone;
use crate::web::rooms::{self, OwnRoom};
use crate::web::state::App;

/// Characters of a name that are shown.
const LONGEST: usize = 40;

/// `GET /io.css`: a constant for who has not entered.
pub async fn style(app: App, Anyone(viewer): Anyone) -> Result<HttpResponse, Error> {
    let known = viewer.filter(|viewer| !viewer.is_guest());
    let style = match known {
        Some(viewer) => shown(&viewer, &called(&app.db, &viewer).await?),
        None => String::new(),
    };
    Ok(HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .body(style))
}

fn shown(viewer: &Viewer, name: &str) -> String {
    let mut style = String::from(
        ".own.own{display:flex}.slim-tools.slim-tools{flex:none}.it-header-slim-wrapper .to-enter{display:none}",
    );
    // Whoever has to set up a second factor first has no room yet.
    let mut rooms = rooms::of(viewer).filter(|_| !viewer.limited);
    if let Some(room) = rooms.next() {
        let _ = write!(style, ".own .{}{{display:block}}", room.class);
    }
    // On a phone there is a line for the first one; the others are in the menu.
    for OwnRoom { class, .. } in rooms {
        let _ = write!(
            style,
            "@media(min-width:48rem){{.own .{class}{{display:block}}}}#menu:target .own .{class}{{display:block}}"
        );
    }
    let _ = write!(style, ".own-name::after{{content:\"{}\"}}", escaped(name));
    style
}

/// A name within a string of CSS: whatever is not a letter or a digit is a number, so that nothing
/// in it ends the string. Six digits need no space behind them.
fn escaped(name: &str) -> String {
    let mut text = String::new();
    for sign in name.chars().take(LONGEST) {
        match sign.is_alphanumeric() {
            true => text.push(sign),
            false => {
                let _ = write!(text, "\\{:06x}", u32::from(sign));
            }
        }
    }
    if name.chars().count() > LONGEST {
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_name_ends_the_string_that_it_stands_in() {
        assert_eq!(escaped("Niccolò"), "Niccolò");
        assert_eq!(escaped("D'Amico"), "D\\000027Amico");
        assert_eq!(
            escaped("\"}</style>\\\n"),
            "\\000022\\00007d\\00003c\\00002fstyle\\00003e\\00005c\\00000a"
        );
        assert_eq!(escaped(&"a".repeat(60)).chars().count(), LONGEST + 1);
    }
}
