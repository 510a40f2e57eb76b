use super::{Basis, CountKind, Entry, Interval, Role, Span};

/// A stretch of a sentence, and its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Bytes of the article.
    pub span: Span,
    /// The words themselves.
    pub text: String,
}

/// A time expression as an explanation tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedTime {
    /// The words.
    pub words: Words,
    /// The words that end the range which these begin.
    pub until: Option<Words>,
    /// TIMEX3 value.
    pub value: String,
    /// The days it stands for; `None` if it could not be placed.
    pub interval: Option<Interval>,
    /// How it was read.
    pub basis: Basis,
    /// Name of the rule that found it.
    pub rule: String,
    /// What had to be assumed.
    pub note: Option<String>,
}

/// One mention of an event with everything that led to it.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedMention {
    /// Which of the entry's pieces of evidence this is.
    pub evidence: usize,
    /// Its number in its article, from 0.
    pub number: i64,
    /// The sentence.
    pub sentence: Words,
    /// The words that express the event.
    pub trigger: Words,
    /// The time expression that gives the date, then the one it was read from, and so on.
    pub times: Vec<ExplainedTime>,
    /// Who takes part: role, words, canonical name if the words name an actor, rule.
    pub participants: Vec<(Role, Words, Option<String>, String)>,
    /// Where: words, canonical name, rule.
    pub place: Option<(Words, String, String)>,
    /// The words that name the speaker.
    pub attribution: Option<Words>,
    /// Numbers with their words.
    pub counts: Vec<(CountKind, Words)>,
    /// The steps of the reasoning: field, rule and what it saw, the words it saw.
    pub reasons: Vec<(String, String, Option<Words>)>,
}

/// Why an event is believed: its entry, and each of its mentions with words and rules.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The event.
    pub entry: Entry,
    /// In the order of the entry's evidence.
    pub mentions: Vec<ExplainedMention>,
}
