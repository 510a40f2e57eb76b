//! Tokeniser, splitter and parser: tokens lie on characters and do not overlap, one word a token, every sentence one tree.
#![no_main]

use dateline::language::{Model, Parser};
use dateline::text::Document;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let document = Document::of(text);
    for pair in document.tokens.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start);
    }
    document.tokens.iter().for_each(|token| assert!(text.get(token.span.range()).is_some()));
    let syntax = Model::embedded().parse(&document);
    assert_eq!(syntax.words.len(), document.tokens.len());
    for sentence in &document.sentences {
        for start in sentence.tokens.clone() {
            let (mut at, mut steps) = (start, 0);
            while let Some(head) = syntax.words[at].head {
                assert!(sentence.tokens.contains(&head) && steps < sentence.tokens.len());
                (at, steps) = (head, steps + 1);
            }
        }
    }
});
