//! Whole articles with the events that are expected of them, one file each in tests/corpus.
//!
//! A file holds the article as a user would give it, or a line `article: data/articles/NAME` that names one, then a line `<!-- events -->`, then the table. `UPDATE=1 cargo test
//! --test corpus` writes the tables anew; they are to be reviewed as prose before they are committed.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use dateline::extract::{Engine, Lexicon};
use dateline::ingest::{infer, read_text};
use dateline::lexicon::Data;
use dateline::model::{Analysis, Article, Day, EventMention, Modality, Polarity, Role};

const MARK: &str = "\n<!-- events -->\n";

fn engine() -> Engine {
    Engine::new(Lexicon::load(&Data::BuiltIn).unwrap(), dateline::language::Model::embedded())
}

fn table(engine: &Engine, text: &str) -> String {
    let dates = |t: &str, day: Option<Day>| engine.dates(t, day);
    let mut article = read_text(text.to_owned(), &dates);
    if article.published.is_none() {
        infer(&mut article, "2026-11-01".parse().unwrap(), &dates);
    }
    let analysis = engine.analyse(&article);
    let mut out = String::new();
    let published = article.published.map_or("unknown".to_owned(), |p| format!("{} ({})", p.day, p.basis));
    let of = |text: &Option<String>| text.clone().unwrap_or_else(|| "unknown".into());
    writeln!(
        out,
        "\npublished: {published}; title: {}; by: {}; source: {}; place: {}\n",
        of(&article.title),
        of(&article.byline),
        of(&article.source),
        of(&article.place)
    )
    .unwrap();
    out.push_str("| when | type | headline | agent | patient | place | stance | says |\n");
    out.push_str("|---|---|---|---|---|---|---|---|\n");
    for event in &analysis.events {
        row(&mut out, event, &article, &analysis);
    }
    out
}

fn row(out: &mut String, event: &EventMention, article: &Article, analysis: &Analysis) {
    let of = |role: Role| {
        let names = event.participants.iter().filter(|p| p.role == role).map(|p| match p.actor {
            Some(actor) => analysis.actors[actor].name.clone(),
            None => format!("_{}_", p.span.of(&article.text)),
        });
        names.collect::<Vec<_>>().join("; ").replace('|', "/").replace('\n', " ")
    };
    let place = event
        .place
        .map(|p| &analysis.places[p].place)
        .map_or(String::new(), |p| p.country.map_or(p.name.clone(), |c| format!("{} ({c})", p.name)));
    let kind = match &event.mode {
        Some(mode) => format!("{}/{mode}", event.event_type),
        None => event.event_type.to_string(),
    };
    let mut stance = match event.modality {
        Modality::Asserted => String::new(),
        other => other.to_string(),
    };
    if event.polarity == Polarity::Negative {
        stance.push_str(" not");
    }
    let says = event.attribution.as_ref().map_or("", |a| a.span.of(&article.text)).replace('\n', " ");
    let when = event.when.edtf.clone().unwrap_or_else(|| "unknown".into());
    let inferred = if event.when.inferred { " (inferred)" } else { "" };
    writeln!(
        out,
        "| {when}{inferred} | {kind} | {} | {} | {} | {place} | {} | {says} |",
        event.headline.replace('|', "/"),
        of(Role::Agent),
        of(Role::Patient),
        stance.trim(),
    )
    .unwrap();
}

#[test]
fn articles_give_the_expected_events() {
    let engine = engine();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 8, "the corpus lies in {}", folder.display());
    let mut wrong = Vec::new();
    for file in files {
        let whole = fs::read_to_string(&file).unwrap();
        let (article, expected) = whole.split_once(MARK).unwrap_or((&whole, ""));
        let named = article.strip_prefix("article: ").map(|name| folder.join("../..").join(name.trim()));
        let got = match named {
            Some(path) => table(&engine, &fs::read_to_string(path).unwrap()),
            None => table(&engine, article),
        };
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&file, format!("{article}{MARK}{got}")).unwrap();
        } else if got != expected {
            let lost = expected.lines().filter(|l| !got.contains(l)).map(|l| format!("  - {l}"));
            let new = got.lines().filter(|l| !expected.contains(l)).map(|l| format!("  + {l}"));
            wrong.push(format!("{}\n{}", file.display(), lost.chain(new).collect::<Vec<_>>().join("\n")));
        }
    }
    assert!(wrong.is_empty(), "events differ (UPDATE=1 rewrites the tables):\n{}", wrong.join("\n"));
}
