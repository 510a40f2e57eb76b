//! What the targets of the readers share.

use dateline::ingest::{Caps, FileFormat, Reading, Source, open_bytes};
use dateline::model::Day;

/// Reads bytes in a format, or in the one they look like: articles or reasons, no panic, and no more pieces than bytes.
pub fn read(format: Option<FileFormat>, bytes: &[u8]) {
    let caps = Caps { article: 1 << 20, whole: 1 << 24, unpacked: 1 << 24, free: 1 << 20, ..Caps::default() };
    let source = Source { caps, format, ..Source::default() };
    let today = Day::from_ymd(2026, 1, 10).expect("a day");
    let reading = Reading { dates: &|_, _| Vec::new(), today, caps };
    open_bytes("fuzz", bytes, &source, |piece| match piece.content.map(|content| content.read(&reading)) {
        Ok(Ok(article)) => assert!(article.text.get(article.head.body as usize..).is_some()),
        Ok(Err((_, reason))) | Err(reason) => assert!(!reason.is_empty() && !reason.starts_with("the reader failed on it"), "{reason}"),
    });
}
