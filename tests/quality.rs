//! Scores on a small gold file of our own. A line without a known miss must be right in every field; a line with one must
//! still miss, so that what gets better is noticed and its reason taken out.

use std::fs;
use std::path::Path;

use dateline::extract::{Engine, Lexicon};
use dateline::language::Model;
use dateline::lexicon::Data;
use dateline::model::{Article, EventMention, EventType, Polarity, Published, PublishedBasis, Role};

const FIELDS: [&str; 6] = ["trigger", "type", "agent", "patient", "when", "stance"];

struct Gold<'a> {
    sentence: &'a str,
    fields: Vec<&'a str>,
    miss: &'a str,
}

fn right(event: &EventMention, text: &str, gold: &Gold<'_>) -> Vec<bool> {
    let who = |role: Role, asked: &str| {
        let found: Vec<&str> = event.participants.iter().filter(|p| p.role == role).map(|p| p.span.of(text)).collect();
        if asked.is_empty() { true } else { found.iter().any(|f| f.contains(asked)) }
    };
    let stance = match event.polarity {
        Polarity::Positive => event.modality.to_string(),
        Polarity::Negative => format!("{} not", event.modality),
    };
    vec![
        event.trigger.span.of(text) == gold.fields[0],
        event.event_type.as_str() == gold.fields[1],
        who(Role::Agent, gold.fields[2]),
        who(Role::Patient, gold.fields[3]) || !gold.fields[3].is_empty() && who(Role::Recipient, gold.fields[3]),
        event.when.edtf.as_deref().unwrap_or_default() == gold.fields[4],
        stance == gold.fields[5],
    ]
}

#[test]
fn clauses_are_understood_as_well_as_before() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quality/clauses.tsv");
    let file = fs::read_to_string(path).unwrap();
    let rows = file.lines().filter(|l| !l.starts_with('#')).skip(1);
    let gold: Vec<Gold<'_>> = rows
        .map(|row| {
            let cells: Vec<&str> = row.split('\t').collect();
            assert_eq!(cells.len(), 8, "{row}");
            Gold { sentence: cells[0], fields: cells[1..7].to_vec(), miss: cells[7] }
        })
        .collect();
    let engine = Engine::new(Lexicon::load(&Data::BuiltIn).unwrap(), Model::embedded());
    let mut score = [0usize; FIELDS.len()];
    let mut wrong = Vec::new();
    for line in &gold {
        let mut article = Article::from_text(line.sentence);
        article.published = Some(Published { day: "2024-05-15".parse().unwrap(), basis: PublishedBasis::Given });
        let analysis = engine.analyse(&article);
        let found = analysis.events.iter().find(|e| e.trigger.span.of(line.sentence) == line.fields[0]);
        let fields = found.map_or(vec![false; FIELDS.len()], |e| right(e, line.sentence, line));
        for (count, ok) in score.iter_mut().zip(&fields) {
            *count += usize::from(*ok);
        }
        let all = fields.iter().all(|f| *f);
        if all && !line.miss.is_empty() {
            wrong.push(format!("{}\n  is right now: take its reason out", line.sentence));
        } else if !all && line.miss.is_empty() {
            let missed: Vec<&str> = FIELDS.iter().zip(&fields).filter(|(_, ok)| !**ok).map(|(f, _)| *f).collect();
            let got = found.map(|e| {
                let who: Vec<String> =
                    e.participants.iter().map(|p| format!("{} {}", p.role, p.span.of(line.sentence))).collect();
                format!("{} {:?} {} {} [{}]", e.event_type, e.when.edtf, e.modality, e.polarity, who.join("; "))
            });
            wrong.push(format!(
                "{}\n  wrong: {}; got {}",
                line.sentence,
                missed.join(", "),
                got.unwrap_or("no event".into())
            ));
        }
    }
    for (field, count) in FIELDS.iter().zip(score) {
        println!("{field}: {count} of {}", gold.len());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Lists, recipes, tables, verse and code tell of next to nothing: so many events a thousand words are found at most, and none on
/// a day. `cargo test --test quality lists -- --nocapture` prints how many.
#[test]
fn lists_hold_few_events() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quality/lists");
    let engine = Engine::new(Lexicon::load(&Data::BuiltIn).unwrap(), Model::embedded());
    let (mut words, mut events, mut typed, mut files) = (0, 0, 0, 0);
    for file in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        words += text.split_whitespace().count();
        let mut article = Article::from_text(&text);
        article.published = Some(Published { day: "2024-05-15".parse().unwrap(), basis: PublishedBasis::Given });
        let analysis = engine.analyse(&article);
        events += analysis.events.len();
        typed += analysis.events.iter().filter(|e| e.event_type != EventType::Other).count();
        let dated: Vec<&str> =
            analysis.events.iter().filter(|e| e.when.interval.length().is_some()).map(|e| &*e.headline).collect();
        assert!(dated.is_empty(), "{dated:?}");
        files += 1;
    }
    println!("{files} files of {words} words: {events} events, {typed} with a type");
    assert!(files >= 5 && words > 500, "the folder is not what it was");
    assert!(events * 1000 <= words * 30, "{events} events in {words} words");
    assert!(typed * 1000 <= words * 4, "{typed} typed events in {words} words");
}
