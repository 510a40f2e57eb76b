//! Every format that is read: what becomes of its titles, dates, texts; what cannot be read says so.

mod common;

use common::inputs::{gz, only, read, read_with, zip};
use dateline::ingest::{Caps, ColumnMap, FileFormat, Source};
use dateline::model::Article;

fn one(name: &str, bytes: impl AsRef<[u8]>) -> Article {
    only(name, bytes).unwrap()
}

fn day(article: &Article) -> String {
    article.published.map(|p| format!("{} {}", p.day, p.basis)).unwrap_or_default()
}

const BODY: &str = "<p>The river rose by two metres during the night, and the mayor asked three hundred people to leave the lower \
                    town before noon.</p><p>Soldiers brought sandbags to the old bridge, which was closed to lorries on Sunday, \
                    the council said.</p><p>Nobody was hurt, and the trains to the coast ran again in the evening.</p>";

fn page(head: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=en><head>{head}</head><body><h1>Rain floods the lower town</h1>{body}</body></html>"
    )
}

#[test]
fn a_page_gives_body_and_metadata() {
    let head = "<title>Rain floods the lower town | The Courier</title><link rel=canonical href='https://x.example/rain'>\
                <script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"headline\": \"Rain floods the lower town\",\
                \"datePublished\": \"2024-03-04T10:00:00+01:00\", \"author\": {\"name\": \"Ana Diaz\"},\
                \"publisher\": {\"name\": \"The Courier\"}}</script>";
    let furniture = "<div class=share>Tell your friends about it</div><p>Read more: A dry summer</p><figure><img src=a>\
                     <figcaption>The bridge on Sunday, seen from the town hall.</figcaption></figure><aside>Subscribe to our \
                     newsletter and get the best of the week.</aside>";
    let article = one("rain.html", page(head, &format!("<article>{BODY}{furniture}</article>")));
    assert_eq!(article.title.as_deref(), Some("Rain floods the lower town"));
    assert_eq!(article.byline.as_deref(), Some("Ana Diaz"));
    assert_eq!(article.source.as_deref(), Some("The Courier"));
    assert_eq!(article.url.as_deref(), Some("https://x.example/rain"));
    assert_eq!(article.language.unwrap().to_string(), "en");
    assert_eq!(day(&article), "2024-03-04 json-ld");
    assert!(
        article.text.starts_with("The river rose") && article.text.ends_with("in the evening."),
        "{}",
        article.text
    );
    assert_eq!(article.text.matches("\n\n").count(), 2, "{}", article.text);
}

#[test]
fn publication_dates_name_their_rule() {
    let cases = [
        ("<link rel=canonical href='https://x.example/2024/03/04/rain'>", "", "2024-03-04 url"),
        ("<meta property='article:published_time' content='2024-03-04T10:00:00Z'>", "", "2024-03-04 open-graph"),
        ("<meta name=pubdate content='20240304'>", "", "2024-03-04 meta"),
        ("", "<span itemprop=datePublished content='2024-03-04'>yesterday</span>", "2024-03-04 itemprop"),
        ("", "<abbr class=published title='2024-03-04T10:00:00Z'>Monday</abbr>", "2024-03-04 hatom"),
        ("", "<article><time datetime='2024-03-04'>Monday</time></article>", "2024-03-04 time"),
        ("", "<div class='post-date'>March 4, 2024</div>", "2024-03-04 class"),
        ("<script>var page = {\"publishedAt\": \"2024-03-04T10:00:00Z\"};</script>", "", "2024-03-04 script"),
        ("<meta property='article:modified_time' content='2024-03-04T10:00:00Z'>", "", "2024-03-04 modified"),
        ("", "<p>Montag, 4. März 2024</p>", "2024-03-04 visible"),
        ("", "<p>Опубликовано: 4 марта 2024 г.</p>", "2024-03-04 visible"),
        // Pages are not written in the future.
        ("<meta name=date content='2031-03-04'>", "", ""),
        // A stamp in universal time gives way to the day beside it that readers see.
        (
            "<meta property='article:published_time' content='2024-03-05T02:00:00Z'>",
            "<article><time datetime='2024-03-04T21:00:00-05:00'>Monday</time></article>",
            "2024-03-04 open-graph",
        ),
    ];
    for (head, body, expected) in cases {
        assert_eq!(day(&one("p.html", page(head, &format!("{body}{BODY}")))), expected, "{head}{body}");
    }
}

#[test]
fn pages_that_say_a_wrong_encoding_are_read() {
    let text = page("<meta charset=iso-8859-1>", &BODY.replace("mayor", "mayor of Orléans"));
    assert!(one("p.html", &text).text.contains("mayor of Orléans"), "UTF-8 that says Latin 1");
    let (latin, ..) = encoding_rs::WINDOWS_1252.encode(&text);
    assert!(one("p.html", &latin).text.contains("mayor of Orléans"), "Latin 1");
    let (cyrillic, ..) = encoding_rs::WINDOWS_1251.encode("<meta charset=windows-1251>");
    let body = BODY.replace("mayor", "мэр города");
    let mut page = cyrillic.into_owned();
    page.extend(encoding_rs::WINDOWS_1251.encode(&body).0.iter());
    assert!(one("p.html", &page).text.contains("мэр города"));
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert!(one("p.html", &wide).text.contains("mayor of Orléans"), "UTF-16 by its mark");
}

#[test]
fn packed_files_are_unpacked() {
    let text = b"Rain floods town\n\nIt rained all day.";
    assert_eq!(one("a.txt.gz", gz(text)).title.as_deref(), Some("Rain floods town"));
    let twice = [gz(b"Rain floods town\n\n"), gz(b"It rained all day.")].concat();
    assert!(one("a.txt.gz", twice).text.ends_with("all day."));
    let zstd = ruzstd::encoding::compress_to_vec(&text[..], ruzstd::encoding::CompressionLevel::Fastest);
    assert!(one("a.txt.zst", [zstd.clone(), zstd].concat()).text.ends_with("all day."));
    let page = page("", BODY);
    let archive = zip(&[
        ("news/a.txt", text),
        ("b.html.gz", &gz(page.as_bytes())),
        ("photo.jpg", b"\xff\xd8"),
        (".hidden.txt", b"x"),
    ]);
    let all = read("c.zip", archive);
    assert_eq!(all.len(), 2, "{all:?}");
    assert!(all[1].as_ref().unwrap().text.starts_with("The river rose"));
}

fn entry(kind: &str, url: &str, block: &[u8]) -> Vec<u8> {
    let kind_of_block = if kind == "response" { "application/http; msgtype=response" } else { "text/plain" };
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-03-05T10:00:00Z\r\nContent-Type: \
         {kind_of_block}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn response(url: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\n{headers}\r\n\r\n");
    entry("response", url, &[head.as_bytes(), body].concat())
}

#[test]
fn web_archives_give_their_pages() {
    let page = page("", BODY);
    let chunked = format!("{:x}\r\n{page}\r\n0\r\n\r\n", page.len());
    let parts: Vec<Vec<u8>> = vec![
        entry("warcinfo", "", b"software: test"),
        response("https://x.example/2024/03/04/rain", "Content-Type: text/html; charset=utf-8", page.as_bytes()),
        entry("request", "https://x.example/", b"GET / HTTP/1.1"),
        response("https://x.example/a.jpg", "Content-Type: image/jpeg", b"\xff\xd8"),
        entry(
            "response",
            "https://x.example/gone",
            b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>gone</p>",
        ),
        response("https://x.example/b", "Content-Type: text/html\r\nTransfer-Encoding: chunked", chunked.as_bytes()),
        response("https://x.example/c", "Content-Type: text/html\r\nContent-Encoding: gzip", &gz(page.as_bytes())),
        entry("conversion", "https://x.example/d", b"It rained all day."),
    ];
    let members: Vec<u8> = parts.iter().flat_map(|part| gz(part)).collect();
    let wacz =
        zip(&[("datapackage.json", b"{}"), ("archive/a.warc.gz", &members), ("pages/pages.jsonl", b"{\"id\": 1}")]);
    for (name, bytes) in [("a.warc", parts.concat()), ("a.warc.gz", members), ("a.wacz", wacz)] {
        let all: Vec<Article> = read(name, bytes).into_iter().map(Result::unwrap).collect();
        assert_eq!(all.len(), 4, "{name}");
        assert_eq!(all[0].url.as_deref(), Some("https://x.example/2024/03/04/rain"));
        assert_eq!(day(&all[0]), "2024-03-04 url");
        assert!(all[1..3].iter().all(|a| a.text.starts_with("The river rose")), "{name}");
    }
}

/// A page packed with the reference program of Brotli.
const BROTLI: &str = "1b2501a08c935cfdea946e2ed5d10f0fcdd40d820f77a29e278f131594db42eebb3d82a06da1b8683494614c46dda6d71312b9900d9aa45f684489\
              1a1722e01029fb3c22333df69b4f5c9bb2b76bc00ac9387a8827d2d5d590db1669dc451359f7549b5b4186f9852d25d2f0fdb5e1af30e05a368666\
              2c13a52187e2c4c630c75a516687c56b1f43e53873277da914";

#[test]
fn pages_packed_with_brotli_are_unpacked() {
    let bytes: Vec<u8> = BROTLI
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect();
    let headers = "Content-Type: text/html\r\nContent-Encoding: br";
    let article = one("a.warc", response("https://x.example/a", headers, &bytes));
    assert!(article.text.starts_with("The river rose") && article.text.ends_with("on Sunday."), "{}", article.text);
    // Some archives hold it unpacked under the same header, and some hold but a part of it.
    let plain = page("", BODY);
    assert!(one("a.warc", response("https://x.example/a", headers, plain.as_bytes())).text.starts_with("The river"));
    assert!(only("a.warc", response("https://x.example/a", headers, &bytes[..40])).is_err());
}

#[test]
fn feeds_give_the_texts_they_hold() {
    let rss = "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>\
               <title>The Courier</title><item><title>Rain &amp; flood</title><link>https://x.example/rain</link><guid>g1</guid>\
               <pubDate>Mon, 04 Mar 2024 10:00:00 +0100</pubDate><description>Short.</description>\
               <content:encoded><![CDATA[<p>It rained all day.</p><p>Then it snowed.</p>]]></content:encoded></item>\
               <item><title>Later</title><link>https://x.example/later</link></item></channel></rss>";
    let all = read("feed.xml", rss);
    let first = all[0].as_ref().unwrap();
    assert_eq!(first.title.as_deref(), Some("Rain & flood"));
    assert_eq!(first.text, "It rained all day.\n\nThen it snowed.");
    assert_eq!((day(first).as_str(), first.source.as_deref()), ("2024-03-04 metadata", Some("The Courier")));
    assert!(all[1].as_ref().unwrap_err().contains("https://x.example/later; nothing is fetched"), "{all:?}");
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>C</title><id>f</id><updated>2024-03-04T10:00:00Z</updated><entry>\
                <id>e</id><title>Rain</title><updated>2024-03-04T10:00:00Z</updated><content type='html'>&lt;p&gt;It rained.&lt;/p&gt;\
                </content></entry></feed>";
    assert_eq!(one("a", atom).text, "It rained.");
    let json = "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"C\", \"items\": [{\"id\": \"e\", \"content_text\": \
                \"It rained.\", \"date_published\": \"2024-03-04T10:00:00Z\"}]}";
    assert_eq!(day(&one("a", json)), "2024-03-04 metadata");
}

#[test]
fn sitemaps_name_what_is_not_fetched() {
    let all = read(
        "sitemap.xml",
        "<?xml version='1.0'?><urlset><url><loc>https://x.example/a?b=1&amp;c=2</loc></url></urlset>",
    );
    let error = all[0].as_ref().unwrap_err();
    assert!(
        error.starts_with("sitemap.xml: https://x.example/a?b=1&c=2: ") && error.contains("nothing is fetched"),
        "{error}"
    );
}

#[test]
fn json_documents_and_bibliographies() {
    let all =
        read("a.json", "[{\"text\": \"It rained.\", \"date\": \"2024-03-04\"}, 7, {\"maintext\": \"It snowed.\"}]");
    assert_eq!(all.len(), 3);
    assert_eq!(all[0].as_ref().unwrap().text, "It rained.");
    assert!(all[1].as_ref().unwrap_err().starts_with("a.json:2: not a JSON object"));
    assert_eq!(one("a.json", "{\n \"title\": \"Rain\",\n \"text\": \"It rained.\"\n}").title.as_deref(), Some("Rain"));
    assert_eq!(read("a.json", "{\n \"articles\": [{\"text\": \"It rained.\"}, {\"text\": \"It snowed.\"}]}").len(), 2);
    let csl = "[{\"id\": \"z1\", \"type\": \"article-newspaper\", \"title\": \"Rain\", \"abstract\": \"It rained.\", \"container-title\": \
               \"The Courier\", \"URL\": \"https://x.example/rain\", \"author\": [{\"family\": \"Diaz\", \"given\": \"Ana\"}], \
               \"issued\": {\"date-parts\": [[\"2024\", 3, 4]]}}]";
    let article = one("zotero.json", csl);
    assert_eq!((day(&article).as_str(), article.byline.as_deref()), ("2024-03-04 metadata", Some("Ana Diaz")));
    assert_eq!((article.id.as_deref(), article.source.as_deref()), (Some("z1"), Some("The Courier")));
}

#[test]
fn tables_give_an_article_a_row() {
    let csv = "\u{feff}Headline,Full Text,Publication Date,Outlet\nRain,\"It rained,\nall day.\",2024-03-04,Courier\n,,,\nSnow,,2024-03-05,C\n";
    let all = read("clips.csv", csv);
    assert_eq!(all.len(), 2);
    let first = all[0].as_ref().unwrap();
    assert_eq!((first.title.as_deref(), first.text.as_str()), (Some("Rain"), "It rained,\nall day."));
    assert_eq!((day(first).as_str(), first.source.as_deref()), ("2024-03-04 metadata", Some("Courier")));
    assert_eq!(all[1].as_ref().unwrap_err(), "clips.csv:5: no text; only its other fields are filled");
    let columns = ColumnMap::parse("title=Kopf,text=Inhalt").unwrap();
    let source = Source { columns, ..Source::default() };
    let all = read_with("clips.tsv", b"Kopf\tInhalt\tDatum\nRain\tIt rained.\t4.3.2024\n", &source);
    assert_eq!(all[0].as_ref().unwrap().title.as_deref(), Some("Rain"));
    let all = read_with("clips.tsv", b"Kopf\tText\nRain\tIt rained.\n", &source);
    assert_eq!(all[0].as_ref().unwrap_err(), "clips.tsv: there is no column \"Inhalt\"; there are \"Kopf\", \"Text\"");
    let all = read("a.csv", "a,b\n1,2\n");
    assert!(all[0].as_ref().unwrap_err().contains("--map text=COLUMN; there are \"a\", \"b\""), "{all:?}");
    assert!(ColumnMap::parse("head=a").unwrap_err().contains("no field \"head\""));
}

#[test]
fn workbooks_give_an_article_a_row() {
    let cell = |at: &str, text: &str| format!("<c r='{at}' t='inlineStr'><is><t>{text}</t></is></c>");
    let sheet = format!(
        "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData><row r='1'>{}</row><row r='2'>{}{}{}\
         </row><row r='3'>{}{}<c r='C3' s='1'><v>45355</v></c></row></sheetData></worksheet>",
        cell("A1", "Clippings of the week"),
        cell("A2", "Headline"),
        cell("B2", "Text"),
        cell("C2", "Date"),
        cell("A3", "Rain"),
        cell("B3", "It rained all day."),
    );
    let book = zip(&[
        ("[Content_Types].xml", b"<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"),
        (
            "_rels/.rels",
            b"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='rId1' \
              Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='xl/workbook.xml'/>\
              </Relationships>",
        ),
        (
            "xl/workbook.xml",
            b"<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' \
              xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><sheets><sheet name='Clips' sheetId='1' \
              r:id='rId1'/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            b"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='rId1' \
              Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet' Target='worksheets/sheet1.xml'/>\
              </Relationships>",
        ),
        (
            "xl/styles.xml",
            b"<styleSheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><cellXfs count='2'><xf numFmtId='0'/><xf \
              numFmtId='14' applyNumberFormat='1'/></cellXfs></styleSheet>",
        ),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ]);
    let article = one("clips.xlsx", book);
    assert_eq!((article.title.as_deref(), article.text.as_str()), (Some("Rain"), "It rained all day."));
    assert_eq!(day(&article), "2024-03-04 metadata");
}

const MAIL: &str = "From: The Courier <news@x.example>\r\nTo: you@x.example\r\nSubject: =?utf-8?q?Rain_in_Orl=C3=A9ans?=\r\nDate: Mon, 4 Mar \
                    2024 10:00:00 +0100\r\nMessage-ID: <m1@x.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; \
                    boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>It rained all day.</p><p>Then it snowed.\
                    </p>\r\n--b--\r\n";

#[test]
fn mails_and_mailboxes() {
    let mail = one("a.eml", MAIL);
    assert_eq!(mail.title.as_deref(), Some("Rain in Orléans"));
    assert_eq!(mail.text, "It rained all day.\n\nThen it snowed.");
    assert_eq!((mail.source.as_deref(), day(&mail).as_str()), (Some("The Courier"), "2024-03-04 metadata"));
    let plain = "From: a@x.example\nTo: b@x.example\nSubject: Snow\nDate: Tue, 5 Mar 2024 10:00:00 +0000\n\nIt snowed.\n\n>From the start.\n";
    let mbox = format!(
        "From a@x.example Mon Mar  4 10:00:00 2024\n{}\n\nFrom b@x.example Tue Mar  5 10:00:00 2024\n{plain}",
        MAIL.replace("\r\n", "\n")
    );
    let all: Vec<Article> = read("a.mbox", mbox).into_iter().map(Result::unwrap).collect();
    assert_eq!(all.len(), 2);
    assert_eq!(all[1].title.as_deref(), Some("Snow"));
    assert!(all[1].text.contains("\nFrom the start."), "{}", all[1].text);
}

#[test]
fn documents_of_word_processors() {
    let text = "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body><w:p><w:r><w:t>It rained \
                </w:t></w:r><w:r><w:t>&amp; snowed.</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>Then it froze.</w:t></w:r></w:p></w:body></w:document>";
    let core = "<cp:coreProperties xmlns:cp='c' xmlns:dc='d'><dc:title>Rain</dc:title><dc:creator>Ana Diaz</dc:creator></cp:coreProperties>";
    let article = one("a.docx", zip(&[("word/document.xml", text.as_bytes()), ("docProps/core.xml", core.as_bytes())]));
    assert_eq!(article.text, "It rained & snowed.\n\nThen it froze.");
    assert_eq!((article.title.as_deref(), article.byline.as_deref()), (Some("Rain"), Some("Ana Diaz")));
}

#[test]
fn the_format_that_the_user_names_is_taken() {
    let source = Source { format: Some(FileFormat::Text), ..Source::default() };
    let all = read_with("a.json", b"{\"text\": \"It rained.\"}", &source);
    assert_eq!(all[0].as_ref().unwrap().text, "{\"text\": \"It rained.\"}");
    let source = Source { format: Some(FileFormat::Html), caps: Caps::default(), ..Source::default() };
    let all = read_with("a.gz", &gz(page("", BODY).as_bytes()), &source);
    assert!(all[0].as_ref().unwrap().text.starts_with("The river rose"));
}

#[test]
fn formats_that_are_not_read_say_what_to_do() {
    for (bytes, word) in [(&b"%PDF-1.7\n"[..], "PDF"), (b"\xd0\xcf\x11\xe0....", ".docx"), (b"BZh91AY", "bzip2")] {
        let all = read("a", bytes);
        assert!(all[0].as_ref().unwrap_err().contains(word), "{all:?}");
    }
}
