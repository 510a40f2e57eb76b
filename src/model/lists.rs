use super::{
    ActorId, ActorKind, ArticleId, Country, EventType, Interval, Language, Place, Published, Sector, named_enum,
};

/// An article as a list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleSummary {
    /// Its id.
    pub id: ArticleId,
    /// Its title.
    pub title: Option<String>,
    /// Its outlet.
    pub source: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The language that it says it is in, or that it was found to be in.
    pub language: Option<Language>,
    /// The file it was read from.
    pub origin: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// When it was read, in seconds since 1970-01-01 00:00 UTC.
    pub ingested_at: i64,
    /// How many events it tells of.
    pub events: u64,
}

/// An actor as a list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct ActorSummary {
    /// Its id.
    pub id: ActorId,
    /// Canonical name.
    pub name: String,
    /// What kind of thing it is.
    pub kind: Option<ActorKind>,
    /// Country.
    pub country: Option<Country>,
    /// PLOVER sector.
    pub sector: Option<Sector>,
    /// Its other names, sorted.
    pub aliases: Vec<String>,
    /// In how many events it takes part.
    pub events: u64,
    /// The days that its events cover.
    pub days: Interval,
}

/// A place as a list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceSummary {
    /// The place.
    pub place: Place,
    /// How many events happened there.
    pub events: u64,
}

named_enum! {
    /// What events are counted by.
    pub enum TallyBy: "tally" {
        Day = "day",
        Month = "month",
        Type = "type",
    }
}

/// A number of events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Their first day (YYYY-MM-DD) or month (YYYY-MM); `None`: they have no first day, or it was not asked for.
    pub date: Option<String>,
    /// Their type, if it was asked for.
    pub event_type: Option<EventType>,
    /// How many.
    pub events: u64,
}

/// What a database holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stats {
    /// Version of the schema.
    pub schema: u64,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// Articles.
    pub articles: u64,
    /// Sentences.
    pub sentences: u64,
    /// Event mentions.
    pub mentions: u64,
    /// Events.
    pub events: u64,
    /// Events that have a day, month or other known date on at least one side.
    pub dated_events: u64,
    /// Actors that take part in at least one event.
    pub actors: u64,
    /// Places of at least one event.
    pub places: u64,
    /// The days that the events cover.
    pub days: Interval,
    /// The days on which the articles were published.
    pub published: Interval,
    /// Events of each type, most frequent first; types without events are left out.
    pub types: Vec<(EventType, u64)>,
}
