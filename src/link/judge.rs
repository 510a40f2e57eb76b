use std::sync::LazyLock;

use crate::lexicon::{Data, Kin, Likeness};
use crate::model::{Choice, EventFacts, EventType, Role};

/// Decides for a collection that grows which stored event a new one is. Joining two happenings that are not the same puts
/// false evidence under both; leaving one apart costs a line. So it joins only what many things speak for.
#[derive(Clone, Debug)]
pub struct Judge {
    kin: Kin,
}

/// What a [`Judge`] with the families of words that are built in chooses.
pub fn choose(new: &EventFacts, candidates: &[EventFacts]) -> Option<Choice> {
    static BUILT_IN: LazyLock<Judge> = LazyLock::new(|| Judge::new(Kin::load(&Data::BuiltIn).unwrap_or_default()));
    BUILT_IN.choose(new, candidates)
}

/// What each agreement is worth, as logarithms of odds; set by hand on general grounds.
mod worth {
    /// Two happenings of a day with an actor or a place in common are one this seldom.
    pub const BEFORE: f32 = -4.0;
    pub const SAME_ACTION: f32 = 1.5;
    pub const ROOT: f32 = 1.3;
    pub const KIN: f32 = 1.2;
    pub const TYPE_ONLY: f32 = -0.3;
    pub const UNLIKE: f32 = -3.0;
    pub const SAME_DAY: f32 = 2.0;
    /// One reporter's Monday night is another's Tuesday.
    pub const NEXT_DAY: f32 = -1.0;
    pub const SAME_ROLE: f32 = 1.2;
    pub const SAME_PLACE: f32 = 1.2;
    /// A place is hit by one earthquake a day.
    pub const DISASTER: f32 = 3.0;
    /// People say many things in a day.
    pub const SPEECH: f32 = -1.0;
    /// Nobody is known to take part in both.
    pub const NOBODY: f32 = -1.5;
    /// A press conference is one occasion a day.
    pub const CONFERENCE: f32 = 3.0;
    pub const ENOUGH: f32 = 0.3;
}

const PRESS_CONFERENCE: &str = "press-conference";

/// Evidence for two events being one.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Logarithm of the odds.
    pub odds: f32,
    /// What speaks for it.
    pub because: Vec<&'static str>,
}

impl Judge {
    /// A judge who knows which words may be used for the same happening.
    pub fn new(kin: Kin) -> Judge {
        Judge { kin }
    }

    /// The candidate that is most surely the same happening as the new one, the first of equals; `None` if none is sure
    /// enough. It is a [`Linker`](crate::model::Linker).
    pub fn choose(&self, new: &EventFacts, candidates: &[EventFacts]) -> Option<Choice> {
        let mut best: Option<(usize, Verdict)> = None;
        for (number, old) in candidates.iter().enumerate() {
            let Some(verdict) = self.weigh(new, old).filter(|v| v.odds > worth::ENOUGH) else { continue };
            if best.as_ref().is_none_or(|(_, b)| verdict.odds > b.odds) {
                best = Some((number, verdict));
            }
        }
        best.map(|(candidate, verdict)| Choice { candidate, because: verdict.because.join(", ") })
    }

    /// What speaks for two events being one; `None` if something forbids it: one happened and one did not, days that are
    /// not known or lie apart, roles that others fill, other places.
    pub fn weigh(&self, a: &EventFacts, b: &EventFacts) -> Option<Verdict> {
        let mut odds = worth::BEFORE;
        let mut because = Vec::new();
        let mut count = |worth: f32, why: &'static str| {
            odds += worth;
            if worth > 0.0 {
                because.push(why);
            }
        };
        if a.polarity != b.polarity || roles_apart(a, b) || apart(&a.places, &b.places) {
            return None;
        }
        let (day, other) = (a.interval.from()?, b.interval.from()?);
        if a.interval.length() != Some(1) || b.interval.length() != Some(1) {
            return None;
        }
        match day.number().abs_diff(other.number()) {
            0 => count(worth::SAME_DAY, "the same day"),
            1 => count(worth::NEXT_DAY, ""),
            _ => return None,
        }
        let pairs = a.lemmas.iter().flat_map(|x| b.lemmas.iter().map(move |y| self.kin.likeness(x, y)));
        let likeness = pairs.min().unwrap_or(Likeness::Unlike);
        match likeness {
            Likeness::Same => count(worth::SAME_ACTION, "the same action"),
            Likeness::Root => count(worth::ROOT, "words of one root"),
            Likeness::Kin => count(worth::KIN, "words of like meaning"),
            Likeness::Unlike if a.event_type == b.event_type => count(worth::TYPE_ONLY, ""),
            Likeness::Unlike => count(worth::UNLIKE, ""),
        }
        // Deeds of two kinds may have like names: "struck" a deal or a city.
        let open = a.event_type == EventType::Other || b.event_type == EventType::Other;
        if a.event_type != b.event_type && !(open && likeness == Likeness::Same) {
            return None;
        }
        let (agent, patient) = (shares(a, b, &[Role::Agent]), shares(a, b, &[Role::Patient, Role::Recipient]));
        if agent {
            count(worth::SAME_ROLE, "the same agent");
        }
        if patient {
            count(worth::SAME_ROLE, "the same patient");
        }
        let place = shared(&a.places, &b.places);
        if place {
            count(worth::SAME_PLACE, "the same place");
        }
        if !agent && !patient {
            count(worth::NOBODY, "");
        }
        match a.event_type {
            EventType::Natural | EventType::Accident | EventType::Disease if place => {
                count(worth::DISASTER, "a disaster")
            }
            EventType::Statement => {
                let conference = |e: &EventFacts| e.modes.iter().any(|mode| mode == PRESS_CONFERENCE);
                count(worth::SPEECH, "");
                if conference(a) && conference(b) {
                    count(worth::CONFERENCE, "a press conference");
                }
            }
            _ => {}
        }
        Some(Verdict { odds, because })
    }
}

/// Whether somebody fills one of these roles in both.
fn shares(a: &EventFacts, b: &EventFacts, roles: &[Role]) -> bool {
    let (x, y) = (names(a, roles), names(b, roles));
    x.iter().any(|name| y.contains(name))
}

fn names<'f>(e: &'f EventFacts, roles: &[Role]) -> Vec<&'f String> {
    e.actors.iter().filter(|(role, _)| roles.contains(role)).map(|(_, name)| name).collect()
}

/// Both have agents, or both have somebody on the other side, and none in common: "met Macron" is not "met Merz".
fn roles_apart(a: &EventFacts, b: &EventFacts) -> bool {
    [&[Role::Agent][..], &[Role::Patient, Role::Recipient]]
        .into_iter()
        .any(|roles| apart(&names(a, roles), &names(b, roles)))
}

/// Both name some, and none in common. Places inside each other count as apart too: names alone do not tell.
fn apart<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    !a.is_empty() && !b.is_empty() && !shared(a, b)
}

fn shared<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    a.iter().any(|x| b.contains(x))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Granularity, Interval, Polarity};

    fn judge() -> Judge {
        Judge::new(Kin::load(&Data::BuiltIn).unwrap())
    }

    fn same(a: &EventFacts, b: &EventFacts) -> bool {
        judge().choose(a, std::slice::from_ref(b)).is_some()
    }

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
        assert_eq!(judge().choose(&a, &[other, meeting()]).map(|c| c.candidate), Some(1));
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
