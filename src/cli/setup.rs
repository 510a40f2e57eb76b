//! Commands about the program itself: what is in force, whether all is well, completions and manual pages.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args as ClapArgs, CommandFactory};

use super::{Exit, Global};
use crate::model::Article;
use crate::store::{SCHEMA_VERSION, Store};

/// Print the settings in force and where each comes from.
///
/// Example:
///   DATELINE_DB=news.db dateline config
#[derive(ClapArgs, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct ConfigArgs {}

/// Check the installation and the database.
///
/// Example:
///   dateline --db news.db doctor
#[derive(ClapArgs, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct DoctorArgs {}

/// Print a completion script for a shell.
///
/// Example:
///   dateline completions bash > ~/.local/share/bash-completion/completions/dateline
#[derive(ClapArgs, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct CompletionsArgs {
    /// The shell
    shell: clap_complete::Shell,
}

/// Write the manual pages, one a command, into a folder.
///
/// Example:
///   dateline man ~/.local/share/man/man1
#[derive(ClapArgs, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct ManArgs {
    /// The folder, which must be there
    folder: PathBuf,
}

/// Prints every setting with its source.
pub fn config(global: &Global) -> anyhow::Result<Exit> {
    let mut out = io::stdout().lock();
    let given = |flag: &str| std::env::args().any(|a| a == flag || a.starts_with(&format!("{flag}=")));
    let source = match (given("--db"), std::env::var_os("DATELINE_DB").is_some()) {
        (true, _) => "--db",
        (false, true) => "the environment variable DATELINE_DB",
        (false, false) => "default",
    };
    writeln!(out, "database  {}  ({source})", global.db.display())?;
    match &global.data {
        Some(folder) => writeln!(out, "data      {}  (--data)", folder.display())?,
        None => writeln!(out, "data      built in  (default)")?,
    }
    let clock = if global.now.is_some() { "--now" } else { "the clock" };
    writeln!(out, "today     {}  ({clock})", global.today())?;
    writeln!(out, "schema    {SCHEMA_VERSION}")?;
    Ok(Exit::Ok)
}

/// Says of each part whether it works; exit code 1 if one does not.
pub fn doctor(global: &Global) -> anyhow::Result<Exit> {
    let mut out = io::stdout().lock();
    let mut well = true;
    match global.engine() {
        Ok(engine) => {
            let lexicon = engine.lexicon();
            let rules = (lexicon.times.rules().len(), lexicon.events.rules().len());
            writeln!(out, "ok   rules: {} for time, {} for events", rules.0, rules.1)?;
            let probe = Article::from_text("The mayor resigned on 3 May 2019.");
            let works = engine.analyse(&probe).events.iter().any(|e| e.when.timex.is_some());
            well &= works;
            let word = if works { "ok   model: the analysis works" } else { "BAD  model: the analysis finds nothing" };
            writeln!(out, "{word}")?;
        }
        Err(error) => {
            well = false;
            writeln!(out, "BAD  rules: {error:#}")?;
        }
    }
    well &= database(&mut out, &global.db)?;
    Ok(if well { Exit::Ok } else { Exit::Failed })
}

fn database(out: &mut impl Write, path: &Path) -> io::Result<bool> {
    if !path.exists() {
        writeln!(out, "ok   database: {} is not there yet; dateline ingest makes it", path.display())?;
        return Ok(true);
    }
    match Store::open_to_read(path).and_then(|store| store.stats()) {
        Ok(stats) => {
            let name = path.display();
            writeln!(out, "ok   database: {name} holds {} articles and {} events", stats.articles, stats.events)?;
            Ok(true)
        }
        Err(error) => {
            writeln!(out, "BAD  database: {error}")?;
            Ok(false)
        }
    }
}

/// Prints the completion script.
pub fn completions(args: &CompletionsArgs) -> anyhow::Result<Exit> {
    clap_complete::generate(args.shell, &mut super::Cli::command(), "dateline", &mut io::stdout().lock());
    Ok(Exit::Ok)
}

/// Writes the manual pages.
pub fn man(args: &ManArgs) -> anyhow::Result<Exit> {
    let mut command = super::Cli::command();
    command.build();
    let mut pages = vec![("dateline".to_owned(), command.clone())];
    pages.extend(command.get_subcommands().map(|c| (format!("dateline-{}", c.get_name()), c.clone())));
    for (name, command) in pages {
        let path = args.folder.join(format!("{name}.1"));
        let mut page = Vec::new();
        clap_mangen::Man::new(command).title(name.to_uppercase()).render(&mut page)?;
        std::fs::write(&path, page).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(Exit::Ok)
}
