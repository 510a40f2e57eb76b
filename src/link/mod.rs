//! Floor 3: which reports tell of the same happening. Pure: the caller brings the candidates, this room only decides.
//!
//! Joining two happenings that are not the same puts false evidence under both; leaving one apart costs a line. So the
//! rule is conservative: it joins what it is sure of.

use crate::model::{EventFacts, Role};

/// The first candidate that is the same happening as the new one, or `None`. It is a [`Linker`](crate::model::Linker).
pub fn choose(new: &EventFacts, candidates: &[EventFacts]) -> Option<usize> {
    candidates.iter().position(|old| same(new, old))
}

/// Whether two happenings are one: the same type on the same day, known to the day on both sides; not one that happened
/// and one that did not; an actor who is agent in both or patient in both; and the same verb or the same place.
pub fn same(a: &EventFacts, b: &EventFacts) -> bool {
    a.event_type == b.event_type
        && a.polarity == b.polarity
        && a.interval.length() == Some(1)
        && a.interval == b.interval
        && shares_actor(a, b)
        && !places_apart(a, b)
        && (shared(&a.lemmas, &b.lemmas) || shared(&a.places, &b.places))
}

fn shares_actor(a: &EventFacts, b: &EventFacts) -> bool {
    a.actors.iter().any(|actor| matches!(actor.0, Role::Agent | Role::Patient) && b.actors.contains(actor))
}

/// Both name places, and none in common. Places inside each other count as apart too: names alone do not tell.
fn places_apart(a: &EventFacts, b: &EventFacts) -> bool {
    !a.places.is_empty() && !b.places.is_empty() && !shared(&a.places, &b.places)
}

fn shared(a: &[String], b: &[String]) -> bool {
    a.iter().any(|x| b.contains(x))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EventType, Granularity, Interval, Polarity};

    fn conference() -> EventFacts {
        EventFacts {
            event_type: EventType::Statement,
            interval: Interval::day("2025-12-22".parse().unwrap()),
            granularity: Granularity::Day,
            polarity: Polarity::Positive,
            lemmas: vec!["speak".into()],
            actors: vec![(Role::Agent, "Volodymyr Zelenskyy".into())],
            places: vec!["Kyiv".into()],
        }
    }

    #[test]
    fn the_same_happening_in_other_words_is_one() {
        let other = EventFacts { lemmas: vec!["tell".into()], ..conference() };
        assert!(same(&conference(), &other) && same(&other, &conference()));
        let elsewhere_unsaid = EventFacts { places: vec![], ..conference() };
        assert!(same(&conference(), &elsewhere_unsaid));
        assert_eq!(
            choose(&conference(), &[EventFacts { lemmas: vec![], places: vec![], ..other }, conference()]),
            Some(1)
        );
    }

    #[test]
    fn what_speaks_against_it_decides() {
        let a = conference();
        let month = Interval::new(Some("2025-12-01".parse().unwrap()), Some("2025-12-31".parse().unwrap())).unwrap();
        for b in [
            EventFacts { event_type: EventType::Consult, ..conference() },
            EventFacts { interval: Interval::day("2025-12-23".parse().unwrap()), ..conference() },
            EventFacts { interval: month, ..conference() },
            EventFacts { interval: Interval::UNKNOWN, ..conference() },
            EventFacts { polarity: Polarity::Negative, ..conference() },
            EventFacts { actors: vec![(Role::Patient, "Volodymyr Zelenskyy".into())], ..conference() },
            EventFacts { actors: vec![(Role::Agent, "Vladimir Putin".into())], ..conference() },
            EventFacts { places: vec!["Berlin".into()], ..conference() },
            EventFacts { lemmas: vec!["sign".into()], places: vec![], ..conference() },
        ] {
            assert!(!same(&a, &b) && !same(&b, &a), "{b:?}");
        }
    }
}
