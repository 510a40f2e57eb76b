//! Treebanks as the plain text that they were made from, with the places where sentences end.

use anyhow::Result;

use crate::treebank::unpacked;

/// A paragraph of plain text.
#[derive(Clone, Debug, Default)]
pub struct Paragraph {
    pub text: String,
    /// Where its sentences end, in characters that are not white space.
    pub ends: Vec<usize>,
    /// Number of its document.
    pub document: usize,
}

impl Paragraph {
    fn push(&mut self, text: &str, space: bool) {
        if space && !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(&text.split_whitespace().collect::<Vec<_>>().join(" "));
        let length = text.chars().filter(|c| !c.is_whitespace()).count();
        self.ends.push(self.ends.last().copied().unwrap_or_default() + length);
    }
}

/// Reads the `# text` lines of gzipped CoNLL-U, a paragraph for each `# newpar` and `# newdoc`.
pub fn paragraphs(bytes: &[u8]) -> Result<Vec<Paragraph>> {
    let text = unpacked(bytes)?;
    let mut out: Vec<Paragraph> = Vec::new();
    let (mut document, mut space) = (0, true);
    for block in text.split("\n\n") {
        let comment = |name: &str| {
            block
                .lines()
                .filter_map(|line| line.strip_prefix('#'))
                .find_map(|line| line.trim_start().strip_prefix(name))
        };
        let Some(words) = comment("text =") else { continue };
        document += usize::from(comment("newdoc").is_some());
        if out.is_empty() || comment("newdoc").is_some() || comment("newpar").is_some_and(|rest| !rest.starts_with('_'))
        {
            out.push(Paragraph { document, ..Paragraph::default() });
        }
        if let Some(last) = out.last_mut() {
            last.push(words, space);
        }
        // The last token, or the range that it ends.
        let misc = |line: &str| line.rsplit('\t').next().unwrap_or_default().to_owned();
        let mut tail = String::new();
        let mut range_end = None;
        for line in block.lines().filter(|line| !line.starts_with('#')) {
            let id = line.split('\t').next().unwrap_or_default();
            if let Some((_, end)) = id.split_once('-') {
                (range_end, tail) = (end.parse::<usize>().ok(), misc(line));
            } else if !id.contains('.') && range_end.is_none_or(|end| id.parse::<usize>().is_ok_and(|id| id > end)) {
                tail = misc(line);
            }
        }
        space = !tail.split('|').any(|part| part == "SpaceAfter=No");
    }
    Ok(out)
}

/// Each document as one paragraph.
pub fn joined(paragraphs: &[Paragraph]) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::new();
    for paragraph in paragraphs {
        match out.last_mut().filter(|last| last.document == paragraph.document) {
            Some(last) => {
                let before = last.ends.last().copied().unwrap_or_default();
                last.text.push(' ');
                last.text.push_str(&paragraph.text);
                last.ends.extend(paragraph.ends.iter().map(|end| end + before));
            }
            None => out.push(paragraph.clone()),
        }
    }
    out
}
