use super::{Basis, Granularity, Interval, Span, named_enum};

named_enum! {
    /// The TIMEX3 type of a time expression (TimeML 1.2.1).
    pub enum TimexKind: "TIMEX3 type" {
        Date = "DATE",
        Time = "TIME",
        Duration = "DURATION",
        Set = "SET",
    }
}

named_enum! {
    /// The TIMEX3 `mod` attribute (TimeML 1.2.1).
    pub enum TimexMod: "TIMEX3 mod" {
        Before = "BEFORE",
        After = "AFTER",
        OnOrBefore = "ON_OR_BEFORE",
        OnOrAfter = "ON_OR_AFTER",
        LessThan = "LESS_THAN",
        MoreThan = "MORE_THAN",
        EqualOrLess = "EQUAL_OR_LESS",
        EqualOrMore = "EQUAL_OR_MORE",
        Start = "START",
        Mid = "MID",
        End = "END",
        Approx = "APPROX",
    }
}

/// A time expression found in an article, with its reading.
///
/// `value` is always there (TIMEX3); `interval` is `None` for durations and sets, and for a date that was understood but
/// could not be placed (no anchor, or a day that does not exist).
#[derive(Clone, Debug, PartialEq)]
pub struct Timex {
    /// The words, without a preposition before them.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimexKind,
    /// TIMEX3 value, such as `2025-12-22`, `1999-W07`, `P3D`, `PAST_REF`.
    pub value: String,
    /// TIMEX3 mod.
    pub modifier: Option<TimexMod>,
    /// The days it stands for.
    pub interval: Option<Interval>,
    /// The unit that the words name.
    pub granularity: Granularity,
    /// Whether the words give the whole date themselves (stated) or an anchor was needed (anchored, narrative, published).
    pub basis: Basis,
    /// The same reading in EDTF (ISO 8601-2), when it has one.
    pub edtf: Option<String>,
    /// The earlier time expression it was read from, as an index into the analysis, when that was its anchor.
    pub anchor: Option<usize>,
    /// The time expression that ends the range which this one begins ("Dec. 20" of "Dec. 20-22"), as an index into the
    /// analysis.
    pub until: Option<usize>,
    /// Name of the rule that found it.
    pub rule: String,
    /// What had to be assumed, or why it could not be placed, in words for the reader.
    pub note: Option<String>,
}
