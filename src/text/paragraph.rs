//! Where paragraphs end.

/// A line longer than this, in code points, is taken for a whole paragraph, and so is every other line of its range.
const LONGEST_WRAPPED: usize = 120;
/// Text wrapped at a column narrower than this is not recognised: short lines are headings, lists and verse.
const NARROWEST_WRAPPED: usize = 50;

/// The paragraphs of `text[start..end]`, as bytes, in order. They hold every character of the range that is not a line
/// break.
///
/// A blank line ends a paragraph. A single line break does so too, unless the next line's first word would not have
/// fitted on the line: that is how text looks that was wrapped at a column.
pub fn paragraphs(text: &str, start: usize, end: usize) -> Vec<(usize, usize)> {
    let lines = lines(text, start, end);
    let width = lines.iter().map(|line| line.length).max().unwrap_or_default();
    let wrapped = (NARROWEST_WRAPPED..=LONGEST_WRAPPED).contains(&width);
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut open = false;
    let mut before = 0;
    for line in &lines {
        if line.length == 0 {
            open = false;
            continue;
        }
        match out.last_mut() {
            Some(last) if open && wrapped && before + 1 + line.first_word > width => last.1 = line.end,
            _ => out.push((line.start, line.end)),
        }
        open = true;
        before = line.length;
    }
    out
}

struct Line {
    start: usize,
    end: usize,
    /// Code points without white space at the ends; 0 for a blank line.
    length: usize,
    /// Code points of the first word.
    first_word: usize,
}

fn lines(text: &str, start: usize, end: usize) -> Vec<Line> {
    let mut out = Vec::new();
    let mut at = start;
    while at < end {
        let rest = &text[at..end];
        let length = rest.find(['\n', '\u{2028}', '\u{2029}']).unwrap_or(rest.len());
        let line = rest[..length].trim();
        out.push(Line {
            start: at,
            end: at + length,
            length: line.chars().count(),
            first_word: line.split_whitespace().next().map_or(0, |word| word.chars().count()),
        });
        at += length + rest[length..].chars().next().map_or(1, char::len_utf8);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        paragraphs(text, 0, text.len()).into_iter().map(|(a, b)| text[a..b].trim()).collect()
    }

    #[test]
    fn a_blank_line_ends_a_paragraph() {
        assert_eq!(found("One.\n \nTwo.\r\n\r\nThree."), ["One.", "Two.", "Three."]);
    }

    #[test]
    fn lines_of_news_are_paragraphs() {
        let long = "x ".repeat(80);
        let text = format!("Title here\n{long}\nShort one.\n");
        assert_eq!(found(&text), ["Title here", long.trim(), "Short one."]);
        assert_eq!(found("Peace talks\nKyiv\n"), ["Peace talks", "Kyiv"]);
    }

    #[test]
    fn wrapped_lines_belong_together() {
        let text = "The ministers of the two countries met in the old town hall\nof Geneva on Monday to sign the \
                    agreement that ends the\nwar.\nThey shook hands.";
        assert_eq!(found(text).len(), 2);
    }
}
