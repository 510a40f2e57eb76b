//! Bytes in whatever format they look like, gzip, Zstandard and zip among them: articles or reasons, no panic.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| dateline_fuzz::read(None, bytes));
