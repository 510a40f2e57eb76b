//! TSV: articles or reasons, no panic.
#![no_main]

use dateline::ingest::FileFormat;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| dateline_fuzz::read(Some(FileFormat::Tsv), bytes));
