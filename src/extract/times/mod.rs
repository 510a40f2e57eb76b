//! The finder of time expressions.
//!
//! Rules propose matches; this room decides which are kept, what each is read against, and in which direction. It keeps
//! the state of the document while it reads: the date the text speaks of, the quarter that figures are compared with,
//! whether the article reports (its dates hang on the day of writing) or narrates (they hang on each other).

mod beside;
mod candidate;
mod cues;
mod direction;
#[cfg(test)]
mod laws;
mod profile;
mod state;

use crate::language::Syntax;
use crate::lexicon::TimeRules;
use crate::model::{Basis, Note, Published, PublishedBasis, Timex, TimexKind};
use crate::text::Document;
use crate::time::{Anchor, Bounds, Field, Reading, Term, Unplaced, resolve};

use candidate::Candidate;
use profile::Profile;
use state::State;

/// What was found in one article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Times {
    /// Time expressions in the order of the text; they do not overlap.
    pub times: Vec<Timex>,
    /// For each of them, when what it dates can have begun and ended. The first of a range has the bounds of the range.
    pub bounds: Vec<Option<Bounds>>,
    /// Dates that do not exist and the like.
    pub notes: Vec<Note>,
    /// The dates hang on each other and not on the day of writing, as in a history.
    pub narrative: bool,
}

/// Finds the time expressions of a document and reads them.
///
/// `published` is the day of writing, if known; without it nothing is read against it and nothing is invented: "Friday"
/// stays `XXXX-WXX-5`. `syntax` makes the choice between past and future better and drops verbs that look like months.
/// Linear in the length of the text; never fails.
///
/// ```
/// use dateline::{extract::times::find_times, lexicon::{Data, TimeRules}, text::Document};
/// let rules = TimeRules::load(&Data::BuiltIn).unwrap();
/// let document = Document::of("The fort fell on 3 May 1914. Two days later it was retaken.");
/// let found = find_times(&document, None, None, &rules);
/// let values: Vec<&str> = found.times.iter().map(|t| t.value.as_str()).collect();
/// assert_eq!(values, ["1914-05-03", "1914-05-05"]);
/// ```
pub fn find_times(
    document: &Document<'_>,
    syntax: Option<&Syntax>,
    published: Option<Published>,
    rules: &TimeRules,
) -> Times {
    let candidates = candidate::collect(document, syntax, rules);
    let profile = Profile::of(&candidates, published);
    let mut state = State::new(profile);
    let mut found = Times { narrative: profile.narrative, ..Times::default() };
    let mut readings: Vec<(usize, Reading)> = Vec::new();
    for (number, candidate) in candidates.iter().enumerate() {
        state.enter(candidate);
        let term = beside::clock_of_day(document, &candidates[number..]).unwrap_or_else(|| state.adapt(candidate));
        let rule = &rules.rules()[candidate.rule];
        if rule.narrative && !profile.narrative || !direction::keeps(document, syntax, candidate, &profile) {
            continue;
        }
        if beside::hangs(document, candidate, candidates.get(number + 1)) {
            continue;
        }
        let term = direction::weekend(document, syntax, candidate, term);
        let term = direction::this_day(document, syntax, candidate, term, &profile);
        let direction = direction::of(document, syntax, candidate, &term, &profile);
        let anchors = state.anchors(
            &term,
            direction,
            || candidate.is_quoted(document),
            || direction::looks_ahead(document, syntax, candidate),
        );
        let reading = resolve(&term, &anchors);
        // A bare number is a year only among other years of its era.
        if matches!(term.field(), Some(Field::EraYear(_))) && reading.interval.is_err() {
            continue;
        }
        let basis = match (&reading.interval, reading.anchor) {
            (Err(_), _) => Basis::None,
            (Ok(_), None) => Basis::Stated,
            (Ok(_), Some(Anchor::Reference)) if profile.narrative && matches!(term, Term::Field(_)) => Basis::Narrative,
            (Ok(_), Some(_)) => Basis::Anchored,
        };
        let note = match reading.interval {
            Err(Unplaced::NoSuchDay) => Some("the calendar has no such day".to_owned()),
            Err(Unplaced::OutOfRange) => Some("outside the years -9999 to 9999".to_owned()),
            Err(Unplaced::NoAnchor(Anchor::Dct | Anchor::Here)) => Some("the day of writing is not known".to_owned()),
            Err(Unplaced::NoAnchor(Anchor::Reference)) => Some("the text names no date to count from".to_owned()),
            Ok(_)
                if reading.anchor == Some(Anchor::Dct)
                    && published.is_some_and(|p| p.basis == PublishedBasis::Inferred) =>
            {
                Some("read against an inferred day of writing".to_owned())
            }
            _ => rule.note.clone(),
        };
        if matches!(reading.interval, Err(Unplaced::NoSuchDay | Unplaced::OutOfRange)) {
            let words = document.words(candidate.span);
            let text = format!("\"{words}\" was not placed: {}", note.as_deref().unwrap_or_default());
            found.notes.push(Note { span: Some(candidate.span), text });
        }
        let anchor = state.anchor_index(&term, &reading);
        let of_saying = direction::is_of_saying(document, syntax, candidate);
        state.leave(found.times.len(), candidate, &reading, of_saying);
        found.times.push(Timex {
            span: candidate.span,
            kind: reading.kind,
            value: reading.value.to_string(),
            modifier: reading.modifier,
            interval: reading.interval.ok().filter(|_| reading.kind != TimexKind::Set),
            granularity: reading.granularity,
            basis,
            edtf: reading.edtf.as_ref().map(|e| e.to_string()),
            anchor,
            until: None,
            rule: rule.name.clone(),
            note,
        });
        found.bounds.push(Bounds::of(&reading));
        readings.push((number, reading));
    }
    beside::dated(document, &candidates, &readings, &mut found);
    ranges(&candidates, &readings, &mut found);
    found
}

/// Joins the two ends of each range.
fn ranges(candidates: &[Candidate], readings: &[(usize, Reading)], found: &mut Times) {
    for (at, pair) in readings.windows(2).enumerate() {
        // The end may have been left out as no time.
        let (Some(first), true) = (candidates.get(pair[0].0), pair[0].0 + 1 == pair[1].0) else { continue };
        if !first.to_next {
            continue;
        }
        found.times[at].until = Some(at + 1);
        if let (Some(a), Some(b)) = (found.bounds[at], found.bounds[at + 1]) {
            found.bounds[at] = Some(a.to(b));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Data;

    /// The values of a text, one after the other.
    pub(super) fn values(text: &str, dct: Option<&str>) -> String {
        let rules = TimeRules::load(&Data::BuiltIn).unwrap();
        let published = dct.map(|d| Published { day: d.parse().unwrap(), basis: PublishedBasis::Given });
        let found = find_times(&Document::of(text), None, published, &rules);
        found.times.iter().map(|t| t.value.clone()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn nothing_is_invented_without_a_day_of_writing() {
        assert_eq!(values("He left on Friday. It is due in March.", None), "XXXX-WXX-5 XXXX-03");
    }

    #[test]
    fn impossible_dates_are_found_and_noted_but_not_placed() {
        let rules = TimeRules::load(&Data::BuiltIn).unwrap();
        let found = find_times(&Document::of("Signed on 31 February 2020."), None, None, &rules);
        assert_eq!(found.times[0].interval, None);
        assert_eq!(found.notes[0].text, "\"31 February 2020\" was not placed: the calendar has no such day");
    }

    #[test]
    fn long_and_odd_texts_are_read_in_linear_time() {
        let many = "On 3 May 1914, 4 June, Friday and two days later ".repeat(2000);
        assert_eq!(values(&many, None).split(' ').count(), 8000);
        values(&"1".repeat(1_000_000), None);
        values(&"one hundred and ".repeat(50_000), None);
        values(&"early late the end of ".repeat(20_000), Some("2024-03-06"));
        values(&"1914-18-".repeat(50_000), Some("2024-03-06"));
        values(&"Ünïcödé – « mañana » \u{200b}\u{feff} 5\u{a0}May\u{2009}1990 ".repeat(1000), None);
    }
}
