//! A TIMEX3 value that is read prints itself.
#![no_main]

use dateline::time::TimexValue;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(value) = text.parse::<TimexValue>() {
        assert_eq!(value.to_string(), text);
    }
});
