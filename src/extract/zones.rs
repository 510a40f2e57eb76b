use crate::model::{Article, Span, Zone};
use crate::text::Document;

/// A heading inside the body is at most so many words long.
const HEADING_WORDS: usize = 12;

/// The parts of an article to analyse: its title line if it stands in the text, then the body, with headings apart.
pub fn zones(article: &Article) -> Vec<(Span, Zone)> {
    let mut zones = Vec::new();
    if let Some(title) = article.head.title.filter(|t| !t.is_empty()) {
        zones.push((title, Zone::Title));
    }
    let mut start = article.head.body as usize;
    let mut at = start;
    let lines: Vec<&str> = article.text.get(start..).unwrap_or_default().split_inclusive('\n').collect();
    for (i, raw) in lines.iter().enumerate() {
        let end = at + raw.len();
        let blank = |j: Option<usize>| j.and_then(|j| lines.get(j)).is_none_or(|l| l.trim().is_empty());
        if is_heading(raw.trim(), blank(i.checked_sub(1)), blank(Some(i + 1)), i + 1 < lines.len()) {
            push(&mut zones, &article.text, start, at, Zone::Body);
            push(&mut zones, &article.text, at, end, Zone::Heading);
            start = end;
        }
        at = end;
    }
    push(&mut zones, &article.text, start, at, Zone::Body);
    zones
}

/// Says of each sentence of a document in which of these parts it stands: the first that it touches. What stands
/// in none of them (a byline, a date line) counts as a heading.
pub fn place(document: &mut Document<'_>, zones: &[(Span, Zone)]) {
    for sentence in &mut document.sentences {
        // A dateline that begins a sentence of the body is left out of the parts.
        let inside = zones.iter().find(|(span, _)| span.start < sentence.span.end && sentence.span.start < span.end);
        sentence.zone = inside.map_or(Zone::Heading, |(_, zone)| *zone);
    }
}

/// A Markdown heading, or a short line without a full stop between blank lines with text after it.
fn is_heading(line: &str, blank_before: bool, blank_after: bool, more: bool) -> bool {
    if line.starts_with('#') {
        return line.trim_start_matches('#').starts_with(' ');
    }
    let words = line.split_whitespace().count();
    let capital = line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let open_end = line.ends_with(|c: char| c.is_alphanumeric() || c == ')');
    more && blank_before && blank_after && capital && open_end && (1..=HEADING_WORDS).contains(&words)
}

fn push(zones: &mut Vec<(Span, Zone)>, text: &str, start: usize, end: usize, zone: Zone) {
    let words = text.get(start..end).unwrap_or_default();
    let junk = |c: char| c.is_whitespace() || (zone == Zone::Heading && matches!(c, '#' | '*'));
    let trimmed = words.trim_matches(junk);
    if !trimmed.is_empty() {
        let start = start + words.len() - words.trim_start_matches(junk).len();
        zones.push((Span::new(start, start + trimmed.len()), zone));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_told_from_text() {
        let article = Article::from_text("He came.\n\n## Return to Rome\n\nHe left.\n\nBerlin\n\nIt rained.\n\nEnd");
        let zones: Vec<_> = zones(&article).iter().map(|(s, z)| (s.of(&article.text), *z)).collect();
        assert_eq!(
            zones,
            [
                ("He came.", Zone::Body),
                ("Return to Rome", Zone::Heading),
                ("He left.", Zone::Body),
                ("Berlin", Zone::Heading),
                ("It rained.\n\nEnd", Zone::Body),
            ]
        );
    }
}
