use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::{Exit, Global, timeline};
use crate::ingest::{parse_line, read_text};
use crate::link;
use crate::model::{Article, Day, Filter};
use crate::store::{Saving, Store};

/// Ingest the bundled articles into a new database and print the timeline: a look at everything in a second
///
/// Example:
///   dateline demo && dateline --db dateline-demo.db explain 1
#[derive(ClapArgs, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The database to make; one that is there already only gets what it lacks
    #[arg(value_name = "FILE", default_value = "dateline-demo.db")]
    file: PathBuf,
}

/// The articles of `data/articles`, by name.
pub const ARTICLES: &[(&str, &str)] = &[
    ("01-kyiv-press-conference.txt", include_str!("../../data/articles/01-kyiv-press-conference.txt")),
    ("02-sumy-village.txt", include_str!("../../data/articles/02-sumy-village.txt")),
    ("03-kremlin-briefing.md", include_str!("../../data/articles/03-kremlin-briefing.md")),
    ("04-poland-election.txt", include_str!("../../data/articles/04-poland-election.txt")),
    ("05-trial-paris.txt", include_str!("../../data/articles/05-trial-paris.txt")),
    ("06-turkey-earthquake.txt", include_str!("../../data/articles/06-turkey-earthquake.txt")),
    ("07-bank-merger.md", include_str!("../../data/articles/07-bank-merger.md")),
    ("08-world-cup-final.txt", include_str!("../../data/articles/08-world-cup-final.txt")),
    ("09-hong-kong-protest.txt", include_str!("../../data/articles/09-hong-kong-protest.txt")),
    ("10-treaty-of-rome.txt", include_str!("../../data/articles/10-treaty-of-rome.txt")),
    ("11-euler.md", include_str!("../../data/articles/11-euler.md")),
    ("12-caesar.txt", include_str!("../../data/articles/12-caesar.txt")),
    ("13-port-strike.txt", include_str!("../../data/articles/13-port-strike.txt")),
    ("14-chandrayaan.txt", include_str!("../../data/articles/14-chandrayaan.txt")),
    ("15-flood.jsonl", include_str!("../../data/articles/15-flood.jsonl")),
];

/// Runs the command.
pub fn run(args: &Args, global: &Global) -> anyhow::Result<Exit> {
    let engine = global.engine()?;
    let mut store = Store::open(&args.file)?;
    let saving = Saving { ingested_at: global.seconds(), replace: false, linker: Some(&link::choose) };
    let dates = |text: &str, day: Option<Day>| engine.dates(text, day);
    let mut articles: Vec<Article> = Vec::new();
    for (name, text) in ARTICLES {
        let mut read: Vec<Article> = if name.ends_with(".jsonl") {
            text.lines().filter_map(|line| parse_line(line, &dates).ok()).collect()
        } else {
            vec![read_text((*text).to_owned(), &dates)]
        };
        for article in &mut read {
            article.origin = Some(format!("demo/{name}"));
        }
        articles.append(&mut read);
    }
    for article in &articles {
        store.save(article, &engine.analyse(article), &saving)?;
    }
    drop(store);
    let store = Store::open_to_read(&args.file)?;
    timeline::print(&store, &Filter { limit: Some(u64::MAX - 1), ..Filter::default() }, false, global)?;
    if !global.quiet {
        let file = args.file.display();
        anstream::eprintln!(
            "\n{} articles are in {file}. Try:\n  dateline --db {file} timeline --actor Zelenskyy --sources\n  \
             dateline --db {file} events --type ELECT,VERDICT\n  dateline --db {file} export csv -o timeline.csv",
            articles.len()
        );
    }
    Ok(Exit::Ok)
}
