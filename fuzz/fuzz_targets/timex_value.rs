//! A TIMEX3 value that is read prints a value that reads and prints the same; leading zeros of a length may go.
#![no_main]

use dateline::time::TimexValue;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(value) = text.parse::<TimexValue>() {
        let printed = value.to_string();
        let again = printed.parse::<TimexValue>().map(|v| v.to_string());
        assert_eq!(again.ok(), Some(printed));
    }
});
