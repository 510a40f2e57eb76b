//! Files made to do harm: each is refused with its name and a reason that says what to do, or read for what it is, and
//! what stands beside it is read all the same. They are made here, for they are large unpacked or no text.

mod common;

use common::inputs::{gz, only, read, read_with, zip};
use dateline::ingest::{Caps, FileFormat, Source};
use proptest::prelude::*;

/// The only outcome, which is a refusal.
fn refused(name: &str, bytes: impl AsRef<[u8]>) -> String {
    only(name, bytes).unwrap_err()
}

const GOOD: &[u8] = b"Rain floods town\n\nIt rained all day.";

#[test]
fn a_zip_bomb_is_refused_and_its_neighbours_are_read() {
    let zeros = vec![b' '; 40 << 20];
    let all = read("bomb.zip", zip(&[("bomb.txt", &zeros), ("good.txt", GOOD)]));
    assert_eq!(
        all[0].as_ref().unwrap_err(),
        "bomb.zip: bomb.txt: it is larger than 10000000 bytes; raise --max-bytes to read it"
    );
    assert_eq!(all[1].as_ref().unwrap().title.as_deref(), Some("Rain floods town"));
    // Also where articles may be large.
    let caps = Caps { article: 1 << 30, ..Caps::default() };
    let all =
        read_with("bomb.zip", &zip(&[("bomb.txt", &zeros), ("good.txt", GOOD)]), &Source { caps, ..Source::default() });
    let error = all[0].as_ref().unwrap_err();
    assert!(error.starts_with("bomb.zip: bomb.txt: it unpacks to more than 200 times its size"), "{error}");
    assert!(all[1].is_ok());
}

#[test]
fn documents_and_workbooks_may_be_bombs_too() {
    let spaces = vec![b' '; 40 << 20];
    let error = refused("bomb.docx", zip(&[("word/document.xml", &spaces)]));
    assert!(error.starts_with("bomb.docx: word/document.xml: it unpacks to more than 200 times"), "{error}");
    let error = refused("bomb.xlsx", zip(&[("xl/workbook.xml", b"<workbook/>"), ("xl/sharedStrings.xml", &spaces)]));
    assert!(error.starts_with("bomb.xlsx: it unpacks to more than 200 times"), "{error}");
}

#[test]
fn gzip_that_never_ends_is_refused() {
    let error = read("endless.jsonl.gz", gz(&vec![b'x'; 64 << 20])).pop().unwrap().unwrap_err();
    assert!(error.contains("unpacks to more than 200 times its size"), "{error}");
    let caps = Caps { unpacked: 1_000, ..Caps::default() };
    let lines = b"{\"text\": \"It rained.\"}\n".repeat(100);
    let all = read_with("a.jsonl.gz", &gz(&lines), &Source { caps, ..Source::default() });
    assert!(all.last().unwrap().as_ref().unwrap_err().contains("unpacks to more than 1000 bytes"), "{all:?}");
}

#[test]
fn archives_in_archives_end_somewhere() {
    let mut packed = GOOD.to_vec();
    for depth in 0..20 {
        let inner = if depth == 0 { "good.txt" } else { "next.zip" };
        packed = zip(&[(inner, &packed), ("beside.txt", GOOD)]);
    }
    let all = read("deep.zip", packed);
    assert_eq!(all.iter().filter(|a| a.is_ok()).count(), 5, "{all:?}");
    let error = all.iter().find_map(|a| a.as_ref().err()).unwrap();
    assert!(error.contains("archives stand more than 5 deep in one another; unpack it first"), "{error}");
}

#[test]
fn names_that_lead_out_of_an_archive_are_refused() {
    let all = read("evil.zip", zip(&[("../../evil.txt", GOOD), ("/etc/evil.txt", GOOD), ("good.txt", GOOD)]));
    assert_eq!(all.len(), 3, "{all:?}");
    for error in all[..2].iter().map(|a| a.as_ref().unwrap_err()) {
        assert!(error.contains("its name leads out of the archive"), "{error}");
    }
    assert!(all[2].is_ok());
}

#[test]
fn too_many_entries_end_an_input() {
    let caps = Caps { entries: 10, ..Caps::default() };
    let all = read_with("a.jsonl", &b"{\"text\": \"It rained.\"}\n".repeat(50), &Source { caps, ..Source::default() });
    assert_eq!(all.len(), 11);
    assert!(all[10].as_ref().unwrap_err().contains("more than 10 entries; split it"));
}

#[test]
fn damaged_archives_say_so() {
    let whole = zip(&[("good.txt", GOOD)]);
    assert!(refused("cut.zip", &whole[..whole.len() - 10]).starts_with("cut.zip: the zip file is damaged"));
    let packed = gz(&GOOD.repeat(1_000));
    assert!(refused("cut.txt.gz", &packed[..packed.len() / 2]).starts_with("cut.txt.gz: "));
    assert!(refused("cut.zst", b"\x28\xb5\x2f\xfd\xff\xff").contains("no sound Zstandard"));
}

#[test]
fn entities_of_xml_are_not_expanded() {
    let mut bomb = String::from("<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a0 \"ha\">");
    for n in 1..30 {
        bomb.push_str(&format!("<!ENTITY a{n} \"&a{};&a{};\">", n - 1, n - 1));
    }
    let secret = "<!ENTITY x SYSTEM 'file:///etc/passwd'>";
    for entity in ["&a29;", "&x;"] {
        let feed = format!(
            "{bomb}{secret}]><rss version='2.0'><channel><title>C</title><item><title>Rain</title><description>It rained {entity} all day\
             </description></item></channel></rss>"
        );
        for outcome in read("bomb.xml", feed) {
            let text = outcome.map_or_else(|error| error, |article| article.text);
            assert!(text.len() < 400 && !text.contains("root:"), "{text}");
        }
    }
}

#[test]
fn a_line_without_end_is_one_refusal() {
    let mut lines = b"{\"text\": \"".to_vec();
    lines.resize(30 << 20, b'x');
    lines.extend(b"\"}\n{\"text\": \"It rained.\"}\n");
    let all = read("long.jsonl", lines);
    assert_eq!(
        all[0].as_ref().unwrap_err(),
        "long.jsonl:1: it is larger than 10000000 bytes; raise --max-bytes to read it"
    );
    assert!(all[1].is_ok() && all.len() == 2);
    let mut row = b"title,text\nRain,It rained.\nSnow,\"It snowed".to_vec();
    row.resize(30 << 20, b'x');
    let all = read("open.csv", row);
    assert!(all[0].is_ok());
    let error = all[1].as_ref().unwrap_err();
    assert!(error.starts_with("open.csv:3: the row is too long; a quotation mark may not be closed"), "{error}");
    let mut mail = b"From a@x.example Mon\nFrom: a@x.example\nSubject: Rain\n\n".to_vec();
    mail.resize(30 << 20, b'x');
    mail.extend(b"\n\nFrom b@x.example Tue\nFrom: b@x.example\nSubject: Snow\n\nIt snowed.\n");
    let all = read("long.mbox", mail);
    assert!(all[0].as_ref().unwrap_err().starts_with("long.mbox:1: it is larger than"), "{all:?}");
    assert_eq!(all[1].as_ref().unwrap().title.as_deref(), Some("Snow"));
}

#[test]
fn a_cut_web_archive_gives_what_it_has() {
    let page =
        "<p>It rained all day in the valley, and the river rose by two metres before night came. Nobody was hurt.</p>"
            .repeat(3);
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
    let entry = |length: usize| {
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n"
        )
    };
    let whole = entry(block.len());
    let all = read("cut.warc", [whole.as_bytes(), &whole.as_bytes()[..whole.len() - 100]].concat());
    assert!(all[0].is_ok(), "{all:?}");
    assert!(
        all.last().unwrap().as_ref().unwrap_err().starts_with("cut.warc:2: the archive ends in the middle of it"),
        "{all:?}"
    );
    // A length that lies makes what follows unreadable, and that is said.
    let all = read("lie.warc", [entry(block.len() - 50).as_bytes(), whole.as_bytes()].concat());
    assert!(
        all.last().unwrap().as_ref().unwrap_err().contains("does not begin with WARC/; what follows is not read"),
        "{all:?}"
    );
    let packed = gz(whole.as_bytes());
    let all = read("cut.warc.gz", [&packed[..], &packed[..packed.len() / 2]].concat());
    assert!(all[0].is_ok() && all.last().unwrap().is_err(), "{all:?}");
    let all = read("huge.warc", entry(usize::MAX));
    assert!(all[0].as_ref().unwrap_err().contains("larger than 10000000 bytes"), "{all:?}");
}

#[test]
fn encodings_that_lie_do_no_harm() {
    let page = |head: &[u8], text: &[u8]| [head, b"<p>", text, b"</p>"].concat();
    let long =
        "The river rose by two metres during the night, and the mayor asked three hundred people to leave the town. "
            .repeat(3);
    let utf16 = page(b"<meta charset=utf-16>", long.as_bytes());
    assert!(read("a.html", utf16)[0].as_ref().unwrap().text.starts_with("The river"), "ASCII that says UTF-16");
    let seven = page(b"<meta charset=utf-7>", format!("{long}+ADw-script+AD4-").as_bytes());
    assert!(read("a.html", seven)[0].as_ref().unwrap().text.contains("+ADw-script"), "UTF-7 is not known");
    let broken = page(b"<meta charset=utf-8>", &[long.as_bytes(), b"\xff\xfe\x80"].concat());
    assert!(read("a.html", broken)[0].is_ok());
    assert!(refused("a.html", page(b"<html>", &[0u8; 3_000])).contains("binary, not a web page"));
    assert!(read("a.txt", b"\xff\xfeI\0t\0 \0r\0a\0i\0n\0e\0d\0\xd8")[0].is_err(), "half a character");
}

#[test]
fn scripts_are_text_or_nothing() {
    let body = "<p>The river rose by two metres during the night, and the mayor asked three hundred people to leave the town.</p>".repeat(2);
    let page = format!(
        "<html><head><title>Rain</title><meta property='og:title' content='&lt;script&gt;alert(1)&lt;/script&gt; Rain \u{1b}[31m'></head>\
         <body>{body}<script>document.write('<p>Not a word of this</p>')</script><p onclick='x()'>Nobody was hurt in the town.</p></body>"
    );
    let all = read("a.html", page);
    let article = all[0].as_ref().unwrap();
    // Markup in a title is words; whoever shows it escapes it.
    assert!(article.title.as_deref().unwrap().starts_with("<script>alert(1)</script> Rain"), "{article:?}");
    assert!(
        !article.text.contains("Not a word") && article.text.ends_with("Nobody was hurt in the town."),
        "{}",
        article.text
    );
}

#[test]
fn deep_nesting_is_refused_and_less_is_read() {
    let text = "<p>The river rose by two metres during the night, and the mayor asked three hundred people to leave the town.</p>";
    let deep = |n: usize| format!("{}{}{}", "<div>".repeat(n), text.repeat(3), "</div>".repeat(n));
    let error = refused("deep.html", format!("<html>{}", deep(200_000)));
    assert!(error.starts_with("deep.html: its elements are nested more than 1000 deep"), "{error}");
    assert!(read("less.html", format!("<html>{}", deep(900)))[0].is_ok());
    let json = format!("[{}{}]", "[".repeat(100_000), "]".repeat(100_000));
    let source = Source { format: Some(FileFormat::Json), ..Source::default() };
    assert!(read_with("deep.json", json.as_bytes(), &source)[0].as_ref().unwrap_err().contains("recursion limit"));
    let xml = format!("<rss version='2.0'><channel>{}", "<a>".repeat(200_000));
    assert!(read("deep.xml", xml).iter().all(Result::is_err));
    let parts: String =
        (0..5_000).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n")).collect();
    let mail = format!("From: a@x.example\r\nTo: b@x.example\r\nSubject: Rain\r\n{parts}");
    assert_eq!(read("deep.eml", mail).len(), 1);
}

#[test]
fn a_cell_far_away_costs_nothing() {
    let cell = |at: &str, text: &str| format!("<row><c r='{at}' t='inlineStr'><is><t>{text}</t></is></c></row>");
    let sheet = format!(
        "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>{}{}</sheetData></worksheet>",
        cell("A1", "Text"),
        cell("XFD1048576", "far")
    );
    let relation = |target: &str, kind: &str| {
        format!(
            "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r1' Type=\
             'http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}' Target='{target}'/></Relationships>"
        )
    };
    let book = zip(&[
        ("_rels/.rels", relation("xl/workbook.xml", "officeDocument").as_bytes()),
        (
            "xl/workbook.xml",
            b"<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' xmlns:r=\
              'http://schemas.openxmlformats.org/officeDocument/2006/relationships'><sheets><sheet name='S' sheetId='1' r:id='r1'/>\
              </sheets></workbook>",
        ),
        ("xl/_rels/workbook.xml.rels", relation("worksheets/sheet1.xml", "worksheet").as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ]);
    assert!(read("far.xlsx", book).len() <= 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_bytes_in_any_format_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..600), start in 0usize..12, format in 0usize..FileFormat::ALL.len() + 1) {
        const STARTS: [&[u8]; 12] = [
            b"", b"{\"text\": \"", b"<html><p>", b"<rss><channel><item>", b"WARC/1.0\r\nContent-Length: 30\r\n\r\n", b"PK\x03\x04",
            b"\x1f\x8b\x08\0\0\0\0\0\0\0", b"\x28\xb5\x2f\xfd", b"From: a\nTo: b\nSubject: c\nContent-Type: text/html\n\n",
            b"From a\nFrom: b\nTo: c\n", b"title,text\n", b"[{\"issued\": ",
        ];
        let source = Source { format: FileFormat::ALL.get(format).copied(), ..Source::default() };
        for outcome in read_with("any", &[STARTS[start], &bytes].concat(), &source) {
            if let Err(reason) = &outcome {
                prop_assert!(!reason.contains("a defect"), "{}", reason);
            }
        }
    }
}
