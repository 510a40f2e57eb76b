//! What a format holds, in words: the part of docs/formats.md about it.

use super::Format;

const DOCS: &str = include_str!("../../docs/formats.md");

/// The description of a format: its part of docs/formats.md, as Markdown.
pub fn describe(format: Format) -> &'static str {
    let heading = heading(format);
    let Some(start) = DOCS.find(heading) else { return "" };
    let rest = &DOCS[start..];
    let end = rest[heading.len()..].find("\n## ").map_or(rest.len(), |end| end + heading.len() + 1);
    rest[..end].trim_end()
}

const fn heading(format: Format) -> &'static str {
    match format {
        Format::Csv => "## CSV\n",
        Format::Json | Format::Jsonl => "## JSON and JSON Lines\n",
        Format::Markdown => "## Markdown\n",
        Format::Html => "## HTML\n",
        Format::TimelineJs | Format::TimelineJsCsv => "## TimelineJS\n",
        Format::Timesketch | Format::TimesketchJsonl => "## Timesketch\n",
        Format::Ftm => "## FollowTheMoney\n",
        Format::Ics => "## iCalendar\n",
        Format::GeoJson => "## GeoJSON\n",
        Format::Kml => "## KML\n",
        Format::Mermaid => "## Mermaid\n",
        Format::Vis => "## vis-timeline\n",
        Format::Gexf | Format::Edges => "## Networks\n",
        Format::Rss => "## RSS\n",
        Format::Csl => "## CSL-JSON\n",
        Format::Gdelt => "## GDELT\n",
        Format::Xlsx => "## XLSX\n",
        Format::Parquet => "## Parquet\n",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_described() {
        for format in Format::ALL {
            let text = describe(*format);
            assert!(text.len() > 100, "{format}: {text}");
            assert_eq!(text.matches("\n## ").count(), 0, "{format}");
        }
    }
}
