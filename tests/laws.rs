//! Laws that hold for every input: no bytes make the program panic, spans lie on characters, intervals are the right way
//! round, the same article gives the same analysis, ingesting twice is ingesting once.

use std::sync::LazyLock;

use dateline::export::write_analysis;
use dateline::extract::{Engine, Lexicon};
use dateline::ingest::{decode, parse_line, read_text};
use dateline::language::Model;
use dateline::lexicon::Data;
use dateline::link;
use dateline::model::{Analysis, Article, Day, Published, PublishedBasis, Span};
use dateline::store::{Saved, Saving, Store};
use proptest::prelude::*;

static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::new(Lexicon::load(&Data::BuiltIn).unwrap(), Model::embedded()));

fn read(text: &str) -> Article {
    read_text(text.to_owned(), &|t, day| ENGINE.dates(t, day))
}

fn published() -> Published {
    Published { day: "2025-12-23".parse().unwrap(), basis: PublishedBasis::Given }
}

/// What must hold of any analysis of any article.
fn check(article: &Article, analysis: &Analysis) {
    let text = article.text.as_str();
    let whole = |span: Span| {
        assert!(text.get(span.range()).is_some(), "{span:?} cuts a character or leaves the text");
    };
    assert!(article.head.body as usize <= text.len());
    for pair in analysis.sentences.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "sentences overlap");
    }
    analysis.sentences.iter().for_each(|s| whole(s.span));
    for timex in &analysis.times {
        whole(timex.span);
        if let Some((from, to)) = timex.interval.and_then(|i| i.from().zip(i.to())) {
            assert!(from <= to);
        }
    }
    analysis.mentions.iter().for_each(|m| {
        whole(m.span);
        assert!(m.actor < analysis.actors.len());
    });
    for event in &analysis.events {
        whole(event.trigger.span);
        assert!(analysis.sentences[event.sentence].span.contains(event.trigger.span));
        assert!((0.0..=1.0).contains(&event.confidence));
        assert!(!event.headline.is_empty());
        assert!(event.place.is_none_or(|p| p < analysis.places.len()));
        assert!(event.when.timex.is_none_or(|t| t < analysis.times.len()));
        for participant in &event.participants {
            whole(participant.span);
            assert!(participant.actor.is_none_or(|a| a < analysis.actors.len()));
        }
        for count in &event.counts {
            assert!(count.high.is_none_or(|h| count.low <= h), "{count:?}");
        }
    }
    let mut line = Vec::new();
    write_analysis(&mut line, article, analysis).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&line).unwrap();
    assert_eq!(json["text"].as_str(), Some(text));
    for event in json["events"].as_array().unwrap() {
        let at = |k: &str| event["trigger"][k].as_u64().unwrap() as usize;
        let words: String = text.chars().skip(at("start")).take(at("end") - at("start")).collect();
        assert_eq!(event["trigger"]["text"].as_str(), Some(words.as_str()));
    }
}

/// Texts that look like news, with things in them that news should not hold.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "Rebels captured the town",
        "on Monday",
        "31 February 2023",
        ", ",
        ". ",
        "\n\n",
        "\n",
        "President Ana Diaz",
        "he",
        "\u{202e}",
        "\u{1b}[31m",
        "🙂",
        "don't",
        "“",
        "”",
        "(AP) -- ",
        "KYIV, Dec. 22 (Agency) - ",
        "# ",
        "---\n",
        "title: x\n",
        "44 BC",
        "99999999999999999999",
        "12/31/9999",
        "13 soldiers and dozens of civilians",
        "did not",
        "will",
        "said that",
        "according to",
        "the",
        "the",
        "U.S.",
        "\u{0}",
        "é",
        "العربية",
        "漢字",
        "By ",
        "|",
        "December 22",
        "between",
        "and",
        "talks",
        "who",
        "refused to",
        "killed",
        "were",
        "-",
        "—",
        "\t",
        "\r\n",
        "«",
        "e\u{301}",
        "Mr. ",
        "Sumy region",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|p| p.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_analysed(text in texts(), dated in any::<bool>()) {
        let mut article = read(&text);
        if dated {
            article.published = Some(published());
        }
        let analysis = ENGINE.analyse(&article);
        check(&article, &analysis);
        prop_assert_eq!(&ENGINE.analyse(&article), &analysis);
    }

    #[test]
    fn any_bytes_are_text_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(text) = decode(&bytes) {
            let article = read(&text);
            check(&article, &ENGINE.analyse(&article));
        }
    }

    #[test]
    fn any_line_is_an_article_or_an_error(line in "\\PC{0,80}|\\{\"text\": \"\\PC{0,40}\", \"published\": \"\\PC{0,12}\"\\}") {
        if let Ok(article) = parse_line(&line, &|t, day| ENGINE.dates(t, day)) {
            check(&article, &ENGINE.analyse(&article));
        }
    }

    #[test]
    fn ingesting_twice_is_ingesting_once(text in texts()) {
        prop_assume!(!text.trim().is_empty());
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("twice.db")).unwrap();
        let mut article = read(&text);
        article.published = Some(published());
        let analysis = ENGINE.analyse(&article);
        let how = Saving { ingested_at: 0, replace: false, linker: Some(&link::choose) };
        let Saved::New { article: id, .. } = store.save(&article, &analysis, &how).unwrap() else { panic!("not new") };
        prop_assert_eq!(store.save(&article, &analysis, &how).unwrap(), Saved::Unchanged(id));
    }

    #[test]
    fn days_round_trip(number in Day::MIN.number()..=Day::MAX.number()) {
        let day = Day::from_number(number).unwrap();
        prop_assert_eq!(day.to_string().parse::<Day>().unwrap(), day);
        let (y, m, d) = day.ymd();
        prop_assert_eq!(Day::from_ymd(y, m, d), Some(day));
    }
}

#[test]
fn hostile_shapes_take_linear_time() {
    // Each of these would take minutes if anything were quadratic.
    let shapes = [
        "Zelenskyy and Putin met. ".repeat(4_000),
        "a ".repeat(200_000),
        "((((((((".repeat(20_000),
        "said that he ".repeat(20_000),
        "1234567890".repeat(30_000),
        "3 May 1914, ".repeat(10_000),
        format!("{} met.", vec!["John Smith"; 3_000].join(", ")),
        "x".repeat(1_000_000),
        "\u{301}".repeat(100_000),
    ];
    for text in shapes {
        let mut article = read(&text);
        article.published = Some(published());
        check_spans_only(&article, &ENGINE.analyse(&article));
    }
}

/// The cheap part of [`check`], for long texts.
fn check_spans_only(article: &Article, analysis: &Analysis) {
    for event in &analysis.events {
        assert!(article.text.get(event.trigger.span.range()).is_some());
    }
}

#[test]
fn signs_are_no_actors_and_no_places() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&folder.path().join("signs.db")).unwrap();
    let how = Saving { ingested_at: 0, replace: false, linker: Some(&link::choose) };
    for text in [
        "refused to \0 13 soldiers and dozens of civilians on Monday",
        "\0 \u{202e} were 13 soldiers and dozens of civilians Rebels captured the town",
        "He met \u{345} in \u{345} on Monday.",
    ] {
        let article = Article { text: text.to_owned(), ..Article::default() };
        store.save(&article, &ENGINE.analyse(&article), &how).unwrap();
    }
}

#[test]
fn a_title_before_signs_names_nobody() {
    let text = "Mr.  العربية Mr.  \0 44 BC on Monday and Mr.  between Rebels captured the town. Mr. *** met Mr. Cole.";
    let analysis = ENGINE.analyse(&read(text));
    assert!(analysis.actors.iter().all(|a| a.name.chars().any(char::is_alphanumeric)), "{:?}", analysis.actors);
}
