//! What a format could not carry: counted while it is written, told at the end.

use std::fmt;

use crate::model::{Entry, Modality, Origin, Polarity};

const DENIED: &str = "did not happen or is denied, which this format cannot say";
const UNSURE: &str = "reported, planned or possible, which this format tells as a fact";
const IMPORTED: &str = "imported from a table of others, which this format cannot say";

/// How many events an export left out or told less exactly than they are known, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Losses {
    counts: Vec<(Kind, &'static str, u64)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Skipped,
    Coarsened,
    Advice,
}

impl Losses {
    /// Nothing is lost.
    pub const fn none() -> Losses {
        Losses { counts: Vec::new() }
    }

    /// One event is left out.
    pub(super) fn skip(&mut self, why: &'static str) {
        self.count(Kind::Skipped, why);
    }

    /// One event is there, but told less exactly.
    pub(super) fn coarsen(&mut self, why: &'static str) {
        self.count(Kind::Coarsened, why);
    }

    /// Something that whoever opens the file should know.
    pub(super) fn advise(&mut self, what: &'static str) {
        self.count(Kind::Advice, what);
    }

    /// Whether a format that tells nothing but facts can have an event; counts what it cannot say of it.
    pub(super) fn as_a_fact(&mut self, entry: &Entry) -> bool {
        if entry.polarity == Polarity::Negative {
            self.skip(DENIED);
            return false;
        }
        if entry.modality != Modality::Asserted {
            self.coarsen(UNSURE);
        }
        if entry.origin != Origin::Extracted {
            self.coarsen(IMPORTED);
        }
        true
    }

    fn count(&mut self, kind: Kind, why: &'static str) {
        match self.counts.iter_mut().find(|(k, w, _)| *k == kind && *w == why) {
            Some((_, _, n)) => *n += 1,
            None => self.counts.push((kind, why, 1)),
        }
    }

    /// How many times an event was left out.
    pub fn skipped(&self) -> u64 {
        self.counts.iter().filter(|(k, ..)| *k == Kind::Skipped).map(|(.., n)| n).sum()
    }
}

/// One line a reason: "3 events skipped: no date". Empty if nothing is lost.
impl fmt::Display for Losses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (kind, why, n) in &self.counts {
            let s = if *n == 1 { "" } else { "s" };
            match kind {
                Kind::Skipped => writeln!(f, "{n} event{s} skipped: {why}")?,
                Kind::Coarsened => writeln!(f, "{n} event{s} coarsened: {why}")?,
                Kind::Advice => writeln!(f, "note: {why}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_counted() {
        let mut losses = Losses::none();
        assert_eq!(losses.to_string(), "");
        losses.skip("no date");
        losses.coarsen("open side");
        losses.skip("no date");
        assert_eq!(losses.to_string(), "2 events skipped: no date\n1 event coarsened: open side\n");
        assert_eq!(losses.skipped(), 2);
    }
}
