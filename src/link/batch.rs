use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;
use std::rc::Rc;

use super::bag::Bag;
use super::gist::{Gist, Score, Weights};
use super::quick::Quick;
use super::report::{Report, Said};
use super::story::{Terms, stories, subjects};
use crate::lexicon::{Concepts, Kin};
use crate::model::{EventType, Polarity};

/// A mention is compared with at most so many events.
pub const COMPARED: usize = 64;
/// Events of other stories are looked for by so many of the rarest words of each role.
const TAKING: usize = 2;
/// The latest events of a block that are candidates.
const POSTINGS: usize = 128;
/// Times that every mention is looked at again after all have an event.
const REPAIRS: usize = 2;

/// Which mentions of a batch tell of the same event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linked {
    /// The event of each mention, for each article; numbers from 0 in the order of first mentions.
    pub events: Vec<Vec<usize>>,
    /// Why each mention is one with the others of its event; `None` for one that stands alone, and if nobody asked.
    pub why: Vec<Vec<Option<Score>>>,
}

/// Finds which mentions of all the articles tell of the same event, and why if asked to `explain`.
///
/// The same articles in another order give the same events as long as they differ in what they say or in when they were
/// published: they are read in an order of their own.
pub fn link(reports: &[Report], kin: &Kin, weights: &Weights, explain: bool) -> Linked {
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_by(|a, b| key(&reports[*a]).cmp(&key(&reports[*b])));
    let sorted: Vec<&Report> = order.iter().map(|i| &reports[*i]).collect();
    let mut desk = Desk::new(&sorted, kin, weights);
    desk.read();
    let why = if explain { desk.why() } else { vec![None; desk.of.len()] };
    let mut linked = Linked {
        events: reports.iter().map(|r| vec![0; r.said.len()]).collect(),
        why: reports.iter().map(|r| vec![None; r.said.len()]).collect(),
    };
    for (mention, (event, why)) in desk.seats.iter().zip(desk.of.iter().zip(why)) {
        let (article, said) = (order[mention.article], mention.said);
        linked.events[article][said] = *event;
        linked.why[article][said] = why;
    }
    let mut numbers: HashMap<usize, usize> = HashMap::new();
    for event in linked.events.iter_mut().flatten() {
        let next = numbers.len();
        *event = *numbers.entry(*event).or_insert(next);
    }
    linked
}

/// The place of an article in the order that linking reads in.
fn key(report: &Report) -> impl Ord + use<'_> {
    (report.published.is_none(), report.published, report.words.len(), &report.words)
}

/// Where a mention stands.
struct Seat {
    article: usize,
    said: usize,
}

struct Desk<'a> {
    weights: &'a Weights,
    seats: Vec<Seat>,
    /// Each mention as a gist of its own.
    mentions: Vec<Gist>,
    story: Vec<usize>,
    /// Actions by number: what is known of them.
    concepts: Vec<Option<&'a Concepts>>,
    events: Vec<Gist>,
    /// The story of each event: that of its first mention.
    story_of: Vec<usize>,
    of: Vec<usize>,
    /// What mentions are looked for by has a number; the numbers of each mention, one mention behind the other.
    keys: Numbers,
    slots: Vec<u32>,
    /// Where the numbers of each mention end.
    ends: Vec<usize>,
    /// Events by number of what they are looked for by.
    blocks: Vec<Vec<u32>>,
}

/// What mentions are looked for by, numbered as it comes.
type Numbers = HashMap<Key, u32, BuildHasherDefault<Quick>>;

/// What events of a story are looked for by.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    /// A word for the action, in one story.
    Action(usize, u32),
    /// Something that the action has in common with others, in one story.
    Concept(usize, u32),
    /// A word for the action with a word of those who take part, in any story.
    Taking(u32, u32),
}

impl<'a> Desk<'a> {
    fn new(reports: &[&Report], kin: &'a Kin, weights: &'a Weights) -> Desk<'a> {
        let mut terms = Terms::default();
        let subjects = subjects(reports, &mut terms);
        let story_of = stories(&subjects);
        let mut desk = Desk {
            weights,
            seats: Vec::new(),
            mentions: Vec::new(),
            story: Vec::new(),
            concepts: Vec::new(),
            events: Vec::new(),
            story_of: Vec::new(),
            of: Vec::new(),
            keys: Numbers::default(),
            slots: Vec::new(),
            ends: Vec::new(),
            blocks: Vec::new(),
        };
        let mut actions: HashMap<&str, u32> = HashMap::new();
        let subjects: Vec<Rc<Bag>> = subjects.into_iter().map(Rc::new).collect();
        for (article, report) in reports.iter().enumerate() {
            for (number, said) in report.said.iter().enumerate() {
                let action = *actions.entry(said.action.as_str()).or_insert_with(|| {
                    desk.concepts.push(kin.concepts(&said.action));
                    desk.concepts.len() as u32 - 1
                });
                desk.seats.push(Seat { article, said: number });
                desk.mentions.push(gist(said, article, action, &subjects[article], &mut terms, reports.len()));
                desk.story.push(story_of[article]);
                if let Some(gist) = desk.mentions.last() {
                    for key in keys(gist, story_of[article], &desk.concepts) {
                        let next = desk.keys.len() as u32;
                        let slot = *desk.keys.entry(key).or_insert(next);
                        if slot == next {
                            desk.blocks.push(Vec::new());
                        }
                        desk.slots.push(slot);
                    }
                }
                desk.ends.push(desk.slots.len());
            }
        }
        desk
    }

    fn read(&mut self) {
        for mention in 0..self.mentions.len() {
            let event = self.nearest(mention).map(|(event, _)| event);
            let event = event.unwrap_or_else(|| self.open(self.story[mention]));
            self.of.push(event);
            self.join(event, mention);
        }
        for _ in 0..REPAIRS {
            self.merge();
            for mention in 0..self.mentions.len() {
                self.repair(mention);
            }
        }
        self.merge();
    }

    fn open(&mut self, story: usize) -> usize {
        self.story_of.push(story);
        self.events.push(Gist::default());
        self.events.len() - 1
    }

    fn join(&mut self, event: usize, mention: usize) {
        self.events[event].add(&self.mentions[mention], 1.0);
        self.list(event, mention);
    }

    /// Where the numbers of what a mention is looked for by stand.
    fn slots(&self, mention: usize) -> Range<usize> {
        mention.checked_sub(1).map_or(0, |before| self.ends[before])..self.ends[mention]
    }

    /// Lists an event under the keys of a mention.
    fn list(&mut self, event: usize, mention: usize) {
        for slot in self.slots(mention) {
            let block = &mut self.blocks[self.slots[slot] as usize];
            if !block.contains(&(event as u32)) {
                if block.len() >= POSTINGS {
                    block.remove(0);
                }
                block.push(event as u32);
            }
        }
    }

    /// The event that a mention is most surely one with, and why.
    fn nearest(&self, mention: usize) -> Option<(usize, Score)> {
        let slots = self.slots[self.slots(mention)].iter().copied();
        self.nearest_of(slots, self.story[mention], &self.mentions[mention], None)
    }

    /// The event of a story that a gist is most surely one with, and why; it is looked for by these numbers.
    fn nearest_of(
        &self,
        slots: impl Iterator<Item = u32>,
        story: usize,
        gist: &Gist,
        not: Option<usize>,
    ) -> Option<(usize, Score)> {
        let found = slots.flat_map(|slot| &self.blocks[slot as usize]).map(|event| (*event, 1.0));
        let mut candidates = Bag::of(found.collect()).terms().to_vec();
        candidates.sort_by(|a, b| b.1.total_cmp(&a.1));
        let mut best: Option<(usize, Score)> = None;
        for (event, _) in candidates.into_iter().take(COMPARED) {
            let event = event as usize;
            if Some(event) == not || self.events[event].mentions <= 0.0 {
                continue;
            }
            let Some(score) =
                self.weights.score(gist, &self.events[event], story == self.story_of[event], &self.concepts)
            else {
                continue;
            };
            let total = score.total();
            if total > self.weights.threshold && best.as_ref().is_none_or(|b| total > b.1.total()) {
                best = Some((event, score));
            }
        }
        best
    }

    /// Joins events that are one after all.
    fn merge(&mut self) {
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); self.events.len()];
        for (mention, event) in self.of.iter().enumerate() {
            members[*event].push(mention);
        }
        for event in 0..self.events.len() {
            let Some(first) = members[event].first().copied() else { continue };
            let story = self.story[first];
            let slots: Vec<u32> = keys(&self.events[event], story, &self.concepts)
                .iter()
                .filter_map(|key| self.keys.get(key))
                .copied()
                .collect();
            if let Some((other, _)) = self.nearest_of(slots.into_iter(), story, &self.events[event], Some(event)) {
                let gist = std::mem::take(&mut self.events[event]);
                self.events[other].add(&gist, 1.0);
                for mention in std::mem::take(&mut members[event]) {
                    self.of[mention] = other;
                    self.list(other, mention);
                    members[other].push(mention);
                }
            }
        }
    }

    /// Takes a mention out of its event and gives it the one that it belongs to most surely.
    fn repair(&mut self, mention: usize) {
        let before = self.of[mention];
        let alone = self.events[before].mentions <= 1.0;
        if alone {
            self.events[before] = Gist::default();
        } else {
            self.events[before].add(&self.mentions[mention], -1.0);
        }
        let found = self.nearest(mention).map(|(event, _)| event);
        let event = match found {
            Some(event) => event,
            None if alone => before,
            None => self.open(self.story[mention]),
        };
        self.of[mention] = event;
        self.join(event, mention);
    }

    /// What speaks for each mention being one with the rest of its event.
    fn why(&self) -> Vec<Option<Score>> {
        let why = self.of.iter().zip(self.mentions.iter().zip(&self.story)).map(|(of, (mention, story))| {
            let event = &self.events[*of];
            if event.mentions < 2.0 {
                return None;
            }
            let mut rest = event.clone();
            rest.add(mention, -1.0);
            self.weights.score(mention, &rest, *story == self.story_of[*of], &self.concepts)
        });
        why.collect()
    }
}

/// A gist's keys, at most 64.
fn keys(gist: &Gist, story: usize, concepts: &[Option<&Concepts>]) -> Vec<Key> {
    let mut keys = Vec::new();
    for (action, _) in &gist.actions {
        keys.push(Key::Action(story, *action));
        let known = concepts.get(*action as usize).copied().flatten();
        keys.extend(known.into_iter().flat_map(|c| c.roots.iter().chain(&c.senses)).map(|c| Key::Concept(story, *c)));
        for (taking, _) in &gist.roles {
            keys.extend(taking.clone().heaviest(TAKING).terms().iter().map(|t| Key::Taking(*action, t.0)));
        }
    }
    keys.truncate(64);
    keys
}

/// A mention as a gist of its own.
fn gist(said: &Said, article: usize, action: u32, subject: &Rc<Bag>, terms: &mut Terms, articles: usize) -> Gist {
    let mut bag = |words: &[String]| {
        let mut weighed: Vec<(u32, f32)> = words
            .iter()
            .map(|w| {
                let term = terms.number(w);
                (term, terms.rarity(term, articles))
            })
            .collect();
        weighed.sort_unstable_by_key(|t| t.0);
        weighed.dedup_by_key(|t| t.0);
        Bag::of(weighed)
    };
    let role = |bag: Bag| {
        let filled = if bag.is_empty() { 0.0 } else { 1.0 };
        (bag, filled)
    };
    let (agents, patients) = (role(bag(&said.agents)), role(bag(&said.patients)));
    let (around, near) = (bag(&said.around).scaled_to(1.0), bag(&said.near));
    let known = said.interval.length().is_some_and(|days| days <= 31);
    Gist {
        mentions: 1.0,
        actions: vec![(action, 1.0)],
        speech: if said.speech { 1.0 } else { 0.0 },
        seats: vec![(article as u32, said.sentence as u32)],
        story: subject.clone(),
        around,
        near,
        roles: [agents, patients],
        days: if known { vec![said.interval] } else { Vec::new() },
        places: said.place.iter().map(|(name, country)| (terms.number(name), *country)).collect(),
        polarity: if said.polarity == Polarity::Negative { [0.0, 1.0] } else { [1.0, 0.0] },
        types: Some(said.event_type).filter(|t| *t != EventType::Other).map(|t| (t, 1.0)).into_iter().collect(),
    }
}
