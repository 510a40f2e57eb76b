//! FollowTheMoney, as Aleph and OpenSanctions read it: one entity a line. An event is an Event; its actors are people,
//! organisations, public bodies and legal entities; its articles are Articles. Each stands before what names it.

use std::collections::HashSet;
use std::io::{self, Write};

use serde_json::{Map, Value};

use super::losses::Losses;
use super::place_in_time::{actor_id, article_id, cited, date_words, event_id, placed, told, web_address};
use super::words::{clean, who_and_where};
use crate::model::{ActorKind, Entry, EntryActor, Evidence, Role};

const TOO_EARLY: &str = "before the year 1000, which FollowTheMoney drops: the date stands in the notes only";
const NO_DATE: &str = "no date: written without one";

/// Keeps the ids of the actors and articles that are written, sixteen bytes each; nothing of the events.
pub(super) struct Ftm<'a> {
    out: Box<dyn Write + 'a>,
    written: HashSet<[u8; 16]>,
    losses: Losses,
}

impl<'a> Ftm<'a> {
    pub fn new(out: Box<dyn Write + 'a>) -> Ftm<'a> {
        Ftm { out, written: HashSet::new(), losses: Losses::none() }
    }

    /// Whether an id comes for the first time.
    fn first(&mut self, id: &str) -> bool {
        let mut key = [0; 16];
        key.copy_from_slice(&id.as_bytes()[..16]);
        self.written.insert(key)
    }

    fn entity(&mut self, id: &str, schema: &str, properties: Properties) -> io::Result<()> {
        let mut entity = Map::new();
        entity.insert("id".into(), id.into());
        entity.insert("schema".into(), schema.into());
        entity.insert("properties".into(), Value::Object(properties.0));
        serde_json::to_writer(&mut self.out, &entity)?;
        self.out.write_all(b"\n")
    }

    fn actor(&mut self, actor: &EntryActor) -> io::Result<String> {
        let id = actor_id(actor);
        if self.first(&id) {
            let mut properties = Properties::default();
            properties.add("name", &actor.name);
            if let Some(sector) = actor.sector {
                properties.add("notes", &format!("sector {sector} (PLOVER 2021)"));
            }
            self.entity(&id, schema(actor), properties)?;
        }
        Ok(id)
    }

    fn article(&mut self, proof: &Evidence) -> io::Result<String> {
        let id = article_id(proof);
        if self.first(&id) {
            let mut properties = Properties::default();
            properties.add("title", proof.title.as_deref().unwrap_or_default());
            properties.add("publisher", proof.source.as_deref().unwrap_or_default());
            properties.add("sourceUrl", web_address(proof.url.as_deref()).unwrap_or_default());
            if let Some(published) = proof.published {
                properties.add("publishedAt", &published.day.to_string());
            }
            self.entity(&id, "Article", properties)?;
        }
        Ok(id)
    }
}

fn schema(actor: &EntryActor) -> &'static str {
    match actor.kind {
        Some(ActorKind::Person) => "Person",
        Some(ActorKind::Organisation) => "Organization",
        Some(ActorKind::Government | ActorKind::Country) => "PublicBody",
        Some(ActorKind::Group) | None => "LegalEntity",
    }
}

/// Properties of an entity: each a list of texts.
#[derive(Default)]
struct Properties(Map<String, Value>);

impl Properties {
    /// Adds a value that is not empty and not yet there.
    fn add(&mut self, name: &str, value: &str) {
        let value = Value::from(clean(value).into_owned());
        if value == "" {
            return;
        }
        let list = self.0.entry(name).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list
            && !list.contains(&value)
        {
            list.push(value);
        }
    }
}

impl super::Exporter for Ftm<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let mut properties = Properties::default();
        properties.add("name", &told(entry));
        self.dates(entry, &mut properties);
        properties.add("notes", &date_words(entry));
        properties.add("recordId", &entry.id.to_string());
        properties.add("keywords", entry.event_type.as_str());
        properties.add("keywords", entry.event_type.family().as_str());
        properties.add("location", &who_and_where(entry).1);
        for actor in &entry.actors {
            let id = self.actor(actor)?;
            properties.add(if actor.role == Role::Agent { "organizer" } else { "involved" }, &id);
        }
        for proof in &entry.evidence {
            let id = self.article(proof)?;
            properties.add("proof", &id);
            properties.add("description", &proof.sentence);
            properties.add("publisher", proof.source.as_deref().unwrap_or_default());
            properties.add("sourceUrl", web_address(proof.url.as_deref()).unwrap_or_default());
            properties.add("summary", &cited(proof));
        }
        self.entity(&event_id(entry), "Event", properties)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn losses(&self) -> &Losses {
        &self.losses
    }
}

impl Ftm<'_> {
    /// An open side has no property; a unit of the calendar is one partial date.
    fn dates(&mut self, entry: &Entry, properties: &mut Properties) {
        let Some(when) = placed(entry.interval) else {
            self.losses.coarsen(NO_DATE);
            return;
        };
        if when.from.year() < 1000 {
            self.losses.coarsen(TOO_EARLY);
            return;
        }
        if let (Some(unit), Some(_), Some(_)) = (when.unit(), entry.interval.from(), entry.interval.to()) {
            properties.add("date", &unit.to_string());
            return;
        }
        let sides = [("startDate", entry.interval.from()), ("endDate", entry.interval.to())];
        for (name, day) in sides {
            if let Some(day) = day {
                properties.add(name, &day.to_string());
            }
        }
    }
}
