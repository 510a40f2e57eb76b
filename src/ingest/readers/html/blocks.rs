//! An element as a list of blocks: paragraphs, headings, points of lists, with the share of their text that is links.

use dom_query::NodeRef;

/// What kind of block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Running text.
    Paragraph,
    /// A heading.
    Heading,
    /// A point of the list with this number.
    Listed(usize),
}

/// A block of text: white space collapsed, line breaks where the page has them.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub kind: Kind,
    pub text: String,
    /// Bytes of `text` that are words of links.
    pub linked: usize,
}

impl Block {
    /// Share of the text that is links.
    pub fn link_share(&self) -> f64 {
        self.linked as f64 / self.text.len().max(1) as f64
    }

    /// Number of words.
    pub fn words(&self) -> usize {
        self.text.split_whitespace().count()
    }
}

const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr", "center", "amp-img", "img", "picture", "source", "nobr",
];
const SILENT: &[&str] = &["script", "style", "template", "svg", "math", "video", "audio", "object", "head", "title"];

#[derive(Default)]
struct Writer {
    blocks: Vec<Block>,
    text: String,
    linked: usize,
    space: bool,
    links: usize,
    lists: Vec<usize>,
    list_count: usize,
    headings: usize,
    points: usize,
}

/// The blocks of an element, in order. Linear in its size, whatever its depth.
pub(super) fn blocks(root: NodeRef<'_>) -> Vec<Block> {
    let mut writer = Writer::default();
    let mut at = root;
    'walk: loop {
        let down = writer.enter(&at);
        if down && let Some(child) = at.first_child() {
            at = child;
            continue;
        }
        loop {
            if down || at.id != root.id {
                writer.leave(&at);
            }
            if at.id == root.id {
                break 'walk;
            }
            if let Some(next) = at.next_sibling() {
                at = next;
                continue 'walk;
            }
            match at.parent() {
                Some(parent) => at = parent,
                None => break 'walk,
            }
        }
    }
    writer.flush();
    writer.blocks
}

impl Writer {
    /// Whether the children are to be read.
    fn enter(&mut self, node: &NodeRef<'_>) -> bool {
        if node.is_text() {
            self.write(&node.text());
            return false;
        }
        let Some(name) = node.node_name() else { return true };
        let name = &*name;
        if SILENT.contains(&name) {
            return false;
        }
        match name {
            "br" => {
                // Two line breaks part paragraphs.
                if self.text.ends_with('\n') {
                    self.flush();
                } else if !self.text.is_empty() {
                    self.text.push('\n');
                }
                self.space = false;
            }
            "a" => self.links += 1,
            "ul" | "ol" | "dl" => {
                self.flush();
                self.list_count += 1;
                self.lists.push(self.list_count);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.headings += 1;
            }
            "li" | "dd" | "dt" => {
                self.flush();
                self.points += 1;
            }
            "td" | "th" => self.space = true,
            _ if INLINE.contains(&name) => {}
            _ => self.flush(),
        }
        true
    }

    fn leave(&mut self, node: &NodeRef<'_>) {
        if node.is_text() {
            return;
        }
        let Some(name) = node.node_name() else { return };
        match &*name {
            "a" => self.links = self.links.saturating_sub(1),
            "ul" | "ol" | "dl" => {
                self.flush();
                self.lists.pop();
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.headings = self.headings.saturating_sub(1);
            }
            "li" | "dd" | "dt" => {
                self.flush();
                self.points = self.points.saturating_sub(1);
            }
            "br" | "td" | "th" => self.space = true,
            name if INLINE.contains(&name) || SILENT.contains(&name) => {}
            _ => self.flush(),
        }
    }

    fn write(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}' {
                self.space = true;
                continue;
            }
            if c.is_control() || c == '\u{ad}' {
                continue;
            }
            let before = self.text.len();
            if self.space && !self.text.is_empty() && !self.text.ends_with('\n') {
                self.text.push(' ');
            }
            self.space = false;
            self.text.push(c);
            if self.links > 0 {
                self.linked += self.text.len() - before;
            }
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let linked = std::mem::take(&mut self.linked);
        self.space = false;
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return;
        }
        let kind = match self.lists.last() {
            _ if self.headings > 0 => Kind::Heading,
            Some(list) if self.points > 0 => Kind::Listed(*list),
            _ => Kind::Paragraph,
        };
        self.blocks.push(Block { kind, text: trimmed.to_owned(), linked });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_headings_and_points() {
        let page = dom_query::Document::from(
            "<body><h2>Rain</h2><p>It  <b>rained</b>\n all day.<br>Then <a href=x>it snowed</a>.</p><ul><li>One</li><li>Two\
             </li></ul>tail<br><br>end<script>no()</script></body>",
        );
        let found = blocks(page.body().unwrap());
        let texts: Vec<_> = found.iter().map(|b| (b.kind, b.text.as_str())).collect();
        assert_eq!(
            texts,
            [
                (Kind::Heading, "Rain"),
                (Kind::Paragraph, "It rained all day.\nThen it snowed."),
                (Kind::Listed(1), "One"),
                (Kind::Listed(1), "Two"),
                (Kind::Paragraph, "tail"),
                (Kind::Paragraph, "end"),
            ]
        );
        assert_eq!(found[1].linked, "it snowed".len() + 1);
    }
}
