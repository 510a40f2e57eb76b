//! What happened: triggers, their arguments, stance, dates, places, numbers.

mod anchors;
mod around;
mod attribution;
mod counts;
mod dates;
mod frame;
mod given;
mod headline;
mod lead;
mod main_event;
mod merge;
mod nominal;
mod participants;
mod recall;
mod rule;
mod speech_act;
mod stance;
mod story;
mod trigger;
pub mod typing;
mod when;

use std::collections::HashMap;

use super::Lexicon;
use super::actors::phrase::lemma_of;
use super::actors::{Cast, NounClass};
use super::places::place_at;
use super::tree::{CLAUSES, Tree};
use crate::language::{Deprel, Upos};
use crate::lexicon::List;
use crate::model::{
    ActorKind, Day, EventMention, EventType, Modality, PlaceMention, PlacePrecision, Polarity, Reason, Span, Timex,
};
use story::Story;
use trigger::Trigger;

/// Everything that the reading of a clause looks at.
pub struct Clauses<'a> {
    /// The document with its syntax.
    pub tree: &'a Tree<'a>,
    /// Rules and words.
    pub lexicon: &'a Lexicon,
    /// The actors of the article.
    pub cast: &'a Cast,
    /// Its time expressions.
    pub times: &'a [Timex],
    /// The day it was published.
    pub published: Option<Day>,
    /// That day was inferred.
    pub inferred: bool,
    /// Its dates hang on each other and not on that day.
    pub narrative: bool,
    /// The title, where the article has one beside its text.
    pub title: Option<&'a str>,
}

impl Clauses<'_> {
    fn lemma(&self, token: usize) -> String {
        if rule::is_ceasefire(self.tree, token) {
            return rule::noun_lemma(self.tree, token);
        }
        // "Typhoon Ester" is a typhoon.
        let name = self.tree.name(token).map(|n| self.tree.lower(n.tokens.start));
        let before = || self.tree.first(token, &[Deprel::Compound, Deprel::NmodDesc]).map(|d| self.tree.lower(d));
        let title = name.or_else(before).filter(|t| self.lexicon.words.has(List::ThingTitle, t));
        title.filter(|_| self.tree.pos(token) == Upos::Propn).unwrap_or_else(|| lemma_of(self.tree, token))
    }

    fn class(&self, head: usize) -> NounClass {
        self.cast.class_at(self.tree, self.lexicon, head)
    }

    /// Whether a further word of a phrase depends on its head word; several words are looked for one by one.
    fn has_other(&self, token: usize, other: &str) -> bool {
        let tree = self.tree;
        // The "on" of "called on Wednesday" belongs to the date.
        let dated = |t: usize| {
            let governed = tree.head(t).filter(|_| tree.rel(t) == Deprel::Case).unwrap_or(t);
            let span = tree.document.tokens[governed].span;
            self.times.iter().any(|x| x.span.contains(span))
        };
        let near = |d: usize| tree.matches(d, other) && !dated(d);
        // "taking dozens of civilians and 13 soldiers prisoner", where "prisoner" is read as coordinated with the civilians.
        let deeper = |d: usize| tree.rel(d) == Deprel::Nmod && tree.with_rel(d, &[Deprel::Conj]).any(near);
        // "laid off 900 clerks", where "off" is read as a word about the number.
        let behind = token + 1;
        let astray = self.tree.document.tokens.get(behind).is_some()
            && tree.rel(behind) == Deprel::Advmod
            && tree.head(behind).is_some_and(|h| h > behind)
            && near(behind);
        astray
            || tree.dependents(token).any(|d| {
                near(d) || (!CLAUSES.contains(&tree.rel(d)) && tree.dependents(d).any(|e| near(e) || deeper(e)))
            })
    }
}

/// Events and the places they happened at.
#[derive(Debug, Default)]
pub struct Extracted {
    /// In the order of their triggers.
    pub events: Vec<EventMention>,
    /// Places that events point to.
    pub places: Vec<PlaceMention>,
    /// The event that the article is about, as an index.
    pub main_event: Option<usize>,
}

/// All event mentions of a document; with `given`, those at these words instead, in their order, without the ones where
/// there is no word.
pub fn extract(clauses: &Clauses<'_>, given: Option<&[Span]>) -> Extracted {
    let mut triggers = trigger::find(clauses);
    let spoken = |triggers: &[Trigger]| -> HashMap<usize, speech_act::Act> {
        triggers.iter().filter_map(|t| Some((t.token, speech_act::read(clauses, triggers, t)?))).collect()
    };
    let mut acts = spoken(&triggers);
    let anchors = match given {
        None => {
            merge::drop_promised(clauses, &acts, &mut triggers);
            anchors::Anchors::read(clauses, &triggers)
        }
        Some(spans) => {
            let asked: Vec<Trigger> = given::find(clauses, &triggers, spans).into_iter().flatten().collect();
            triggers.extend(asked.iter().cloned());
            triggers.sort_by_key(|t| t.token);
            triggers.dedup_by_key(|t| t.token);
            let anchors = anchors::Anchors::read(clauses, &triggers);
            acts = spoken(&triggers);
            triggers = asked;
            anchors
        }
    };
    let mut story = Story::of(clauses, &anchors, &triggers);
    let mut out = Extracted::default();
    for trigger in &triggers {
        let act = acts.get(&trigger.token).copied();
        let event = read(clauses, &anchors, &story, trigger, act, &mut out.places);
        story.remember(clauses, trigger, &event);
        out.events.push(event);
    }
    for (cluster, event) in out.events.iter_mut().enumerate() {
        event.cluster = cluster;
    }
    out.main_event = main_event::main_event(clauses, &triggers, &out.events);
    out
}

/// A clause as the trainer of types needs it.
#[derive(Clone, Debug)]
pub struct Seen {
    /// What the classifier sees.
    pub view: typing::features::View,
    /// What the rules say without it: type, mode, and whether it was a speech act.
    pub by_rule: Option<(EventType, Option<String>, bool)>,
    /// The trigger would be found without being given.
    pub found: bool,
}

/// Looks at the clause of a given trigger.
pub fn look(clauses: &Clauses<'_>, trigger: Span) -> Option<Seen> {
    let found = trigger::find(clauses);
    let given = given::find(clauses, &found, &[trigger]).pop().flatten()?;
    let act = speech_act::read(clauses, &found, &given).map(|(kind, _)| (kind, None, true));
    let rule = given.rule.map(|r| &clauses.lexicon.events.rules()[r]);
    Some(Seen {
        view: typing::features::view(clauses, &given),
        by_rule: act.or(rule.map(|r| (r.event_type, r.mode.clone(), false))),
        found: found.iter().any(|t| t.token == given.token),
    })
}

fn read(
    clauses: &Clauses<'_>,
    anchors: &anchors::Anchors,
    story: &Story,
    trigger: &Trigger,
    act: Option<speech_act::Act>,
    places: &mut Vec<PlaceMention>,
) -> EventMention {
    let tree = clauses.tree;
    let rule = trigger.rule.map(|r| &clauses.lexicon.events.rules()[r]);
    let event_type = act.map_or(trigger.event_type(clauses), |(kind, _)| kind);
    let learned = trigger.opinion.sure().filter(|_| act.is_none() && rule.is_none());
    let mode = rule.filter(|_| act.is_none()).and_then(|r| r.mode.clone());
    let mut stance = stance::read(clauses, trigger);
    if act.is_some_and(|(_, name)| name == speech_act::REFUSAL) {
        // The refusal is what happens, and the "not" in it denies the act that is refused.
        stance.polarity = Polarity::Positive;
        stance.modality = Modality::Asserted;
        stance.reasons.retain(|r| !matches!(r.field.as_str(), "polarity" | "modality"));
    }
    let attribution = attribution::speaker(clauses, trigger);
    let dated = dates::read(clauses, anchors, story, trigger, event_type, &stance);
    let mut reasons = Vec::new();
    let trigger_span = Some(trigger.span);
    match (act, rule) {
        (Some((_, act)), _) => reasons.push(Reason { field: "type".into(), rule: act.into(), span: trigger_span }),
        (_, Some(rule)) => reasons.push(Reason { field: "type".into(), rule: rule.name.clone(), span: trigger_span }),
        _ if learned.is_some() => reasons.extend(typing::reasons(clauses, trigger)),
        (_, None) => reasons.push(Reason { field: "type".into(), rule: "no-rule".into(), span: trigger_span }),
    }
    reasons.push(dated.reason);
    reasons.append(&mut stance.reasons);
    if let Some(attribution) = &attribution {
        let rule = "verb-of-saying-or-source".to_owned();
        reasons.push(Reason { field: "attribution".into(), rule, span: Some(attribution.span) });
    }
    let place = place(clauses, trigger).map(|(mention, why)| {
        reasons.push(Reason {
            field: "place".into(),
            rule: format!("{why} ({})", mention.rule),
            span: Some(mention.span),
        });
        let known = places.iter().position(|p| p.span == mention.span);
        known.unwrap_or_else(|| {
            places.push(mention);
            places.len() - 1
        })
    });
    let sentence = tree.document.sentence_of(trigger.token);
    let (route, probability) = typing::route(clauses, trigger, act.is_some());
    let mut event = EventMention {
        sentence,
        trigger: crate::model::Trigger { span: trigger.span, lemma: trigger.lemma.clone() },
        event_type,
        counts: counts::read(clauses, trigger, event_type, mode.as_deref()),
        mode,
        contexts: rule.map(|r| r.contexts.clone()).unwrap_or_default(),
        when: dated.when,
        participants: participants::read(clauses, trigger, event_type, attribution.as_ref().and_then(|a| a.actor)),
        place,
        polarity: stance.polarity,
        modality: stance.modality,
        aspect: stance.aspect,
        attribution,
        headline: headline::write(clauses, trigger),
        confidence: 0.0,
        cluster: 0,
        reasons,
    };
    event.confidence = clauses.lexicon.confidence.of(route, probability) + typing::fullness(&event);
    event
}

/// Where it happened: a place that depends on the trigger, then the place that is its object, then one of its clause.
fn place(clauses: &Clauses<'_>, trigger: &Trigger) -> Option<(PlaceMention, &'static str)> {
    let tree = clauses.tree;
    let here = |token: usize| {
        tree.with_rel(token, &[Deprel::Obl, Deprel::Nmod, Deprel::OblUnmarked])
            .filter(|o| tree.case(*o).is_some_and(|c| clauses.lexicon.words.has(List::Locative, &c)))
            // "an inquiry into Siemens": a company is no place, whatever the model of names thinks of this mention.
            .filter(|o| {
                let kind = clauses.cast.actor_at(*o).and_then(|a| clauses.cast.actors[a].kind);
                !matches!(kind, Some(ActorKind::Person | ActorKind::Organisation))
            })
            .find_map(|o| place_at(tree, clauses.lexicon, o))
    };
    let clause = here(trigger.token);
    // What is attacked, visited or struck is where it happens.
    let kind = trigger.event_type(clauses);
    let happens_at = matches!(
        kind,
        EventType::Assault
            | EventType::Natural
            | EventType::Accident
            | EventType::Consult
            | EventType::Travel
            | EventType::Migrate
            | EventType::Retreat
            | EventType::Protest
            | EventType::Disease
    );
    let territory =
        |t: usize| clauses.cast.actor_at(t).is_none_or(|a| clauses.cast.actors[a].kind == Some(ActorKind::Country));
    let object = trigger
        .frame
        .patients
        .iter()
        .filter(|p| happens_at && territory(**p))
        .find_map(|p| place_at(tree, clauses.lexicon, *p).or_else(|| here(*p)));
    // "captured the village of Hrabovske in the Sumy region": the village, wherever the parser puts the region.
    let exact = |place: &PlaceMention| {
        matches!(place.place.precision, PlacePrecision::City | PlacePrecision::Exact)
            && place.rule == "place-noun-with-name"
    };
    if let Some(mut place) = object.clone().filter(exact) {
        place.place.country = place.place.country.or(clause.as_ref().and_then(|c| c.place.country));
        return Some((place, "place-as-object"));
    }
    if let Some(place) = clause {
        return Some((place, "place-of-clause"));
    }
    // "speaking at a press conference in Kyiv".
    if let Some(place) = tree.with_rel(trigger.token, &[Deprel::Obl, Deprel::Iobj]).find_map(here) {
        return Some((place, "place-of-oblique"));
    }
    if let Some(place) = object {
        return Some((place, "place-as-object"));
    }
    if let Some(place) = trigger.frame.patients.iter().find_map(|p| here(*p)) {
        return Some((place, "place-of-object"));
    }
    let above = trigger.support.or_else(|| {
        if trigger.verb {
            matches!(tree.rel(trigger.token), Deprel::Conj | Deprel::Xcomp | Deprel::Advcl)
                .then(|| tree.head(trigger.token))
                .flatten()
        } else {
            nominal::governing_verb(tree, trigger.token)
        }
    })?;
    here(above).map(|place| (place, "place-of-governing-clause"))
}
