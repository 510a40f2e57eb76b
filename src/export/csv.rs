//! Our own CSV: RFC 4180, UTF-8, line ends LF, a header always. docs/formats.md describes every column.

use std::borrow::Cow;
use std::io::{self, Write};

use super::CsvStyle;
use super::words::clean;
use crate::model::{Count, Day, Entry, EntryActor, Role};

/// The columns, in order. They only grow, at the end.
pub const COLUMNS: &[&str] = &[
    "event_id",
    "date_start",
    "date_end",
    "date_precision",
    "date_edtf",
    "date_text",
    "event_type",
    "event_code",
    "actor_source",
    "actor_target",
    "actors",
    "action",
    "place",
    "country",
    "admin1",
    "latitude",
    "longitude",
    "geo_precision",
    "sentence",
    "confidence",
    "article_id",
    "article_title",
    "article_url",
    "published_at",
    "source",
    "n_sources",
    "review_status",
    "headline",
    "event_mode",
    "polarity",
    "modality",
    "aspect",
    "attribution",
    "date_basis",
    "date_approximate",
    "date_inferred",
    "counts",
    "n_mentions",
    "origin",
];

/// The columns that `--long` adds, for the actor of the row.
pub const LONG_COLUMNS: &[&str] = &["actor_id", "actor", "actor_role", "actor_kind", "actor_country", "actor_sector"];

/// A table of cells: RFC 4180 with the user's wishes, for every format that a spreadsheet opens.
pub(super) struct Cells<'a> {
    out: csv::Writer<Box<dyn Write + 'a>>,
    excel_safe: bool,
}

impl<'a> Cells<'a> {
    /// Begins a table with its byte order mark, if asked for, and its header. No columns, no header.
    pub fn new(mut out: Box<dyn Write + 'a>, style: CsvStyle, columns: &[&str]) -> io::Result<Cells<'a>> {
        if style.bom {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let mut out = csv::WriterBuilder::new().delimiter(style.delimiter).from_writer(out);
        if !columns.is_empty() {
            out.write_record(columns)?;
        }
        Ok(Cells { out, excel_safe: style.excel_safe })
    }

    fn cell(&mut self, cell: &str) -> io::Result<()> {
        Ok(self.out.write_field(safe(cell, self.excel_safe).as_bytes())?)
    }

    /// Writes a whole row.
    pub fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) -> io::Result<()> {
        for cell in cells {
            self.cell(cell.as_ref())?;
        }
        Ok(self.out.write_record(None::<&[u8]>)?)
    }

    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A cell that no spreadsheet takes for a formula, if that is asked for (OWASP, CSV injection).
pub(super) fn safe(cell: &str, excel_safe: bool) -> Cow<'_, str> {
    if excel_safe && cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

pub(super) struct Csv<'a> {
    out: Cells<'a>,
    long: bool,
}

impl<'a> Csv<'a> {
    pub fn new(out: Box<dyn Write + 'a>, style: CsvStyle) -> io::Result<Csv<'a>> {
        let long = if style.long { LONG_COLUMNS } else { &[] };
        let columns: Vec<&str> = COLUMNS.iter().chain(long).copied().collect();
        Ok(Csv { out: Cells::new(out, style, &columns)?, long: style.long })
    }

    fn row(&mut self, entry: &Entry, actor: Option<&EntryActor>) -> io::Result<()> {
        if !self.long {
            return self.out.row(cells(entry));
        }
        let of = |f: fn(&EntryActor) -> String| Cow::<str>::Owned(actor.map(f).unwrap_or_default());
        let name: Cow<'_, str> = actor.map(|a| clean(&a.name)).unwrap_or_default();
        let own = [
            of(|a| a.id.to_string()),
            name,
            of(|a| a.role.to_string()),
            of(|a| text(a.kind)),
            of(|a| text(a.country)),
            of(|a| text(a.sector)),
        ];
        self.out.row(cells(entry).into_iter().chain(own))
    }
}

impl super::Exporter for Csv<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        if self.long && !entry.actors.is_empty() {
            return entry.actors.iter().try_for_each(|actor| self.row(entry, Some(actor)));
        }
        self.row(entry, None)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The words of a cell that may be empty.
fn words(text: &Option<String>) -> Cow<'_, str> {
    text.as_deref().map(clean).unwrap_or_default()
}

fn text<T: ToString>(value: Option<T>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

/// The cells of one entry: one for each of `COLUMNS`.
pub(super) fn cells(entry: &Entry) -> [Cow<'_, str>; 39] {
    let own = Cow::<str>::Owned;
    let empty = || Cow::Borrowed("");
    let day = |day: Option<Day>| own(text(day));
    let place = entry.place.as_ref();
    let proof = entry.evidence.first();
    let counts: Vec<String> = entry.counts.iter().map(|(count, words)| count_text(count, words)).collect();
    [
        own(entry.id.to_string()),
        day(entry.interval.from()),
        day(entry.interval.to()),
        if entry.interval.is_unknown() { empty() } else { Cow::Borrowed(entry.granularity.as_str()) },
        Cow::Borrowed(entry.edtf.as_deref().unwrap_or_default()),
        proof.map_or_else(empty, |e| words(&e.date_text)),
        Cow::Borrowed(entry.event_type.as_str()),
        Cow::Borrowed(entry.event_type.cameo_root().unwrap_or_default()),
        own(names(entry, |role| role == Role::Agent)),
        own(names(entry, |role| matches!(role, Role::Patient | Role::Recipient))),
        own(names(entry, |_| true)),
        clean(&entry.action),
        place.map_or_else(empty, |p| clean(&p.name)),
        own(text(place.and_then(|p| p.country))),
        place.map_or_else(empty, |p| words(&p.region)),
        own(text(place.and_then(|p| p.lat))),
        own(text(place.and_then(|p| p.lon))),
        place.map_or_else(empty, |p| Cow::Borrowed(p.precision.as_str())),
        proof.map_or_else(empty, |e| clean(&e.sentence)),
        own(format!("{:.3}", entry.confidence)),
        own(text(proof.map(|e| e.article))),
        proof.map_or_else(empty, |e| words(&e.title)),
        proof.map_or_else(empty, |e| words(&e.url)),
        day(proof.and_then(|e| e.published).map(|p| p.day)),
        proof.map_or_else(empty, |e| words(&e.source)),
        own(entry.sources.to_string()),
        Cow::Borrowed("machine"),
        clean(&entry.headline),
        Cow::Borrowed(entry.mode.as_deref().unwrap_or_default()),
        Cow::Borrowed(entry.polarity.as_str()),
        Cow::Borrowed(entry.modality.as_str()),
        Cow::Borrowed(entry.aspect.as_str()),
        proof.map_or_else(empty, |e| words(&e.attribution)),
        Cow::Borrowed(entry.basis.as_str()),
        Cow::Borrowed(if entry.approximate { "true" } else { "false" }),
        Cow::Borrowed(if entry.inferred { "true" } else { "false" }),
        own(counts.join("; ")),
        own(entry.mentions.to_string()),
        Cow::Borrowed(entry.origin.as_str()),
    ]
}

/// The names of the actors in some roles, each once, joined by "; ".
fn names(entry: &Entry, wanted: impl Fn(Role) -> bool) -> String {
    let mut names: Vec<&str> = Vec::new();
    for actor in entry.actors.iter().filter(|a| wanted(a.role)) {
        if !names.contains(&actor.name.as_str()) {
            names.push(&actor.name);
        }
    }
    clean(&names.join("; ")).into_owned()
}

/// "dead 12 (a dozen)", "captured 24-99 (dozens)", "people 40- (at least 40)".
fn count_text(count: &Count, words: &str) -> String {
    let range = match count.high {
        Some(high) if high == count.low => count.low.to_string(),
        Some(high) => format!("{}-{high}", count.low),
        None => format!("{}-", count.low),
    };
    format!("{} {range} ({})", count.kind, clean(words))
}
