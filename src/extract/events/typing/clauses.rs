//! The labelled clauses that the classifier learns from and is measured on.

use crate::language::hash;
use crate::model::{EventType, Span};

/// A clause with one word in it that tells of something, and what that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labelled {
    /// Its line in the file, from 1.
    pub line: usize,
    /// The type; `None` where the word tells of no happening.
    pub event_type: Option<EventType>,
    /// The mode, where the type has one.
    pub mode: Option<String>,
    /// Where the trigger stands in the clause.
    pub trigger: Span,
    /// The clause.
    pub text: String,
}

/// How the file says that a word tells of no happening.
pub const NONE: &str = "NONE";

/// What is wrong with the file of clauses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("data/events/clauses.tsv:{line}: {problem}; a line is: type <tab> mode <tab> trigger <tab> clause")]
pub struct WrongClause {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: String,
}

impl Labelled {
    /// Whether the clause measures and never trains: one of five, by a hash of its words.
    pub fn is_held_out(&self) -> bool {
        self.fold(5) == 0
    }

    /// The part that the clause falls into when there are `parts`.
    pub fn fold(&self, parts: u32) -> u32 {
        hash::of_bytes(self.text.bytes()) / 7 % parts
    }
}

/// Reads the file of clauses.
///
/// # Errors
/// The first line that is none: too few columns, an unknown type, a trigger that the clause does not hold once.
pub fn read(text: &str) -> Result<Vec<Labelled>, WrongClause> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
    lines.skip(1).map(|(at, line)| read_line(at + 1, line)).collect()
}

fn read_line(line: usize, text: &str) -> Result<Labelled, WrongClause> {
    let wrong = |problem: String| WrongClause { line, problem };
    let [kind, mode, trigger, clause] = text.split('\t').collect::<Vec<_>>()[..] else {
        return Err(wrong("not four columns".into()));
    };
    let event_type = match kind {
        NONE => None,
        _ => Some(kind.parse().map_err(|_| wrong(format!("there is no type {kind}")))?),
    };
    let borders = |at: usize| {
        let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !inside(clause[..at].chars().next_back()) && !inside(clause[at + trigger.len()..].chars().next())
    };
    let found: Vec<usize> = clause.match_indices(trigger).map(|(at, _)| at).filter(|at| borders(*at)).collect();
    match found[..] {
        [start] if !trigger.is_empty() => Ok(Labelled {
            line,
            event_type,
            mode: Some(mode.to_owned()).filter(|m| !m.is_empty()),
            trigger: Span::new(start, start + trigger.len()),
            text: clause.to_owned(),
        }),
        _ => Err(wrong(format!("\"{trigger}\" stands {} times in the clause", found.len()))),
    }
}
