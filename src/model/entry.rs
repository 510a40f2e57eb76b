use super::{
    ActorKind, Aspect, Basis, Context, Count, Country, EventType, Granularity, Interval, Language, Modality, Origin,
    Place, Polarity, Published, Role, Sector,
};

macro_rules! row_id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.0.to_string())
            }
        }
    };
}

row_id! {
    /// Id of an article in the database.
    ArticleId
}
row_id! {
    /// Id of an event in the database. Stable: it is never given to another event.
    EventId
}
row_id! {
    /// Id of an actor in the database.
    ActorId
}

/// An actor as it stands in an entry.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryActor {
    /// Its id.
    pub id: ActorId,
    /// Canonical name.
    pub name: String,
    /// The part it plays.
    pub role: Role,
    /// What kind of thing it is.
    pub kind: Option<ActorKind>,
    /// Country.
    pub country: Option<Country>,
    /// PLOVER sector.
    pub sector: Option<Sector>,
}

/// A sentence of an article that tells of the event.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The article.
    pub article: ArticleId,
    /// Its title.
    pub title: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its outlet.
    pub source: Option<String>,
    /// Its language.
    pub language: Option<Language>,
    /// When it was published.
    pub published: Option<Published>,
    /// The words of the sentence.
    pub sentence: String,
    /// The words that give the date, if any.
    pub date_text: Option<String>,
    /// The words that express the event.
    pub trigger: String,
    /// Who says so, in the words of the article.
    pub attribution: Option<String>,
    /// How sure these words are.
    pub modality: Modality,
}

/// One line of a timeline: an event with its evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Id of the event.
    pub id: EventId,
    /// One line that can be read without the article.
    pub headline: String,
    /// What kind of happening.
    pub event_type: EventType,
    /// PLOVER mode or one of ours.
    pub mode: Option<String>,
    /// Fields of affairs.
    pub contexts: Vec<Context>,
    /// The days between which it happened.
    pub interval: Interval,
    /// The unit that the evidence names.
    pub granularity: Granularity,
    /// The same in EDTF.
    pub edtf: Option<String>,
    /// How the date was obtained.
    pub basis: Basis,
    /// "about", "circa": the words say that the date is approximate.
    pub approximate: bool,
    /// Part of the date was assumed, such as its year.
    pub inferred: bool,
    /// Who takes part.
    pub actors: Vec<EntryActor>,
    /// The action: the trigger's lemma.
    pub action: String,
    /// Where.
    pub place: Option<Place>,
    /// Happened or not.
    pub polarity: Polarity,
    /// How sure.
    pub modality: Modality,
    /// Phase.
    pub aspect: Aspect,
    /// Numbers with their words.
    pub counts: Vec<(Count, String)>,
    /// From 0 to 1.
    pub confidence: f64,
    /// Number of mentions in all articles.
    pub mentions: u32,
    /// Number of articles that tell of it.
    pub articles: u32,
    /// Number of distinct sources.
    pub sources: u32,
    /// Read in articles, or taken from a table.
    pub origin: Origin,
    /// What proves it, best first. At least one; all of it only if the filter asked for that many.
    pub evidence: Vec<Evidence>,
}

/// Entries in the order they were asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// The entries.
    pub entries: Vec<Entry>,
}
