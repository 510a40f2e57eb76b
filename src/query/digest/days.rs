//! Which days matter: each article has a say about every day that it speaks of.
//!
//! The weights are round numbers set by hand (docs/quality.md): a deed whose day the words give says more than a bare
//! date, an early sentence more than a late one, an article about the topic more than one that touches it, and an
//! article that still names the day weeks later says most.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::report::ReportEvent;
use super::{Read, ReadSentence};
use crate::model::{Day, EventType, Interval};

/// An event of a known type that is more than words, against a day that is only named.
const DEED: f64 = 1.5;
/// What an event counts whose day is only that of the story.
const GUESSED: f64 = 0.4;
/// What a sentence counts that names nothing that the articles are about.
const OFF_TOPIC: f64 = 0.5;
/// How much more an article counts in which every sentence is about the topic.
const PROMINENT: f64 = 10.0;
/// How much a mention gains each time its distance from the day doubles, in weeks.
const LATE: f64 = 0.5;
/// Articles of one day of publication say much the same: the root of their sum counts.
const TOGETHER: f64 = 0.5;
/// An article that speaks of many days has less to say about each: their number counts against it with this exponent.
const MANY: f64 = 0.25;
/// Days beside a stronger one are held back, the nearest by this share, those further away by less ...
const BESIDE: f64 = 0.75;
/// ... as far as this share of the days that there are for each that may be chosen ...
const NEAR: f64 = 0.125;
/// ... and so many days at most.
const NEAREST: f64 = 30.0;
/// What a sentence at the head of an article counts for the day of publication, when a sentence for it is chosen.
const LEAD: f64 = 0.3;
/// So many sentences are the head of an article.
const HEAD: usize = 2;

/// A sentence that speaks of a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Candidate {
    pub report: usize,
    pub sentence: usize,
    pub weight: f64,
}

/// What speaks for a day.
#[derive(Clone, Debug, Default)]
pub(super) struct Case {
    pub weight: f64,
    pub articles: usize,
    pub candidates: Vec<Candidate>,
}

fn strength(sentence: &ReadSentence<'_>, day: Day) -> f64 {
    let of_event = |event: &ReportEvent| {
        let deed = !matches!(event.event_type, EventType::Other | EventType::Statement);
        (if deed { DEED } else { 1.0 }) * (if event.guessed { GUESSED } else { 1.0 })
    };
    let events = sentence.said.events.iter().filter(|e| e.day == day).map(of_event);
    let named = if sentence.said.days.contains(&day) { 1.0 } else { 0.0 };
    events.fold(named, f64::max)
}

/// The days inside `span` that articles speak of, each with what speaks for it.
///
/// Days after the publication of an article are plans: it has no say about them.
pub(super) fn weigh(reports: &[Read<'_>], span: Interval) -> BTreeMap<Day, Case> {
    let within = |day: &Day| span.overlaps(Interval::day(*day));
    let mut cases: BTreeMap<Day, Case> = BTreeMap::new();
    let mut says: BTreeMap<(Day, Option<Day>), f64> = BTreeMap::new();
    for (number, read) in reports.iter().enumerate() {
        let published = read.report.published;
        let mut best: HashMap<Day, f64> = HashMap::new();
        for (at, sentence) in read.sentences.iter().enumerate() {
            let days: BTreeSet<Day> =
                sentence.said.days.iter().copied().chain(sentence.said.events.iter().map(|e| e.day)).collect();
            for day in days.into_iter().filter(within) {
                let weight = strength(sentence, day)
                    * (OFF_TOPIC + (1.0 - OFF_TOPIC) * sentence.topical)
                    * (1.0 + 1.0 / (1.0 + at as f64));
                let most = best.entry(day).or_default();
                *most = most.max(weight);
                cases.entry(day).or_default().candidates.push(Candidate { report: number, sentence: at, weight });
            }
        }
        let many = (best.len() as f64).powf(MANY);
        for (day, weight) in best {
            let lag = published.map_or(0, |p| p.number() - day.number());
            if lag < 0 {
                continue;
            }
            let late = 1.0 + LATE * (1.0 + f64::from(lag) / 7.0).log2();
            *says.entry((day, published)).or_default() += weight / many * late * (1.0 + PROMINENT * read.prominence);
            cases.entry(day).or_default().articles += 1;
        }
        if let Some(day) = published.filter(within) {
            let heads = (0..read.sentences.len().min(HEAD)).map(|sentence| Candidate {
                report: number,
                sentence,
                weight: LEAD,
            });
            cases.entry(day).or_default().candidates.extend(heads);
        }
    }
    for ((day, _), sum) in says {
        cases.entry(day).or_default().weight += sum.powf(TOGETHER);
    }
    cases.retain(|_, case| case.weight > 0.0);
    cases
}

/// Holds back days beside stronger ones, so that a few days are not all of one week of many years: they tell of what the
/// strong day tells of. Where nearly every day is to be chosen, nothing is held back.
pub(super) fn spread(cases: &mut BTreeMap<Day, Case>, days: usize) {
    let ends = cases.first_key_value().zip(cases.last_key_value());
    let span = ends.map_or(0, |((first, _), (last, _))| last.number() - first.number());
    let window = (f64::from(span) / days.max(1) as f64 * NEAR).min(NEAREST) as i32;
    let weights: BTreeMap<Day, f64> = cases.iter().map(|(day, case)| (*day, case.weight)).collect();
    for (day, case) in cases {
        let beside = (1..=window).flat_map(|gap| [(gap, day.plus(gap)), (gap, day.plus(-gap))]);
        let stronger =
            |near: Option<Day>| near.and_then(|near| weights.get(&near)).is_some_and(|weight| *weight > case.weight);
        // The first that is stronger is the nearest.
        if let Some((gap, _)) = beside.into_iter().find(|(_, near)| stronger(*near)) {
            case.weight *= 1.0 - BESIDE * (1.0 - f64::from(gap - 1) / f64::from(window));
        }
    }
}
