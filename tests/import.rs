//! Tables of events that others made: what becomes of their columns, what is told of the rest, and that our own exports come
//! back as they went out.

mod common;

use std::io::Cursor;
use std::path::Path;

use dateline::export::{CsvStyle, Format, exporter};
use dateline::ingest::{Caps, NotTaken, TableEvent, TableFormat, Tables, read_table, stories};
use dateline::lexicon::{Countries, Data};
use dateline::model::*;
use dateline::store::{Importing, Saved, Store};
use serde_json::Value;

fn countries() -> Countries {
    Countries::load(&Data::BuiltIn).unwrap()
}

/// The events of a table, the reasons of rows that are none, and what was not taken over.
fn read(bytes: &[u8], format: Option<TableFormat>) -> (Vec<TableEvent>, Vec<String>, NotTaken, TableFormat) {
    let countries = countries();
    let how = Tables { countries: &countries, caps: Caps::default(), format };
    let (mut events, mut bad) = (Vec::new(), Vec::new());
    let told = read_table(Box::new(Cursor::new(bytes)), &how, &mut |_, row| {
        match row {
            Ok(event) => events.push(event),
            Err(row) => bad.push(format!("{}: {}", row.at, row.reason)),
        }
        Ok(())
    });
    let (format, not_taken) = told.unwrap();
    (events, bad, not_taken, format)
}

fn import(store: &mut Store, bytes: &[u8], replace: bool) -> Vec<Saved> {
    let (events, bad, ..) = read(bytes, None);
    assert!(bad.is_empty(), "{bad:?}");
    let import = |e: &TableEvent| {
        let how = Importing { origin: e.origin, key: &e.key, replace, ingested_at: 0 };
        store.import(&stories(e, "table"), &how).unwrap()
    };
    events.iter().map(import).collect()
}

fn entries(store: &Store, origins: &[Origin]) -> Vec<Entry> {
    common::entries(store, &Filter { evidence: None, origins: origins.to_vec(), ..Filter::default() })
}

fn written(store: &Store, format: Format, style: CsvStyle) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut out = exporter(format, style, Box::new(&mut bytes)).unwrap();
    entries(store, &[]).iter().for_each(|entry| out.entry(entry).unwrap());
    out.finish().unwrap();
    drop(out);
    bytes
}

fn store(folder: &Path, name: &str) -> Store {
    Store::open(&folder.join(name)).unwrap()
}

const ACLED: &str = "\u{feff}event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp
XYZ1,2024-01-05,2024,1,Political violence,Battles,Armed clash,Military Forces of Kenya (2022-),Police Forces of Kenya (2022-),State forces,River Rebels,,Rebel group,State forces-Rebel group,,404,Eastern Africa,Kenya,Nairobi,,,Nairobi,-1.2864,36.8172,1,Quay Times; Harbour Post,National,\"On 5 January 2024, soldiers and rebels fought near the old bridge in Nairobi. 3 fatalities.\",3,,1704844800
XYZ2,07 January 2024,2024,2,Demonstrations,Protests,Peaceful protest,Protesters (Kenya),,6,,,,60,,404,Eastern Africa,Kenya,Nairobi,,,Nairobi,-1.2864,36.8172,2,Quay Times,National,In the week of 7 January people marched.,0,crowd size=no report,1704844800
XYZ3,soon,2024,1,,Protests,Peaceful protest,,,,,,,,,404,,Kenya,,,,Nairobi,,,1,,,x,0,,
";

#[test]
fn acled_rows_become_events() {
    let (events, bad, not_taken, format) = read(ACLED.as_bytes(), None);
    assert_eq!(format, TableFormat::Acled);
    assert_eq!(bad, ["4: \"soon\" is no event_date; write YYYY-MM-DD or 05 January 2024"]);
    let [battle, march] = &events[..] else { panic!("{events:?}") };
    assert_eq!((battle.event_type, battle.when.interval), (EventType::Assault, common::on("2024-01-05")));
    let names: Vec<_> = battle.actors.iter().map(|a| (a.name.as_str(), a.role, a.country, a.sector)).collect();
    let kenya = common::country("KEN");
    assert_eq!(names[0], ("Military Forces of Kenya (2022-)", Role::Agent, kenya, Some(Sector::Military)));
    assert_eq!(names[1].1, Role::Other);
    assert_eq!(names[2], ("River Rebels", Role::Patient, None, Some(Sector::Rebels)));
    let place = battle.place.as_ref().unwrap();
    assert_eq!((place.name.as_str(), place.country, place.precision), ("Nairobi", kenya, PlacePrecision::City));
    assert_eq!((battle.counts[0].0, battle.counts[0].1), (CountKind::Dead, 3.0));
    assert_eq!(battle.evidence[0].source.as_deref(), Some("ACLED: Quay Times; Harbour Post"));
    assert!(battle.evidence[0].sentence.starts_with("On 5 January 2024, soldiers"));
    assert_eq!((march.event_type, march.mode.as_deref()), (EventType::Protest, Some("demonstrate")));
    assert_eq!(march.when.interval, common::between("2024-01-04", "2024-01-10"));
    assert!(march.when.approximate && march.actors[0].country == kenya);
    let told: Vec<_> = not_taken.iter().map(|(what, n)| format!("{what} {n}")).collect();
    assert!(
        told.contains(&"column tags 1".to_owned()) && told.contains(&"column disorder_type 2".to_owned()),
        "{told:?}"
    );
}

/// A row of GDELT 2.0 with these columns filled.
fn gdelt(filled: &[(usize, &str)]) -> String {
    let mut cells = [""; 61];
    filled.iter().for_each(|(at, cell)| cells[*at] = cell);
    cells.join("\t") + "\n"
}

#[test]
fn gdelt_rows_become_events() {
    let row = gdelt(&[
        (0, "1234567"),
        (1, "20240105"),
        (2, "202401"),
        (3, "2024"),
        (5, "KENGOV"),
        (6, "KENYA"),
        (7, "KEN"),
        (12, "GOV"),
        (15, "REB"),
        (16, "REBEL"),
        (26, "193"),
        (27, "193"),
        (28, "19"),
        (29, "4"),
        (30, "-10.0"),
        (31, "4"),
        (32, "1"),
        (33, "4"),
        (34, "-2.5"),
        (51, "4"),
        (52, "Nairobi, Nairobi Area, Kenya"),
        (53, "KE"),
        (56, "-1.28333"),
        (57, "36.8167"),
        (59, "20240106001500"),
        (60, "https://quay.example/story"),
    ]);
    let short = "1\t20240105\tx\n";
    let unknown = gdelt(&[(0, "2"), (1, "20240105"), (28, "77")]);
    let (events, bad, not_taken, format) = read(format!("{row}{short}{unknown}").as_bytes(), None);
    assert_eq!(format, TableFormat::Gdelt);
    assert_eq!(bad.len(), 2, "{bad:?}");
    assert!(bad[0].starts_with("2: 3 columns") && bad[1].contains("\"77\" is no EventRootCode"), "{bad:?}");
    let event = &events[0];
    assert_eq!((event.key.as_str(), event.event_type), ("1234567", EventType::Assault));
    assert_eq!(event.headline, "KENYA; REBEL: fight (CAMEO 193) in Nairobi");
    assert_eq!((event.actors[0].country, event.actors[0].sector), (common::country("KEN"), Some(Sector::Government)));
    let place = event.place.as_ref().unwrap();
    assert_eq!(
        (place.country, place.region.as_deref(), place.lat),
        (common::country("KEN"), Some("Nairobi Area"), Some(-1.28333))
    );
    assert_eq!(event.evidence[0].url.as_deref(), Some("https://quay.example/story"));
    assert_eq!(event.evidence[0].published.unwrap().day.to_string(), "2024-01-06");
    assert!(not_taken.iter().any(|(what, _)| what == "GoldsteinScale"));
    // What we write for tools for GDELT comes back as well: months and years without a day.
    let month = gdelt(&[(0, "3"), (1, "20240100"), (28, "04")]);
    assert_eq!(read(month.as_bytes(), None).0[0].when.granularity, Granularity::Month);
}

#[test]
fn timelinejs_comes_in_as_table_and_as_json() {
    let sheet = "Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,Media,Type,Group\n\
                 ,,,,,,,,,The <b>strike</b>,All of it,,title,\n\
                 2024,3,4,,2024,3,6,,early March,\"Dockers &amp; drivers strike\",<p>The docks <i>stood</i> still.</p>,https://x.example/a.jpg,,work\n\
                 -44,3,15,,,,,,,Caesar dies,,,,\n2024,13,1,,,,,,,Never,,,,\n";
    let (events, bad, not_taken, format) = read(sheet.as_bytes(), None);
    assert_eq!(format, TableFormat::TimelineJs);
    assert_eq!(bad, ["5: 2024-13-1 is no date"]);
    assert_eq!(events[0].headline, "Dockers & drivers strike");
    assert_eq!(events[0].evidence[0].sentence, "The docks stood still.");
    assert_eq!(events[0].when.interval, common::between("2024-03-04", "2024-03-06"));
    assert_eq!(events[1].when.interval, common::on("-0043-03-15"));
    let told: Vec<_> = not_taken.iter().map(|(what, _)| what).collect();
    assert_eq!(told, ["column media", "rows of type \"title\""]);
    let json = "{\"title\": {\"text\": {\"headline\": \"x\"}}, \"events\": [{\"unique_id\": \"s1\", \"start_date\": {\"year\": 2024, \"month\": \"3\"}, \
                \"text\": {\"headline\": \"Dockers strike\", \"text\": \"\"}, \"media\": {\"url\": \"x\"}}, {\"text\": {\"headline\": \"y\"}}]}";
    let (events, bad, not_taken, format) = read(json.as_bytes(), None);
    assert_eq!((format, events[0].key.as_str()), (TableFormat::TimelineJs, "s1"));
    assert_eq!(events[0].when.granularity, Granularity::Month);
    assert_eq!(bad, ["2: no start_date with a year"]);
    assert_eq!(not_taken.iter().count(), 2);
}

#[test]
fn what_is_no_table_of_events_is_refused() {
    let countries = countries();
    let how = Tables { countries: &countries, caps: Caps::default(), format: None };
    for bytes in [&b"a,b\n1,2\n"[..], b"", b"It rained.", b"{\"text\": \"x\"}", b"\x1f\x8b\x08broken"] {
        let error = read_table(Box::new(Cursor::new(bytes)), &how, &mut |_, _| Ok(())).map(|_| ()).unwrap_err();
        assert!(!error.to_string().is_empty());
    }
    let error = read_table(Box::new(&b"a,b\n1,2\n"[..]), &how, &mut |_, _| Ok(())).unwrap_err().to_string();
    assert!(error.contains("--format (acled, gdelt, timelinejs, dateline-csv, dateline-jsonl)"), "{error}");
    // Whatever stands in a table, it gives events or reasons.
    for format in TableFormat::ALL {
        for bytes in [&b"\xff\xfe\x00\n,,,\n\"\n"[..], b"[[[[[[\n{\"a\":", b"event_id,headline\n1,\n", ACLED.as_bytes()]
        {
            let how = Tables { format: Some(*format), ..how };
            let _ = read_table(Box::new(Cursor::new(bytes)), &how, &mut |_, _| Ok(()));
        }
    }
}

#[test]
fn files_made_to_do_harm_come_to_an_end() {
    let countries = countries();
    let caps = Caps { article: 100_000, ..Caps::default() };
    let how = Tables { countries: &countries, caps, format: None };
    let reasons = |bytes: &[u8]| {
        let mut bad = Vec::new();
        let told = read_table(Box::new(Cursor::new(bytes)), &how, &mut |_, row| {
            bad.extend(row.err().map(|row| row.reason));
            Ok(())
        });
        (bad, told.err().map(|e| e.to_string()))
    };
    let open_quote = format!("{ACLED}XYZ9,2024-01-05,\"{}", "x\n".repeat(1_000_000));
    let (bad, error) = reasons(open_quote.as_bytes());
    assert!(bad.last().unwrap().ends_with("the rest of the file is not read") && error.is_none(), "{error:?}");
    let packed = common::inputs::gz(ACLED.repeat(2_000).as_bytes());
    let (bad, error) = reasons(&packed[..packed.len() / 2]);
    assert!(!bad.is_empty() || error.is_some());
    let bomb = common::inputs::gz(&vec![b'x'; 64 << 20]);
    let (bad, error) = reasons(&bomb);
    assert!(!bad.is_empty() || error.is_some());
    let two = common::inputs::zip(&[("a.csv", ACLED.as_bytes()), ("b.csv", b"x")]);
    assert!(reasons(&two).1.unwrap().contains("holds 2 files"));
    let one = common::inputs::zip(&[("a.csv", ACLED.as_bytes())]);
    assert_eq!(reasons(&one).0.len(), 1);
}

#[test]
fn imported_events_stand_apart() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = store(dir.path(), "a.db");
    let story = common::kyiv();
    store.save(&story.article, &story.analysis, &common::saving()).unwrap();
    let read_before = entries(&store, &[]).len();
    let rows = ACLED.lines().take(3).collect::<Vec<_>>().join("\n");
    let saved = import(&mut store, rows.as_bytes(), false);
    assert!(saved.iter().all(|s| matches!(s, Saved::New { events: 1, .. })), "{saved:?}");
    assert_eq!(entries(&store, &[]).len(), read_before + 2);
    assert_eq!(entries(&store, &[Origin::Acled]).len(), 2);
    assert_eq!(entries(&store, &[Origin::Extracted]).len(), read_before);
    assert_eq!(entries(&store, &[Origin::Extracted, Origin::Acled]).len(), read_before + 2);
    let battle = entries(&store, &[Origin::Acled]).remove(0);
    assert_eq!((battle.origin, battle.sources, battle.mentions), (Origin::Acled, 1, 1));
    assert!(dateline::export::stance(&battle).contains("imported from acled"));
    // Read again it is the same; taken again it keeps its number.
    assert!(import(&mut store, rows.as_bytes(), false).iter().all(|s| matches!(s, Saved::Unchanged(_))));
    assert!(import(&mut store, rows.as_bytes(), true).iter().all(|s| matches!(s, Saved::Replaced { .. })));
    let again = entries(&store, &[Origin::Acled]);
    assert_eq!((again.len(), again[0].id), (2, battle.id));
    // An article with the very words of a row is read, and joins nothing.
    let words = &battle.evidence[0].sentence;
    let article = Article::from_text(words.clone());
    assert_eq!(store.find_article(&article).unwrap(), None);
    let told = stories(&read(rows.as_bytes(), None).0[0], "x").remove(0);
    let always = |_: &EventFacts, candidates: &[EventFacts]| {
        (!candidates.is_empty()).then(|| Choice { candidate: 0, because: "always".into() })
    };
    let saving = dateline::store::Saving { ingested_at: 0, replace: false, linker: Some(&always) };
    let read_again = store.save(&Article { id: None, ..told.0 }, &told.1, &saving).unwrap();
    assert!(matches!(read_again, Saved::New { new_events: 1, .. }), "{read_again:?}");
    assert_eq!(entries(&store, &[Origin::Extracted]).len(), read_before + 1);
}

/// An object of JSON Lines without what a new database gives: numbers, order of the actors of a role, origin.
fn bare(line: &str) -> Value {
    let mut event: Value = serde_json::from_str(line).unwrap();
    for field in ["id", "origin"] {
        event.as_object_mut().unwrap().remove(field);
    }
    let actors = event["actors"].as_array_mut().unwrap();
    actors.iter_mut().for_each(|a| drop(a.as_object_mut().unwrap().remove("id")));
    actors.sort_by_key(ToString::to_string);
    let evidence = event["evidence"].as_array_mut().unwrap();
    evidence.iter_mut().for_each(|e| drop(e.as_object_mut().unwrap().remove("article")));
    event
}

/// A database of events told by several articles, and one of hand-made words.
fn full(folder: &Path) -> Store {
    let mut store = store(folder, "full.db");
    let story = common::kyiv();
    store.save(&story.article, &story.analysis, &common::saving()).unwrap();
    common::generate::fill(&mut store, 11, common::generate::DENSE, 300);
    store
}

#[test]
fn json_lines_come_back_as_they_went_out() {
    let dir = tempfile::tempdir().unwrap();
    let first = written(&full(dir.path()), Format::Jsonl, CsvStyle::default());
    let mut copy = store(dir.path(), "copy.db");
    import(&mut copy, &first, false);
    let second = written(&copy, Format::Jsonl, CsvStyle::default());
    let lines = |bytes: &[u8]| std::str::from_utf8(bytes).unwrap().lines().map(bare).collect::<Vec<_>>();
    assert!(lines(&first).len() > 20);
    assert_eq!(lines(&first), lines(&second));
    let mut third = store(dir.path(), "third.db");
    import(&mut third, &second, false);
    assert_eq!(written(&third, Format::Jsonl, CsvStyle::default()), second);
    let array = written(&copy, Format::Json, CsvStyle::default());
    assert_eq!(read(&array, None).0, read(&second, None).0);
}

#[test]
fn csv_comes_back_as_it_went_out() {
    let dir = tempfile::tempdir().unwrap();
    for long in [false, true] {
        let style = CsvStyle { long, excel_safe: true, bom: true, delimiter: b';' };
        let first = written(&full(dir.path()), Format::Csv, style);
        let mut copy = store(dir.path(), if long { "long.db" } else { "short.db" });
        import(&mut copy, &first, false);
        let second = written(&copy, Format::Csv, style);
        let mut third = store(dir.path(), if long { "long-3.db" } else { "short-3.db" });
        import(&mut third, &second, false);
        assert_eq!(String::from_utf8(written(&third, Format::Csv, style)), String::from_utf8(second.clone()));
        let table = |bytes: &[u8]| -> Vec<Vec<(String, String)>> {
            let mut rows =
                csv::ReaderBuilder::new().delimiter(b';').from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap());
            let header: Vec<String> = rows.headers().unwrap().iter().map(str::to_owned).collect();
            let other = ["event_id", "article_id", "actor_id", "n_sources", "n_mentions", "origin"];
            let row = |row: csv::StringRecord| {
                let cells = header.iter().zip(row.iter()).filter(|(name, _)| !other.contains(&name.as_str()));
                cells
                    .map(|(name, cell)| {
                        let mut names: Vec<&str> = cell.split("; ").collect();
                        if name.starts_with("actor") {
                            names.sort_unstable();
                        }
                        (name.clone(), names.join("; "))
                    })
                    .collect()
            };
            rows.records().map(|r| row(r.unwrap())).collect()
        };
        let (mut first, mut second) = (table(&first), table(&second));
        // The actors of a role may come in another order.
        first.sort();
        second.sort();
        assert_eq!(first, second);
    }
}
