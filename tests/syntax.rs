//! What the language model sees, as lines to be read: one for each word, with its tag, its relation, the word that it
//! hangs on, and the name that it is part of. `INSTA_UPDATE=always cargo test --test syntax` writes them anew; they are to
//! be reviewed before they are committed. A new model may change some of them, for the better.

use std::fmt::Write;

use dateline::language::{Model, Parser};
use dateline::text::Document;

/// One line a word: the word, its lemma if it differs, tags, relation and head, name.
fn interlinear(text: &str) -> String {
    let document = Document::of(text);
    let syntax = Model::embedded().parse(&document);
    let mut lines = String::new();
    for sentence in &document.sentences {
        if !lines.is_empty() {
            lines.push('\n');
        }
        for i in sentence.tokens.clone() {
            let word = &syntax.words[i];
            let head = word.head.map_or("-", |head| document.word(head));
            let name = syntax.names.iter().find(|n| n.tokens.contains(&i));
            let name = name.map_or("", |n| n.kind.as_str());
            let (text, lemma) = (document.word(i), &word.lemma);
            let line = format!(
                "{text:<14} {lemma:<12} {:<5} {:<4} {:<10} {head:<12} {name}",
                word.upos.as_str(),
                word.xpos,
                word.deprel.as_str()
            );
            writeln!(lines, "{}", line.trim_end()).unwrap();
        }
    }
    lines
}

macro_rules! sentences {
    ($($name:ident: $text:literal,)*) => {
        $(
            #[test]
            fn $name() {
                insta::with_settings!({ description => $text, omit_expression => true, prepend_module_to_snapshot => false }, {
                    insta::assert_snapshot!(stringify!($name), interlinear($text));
                });
            }
        )*
    };
}

sentences! {
    plain_clause: "The president met the ministers in Paris on Monday.",
    passive_with_agent: "Three soldiers were killed by a mine near the border.",
    title_and_name: "Ukrainian President Volodymyr Zelenskyy visited Warsaw.",
    reported_speech: "The minister said that the talks had failed.",
    quotation: "“We will not sign,” the ambassador told reporters.",
    negation_and_contraction: "The government didn’t recall its envoy.",
    coordination: "Police arrested two men and seized their weapons.",
    infinitive: "Germany plans to send tanks to Ukraine.",
    relative_clause: "The judge who sentenced him resigned last week.",
    numbers_and_money: "Shares of the bank fell 3.5% to $41.20.",
    noun_event: "The arrest of the mayor led to protests.",
    two_sentences: "The U.S. Senate voted on Dec. 22. The bill passed.",
}
