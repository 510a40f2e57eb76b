//! News sentences of our own with their names in brackets: `[PER Anna Weber] flew to [LOC Oslo].`

use anyhow::{Result, bail};
use dateline::text::Document;

use crate::treebank::Named;

/// Sentences with name tags, one a line; lines that start with `#` are comments.
pub fn names(text: &str) -> Result<Vec<Named>> {
    let mut out = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty()) {
        let (mut plain, mut spans) = (String::new(), Vec::new());
        let mut rest = line;
        while let Some((before, bracket)) = rest.split_once('[') {
            let Some(((kind, words), after)) = bracket.split_once(']').and_then(|(b, a)| Some((b.split_once(' ')?, a)))
            else {
                bail!("line {}: a bracket is not closed", number + 1);
            };
            plain.push_str(before);
            spans.push((plain.len(), plain.len() + words.len(), kind));
            plain.push_str(words);
            rest = after;
        }
        plain.push_str(rest);
        let document = Document::of(&plain);
        let mut sentence = Named::new();
        for (i, token) in document.tokens.iter().enumerate() {
            let range = token.span.range();
            let tag = match spans.iter().find(|(start, end, _)| range.start < *end && *start < range.end) {
                Some((start, _, kind)) => format!("{}-{kind}", if range.start <= *start { "B" } else { "I" }),
                None => "O".to_owned(),
            };
            sentence.push((document.word(i).to_owned(), tag));
        }
        out.push(sentence);
    }
    Ok(out)
}
