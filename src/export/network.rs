//! Who acts with whom, for Gephi: a table of edges that streams, and GEXF 1.3 with weights and times.
//!
//! An edge goes from each agent of an event to each patient and recipient; agents that act together have an edge
//! without direction. Events with fewer than two actors have none.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::csv::Cells;
use super::losses::Losses;
use super::markup::escaped;
use super::words::clean;
use super::{CsvStyle, Setting};
use crate::model::{ActorId, Day, Entry, EntryActor, EventType, Role};

const COLUMNS: [&str; 14] = [
    "Source",
    "Target",
    "Type",
    "Weight",
    "Label",
    "Timeset",
    "source_id",
    "target_id",
    "event_id",
    "start",
    "end",
    "polarity",
    "modality",
    "origin",
];
const ALONE: &str = "fewer than two actors, so nobody acts with anybody";
/// An event of many actors gives so many edges at most: their number is a square.
const MOST: usize = 400;
const TOO_MANY: &str = "more than 400 pairs of actors: the first 400 are written";

/// The pairs of an event: who, with whom, and whether the one acts on the other.
fn pairs<'a>(entry: &'a Entry, losses: &mut Losses) -> Vec<(&'a EntryActor, &'a EntryActor, bool)> {
    let mut found: Vec<(&EntryActor, &EntryActor, bool)> = Vec::new();
    let agents: Vec<&EntryActor> = entry.actors.iter().filter(|a| a.role == Role::Agent).collect();
    let targets = entry.actors.iter().filter(|a| matches!(a.role, Role::Patient | Role::Recipient));
    let acts = targets.flat_map(|t| agents.iter().map(move |a| (*a, t, true)));
    let together = agents.iter().enumerate().flat_map(|(i, a)| agents[..i].iter().map(move |b| (*b, *a, false)));
    for pair in acts.chain(together).filter(|(a, b, _)| a.id != b.id) {
        if found.len() == MOST {
            losses.coarsen(TOO_MANY);
            break;
        }
        found.push(pair);
    }
    if found.is_empty() {
        losses.skip(ALONE);
    }
    found
}

pub(super) struct Edges<'a> {
    out: Cells<'a>,
    losses: Losses,
}

impl<'a> Edges<'a> {
    pub fn new(out: Box<dyn Write + 'a>, style: CsvStyle) -> io::Result<Edges<'a>> {
        Ok(Edges { out: Cells::new(out, style, &COLUMNS)?, losses: Losses::none() })
    }
}

impl super::Exporter for Edges<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let day = |day: Option<Day>| day.map_or(String::new(), |d| d.to_string());
        let (start, end) = (day(entry.interval.from()), day(entry.interval.to()));
        let both = [&start, &end].iter().all(|side| !side.is_empty());
        for (a, b, directed) in pairs(entry, &mut self.losses) {
            self.out.row([
                clean(&a.name).into_owned(),
                clean(&b.name).into_owned(),
                if directed { "Directed" } else { "Undirected" }.to_owned(),
                "1".to_owned(),
                entry.event_type.to_string(),
                if both { format!("<[{start},{end}]>") } else { String::new() },
                a.id.to_string(),
                b.id.to_string(),
                entry.id.to_string(),
                start.clone(),
                end.clone(),
                entry.polarity.to_string(),
                entry.modality.to_string(),
                entry.origin.to_string(),
            ])?;
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn losses(&self) -> &Losses {
        &self.losses
    }
}

/// Nodes stand before edges, and edges have weights: this one keeps the actors and their pairs, not the events.
pub(super) struct Gexf<'a> {
    out: Box<dyn Write + 'a>,
    title: String,
    nodes: BTreeMap<ActorId, Node>,
    edges: BTreeMap<(ActorId, ActorId, EventType, bool), Edge>,
    losses: Losses,
}

struct Node {
    name: String,
    kind: &'static str,
    country: String,
}

#[derive(Default)]
struct Edge {
    weight: u64,
    first: Option<Day>,
    last: Option<Day>,
}

impl<'a> Gexf<'a> {
    pub fn new(out: Box<dyn Write + 'a>, setting: &Setting<'_>) -> Gexf<'a> {
        let title = setting.title.to_owned();
        Gexf { out, title, nodes: BTreeMap::new(), edges: BTreeMap::new(), losses: Losses::none() }
    }
}

impl super::Exporter for Gexf<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        // A weight counts facts and nothing else.
        if !self.losses.as_a_fact(entry) {
            return Ok(());
        }
        for (a, b, directed) in pairs(entry, &mut self.losses) {
            for actor in [a, b] {
                self.nodes.entry(actor.id).or_insert_with(|| Node {
                    name: actor.name.clone(),
                    kind: actor.kind.map_or("", |k| k.as_str()),
                    country: actor.country.map(|c| c.to_string()).unwrap_or_default(),
                });
            }
            let key = if directed || a.id < b.id { (a.id, b.id) } else { (b.id, a.id) };
            let edge = self.edges.entry((key.0, key.1, entry.event_type, directed)).or_default();
            edge.weight += 1;
            let (from, to) = (entry.interval.from(), entry.interval.to());
            edge.first = [edge.first, from.or(to)].into_iter().flatten().min();
            edge.last = [edge.last, to.or(from)].into_iter().flatten().max();
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        let out = &mut self.out;
        writeln!(
            out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n\
             <meta><creator>dateline</creator><description>{}</description></meta>\n\
             <graph mode=\"dynamic\" timeformat=\"date\" defaultedgetype=\"directed\">\n\
             <attributes class=\"node\"><attribute id=\"kind\" title=\"kind\" type=\"string\"/>\
             <attribute id=\"country\" title=\"country\" type=\"string\"/></attributes>\n\
             <attributes class=\"edge\"><attribute id=\"type\" title=\"event_type\" type=\"string\"/></attributes>\n<nodes>",
            escaped(&self.title)
        )?;
        for (id, node) in &self.nodes {
            writeln!(
                out,
                "<node id=\"{id}\" label=\"{}\"><attvalues><attvalue for=\"kind\" value=\"{}\"/>\
                 <attvalue for=\"country\" value=\"{}\"/></attvalues></node>",
                escaped(&node.name),
                node.kind,
                node.country
            )?;
        }
        writeln!(out, "</nodes>\n<edges>")?;
        for (number, ((a, b, kind, directed), edge)) in self.edges.iter().enumerate() {
            let side = |name, day: Option<Day>| day.map_or(String::new(), |d| format!(" {name}=\"{d}\""));
            writeln!(
                out,
                "<edge id=\"{number}\" source=\"{a}\" target=\"{b}\" type=\"{}\" weight=\"{}\" label=\"{kind}\"{}{}>\
                 <attvalues><attvalue for=\"type\" value=\"{kind}\"/></attvalues></edge>",
                if *directed { "directed" } else { "undirected" },
                edge.weight,
                side("start", edge.first),
                side("end", edge.last)
            )?;
        }
        writeln!(out, "</edges>\n</graph>\n</gexf>")?;
        out.flush()
    }

    fn losses(&self) -> &Losses {
        &self.losses
    }
}
