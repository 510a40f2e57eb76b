//! CoNLL-U, the exchange format of Universal Dependencies: reads tokens, writes tokens with their syntax.
//!
//! Names stand in MISC as `Name=B-PER`, `Name=I-PER`; what corefers as brackets, `Entity=(1` at the first and `Entity=1)`
//! at the last word of a mention, with the number of the chain in its document; places in the text as `TokenRange=12:17`, in code points from the
//! start of the text, end exclusive.

use std::fmt::Write;

use super::{Name, Parser, Syntax, Word};
use crate::model::{Span, Zone};
use crate::text::{Document, Sentence, Token};

/// Why a text is not CoNLL-U; lines count from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConlluError {
    /// A line has no tab where the word should follow its id.
    #[error("line {0}: expected a word id, a tab and a word; is this plain text? Then leave out --tokens or --conllu")]
    NoColumns(usize),
    /// Ids must be 1, 2, 3 ... in each sentence.
    #[error("line {line}: word id \"{id}\" is out of order, expected {expected}")]
    Order {
        /// The line.
        line: usize,
        /// The id that it has.
        id: String,
        /// The id that it should have.
        expected: usize,
    },
    /// A line has too few columns to say how its word is parsed.
    #[error("line {line}: {found} columns where CoNLL-U has 10; a parsed word needs at least the first 8")]
    Columns {
        /// The line.
        line: usize,
        /// Columns that it has.
        found: usize,
    },
    /// A head that is no word of the sentence.
    #[error(
        "line {line}: head \"{head}\" is no word of this sentence; write 0 for the root or a number from 1 to {length}"
    )]
    Head {
        /// The line.
        line: usize,
        /// The head as it is written.
        head: String,
        /// Words of the sentence.
        length: usize,
    },
    /// A sentence must have exactly one word whose head is 0.
    #[error("line {line}: the sentence that begins here has {roots} roots; exactly one word must have head 0")]
    Roots {
        /// The first line of the sentence.
        line: usize,
        /// Words with head 0.
        roots: usize,
    },
    /// Heads that lead in a circle.
    #[error("line {line}: the heads from this word lead in a circle and never to the root; parse the sentence again")]
    Circle {
        /// The line.
        line: usize,
    },
    /// Neither a universal nor a Penn tag.
    #[error("line {line}: the word has no part of speech; give UPOS in column 4 or a Penn tag in column 5")]
    NoTag {
        /// The line.
        line: usize,
    },
    /// A range line that is shorter than the words it stands for.
    #[error("line {line}: \"{form}\" is too short for its {words} words")]
    Range {
        /// The line of its first word.
        line: usize,
        /// The written form.
        form: String,
        /// Words of the range.
        words: usize,
    },
    /// A sentence that no person would write.
    #[error(
        "line {line}: the sentence that begins here has {length} words; split it, the longest that is read has {most}"
    )]
    Long {
        /// The first line of the sentence.
        line: usize,
        /// Its words.
        length: usize,
        /// Words of the longest that is read.
        most: usize,
    },
}

/// The tokens of a CoNLL-U file, over a text made of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// The words one after the other, with the blanks that MISC gives.
    text: String,
    pub(super) tokens: Vec<Token>,
    pub(super) sentences: Vec<Sentence>,
    /// Comments before each sentence, as they stand.
    pub(super) comments: Vec<Vec<String>>,
    /// First token, number of tokens, surface form and MISC of each range line.
    pub(super) ranges: Vec<(usize, usize, String, String)>,
    /// MISC of each token.
    pub(super) misc: Vec<String>,
    /// Number and text of the line of each token.
    pub(super) lines: Vec<(usize, Box<str>)>,
}

impl Sheet {
    /// Reads ids, words, range lines, MISC and comments; all other columns are ignored, empty nodes left out.
    pub fn read(input: &str) -> Result<Sheet, ConlluError> {
        Sheet::read_from(input, 1)
    }

    /// The same for a part of a file that begins at a line.
    pub fn read_from(input: &str, first_line: usize) -> Result<Sheet, ConlluError> {
        let mut sheet = Sheet::default();
        let mut comments = Vec::new();
        // First token of the sentence, and number and blank of the range line that is open.
        let (mut first, mut range): (usize, Option<(usize, bool)>) = (0, None);
        for (line_number, line) in (first_line..).zip(input.lines().chain([""])) {
            let line = line.trim_end_matches('\r');
            if line.trim().is_empty() {
                if sheet.tokens.len() > first {
                    sheet.close(first, std::mem::take(&mut comments));
                    (first, range) = (sheet.tokens.len(), None);
                }
                continue;
            }
            if line.starts_with('#') {
                comments.push(line.to_owned());
                continue;
            }
            let whole = line;
            let mut columns = line.split('\t');
            let (Some(id), Some(form)) = (columns.next(), columns.next().filter(|form| !form.is_empty())) else {
                return Err(ConlluError::NoColumns(line_number));
            };
            if id.contains('.') {
                continue;
            }
            let misc = columns.nth(7).filter(|misc| *misc != "_").unwrap_or_default();
            let space = !misc.split('|').any(|part| part == "SpaceAfter=No");
            let expected = sheet.tokens.len() - first + 1;
            let (start, end) = id.split_once('-').map_or((id, None), |(start, end)| (start, Some(end)));
            if start.parse() != Ok(expected) {
                return Err(ConlluError::Order { line: line_number, id: id.to_owned(), expected });
            }
            if let Some(end) = end {
                let end = end.parse::<usize>().unwrap_or(expected).clamp(expected, expected + 99);
                range = Some((end, space));
                sheet.ranges.push((sheet.tokens.len(), end - expected + 1, form.to_owned(), misc.to_owned()));
                continue;
            }
            let inside = range.filter(|(end, _)| expected <= *end);
            let starts_range = sheet.ranges.last().is_some_and(|r| r.0 == sheet.tokens.len());
            let space_after = inside.map_or(space, |(end, space)| expected == end && space);
            sheet.push(form, inside.is_some() && !starts_range, space_after, misc);
            sheet.lines.push((line_number, whole.into()));
        }
        Ok(sheet)
    }

    fn push(&mut self, form: &str, joined: bool, space_after: bool, misc: &str) {
        let start = self.text.len();
        self.text.push_str(form);
        self.tokens.push(Token { span: Span::new(start, self.text.len()), joined, space_after });
        self.misc.push(misc.to_owned());
        if space_after {
            self.text.push(' ');
        }
    }

    fn close(&mut self, first: usize, comments: Vec<String>) {
        let new = comments
            .iter()
            .any(|c| c[1..].trim_start().starts_with("newpar") || c[1..].trim_start().starts_with("newdoc"));
        let paragraph = self.sentences.last().map_or(0, |s| s.paragraph + u32::from(new));
        let (start, end) = (self.tokens[first].span, self.tokens[self.tokens.len() - 1].span);
        let tokens = first..self.tokens.len();
        self.sentences.push(Sentence { span: start.cover(end), tokens, zone: Zone::Body, paragraph });
        self.comments.push(comments);
    }

    /// The document of these tokens and sentences.
    pub fn document(&self) -> Document<'_> {
        Document { text: &self.text, tokens: self.tokens.clone(), sentences: self.sentences.clone() }
    }

    /// The first sentences of the documents.
    fn starts(&self) -> Vec<usize> {
        let starts = |n: &usize| *n == 0 || self.comments[*n].iter().any(|c| c[1..].trim_start().starts_with("newdoc"));
        (0..self.sentences.len()).filter(starts).collect()
    }

    /// The syntax of these tokens; each `# newdoc` begins a document of its own.
    pub fn parse(&self, parser: &dyn Parser) -> Syntax {
        let mut syntax = Syntax::default();
        let mut starts = self.starts();
        starts.push(self.sentences.len());
        for bounds in starts.windows(2) {
            let mut sentences = self.sentences[bounds[0]..bounds[1]].to_vec();
            let first = sentences.first().map_or(0, |s| s.tokens.start);
            let last = sentences.last().map_or(0, |s| s.tokens.end);
            for sentence in &mut sentences {
                sentence.tokens = sentence.tokens.start - first..sentence.tokens.end - first;
            }
            let document = Document { text: &self.text, tokens: self.tokens[first..last].to_vec(), sentences };
            let mut part = parser.parse(&document);
            for head in part.words.iter_mut().filter_map(|word| word.head.as_mut()) {
                *head += first;
            }
            syntax.words.append(&mut part.words);
            let moved = |name: Name| Name { tokens: name.tokens.start + first..name.tokens.end + first, ..name };
            syntax.names.extend(part.names.into_iter().map(moved));
            for mention in part.chains.iter_mut().flat_map(|chain| &mut chain.mentions) {
                mention.tokens = mention.tokens.start + first..mention.tokens.end + first;
                mention.head += first;
            }
            syntax.chains.append(&mut part.chains);
        }
        syntax
    }

    /// The same sheet with the syntax of its document filled in; comments, range lines and MISC are kept.
    pub fn write(&self, syntax: &Syntax) -> String {
        let document = self.document();
        let starts = self.starts().into_iter().filter_map(|n| Some(self.sentences.get(n)?.tokens.start)).collect();
        let marks = marks(&document, syntax, starts);
        let mut out = String::new();
        let mut ranges = self.ranges.iter().peekable();
        for (sentence, comments) in self.sentences.iter().zip(&self.comments) {
            for comment in comments {
                out.push_str(comment);
                out.push('\n');
            }
            for i in sentence.tokens.clone() {
                let id = i - sentence.tokens.start + 1;
                if let Some((_, length, form, misc)) = ranges.next_if(|r| r.0 <= i) {
                    range_line(&mut out, id, *length, form, if misc.is_empty() { "_" } else { misc });
                }
                let ours = |part: &str| part.starts_with("Name=") || part.starts_with("Entity=");
                let kept = self.misc[i].split('|').filter(|part| !part.is_empty() && !ours(part));
                let misc = in_order(marks[i].iter().map(String::as_str).chain(kept).collect());
                row(&mut out, id, document.word(i), syntax.words.get(i), sentence.tokens.start, &misc);
            }
            out.push('\n');
        }
        out
    }
}

/// A parsed text as CoNLL-U; `id` names the document.
pub fn write(document: &Document<'_>, syntax: &Syntax, id: Option<&str>) -> String {
    let marks = marks(document, syntax, vec![0]);
    let mut out = String::new();
    let mut places = CodePoints { text: document.text, byte: 0, count: 0 };
    let mut paragraph = None;
    for (number, sentence) in document.sentences.iter().enumerate() {
        if number == 0 {
            match id {
                Some(id) => out.extend(["# newdoc id = ", &one_line(id), "\n"]),
                None => out.push_str("# newdoc\n"),
            }
        }
        if paragraph.replace(sentence.paragraph) != Some(sentence.paragraph) {
            out.push_str("# newpar\n");
        }
        // Writing to a string never fails.
        let _ = writeln!(out, "# sent_id = {}\n# text = {}", number + 1, one_line(document.words(sentence.span)));
        for i in sentence.tokens.clone() {
            let id = i - sentence.tokens.start + 1;
            let token = document.tokens[i];
            let rest = &document.tokens[i + 1..sentence.tokens.end];
            let joined = rest.iter().take_while(|t| t.joined).count();
            let in_range = token.joined || joined > 0;
            if joined > 0 && !token.joined {
                let last = document.tokens[i + joined];
                let form = document.words(token.span.cover(last.span));
                range_line(&mut out, id, joined + 1, form, if last.space_after { "_" } else { "SpaceAfter=No" });
            }
            let (start, end) = (places.at(token.span.start as usize), places.at(token.span.end as usize));
            let place = format!("TokenRange={start}:{end}");
            let space = (!token.space_after && !in_range).then_some("SpaceAfter=No");
            let misc = in_order(marks[i].iter().map(String::as_str).chain(space).chain([&*place]).collect());
            row(&mut out, id, document.word(i), syntax.words.get(i), sentence.tokens.start, &misc);
        }
        out.push('\n');
    }
    out
}

fn range_line(out: &mut String, id: usize, length: usize, form: &str, misc: &str) {
    let _ = writeln!(out, "{id}-{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}", id + length - 1);
}

fn row(out: &mut String, id: usize, form: &str, word: Option<&Word>, first: usize, misc: &str) {
    let misc = if misc.is_empty() { "_" } else { misc };
    match word {
        Some(Word { lemma, upos, xpos, head, deprel }) => {
            let head = head.map_or(0, |head| (head + 1).saturating_sub(first));
            let _ = writeln!(out, "{id}\t{form}\t{lemma}\t{upos}\t{xpos}\t_\t{head}\t{deprel}\t_\t{misc}");
        }
        None => {
            let _ = writeln!(out, "{id}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}");
        }
    }
}

/// The parts of MISC in the order of their names.
fn in_order(mut parts: Vec<&str>) -> String {
    parts.sort_by_key(|part| part.split('=').next().unwrap_or_default().to_lowercase());
    parts.join("|")
}

/// `Entity=(1`, `Name=B-PER` and the like for each token; `starts` are the first tokens of the documents, each of which
/// numbers its chains from 1.
fn marks(document: &Document<'_>, syntax: &Syntax, starts: Vec<usize>) -> Vec<Vec<String>> {
    let mut marks = vec![Vec::new(); document.tokens.len()];
    let mut mentions = Vec::new();
    let (mut number, mut part) = (0, 0);
    for chain in &syntax.chains {
        let first = chain.mentions.first().map_or(0, |m| m.tokens.start);
        let here = starts.partition_point(|&start| start <= first);
        number = if here == part { number + 1 } else { 1 };
        part = here;
        mentions.extend(chain.mentions.iter().map(|m| (&m.tokens, number)).filter(|(tokens, _)| !tokens.is_empty()));
    }
    // Outer brackets open first and close last; one word in brackets stands between the two.
    mentions.sort_by_key(|(tokens, number)| (tokens.start, std::cmp::Reverse(tokens.end), *number));
    let mut entities = vec![(String::new(), String::new()); document.tokens.len()];
    for (tokens, number) in mentions {
        let one = tokens.len() == 1;
        if let Some((open, _)) = entities.get_mut(tokens.start) {
            let _ = write!(open, "({number}{}", if one { ")" } else { "" });
        }
        if let Some((_, close)) = entities.get_mut(tokens.end - 1).filter(|_| !one) {
            *close = format!("{number}){close}");
        }
    }
    for (mark, (open, close)) in marks.iter_mut().zip(entities) {
        if !open.is_empty() || !close.is_empty() {
            mark.push(format!("Entity={open}{close}"));
        }
    }
    for name in &syntax.names {
        for i in name.tokens.clone() {
            if let Some(mark) = marks.get_mut(i) {
                mark.push(format!("Name={}-{}", if i == name.tokens.start { "B" } else { "I" }, name.kind));
            }
        }
    }
    marks
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Counts code points up to bytes that only grow.
struct CodePoints<'a> {
    text: &'a str,
    byte: usize,
    count: usize,
}

impl CodePoints<'_> {
    fn at(&mut self, byte: usize) -> usize {
        self.count += self.text.get(self.byte..byte).map_or(0, |between| between.chars().count());
        self.byte = byte.max(self.byte);
        self.count
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::NameKind;

    const TOKENS: &str = "# newdoc id = a\n# text = I don't.\n1\tI\t_\t_\t_\t_\t_\t_\t_\t_\n2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\
                          2\tdo\t_\t_\t_\t_\t_\t_\t_\t_\n3\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n4\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n";

    #[test]
    fn tokens_come_back_as_they_were_read() {
        let sheet = Sheet::read(TOKENS).unwrap();
        assert_eq!(sheet.document().text, "I don't. ");
        assert_eq!(sheet.document().tokens.iter().map(|t| t.joined).collect::<Vec<_>>(), [false, false, true, false]);
        assert_eq!(sheet.write(&Syntax::default()), TOKENS);
    }

    #[test]
    fn errors_name_the_line() {
        assert_eq!(
            Sheet::read("1\tI\n3\tam\n").unwrap_err().to_string(),
            "line 2: word id \"3\" is out of order, expected 2"
        );
        assert_eq!(Sheet::read("# x\nPlain text.\n").unwrap_err(), ConlluError::NoColumns(2));
        assert_eq!(Sheet::read("").unwrap(), Sheet::default());
    }

    #[test]
    fn a_text_is_written_with_ranges_names_and_places() {
        let document = Document::of("Zoë can't go.");
        let syntax = Syntax {
            words: Vec::new(),
            names: vec![Name { tokens: 0..1, kind: NameKind::Person }],
            ..Syntax::default()
        };
        let written = write(&document, &syntax, Some("x y\n"));
        assert!(
            written.starts_with("# newdoc id = x y\n# newpar\n# sent_id = 1\n# text = Zoë can't go.\n"),
            "{written}"
        );
        assert!(
            written.contains("\n1\tZoë\t_\t_\t_\t_\t_\t_\t_\tName=B-PER|TokenRange=0:3\n2-3\tcan't\t"),
            "{written}"
        );
        assert!(written.contains("\n3\tn't\t_\t_\t_\t_\t_\t_\t_\tTokenRange=6:9\n"), "{written}");
    }
}
