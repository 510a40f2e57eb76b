//! Nothing stays undocumented: every table, view, column and exported field stands in docs/.

mod common;

use dateline::export::{COLUMNS, CsvStyle, Format, LONG_COLUMNS, exporter};
use dateline::model::Filter;
use dateline::store::Store;
use rusqlite::Connection;

fn read(file: &str) -> String {
    std::fs::read_to_string(format!("{}/docs/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The part of a document under a heading.
fn section<'a>(text: &'a str, heading: &str) -> Option<&'a str> {
    let start = text.find(&format!("\n{heading}\n"))?;
    let rest = &text[start + heading.len() + 2..];
    let level = heading.chars().take_while(|c| *c == '#').count();
    let end = (1..=level).filter_map(|n| rest.find(&format!("\n{} ", "#".repeat(n)))).min();
    Some(&rest[..end.unwrap_or(rest.len())])
}

#[test]
fn every_table_view_and_column_is_documented() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.db");
    Store::open(&path).unwrap();
    let conn = Connection::open(&path).unwrap();
    let docs = read("schema.md");
    let names = section(&docs, "## Names").unwrap();
    let tables: Vec<String> = conn
        .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type <> 'shadow' AND name NOT LIKE 'sqlite_%'")
        .unwrap()
        .query_map([], |r| r.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert!(tables.len() > 25);
    for table in &tables {
        let columns: Vec<String> = conn
            .prepare("SELECT name FROM pragma_table_info(?1)")
            .unwrap()
            .query_map([table], |r| r.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let part = match section(&docs, &format!("### {table}")) {
            Some(part) => part,
            None if columns.iter().all(|c| ["id", "name", "family"].contains(&c.as_str())) => {
                assert!(names.contains(&format!("`{table}`")), "docs/schema.md says nothing of {table}");
                names
            }
            None => panic!("docs/schema.md says nothing of {table}"),
        };
        for column in &columns {
            assert!(part.contains(&format!("`{column}`")), "docs/schema.md: {table} lacks `{column}`");
        }
    }
    for heading in docs.lines().filter_map(|l| l.strip_prefix("### ")) {
        assert!(tables.iter().any(|t| t == heading), "docs/schema.md tells of {heading}, which is not there");
    }
}

#[test]
fn the_questions_in_the_schema_work() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.db");
    let story = common::kyiv();
    Store::open(&path).unwrap().save(&story.article, &story.analysis, &common::saving()).unwrap();
    let conn = Connection::open(&path).unwrap();
    let docs = read("schema.md");
    let questions = section(&docs, "## Some questions").unwrap();
    let mut asked = 0;
    for sql in questions.split(';').filter(|s| s.contains("SELECT")) {
        let mut query = conn.prepare(sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
        let mut rows = query.query([]).unwrap();
        while rows.next().unwrap().is_some() {}
        asked += 1;
    }
    assert_eq!(asked, 4);
    let (first, actors): (String, String) =
        conn.query_row("SELECT date_from, actors FROM timeline LIMIT 1", [], |r| Ok((r.get(0)?, r.get(1)?))).unwrap();
    assert_eq!((first.as_str(), actors.as_str()), ("2025-12-22", "Volodymyr Zelenskyy"));
    let words: String = conn.query_row("SELECT trigger FROM event_full WHERE event_id = 2", [], |r| r.get(0)).unwrap();
    assert_eq!(words, "captured");
}

#[test]
fn every_exported_field_is_documented() {
    let docs = read("formats.md");
    let csv = section(&docs, "## CSV").unwrap();
    for column in COLUMNS.iter().chain(LONG_COLUMNS) {
        assert!(csv.contains(&format!("`{column}`")), "docs/formats.md: CSV lacks `{column}`");
    }
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(&dir.path().join("a.db")).unwrap();
    let story = common::kyiv();
    store.save(&story.article, &story.analysis, &common::saving()).unwrap();
    let mut bytes = Vec::new();
    let mut json = exporter(Format::Json, CsvStyle::default(), Box::new(&mut bytes)).unwrap();
    common::entries(&store, &Filter::default()).iter().for_each(|e| json.entry(e).unwrap());
    json.finish().unwrap();
    drop(json);
    let entries: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let part = section(&docs, "## JSON and JSON Lines").unwrap();
    let words: Vec<&str> = part.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let mut names = Vec::new();
    keys(&entries, &mut names);
    assert!(names.len() > 40);
    for name in names {
        assert!(words.contains(&name.as_str()), "docs/formats.md: JSON lacks {name}");
    }
}

fn keys(value: &serde_json::Value, names: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                names.push(name.clone());
                keys(value, names);
            }
        }
        serde_json::Value::Array(values) => values.iter().for_each(|v| keys(v, names)),
        _ => {}
    }
}

fn commands() -> Vec<clap::Command> {
    dateline::cli::command().get_subcommands().cloned().collect()
}

#[test]
fn every_command_and_flag_says_what_it_does() {
    let whole = dateline::cli::command();
    assert!(whole.get_about().is_some());
    for mut command in commands() {
        let name = command.get_name().to_owned();
        assert!(command.get_about().is_some(), "dateline {name} says nothing of itself");
        let help = command.render_long_help().to_string();
        assert!(help.contains("Example"), "dateline {name} --help has no example");
        assert!(help.contains(&format!("  dateline {name}")) || help.contains(&format!(" {name}")), "{name}: {help}");
        for flag in command.get_arguments() {
            assert!(flag.get_help().is_some(), "dateline {name}: {} has no help text", flag.get_id());
        }
    }
}

#[test]
fn every_command_and_flag_is_documented() {
    let docs = read("commands.md");
    let every = section(&docs, "## Flags of every command").unwrap();
    let filters = section(&docs, "## Filters").unwrap();
    for command in commands() {
        let name = command.get_name();
        let part = section(&docs, &format!("### {name}"));
        let part = part.unwrap_or_else(|| panic!("docs/commands.md says nothing of {name}"));
        assert!(part.contains(&format!("dateline {name}")), "docs/commands.md: {name} lacks an example");
        for flag in command.get_arguments().filter_map(|a| a.get_long()).filter(|f| *f != "help" && *f != "version") {
            let flag = format!("`--{flag}");
            let known = [part, every, if part.contains("(#filters)") { filters } else { "" }];
            assert!(known.iter().any(|part| part.contains(&flag)), "docs/commands.md: {name} lacks {flag}`");
        }
    }
    for heading in docs.lines().filter_map(|l| l.strip_prefix("### ")) {
        assert!(commands().iter().any(|c| c.get_name() == heading), "docs/commands.md: there is no command {heading}");
    }
}

/// The keys that serde reads into a structure of a source file.
fn rule_keys(file: &str, structure: &str) -> Vec<String> {
    let source = std::fs::read_to_string(format!("{}/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let start = source.find(&format!("struct {structure} {{")).unwrap_or_else(|| panic!("{file}: no {structure}"));
    let attributes = &source[source[..start].rfind("#[serde").unwrap_or(start)..start];
    let kebab = attributes.contains("kebab-case");
    let (mut keys, mut renamed) = (Vec::new(), None);
    for line in source[start..].lines().skip(1).take_while(|l| !l.starts_with('}')).map(str::trim) {
        if let Some((_, rest)) = line.split_once("rename = \"") {
            renamed = rest.split('"').next().map(str::to_owned);
        } else if let Some((name, _)) = line.split_once(": ").filter(|_| !line.starts_with(['/', '#'])) {
            let name = name.trim_start_matches("pub ").trim_start_matches("r#");
            let name = if kebab { name.replace('_', "-") } else { name.to_owned() };
            keys.push(renamed.take().unwrap_or(name));
        }
    }
    keys
}

#[test]
fn every_key_of_a_rule_is_documented() {
    let docs = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/data/README.md")).unwrap();
    let times = section(&docs, "## Time rules").unwrap();
    let mut wanted = Vec::new();
    for structure in ["File", "Rule", "Example", "List", "Phrase"] {
        wanted.extend(rule_keys("src/lexicon/times/file.rs", structure).into_iter().map(|key| (times, key)));
    }
    assert!(wanted.len() > 25);
    if let Some(events) = section(&docs, "## Event rules") {
        for structure in ["Raw", "EventExample"] {
            wanted.extend(rule_keys("src/lexicon/events.rs", structure).into_iter().map(|key| (events, key)));
        }
    }
    for (part, key) in wanted {
        let named = [format!("`{key}`"), format!("\n{key} = "), format!("[{key}]]"), format!(" {key} = ")];
        assert!(named.iter().any(|n| part.contains(n)), "data/README.md does not tell of the key {key}");
    }
}
