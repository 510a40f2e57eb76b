use super::{EventType, Granularity, Interval, Polarity, Role};

/// What is known of one happening, as far as it matters for the question whether two of them are the same: the new one
/// that an article tells of, or one that stands in the database. This is the language between the store, which finds
/// candidates, and `link`, which decides.
#[derive(Clone, Debug, PartialEq)]
pub struct EventFacts {
    /// What kind of happening.
    pub event_type: EventType,
    /// Its modes, sorted, each once.
    pub modes: Vec<String>,
    /// The days it may have happened on.
    pub interval: Interval,
    /// The unit that the evidence names.
    pub granularity: Granularity,
    /// Happened or not.
    pub polarity: Polarity,
    /// The lemmas of all triggers, sorted, each once.
    pub lemmas: Vec<String>,
    /// Who takes part, by canonical name; sorted, each once.
    pub actors: Vec<(Role, String)>,
    /// Canonical names of the places, sorted, each once.
    pub places: Vec<String>,
}

/// Which candidate is the same happening as a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// An index into the candidates.
    pub candidate: usize,
    /// What speaks for it, in words: one of a small set of texts.
    pub because: String,
}

/// Decides which candidate, if any, is the same happening as the new one. It must be pure: the same facts always get the
/// same answer.
pub type Linker<'l> = dyn Fn(&EventFacts, &[EventFacts]) -> Option<Choice> + 'l;
