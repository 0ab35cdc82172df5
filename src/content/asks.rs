//! `asks`: the questions a lesson answers, as people say them. For the search alone; shown to nobody.

use super::complaints::Complaints;
use super::document::Placed;
use super::message::{Message, say};
use super::rules::invalid_value;

/// The most questions of a lesson, and the longest, in characters. Longer ones are texts, which the
/// search finds by themselves; more are guesses.
const MOST: usize = 20;
const LONGEST: usize = 80;

/// What is wrong with a question that is too long.
pub(super) fn too_long(ask: &str) -> Option<Message> {
    let length = ask.chars().count();
    (length > LONGEST).then(|| {
        say("asks-long")
            .with("characters", length)
            .with("most", LONGEST)
    })
}

/// No more questions than a lesson may have; those beyond are complained about.
pub(super) fn bound(asks: &mut Vec<Placed<String>>, complaints: &mut Complaints) {
    if let Some(first) = asks.get(MOST) {
        let count = asks.len();
        let message = say("asks-many").with("count", count).with("most", MOST);
        complaints.add(&invalid_value::RULE, first.span.clone(), message);
        asks.truncate(MOST);
    }
}
