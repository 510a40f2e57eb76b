use super::{EventId, Interval};

/// What two events have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// The names of actors that take part in both.
    Actors(Vec<String>),
    /// The name of the place of both.
    Place(String),
    /// How many articles tell of both; copies count as one.
    Story(u64),
    /// Days from the first event to the second, negative if that lies before; 0: they overlap.
    Days(i32),
}

/// An event that has to do with another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The event.
    pub event: EventId,
    /// The days between which it happened.
    pub interval: Interval,
    /// One line that can be read without the article.
    pub headline: String,
    /// Why it is related; never empty.
    pub links: Vec<Link>,
}
