//! How deep the elements of a page stand in one another, before it is parsed: parsers take time with depth.

/// Elements that nothing closes, or whose end is often left out.
const OPEN: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p",
    "li", "dd", "dt", "tr", "td", "th", "option", "tbody", "thead", "tfoot", "colgroup", "path", "circle", "rect",
    "use", "line", "polygon", "g", "svg", "html", "head", "body", "amp-img",
];

/// The greatest number of elements that are open at once, counted by their tags alone. Scripts, styles and comments hold
/// no elements. Linear.
pub(super) fn depth(html: &str) -> usize {
    let bytes = html.as_bytes();
    let (mut at, mut now, mut most) = (0usize, 0usize, 0usize);
    while let Some(found) = bytes[at..].iter().position(|b| *b == b'<') {
        at += found + 1;
        let rest = &html.as_bytes()[at..];
        if rest.starts_with(b"!--") {
            at += find(rest, b"-->").unwrap_or(rest.len());
            continue;
        }
        let close = rest.first() == Some(&b'/');
        let name: String = rest
            .iter()
            .skip(usize::from(close))
            .take(20)
            .take_while(|b| b.is_ascii_alphanumeric() || **b == b'-')
            .map(|b| b.to_ascii_lowercase() as char)
            .collect();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || OPEN.contains(&name.as_str()) {
            continue;
        }
        if close {
            now = now.saturating_sub(1);
            continue;
        }
        if matches!(name.as_str(), "script" | "style" | "textarea" | "title") {
            // The end is looked for from here on only, so that the whole stays linear.
            let end = format!("</{name}");
            at += find_any_case(rest, end.as_bytes()).unwrap_or(rest.len());
            continue;
        }
        now += 1;
        most = most.max(now);
    }
    most
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|w| w == what)
}

fn find_any_case(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|w| w.eq_ignore_ascii_case(what))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_elements_are_counted() {
        assert_eq!(depth("<div><div><p>a<p>b<br></div></div><div></div>"), 2);
        assert_eq!(depth("<script>'<div><div><div>'</script><div>"), 1);
        assert_eq!(depth(&"<div>".repeat(5_000)), 5_000);
        assert_eq!(depth("a < b <!-- <div> --> <script>"), 0);
    }
}
