//! Floor 3: which reports tell of the same happening. Pure: the caller brings the candidates, this room only decides.
//!
//! Joining two happenings that are not the same puts false evidence under both; leaving one apart costs a line. So the
//! rule is conservative: it joins what it is sure of.

mod bag;
mod batch;
mod gist;
mod report;
mod story;
mod words;

pub use batch::{Linked, link};
pub use gist::{Score, Weights};
pub use report::{Report, Said};
pub use words::{Word, stem, words};

use crate::model::{EventFacts, EventType, Role};

/// The first candidate that is the same happening as the new one, or `None`. It is a [`Linker`](crate::model::Linker).
pub fn choose(new: &EventFacts, candidates: &[EventFacts]) -> Option<usize> {
    candidates.iter().position(|old| same(new, old))
}

/// Whether two happenings are one: the same type on the same day, known to the day on both sides; not one that happened
/// and one that did not; an actor who is agent in both or patient in both, and no role that both fill with others only;
/// no places that differ; and something that tells it from other happenings of the kind (see `same_occasion`).
pub fn same(a: &EventFacts, b: &EventFacts) -> bool {
    a.event_type == b.event_type
        && a.polarity == b.polarity
        && a.interval.length() == Some(1)
        && a.interval == b.interval
        && shares_actor(a, b)
        && !roles_apart(a, b)
        && !apart(&a.places, &b.places)
        && same_occasion(a, b)
}

/// The same verb, or the same place. People say many things in a day: for a statement both are asked, unless it is told as
/// a press conference.
fn same_occasion(a: &EventFacts, b: &EventFacts) -> bool {
    let (words, place) = (shared(&a.lemmas, &b.lemmas), shared(&a.places, &b.places));
    let conference = |e: &EventFacts| e.modes.iter().any(|mode| mode == PRESS_CONFERENCE);
    match a.event_type {
        EventType::Statement => (conference(a) && conference(b)) || (words && place),
        _ => words || place,
    }
}

const PRESS_CONFERENCE: &str = "press-conference";

fn shares_actor(a: &EventFacts, b: &EventFacts) -> bool {
    a.actors.iter().any(|actor| matches!(actor.0, Role::Agent | Role::Patient) && b.actors.contains(actor))
}

/// Both have agents, or both have somebody on the other side, and none in common: "met Macron" is not "met Merz".
fn roles_apart(a: &EventFacts, b: &EventFacts) -> bool {
    let names = |e: &EventFacts, roles: &[Role]| -> Vec<String> {
        e.actors.iter().filter(|(role, _)| roles.contains(role)).map(|(_, name)| name.clone()).collect()
    };
    [&[Role::Agent][..], &[Role::Patient, Role::Recipient]]
        .into_iter()
        .any(|roles| apart(&names(a, roles), &names(b, roles)))
}

/// Both name some, and none in common. Places inside each other count as apart too: names alone do not tell.
fn apart(a: &[String], b: &[String]) -> bool {
    !a.is_empty() && !b.is_empty() && !shared(a, b)
}

fn shared(a: &[String], b: &[String]) -> bool {
    a.iter().any(|x| b.contains(x))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Granularity, Interval, Polarity};

    fn meeting() -> EventFacts {
        EventFacts {
            event_type: EventType::Consult,
            modes: vec!["talks".into()],
            interval: Interval::day("2025-12-22".parse().unwrap()),
            granularity: Granularity::Day,
            polarity: Polarity::Positive,
            lemmas: vec!["meet".into()],
            actors: vec![(Role::Agent, "Volodymyr Zelenskyy".into()), (Role::Patient, "Emmanuel Macron".into())],
            places: vec!["Kyiv".into()],
        }
    }

    fn agent_only() -> Vec<(Role, String)> {
        vec![(Role::Agent, "Volodymyr Zelenskyy".into())]
    }

    #[test]
    fn the_same_happening_in_other_words_is_one() {
        let a = meeting();
        for b in [
            meeting(),
            EventFacts { lemmas: vec!["talk".into()], ..meeting() },
            EventFacts { places: vec![], ..meeting() },
            EventFacts { actors: agent_only(), ..meeting() },
        ] {
            assert!(same(&a, &b) && same(&b, &a), "{b:?}");
        }
        let other = EventFacts { lemmas: vec![], places: vec![], ..meeting() };
        assert_eq!(choose(&a, &[other, meeting()]), Some(1));
    }

    #[test]
    fn what_speaks_against_it_decides() {
        let a = meeting();
        let month = Interval::new(Some("2025-12-01".parse().unwrap()), Some("2025-12-31".parse().unwrap())).unwrap();
        let with = |role, name: &str| vec![(Role::Agent, "Volodymyr Zelenskyy".into()), (role, name.into())];
        for b in [
            EventFacts { event_type: EventType::Agree, ..meeting() },
            EventFacts { interval: Interval::day("2025-12-23".parse().unwrap()), ..meeting() },
            EventFacts { interval: month, ..meeting() },
            EventFacts { interval: Interval::UNKNOWN, ..meeting() },
            EventFacts { polarity: Polarity::Negative, ..meeting() },
            EventFacts { actors: with(Role::Patient, "Friedrich Merz"), ..meeting() },
            EventFacts { actors: with(Role::Recipient, "Friedrich Merz"), ..meeting() },
            EventFacts { actors: vec![(Role::Agent, "Vladimir Putin".into())], ..meeting() },
            EventFacts { actors: vec![], ..meeting() },
            EventFacts { places: vec!["Berlin".into()], ..meeting() },
            EventFacts { lemmas: vec!["phone".into()], places: vec![], ..meeting() },
        ] {
            assert!(!same(&a, &b) && !same(&b, &a), "{b:?}");
        }
    }

    #[test]
    fn two_statements_of_a_day_are_two() {
        let said = EventFacts {
            event_type: EventType::Statement,
            modes: vec![],
            lemmas: vec!["say".into()],
            actors: agent_only(),
            places: vec![],
            ..meeting()
        };
        assert!(!same(&said, &said));
        let in_kyiv = EventFacts { places: vec!["Kyiv".into()], ..said.clone() };
        assert!(same(&in_kyiv, &in_kyiv) && !same(&in_kyiv, &said));
        let conference = EventFacts { modes: vec![PRESS_CONFERENCE.into()], ..said.clone() };
        let told = EventFacts { lemmas: vec!["tell press conference".into()], ..conference.clone() };
        assert!(same(&conference, &told) && !same(&conference, &said));
    }
}
