use super::{Granularity, Interval, named_enum};

named_enum! {
    /// How a date was obtained. A date without its basis is worth nothing to a person who must cite it.
    pub enum Basis: "basis" {
        /// The words give the whole date ("on 22 December 2025").
        Stated = "stated",
        /// The words were read relative to another date ("on Monday", "two days later", "December 22").
        Anchored = "anchored",
        /// The date holds for this stretch of a narrative (a heading, the date of the sentences before).
        Narrative = "narrative",
        /// Only the publication date bounds it: a past tense in an article of that day.
        Published = "published",
        /// Nothing is known.
        None = "none",
    }
}

/// When an event happened: the days it may have happened on, how fine that is, and how it was found out.
#[derive(Clone, Debug, PartialEq)]
pub struct When {
    /// The days between which it happened; an open side is not known.
    pub interval: Interval,
    /// The unit of the calendar that the evidence names.
    pub granularity: Granularity,
    /// The same in EDTF; `None` when nothing is known.
    pub edtf: Option<String>,
    /// How it was obtained.
    pub basis: Basis,
    /// The time expression it comes from, as an index into the analysis.
    pub timex: Option<usize>,
    /// "about", "circa": the words say that the date is approximate.
    pub approximate: bool,
    /// Part of the date was assumed, not said, such as a year inferred from other dates of the article.
    pub inferred: bool,
}

impl When {
    /// Nothing is known of the date.
    pub fn unknown() -> When {
        When {
            interval: Interval::UNKNOWN,
            granularity: Granularity::Range,
            edtf: None,
            basis: Basis::None,
            timex: None,
            approximate: false,
            inferred: false,
        }
    }
}
