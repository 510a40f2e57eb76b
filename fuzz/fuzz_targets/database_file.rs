//! A database that somebody made to do harm is refused or read; it never makes the program panic.
#![no_main]

use std::ops::ControlFlow;

use dateline::model::{EventId, Filter};
use dateline::store::{Store, StoreError};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.db");
    std::fs::write(&path, bytes).expect("a file");
    let Ok(store) = Store::open_to_read(&path) else { return };
    let _ = store.for_each_entry::<StoreError>(&Filter::default(), &mut |_| Ok(ControlFlow::Continue(())));
    let words = Filter { text: Some("talks".to_owned()), ..Filter::default() };
    let _ = store.for_each_entry::<StoreError>(&words, &mut |_| Ok(ControlFlow::Continue(())));
    let _ = (store.articles(), store.actors(Some("a")), store.places(None), store.stats());
    let _ = (store.entry(EventId(1)), store.explain(EventId(1)));
});
