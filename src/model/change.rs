use super::{Entry, named_enum};

named_enum! {
    /// What became of an event between two days.
    pub enum ChangeKind: "kind of change" {
        /// Nobody had told of it, or not so that it was what is asked for.
        New = "new",
        /// It was told of, and is told differently.
        Changed = "changed",
        /// It was told of as something that happened, and is told of as something that did not, or no more as what is
        /// asked for.
        Withdrawn = "withdrawn",
    }
}

/// One field that is told differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Its name: when, what, who, where, type, stance, sources, or a kind of count.
    pub field: String,
    /// As it was told at first; empty: not at all.
    pub before: String,
    /// As it was told later; empty: not any more.
    pub after: String,
}

/// What became known of an event between two days.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What became of it.
    pub kind: ChangeKind,
    /// The event as it was told later; of what is not told any more, as it was told at first.
    pub entry: Entry,
    /// What is told differently; of new events nothing.
    pub fields: Vec<Changed>,
}
