//! Bytes of a file to text, to an article, to an analysis: nothing panics, and every span lies on characters of the text.
#![no_main]

use std::sync::LazyLock;

use dateline::extract::{Engine, Lexicon};
use dateline::ingest::{decode, read_text};
use dateline::language::Model;
use dateline::lexicon::Data;
use dateline::model::{Day, Published, PublishedBasis, Span};
use libfuzzer_sys::fuzz_target;

static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::new(Lexicon::load(&Data::BuiltIn).expect("the rules load"), Model::embedded()));

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = decode(bytes) else { return };
    let mut article = read_text(text, &|text, day| ENGINE.dates(text, day));
    article.published.get_or_insert(Published {
        day: Day::from_ymd(2025, 12, 23).expect("a day"),
        basis: PublishedBasis::Given,
    });
    let analysis = ENGINE.analyse(&article);
    let whole = |span: Span| assert!(article.text.get(span.range()).is_some(), "{span:?}");
    analysis.sentences.iter().for_each(|s| whole(s.span));
    analysis.times.iter().for_each(|t| whole(t.span));
    analysis.mentions.iter().for_each(|m| whole(m.span));
    analysis.events.iter().for_each(|e| whole(e.trigger.span));
});
