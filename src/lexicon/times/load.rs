//! From the files to the compiled grammar, with every mistake told by file, line and fix.

use std::collections::HashMap;
use std::sync::Arc;

use toml::Spanned;

use super::builtin::Builtin;
use super::file::{File, Meaning, Rule, Words};
use super::grammar::{Accept, Form, Grammar, Production, Test};
use super::pattern::{self, Gap, Piece};
use super::template::{self, Template, Ty, Value};
use super::{Beside, TimeExample, TimeRule, TimeRules};
use crate::lexicon::{DataFile, LexiconError, Vocabulary};
use crate::time::{Clock, Holiday};

struct Loader {
    grammar: Grammar,
    vocabulary: Vocabulary,
    /// Root of the trie of each kind that has one.
    roots: HashMap<usize, usize>,
    rules: Vec<TimeRule>,
    names: HashMap<String, String>,
    top_root: usize,
}

/// Where a mistake is.
struct Place<'a> {
    file: &'a DataFile,
    at: usize,
}

impl Place<'_> {
    fn error(&self, problem: impl Into<String>, fix: impl Into<String>) -> LexiconError {
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
        top_root,
    };
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
    /// Gives a name once, or says who has it.
    fn take_name(&mut self, name: &str, what: &str, place: &Place<'_>) -> Result<(), LexiconError> {
        let line = LexiconError::at(&place.file.name, &place.file.text, place.at, "", "").line;
        let here = format!("{}:{line}", place.file.name);
        match self.names.insert(format!("{what} {name}"), here) {
            None => Ok(()),
            Some(other) => {
                Err(place.error(format!("the {what} \"{name}\" exists already, at {other}"), "choose another name"))
            }
        }
    }

    fn lists(&mut self, file: &DataFile, content: &File) -> Result<(), LexiconError> {
        for list in &content.list {
            let place = Place { file, at: list.span().start };
            let list = list.get_ref();
            self.take_name(&list.name, "slot", &place)?;
            let ty = Ty::of_name(&list.ty).ok_or_else(|| {
                place.error(
                    format!("\"{}\" is not a type of words", list.ty),
                    "use int, unit, season, part, clock, holiday or word",
                )
            })?;
            if self.grammar.kind(&list.name).is_some() {
                return Err(place.error(format!("the slot \"{}\" is built in", list.name), "choose another name"));
            }
            let root = self.grammar.add_root();
            self.grammar.add_kind(&list.name, ty, Form::Trie(root));
            let entries: Vec<(&String, Value)> = match list.words.get_ref() {
                Words::Plain(words) if ty == Ty::Word => words.iter().map(|w| (w, Value::Word)).collect(),
                Words::Plain(_) => {
                    return Err(
                        place.error("this list needs a value for each word", "write words = { word = value, ... }")
                    );
                }
                Words::Map(map) => map
                    .iter()
                    .map(|(word, meaning)| {
                        let fail = |why: String| {
                            place.error(format!("\"{word}\" in list \"{}\": {why}", list.name), "mend the value")
                        };
                        meaning_of(ty, meaning).map(|v| (word, v)).map_err(fail)
                    })
                    .collect::<Result<_, _>>()?,
            };
            for (word, value) in entries {
                let sequences =
                    pattern::parse(word).map_err(|e| place.error(format!("\"{word}\": {e}"), "mend the word"))?;
                let production = self.grammar.productions.len();
                self.grammar.productions.push(Production {
                    template: Template::Const(value.clone()),
                    rank: 0,
                    rule: None,
                    capital: false,
                    ends: None,
                });
                for sequence in sequences {
                    let tests = self.tests(&sequence, &place)?;
                    if let ([(_, Test::Word(sym))], Some(n)) = (tests.as_slice(), value.int()) {
                        match list.name.as_str() {
                            "cardinal" => drop(self.grammar.numbers.cardinal.insert(*sym, n.unsigned_abs())),
                            "ordinal-word" => drop(self.grammar.numbers.ordinal.insert(*sym, n.unsigned_abs())),
                            _ => {}
                        }
                    }
                    self.grammar.add(root, &tests, Accept { production, slots: Vec::new() });
                }
            }
        }
        Ok(())
    }

    /// Declares the phrases that rules make, then the unions.
    fn phrases(&mut self, parsed: &[(&DataFile, File)]) -> Result<(), LexiconError> {
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

    fn kind(&self, name: &str, place: &Place<'_>) -> Result<usize, LexiconError> {
        self.grammar.kind(name).ok_or_else(|| {
            let mut known: Vec<&str> = self.grammar.kinds.iter().map(|k| k.name.as_str()).collect();
            known.sort_unstable();
            place.error(
                format!("there is no word list or phrase \"{name}\""),
                format!("define it with [[list]] or [[phrase]], or use one of: {}", known.join(", ")),
            )
        })
    }

    fn tests(&mut self, sequence: &[(Gap, Piece)], place: &Place<'_>) -> Result<Vec<(Gap, Test)>, LexiconError> {
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

    fn beside(&mut self, words: &[String], place: &Place<'_>) -> Result<Vec<Beside>, LexiconError> {
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

    fn rule(&mut self, file: &DataFile, content: &File, spanned: &Spanned<Rule>) -> Result<(), LexiconError> {
        let place = Place { file, at: spanned.span().start };
        let rule = spanned.get_ref();
        self.take_name(&rule.name, "rule", &place)?;
        if rule.example.is_empty() || rule.reject.is_empty() {
            let what = if rule.example.is_empty() { "example" } else { "reject" };
            return Err(place.error(
                format!("rule \"{}\" has no {what}", rule.name),
                "give at least one example and one reject: a sentence it must understand, and one it must leave alone",
            ));
        }
        let at_pattern = Place { file, at: rule.pattern.span().start };
        let sequences = pattern::parse(rule.pattern.get_ref())
            .map_err(|e| at_pattern.error(format!("pattern of \"{}\": {e}", rule.name), "mend the pattern"))?;
        // The slots of the rule, each once, with their types.
        let mut slots: Vec<(String, Ty)> = Vec::new();
        for (_, piece) in sequences.iter().flatten() {
            if let Piece::Slot(takes, label) = piece {
                let kind = self.kind(takes, &at_pattern)?;
                if !slots.iter().any(|s| s.0 == *label) {
                    slots.push((label.clone(), self.grammar.kinds[kind].ty));
                }
            }
        }
        let at_value = Place { file, at: rule.value.span().start };
        let (template, ty) = template::parse(rule.value.get_ref(), &slots).map_err(|e| {
            at_value.error(format!("value of \"{}\": {e}", rule.name), "see the table of operations in data/README.md")
        })?;
        let makes = rule.makes.as_ref().or(content.makes.as_ref());
        let kind = makes.and_then(|m| self.grammar.kind(m));
        let wanted = kind.map_or(Ty::Term, |k| self.grammar.kinds[k].ty);
        let stands_alone = !rule.inner;
        if !ty.fits(wanted) || stands_alone && !ty.fits(Ty::Term) {
            return Err(at_value.error(
                format!("the value of \"{}\" is a {}, not a {}", rule.name, ty.name(), wanted.name()),
                "make the value of that type, or set inner = true and makes to a phrase of its type",
            ));
        }
        let number = self.rules.len();
        let production = self.grammar.productions.len();
        let mut used = Vec::new();
        template.slots(&mut used);
        let ends = template.ends();
        self.grammar.productions.push(Production {
            template,
            rank: rule.rank,
            rule: Some(number),
            capital: rule.capital,
            ends,
        });
        for sequence in &sequences {
            let labels: Vec<&String> =
                sequence.iter().filter_map(|(_, p)| if let Piece::Slot(_, l) = p { Some(l) } else { None }).collect();
            let mut places = Vec::with_capacity(slots.len());
            for (i, (label, _)) in slots.iter().enumerate() {
                let found = labels.iter().position(|l| *l == label);
                if found.is_none() && used.contains(&i) {
                    return Err(at_pattern.error(
                        format!(
                            "rule \"{}\" uses <{label}> in its value, but the pattern can match without it",
                            rule.name
                        ),
                        "write two rules, or take the slot out of the brackets",
                    ));
                }
                places.push(found.unwrap_or(0));
            }
            // A slot that the value does not use may be missing; its place is never read.
            let places = if labels.is_empty() { Vec::new() } else { places };
            let tests = self.tests(sequence, &at_pattern)?;
            if stands_alone {
                self.grammar.add(self.top_root, &tests, Accept { production, slots: places.clone() });
            }
            if let Some(root) = kind.and_then(|k| self.roots.get(&k).copied()) {
                self.grammar.add(root, &tests, Accept { production, slots: places });
            }
        }
        let line = |at: usize| LexiconError::at("", &file.text, at, "", "").line;
        let compiled = TimeRule {
            name: rule.name.clone(),
            group: content.group.clone(),
            file: file.name.clone(),
            line: line(spanned.span().start),
            examples: rule
                .example
                .iter()
                .map(|e| {
                    let (line, e) = (line(e.span().start), e.get_ref());
                    TimeExample {
                        text: e.text.clone(),
                        span: e.span.clone(),
                        value: e.value.clone(),
                        kind: e.kind.clone(),
                        modifier: e.modifier.clone(),
                        edtf: e.edtf.clone(),
                        dct: e.dct.clone(),
                        line,
                    }
                })
                .collect(),
            rejects: rule
                .reject
                .iter()
                .map(|r| TimeExample {
                    text: r.get_ref().clone(),
                    span: String::new(),
                    value: String::new(),
                    kind: None,
                    modifier: None,
                    edtf: None,
                    dct: None,
                    line: line(r.span().start),
                })
                .collect(),
            after: self.beside(&rule.after, &place)?,
            before: self.beside(&rule.before, &place)?,
            not_after: self.beside(&rule.not_after, &place)?,
            not_before: self.beside(&rule.not_before, &place)?,
        };
        for example in &compiled.examples {
            if !example.text.contains(&example.span) || example.span.is_empty() {
                return Err(LexiconError {
                    file: file.name.clone(),
                    line: example.line,
                    problem: format!("the span \"{}\" is not in the text of the example", example.span),
                    fix: "copy the words of the time expression from the text".into(),
                });
            }
        }
        self.rules.push(compiled);
        Ok(())
    }

    fn finish(mut self) -> Result<TimeRules, LexiconError> {
        let top = self.grammar.add_kind("", Ty::Term, Form::Trie(self.top_root));
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
        })
    }
}

fn meaning_of(ty: Ty, meaning: &Meaning) -> Result<Value, String> {
    match (ty, meaning) {
        (Ty::Int, Meaning::Number(n)) => Ok(Value::Int(*n)),
        (Ty::Amount, Meaning::Number(n)) => {
            Value::Int(*n).amount().map(Value::Amount).ok_or_else(|| format!("{n} is out of range"))
        }
        (Ty::Unit, Meaning::Text(t)) => t.parse().map(Value::Unit).map_err(|e| e.to_string()),
        (Ty::Season, Meaning::Text(t)) => t.parse().map(Value::Season).map_err(|e| e.to_string()),
        (Ty::Part, Meaning::Text(t)) => t.parse().map(Value::Part).map_err(|e| e.to_string()),
        (Ty::Holiday, Meaning::Text(t)) => {
            t.parse::<Holiday>().map(|h| Value::Holiday(Arc::new(h))).map_err(|e| e.to_string())
        }
        (Ty::Clock, Meaning::Text(t)) => {
            let (hour, minute) = t.split_once(':').ok_or("a time of day is written such as 12:00")?;
            match (hour.parse::<u8>(), minute.parse::<u8>()) {
                (Ok(hour @ 0..=24), Ok(minute @ 0..=59)) => {
                    Ok(Value::Clock(Clock::Clock { hour, minute: Some(minute), second: None, offset: None }))
                }
                _ => Err(format!("\"{t}\" is not a time of day; write such as 12:00")),
            }
        }
        _ => Err(format!("a value of type {} is wanted", ty.name())),
    }
}
