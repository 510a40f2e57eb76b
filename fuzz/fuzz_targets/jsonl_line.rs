//! A line of JSON Lines is an article or says why not; its text is kept as it stands.
#![no_main]

use dateline::ingest::parse_line;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|line: &str| {
    match parse_line(line, &|_, _| Vec::new()) {
        Ok(article) => assert!(article.head.body as usize <= article.text.len()),
        Err(error) => assert!(!error.reason.is_empty()),
    }
});
