use super::{Country, Day, EventType, Interval, Modality, Origin, Polarity, Role, named_enum};

/// An actor that must take part, and in which role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorFilter {
    /// Any of its names.
    pub name: String,
    /// The role it must have; `None` admits any.
    pub role: Option<Role>,
    /// The country that the name means: its government and forces act for it.
    pub country: Option<Country>,
}

/// A place where it must have happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceFilter {
    /// Its name, or that of the region or country that it lies in.
    pub name: String,
    /// The country that the name means.
    pub country: Option<Country>,
}

named_enum! {
    /// The order of events in a result.
    pub enum Order: "order" {
        /// By the earliest possible day, or by the latest one if only that is known; on the same day the shorter interval
        /// first; events without a date last.
        Date = "date",
        /// The other way round, events without a date last.
        Newest = "newest",
        /// The surest first, then by date.
        Confidence = "confidence",
    }
}

/// Which events to show. Everything given must hold; the default admits all.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    /// All of these take part.
    pub actors: Vec<ActorFilter>,
    /// It happened in this place, or in a place inside it.
    pub place: Option<PlaceFilter>,
    /// One of these types; empty admits all.
    pub types: Vec<EventType>,
    /// Words that an evidence sentence holds, as the user typed them.
    pub text: Option<String>,
    /// Days that the event's interval must overlap. Events of unknown date match only `None`.
    pub dates: Option<Interval>,
    /// Outlet of at least one article.
    pub source: Option<String>,
    /// How sure.
    pub modality: Option<Modality>,
    /// Happened or not.
    pub polarity: Option<Polarity>,
    /// Least number of distinct sources.
    pub min_sources: Option<u32>,
    /// Least confidence, 0 to 1.
    pub min_confidence: Option<f64>,
    /// One of these origins; empty admits all.
    pub origins: Vec<Origin>,
    /// At most so many events.
    pub limit: Option<u64>,
    /// Skip so many first.
    pub offset: u64,
    /// In which order.
    pub order: Order,
    /// Only what articles published up to this day said. Names, places and words are looked up in what is known today.
    pub as_of: Option<Day>,
    /// At most so many pieces of evidence an event, best first; never less than one. `None`: all.
    pub evidence: Option<u32>,
}

impl Default for Filter {
    fn default() -> Self {
        Filter {
            actors: Vec::new(),
            place: None,
            types: Vec::new(),
            text: None,
            dates: None,
            source: None,
            modality: None,
            polarity: None,
            min_sources: None,
            min_confidence: None,
            origins: Vec::new(),
            limit: None,
            offset: 0,
            order: Order::Date,
            as_of: None,
            evidence: Some(1),
        }
    }
}
