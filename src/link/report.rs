use crate::model::{Country, Day, EventType, Interval, Polarity};

/// What linking sees of one article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// The words that say what it is about, without endings, and whether each is part of a name.
    pub words: Vec<(String, bool)>,
    /// When it was published.
    pub published: Option<Day>,
    /// Its mentions of events, in the order of the text.
    pub said: Vec<Said>,
}

/// What linking sees of one mention of an event. Names and words are in small letters.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The action: the trigger in its dictionary form, as the families of words know it.
    pub action: String,
    /// The action is saying something, which many do many times.
    pub speech: bool,
    /// What kind of happening.
    pub event_type: EventType,
    /// Happened or not.
    pub polarity: Polarity,
    /// The days it may have happened on.
    pub interval: Interval,
    /// Where.
    pub place: Option<(String, Option<Country>)>,
    /// Words of those who do it.
    pub agents: Vec<String>,
    /// Words of those it is done to.
    pub patients: Vec<String>,
    /// The sentence, counted in the article.
    pub sentence: usize,
    /// Words of the sentence other than the action.
    pub around: Vec<String>,
    /// Words of everything that depends on the action, and of its neighbours.
    pub near: Vec<String>,
}
