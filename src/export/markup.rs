//! Text that is safe inside HTML and XML.

use super::words::clean;

/// Clean text of which nothing is markup, for content and for quoted attributes of HTML and XML 1.0.
pub(super) fn escaped(text: &str) -> String {
    let clean = clean(text);
    let mut out = String::with_capacity(clean.len());
    for c in clean.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Not characters of XML 1.0.
            '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup() {
        assert_eq!(
            escaped("<b a='1'>\u{1b}[31m\"x\" & y\n</b>"),
            "&lt;b a=&#39;1&#39;&gt;[31m&quot;x&quot; &amp; y &lt;/b&gt;"
        );
    }
}
