use super::*;
use crate::model::EventType;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A report; a sentence is its words and the days that it names.
fn report(name: &str, published: &str, sentences: &[(&str, &[&str])]) -> Report {
    let sentences = sentences.iter().map(|(text, days)| ReportSentence {
        text: (*text).to_owned(),
        days: days.iter().map(|d| day(d)).collect(),
        events: Vec::new(),
    });
    Report {
        name: name.to_owned(),
        published: published.parse().ok(),
        sentences: sentences.collect(),
        ..Report::default()
    }
}

const SIZE: Size = Size { days: 1, sentences: 2 };

fn chosen(reports: &[Report]) -> Vec<String> {
    digest(reports, None, SIZE).days.iter().map(|d| d.day.to_string()).collect()
}

#[test]
fn the_day_that_more_articles_speak_of_wins() {
    let reports = [
        report("a", "2024-03-03", &[("Rebels took the town of Kalemie after a long siege", &["2024-03-01"])]),
        report("b", "2024-03-03", &[("The fall of Kalemie frightens merchants of the lake", &["2024-03-01"])]),
        report("c", "2024-03-04", &[("Officials opened a bridge near the old harbour", &["2024-03-03"])]),
    ];
    assert_eq!(chosen(&reports), ["2024-03-03"], "the 1st lies before all reports");
    let wide = Some(Interval::UNKNOWN);
    assert_eq!(digest(&reports, wide, SIZE).days[0].day, day("2024-03-01"));
    assert_eq!(digest(&reports, wide, SIZE).days[0].articles, 2);
}

#[test]
fn copies_count_once_and_late_mentions_more() {
    let text = "Rebels took the town at the lake after a long siege with heavy guns";
    let bridge = "Officials opened a bridge near the old harbour with music";
    let copies = [
        report("a", "2024-03-01", &[(text, &["2024-03-01"])]),
        report("b", "2024-03-01", &[(text, &["2024-03-01"])]),
        report("c", "2024-03-01", &[(text, &["2024-03-01"])]),
        report("d", "2024-03-02", &[(bridge, &["2024-03-02"])]),
        report("e", "2024-03-02", &[("A bridge was opened at last, merchants cheered loudly", &["2024-03-02"])]),
    ];
    assert_eq!(chosen(&copies), ["2024-03-02"]);
    let late = [
        report("a", "2024-03-01", &[(text, &["2024-03-01"])]),
        report("d", "2024-03-02", &[(bridge, &["2024-03-02"])]),
        report("e", "2024-05-20", &[("Merchants still speak of the bridge and its opening", &["2024-03-02"])]),
        report("f", "2024-03-01", &[("The town fell to its besiegers, witnesses reported", &["2024-03-01"])]),
    ];
    assert_eq!(chosen(&late), ["2024-03-02"]);
}

#[test]
fn sentences_do_not_repeat_each_other_and_plans_have_no_say() {
    let reports = [
        report(
            "a",
            "2024-03-01",
            &[
                ("Rebels took the town of Kalemie after a long siege", &["2024-03-01"]),
                ("Rebels took the town of Kalemie after the long siege", &["2024-03-01"]),
                ("Fishermen fled across the lake in small boats", &["2024-03-01"]),
                ("An election is planned in the spring for the council", &["2024-03-09"]),
            ],
        ),
        report("b", "2024-03-10", &[("Nothing else has happened in this quiet valley", &[])]),
    ];
    let all = digest(&reports, None, Size { days: 9, sentences: 2 });
    assert_eq!(all.days.len(), 1);
    let quotes: Vec<&str> = all.days[0].quotes.iter().map(|q| q.text.as_str()).collect();
    assert_eq!(quotes.len(), 2);
    assert!(quotes[1].starts_with("Fishermen"), "{quotes:?}");
}

#[test]
fn different_numbers_of_a_day_are_told() {
    let with = |name: &str, toll: &str| {
        let mut report = report(name, "2024-03-02", &[("A strong quake shook the old harbour town", &["2024-03-02"])]);
        report.sentences[0].text.push_str(name);
        report.sentences[0].events.push(ReportEvent {
            day: day("2024-03-02"),
            id: None,
            guessed: false,
            headline: "Quake shook town".into(),
            event_type: EventType::Natural,
            confidence: 0.9,
            counts: vec![(crate::model::CountKind::Dead, toll.to_owned())],
        });
        report
    };
    let told = digest(&[with("North", "12"), with("South and far beyond it all", "14")], None, SIZE);
    let numbers: Vec<&str> = told.days[0].told.iter().map(|t| t.text.as_str()).collect();
    assert_eq!(numbers, ["12", "14"]);
    assert_eq!(told.days[0].headline, "Quake shook town");
    assert_eq!((told.days[0].events.len(), told.days[0].events[0].articles), (1, 2));
}

#[test]
fn nothing_gives_nothing() {
    assert_eq!(digest(&[], None, SIZE), Digest::default());
    assert_eq!(digest(&[Report::default()], None, SIZE), Digest::default());
    let one = report("a", "2024-03-01", &[("Rebels took the town of Kalemie by night", &["2024-03-01"])]);
    assert_eq!(digest(&[one], None, Size { days: 0, sentences: 0 }), Digest::default());
}
