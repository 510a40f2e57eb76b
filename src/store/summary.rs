//! What an event is, given all its mentions. Pure, and the same in whatever order the mentions came.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Aspect, Basis, EventType, Granularity, Interval, Modality, PlacePrecision, Polarity, Role, When};

/// What one stored mention says, as far as it matters for the event.
#[derive(Clone, Debug)]
pub(super) struct MentionFacts {
    pub article: i64,
    pub mention: i64,
    /// Its sentence, numbered through the whole database.
    pub sentence: i64,
    /// The outlet, the host of the address, or the article itself: what counts as one source.
    pub source: String,
    /// Day of publication.
    pub published: Option<i32>,
    pub event_type: EventType,
    pub mode: Option<String>,
    pub contexts: i64,
    pub when: When,
    pub place: Option<(i64, PlacePrecision)>,
    pub polarity: Polarity,
    pub modality: Modality,
    pub aspect: Aspect,
    /// Thousandths.
    pub confidence: i64,
    pub actors: Vec<(i64, Role)>,
}

/// A row of the table `event`, and its rows in `event_actor`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Summary {
    pub event_type: EventType,
    pub mode: Option<String>,
    pub contexts: i64,
    pub when: When,
    pub place: Option<i64>,
    pub polarity: Polarity,
    pub modality: Modality,
    pub aspect: Aspect,
    pub confidence: i64,
    pub mentions: usize,
    pub articles: usize,
    pub sources: usize,
    pub lead: (i64, i64),
    /// The sentence of the lead.
    pub lead_sentence: i64,
    pub actors: BTreeSet<(i64, Role)>,
}

/// How good a mention is as the one that tells of the event; the least is the best.
pub(super) fn rank(modality: Modality, confidence: i64, published: Option<i32>, at: (i64, i64)) -> impl Ord + Copy {
    (modality, Reverse(confidence), published.is_none(), published, at)
}

/// How good a date is; the least is the best: said in words before bounded by the publication, short before long.
fn date_rank(when: &When) -> impl Ord + use<> {
    let said = match when.basis {
        Basis::Stated | Basis::Anchored => 0,
        Basis::Narrative => 1,
        Basis::Published => 2,
        Basis::None => 3,
    };
    (said, when.interval.length().unwrap_or(u32::MAX), when.approximate, when.inferred)
}

/// The summary of an event, or `None` if nothing mentions it.
pub(super) fn summarise(mentions: &[MentionFacts]) -> Option<Summary> {
    let mut ranked: Vec<&MentionFacts> = mentions.iter().collect();
    ranked.sort_by_key(|m| rank(m.modality, m.confidence, m.published, (m.article, m.mention)));
    let lead = *ranked.first()?;
    // min_by_key takes the first of equals, so the better mention decides where dates or places are equally good.
    let dated = ranked.iter().min_by_key(|m| date_rank(&m.when))?;
    let place = ranked.iter().filter_map(|m| m.place).min_by_key(|(_, precision)| *precision);
    let distinct = |key: fn(&MentionFacts) -> &str| ranked.iter().map(|m| key(m)).collect::<BTreeSet<_>>().len();
    Some(Summary {
        event_type: lead.event_type,
        mode: ranked.iter().find_map(|m| m.mode.clone()),
        contexts: ranked.iter().fold(0, |bits, m| bits | m.contexts),
        when: dated.when.clone(),
        place: place.map(|(id, _)| id),
        polarity: lead.polarity,
        modality: lead.modality,
        aspect: lead.aspect,
        confidence: ranked.iter().map(|m| m.confidence).max().unwrap_or_default(),
        mentions: ranked.len(),
        articles: ranked.iter().map(|m| m.article).collect::<BTreeSet<_>>().len(),
        sources: distinct(|m| &m.source),
        lead: (lead.article, lead.mention),
        lead_sentence: lead.sentence,
        actors: best_roles(&ranked),
    })
}

/// Everyone in each of their roles; `other` only for those who have no better one.
fn best_roles(ranked: &[&MentionFacts]) -> BTreeSet<(i64, Role)> {
    let mut roles: BTreeMap<i64, BTreeSet<Role>> = BTreeMap::new();
    for (actor, role) in ranked.iter().flat_map(|m| &m.actors) {
        roles.entry(*actor).or_default().insert(*role);
    }
    for roles in roles.values_mut().filter(|r| r.len() > 1) {
        roles.remove(&Role::Other);
    }
    roles.into_iter().flat_map(|(actor, roles)| roles.into_iter().map(move |role| (actor, role))).collect()
}

/// The length class of an interval, as the schema defines it: see `migrations/0004_events.sql`.
pub(super) fn level(interval: Interval) -> i64 {
    match (interval.from(), interval.to()) {
        (None, None) => UNKNOWN,
        (None, Some(_)) => UNTIL,
        (Some(_), None) => SINCE,
        _ => interval.length().map_or(UNKNOWN, |days| i64::from(days.next_power_of_two().trailing_zeros())),
    }
}

/// Length class of the intervals of which only the last day is known.
pub(super) const UNTIL: i64 = 30;
/// Length class of the intervals of which only the first day is known.
pub(super) const SINCE: i64 = 31;
/// Length class of the intervals of which nothing is known.
pub(super) const UNKNOWN: i64 = 32;

/// A mention's granularity matters only with a date.
pub(super) fn granularity(when: &When) -> Granularity {
    if when.interval.is_unknown() { Granularity::Range } else { when.granularity }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Day;

    fn facts(mention: i64) -> MentionFacts {
        MentionFacts {
            article: 1,
            mention,
            sentence: 1,
            source: "a".into(),
            published: None,
            event_type: EventType::Assault,
            mode: None,
            contexts: 0,
            when: When::unknown(),
            place: None,
            polarity: Polarity::Positive,
            modality: Modality::Reported,
            aspect: Aspect::Completed,
            confidence: 500,
            actors: vec![(7, Role::Agent), (8, Role::Other)],
        }
    }

    #[test]
    fn the_best_of_each_is_kept_in_any_order() {
        let day: Day = "2025-12-22".parse().unwrap();
        let mut vague = facts(0);
        vague.when = When { interval: Interval::until(day), basis: Basis::Published, ..When::unknown() };
        let mut dated = facts(1);
        dated.when = When { interval: Interval::day(day), basis: Basis::Stated, ..When::unknown() };
        dated.actors = vec![(8, Role::Patient)];
        let mut sure = facts(0);
        sure.article = 2;
        sure.source = "b".into();
        sure.modality = Modality::Asserted;
        sure.place = Some((3, PlacePrecision::City));
        let all = [vague, dated, sure];
        let summary = summarise(&all).unwrap();
        assert_eq!(summary.when.interval, Interval::day(day));
        assert_eq!(summary.lead, (2, 0));
        assert_eq!(summary.place, Some(3));
        assert_eq!((summary.mentions, summary.articles, summary.sources), (3, 2, 2));
        assert_eq!(summary.actors, BTreeSet::from([(7, Role::Agent), (8, Role::Patient)]));
        for order in [[1, 0, 2], [2, 1, 0], [0, 2, 1]] {
            assert_eq!(summarise(&order.map(|i| all[i].clone())), Some(summary.clone()));
        }
        assert_eq!(summarise(&[]), None);
    }

    #[test]
    fn levels_are_the_logarithm_of_the_length() {
        let level_of = |days: i32| {
            let from = Day::from_number(0).unwrap();
            level(Interval::new(Some(from), from.plus(days - 1)).unwrap())
        };
        assert_eq!([1, 2, 3, 4, 5, 7, 8, 9, 31, 365].map(level_of), [0, 1, 2, 2, 3, 3, 3, 4, 5, 9]);
        assert_eq!(level(Interval::new(Some(Day::MIN), Some(Day::MAX)).unwrap()), 23);
        assert_eq!(level(Interval::UNKNOWN), UNKNOWN);
    }
}
