//! A document that another program has parsed, brought as CoNLL-U.

use std::collections::BTreeMap;

use super::brought_text::{self, Unit};
use super::conllu::{ConlluError, Sheet};
use super::coref::Net;
use super::foreign_labels::{deprel, upos, xpos};
use super::{Deprel, Name, NameKind, Parser, Syntax, Word};
use crate::text::{Document, Sentence, Token};

/// Most words of a sentence.
const MOST_WORDS: usize = 1_000;

/// Text, tokens, sentences, tags and trees of one document, as another program sees them.
///
/// Every sentence is one tree, and every span lies on character boundaries of `text`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Brought {
    /// The text: its tokens stand where the file says that they stand.
    pub text: String,
    /// What the comments before the first sentence say: names, lower case and without `meta::`, and values.
    pub comments: Vec<(String, String)>,
    /// What a person should know of the reading.
    pub notes: Vec<String>,
    tokens: Vec<Token>,
    sentences: Vec<Sentence>,
    words: Vec<Word>,
    /// Lemmas that are missing.
    unknown: Vec<usize>,
    /// `None` if the file does not speak of names.
    names: Option<Vec<Name>>,
}

/// The documents of a CoNLL-U file, each with the number of its first line. A document begins at `# newdoc`; what stands
/// before the first one is a document of its own if it has words.
pub fn parts(input: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = input;
    let mut line = 1;
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let mut at = 0;
            let mut lines = 0;
            let mut words = false;
            for raw in rest.split_inclusive('\n') {
                if at > 0 && is_new_document(raw) {
                    break;
                }
                words |=
                    raw.starts_with(|c: char| c.is_ascii_digit()) || !raw.starts_with('#') && !raw.trim().is_empty();
                at += raw.len();
                lines += 1;
            }
            let part = &rest[..at];
            let first = line;
            rest = &rest[at..];
            line += lines;
            if words {
                return Some((first, part));
            }
        }
        None
    })
}

fn is_new_document(line: &str) -> bool {
    line.strip_prefix('#').is_some_and(|comment| comment.trim_start().starts_with("newdoc"))
}

impl Brought {
    /// Reads one document, whose first line has this number in its file.
    pub fn read(input: &str, first_line: usize) -> Result<Brought, ConlluError> {
        let sheet = Sheet::read_from(input, first_line)?;
        let (mut words, mut unknown) = (Vec::with_capacity(sheet.tokens.len()), Vec::new());
        let mut strange: BTreeMap<String, usize> = BTreeMap::new();
        for sentence in &sheet.sentences {
            check_tree(&sheet, sentence)?;
            for i in sentence.tokens.clone() {
                let row = Row::of(&sheet, i)?;
                if row.lemma.is_none() {
                    unknown.push(i);
                }
                words.push(row.word(sentence.tokens.start, &mut strange)?);
            }
        }
        let units = brought_text::units(&sheet);
        let placed = brought_text::place(&sheet, &units)?;
        let mut notes = Vec::new();
        if !strange.is_empty() {
            let count: usize = strange.values().sum();
            let names = strange.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
            notes.push(format!(
                "{count} labels are not those of Universal Dependencies and were read as the nearest: {names}"
            ));
        }
        notes.extend(placed.note);
        let comments = sheet.comments.first().map(|lines| lines.iter().filter_map(|c| comment(c)).collect());
        Ok(Brought {
            comments: comments.unwrap_or_default(),
            notes,
            names: names(&sheet, &units),
            text: placed.text,
            tokens: placed.tokens,
            sentences: placed.sentences,
            words,
            unknown,
        })
    }

    /// The value of the first of these comments that is there.
    pub fn comment(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.comments.iter().find(|(key, _)| key == name)).map(|(_, value)| value.as_str())
    }

    /// The tokens and sentences over the text.
    pub fn document(&self) -> Document<'_> {
        Document { text: &self.text, tokens: self.tokens.clone(), sentences: self.sentences.clone() }
    }

    /// Tags and trees as they were brought; what the file leaves out is as `parser` sees it. Coreference follows from both.
    pub fn syntax(&self, parser: &dyn Parser) -> Syntax {
        let mut syntax = parser.parse(&self.document());
        let mut words = self.words.clone();
        for &i in &self.unknown {
            if let Some(own) = syntax.words.get(i) {
                words[i].lemma.clone_from(&own.lemma);
            }
        }
        syntax.words = words;
        if let Some(names) = &self.names {
            syntax.names.clone_from(names);
        }
        syntax.chains = Net::embedded().resolve(&self.document(), &syntax);
        syntax
    }
}

/// `# meta::title = A title` as ("title", "A title").
fn comment(line: &str) -> Option<(String, String)> {
    let (name, value) = line.trim_start_matches('#').split_once('=')?;
    let name = name.trim().to_lowercase();
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.strip_prefix("meta::").unwrap_or(&name).to_owned();
    (!value.is_empty()).then_some((name, value))
}

/// The columns of a word.
struct Row<'s> {
    line: usize,
    form: &'s str,
    lemma: Option<&'s str>,
    upos: Option<&'s str>,
    xpos: Option<&'s str>,
    feats: &'s str,
    head: &'s str,
    deprel: &'s str,
}

impl<'s> Row<'s> {
    fn of(sheet: &'s Sheet, i: usize) -> Result<Row<'s>, ConlluError> {
        let (line, text) = &sheet.lines[i];
        let columns: Vec<&str> = text.split('\t').collect();
        let [_, form, lemma, upos, xpos, feats, head, deprel, ..] = columns[..] else {
            return Err(ConlluError::Columns { line: *line, found: columns.len() });
        };
        let given = |column: &'s str| Some(column).filter(|c| !matches!(*c, "_" | ""));
        Ok(Row {
            line: *line,
            form,
            lemma: given(lemma).or((form == "_").then_some("_")),
            upos: given(upos),
            xpos: given(xpos),
            feats,
            head,
            deprel,
        })
    }

    /// Head in the sentence, from 1; 0 for the root.
    fn head(&self, length: usize) -> Result<usize, ConlluError> {
        let fail = || ConlluError::Head { line: self.line, head: self.head.to_owned(), length };
        self.head.parse().ok().filter(|head| *head <= length).ok_or_else(fail)
    }

    fn word(&self, first: usize, strange: &mut BTreeMap<String, usize>) -> Result<Word, ConlluError> {
        let mut unknown = |label: &str| *strange.entry(label.to_owned()).or_default() += 1;
        let (upos, known) = upos(self.upos, self.xpos).ok_or(ConlluError::NoTag { line: self.line })?;
        if !known {
            unknown(self.upos.unwrap_or_default());
        }
        let head = self.head.parse::<usize>().ok().and_then(|head| head.checked_sub(1)).map(|head| first + head);
        let (relation, known) = deprel(self.deprel);
        if !known {
            unknown(self.deprel);
        }
        let deprel = match (head, relation) {
            (None, _) => Deprel::Root,
            (Some(_), Deprel::Root) => Deprel::Dep,
            (Some(_), relation) => relation,
        };
        let lemma = self.lemma.unwrap_or(self.form);
        let lemma = if upos == super::Upos::Propn { lemma.to_owned() } else { lemma.to_lowercase() };
        let xpos = xpos(self.xpos, upos, self.feats, self.form);
        Ok(Word { lemma: lemma.into(), upos, xpos, head, deprel })
    }
}

/// Checks that a sentence is one tree.
fn check_tree(sheet: &Sheet, sentence: &Sentence) -> Result<(), ConlluError> {
    let length = sentence.tokens.len();
    let first_line = sheet.lines[sentence.tokens.start].0;
    if length > MOST_WORDS {
        return Err(ConlluError::Long { line: first_line, length, most: MOST_WORDS });
    }
    let heads = sentence.tokens.clone().map(|i| Row::of(sheet, i)?.head(length)).collect::<Result<Vec<_>, _>>()?;
    let roots = heads.iter().filter(|head| **head == 0).count();
    if roots != 1 {
        return Err(ConlluError::Roots { line: first_line, roots });
    }
    // 0 is not looked at yet; else the number of the walk that has been there, from 1.
    let mut walks = vec![0; length];
    for start in 0..length {
        let mut at = start;
        while walks[at] == 0 && heads[at] > 0 {
            walks[at] = start + 1;
            at = heads[at] - 1;
        }
        if heads[at] > 0 && walks[at] == start + 1 {
            return Err(ConlluError::Circle { line: sheet.lines[sentence.tokens.start + at].0 });
        }
    }
    Ok(())
}

/// The names that MISC gives: `Name=B-PER`, `ner=S-GPE`; `None` if it gives not even that there are none.
fn names(sheet: &Sheet, units: &[Unit<'_>]) -> Option<Vec<Name>> {
    let mut out: Vec<Name> = Vec::new();
    let mut spoken = false;
    // The kind of the name that is open.
    let mut open: Option<NameKind> = None;
    let mut starts = sheet.sentences.iter().map(|s| s.tokens.start).peekable();
    let mut unit_of = units.iter().peekable();
    let mut inherited = "";
    for (i, misc) in sheet.misc.iter().enumerate() {
        if let Some(unit) = unit_of.next_if(|u| u.first == i) {
            inherited = if unit.count > 1 { unit.misc } else { "" };
        }
        if starts.next_if_eq(&i).is_some() {
            open = None;
        }
        let tag = brought_text::value(misc, &["Name", "ner", "NE"])
            .or(brought_text::value(inherited, &["Name", "ner", "NE"]));
        spoken |= tag.is_some();
        let (part, kind) = tag.and_then(|tag| tag.split_once('-')).unwrap_or(("O", ""));
        let kind = kind_of(kind);
        match (part, kind, out.last_mut()) {
            ("I" | "E" | "L", Some(kind), Some(last)) if open == Some(kind) && last.tokens.end == i => {
                last.tokens.end = i + 1
            }
            // The words of a written word share its tag.
            ("B" | "S" | "U", Some(kind), Some(last))
                if open == Some(kind) && last.tokens.end == i && sheet.tokens[i].joined && !inherited.is_empty() =>
            {
                last.tokens.end = i + 1;
            }
            (_, Some(kind), _) => out.push(Name { tokens: i..i + 1, kind }),
            _ => {}
        }
        open =
            kind.filter(|_| !matches!(part, "E" | "L" | "O") && (!matches!(part, "S" | "U") || !inherited.is_empty()));
    }
    spoken.then_some(out)
}

fn kind_of(name: &str) -> Option<NameKind> {
    match name.to_ascii_uppercase().as_str() {
        "PER" | "PERSON" | "PERS" => Some(NameKind::Person),
        "ORG" | "ORGANIZATION" | "ORGANISATION" => Some(NameKind::Organisation),
        "LOC" | "LOCATION" | "GPE" | "FAC" | "PLACE" => Some(NameKind::Location),
        _ => None,
    }
}
