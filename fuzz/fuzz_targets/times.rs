//! Any text has its time expressions found: in order, apart, and with values that parse back.
#![no_main]

use std::sync::LazyLock;

use dateline::extract::times::find_times;
use dateline::lexicon::{Data, TimeRules};
use dateline::model::{Published, PublishedBasis};
use dateline::text::Document;
use dateline::time::{Edtf, TimexValue};
use libfuzzer_sys::fuzz_target;

static RULES: LazyLock<TimeRules> = LazyLock::new(|| TimeRules::load(&Data::BuiltIn).expect("the built-in rules load"));

fuzz_target!(|text: &str| {
    let day = "2024-03-06".parse().expect("a day");
    for published in [None, Some(Published { day, basis: PublishedBasis::Given })] {
        let found = find_times(&Document::of(text), None, published, &RULES);
        assert_eq!(found.times.len(), found.bounds.len());
        let mut end = 0;
        for (at, timex) in found.times.iter().enumerate() {
            assert!(timex.span.start >= end && !timex.span.of(text).is_empty());
            end = timex.span.end;
            assert!(timex.value.parse::<TimexValue>().is_ok(), "{}", timex.value);
            assert!(timex.edtf.as_ref().is_none_or(|e| e.parse::<Edtf>().is_ok()), "{:?}", timex.edtf);
            assert!(timex.until.is_none_or(|u| u == at + 1 && u < found.times.len()));
        }
    }
});
