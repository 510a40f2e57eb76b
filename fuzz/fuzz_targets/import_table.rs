#![no_main]

//! A table of events in any format, or in the one it looks like: events or reasons, and stories that are sound.

use std::sync::OnceLock;

use dateline::ingest::{Caps, TableFormat, Tables, read_table, stories};
use dateline::lexicon::{Countries, Data};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    static COUNTRIES: OnceLock<Countries> = OnceLock::new();
    let countries = COUNTRIES.get_or_init(|| Countries::load(&Data::BuiltIn).expect("the built-in countries"));
    let Some((first, rest)) = bytes.split_first() else { return };
    let format = TableFormat::ALL.get(usize::from(*first) % (TableFormat::ALL.len() + 1)).copied();
    let caps = Caps { article: 1 << 16, whole: 1 << 20, unpacked: 1 << 22, free: 1 << 18, ..Caps::default() };
    let _ = read_table(Box::new(rest), &Tables { countries, caps, format }, &mut |_, row| {
        if let Ok(event) = row {
            for (article, analysis) in stories(&event, "fuzz") {
                assert!(analysis.sentences.iter().all(|s| article.text.get(s.span.range()).is_some()));
                assert!(analysis.events.iter().all(|e| article.text.get(e.trigger.span.range()).is_some()));
            }
        }
        Ok(())
    });
});
