//! What lies on the desk of the first point: two groups, things given to learn, questions that came
//! from home. Made with the functions a desk makes them with.

use time::{Duration, OffsetDateTime};

use crate::accounts::card;
use crate::content::module::Module;
use crate::db::audit;
use crate::domain::calendar::rome_day;
use crate::domain::ids::CitizenId;
use crate::domain::locale::Lang;
use crate::learning::DeskError;
use crate::learning::assignment::{NewAssignment, To, assign};
use crate::learning::group::{self, GroupEdit};
use crate::learning::help::{self, HelpPlace};

use super::history::{SampleDesk, SampleHistory};
use super::learned::with_quiz;
use super::rows::Network;
use super::shared;

/// A group, and what it was given some days ago.
struct Course {
    name: &'static str,
    people: usize,
    days_ago: i64,
    days_left: i64,
    note: &'static str,
}

/// One under way, and one whose last day has passed for whoever did not finish.
const COURSES: [Course; 2] = [
    Course {
        name: "Corso del martedì",
        people: 12,
        days_ago: 3,
        days_left: 9,
        note: "Leggi con calma. Ne parliamo martedì.",
    },
    Course {
        name: "Nonni in rete",
        people: 8,
        days_ago: 20,
        days_left: -6,
        note: "Se non ti riesce, passa al punto.",
    },
];

/// What people asked from home, and how many hours ago.
const QUESTIONS: [(&str, i64); 2] = [
    ("Mi chiede un codice che non ho. Dove lo trovo?", 26),
    (
        "Il telefono è vecchio e la pagina non si apre. Posso fare lo stesso?",
        2,
    ),
];

/// Lays it out for the people of the first point.
pub(super) async fn lay(
    network: &Network<'_>,
    history: &SampleHistory,
    now: OffsetDateTime,
) -> Result<(), DeskError> {
    let (Some(desk), modules) = (network.desks.first(), with_quiz(network.catalogue)) else {
        return Ok(());
    };
    let mine = history.people.iter().filter(|person| person.desk == 0);
    let people: Vec<CitizenId> = mine.map(|person| person.id).collect();
    let mut left = people.as_slice();
    for (course, module) in COURSES.iter().zip(modules.iter().cycle()) {
        let (members, rest) = left.split_at(course.people.min(left.len()));
        left = rest;
        teach(network, desk, course, (members, module), now).await?;
    }
    for ((text, hours), (citizen, module)) in QUESTIONS
        .iter()
        .zip(left.iter().zip(modules.iter().cycle()))
    {
        let lesson = module.edition(Lang::default()).lessons.get(1);
        let place = HelpPlace {
            module: module.id.clone(),
            lesson: lesson.map(|lesson| lesson.id.clone()),
            question: None,
        };
        let asked_at = now - Duration::hours(*hours);
        // Whoever asks from home entered with a card.
        let (db, vault, given_at) = (network.db, network.vault, asked_at - Duration::DAY);
        let printer = shared::printer(desk);
        let issued = card::issue(db, vault, *citizen, printer, given_at);
        audit::within(shared::acting(desk), issued).await?;
        help::ask(
            network.db,
            network.catalogue,
            *citizen,
            place,
            text,
            asked_at,
        )
        .await?;
    }
    Ok(())
}

/// A group whose people are given a module.
async fn teach(
    network: &Network<'_>,
    desk: &SampleDesk,
    course: &Course,
    (members, module): (&[CitizenId], &Module),
    now: OffsetDateTime,
) -> Result<(), DeskError> {
    let (db, points, by) = (network.db, [desk.point], desk.facilitator);
    let begun = now - Duration::days(course.days_ago);
    let group = group::create(db, desk.point, course.name, by, begun).await?;
    let members = GroupEdit::All(members.to_vec());
    group::change(db, &points, group, members, by, begun).await?;
    let given = NewAssignment {
        modules: vec![module.id.clone()],
        path: None,
        start: None,
        due_on: Some(rome_day(now) + Duration::days(course.days_left)),
        note: course.note.to_owned(),
    };
    assign(
        db,
        network.catalogue,
        &points,
        To::Group(group),
        given,
        by,
        begun,
    )
    .await?;
    Ok(())
}
