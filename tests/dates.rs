//! The dates of events in small articles of our own, one for each way in which a date reaches an event.

use std::fs;
use std::path::Path;

use dateline::extract::{Engine, Lexicon};
use dateline::language::Model;
use dateline::lexicon::Data;
use dateline::model::{Article, Basis, Published, PublishedBasis};

#[test]
fn dates_reach_their_events() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dates/articles.tsv");
    let file = fs::read_to_string(path).unwrap();
    let engine = Engine::new(Lexicon::load(&Data::BuiltIn).unwrap(), Model::embedded());
    let mut wrong = Vec::new();
    for row in file.lines().filter(|l| !l.starts_with('#')) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [published, text, trigger, date, about] = cells[..] else { panic!("{row}: five columns expected") };
        let mut article = Article::from_text(text);
        article.published = Some(Published { day: published.parse().unwrap(), basis: PublishedBasis::Given });
        let analysis = engine.analyse(&article);
        let event = analysis.events.iter().rev().find(|e| e.trigger.span.of(text) == trigger);
        let found = event.map(|e| e.when.edtf.as_deref().unwrap_or("-"));
        if found != Some(date) {
            let rule = event.and_then(|e| e.reasons.iter().find(|r| r.field == "when")).map(|r| &*r.rule);
            wrong.push(format!("{about}: {trigger} {date}, found {found:?} by {rule:?}\n  {text}"));
        }
        // No basis without a date, no date without a basis.
        for event in &analysis.events {
            assert_eq!(event.when.interval.is_unknown(), event.when.basis == Basis::None, "{text}");
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
