//! How fast web pages become articles on one core, beside the readability measure alone, and how fast web archives are read.
//!
//! The page is made of sentences of our own with the furniture of a news site round it. With `DATELINE_PAGES` set to a folder
//! of `.html` or `.html.gz` files, those are read too.

use std::hint::black_box;
use std::io::{Read, Write};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dateline::ingest::{Content, Page, Reading, Source, open_bytes};
use dateline::model::Day;

/// A page of about 100 kB, as news sites make them.
fn page() -> Vec<u8> {
    let mut page = String::from(
        "<!DOCTYPE html><html lang=en><head><title>Talks end in Geneva | The Courier</title><meta property='og:site_name' content='The \
         Courier'><script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"datePublished\": \"2026-01-09T10:00:00Z\"}</script>\
         </head><body><nav><ul>",
    );
    for n in 0..200 {
        page.push_str(&format!(
            "<li class='menu-item menu-item-{n}'><a href='/section/{n}'>Section number {n}</a></li>"
        ));
    }
    page.push_str("</ul></nav><main><h1>Talks end in Geneva</h1><article>");
    for n in 0..40 {
        page.push_str(&format!(
            "<p>The two sides signed an agreement on the exchange of {n} prisoners, a <a href='/people/{n}'>spokesman</a> said on Monday. \
             The parliament had voted against the bill in March, and the government resigned two days later.</p>"
        ));
        if n % 10 == 0 {
            page.push_str("<figure><img src=a.jpg><figcaption>The hall of the talks on Monday.</figcaption></figure>");
        }
    }
    page.push_str("</article></main><aside>");
    for n in 0..300 {
        page.push_str(&format!(
            "<div class='teaser'><a href='/story/{n}'><span>Another story, number {n}</span></a></div>"
        ));
    }
    page.push_str("</aside><script>");
    page.push_str(&"var settings = {\"a\": [1, 2, 3]};\n".repeat(1_000));
    page.push_str("</script></body></html>");
    page.into_bytes()
}

/// The pages of the folder that the user names.
fn given() -> Vec<Vec<u8>> {
    let Ok(folder) = std::env::var("DATELINE_PAGES") else { return Vec::new() };
    let mut paths: Vec<_> = std::fs::read_dir(folder).expect("a folder").map(|e| e.expect("a file").path()).collect();
    paths.retain(|p| [".html", ".html.gz"].iter().any(|e| p.to_string_lossy().ends_with(e)));
    paths.sort();
    let unpack = |bytes: Vec<u8>| {
        let mut page = Vec::new();
        match flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut page) {
            Ok(_) => page,
            Err(_) => bytes,
        }
    };
    paths.into_iter().map(|p| unpack(std::fs::read(p).expect("a file"))).collect()
}

fn reading<'a>() -> Reading<'a> {
    let today = Day::from_ymd(2026, 1, 10).expect("a day");
    Reading { dates: &|_, _| Vec::new(), today, caps: Source::default().caps }
}

fn pages(c: &mut Criterion) {
    for (name, pages) in [("page", vec![page()]), ("given pages", given())] {
        if pages.is_empty() {
            continue;
        }
        let mut group = c.benchmark_group(name);
        group.throughput(Throughput::Elements(pages.len() as u64)).sample_size(10);
        group.bench_function("to articles", |b| {
            b.iter(|| {
                for bytes in &pages {
                    let page = Page { bytes: bytes.clone(), ..Page::default() };
                    black_box(Content::Page(page).read(&reading()).is_ok());
                }
            })
        });
        group.bench_function("readability alone", |b| {
            b.iter(|| {
                for bytes in &pages {
                    let config =
                        dom_smoothie::Config { text_mode: dom_smoothie::TextMode::Formatted, ..Default::default() };
                    let html = String::from_utf8_lossy(bytes);
                    let read =
                        dom_smoothie::Readability::new(html.as_ref(), None, Some(config)).and_then(|mut r| r.parse());
                    black_box(read.is_ok());
                }
            })
        });
        group.finish();
    }
}

fn archives(c: &mut Criterion) {
    let page = page();
    let http = [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n".as_slice(), &page].concat();
    let one = [
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n",
            http.len()
        )
        .as_bytes(),
        &http,
        b"\r\n\r\n",
    ]
    .concat();
    let mut member = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    member.write_all(&one).expect("memory");
    let packed = member.finish().expect("memory").repeat(100);
    let mut group = c.benchmark_group("warc.gz");
    group.throughput(Throughput::Elements(100)).sample_size(10);
    group.bench_function("to pages", |b| {
        b.iter(|| open_bytes("a.warc.gz", &packed, &Source::default(), |piece| drop(black_box(piece))));
    });
    group.bench_function("to articles", |b| {
        b.iter(|| {
            open_bytes("a.warc.gz", &packed, &Source::default(), |piece| {
                black_box(piece.content.map(|content| content.read(&reading())).is_ok());
            })
        });
    });
    group.finish();
}

criterion_group!(benches, pages, archives);
criterion_main!(benches);
