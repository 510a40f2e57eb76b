use std::io::Write;

use clap::Args as ClapArgs;

use super::output::sink;
use super::show::{origin, print_facts};
use super::style::{choice, wrapped};
use super::{Exit, Global};
use crate::export::clean;
use crate::model::{Entry, EventId, ExplainedMention, ExplainedTime, Interval, Words};
use crate::store::Store;

/// Explain an event: the words that tell of it, the rules that read them, and how its date was reasoned
///
/// Example:
///   dateline explain 12
#[derive(ClapArgs, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Number of the event, as `events` and `timeline` print it
    event: i64,
}

/// Prints why an event is believed.
pub fn run(args: &Args, global: &Global) -> anyhow::Result<Exit> {
    let why = Store::open_to_read(&global.db)?.explain(EventId(args.event))?;
    let mut out = anstream::AutoStream::new(sink(None)?, choice(global));
    print_facts(&mut out, &why.entry)?;
    for mention in &why.mentions {
        print_mention(&mut out, &why.entry, mention)?;
    }
    out.flush()?;
    Ok(Exit::Ok)
}

fn print_mention(out: &mut dyn Write, entry: &Entry, mention: &ExplainedMention) -> anyhow::Result<()> {
    writeln!(out)?;
    writeln!(out, "{}", wrapped(&marked(mention), "  ", "  "))?;
    if let Some(proof) = entry.evidence.get(mention.evidence) {
        writeln!(out, "{}", wrapped(&origin(proof), "  ", "    "))?;
    }
    let mut line = |name: &str, text: String| {
        writeln!(out, "{}", wrapped(&clean(&text), &format!("    {name:<12}"), "                "))
    };
    if let Some(proof) = entry.evidence.get(mention.evidence) {
        line("mention", format!("{}:{}", proof.article, mention.number))?;
    }
    line("trigger", quoted(&mention.trigger))?;
    for (i, time) in mention.times.iter().enumerate() {
        line(if i == 0 { "date" } else { "  read from" }, reading(time))?;
    }
    for (role, words, name, rule) in &mention.participants {
        let is = name.as_ref().map_or("no known actor".to_owned(), |n| format!("is {n}"));
        line(role.as_str(), format!("{} {is}, by rule {rule}", quoted(words)))?;
    }
    if let Some((words, name, rule)) = &mention.place {
        line("place", format!("{} is {name}, by rule {rule}", quoted(words)))?;
    }
    if let Some(words) = &mention.attribution {
        line("speaker", quoted(words))?;
    }
    for (kind, words) in &mention.counts {
        line(kind.as_str(), quoted(words))?;
    }
    for (field, rule, words) in &mention.reasons {
        let saw = words.as_ref().map_or(String::new(), |w| format!(", which saw {}", quoted(w)));
        line("because", format!("{field}: {rule}{saw}"))?;
    }
    Ok(())
}

fn quoted(words: &Words) -> String {
    format!("\"{}\"", words.text)
}

fn reading(time: &ExplainedTime) -> String {
    let days = match time.interval {
        None => "no day".to_owned(),
        Some(i) if i == Interval::UNKNOWN => "no day".to_owned(),
        Some(i) => {
            let end = |d: Option<crate::model::Day>| d.map_or("..".to_owned(), |d| d.to_string());
            if i.length() == Some(1) { end(i.from()) } else { format!("{} to {}", end(i.from()), end(i.to())) }
        }
    };
    let note = time.note.as_ref().map_or(String::new(), |n| format!("; {n}"));
    let until = time.until.as_ref().map_or(String::new(), |w| format!(" to {}", quoted(w)));
    format!("{}{until} is {} ({days}), {}, by rule {}{note}", quoted(&time.words), time.value, time.basis, time.rule)
}

/// The sentence with the words in brackets that mattered: `[trigger captured]`. Where two overlap, the first is marked.
fn marked(mention: &ExplainedMention) -> String {
    let mut marks: Vec<(&Words, &str)> = vec![(&mention.trigger, "trigger")];
    marks.extend(mention.times.first().map(|t| (&t.words, "date")));
    marks.extend(mention.participants.iter().map(|(role, words, ..)| (words, role.as_str())));
    marks.extend(mention.place.as_ref().map(|(words, ..)| (words, "place")));
    marks.extend(mention.attribution.as_ref().map(|words| (words, "speaker")));
    // The trigger comes first where it overlaps another; else the order is that of the text.
    let mut chosen: Vec<(&Words, &str)> = Vec::new();
    for mark in marks {
        let inside = mention.sentence.span.contains(mark.0.span) && !mark.0.span.is_empty();
        if inside && chosen.iter().all(|(words, _)| !words.span.overlaps(mark.0.span)) {
            chosen.push(mark);
        }
    }
    chosen.sort_by_key(|(words, _)| words.span);
    let start = mention.sentence.span.start as usize;
    let (mut text, mut done) = (String::new(), 0);
    for (words, name) in chosen {
        let (from, to) = (words.span.start as usize - start, words.span.end as usize - start);
        text.push_str(mention.sentence.text.get(done..from).unwrap_or_default());
        text.push_str(&format!("[{name} {}]", words.text));
        done = to;
    }
    text.push_str(mention.sentence.text.get(done..).unwrap_or_default());
    clean(&text).into_owned()
}
