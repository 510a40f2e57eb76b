//! `dateline dates`: the time expressions of a text.

use std::io::{BufRead, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args as ClapArgs, ValueEnum};

use super::{Exit, Global};
use crate::extract::times::{Times, find_times};
use crate::language::{Model, Parser, Syntax};
use crate::lexicon::{Data, TimeRules};
use crate::model::{Day, Note, Published, PublishedBasis, Span, Timex};
use crate::text::Document;

/// Find the time expressions of texts and say what each means.
#[derive(ClapArgs, Debug)]
#[command(after_long_help = "Examples:
  dateline dates article.txt --published 2024-03-06
  echo 'They met last Friday.' | dateline dates --published 2024-03-06 --format jsonl
  dateline dates --articles articles.jsonl > times.jsonl")]
pub struct Args {
    /// Text files; - is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    files: Vec<PathBuf>,
    /// The day the text was written (YYYY-MM-DD); without it, "Friday" has no date
    #[arg(long, value_name = "DATE")]
    published: Option<Day>,
    /// How to print them
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Read articles as JSON Lines ({"id", "text", "published"}) and print one line for each, with "times"
    #[arg(long)]
    articles: bool,
    /// Do without the language model: faster, but past and future are told apart less well
    #[arg(long)]
    plain: bool,
}

impl Args {
    fn syntax(&self, document: &Document<'_>) -> Option<Syntax> {
        (!self.plain).then(|| Model::embedded().parse(document))
    }
}

/// How time expressions are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Table,
    /// One JSON object for each expression, offsets in Unicode code points.
    Jsonl,
    /// The text with TIMEX3 tags.
    Timeml,
}

/// Runs the command.
pub fn run(args: &Args, global: &Global) -> anyhow::Result<Exit> {
    let data = global.data.clone().map_or(Data::BuiltIn, Data::Folder);
    let rules = TimeRules::load(&data)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut exit = Exit::Ok;
    for file in &args.files {
        let done =
            if args.articles { articles(file, args, &rules, &mut out) } else { one(file, args, &rules, &mut out) };
        match done {
            Ok(true) => {}
            Ok(false) => exit = Exit::Partly,
            Err(error) if super::exit::is_closed_pipe(&error) => return Ok(Exit::Ok),
            Err(error) if args.files.len() > 1 => {
                anstream::eprintln!("error: {error:#}");
                exit = Exit::Partly;
            }
            Err(error) => return Err(error),
        }
    }
    out.flush()?;
    Ok(exit)
}

fn open(file: &Path) -> anyhow::Result<Box<dyn BufRead>> {
    if file == Path::new("-") {
        return Ok(Box::new(std::io::stdin().lock()));
    }
    let opened = std::fs::File::open(file).with_context(|| format!("cannot open {}", file.display()))?;
    Ok(Box::new(std::io::BufReader::new(opened)))
}

fn given(day: Option<Day>, basis: PublishedBasis) -> Option<Published> {
    day.map(|day| Published { day, basis })
}

fn one(file: &Path, args: &Args, rules: &TimeRules, out: &mut impl Write) -> anyhow::Result<bool> {
    let mut text = String::new();
    open(file)?.read_to_string(&mut text).with_context(|| format!("cannot read {} as UTF-8 text", file.display()))?;
    let document = Document::of(&text);
    let syntax = args.syntax(&document);
    let Times { times, notes } =
        find_times(&document, syntax.as_ref(), given(args.published, PublishedBasis::Given), rules);
    match args.format {
        Format::Table => table(&text, &times, out)?,
        Format::Timeml => timeml(&text, &times, args.published, out)?,
        Format::Jsonl => {
            let mut points = Points::new(&text);
            for timex in &times {
                serde_json::to_writer(&mut *out, &object(&text, timex, &mut points))?;
                out.write_all(b"\n")?;
            }
        }
    }
    out.flush()?;
    tell(&notes);
    Ok(true)
}

/// Says on standard error what a person should know.
fn tell(notes: &[Note]) {
    for note in notes {
        anstream::eprintln!("note: {}", note.text);
    }
}

/// One article as the JSON Lines contract has it.
#[derive(serde::Deserialize)]
struct Line {
    #[serde(default)]
    id: serde_json::Value,
    text: String,
    published: Option<String>,
}

fn articles(file: &Path, args: &Args, rules: &TimeRules, out: &mut impl Write) -> anyhow::Result<bool> {
    let mut all_good = true;
    for line in open(file)?.lines() {
        let line = line.with_context(|| format!("cannot read {}", file.display()))?;
        if line.trim().is_empty() {
            continue;
        }
        let answer = match serde_json::from_str::<Line>(&line) {
            Ok(article) => {
                let day = article.published.as_deref().and_then(|d| d.get(..10)?.parse().ok()).or(args.published);
                let document = Document::of(&article.text);
                let syntax = args.syntax(&document);
                let published = given(day, PublishedBasis::Metadata);
                let found = find_times(&document, syntax.as_ref(), published, rules);
                let mut points = Points::new(&article.text);
                let times: Vec<_> = found.times.iter().map(|t| object(&article.text, t, &mut points)).collect();
                serde_json::json!({ "id": article.id, "text": article.text, "times": times })
            }
            Err(error) => {
                all_good = false;
                let id = serde_json::from_str::<serde_json::Value>(&line).ok().and_then(|v| v.get("id").cloned());
                serde_json::json!({ "id": id, "error": error.to_string() })
            }
        };
        serde_json::to_writer(&mut *out, &answer)?;
        out.write_all(b"\n")?;
    }
    Ok(all_good)
}

/// Turns byte offsets that only grow into code point offsets.
struct Points<'a> {
    text: &'a str,
    byte: usize,
    points: usize,
}

impl<'a> Points<'a> {
    fn new(text: &'a str) -> Points<'a> {
        Points { text, byte: 0, points: 0 }
    }

    fn at(&mut self, byte: usize) -> usize {
        if let Some(between) = self.text.get(self.byte..byte) {
            self.points += between.chars().count();
            self.byte = byte;
        }
        self.points
    }
}

#[derive(serde::Serialize)]
struct Object<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    value: &'a str,
    #[serde(rename = "mod", skip_serializing_if = "Option::is_none")]
    modifier: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    edtf: Option<&'a str>,
    from: Option<Day>,
    to: Option<Day>,
    granularity: &'static str,
    basis: &'static str,
    rule: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

fn object<'a>(text: &'a str, timex: &'a Timex, points: &mut Points<'_>) -> Object<'a> {
    let Span { start, end } = timex.span;
    Object {
        start: points.at(start as usize),
        end: points.at(end as usize),
        text: timex.span.of(text),
        kind: timex.kind.as_str(),
        value: &timex.value,
        modifier: timex.modifier.map(|m| m.as_str()),
        edtf: timex.edtf.as_deref(),
        from: timex.interval.and_then(|i| i.from()),
        to: timex.interval.and_then(|i| i.to()),
        granularity: timex.granularity.as_str(),
        basis: timex.basis.as_str(),
        rule: &timex.rule,
        note: timex.note.as_deref(),
    }
}

fn table(text: &str, times: &[Timex], out: &mut impl Write) -> anyhow::Result<()> {
    let mut table = comfy_table::Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_header(["words", "type", "value", "mod", "from", "to", "basis", "rule"]);
    for t in times {
        let day = |d: Option<Day>| d.map_or_else(String::new, |d| d.to_string());
        let words: String = t.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        table.add_row([
            words,
            t.kind.to_string(),
            t.value.clone(),
            t.modifier.map_or_else(String::new, |m| m.to_string()),
            day(t.interval.and_then(|i| i.from())),
            day(t.interval.and_then(|i| i.to())),
            t.basis.to_string(),
            t.rule.clone(),
        ]);
    }
    writeln!(out, "{table}")?;
    Ok(())
}

/// The text between TIMEX3 tags, escaped as XML.
fn timeml(text: &str, times: &[Timex], published: Option<Day>, out: &mut impl Write) -> anyhow::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TimeML>")?;
    if let Some(day) = published {
        writeln!(
            out,
            "<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"{day}\" functionInDocument=\"CREATION_TIME\">{day}</TIMEX3></DCT>"
        )?;
    }
    write!(out, "<TEXT>")?;
    let mut at = 0;
    for (i, t) in times.iter().enumerate() {
        let range = t.span.range();
        out.write_all(escape(text.get(at..range.start).unwrap_or_default()).as_bytes())?;
        write!(out, "<TIMEX3 tid=\"t{}\" type=\"{}\" value=\"{}\"", i + 1, t.kind, escape(&t.value))?;
        if let Some(modifier) = t.modifier {
            write!(out, " mod=\"{modifier}\"")?;
        }
        if let Some(anchor) = t.anchor {
            write!(out, " anchorTimeID=\"t{}\"", anchor + 1)?;
        }
        write!(out, ">{}</TIMEX3>", escape(t.span.of(text)))?;
        at = range.end;
    }
    writeln!(out, "{}</TEXT>\n</TimeML>", escape(text.get(at..).unwrap_or_default()))?;
    Ok(())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
