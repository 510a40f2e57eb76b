/// Words from articles and file names as they may go to a terminal: control characters, and with them every terminal
/// escape, become `\u{fffd}`; line breaks and tabs become blanks. Characters that turn the writing direction around are
/// left out, for they can make a line read as another one.
pub fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}'))
        .map(|c| match c {
            '\n' | '\r' | '\t' => ' ',
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn escapes_do_not_reach_the_terminal() {
        assert_eq!(plain("a\u{1b}[31mred\nb"), "a\u{fffd}[31mred b");
        assert_eq!(plain("safe\u{202e}txt.exe"), "safetxt.exe");
    }
}
