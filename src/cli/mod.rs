//! Floor 5: the command line. The terminal, the clock, the environment and `anyhow` live here and nowhere below.
//!
//! One file a command; each has an `Args` and a `run`.

mod alias;
mod dates;
mod decide;
mod demo;
mod diff;
mod digest;
mod disagreement;
mod events;
mod exit;
mod explain;
mod export;
mod extract;
mod filters;
mod import;
mod ingest;
mod link;
mod lists;
mod output;
mod pager;
mod parse;
mod related;
mod setup;
mod show;
mod source;
mod style;
mod terminal;
mod timeline;
mod upkeep;

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::Datelike;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::extract::{Engine, Lexicon};
use crate::lexicon::Data;
use crate::model::Day;
pub use exit::Exit;
pub use terminal::plain;

/// Version of the program and of the database schema that it writes.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), " (schema 18)");

const QUICK_START: &str =
    "dateline turns news articles into a timeline of dated events, each with the words that prove it.
  dateline demo                             see it work on bundled articles
  dateline ingest article.txt               read articles into ./dateline.db
  dateline timeline --actor Zelenskyy       ask who, where, when; explain N shows why
  dateline export csv -o timeline.csv       take it with you; dateline --help lists everything";

/// Turn news articles into a timeline of dated events, each with the words that prove it.
#[derive(Parser)]
#[command(name = "dateline", version = VERSION, arg_required_else_help = false, disable_help_subcommand = true)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Flags that every command takes.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Options of every command")]
pub struct Global {
    /// The database file
    #[arg(long, global = true, value_name = "FILE", env = "DATELINE_DB", default_value = "dateline.db")]
    pub db: PathBuf,
    /// Rules and word lists to use instead of the built-in ones
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The day to take as today (YYYY-MM-DD), for reproducible runs
    #[arg(long, global = true, value_name = "DATE")]
    pub now: Option<crate::model::Day>,
    /// Say less on standard error
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more on standard error; twice for details
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// Never through a pager: $PAGER, else less, for what goes to a terminal
    #[arg(long, global = true)]
    pub no_pager: bool,
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto)]
    pub color: Colour,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal that has them.
    Auto,
    /// Also into pipes and files.
    Always,
    /// Not at all.
    Never,
}

impl Global {
    /// Today: the day given by `--now`, else the calendar of this machine.
    pub fn today(&self) -> Day {
        let now = chrono::Local::now();
        self.now.or_else(|| Day::from_ymd(now.year(), now.month(), now.day())).unwrap_or(Day::MAX)
    }

    /// Now, in seconds since 1970-01-01 00:00 UTC; midnight of the day given by `--now`.
    pub fn seconds(&self) -> i64 {
        self.now.map_or_else(|| chrono::Utc::now().timestamp(), |day| i64::from(day.number()) * 86_400)
    }

    /// The rules and word lists: the built-in ones, or those of `--data`.
    pub fn data(&self) -> Data {
        self.data.clone().map_or(Data::BuiltIn, Data::Folder)
    }

    /// The analysis, ready to run.
    pub fn engine(&self) -> anyhow::Result<Engine> {
        Ok(Engine::new(Lexicon::load(&self.data())?, crate::language::Model::embedded()))
    }
}

#[derive(Subcommand)]
enum Command {
    Ingest(ingest::IngestArgs),
    Import(import::Args),
    Extract(extract::ExtractArgs),
    Link(link::LinkArgs),
    Dates(dates::Args),
    Parse(parse::ParseArgs),
    Timeline(timeline::Args),
    Events(events::Args),
    Show(show::Args),
    Explain(explain::Args),
    Related(related::Args),
    Actors(lists::ActorsArgs),
    Places(lists::PlacesArgs),
    Articles(lists::ArticlesArgs),
    Stats(lists::StatsArgs),
    Export(export::Args),
    Merge(decide::MergeArgs),
    Split(decide::SplitArgs),
    Alias(alias::Args),
    Check(upkeep::CheckArgs),
    Backup(upkeep::BackupArgs),
    Optimize(upkeep::OptimizeArgs),
    Demo(demo::Args),
    Config(setup::ConfigArgs),
    Doctor(setup::DoctorArgs),
    Completions(setup::CompletionsArgs),
    Man(setup::ManArgs),
}

/// The whole command line, for manual pages, completions and the tests of the documents.
pub fn command() -> clap::Command {
    let mut command = <Cli as clap::CommandFactory>::command();
    command.build();
    command
}

/// Runs the program on the arguments of the process and returns its exit code.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are asked for, not failed; a closed pipe must not turn them into one.
            let code = if error.use_stderr() { Exit::Usage } else { Exit::Ok };
            let _ = error.print();
            return code.into();
        }
    };
    match run(cli) {
        Ok(exit) => exit.into(),
        Err(error) => {
            if exit::is_closed_pipe(&error) {
                return Exit::Ok.into();
            }
            anstream::eprintln!("error: {error:#}");
            Exit::Failed.into()
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<Exit> {
    let global = cli.global;
    pager::set(global.no_pager);
    match cli.command {
        None => {
            anstream::println!("{QUICK_START}");
            Ok(Exit::Ok)
        }
        Some(Command::Ingest(args)) => ingest::run(args, &global),
        Some(Command::Import(args)) => import::run(&args, &global),
        Some(Command::Extract(args)) => extract::run(args, &global),
        Some(Command::Link(args)) => link::run(args, &global),
        Some(Command::Dates(args)) => dates::run(&args, &global),
        Some(Command::Parse(args)) => parse::run(&args),
        Some(Command::Timeline(args)) => timeline::run(&args, &global),
        Some(Command::Events(args)) => events::run(&args, &global),
        Some(Command::Show(args)) => show::run(&args, &global),
        Some(Command::Explain(args)) => explain::run(&args, &global),
        Some(Command::Related(args)) => related::run(&args, &global),
        Some(Command::Actors(args)) => lists::actors(&args, &global),
        Some(Command::Places(args)) => lists::places(&args, &global),
        Some(Command::Articles(args)) => lists::articles(&args, &global),
        Some(Command::Stats(args)) => lists::stats(&args, &global),
        Some(Command::Export(args)) => export::run(&args, &global),
        Some(Command::Merge(args)) => decide::merge(&args, &global),
        Some(Command::Split(args)) => decide::split(&args, &global),
        Some(Command::Alias(args)) => alias::run(&args, &global),
        Some(Command::Check(args)) => upkeep::check(&args, &global),
        Some(Command::Backup(args)) => upkeep::backup(&args, &global),
        Some(Command::Optimize(args)) => upkeep::optimize(&args, &global),
        Some(Command::Demo(args)) => demo::run(&args, &global),
        Some(Command::Config(_)) => setup::config(&global),
        Some(Command::Doctor(_)) => setup::doctor(&global),
        Some(Command::Completions(args)) => setup::completions(&args),
        Some(Command::Man(args)) => setup::man(&args),
    }
}
