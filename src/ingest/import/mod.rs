//! Tables of events that others made: each row becomes an event with the words of the row as its evidence, and its origin
//! is kept. Nothing is read out of the words: what a column says is taken over, what no field holds is counted and told.

mod acled;
mod build;
mod dateline_csv;
mod dateline_json;
mod gdelt;
mod rows;
mod sheet;
mod timelinejs;

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};

pub use build::stories;

use super::readers::{Caps, unpacked};
use crate::lexicon::Countries;
use crate::model::{
    ActorKind, Aspect, Context, CountKind, Country, EventType, Modality, Origin, Place, Polarity, Published, Role,
    Sector, When, named_enum,
};

named_enum! {
    /// The format of a table of events.
    pub enum TableFormat: "table format" {
        /// ACLED, the columns of its public export.
        Acled = "acled",
        /// GDELT Events, 1.0 or 2.0.
        Gdelt = "gdelt",
        /// TimelineJS, spreadsheet or JSON.
        TimelineJs = "timelinejs",
        /// `dateline export csv`.
        DatelineCsv = "dateline-csv",
        /// `dateline export jsonl` or `json`.
        DatelineJsonl = "dateline-jsonl",
    }
}

impl TableFormat {
    /// The origin of its events.
    pub const fn origin(self) -> Origin {
        match self {
            TableFormat::Acled => Origin::Acled,
            TableFormat::Gdelt => Origin::Gdelt,
            TableFormat::TimelineJs => Origin::TimelineJs,
            TableFormat::DatelineCsv | TableFormat::DatelineJsonl => Origin::Dateline,
        }
    }
}

/// An event as a table tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct TableEvent {
    /// Where it comes from; an event that was imported before keeps its first origin.
    pub origin: Origin,
    /// What tells it from the other events of such tables.
    pub key: String,
    /// One line.
    pub headline: String,
    /// What kind of happening.
    pub event_type: EventType,
    /// Finer than the type.
    pub mode: Option<String>,
    /// Fields of affairs.
    pub contexts: Vec<Context>,
    /// When; `timex` is not used.
    pub when: When,
    /// Happened or not.
    pub polarity: Polarity,
    /// How sure.
    pub modality: Modality,
    /// Phase.
    pub aspect: Aspect,
    /// The verb or noun for it.
    pub action: String,
    /// Who takes part.
    pub actors: Vec<TableActor>,
    /// Where.
    pub place: Option<Place>,
    /// Numbers: what, least, greatest, words.
    pub counts: Vec<TableCount>,
    /// From 0 to 1; 1 where the table says nothing of it.
    pub confidence: f64,
    /// What proves it, best first; at least one.
    pub evidence: Vec<TableEvidence>,
}

/// A number in a table: what is counted, least and greatest value (`None`: open), words.
pub type TableCount = (CountKind, f64, Option<f64>, String);

/// An actor in a table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableActor {
    /// Its name.
    pub name: String,
    /// The part it plays.
    pub role: Role,
    /// What kind of thing it is.
    pub kind: Option<ActorKind>,
    /// Its country.
    pub country: Option<Country>,
    /// Its sector.
    pub sector: Option<Sector>,
}

/// A piece of evidence in a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableEvidence {
    /// Pieces with the same number are of one article.
    pub article: i64,
    /// Title of the article.
    pub title: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its outlet, or the maker of the table.
    pub source: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// The words that tell of it.
    pub sentence: String,
    /// The words that give the date.
    pub date_text: Option<String>,
    /// The words that express it.
    pub trigger: Option<String>,
    /// Who says so.
    pub attribution: Option<String>,
    /// How sure these words are, if not as the event.
    pub modality: Option<Modality>,
}

/// What a table holds that no event has a field for: how often each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotTaken(BTreeMap<String, u64>);

impl NotTaken {
    /// One more of these.
    pub(super) fn add(&mut self, what: impl Into<String>) {
        let what = what.into();
        // Words of a table may be without end.
        if self.0.len() < 200 || self.0.contains_key(&what) {
            *self.0.entry(what).or_default() += 1;
        }
    }

    /// What, and how often, in the order of the alphabet.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        self.0.iter().map(|(what, n)| (what.as_str(), *n))
    }
}

/// A row that is no event: where it stands, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Line, or number of the event in the file, from 1.
    pub at: u64,
    /// What is wrong.
    pub reason: String,
}

/// What reading a table needs.
#[derive(Clone, Copy)]
pub struct Tables<'a> {
    /// The names of countries.
    pub countries: &'a Countries,
    /// The limits.
    pub caps: Caps,
    /// The format, if the user named it.
    pub format: Option<TableFormat>,
}

/// Where the events of a table go, one after the other, with the line that each stands on.
pub(super) struct Found<'a> {
    pub give: &'a mut dyn FnMut(u64, Result<TableEvent, BadRow>) -> io::Result<()>,
    pub not_taken: NotTaken,
}

impl Found<'_> {
    fn event(&mut self, at: u64, mut event: TableEvent) -> io::Result<()> {
        // Control characters tell the articles of one event apart.
        event.key.retain(|c| !c.is_control());
        (self.give)(at, Ok(event))
    }

    fn bad(&mut self, at: u64, reason: impl Into<String>) -> io::Result<()> {
        (self.give)(at, Err(BadRow { at, reason: reason.into() }))
    }
}

/// So many bytes show the format.
const WINDOW: u64 = 64 << 10;

/// Reads a table, packed or not; hands every event, or why a row is none, to `give`. Memory does not grow with the table,
/// but for TimelineJS in JSON, which is one value. Returns the format and what was not taken over.
///
/// # Errors
/// The file cannot be read, or it is no table of a known format; and what `give` fails with.
pub fn read_table(
    bytes: Box<dyn Read + '_>,
    how: &Tables<'_>,
    give: &mut dyn FnMut(u64, Result<TableEvent, BadRow>) -> io::Result<()>,
) -> io::Result<(TableFormat, NotTaken)> {
    let mut bytes = unpacked(bytes, how.caps)?;
    let mut head = Vec::new();
    (&mut bytes).take(WINDOW).read_to_end(&mut head)?;
    let format = how.format.or_else(|| recognise(&String::from_utf8_lossy(&head))).ok_or_else(|| {
        let known: Vec<&str> = TableFormat::ALL.iter().map(|f| f.as_str()).collect();
        io::Error::new(
            io::ErrorKind::InvalidData,
            format!(
                "its header is that of no known table of events; name the format with --format ({})",
                known.join(", ")
            ),
        )
    })?;
    let head = head.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::to_vec).unwrap_or(head);
    let bytes: Box<dyn Read + '_> = Box::new(Cursor::new(head).chain(bytes));
    let mut found = Found { give, not_taken: NotTaken::default() };
    match format {
        TableFormat::Acled => acled::read(bytes, how, &mut found)?,
        TableFormat::Gdelt => gdelt::read(bytes, how, &mut found)?,
        TableFormat::TimelineJs => timelinejs::read(bytes, how, &mut found)?,
        TableFormat::DatelineCsv => dateline_csv::read(bytes, how, &mut found)?,
        TableFormat::DatelineJsonl => dateline_json::read(bytes, how, &mut found)?,
    }
    Ok((format, found.not_taken))
}

/// The format that the first bytes of a table show.
fn recognise(head: &str) -> Option<TableFormat> {
    let head = head.trim_start_matches('\u{feff}').trim_start();
    if head.starts_with(['{', '[']) {
        return if head.contains("\"evidence\"") && head.contains("\"headline\"") {
            Some(TableFormat::DatelineJsonl)
        } else {
            head.contains("\"start_date\"").then_some(TableFormat::TimelineJs)
        };
    }
    let line = head.lines().next()?;
    let first: Vec<&str> = line.split('\t').collect();
    let number = |cell: &str, digits: std::ops::RangeInclusive<usize>| {
        digits.contains(&cell.len()) && cell.bytes().all(|b| b.is_ascii_digit())
    };
    if gdelt::WIDTHS.contains(&first.len()) && number(first[0], 1..=19) && number(first[1], 8..=8) {
        return Some(TableFormat::Gdelt);
    }
    let mark = sheet::delimiter(line);
    let has =
        |name: &str| line.split(char::from(mark)).any(|cell| cell.trim().trim_matches('"').eq_ignore_ascii_case(name));
    if has("event_id_cnty") && has("event_date") {
        Some(TableFormat::Acled)
    } else if has("event_id") && has("date_start") && has("headline") {
        Some(TableFormat::DatelineCsv)
    } else if has("year") && has("headline") {
        Some(TableFormat::TimelineJs)
    } else {
        None
    }
}
