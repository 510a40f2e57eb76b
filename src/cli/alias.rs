use clap::Args as ClapArgs;

use super::{Exit, Global};
use crate::store::Store;

/// Say that a name means an actor, or that it does not.
///
/// It holds for searches at once, for every article that is ingested later, and through every new analysis.
///
/// Examples:
///   dateline alias "Zelensky" "Volodymyr Zelenskyy"
///   dateline alias --not "Washington" "George Washington"
#[derive(ClapArgs, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The name
    name: String,
    /// The actor, by the canonical name or another one
    actor: String,
    /// The name does not mean this actor
    #[arg(long)]
    not: bool,
}

/// Notes down what a person decided about a name.
pub fn run(args: &Args, global: &Global) -> anyhow::Result<Exit> {
    // Opened to read first: a database that does not exist is not made for this.
    drop(Store::open_to_read(&global.db)?);
    Store::open(&global.db)?.correct_alias(&args.name, &args.actor, !args.not, global.seconds())?;
    Ok(Exit::Ok)
}
