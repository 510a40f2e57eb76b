//! CoNLL-U of another parser: read or refused; what is read is one tree a sentence and is analysed without a defect.
#![no_main]

use std::sync::LazyLock;

use dateline::extract::{Engine, Lexicon};
use dateline::ingest::read_brought;
use dateline::language::conllu::Sheet;
use dateline::language::{Brought, Model, Parser, parts};
use dateline::lexicon::Data;
use libfuzzer_sys::fuzz_target;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| match Lexicon::load(&Data::BuiltIn) {
    Ok(lexicon) => Engine::new(lexicon, Model::embedded()),
    Err(error) => panic!("{error}"),
});

fuzz_target!(|text: &str| {
    if let Ok(sheet) = Sheet::read(text) {
        sheet.write(&Model::embedded().parse(&sheet.document()));
    }
    for (line, part) in parts(text) {
        let Ok(brought) = Brought::read(part, line) else { continue };
        let document = brought.document();
        let syntax = brought.syntax(Model::embedded());
        assert_eq!(syntax.words.len(), document.tokens.len());
        for token in &document.tokens {
            assert!(brought.text.get(token.span.range()).is_some_and(|word| !word.is_empty()));
        }
        let article = read_brought(&brought, &|text, day| ENGINE.dates(text, day));
        let analysis = ENGINE.analyse_brought(&article, &brought);
        assert!(analysis.notes.iter().all(|note| !note.text.contains("please report")), "{:?}", analysis.notes);
    }
});
