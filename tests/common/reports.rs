//! Reports for linking made up from a seed: happenings, and articles that tell of a few of them in other words.
#![allow(dead_code)]

use dateline::link::{Report, Said};
use dateline::model::*;

use super::generate::{Dice, word};

const ACTIONS: [&[&str]; 8] = [
    &["arrest", "detain"],
    &["earthquake", "quake", "tremor"],
    &["fire", "dismiss", "sack"],
    &["acquire", "buy", "takeover"],
    &["die", "death"],
    &["sign"],
    &["crash", "accident"],
    &["visit", "trip"],
];

fn words(dice: &mut Dice, own: &[String], own_share: usize, others: usize) -> Vec<String> {
    let common = |dice: &mut Dice| word(dice.zipf(5_000) + 100_000);
    let mut all: Vec<String> = own.iter().filter(|_| dice.below(100) < own_share).cloned().collect();
    all.extend((0..others).map(|_| common(dice)));
    all
}

/// So many mentions or a few more, about five of each happening, and for each mention the happening it tells of.
pub fn reports(seed: u64, mentions: usize) -> (Vec<Report>, Vec<Vec<usize>>) {
    let dice = &mut Dice::new(seed);
    let (mut reports, mut gold) = (Vec::new(), Vec::new());
    let (mut told, mut happenings) = (0, 0);
    while told < mentions {
        // A story: three happenings with their people and places, told by a few articles within days.
        let first = happenings;
        happenings += 3;
        let people: Vec<String> = (0..6).map(|i| word(first * 6 + i + 1_000_000)).collect();
        let about: Vec<String> = (0..25).map(|_| word(dice.below(40_000) + 200_000)).collect();
        let kinds: Vec<usize> = (0..3).map(|i| (first + i * 3) % ACTIONS.len()).collect();
        let day = Day::from_ymd(2020, 1, 1).unwrap().plus((first % 1_000) as i32).unwrap();
        for _ in 0..3 + dice.below(4) {
            let mut report = Report { published: day.plus(dice.below(3) as i32), ..Report::default() };
            report.words = words(dice, &about, 60, 60).into_iter().map(|w| (w, false)).collect();
            report.words.extend(people.iter().filter(|_| dice.below(4) > 0).map(|w| (w.clone(), true)));
            let mut of = Vec::new();
            for happening in 0..3 {
                if dice.one_in(5) {
                    continue;
                }
                let names = ACTIONS[kinds[happening]];
                let agent = people[happening * 2].clone();
                let patient = people[happening * 2 + 1].clone();
                let mut around = words(dice, &about, 15, 8);
                around.extend([agent.clone(), patient.clone()]);
                report.said.push(Said {
                    action: names[dice.zipf(names.len())].to_owned(),
                    speech: false,
                    event_type: EventType::Other,
                    polarity: Polarity::Positive,
                    interval: if dice.one_in(2) { Interval::day(day) } else { Interval::UNKNOWN },
                    place: None,
                    near: vec![agent.clone(), patient.clone()],
                    agents: vec![agent],
                    patients: vec![patient],
                    sentence: happening,
                    around,
                });
                of.push(first + happening);
            }
            told += of.len();
            reports.push(report);
            gold.push(of);
        }
    }
    (reports, gold)
}

/// The same values in another order.
pub fn shuffled<T: Clone>(values: &[T], seed: u64) -> Vec<T> {
    let dice = &mut Dice::new(seed);
    let mut all = values.to_vec();
    for i in (1..all.len()).rev() {
        all.swap(i, dice.below(i + 1));
    }
    all
}

/// B-cubed F1 of two groupings of the same things.
pub fn b_cubed(a: &[usize], b: &[usize]) -> f64 {
    let share = |x: &[usize], y: &[usize]| {
        let mut sizes = std::collections::HashMap::new();
        let mut both = std::collections::HashMap::new();
        for (i, j) in x.iter().zip(y) {
            *sizes.entry(*i).or_insert(0.0) += 1.0;
            *both.entry((*i, *j)).or_insert(0.0) += 1.0;
        }
        x.iter().zip(y).map(|(i, j)| both[&(*i, *j)] / sizes[i]).sum::<f64>() / x.len() as f64
    };
    let (precision, recall) = (share(a, b), share(b, a));
    2.0 * precision * recall / (precision + recall)
}
