//! Laws of the tokeniser and the sentence splitter that hold for any text.

use dateline::model::{Span, Zone};
use dateline::text::{Document, SENTENCE_CAP, document};
use proptest::prelude::*;

fn check(text: &str, document: &Document<'_>, ranges: &[(usize, usize)]) {
    let mut at = 0;
    for token in &document.tokens {
        let range = token.span.range();
        assert!(range.start >= at && range.start < range.end, "tokens are in order and not empty");
        let word = text.get(range.clone()).expect("spans lie on character boundaries");
        assert!(!word.contains(char::is_whitespace), "{word:?} holds white space");
        at = range.end;
    }
    let bare = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let expected: String = ranges.iter().map(|&(a, b)| bare(&text[a..b])).collect();
    let rebuilt: String = document.tokens.iter().map(|t| t.span.of(text)).collect();
    assert_eq!(rebuilt, expected, "tokens hold every character that is not white space");
    for (i, token) in document.tokens.iter().enumerate() {
        assert!(!token.joined || i > 0 && document.tokens[i - 1].span.end == token.span.start);
    }
    let mut next = 0;
    for sentence in &document.sentences {
        assert_eq!(sentence.tokens.start, next, "sentences are runs of tokens");
        assert!(!sentence.tokens.is_empty() && sentence.tokens.len() <= SENTENCE_CAP);
        assert_eq!(sentence.span, document.span_of(sentence.tokens.clone()));
        assert!(!document.tokens[sentence.tokens.start].joined, "no sentence starts inside a word");
        next = sentence.tokens.end;
    }
    assert_eq!(next, document.tokens.len());
}

/// Text made of the pieces that the rules look at.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just(" "),
        Just("\n"),
        Just("\n\n"),
        Just("."),
        Just("'"),
        Just("’"),
        Just("\""),
        Just("-"),
        Just(","),
        Just("U.S"),
        Just("n't"),
        Just("cannot"),
        Just("http://a.b"),
        Just("x@y.z"),
        Just("1,000"),
        Just("11:30"),
        Just("!?"),
        Just("é"),
        Just("e\u{301}"),
        Just("👩‍👩‍👧"),
        Just("\u{200d}"),
        Just("مرحبا"),
        Just("日本"),
        Just("/"),
        Just(":)"),
        Just("Mr"),
        Just("s"),
        Just("\u{85}"),
        Just("\u{2028}"),
        Just("(@"),
        Just("&"),
        Just("_"),
        Just("$"),
        Just("I"),
        Just("Co"),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn tokens_rebuild_any_text(text in ".{0,200}") {
        check(&text, &Document::of(&text), &[(0, text.len())]);
    }

    #[test]
    fn tokens_rebuild_text_of_pieces(text in pieces()) {
        check(&text, &Document::of(&text), &[(0, text.len())]);
    }

    #[test]
    fn ranges_are_kept_apart(text in pieces(), cuts in prop::collection::vec(0usize..200, 0..4)) {
        let mut cuts: Vec<usize> = cuts.into_iter().map(|c| text.floor_char_boundary(c)).collect();
        cuts.sort_unstable();
        let ranges: Vec<(usize, usize)> = cuts.chunks_exact(2).map(|c| (c[0], c[1])).collect();
        let spans: Vec<(Span, Zone)> = ranges.iter().map(|&(a, b)| (Span::new(a, b), Zone::Body)).collect();
        let document = document(&text, &spans);
        check(&text, &document, &ranges);
        for sentence in &document.sentences {
            prop_assert!(spans.iter().any(|(span, _)| span.contains(sentence.span)));
        }
    }

    #[test]
    fn any_ranges_are_survived(text in pieces(), cuts in prop::collection::vec((0usize..200, 0usize..200), 0..4)) {
        let spans: Vec<(Span, Zone)> = cuts.iter().map(|&(a, b)| (Span::new(a.min(b), a.max(b)), Zone::Body)).collect();
        document(&text, &spans);
    }
}

#[test]
fn long_input_takes_linear_time() {
    for piece in [
        "a",
        "1-",
        "a.",
        "'",
        ".",
        "1/",
        "1,000",
        "\"",
        "a ",
        "A. ",
        "👩\u{200d}",
        ")",
        "a@",
        "http://",
        "x'",
        "-",
        "&",
        "(",
        "\n",
        "é",
        "1:",
    ] {
        let text = piece.repeat(2_000_000 / piece.len());
        let document = Document::of(&text);
        check(&text, &document, &[(0, text.len())]);
    }
}

#[test]
fn groups_of_digits_end() {
    // A telephone number that ends before a thousands comma once sent the scanner back for ever.
    assert_eq!(Document::of("1999-0-1,000-2").tokens.last().map(|t| t.span.end), Some(14));
}

/// Sentences as they should be cut, with | between them.
const SENTENCES: &[&str] = &[
    "The U.S. Senate met. | The U.S. said so. | He left the U.S. | The talks went on.",
    "J. K. Rowling met George H. W. Bush at St. Mary's on Jan. 5. | They spoke with Dr. Ito of Acme Corp. about 3.5 million euros.",
    "KYIV, Dec. 22 (AP) — Officials of Ukraine said on Monday that the talks had failed.",
    "\"We won't sign,\" he said. | \"What then?\" she asked. | He smiled.",
    "“It is over.” | Prime Minister Mark Rutte left on Tuesday, Reuters reported.",
    "They waited... and waited. | Then it rained. | Nobody knew why.",
    "Shares of Apple Inc. rose 4.2% to $182.3 on Friday. | Steve Jobs founded it with Steve Wozniak.",
    "Last month, Nasrallah announced a deal. | However, Perez rejected it.",
    "U.S. Secretary of State Madeleine Albright flew to Cairo.",
    "In Iraqi society, Prime Minister Ayad Allawi is responsible for security (see map). | It is not.",
    "Thanks for your help! | Please call me.",
    "Attached is the contract. | Thanks, | John",
];

#[test]
fn sentences_end_where_they_should() {
    for expected in SENTENCES {
        let text = expected.replace(" | ", " ");
        let document = Document::of(&text);
        let found: Vec<&str> = document.sentences.iter().map(|s| document.words(s.span)).collect();
        assert_eq!(found.join(" | "), *expected);
    }
}

#[test]
fn titles_are_left_to_the_rules() {
    let text = "Apple unveils iPod nano September 7, 2005 Apple today unveiled it";
    let document = document(text, &[(Span::new(0, text.len()), Zone::Title)]);
    assert_eq!(document.sentences.len(), 1);
}
