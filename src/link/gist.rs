use std::rc::Rc;

use super::bag::Bag;
use crate::lexicon::{Concepts, Likeness};
use crate::model::{Country, EventType, Interval};

/// What all the mentions of one event say together: sums, so that a mention can be added and taken out again. A single
/// mention is a gist too, so that events are compared with events as mentions are with events.
#[derive(Clone, Debug, Default)]
pub struct Gist {
    /// How many mentions.
    pub mentions: f32,
    /// Actions by number, with the mentions that use them.
    pub actions: Vec<(u32, f32)>,
    /// The actions that only say something.
    pub speech: f32,
    /// Articles with their sentences.
    pub seats: Vec<(u32, u32)>,
    /// What the articles are about; mentions of one article share it.
    pub story: Rc<Bag>,
    /// The sentences.
    pub around: Bag,
    /// What stands near the actions.
    pub near: Bag,
    /// Words of the agents, of the patients, and how many mentions name some.
    pub roles: [(Bag, f32); 2],
    /// Days of the mentions that know the day.
    pub days: Vec<Interval>,
    /// Where.
    pub places: Vec<(u32, Option<Country>)>,
    /// Mentions that say it happened, and that say it did not.
    pub polarity: [f32; 2],
    /// Mentions of each type but the open one.
    pub types: Vec<(EventType, f32)>,
}

/// Lists of a gist are cut at this length: what an event is like is clear by then.
const MOST: usize = 64;
/// Bags of a gist are cut at this many terms.
const TERMS: usize = 192;

impl Gist {
    /// Adds the mentions of another, or takes them out with `times` -1.
    pub fn add(&mut self, other: &Gist, times: f32) {
        self.mentions += other.mentions * times;
        self.speech += other.speech * times;
        merge(&mut self.actions, &other.actions, times);
        merge(&mut self.types, &other.types, times);
        // The articles of single mentions are shared with them.
        if times > 0.0 && self.story.is_empty() {
            self.story = other.story.clone();
        } else {
            let story = Rc::make_mut(&mut self.story);
            story.add(&other.story, times);
            if story.terms().len() > 2 * TERMS {
                *story = std::mem::take(story).heaviest(TERMS);
            }
        }
        for (mine, others) in [(&mut self.around, &other.around), (&mut self.near, &other.near)] {
            mine.add(others, times);
            if mine.terms().len() > 2 * TERMS {
                *mine = std::mem::take(mine).heaviest(TERMS);
            }
        }
        for (mine, others) in self.roles.iter_mut().zip(&other.roles) {
            mine.0.add(&others.0, times);
            mine.1 += others.1 * times;
            if mine.0.terms().len() > 2 * MOST {
                mine.0 = std::mem::take(&mut mine.0).heaviest(MOST);
            }
        }
        for (mine, others) in self.polarity.iter_mut().zip(other.polarity) {
            *mine += others * times;
        }
        list(&mut self.seats, &other.seats, times);
        list(&mut self.days, &other.days, times);
        list(&mut self.places, &other.places, times);
    }
}

/// Adds counts, or takes them out.
fn merge<T: PartialEq + Copy>(counts: &mut Vec<(T, f32)>, other: &[(T, f32)], times: f32) {
    for (key, count) in other {
        let free = counts.len() < MOST;
        match counts.iter_mut().find(|c| c.0 == *key) {
            Some(own) => own.1 += count * times,
            None if times > 0.0 && free => counts.push((*key, *count)),
            None => {}
        }
    }
    counts.retain(|c| c.1 > 0.0);
}

/// Adds entries, or takes each out once.
fn list<T: PartialEq + Copy>(mine: &mut Vec<T>, others: &[T], times: f32) {
    if times > 0.0 {
        let free = MOST.saturating_sub(mine.len());
        mine.extend(others.iter().take(free));
        return;
    }
    for other in others {
        if let Some(at) = mine.iter().position(|m| m == other) {
            mine.swap_remove(at);
        }
    }
}

/// What speaks for or against two gists being one event: logarithms of odds, one for each kind of evidence.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    /// The actions are the same or near in meaning.
    pub action: f32,
    /// The articles tell the same story.
    pub story: f32,
    /// The sentences are alike.
    pub sentence: f32,
    /// The same people and things stand near the actions.
    pub near: f32,
    /// The same do it, and it is done to the same.
    pub roles: f32,
    /// The days agree.
    pub time: f32,
    /// The places agree.
    pub place: f32,
    /// The types agree.
    pub kind: f32,
}

impl Score {
    /// All evidence together; above [`Weights::threshold`] two gists are one event.
    pub fn total(&self) -> f32 {
        self.action + self.story + self.sentence + self.near + self.roles + self.time + self.place + self.kind
    }

    /// The evidence by name.
    pub fn named(&self) -> [(&'static str, f32); 8] {
        [
            ("action", self.action),
            ("story", self.story),
            ("sentence", self.sentence),
            ("near", self.near),
            ("roles", self.roles),
            ("time", self.time),
            ("place", self.place),
            ("kind", self.kind),
        ]
    }
}

/// What each kind of evidence is worth, as logarithms of odds: round numbers set by hand, not fitted; docs/quality.md says
/// what they reach.
#[derive(Clone, Debug)]
pub struct Weights {
    /// For actions of one root, kin, and unlike; the same action is 0.
    pub likeness: [f32; 3],
    /// For speech.
    pub speech: f32,
    /// What similarity of the articles is worth: points of a curve.
    pub story: Vec<(f32, f32)>,
    /// For each mention that shares its sentence with one of the other gist.
    pub same_sentence: f32,
    /// For two that say something in other sentences of one article: they say two things.
    pub said_apart: f32,
    /// For articles of one story and of two, added to their similarity.
    pub same_story: [f32; 2],
    /// For sentences that are alike, times their cosine.
    pub sentence: f32,
    /// For what stands near: if all of it is shared, and if nothing is.
    pub near: [f32; 2],
    /// For agents and for patients that are the same, and that are others.
    pub roles: [[f32; 2]; 2],
    /// For the same day; for days next to each other.
    pub time: [f32; 2],
    /// For the same place; for different places of one country or of none that is known.
    pub place: [f32; 2],
    /// For types that differ.
    pub kind: f32,
    /// What must be reached.
    pub threshold: f32,
}

impl Default for Weights {
    fn default() -> Weights {
        Weights {
            likeness: [-0.5, -1.0, -4.5],
            speech: -1.5,
            // No word in common speaks against one event as strongly as it can; from three tenths on the articles may tell the
            // same story, and the same words throughout speak for it.
            story: vec![(0.0, -6.0), (0.1, -2.5), (0.3, 0.0), (0.6, 1.5), (1.0, 2.5)],
            same_sentence: -3.0,
            said_apart: -4.0,
            same_story: [0.1, -0.1],
            sentence: 1.5,
            near: [1.0, -0.5],
            roles: [[0.5, -0.25], [0.5, -0.25]],
            time: [1.0, 0.0],
            place: [0.5, -0.5],
            kind: 0.0,
            threshold: -0.5,
        }
    }
}

impl Weights {
    /// What speaks for and against two gists being the same event, `one_story` if their articles tell the same; `None` if
    /// something forbids it: days or countries that exclude each other, or that it happened and that it did not.
    pub fn score(&self, a: &Gist, b: &Gist, one_story: bool, concepts: &[Option<&Concepts>]) -> Option<Score> {
        let pairs = a.mentions * b.mentions;
        if pairs <= 0.0 || (a.polarity[0] > a.polarity[1]) != (b.polarity[0] > b.polarity[1]) {
            return None;
        }
        let mut score =
            Score { time: self.time(&a.days, &b.days)?, place: self.place(&a.places, &b.places)?, ..Score::default() };
        for (x, of_x) in &a.actions {
            for (y, of_y) in &b.actions {
                score.action += of_x * of_y / pairs * self.action(*x, *y, concepts);
            }
        }
        score.action += self.speech * (a.speech / a.mentions).max(b.speech / b.mentions);
        score.story = curve(&self.story, a.story.dot(&b.story) / pairs + self.same_story[usize::from(!one_story)]);
        if a.speech > 0.0 && b.speech > 0.0 {
            let apart = a.seats.iter().flat_map(|x| b.seats.iter().map(move |y| x.0 == y.0 && x.1 != y.1));
            let share = apart.filter(|apart| *apart).count() as f32 / pairs;
            score.action += self.said_apart * share.min(1.0) * (a.speech / a.mentions) * (b.speech / b.mentions);
        }
        let together = a.seats.iter().filter(|s| b.seats.contains(s)).count() as f32;
        score.sentence =
            self.sentence * a.around.dot(&b.around) / pairs + self.same_sentence * (together / pairs).min(1.0);
        let (near_a, near_b) = (a.near.total() / a.mentions, b.near.total() / b.mentions);
        if near_a > 0.0 && near_b > 0.0 {
            let shared =
                (a.near.shared(&b.near) / a.mentions).min(b.near.shared(&a.near) / b.mentions) / near_a.min(near_b);
            score.near = if shared > 0.0 { self.near[0] * shared.min(1.0) } else { self.near[1] };
        }
        for (((x, of_x), (y, of_y)), worth) in a.roles.iter().zip(&b.roles).zip(&self.roles) {
            if *of_x > 0.0 && *of_y > 0.0 {
                let weight = (of_x / a.mentions).min(1.0) * (of_y / b.mentions).min(1.0);
                score.roles += weight * if x.shared(y) > 0.0 { worth[0] } else { worth[1] };
            }
        }
        if let (Some(x), Some(y)) = (main(&a.types), main(&b.types)) {
            score.kind = if x == y { 0.0 } else { self.kind };
        }
        Some(score)
    }

    fn action(&self, a: u32, b: u32, concepts: &[Option<&Concepts>]) -> f32 {
        if a == b {
            return 0.0;
        }
        let known = |n: u32| concepts.get(n as usize).copied().flatten();
        let likeness = match (known(a), known(b)) {
            (Some(a), Some(b)) => a.likeness(b),
            _ => Likeness::Unlike,
        };
        match likeness {
            Likeness::Same => 0.0,
            Likeness::Root => self.likeness[0],
            Likeness::Kin => self.likeness[1],
            Likeness::Unlike => self.likeness[2],
        }
    }

    /// The days of two gists: one that is on the same day, next to it, or nothing known; `None` if they exclude each other.
    fn time(&self, a: &[Interval], b: &[Interval]) -> Option<f32> {
        let Some((x, y)) = a.first().zip(b.first()) else { return Some(0.0) };
        let all = |list: &[Interval], first: Interval| list.iter().fold(first, |all, next| all.cover(*next));
        let (x, y) = (all(a, *x), all(b, *y));
        if x.overlaps(y) {
            return Some(if x.length() == Some(1) && y.length() == Some(1) {
                self.time[0]
            } else {
                self.time[0] / 2.0
            });
        }
        // One reporter's Monday night is another's Tuesday.
        let gap = match (x.to(), y.from(), y.to(), x.from()) {
            (Some(end), Some(start), ..) if end < start => start.number() - end.number(),
            (.., Some(end), Some(start)) => start.number() - end.number(),
            _ => return None,
        };
        (gap <= 1).then_some(self.time[1])
    }

    fn place(&self, a: &[(u32, Option<Country>)], b: &[(u32, Option<Country>)]) -> Option<f32> {
        if a.is_empty() || b.is_empty() {
            return Some(0.0);
        }
        if a.iter().any(|x| b.iter().any(|y| x.0 == y.0)) {
            return Some(self.place[0]);
        }
        let countries = |list: &[(u32, Option<Country>)]| list.iter().filter_map(|p| p.1).collect::<Vec<_>>();
        let (x, y) = (countries(a), countries(b));
        if !x.is_empty() && !y.is_empty() && !x.iter().any(|c| y.contains(c)) {
            return None;
        }
        Some(self.place[1])
    }
}

/// The type that most mentions have.
fn main(types: &[(EventType, f32)]) -> Option<EventType> {
    types.iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|t| t.0)
}

/// A curve through points, in the order of x; flat outside.
fn curve(points: &[(f32, f32)], x: f32) -> f32 {
    let after = points.partition_point(|p| p.0 < x);
    match (after.checked_sub(1).and_then(|i| points.get(i)), points.get(after)) {
        (Some(a), Some(b)) => a.1 + (b.1 - a.1) * (x - a.0) / (b.0 - a.0),
        (Some(end), None) | (None, Some(end)) => end.1,
        (None, None) => 0.0,
    }
}
