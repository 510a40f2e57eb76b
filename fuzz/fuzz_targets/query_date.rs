//! A date as people type it is an interval of days the right way round, or no date.
#![no_main]

use dateline::model::Day;
use dateline::time::parse_query_date;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for today in [Day::MIN, Day::from_ymd(2026, 1, 10).expect("a day"), Day::MAX] {
        if let Ok(days) = parse_query_date(text, today)
            && let Some((from, to)) = days.from().zip(days.to())
        {
            assert!(from <= to);
        }
    }
});
