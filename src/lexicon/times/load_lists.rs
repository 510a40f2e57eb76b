//! Word lists.

use std::sync::Arc;

use super::file::{File, Meaning, Words};
use super::grammar::{Accept, Form, Production, Test};
use super::load::{Loader, Place};
use super::pattern;
use super::template::{Template, Ty, Value};
use crate::lexicon::{DataFile, LexiconError};
use crate::time::{Clock, Holiday};

impl Loader {
    pub fn lists(&mut self, file: &DataFile, content: &File) -> Result<(), LexiconError> {
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
