//! `dateline parse`: shows what the language model sees.

use std::io::{Read, Write};
use std::path::PathBuf;

use anyhow::Context;

use super::Exit;
use crate::language::conllu::{self, Sheet};
use crate::language::{Model, Parser};
use crate::text::Document;

/// Show words, tags, heads, names and coreference of a text as CoNLL-U
///
/// Reads plain text and writes CoNLL-U, the format of Universal Dependencies. Names stand in the last column as
/// Name=B-PER, places in the text as TokenRange=START:END in code points. Phrases that speak of the same thing have one
/// number in brackets, Entity=(1 at their first and Entity=1) at their last word, as in GUM.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "Examples:
  dateline parse article.txt
  echo 'Talks stalled in Geneva.' | dateline parse
  dateline parse --tokens treebank.conllu > parsed.conllu")]
pub struct ParseArgs {
    /// Text files; - or nothing is standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The input is CoNLL-U with tokens; fill in the rest
    #[arg(long)]
    tokens: bool,
}

pub fn run(args: &ParseArgs) -> anyhow::Result<Exit> {
    let stdin = [PathBuf::from("-")];
    let files = if args.files.is_empty() { &stdin[..] } else { &args.files };
    let model = Model::embedded();
    let mut out = std::io::stdout().lock();
    for file in files {
        let from_stdin = file.as_os_str() == "-";
        let mut bytes = Vec::new();
        if from_stdin {
            std::io::stdin().lock().read_to_end(&mut bytes).context("standard input")?;
        } else {
            bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
        }
        let text = String::from_utf8_lossy(&bytes);
        let name = file.to_string_lossy();
        let written = if args.tokens {
            let sheet = Sheet::read(&text).with_context(|| name.clone().into_owned())?;
            sheet.write(&sheet.parse(model))
        } else {
            let document = Document::of(&text);
            conllu::write(&document, &model.parse(&document), (!from_stdin).then_some(&*name))
        };
        out.write_all(written.as_bytes())?;
    }
    out.flush()?;
    Ok(Exit::Ok)
}
