use std::io::Write;

use clap::Args as ClapArgs;

use super::disagreement::disagreements;
use super::output::{counted, sink};
use super::style::{bold, choice, wrapped};
use super::{Exit, Global};
use crate::export::{CsvStyle, clean, exporter, stance, when};
use crate::model::{Entry, EventId, Language, PlacePrecision};
use crate::store::Store;

/// Show all that is known of one event, with all its evidence
///
/// Example:
///   dateline show 12
#[derive(ClapArgs, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Number of the event, as `events` and `timeline` print it
    event: i64,
    /// The shape of the result
    #[arg(long, short, value_enum, default_value_t = super::output::Shape::Table)]
    format: super::output::Shape,
}

/// Prints one event.
pub fn run(args: &Args, global: &Global) -> anyhow::Result<Exit> {
    let store = Store::open_to_read(&global.db)?;
    let entry = store.entry(EventId(args.event))?;
    match args.format.format() {
        Some(format) => {
            let mut one = exporter(format, CsvStyle::default(), sink(None)?)?;
            one.entry(&entry)?;
            one.finish()?;
        }
        None => {
            let mut out = anstream::AutoStream::new(sink(None)?, choice(global));
            print_facts(&mut out, &entry)?;
            for (what, versions) in disagreements(&store.explain(EventId(args.event))?) {
                let text = clean(&format!("{what}: {}", versions.join(", "))).into_owned();
                writeln!(out, "{}", wrapped(&text, "  they differ ", "              "))?;
            }
            print_evidence(&mut out, &entry)?;
            out.flush()?;
        }
    }
    Ok(Exit::Ok)
}

/// Prints what is known of an event, a line for each field; what is not known has none.
pub fn print_facts(out: &mut dyn Write, entry: &Entry) -> anyhow::Result<()> {
    writeln!(out, "{}", bold(&wrapped(&format!("Event {}: {}", entry.id, clean(&entry.headline)), "", "  ")))?;
    let mut line = |name: &str, value: String| -> std::io::Result<()> {
        if value.is_empty() {
            Ok(())
        } else {
            writeln!(out, "{}", wrapped(&clean(&value), &format!("  {name:<12}"), "              "))
        }
    };
    line("when", when(entry.interval, entry.granularity))?;
    line("EDTF", entry.edtf.clone().unwrap_or_default())?;
    let mut basis = match entry.basis {
        crate::model::Basis::Stated => "stated in the article".to_owned(),
        crate::model::Basis::Anchored => "read relative to another date".to_owned(),
        crate::model::Basis::Narrative => "from the sentences before".to_owned(),
        crate::model::Basis::Published => "only the date of publication bounds it".to_owned(),
        crate::model::Basis::None => String::new(),
    };
    if entry.inferred {
        basis.push_str("; part of it was inferred, not said");
    }
    if entry.approximate {
        basis.push_str("; approximate");
    }
    line("date basis", basis)?;
    let mode = entry.mode.as_deref().map(|m| format!(", {m}")).unwrap_or_default();
    line("type", format!("{}{mode} ({})", entry.event_type, entry.event_type.family()))?;
    line("contexts", entry.contexts.iter().map(|c| c.as_str()).collect::<Vec<_>>().join(", "))?;
    for actor in &entry.actors {
        let about = [
            actor.kind.map(|k| k.to_string()),
            actor.country.map(|c| c.to_string()),
            actor.sector.map(|s| s.to_string()),
        ];
        let about: Vec<String> = about.into_iter().flatten().collect();
        let about = if about.is_empty() { String::new() } else { format!(" ({})", about.join(", ")) };
        line(actor.role.as_str(), format!("{}{about}", actor.name))?;
    }
    if let Some(place) = &entry.place {
        let region = place.region.clone().filter(|r| *r != place.name);
        let parts = [Some(place.name.clone()), region, place.country.map(|c| c.to_string())];
        let mut text = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        if let Some((lat, lon)) = place.lat.zip(place.lon) {
            text.push_str(&format!(" ({lat:.4}, {lon:.4})"));
        }
        let known = match place.precision {
            PlacePrecision::Unknown => "as the article calls it".to_owned(),
            precision => format!("known to the {precision}"),
        };
        line("place", format!("{text}, {known}"))?;
    }
    line("stance", stance(entry))?;
    line("aspect", entry.aspect.to_string())?;
    for (count, words) in &entry.counts {
        line(
            count.kind.as_str(),
            format!(
                "{}{} ({words})",
                count.low,
                match count.high {
                    Some(high) if high == count.low => String::new(),
                    Some(high) => format!(" to {high}"),
                    None => " or more".to_owned(),
                }
            ),
        )?;
    }
    line("confidence", format!("{:.2}", entry.confidence))?;
    let told = [(entry.sources, "source"), (entry.articles, "article"), (entry.mentions, "mention")];
    line("told by", told.map(|(n, what)| counted(n, what)).join(", "))?;
    Ok(())
}

fn print_evidence(out: &mut dyn Write, entry: &Entry) -> anyhow::Result<()> {
    for proof in &entry.evidence {
        writeln!(out)?;
        writeln!(out, "{}", wrapped(&format!("\"{}\"", clean(&proof.sentence)), "  ", "   "))?;
        writeln!(out, "{}", wrapped(&origin(proof), "    ", "    "))?;
    }
    Ok(())
}

/// The article of a piece of evidence in one line.
pub fn origin(proof: &crate::model::Evidence) -> String {
    let published = proof.published.map(|p| format!("published {} ({})", p.day, p.basis));
    let language =
        proof.language.filter(|l| *l != Language::ENGLISH).map(|l| format!("in {}", l.name().unwrap_or(l.as_str())));
    let parts = [
        proof.title.as_deref(),
        proof.source.as_deref(),
        published.as_deref(),
        language.as_deref(),
        proof.url.as_deref(),
    ];
    let from: Vec<_> = parts.into_iter().flatten().map(clean).collect();
    let gap = if from.is_empty() { "" } else { ": " };
    format!("article {}{gap}{}", proof.article, from.join(", "))
}
