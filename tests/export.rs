//! Every format, with texts that try to be markup, formulas and commands, with open sides and days before year 1.

mod common;

use common::{between, country, day, on};
use dateline::export::{CsvStyle, Format, Setting, describe, exporter_with};
use dateline::model::*;

const EVIL: &str = "=cmd()|' <script>alert(1)</script> \u{1b}[31mred\u{1b}[0m: and, \"so\" # on; 100%\r\nBEGIN:VEVENT\n\u{202e}-->]]>&amp;";

fn actor(id: i64, name: &str, role: Role) -> EntryActor {
    EntryActor {
        id: ActorId(id),
        name: name.to_owned(),
        role,
        kind: Some(ActorKind::Person),
        country: country("UKR"),
        sector: Some(Sector::Government),
    }
}

fn entry(id: i64, headline: &str, interval: Interval, granularity: Granularity) -> Entry {
    Entry {
        id: EventId(id),
        headline: headline.to_owned(),
        event_type: EventType::Consult,
        mode: None,
        contexts: Vec::new(),
        interval,
        granularity,
        edtf: common::edtf(interval),
        basis: Basis::Stated,
        approximate: false,
        inferred: false,
        actors: vec![actor(1, "Maria Sample", Role::Agent), actor(2, "Jan Example", Role::Recipient)],
        action: "meet".to_owned(),
        place: Some(Place {
            name: "Kyiv".to_owned(),
            country: country("UKR"),
            region: None,
            lat: Some(50.45),
            lon: Some(30.52),
            precision: PlacePrecision::City,
        }),
        polarity: Polarity::Positive,
        modality: Modality::Asserted,
        aspect: Aspect::Completed,
        counts: Vec::new(),
        confidence: 0.9,
        mentions: 1,
        articles: 1,
        origin: Origin::Extracted,
        sources: 1,
        evidence: vec![Evidence {
            article: ArticleId(id),
            title: Some("A meeting".to_owned()),
            url: Some(format!("https://news.example/{id}?a=1&b=2")),
            source: Some("Example News".to_owned()),
            language: None,
            published: Some(Published { day: day("2025-12-23"), basis: PublishedBasis::Given }),
            sentence: headline.to_owned(),
            date_text: Some("that day".to_owned()),
            trigger: "met".to_owned(),
            attribution: None,
            modality: Modality::Asserted,
        }],
    }
}

/// One of each kind: a day, a month, open sides, no date, long ago, no place; and one whose every text is hostile.
fn entries() -> Vec<Entry> {
    let mut hostile = entry(2, EVIL, on("2025-12-22"), Granularity::Day);
    hostile.action = EVIL.to_owned();
    hostile.actors.iter_mut().for_each(|a| a.name = EVIL.to_owned());
    if let Some(place) = &mut hostile.place {
        place.name = EVIL.to_owned();
    }
    let proof = &mut hostile.evidence[0];
    proof.title = Some(EVIL.to_owned());
    proof.source = Some(EVIL.to_owned());
    proof.url = Some("javascript:alert(1)".to_owned());
    proof.date_text = Some(EVIL.to_owned());
    let mut about = entry(3, "They met in the spring", between("2025-04-01", "2025-04-30"), Granularity::Month);
    about.approximate = true;
    about.place = None;
    let mut plan = entry(5, "They will meet", Interval::since(day("2026-01-01")), Granularity::Range);
    plan.modality = Modality::Planned;
    let mut denied = entry(6, "They never met", Interval::UNKNOWN, Granularity::Range);
    denied.polarity = Polarity::Negative;
    denied.evidence[0].published = None;
    let mut alone = entry(8, "Caesar died", on("-0043-03-15"), Granularity::Day);
    alone.event_type = EventType::Die;
    alone.actors.truncate(1);
    vec![
        alone,
        about,
        entry(1, "Maria Sample met Jan Example in Kyiv", on("2025-12-21"), Granularity::Day),
        hostile,
        entry(7, "A week of talks", between("2025-12-22", "2025-12-28"), Granularity::Week),
        entry(4, "They had met", Interval::until(day("2025-12-23")), Granularity::Range),
        plan,
        denied,
    ]
}

/// The formats that are text.
fn texts() -> impl Iterator<Item = &'static Format> {
    Format::ALL.iter().filter(|format| !matches!(format, Format::Xlsx | Format::Parquet))
}

fn written(format: Format, csv: CsvStyle, entries: &[Entry]) -> (String, String) {
    let (bytes, losses) = bytes(format, csv, entries);
    (String::from_utf8(bytes).unwrap(), losses)
}

fn bytes(format: Format, csv: CsvStyle, entries: &[Entry]) -> (Vec<u8>, String) {
    let setting = Setting { csv, title: "Talks: <i>all</i> # of; them", made: 1_766_500_000, unlocated: false };
    let mut bytes = Vec::new();
    let losses = {
        let mut one = exporter_with(format, &setting, Box::new(&mut bytes)).unwrap();
        entries.iter().for_each(|e| one.entry(e).unwrap());
        one.finish().unwrap();
        one.losses().to_string()
    };
    (bytes, losses)
}

/// The formats that a spreadsheet may open, with the mark between their cells.
const TABLES: [(Format, u8); 5] = [
    (Format::Csv, b','),
    (Format::TimelineJsCsv, b','),
    (Format::Timesketch, b','),
    (Format::Edges, b','),
    (Format::Gdelt, b'\t'),
];

#[test]
fn every_format_as_it_looks() {
    for format in texts() {
        let (mut text, losses) = written(*format, CsvStyle::default(), &entries());
        if *format == Format::Html {
            // The style and the script are files of their own.
            let from = text.find("<caption>").unwrap();
            text = text[from..text.find("<script>\"use strict\"").unwrap()].to_owned();
        }
        insta::assert_snapshot!(format.as_str(), format!("{losses}\n{text}"));
    }
}

#[test]
fn no_text_of_an_article_commands() {
    for format in texts() {
        let (text, _) = written(*format, CsvStyle::default(), &entries());
        let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        assert!(!text.contains(control), "{format}: a control character");
        assert!(!text.contains('\u{202e}') || matches!(format, Format::Json | Format::Jsonl), "{format}: turned text");
        if matches!(format, Format::Html | Format::Kml | Format::Gexf | Format::Rss | Format::Markdown) {
            assert!(!text.contains("<script>alert"), "{format}: markup");
            assert!(!text.contains("javascript:alert"), "{format}: a link that acts");
        }
        if matches!(format, Format::TimelineJs | Format::Vis | Format::TimelineJsCsv) {
            assert!(!text.contains("<script"), "{format}: markup");
        }
        if *format == Format::Ics {
            assert_eq!(text.matches("\r\nBEGIN:VEVENT\r\n").count(), 6, "a line of a text is no line of the calendar");
            assert!(text.lines().all(|line| line.len() <= 75));
        }
        if *format == Format::Mermaid {
            assert!(
                text.lines().skip(2).all(|l| l.trim_start().starts_with("section") || l.matches(": ").count() == 1)
            );
        }
    }
}

#[test]
fn workbooks_hold_texts_and_nothing_else() {
    use calamine::{Data, Reader, Xlsx};
    let mut formula = entry(9, "=1+1 _x0041_", on("2025-12-21"), Granularity::Day);
    formula.evidence[0].sentence = "long ".repeat(10_000);
    let all = [entries(), vec![formula]].concat();
    let (file, losses) = bytes(Format::Xlsx, CsvStyle::default(), &all);
    assert_eq!(losses, "1 event coarsened: a cell of Excel ends after 32,767 characters\n");
    assert_eq!(file, bytes(Format::Xlsx, CsvStyle::default(), &all).0, "the same events make the same bytes");
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(file)).unwrap();
    let sheet = book.worksheet_range("Events").unwrap();
    assert_eq!(sheet.height(), all.len() + 1);
    let header: Vec<String> = sheet.rows().next().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(header, dateline::export::COLUMNS);
    assert!(sheet.rows().flatten().all(|cell| matches!(cell, Data::String(_) | Data::Empty)));
    assert!(sheet.rows().flatten().any(|cell| *cell == "2025-12-21"));
    assert!(!sheet.rows().flatten().any(|cell| cell.to_string().contains('\u{1b}')));
    let empty = bytes(Format::Xlsx, CsvStyle::default(), &[]).0;
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(empty)).unwrap();
    assert_eq!(book.worksheet_range("Events").unwrap().height(), 1);
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_has_types_of_its_own() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let many: Vec<Entry> = entries().into_iter().cycle().take(25_000).collect();
    for all in [Vec::new(), entries(), many] {
        let (file, _) = bytes(Format::Parquet, CsvStyle::default(), &all);
        let dir = common::folder();
        let path = dir.path().join("events.parquet");
        std::fs::write(&path, file).unwrap();
        let file = SerializedFileReader::new(std::fs::File::open(&path).unwrap()).unwrap();
        assert_eq!(file.metadata().file_metadata().num_rows(), all.len() as i64);
        let rows: Vec<String> = file.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect();
        assert_eq!(rows.len(), all.len());
        assert!(
            all.is_empty() || rows.iter().any(|r| r.contains("actors: [\"Maria Sample\", \"Jan Example\"]")),
            "{rows:?}"
        );
    }
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_build_without_parquet_says_so() {
    let made = exporter_with(Format::Parquet, &Setting::default(), Box::new(Vec::new()));
    assert!(made.err().unwrap().to_string().contains("--features parquet"));
    // The program asks before it makes the file, or empties one that is there.
    let dir = common::folder();
    let run = |words: &[&str]| {
        std::process::Command::new(env!("CARGO_BIN_EXE_dateline")).args(words).current_dir(dir.path()).output().unwrap()
    };
    assert!(run(&["demo", "talks.db", "-q", "--now", "2026-01-15"]).status.success());
    std::fs::write(dir.path().join("old.parquet"), "of another build").unwrap();
    for name in ["new.parquet", "old.parquet"] {
        let done = run(&["export", "parquet", "--db", "talks.db", "-o", name]);
        assert!(!done.status.success() && String::from_utf8_lossy(&done.stderr).contains("--features parquet"));
    }
    assert!(!dir.path().join("new.parquet").exists());
    assert_eq!(std::fs::read_to_string(dir.path().join("old.parquet")).unwrap(), "of another build");
}

#[test]
fn json_is_json_and_tables_are_square() {
    for entries in [entries(), Vec::new()] {
        for format in [Format::TimelineJs, Format::GeoJson, Format::Vis, Format::Csl, Format::Json] {
            let (text, _) = written(format, CsvStyle::default(), &entries);
            serde_json::from_str::<serde_json::Value>(&text).unwrap_or_else(|e| panic!("{format}: {e}"));
        }
        for format in [Format::Ftm, Format::TimesketchJsonl, Format::Jsonl] {
            let (text, _) = written(format, CsvStyle::default(), &entries);
            for line in text.lines() {
                serde_json::from_str::<serde_json::Value>(line).unwrap_or_else(|e| panic!("{format}: {e}"));
            }
        }
        for (format, delimiter) in TABLES {
            let (text, _) = written(format, CsvStyle::default(), &entries);
            let mut table = csv::ReaderBuilder::new()
                .has_headers(false)
                .delimiter(delimiter)
                .quoting(delimiter == b',')
                .from_reader(text.as_bytes());
            // The reader itself refuses rows of other lengths.
            let rows: Result<Vec<_>, _> = table.records().collect();
            let rows = rows.unwrap_or_else(|e| panic!("{format}: {e}"));
            assert!(rows.len() >= entries.len() / 3, "{format}");
        }
    }
}

#[test]
fn every_table_can_be_made_safe_for_spreadsheets() {
    let mut formula = entry(1, "=1+1", on("2025-12-21"), Granularity::Day);
    formula.actors.iter_mut().for_each(|a| a.name = "@SUM(A1)".to_owned());
    for (format, delimiter) in TABLES {
        for safe in [false, true] {
            let style = CsvStyle { excel_safe: safe, ..CsvStyle::default() };
            let (text, _) = written(format, style, &[formula.clone()]);
            let mut table = csv::ReaderBuilder::new()
                .has_headers(false)
                .delimiter(delimiter)
                .quoting(delimiter == b',')
                .from_reader(text.as_bytes());
            let formulas = table
                .records()
                .flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
                .filter(|cell| cell.starts_with(['=', '@']))
                .count();
            assert_eq!(formulas == 0, safe, "{format}: {text}");
        }
    }
}

#[test]
fn what_is_left_out_is_counted() {
    for format in texts() {
        let (_, losses) = written(*format, CsvStyle::default(), &entries());
        let lossless = [Format::Csv, Format::Json, Format::Jsonl, Format::Markdown, Format::Csl];
        assert_eq!(losses.is_empty(), lossless.contains(format), "{format}: {losses}");
    }
}

#[test]
fn rows_of_tables_of_others_are_told_apart() {
    let of = |origin| Entry { origin, ..entry(1, "They met", on("2025-12-21"), Granularity::Day) };
    let all = [Origin::Extracted, Origin::Dateline, Origin::Acled, Origin::Gdelt, Origin::TimelineJs].map(of);
    for format in [Format::Gdelt, Format::Gexf] {
        let (_, losses) = written(format, CsvStyle::default(), &all);
        assert_eq!(losses, "4 events coarsened: imported from a table of others, which this format cannot say\n");
    }
    // A row of a table is no article; what another database read is one.
    for (one, articles) in all.iter().zip([1, 1, 0, 0, 0]) {
        let (text, losses) = written(Format::Csl, CsvStyle::default(), std::slice::from_ref(one));
        assert_eq!(serde_json::from_str::<Vec<serde_json::Value>>(&text).unwrap().len(), articles, "{}", one.origin);
        let skipped = if articles == 0 { "1 event skipped: imported: the row of a table is no article\n" } else { "" };
        assert_eq!(losses, skipped);
    }
}

#[test]
fn every_column_is_described() {
    for (format, _) in &TABLES[..4] {
        let (text, _) = written(*format, CsvStyle::default(), &[]);
        for column in text.trim_end().split(',') {
            assert!(describe(*format).contains(&format!("`{column}`")), "docs/formats.md: {format} lacks {column}");
        }
    }
}
