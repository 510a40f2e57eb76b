//! From the files to the compiled grammar, with every mistake told by file, line and fix.

use std::collections::{BTreeMap, HashMap};

use super::builtin::Builtin;
use super::file::File;
use super::grammar::{Form, Grammar, Test};
use super::pattern::{Gap, Piece};
use super::template::Ty;
use super::{Beside, TimeRule, TimeRules};
use crate::lexicon::vocabulary::FastMap;
use crate::lexicon::{DataFile, LexiconError, Sym, Vocabulary};

pub struct Loader {
    pub grammar: Grammar,
    pub vocabulary: Vocabulary,
    /// Root of the trie of each kind that has one.
    pub roots: HashMap<usize, usize>,
    pub rules: Vec<TimeRule>,
    pub names: HashMap<String, String>,
    /// Where the lines of each file end.
    pub lines: HashMap<String, Vec<usize>>,
    pub top_root: usize,
    /// Roots of the rules that only follow certain words, by the word.
    pub after_roots: BTreeMap<Sym, usize>,
}

/// Where a mistake is.
pub struct Place<'a> {
    pub file: &'a DataFile,
    pub at: usize,
}

impl Place<'_> {
    pub fn error(&self, problem: impl Into<String>, fix: impl Into<String>) -> LexiconError {
        LexiconError::at(&self.file.name, &self.file.text, self.at, problem, fix)
    }
}

pub fn load(files: &[DataFile]) -> Result<TimeRules, LexiconError> {
    let mut parsed = Vec::new();
    for file in files {
        let content: File = toml::from_str(&file.text).map_err(|e| {
            let at = e.span().map_or(0, |s| s.start);
            LexiconError::at(
                &file.name,
                &file.text,
                at,
                e.message(),
                "see \"Time rules\" in data/README.md for the keys",
            )
        })?;
        parsed.push((file, content));
    }
    let mut grammar = Grammar::default();
    for slot in Builtin::ALL {
        grammar.add_kind(slot.as_str(), slot.ty(), Form::Builtin(*slot));
    }
    let top_root = grammar.add_root();
    let mut loader = Loader {
        grammar,
        vocabulary: Vocabulary::default(),
        roots: HashMap::new(),
        rules: Vec::new(),
        names: HashMap::new(),
        lines: HashMap::new(),
        top_root,
        after_roots: BTreeMap::new(),
    };
    for file in files {
        let breaks = file.text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i).collect();
        loader.lines.insert(file.name.clone(), breaks);
    }
    for (file, content) in &parsed {
        loader.lists(file, content)?;
    }
    loader.phrases(&parsed)?;
    for (file, content) in &parsed {
        for rule in &content.rule {
            loader.rule(file, content, rule)?;
        }
    }
    loader.finish()
}

impl Loader {
    /// The line of a byte of a file, from 1.
    pub fn line(&self, file: &DataFile, at: usize) -> usize {
        self.lines.get(&file.name).map_or(0, |breaks| breaks.partition_point(|b| *b < at) + 1)
    }

    /// Gives a name once, or says who has it.
    pub fn take_name(&mut self, name: &str, what: &str, place: &Place<'_>) -> Result<(), LexiconError> {
        let line = self.line(place.file, place.at);
        let here = format!("{}:{line}", place.file.name);
        match self.names.insert(format!("{what} {name}"), here) {
            None => Ok(()),
            Some(other) => {
                Err(place.error(format!("the {what} \"{name}\" exists already, at {other}"), "choose another name"))
            }
        }
    }

    /// Declares the phrases that rules make, then the unions.
    pub fn phrases(&mut self, parsed: &[(&DataFile, File)]) -> Result<(), LexiconError> {
        let mut types: HashMap<&str, Ty> = HashMap::new();
        for (file, content) in parsed {
            for phrase in &content.phrase {
                let place = Place { file, at: phrase.span().start };
                let phrase = phrase.get_ref();
                self.take_name(&phrase.name, "slot", &place)?;
                let ty = Ty::of_name(&phrase.ty).ok_or_else(|| {
                    place.error(format!("\"{}\" is not a type", phrase.ty), "use term, duration, clock, amount or int")
                })?;
                types.insert(&phrase.name, ty);
            }
        }
        for (file, content) in parsed {
            for rule in &content.rule {
                let Some(name) = rule.get_ref().makes.as_ref().or(content.makes.as_ref()) else { continue };
                let known = self.grammar.kind(name);
                if let Some(kind) = known.filter(|k| !self.roots.contains_key(k)) {
                    let place = Place { file, at: rule.span().start };
                    let name = &self.grammar.kinds[kind].name;
                    return Err(place.error(
                        format!("a rule cannot make \"{name}\", which is a word list or built in"),
                        "choose another name",
                    ));
                }
                if known.is_none() {
                    let root = self.grammar.add_root();
                    let ty = types.get(name.as_str()).copied().unwrap_or(Ty::Term);
                    let kind = self.grammar.add_kind(name, ty, Form::Trie(root));
                    self.roots.insert(kind, root);
                }
            }
        }
        // Unions may hold unions that come later, so they get their numbers first.
        let unions = |content: &File| content.phrase.iter().filter(|p| !p.get_ref().of.is_empty()).count();
        if parsed.iter().all(|(_, c)| unions(c) == 0) {
            return Ok(());
        }
        for (file, content) in parsed {
            for phrase in content.phrase.iter().filter(|p| !p.get_ref().of.is_empty()) {
                let place = Place { file, at: phrase.span().start };
                let phrase = phrase.get_ref();
                if self.grammar.kind(&phrase.name).is_some() {
                    return Err(place.error(
                        format!("\"{}\" is made by rules and cannot hold other phrases, too", phrase.name),
                        "give the union another name",
                    ));
                }
                let ty = types.get(phrase.name.as_str()).copied().unwrap_or(Ty::Term);
                self.grammar.add_kind(&phrase.name, ty, Form::Union(Vec::new()));
            }
        }
        for (file, content) in parsed {
            for phrase in content.phrase.iter().filter(|p| !p.get_ref().of.is_empty()) {
                let place = Place { file, at: phrase.span().start };
                let phrase = phrase.get_ref();
                let ty = types.get(phrase.name.as_str()).copied().unwrap_or(Ty::Term);
                let mut members = Vec::new();
                for name in &phrase.of {
                    let kind = self.kind(name, &place)?;
                    if !self.grammar.kinds[kind].ty.fits(ty) {
                        return Err(place.error(
                            format!(
                                "\"{name}\" is a {}, \"{}\" a {}",
                                self.grammar.kinds[kind].ty.name(),
                                phrase.name,
                                ty.name()
                            ),
                            "leave it out or give the phrase the same type",
                        ));
                    }
                    members.push(kind);
                }
                if let Some(kind) = self.grammar.kind(&phrase.name) {
                    self.grammar.kinds[kind].form = Form::Union(members);
                }
            }
        }
        Ok(())
    }

    pub fn kind(&self, name: &str, place: &Place<'_>) -> Result<usize, LexiconError> {
        self.grammar.kind(name).ok_or_else(|| {
            let mut known: Vec<&str> = self.grammar.kinds.iter().map(|k| k.name.as_str()).collect();
            known.sort_unstable();
            place.error(
                format!("there is no word list or phrase \"{name}\""),
                format!("define it with [[list]] or [[phrase]], or use one of: {}", known.join(", ")),
            )
        })
    }

    pub fn tests(&mut self, sequence: &[(Gap, Piece)], place: &Place<'_>) -> Result<Vec<(Gap, Test)>, LexiconError> {
        let mut tests = Vec::with_capacity(sequence.len());
        for (gap, piece) in sequence {
            let test =
                match piece {
                    Piece::Word(word) => Test::Word(self.vocabulary.learn(word)),
                    Piece::Digits(digits) => Test::Digits(digits.parse().map_err(|_| {
                        place.error(format!("the number {digits} is too long"), "use at most nine digits")
                    })?),
                    Piece::Mark(c) => Test::Mark(*c),
                    Piece::Slot(takes, _) => Test::Kind(self.kind(takes, place)?),
                };
            tests.push((*gap, test));
        }
        Ok(tests)
    }

    pub fn beside(&mut self, words: &[String], place: &Place<'_>) -> Result<Vec<Beside>, LexiconError> {
        words
            .iter()
            .map(|word| {
                if let Some(name) = word.strip_prefix('<').and_then(|w| w.strip_suffix('>')) {
                    return self.kind(name, place).map(Beside::Kind);
                }
                let mut chars = word.chars();
                match (chars.next(), chars.next()) {
                    (Some('0'), None) => Ok(Beside::Number),
                    (Some(c), None) if !c.is_alphabetic() => Ok(Beside::Mark(c)),
                    (Some(_), _) if word.chars().all(|c| c.is_alphabetic() && !c.is_uppercase()) => {
                        Ok(Beside::Word(self.vocabulary.learn(word)))
                    }
                    _ => Err(place.error(
                        format!("\"{word}\" is not one word"),
                        "name one lower-case word, one mark, <list>, or 0 for any number",
                    )),
                }
            })
            .collect()
    }

    pub fn finish(mut self) -> Result<TimeRules, LexiconError> {
        let top = self.grammar.add_kind("", Ty::Term, Form::Trie(self.top_root));
        let roots: Vec<(Sym, usize)> = self.after_roots.iter().map(|(word, root)| (*word, *root)).collect();
        let mut after_tops = FastMap::default();
        for (word, root) in roots {
            after_tops.insert(word, (root, self.grammar.add_kind("", Ty::Term, Form::Trie(root))));
        }
        let numbers = &mut self.grammar.numbers;
        let vocabulary = &mut self.vocabulary;
        numbers.and = vocabulary.learn("and");
        numbers.a = vocabulary.learn("a");
        numbers.an = vocabulary.learn("an");
        numbers.half = vocabulary.learn("half");
        numbers.endings = ["st", "nd", "rd", "th"].map(|w| vocabulary.learn(w));
        if let Err(name) = self.grammar.seal() {
            return Err(LexiconError {
                file: "data/time".into(),
                line: 0,
                problem: format!("the phrase \"{name}\" can begin with itself, so matching would never end"),
                fix: "let the rule that begins with the phrase make another phrase".into(),
            });
        }
        Ok(TimeRules {
            rules: self.rules,
            grammar: self.grammar,
            vocabulary: self.vocabulary,
            root: self.top_root,
            top,
            after_tops,
        })
    }
}
