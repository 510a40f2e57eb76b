use super::named_enum;

named_enum! {
    /// Where an event comes from: read in articles, or taken from a table of events that others made.
    #[derive(Default)]
    pub enum Origin: "origin" {
        /// Read in the words of articles by this program.
        #[default]
        Extracted = "extracted",
        /// A table of ACLED.
        Acled = "acled",
        /// A table of GDELT Events.
        Gdelt = "gdelt",
        /// A spreadsheet or a JSON file of TimelineJS.
        TimelineJs = "timelinejs",
        /// An export of this program from another database.
        Dateline = "dateline",
    }
}
