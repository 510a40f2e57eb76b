//! Time expressions: past or future on sentences of our own, dates that do not exist, hostile lines, bounds.

use std::fs;
use std::path::Path;

use dateline::extract::times::{Times, find_times};
use dateline::language::{Model, Parser};
use dateline::lexicon::{Data, TimeRules};
use dateline::model::{Published, PublishedBasis};
use dateline::text::Document;

fn published(day: &str) -> Option<Published> {
    Some(Published { day: day.parse().unwrap(), basis: PublishedBasis::Given })
}

fn plain(text: &str, day: &str) -> Times {
    let rules = TimeRules::load(&Data::BuiltIn).unwrap();
    find_times(&Document::of(text), None, published(day), &rules)
}

#[test]
fn a_story_that_began_with_a_date_goes_on_by_weekdays() {
    let values = |text: &str| {
        let found = plain(text, "2023-08-30").times;
        found.into_iter().map(|t| t.value).collect::<Vec<_>>().join(" ")
    };
    let begun =
        "The barn caught fire at 2:40 p.m. on Thursday, Aug. 17. On Friday the mill burned. It rained on Tuesday.";
    assert_eq!(values(begun), "2023-08-17T14:40 2023-08-18 2023-08-22");
    // A report has begun on its own day, or names the weekday of none.
    let report =
        "The owner was charged on Monday. The barn caught fire on Thursday, Aug. 17. On Friday the mill burned.";
    assert_eq!(values(report), "2023-08-28 2023-08-17 2023-08-25");
    assert_eq!(values("The barn burned on Aug. 17. On Friday the mill burned."), "2023-08-17 2023-08-25");
}

#[test]
fn past_and_future_are_told_apart_as_well_as_before() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/times/direction.tsv");
    let file = fs::read_to_string(path).unwrap();
    let rules = TimeRules::load(&Data::BuiltIn).unwrap();
    let mut wrong = Vec::new();
    let mut count = 0;
    for row in file.lines().filter(|l| !l.starts_with('#')) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [day, sentence, span, value] = cells[..] else { panic!("{row}: four columns expected") };
        let document = Document::of(sentence);
        let syntax = Model::embedded().parse(&document);
        let found = find_times(&document, Some(&syntax), published(day), &rules);
        count += 1;
        if !found.times.iter().any(|t| t.span.of(sentence) == span && t.value == value) {
            wrong.push(row);
        }
    }
    assert!(count >= 300);
    assert!(wrong.len() <= 1, "{} of {count} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn dates_that_do_not_exist_are_found_noted_and_not_placed() {
    for text in ["Due on 31 February 2020.", "Due on February 30.", "Due on 31 April 1999.", "Due on 2021-02-29."] {
        let found = plain(text, "2024-03-06");
        assert_eq!(found.times.len(), 1, "{text}: {:?}", found.times);
        assert_eq!(found.times[0].interval, None, "{text}");
        assert_eq!(found.notes.len(), 1, "{text}");
    }
}

#[test]
fn months_and_years_out_of_range_are_no_dates() {
    for text in
        ["Part 2020-13-05 broke.", "Lot 13/13/2020 broke.", "It weighs 99999999999999999999 tons.", "Code 20201 fell."]
    {
        let found = plain(text, "2024-03-06");
        assert!(found.times.iter().all(|t| t.interval.is_none()), "{text}: {:?}", found.times);
    }
}

#[test]
fn a_thousand_dates_in_one_line_are_all_read() {
    let line = "on 3 May 1914 and Friday, ".repeat(1000);
    let found = plain(&line, "2024-03-06");
    assert_eq!(found.times.len(), 2000);
    assert!(found.times.iter().all(|t| t.interval.is_some()));
    assert_eq!(found.times.len(), found.bounds.len());
}

#[test]
fn bounds_say_when_a_range_can_begin_and_end() {
    let found = plain("He worked there between 2019 and 2021, the court heard.", "2024-03-06");
    let bounds = found.bounds[0].unwrap();
    let day = |d: Option<dateline::model::Day>| d.unwrap().to_string();
    assert_eq!(found.times[0].until, Some(1));
    assert_eq!((day(bounds.earliest_begin), day(bounds.latest_begin)), ("2019-01-01".into(), "2019-12-31".into()));
    assert_eq!((day(bounds.earliest_end), day(bounds.latest_end)), ("2021-01-01".into(), "2021-12-31".into()));
}

#[test]
fn a_length_before_a_dated_clause_leads_to_a_day() {
    let values = |text: &str| plain(text, "2024-03-06").times.iter().map(|t| t.value.clone()).collect::<Vec<_>>();
    assert_eq!(values("Two days after the siege began on 3 May 1950, bread ran out."), ["1950-05-05", "1950-05-03"]);
    assert_eq!(values("A month before the fall of the fort in May 1950 they left."), ["1950-04", "1950-05"]);
    assert_eq!(values("For two days after the siege began on 3 May 1950 it rained."), ["P2D", "1950-05-03"]);
    assert_eq!(values("Two days after the siege began, bread ran out."), ["P2D"]);
}

#[test]
fn what_was_said_when_does_not_move_the_story() {
    let text = "He copied files on 14 June 2020, the court heard on Tuesday. He was arrested four months later.";
    let rules = TimeRules::load(&Data::BuiltIn).unwrap();
    let document = Document::of(text);
    let syntax = Model::embedded().parse(&document);
    let found = find_times(&document, Some(&syntax), published("2024-03-13"), &rules);
    assert_eq!(found.times[2].value, "2020-10");
}

#[test]
fn quoted_speech_in_a_narrative_counts_from_its_own_time() {
    let text = "The war began in 1914, spread in 1915 and stalled in 1916. In May 1917 the premier said: \"Two years ago we \
        were promised help.\"";
    assert!(plain(text, "2009-12-19").times.iter().any(|t| t.value == "1915-05" || t.value == "1915"));
}

#[test]
fn a_chronicle_takes_its_years_from_its_headings() {
    let text = "1914\n\n28 June: The heir is shot.\n\n1915\n\nIn April gas is used. On 7 May a liner sinks.\n\n1916\n\nIn \
        February the guns open fire.";
    let found = plain(text, "2020-01-01");
    let values: Vec<&str> = found.times.iter().map(|t| t.value.as_str()).collect();
    assert_eq!(values, ["1914", "1914-06-28", "1915", "1915-04", "1915-05-07", "1916", "1916-02"]);
}
