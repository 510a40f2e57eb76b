//! The commands that read: as a person types them, on a database that was made here.

mod common;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::*;
use dateline::export::{COLUMNS, CsvStyle, Format, LONG_COLUMNS, exporter};
use dateline::model::*;
use dateline::query;
use dateline::store::Store;

struct Db {
    path: PathBuf,
    _dir: tempfile::TempDir,
}

fn database(stories: &[Story]) -> Db {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("test.db");
    let mut store = Store::open(&path).unwrap();
    for story in stories {
        store.save(&story.article, &story.analysis, &saving()).unwrap();
    }
    Db { path, _dir: dir }
}

fn dateline(db: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(args)
        .arg("--db")
        .arg(db)
        .args(["--now", "2026-01-15"])
        .env_remove("DATELINE_DB")
        .output()
        .unwrap()
}

fn says(db: &Path, args: &[&str]) -> String {
    let output = dateline(db, args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Headlines of the events that a command line finds.
fn headlines(db: &Path, filters: &[&str]) -> Vec<String> {
    let csv = says(db, &[&["events", "--format", "csv"], filters].concat());
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let at = COLUMNS.iter().position(|c| *c == "action").unwrap();
    reader.records().map(|r| r.unwrap()[at].to_owned()).collect()
}

#[test]
fn filters_as_people_type_them() {
    let db = database(&[kyiv()]);
    let found = |filters: &[&str]| headlines(&db.path, filters);
    assert_eq!(found(&[]), ["press conference", "captured", "briefed"]);
    for zelenskyy in ["Zelenskyy", "zelensky", "Volodymyr Zelenskyy", "ukrainian president"] {
        assert_eq!(found(&["--actor", zelenskyy]), ["press conference"], "{zelenskyy}");
    }
    for russia in ["Russia", "russia", "Kremlin", "Russian forces"] {
        assert_eq!(found(&["--actor", russia]), ["captured"], "{russia}");
    }
    assert_eq!(found(&["--actor", "Putin", "--role", "agent"]), Vec::<String>::new());
    assert_eq!(found(&["--actor", "Putin", "--actor", "Russia"]), Vec::<String>::new());
    for ukraine in ["Ukraine", "ukraine", "UKR"] {
        assert_eq!(found(&["--place", ukraine]), ["press conference", "captured"], "{ukraine}");
    }
    assert_eq!(found(&["--place", "kyiv"]), ["press conference"]);
    for sumy in ["Sumy region", "Sumy Oblast", "sumy"] {
        assert_eq!(found(&["--place", sumy]), ["captured"], "{sumy}");
    }
    assert_eq!(found(&["--type", "assault,CONSULT"]), ["captured", "briefed"]);
    assert_eq!(found(&["--type", "statement"]), ["press conference"]);
    assert_eq!(found(&["--text", "soldier"]), ["captured"]);
    assert_eq!(found(&["--text", "\"peace plan\""]), ["briefed"]);
    assert_eq!(found(&["--text", "\"plan peace\""]), Vec::<String>::new());
    assert_eq!(found(&["--text", "NEAR( -- * ' village"]), Vec::<String>::new());
    assert_eq!(found(&["--on", "2025-12-22"]), ["press conference", "captured", "briefed"]);
    assert_eq!(found(&["--on", "2025-12-24"]), Vec::<String>::new());
    assert_eq!(found(&["--from", "last month", "--limit", "1"]), ["press conference"]);
    assert_eq!(found(&["--between", "2025-12-23", "2026"]), ["captured", "briefed"]);
    assert_eq!(found(&["--to", "44 BC"]), ["captured", "briefed"]);
    assert_eq!(found(&["--to", "-0043-03-15"]), ["captured", "briefed"]);
    assert_eq!(found(&["--modality", "Reported"]), ["captured", "briefed"]);
    assert_eq!(found(&["--polarity", "negative"]), Vec::<String>::new());
    assert_eq!(found(&["--min-sources", "2"]), Vec::<String>::new());
    assert_eq!(found(&["--min-confidence", "0.75"]), ["press conference", "briefed"]);
    assert_eq!(found(&["--source", "example news"]).len(), 3);
    assert_eq!(found(&["--source", "Other"]).len(), 0);
    assert_eq!(found(&["--offset", "1", "--limit", "1"]), ["captured"]);
    assert_eq!(found(&["--order", "confidence"]), ["press conference", "briefed", "captured"]);
    assert_eq!(found(&["--order", "newest"]), ["briefed", "captured", "press conference"]);
}

#[test]
fn a_person_can_say_what_a_name_means() {
    let db = database(&[kyiv()]);
    assert_eq!(says(&db.path, &["alias", "Ze", "Zelenskyy"]), "");
    assert_eq!(headlines(&db.path, &["--actor", "ze"]), ["press conference"]);
    assert_eq!(says(&db.path, &["alias", "--not", "Ze", "Volodymyr Zelenskyy"]), "");
    assert_eq!(dateline(&db.path, &["events", "--actor", "ze"]).status.code(), Some(1));
    let missing = dateline(&db.path.with_file_name("none.db"), &["alias", "a", "b"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(!db.path.with_file_name("none.db").exists());
}

#[test]
fn errors_name_the_file_and_the_next_step() {
    let db = database(&[kyiv()]);
    let fails = |args: &[&str]| {
        let output = dateline(&db.path, args);
        assert!(output.stdout.is_empty());
        let text = String::from_utf8(output.stderr).unwrap().replace(&db.path.display().to_string(), "test.db");
        (output.status.code(), text)
    };
    for (args, says) in [
        (
            &["events", "--actor", "Zelenski"][..],
            "error: test.db: no actor named \"Zelenski\"; did you mean Volodymyr Zelenskyy?\n",
        ),
        (
            &["events", "--actor", "Qwertyuiop"],
            "error: test.db: no actor named \"Qwertyuiop\"; `dateline actors` lists them\n",
        ),
        (&["events", "--place", "Kiyv"], "error: test.db: no place named \"Kiyv\"; did you mean Kyiv?\n"),
        (&["show", "99"], "error: test.db: no event 99; `dateline events` lists them\n"),
        (&["events", "--text", "..."], "error: test.db: \"...\" holds no word to search for\n"),
        (
            &["events", "--from", "2026", "--to", "2025"],
            "error: the dates ask for nothing: 2026-01-01 is after 2025-12-31\n",
        ),
    ] {
        assert_eq!(fails(args), (Some(1), says.to_owned()));
    }
    let (code, text) = fails(&["events", "--role", "hero", "--actor", "x"]);
    assert_eq!(code, Some(2));
    assert!(text.contains("known: agent, patient, recipient, other"), "{text}");
    let missing = dateline(Path::new("no/such.db"), &["stats"]);
    assert_eq!(missing.status.code(), Some(1));
    assert_eq!(
        String::from_utf8(missing.stderr).unwrap(),
        "error: no/such.db: there is no such database; `dateline ingest FILES` makes one\n"
    );
}

#[test]
fn a_timeline_reads_like_one() {
    let db = database(&[kyiv()]);
    let text = says(&db.path, &["timeline", "--format", "table"]);
    assert_eq!(
        text,
        "\
Monday 22 December 2025
  - On December 22 Zelenskyy spoke at a press conference in Kyiv.
    Volodymyr Zelenskyy | Kyiv, UKR | STATEMENT | part of the date inferred | event 1

On or before Tuesday 23 December 2025
  - [reported by He] He said that Russian forces had captured a village in the Sumy region with 13
    soldiers.
    Russian forces | Sumy region, UKR | ASSAULT | event 2
  - [reported by The Kremlin] The Kremlin said Putin was briefed on the peace plan.
    Vladimir Putin | CONSULT | event 3
"
    );
    let sources = says(&db.path, &["timeline", "--format", "table", "--sources", "--actor", "Putin"]);
    assert!(sources.contains("      \"The Kremlin said Putin was briefed on the peace plan.\"\n"), "{sources}");
    assert!(sources.contains("article 1: A plan of 20 points, Example News, 2025-12-23 (given)"), "{sources}");
}

#[test]
fn explain_shows_words_and_rules() {
    let db = database(&[kyiv()]);
    let text = says(&db.path, &["explain", "1"]);
    for part in [
        "On [date December 22] [agent Zelenskyy] spoke at a [trigger press conference] in [place Kyiv].",
        "date        \"December 22\" is 2025-12-22 (2025-12-22), stated, by rule test-time",
        "agent       \"Zelenskyy\" is Volodymyr Zelenskyy, by rule test-role",
        "because     type: test-event, which saw \"press conference\"",
        "article 1: A plan of 20 points, Example News, published 2025-12-23 (given)",
    ] {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
    assert!(says(&db.path, &["show", "2"]).contains("captured    13 (13)"));
}

#[test]
fn lists_have_every_shape() {
    let db = database(&[kyiv()]);
    assert_eq!(
        says(&db.path, &["actors", "putin"]),
        "id,name,kind,country,sector,events,first,last,aliases\n3,Vladimir Putin,person,RUS,GOV,1,,2025-12-23,Putin\n"
    );
    assert_eq!(
        says(&db.path, &["places", "--format", "jsonl", "--limit", "1"]),
        "{\"name\":\"Kyiv\",\"region\":null,\"country\":\"UKR\",\"lat\":null,\"lon\":null,\"precision\":\"city\",\"events\":1}\n"
    );
    assert!(says(&db.path, &["articles", "--format", "markdown"]).starts_with("| id | published |"));
    assert!(says(&db.path, &["articles"]).contains("2025-12-23T14:26:40Z"));
    let stats: serde_json::Value = serde_json::from_str(&says(&db.path, &["stats", "--format", "json"])).unwrap();
    assert!(stats.as_array().unwrap().iter().any(|row| row["what"] == "events" && row["value"] == 3));
    assert!(says(&db.path, &["stats", "--format", "table"]).contains("schema version"));
}

/// Text from articles that means harm to terminals, spreadsheets and Markdown.
fn hostile() -> Story {
    let mut s =
        Story::new("=cmd|' /C calc'!A0 \u{1b}]0;owned\u{7} \u{202e}, \"said\" <script>alert(1)</script> *x*; [a](b)");
    let who = s.actor("-2+3\u{1b}[31m, \"Quote\"", ActorKind::Person, "", None, &[]);
    let words = s.span("said");
    let e = s.event("=cmd|' /C calc'!A0", EventType::Other, Interval::UNKNOWN);
    e.participants = vec![takes_part(Role::Agent, who, words)];
    s
}

fn csv_rows(bytes: &[u8], delimiter: u8) -> Vec<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(bytes);
    reader.records().map(Result::unwrap).collect()
}

#[test]
fn csv_can_be_read_back() {
    let db = database(&[kyiv(), hostile()]);
    let bytes = says(&db.path, &["export", "csv"]);
    assert!(!bytes.contains('\r') && bytes.ends_with('\n'));
    let rows = csv_rows(bytes.as_bytes(), b',');
    assert_eq!(rows[0].iter().collect::<Vec<_>>(), COLUMNS);
    assert_eq!(rows.len(), 5);
    let cell = |row: usize, column: &str| &rows[row][COLUMNS.iter().position(|c| *c == column).unwrap()];
    for (column, value) in [
        ("event_id", "1"),
        ("date_start", "2025-12-22"),
        ("date_end", "2025-12-22"),
        ("date_precision", "day"),
        ("date_edtf", "2025-12-22"),
        ("date_text", "December 22"),
        ("event_type", "STATEMENT"),
        ("event_code", "01"),
        ("actor_source", "Volodymyr Zelenskyy"),
        ("actor_target", ""),
        ("place", "Kyiv"),
        ("country", "UKR"),
        ("geo_precision", "city"),
        ("confidence", "0.800"),
        ("article_title", "A plan of 20 points"),
        ("published_at", "2025-12-23"),
        ("n_sources", "1"),
        ("review_status", "machine"),
        ("event_mode", "press-conference"),
        ("date_inferred", "true"),
    ] {
        assert_eq!(cell(1, column), value, "{column}");
    }
    assert_eq!((cell(2, "date_start"), cell(2, "date_end")), ("", "2025-12-23"));
    assert_eq!(cell(2, "counts"), "captured 13 (13)");
    assert_eq!(cell(3, "actor_target"), "Vladimir Putin");
    assert_eq!(cell(4, "date_precision"), "");
    assert_eq!(cell(4, "actors"), "-2+3[31m, \"Quote\"");

    let none = says(&db.path, &["export", "csv", "--type", "MARRY"]);
    assert_eq!(csv_rows(none.as_bytes(), b',').len(), 1, "a header always");
}

#[test]
fn csv_has_its_choices() {
    let db = database(&[kyiv(), hostile()]);
    let safe = says(&db.path, &["export", "csv", "--excel-safe", "--bom", "--delimiter", ";"]);
    assert!(safe.starts_with('\u{feff}'));
    let rows = csv_rows(safe.trim_start_matches('\u{feff}').as_bytes(), b';');
    assert_eq!(rows.len(), 5);
    for row in &rows {
        assert!(row.iter().all(|c| !c.starts_with(['=', '+', '-', '@', '\t', '\r'])), "{row:?}");
    }
    assert!(rows[4].iter().any(|c| c.starts_with("'=cmd")) && rows[4].iter().any(|c| c.starts_with("'-2+3")));

    let long = says(&db.path, &["export", "csv", "--long"]);
    let rows = csv_rows(long.as_bytes(), b',');
    assert_eq!(rows[0].iter().skip(COLUMNS.len()).collect::<Vec<_>>(), LONG_COLUMNS);
    assert_eq!(
        rows[1].iter().skip(COLUMNS.len()).collect::<Vec<_>>(),
        ["1", "Volodymyr Zelenskyy", "agent", "person", "UKR", "GOV"]
    );
    assert_eq!(rows.len(), 5);
    assert_eq!(dateline(&db.path, &["export", "csv", "--delimiter", "ab"]).status.code(), Some(2));
}

#[test]
fn json_and_jsonl_say_the_same() {
    let db = database(&[kyiv(), hostile()]);
    let array: Vec<serde_json::Value> = serde_json::from_str(&says(&db.path, &["export", "json"])).unwrap();
    let lines: Vec<serde_json::Value> =
        says(&db.path, &["export", "jsonl"]).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(array, lines);
    assert_eq!(array.len(), 4);
    assert_eq!(array[0]["actors"][0]["name"], "Volodymyr Zelenskyy");
    assert_eq!(array[1]["from"], serde_json::Value::Null);
    assert_eq!(array[3]["evidence"][0]["sentence"], hostile().article.text, "JSON keeps every character");
    assert_eq!(says(&db.path, &["export", "json", "--type", "MARRY"]), "[]\n");
    assert_eq!(says(&db.path, &["export", "jsonl", "--type", "MARRY"]), "");
}

#[test]
fn nothing_from_an_article_reaches_a_terminal_or_becomes_markup() {
    let db = database(&[hostile()]);
    for args in [
        &["timeline", "--format", "table", "--sources"][..],
        &["events", "--format", "table"],
        &["show", "1"],
        &["explain", "1"],
        &["actors", "--format", "table"],
        &["export", "csv"],
        &["export", "markdown"],
    ] {
        let text = says(&db.path, args);
        assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{args:?}: {text:?}");
    }
    let markdown = says(&db.path, &["export", "markdown"]);
    assert!(markdown.contains("&lt;script&gt;") && markdown.contains("\\*x\\*"), "{markdown}");
    assert!(!markdown.contains("](b)") || markdown.contains("\\](b)"), "{markdown}");
}

#[test]
fn a_file_is_written_and_a_closed_pipe_is_quiet() {
    let db = database(&[kyiv()]);
    let file = db.path.with_file_name("events.csv");
    let output = dateline(&db.path, &["export", "csv", "-o", file.to_str().unwrap()]);
    assert!(output.stdout.is_empty());
    assert_eq!(String::from_utf8(output.stderr).unwrap(), format!("3 events written to {}\n", file.display()));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), says(&db.path, &["export", "csv"]));

    let many: Vec<Story> = (0..200)
        .map(|i| {
            let mut story = kyiv();
            story.article.text.push_str(&format!("\n{i}"));
            story.article.title = Some(i.to_string());
            story
        })
        .collect();
    let db = database(&many);
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["export", "jsonl", "--db"])
        .arg(&db.path)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn a_timeline_in_memory_is_what_the_commands_print() {
    let db = database(&[kyiv()]);
    let store = Store::open_to_read(&db.path).unwrap();
    let timeline = query::timeline(&store, &Filter::default()).unwrap();
    let mut bytes = Vec::new();
    let mut csv = exporter(Format::Csv, CsvStyle::default(), Box::new(&mut bytes)).unwrap();
    timeline.entries.iter().for_each(|e| csv.entry(e).unwrap());
    csv.finish().unwrap();
    drop(csv);
    assert_eq!(String::from_utf8(bytes).unwrap(), says(&db.path, &["timeline"]));
}
