//! An EDTF date that is read prints one that means the same.
#![no_main]

use dateline::time::Edtf;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(date) = text.parse::<Edtf>() {
        let _ = date.interval();
        assert_eq!(date.to_string().parse::<Edtf>(), Ok(date));
    }
});
