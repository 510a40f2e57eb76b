use super::named_enum;

named_enum! {
    /// Whether the words say that it happened or that it did not.
    pub enum Polarity: "polarity" {
        Positive = "positive",
        /// "refrained from striking", "no ceasefire".
        Negative = "negative",
    }
}

named_enum! {
    /// How sure the words are.
    pub enum Modality: "modality" {
        /// Told as a fact by the article itself.
        Asserted = "asserted",
        /// Told as a fact by somebody whom the article quotes or names.
        Reported = "reported",
        /// Will, intends to, is to: not happened yet.
        Planned = "planned",
        /// May, could, if, allegedly.
        Possible = "possible",
    }
}

named_enum! {
    /// Which phase of the happening the words tell of.
    pub enum Aspect: "aspect" {
        Completed = "completed",
        Ongoing = "ongoing",
        Starting = "starting",
        Ending = "ending",
        /// Tried and not reached.
        Failed = "failed",
    }
}
