//! Bold, colour and line breaks.

use std::io::{self, IsTerminal};

use unicode_width::UnicodeWidthStr;

use super::{Colour, Global};

/// Whether to write styles to standard output.
pub fn choice(global: &Global) -> anstream::ColorChoice {
    match global.color {
        Colour::Always => anstream::ColorChoice::Always,
        Colour::Never => anstream::ColorChoice::Never,
        Colour::Auto => anstream::AutoStream::choice(&io::stdout()),
    }
}

/// Bold, where styles are written at all.
pub fn bold(text: &str) -> String {
    format!("\u{1b}[1m{text}\u{1b}[0m")
}

/// Columns of the terminal; 100 when there is none.
fn width() -> usize {
    let table = comfy_table::Table::new();
    let columns = if io::stdout().is_terminal() { table.width().map(usize::from) } else { None };
    columns.unwrap_or(100).clamp(40, 140)
}

/// A text broken into lines between words so that it fits the terminal, the first with one indent, the others with
/// another. Words wider than a line stand alone.
pub fn wrapped(text: &str, first: &str, rest: &str) -> String {
    let width = width();
    let mut lines = first.to_owned();
    let (mut column, mut fresh) = (first.width(), true);
    for word in text.split(' ') {
        if !fresh && column + 1 + word.width() > width {
            lines.push('\n');
            lines.push_str(rest);
            (column, fresh) = (rest.width(), true);
        }
        if !fresh {
            lines.push(' ');
            column += 1;
        }
        lines.push_str(word);
        column += word.width();
        fresh = false;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_by_their_width() {
        let lines = wrapped(&"word ".repeat(40), "- ", "  ");
        assert!(lines.lines().all(|l| l.trim_end().width() <= 100), "{lines}");
        assert!(lines.lines().count() >= 2 && lines.lines().skip(1).all(|l| l.starts_with("  ")));
        let wide = wrapped(&"新聞 ".repeat(40), "", "");
        assert!(wide.lines().all(|l| l.trim_end().width() <= 100));
        assert_eq!(wrapped(&"x".repeat(300), "", "").lines().count(), 1);
    }
}
