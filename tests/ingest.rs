//! What is read at the head of an article, and when it was published if it does not say.

use dateline::extract::{Engine, Lexicon};
use dateline::ingest::{Inference, infer_published, read_text};
use dateline::language::Model;
use dateline::lexicon::Data;
use dateline::model::{Article, Day, PublishedBasis};

fn engine() -> Engine {
    Engine::new(Lexicon::load(&Data::BuiltIn).unwrap(), Model::embedded())
}

fn read(engine: &Engine, text: &str) -> Article {
    read_text(text.to_owned(), &|t, day| engine.dates(t, day))
}

fn infer(engine: &Engine, text: &str, limit: &str) -> Option<String> {
    let article = read(engine, text);
    assert_eq!(article.published, None, "{text}");
    match infer_published(&article, limit.parse().unwrap(), &|t, day: Option<Day>| engine.dates(t, day)) {
        Inference::Found(published) => {
            assert_eq!(published.basis, PublishedBasis::Inferred);
            Some(published.day.to_string())
        }
        Inference::History | Inference::NoDates => None,
    }
}

#[test]
fn heads_are_told_from_bodies() {
    let engine = engine();
    let cases = [
        (
            "Rain floods town\nBy Ana Diaz\nThe Courier\nMarch 3, 2024\n\nIt rained.",
            "Rain floods town",
            "Ana Diaz",
            "The Courier",
            "2024-03-03",
        ),
        ("Rain floods town\nSunday, June 11, 2023\n\nIt rained all day.", "Rain floods town", "", "", "2023-06-11"),
        (
            "# Rain floods town\n\n*By Ana Diaz | Courier | Published 3 March 2024, 07:15*\n\nIt rained.",
            "Rain floods town",
            "Ana Diaz",
            "Courier",
            "2024-03-03",
        ),
        ("---\ntitle: Rain\ndate: 2024-03-03T10:00:00Z\n---\nIt rained.", "Rain", "", "", "2024-03-03"),
        ("Rain floods town\n\nLIMA, March 3, 2024 (Wire) - It rained.", "Rain floods town", "", "Wire", "2024-03-03"),
        ("It rained on Monday. The river rose.\n\nIt fell on Friday.", "", "", "", ""),
    ];
    for (text, title, byline, source, published) in cases {
        let article = read(&engine, text);
        let of = |field: &Option<String>| field.clone().unwrap_or_default();
        assert_eq!(of(&article.title), title, "{text}");
        assert_eq!(of(&article.byline), byline, "{text}");
        assert_eq!(of(&article.source), source, "{text}");
        assert_eq!(article.published.map(|p| p.day.to_string()).unwrap_or_default(), published, "{text}");
        assert!(article.text[article.head.body as usize..].starts_with("It rained"), "{text}");
    }
}

#[test]
fn publication_is_inferred_from_the_dates_that_are_spoken_of() {
    let engine = engine();
    let found = |text: &str| infer(&engine, text, "2026-11-23");
    assert_eq!(found("The mayor spoke on December 22. It rained.").as_deref(), Some("2025-12-22"));
    assert_eq!(found("The mayor spoke on 3 May 2019 and on 7 May 2019.").as_deref(), Some("2019-05-07"));
    assert_eq!(
        found("The mayor spoke on 3 May 2019. Voters go to the polls on 3 May 2031.").as_deref(),
        Some("2019-05-03")
    );
    assert_eq!(found("The leap race was run on February 29. It rained.").as_deref(), Some("2024-02-29"));
    assert_eq!(found("There will be a truce at Christmas. It rained."), None);
    assert_eq!(found("The mayor spoke on Monday. It rained."), None);
    let life = "He was born on 3 May 1710. He moved in 1730, married in 1741 and died on 4 June 1783.";
    assert_eq!(found(life), None);
}
