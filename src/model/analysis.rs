use super::{
    Actor, ActorMention, Aspect, Context, EventType, Language, Modality, Participant, PlaceMention, Polarity, Span,
    Timex, When, named_enum,
};

named_enum! {
    /// The part of an article that a sentence stands in.
    pub enum Zone: "zone" {
        Title = "title",
        Body = "body",
        /// A heading inside the body.
        Heading = "heading",
    }
}

/// A sentence of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentenceSpan {
    /// Its bytes, without white space at the ends.
    pub span: Span,
    /// Where it stands.
    pub zone: Zone,
    /// Number of its paragraph, from 0.
    pub paragraph: u32,
}

/// The word or words that express an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// The words.
    pub span: Span,
    /// Dictionary form, lower case; several words joined by a blank.
    pub lemma: String,
}

/// Who says so.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// The words that name the speaker.
    pub span: Span,
    /// The speaker, as an index into the analysis, if it is an actor.
    pub actor: Option<usize>,
}

named_enum! {
    /// What a count counts.
    pub enum CountKind: "count kind" {
        Dead = "dead",
        Injured = "injured",
        Missing = "missing",
        Captured = "captured",
        Detained = "detained",
        Displaced = "displaced",
        People = "people",
        Votes = "votes",
        /// In the currency that the words name.
        Money = "money",
        Magnitude = "magnitude",
        Goals = "goals",
        Size = "size",
    }
}

/// A number in an event, with its words. `low <= high`; both are the same for an exact number.
#[derive(Clone, Debug, PartialEq)]
pub struct Count {
    /// What is counted.
    pub kind: CountKind,
    /// Least value ("dozens" is 24 to 99).
    pub low: f64,
    /// Greatest value; `None` if it is open ("at least 40").
    pub high: Option<f64>,
    /// The words.
    pub span: Span,
}

/// One step of the reasoning behind a field of an event: what was decided, by which rule, on which words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The field of the event, such as "type", "when", "agent".
    pub field: String,
    /// Name of the rule or model, and what it saw.
    pub rule: String,
    /// The words that it saw, if it saw words.
    pub span: Option<Span>,
}

/// What one article says of one event: one mention.
#[derive(Clone, Debug, PartialEq)]
pub struct EventMention {
    /// The sentence, as an index into the analysis.
    pub sentence: usize,
    /// The words that express it.
    pub trigger: Trigger,
    /// What kind of happening.
    pub event_type: EventType,
    /// The PLOVER mode or one of ours, such as "press-conference".
    pub mode: Option<String>,
    /// Fields of affairs.
    pub contexts: Vec<Context>,
    /// When it happened.
    pub when: When,
    /// Who takes part, and how.
    pub participants: Vec<Participant>,
    /// Where, as an index into the places of the analysis.
    pub place: Option<usize>,
    /// Happened or not.
    pub polarity: Polarity,
    /// How sure the words are.
    pub modality: Modality,
    /// Phase.
    pub aspect: Aspect,
    /// Who says so.
    pub attribution: Option<Attribution>,
    /// Numbers.
    pub counts: Vec<Count>,
    /// One line made from the clause, readable without the article.
    pub headline: String,
    /// From 0 to 1.
    pub confidence: f64,
    /// Mentions of one article with the same number are one event.
    pub cluster: usize,
    /// How each field was found.
    pub reasons: Vec<Reason>,
}

/// Something the analysis wants a person to know: a cap that was reached, a date that does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The words it is about.
    pub span: Option<Span>,
    /// What to know.
    pub text: String,
}

/// All that was understood of one article. Indices inside point into the lists of the same value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// The language of the text; `None` if it is too short to tell.
    pub language: Option<Language>,
    /// How many paragraphs are in another language than English, so that no events were read in them.
    pub foreign_paragraphs: u32,
    /// Sentences in the order of the text; they do not overlap.
    pub sentences: Vec<SentenceSpan>,
    /// Time expressions in the order of the text.
    pub times: Vec<Timex>,
    /// The actors of the article.
    pub actors: Vec<Actor>,
    /// Where they are named, in the order of the text.
    pub mentions: Vec<ActorMention>,
    /// Places in the order of the text.
    pub places: Vec<PlaceMention>,
    /// Events in the order of their triggers.
    pub events: Vec<EventMention>,
    /// The event that the article is about, as an index.
    pub main_event: Option<usize>,
    /// What a person should know.
    pub notes: Vec<Note>,
}
