//! Web addresses: what is fetched, what is refused, and that nobody is asked who should not be. The server is one of our own
//! on this machine, so that every test but those of the refusals allows private addresses.
#![cfg(feature = "fetch")]

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dateline::ingest::{Caps, Fetching, Place, Reading, Source, pieces};
use dateline::model::Article;

/// What the server answers to a path: status line and headers, then body.
type Answers = HashMap<&'static str, (String, Vec<u8>)>;

struct Server {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Serves until the process ends. `{port}` in headers and bodies is the port.
    fn new(answers: &[(&'static str, &str, &str)]) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let fill = |text: &str| text.replace("{port}", &port.to_string());
        let answers: Answers =
            answers.iter().map(|(path, head, body)| (*path, (fill(head), fill(body).into_bytes()))).collect();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (seen, answers) = (Arc::clone(&asked), Arc::new(answers));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (seen, answers) = (Arc::clone(&seen), Arc::clone(&answers));
                std::thread::spawn(move || serve(stream, &seen, &answers));
            }
        });
        Server { port, asked }
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn serve(mut stream: TcpStream, seen: &Mutex<Vec<String>>, answers: &Answers) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let Some(Ok(first)) = lines.next() else { return };
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    while lines.next().is_some_and(|l| l.is_ok_and(|l| !l.is_empty())) {}
    seen.lock().unwrap().push(path.clone());
    if path == "/silent" {
        std::thread::sleep(Duration::from_secs(20));
        return;
    }
    let missing = ("404 Not Found".to_owned(), b"nothing here".to_vec());
    let (head, body) = answers.get(path.as_str()).unwrap_or(&missing);
    // Whoever asked may have gone: too much, or too late.
    let _ = write!(stream, "HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    let _ = stream.write_all(body);
}

fn fetching() -> Fetching {
    Fetching { items: true, allow_private: true, pause: Duration::ZERO, ..Fetching::default() }
}

fn read(inputs: &[String], how: Fetching) -> Vec<Result<Article, String>> {
    let source = Source { fetch: Some(how), ..Source::default() };
    read_with(inputs, source)
}

fn read_with(inputs: &[String], source: Source) -> Vec<Result<Article, String>> {
    let reading = Reading { dates: &|_, _| Vec::new(), today: "2026-01-10".parse().unwrap(), caps: source.caps };
    pieces(inputs.iter().map(|url| Place::of(url.into())).collect(), source)
        .map(|piece| {
            let url = piece.url;
            let read = piece.content.and_then(|content| content.read(&reading).map_err(|(_, reason)| reason));
            read.map(|mut article| {
                article.url = article.url.take().or(url);
                article
            })
            .map_err(|reason| format!("{}: {reason}", piece.name))
        })
        .collect()
}

const PAGE: &str = "<!DOCTYPE html><html lang=en><head><title>Rain floods the lower town</title></head><body><article><h1>Rain floods the \
                    lower town</h1><p>The river rose by two metres during the night, and the mayor asked three hundred people to leave \
                    the lower town before noon.</p><p>Soldiers brought sandbags to the old bridge, which was closed to lorries on \
                    Sunday, the council said.</p></article></body></html>";
const HTML: &str = "200 OK\r\nContent-Type: text/html; charset=utf-8";

fn refusal(server: &Server, path: &str) -> String {
    let mut all = read(&[server.url(path)], fetching());
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0).unwrap_err()
}

#[test]
fn a_page_comes_in_under_the_address_that_answers() {
    let server = Server::new(&[
        ("/short", "302 Found\r\nLocation: /2024/03/04/rain", ""),
        ("/2024/03/04/rain", HTML, PAGE),
        ("/note.txt", "200 OK\r\nContent-Type: text/plain", "Rain floods town\n\nIt rained all day."),
    ]);
    let all = read(&[server.url("/short#top"), server.url("/note.txt")], fetching());
    let page = all[0].as_ref().unwrap();
    assert_eq!(page.url.as_deref(), Some(server.url("/2024/03/04/rain").as_str()));
    assert_eq!(page.published.unwrap().day.to_string(), "2024-03-04");
    assert!(page.text.starts_with("The river rose"), "{}", page.text);
    let note = all[1].as_ref().unwrap();
    assert_eq!((note.title.as_deref(), note.url.clone()), (Some("Rain floods town"), Some(server.url("/note.txt"))));
    assert_eq!(server.asked(), ["/robots.txt", "/short", "/2024/03/04/rain", "/note.txt"]);
}

#[test]
fn private_addresses_are_refused_and_never_asked() {
    let server = Server::new(&[("/", HTML, PAGE)]);
    let port = server.port;
    let how = Fetching { allow_private: false, ..fetching() };
    for host in
        ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "0", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254"]
    {
        let error = read(&[format!("http://{host}:{port}/")], how).remove(0).unwrap_err();
        assert!(error.contains("is not a public address") && error.contains("--allow-private"), "{host}: {error}");
    }
    assert!(server.asked().is_empty(), "{:?}", server.asked());
}

#[test]
fn every_hop_is_checked() {
    let server = Server::new(&[
        ("/round", "301 Moved\r\nLocation: /round", ""),
        ("/file", "302 Found\r\nLocation: file:///etc/passwd", ""),
        ("/secret", "302 Found\r\nLocation: http://user:word@127.0.0.1:{port}/", ""),
        ("/closed", "302 Found\r\nLocation: /private/page", ""),
        ("/robots.txt", "200 OK", "User-agent: *\nDisallow: /private/\n"),
    ]);
    assert!(refusal(&server, "/round").contains("redirected more than 5 times"));
    let error = refusal(&server, "/file");
    assert!(error.contains("file:///etc/passwd is no web address (its scheme is file)"), "{error}");
    assert!(refusal(&server, "/secret").contains("user name or password"));
    let error = refusal(&server, "/closed");
    assert!(
        error.contains("robots.txt of 127.0.0.1 asks programs not to read") && error.contains("/private/page"),
        "{error}"
    );
    assert!(!server.asked().iter().any(|path| path.starts_with("/private")));
}

#[test]
fn a_host_that_cannot_say_what_it_allows_is_left_alone() {
    let server = Server::new(&[("/robots.txt", "500 Oops", ""), ("/", HTML, PAGE)]);
    let error = refusal(&server, "/");
    assert!(error.contains("robots.txt of 127.0.0.1 cannot be read") && error.contains("answers 500"), "{error}");
    assert_eq!(server.asked(), ["/robots.txt"]);
}

#[test]
fn errors_name_the_address_and_what_to_do() {
    let server = Server::new(&[("/shut", "403 Forbidden", ""), ("/many", HTML, &"x".repeat(5_000))]);
    assert_eq!(
        refusal(&server, "/gone"),
        format!(
            "{0}: {0} answers 404; there is no such page: look at the address, or for a copy in a web archive",
            server.url("/gone")
        )
    );
    assert!(refusal(&server, "/shut").ends_with("open it in a browser and save the page"));
    let error = refusal(&Server { port: 9, asked: Arc::default() }, "/");
    assert!(error.contains("cannot be reached") && error.contains("look at the address"), "{error}");
    let caps = Caps { whole: 1_000, ..Caps::default() };
    let source = Source { caps, fetch: Some(fetching()), ..Source::default() };
    let error = read_with(&[server.url("/many")], source).remove(0).unwrap_err();
    assert!(error.contains("larger than 1000 bytes"), "{error}");
    let how = Fetching { timeout: Duration::from_secs(1), ..fetching() };
    let error = read(&[server.url("/silent")], how).remove(0).unwrap_err();
    assert!(error.contains("no whole answer from") && error.contains("within 1 seconds"), "{error}");
    let how = Fetching { most: 1, ..fetching() };
    let all = read(&[server.url("/a"), server.url("/b")], how);
    assert!(all[1].as_ref().unwrap_err().contains("--max-pages"), "{all:?}");
}

#[test]
fn nothing_is_fetched_unasked() {
    let server = Server::new(&[("/", HTML, PAGE)]);
    let dir = tempfile::tempdir().unwrap();
    let feed = dir.path().join("feed.xml");
    let items = format!("<item><title>Rain</title><link>{}</link></item>", server.url("/"));
    std::fs::write(&feed, format!("<rss version='2.0'><channel><title>C</title>{items}</channel></rss>")).unwrap();
    let feed = feed.display().to_string();
    for fetch in [None, Some(Fetching { items: false, ..fetching() })] {
        let all = read_with(std::slice::from_ref(&feed), Source { fetch, ..Source::default() });
        assert!(all[0].as_ref().unwrap_err().contains("nothing is fetched without --fetch"), "{all:?}");
    }
    assert!(server.asked().is_empty());
    let all = read(&[feed], fetching());
    assert!(all[0].as_ref().unwrap().text.starts_with("The river rose"), "{all:?}");
}

#[test]
fn feeds_lead_to_their_pages() {
    let feed = "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>The \
                Courier</title><item><title>Whole</title><link>http://127.0.0.1:{port}/whole</link><description>Short.</description>\
                <content:encoded>It rained all day, and all of it stands in the feed.</content:encoded></item>\
                <item><title>Rain floods the lower town</title><link>http://127.0.0.1:{port}/rain</link>\
                <pubDate>Mon, 04 Mar 2024 10:00:00 +0100</pubDate><description>A summary.</description></item>\
                <item><title>Gone</title><link>http://127.0.0.1:{port}/gone</link><description>It snowed.</description></item>\
                </channel></rss>";
    let server = Server::new(&[("/feed", "200 OK\r\nContent-Type: application/rss+xml", feed), ("/rain", HTML, PAGE)]);
    let all = read(&[server.url("/feed")], fetching());
    assert_eq!(all.len(), 4, "{all:?}");
    assert!(all[0].as_ref().unwrap().text.contains("stands in the feed"));
    let page = all[1].as_ref().unwrap();
    assert!(page.text.starts_with("The river rose"));
    // What the page does not say of itself, the feed told.
    assert_eq!(page.published.unwrap().day.to_string(), "2024-03-04");
    assert_eq!(page.source.as_deref(), Some("The Courier"));
    let error = all[2].as_ref().unwrap_err();
    assert!(
        error.contains("/gone answers 404") && error.ends_with("the summary in the feed is read in its place"),
        "{error}"
    );
    assert_eq!(all[3].as_ref().unwrap().text, "It snowed.");
    assert!(!server.asked().contains(&"/whole".to_owned()));
}

#[test]
fn sitemaps_lead_to_sitemaps_and_pages() {
    let index = "<?xml version='1.0'?><sitemapindex><sitemap><loc>http://127.0.0.1:{port}/map.xml</loc></sitemap></sitemapindex>";
    let map = "<?xml version='1.0'?><urlset><url><loc>http://127.0.0.1:{port}/rain?a=1&amp;b=2</loc></url></urlset>";
    let server = Server::new(&[
        ("/sitemap.xml", "200 OK\r\nContent-Type: application/xml", index),
        ("/map.xml", "200 OK\r\nContent-Type: application/xml", map),
        ("/rain?a=1&b=2", HTML, PAGE),
    ]);
    let all = read(&[server.url("/sitemap.xml")], fetching());
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!(all[0].as_ref().unwrap().url.as_deref(), Some(server.url("/rain?a=1&b=2").as_str()));
}

#[test]
fn a_sitemap_that_leads_to_itself_ends() {
    let map = "<?xml version='1.0'?><sitemapindex><sitemap><loc>http://127.0.0.1:{port}/sitemap.xml</loc></sitemap></sitemapindex>";
    let server = Server::new(&[("/sitemap.xml", "200 OK\r\nContent-Type: application/xml", map)]);
    let all = read(&[server.url("/sitemap.xml")], fetching());
    assert_eq!(all.len(), 1);
    assert!(all[0].is_err());
    assert!(server.asked().len() < 8, "{:?}", server.asked());
}
