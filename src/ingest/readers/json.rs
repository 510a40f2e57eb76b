//! JSON: one object a line, a list of objects, one object; also CSL-JSON of reference managers.

use std::cell::Cell;
use std::fmt;
use std::io::{BufReader, Read};
use std::rc::Rc;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::fields::{Column, Fields};
use super::unpack::Counter;
use super::{Content, Flow, Named, Out, Reader};
use crate::ingest::lines;

/// One JSON object a line.
pub(super) struct Lines;

impl Reader for Lines {
    fn read(&self, input: Named<'_>, out: &mut Out<'_>) -> Flow {
        let all = lines::Lines::new(BufReader::with_capacity(1 << 16, input.bytes), out.caps.article);
        for (number, line) in all.enumerate() {
            let name = format!("{}:{}", input.name, number + 1);
            match line {
                Ok(line) if line.trim().is_empty() => {}
                Ok(line) => out.give(name, None, Content::Line(line))?,
                Err(error) => out.refuse(name, error.to_string())?,
            }
        }
        Flow::Continue(())
    }
}

/// A JSON document.
pub(super) struct Json;

/// Fields of an answer that hold the list of articles.
const LISTS: &[&str] = &["articles", "items", "results", "docs", "entries", "data", "news"];

impl Reader for Json {
    fn read(&self, input: Named<'_>, out: &mut Out<'_>) -> Flow {
        let limit = out.caps.whole;
        let read = Rc::new(Cell::new(0));
        let bytes = Counter::new(input.bytes.take(limit), Rc::clone(&read));
        let mut flow = Flow::Continue(());
        let mut reader = serde_json::Deserializer::from_reader(BufReader::with_capacity(1 << 16, bytes));
        let walk = Walk { name: &input.name, out, flow: &mut flow, number: 0 };
        match walk.deserialize(&mut reader) {
            Err(_) if flow.is_continue() && read.get() >= limit => {
                out.refuse(input.name, format!("it is larger than {limit} bytes; split it, or make it JSON Lines"))
            }
            Err(error) if flow.is_continue() => out.refuse(input.name, format!("not valid JSON: {error}")),
            _ => flow,
        }
    }
}

/// Walks a document without holding more of it than one article.
struct Walk<'w, 'o> {
    name: &'w str,
    out: &'w mut Out<'o>,
    flow: &'w mut Flow,
    number: usize,
}

impl<'de> DeserializeSeed<'de> for Walk<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an article or a list of articles")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        while let Some(value) = list.next_element::<Value>()? {
            if self.flow.is_continue() {
                self.give(value);
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut fields: A) -> Result<(), A::Error> {
        let mut object = Map::new();
        while let Some(key) = fields.next_key::<String>()? {
            let value: Value = fields.next_value()?;
            object.insert(key, value);
        }
        let list = LISTS.iter().find(|key| {
            object.get(**key).and_then(Value::as_array).is_some_and(|list| list.first().is_some_and(Value::is_object))
        });
        match list.filter(|_| !object.get("text").is_some_and(Value::is_string)) {
            Some(key) => {
                let Some(Value::Array(list)) = object.remove(*key) else { return Ok(()) };
                list.into_iter().for_each(|value| self.give(value));
            }
            None => self.give(Value::Object(object)),
        }
        Ok(())
    }
}

impl Walk<'_, '_> {
    fn give(&mut self, value: Value) {
        if self.flow.is_break() {
            return;
        }
        self.number += 1;
        let name = format!("{}:{}", self.name, self.number);
        *self.flow = match value {
            Value::Object(object) => match csl(&object) {
                Some(fields) => self.out.give(name, None, Content::Fields(Box::new(fields))),
                None => self.out.give(name, None, Content::Object(object)),
            },
            _ => self.out.refuse(name, "not a JSON object; each article must be {\"text\": ..., ...}"),
        };
    }
}

/// An entry of CSL-JSON, which Zotero and others write. Its abstract is all the text that it holds.
fn csl(object: &Map<String, Value>) -> Option<Fields> {
    let of_csl =
        object.contains_key("issued") || object.contains_key("container-title") || object.contains_key("citation-key");
    if !of_csl || object.contains_key("text") || !object.contains_key("type") {
        return None;
    }
    let mut fields = Fields::default();
    let names = [
        ("abstract", Column::Text),
        ("note", Column::Text),
        ("title", Column::Title),
        ("container-title", Column::Source),
        ("publisher", Column::Source),
        ("URL", Column::Url),
        ("language", Column::Language),
        ("id", Column::Id),
    ];
    for (name, column) in names {
        match object.get(name) {
            Some(Value::String(text)) => fields.set(column, text),
            Some(Value::Number(number)) => fields.set(column, &number.to_string()),
            _ => {}
        }
    }
    let part = |person: &Value, key: &str| person.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    if let Some(Value::Array(people)) = object.get("author") {
        let names: Vec<String> = people
            .iter()
            .map(|p| format!("{} {}{}", part(p, "given"), part(p, "family"), part(p, "literal")).trim().to_owned())
            .collect();
        fields.set(Column::Author, &names.join(", "));
    }
    if let Some(issued) = object.get("issued") {
        let numbers: Vec<String> = issued["date-parts"][0]
            .as_array()
            .into_iter()
            .flatten()
            .map(|n| n.as_str().map_or_else(|| n.to_string(), str::to_owned))
            .collect();
        // A year or a month alone is no day.
        if let [y, m, d] = numbers.as_slice() {
            fields.set(Column::Published, &format!("{y:0>4}-{m:0>2}-{d:0>2}"));
        }
    }
    Some(fields)
}
