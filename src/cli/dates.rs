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
use crate::time::{Bounds, Qualifier};

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
    let found = find_times(&document, syntax.as_ref(), given(args.published, PublishedBasis::Given), rules);
    match args.format {
        Format::Table => table(&text, &found.times, out)?,
        Format::Timeml => timeml(&text, &found, args.published, out)?,
        Format::Jsonl => {
            for object in objects(&text, &found) {
                serde_json::to_writer(&mut *out, &object)?;
                out.write_all(b"\n")?;
            }
        }
    }
    out.flush()?;
    tell(&found.notes);
    if args.format == Format::Table {
        tell_more(&text, &found.times, args.published);
    }
    Ok(true)
}

/// Says what was assumed of the dates of a table, and how the others could be placed.
fn tell_more(text: &str, times: &[Timex], published: Option<Day>) {
    for timex in times.iter().filter(|t| t.interval.is_some()) {
        if let Some(note) = &timex.note {
            let words: String = timex.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
            anstream::eprintln!("note: \"{words}\": {note}");
        }
    }
    let waiting = times.iter().filter(|t| t.interval.is_none() && t.note.is_some() && published.is_none()).count();
    if waiting > 0 {
        anstream::eprintln!("note: {waiting} not placed; --published DATE says when the text was written");
    }
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
                let times = objects(&article.text, &found);
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
    /// Earliest and latest day on which what it dates can have begun.
    #[serde(skip_serializing_if = "Option::is_none")]
    begins: Option<[Option<Day>; 2]>,
    /// Earliest and latest day on which it can have ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    ends: Option<[Option<Day>; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    qualifier: Option<&'static str>,
    granularity: &'static str,
    basis: &'static str,
    rule: &'a str,
    /// The expression that it was read from, counted from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    anchor: Option<usize>,
    /// The expression that ends the range which this one begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

/// The time expressions of a text as they are printed.
fn objects<'a>(text: &'a str, found: &'a Times) -> Vec<Object<'a>> {
    let mut points = Points::new(text);
    found.times.iter().zip(&found.bounds).map(|(t, b)| object(text, t, *b, &mut points)).collect()
}

fn object<'a>(text: &'a str, timex: &'a Timex, bounds: Option<Bounds>, points: &mut Points<'_>) -> Object<'a> {
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
        begins: bounds.map(|b| [b.earliest_begin, b.latest_begin]),
        ends: bounds.map(|b| [b.earliest_end, b.latest_end]),
        qualifier: bounds.and_then(|b| match b.qualifier {
            Qualifier::None => None,
            Qualifier::Uncertain => Some("uncertain"),
            Qualifier::Approximate => Some("about"),
            Qualifier::Both => Some("about, uncertain"),
        }),
        granularity: timex.granularity.as_str(),
        basis: timex.basis.as_str(),
        rule: &timex.rule,
        anchor: timex.anchor,
        until: timex.until,
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
fn timeml(text: &str, found: &Times, published: Option<Day>, out: &mut impl Write) -> anyhow::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TimeML>")?;
    if let Some(day) = published {
        writeln!(
            out,
            "<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"{day}\" functionInDocument=\"CREATION_TIME\">{day}</TIMEX3></DCT>"
        )?;
    }
    write!(out, "<TEXT>")?;
    let mut at = 0;
    for (i, t) in found.times.iter().enumerate() {
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
