use super::{CountKind, Day, EventId, EventType};

/// A sentence that was chosen to tell of a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// Its words, on one line.
    pub text: String,
    /// The article that it stands in: its id, else its title, else its number.
    pub article: String,
    /// The outlet.
    pub source: Option<String>,
    /// When the article was published.
    pub published: Option<Day>,
}

/// An event of a day, as one line.
#[derive(Clone, Debug, PartialEq)]
pub struct DayEvent {
    /// Its id, if it stands in a database.
    pub id: Option<EventId>,
    /// One line that can be read without the article.
    pub headline: String,
    /// What kind of happening.
    pub event_type: EventType,
    /// Number of articles that tell of it.
    pub articles: u32,
}

/// A number that an article gives for a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What is counted.
    pub kind: CountKind,
    /// The words.
    pub text: String,
}

/// A day of a digest.
#[derive(Clone, Debug, PartialEq)]
pub struct DigestDay {
    /// The day.
    pub day: Day,
    /// One line that says what happened.
    pub headline: String,
    /// The sentences that tell of it, in the order of publication.
    pub quotes: Vec<Quote>,
    /// What happened, the most told first.
    pub events: Vec<DayEvent>,
    /// Where articles give different numbers of the same kind: each of them.
    pub told: Vec<Told>,
    /// Number of distinct articles that speak of the day; copies count once.
    pub articles: u32,
    /// How much speaks for the day, in comparison with the other days of the same digest.
    pub weight: f64,
}

/// The days that matter most in many articles, in the order of the calendar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Digest {
    /// The days.
    pub days: Vec<DigestDay>,
}
